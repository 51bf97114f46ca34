//! Documents in which every string is hostile: a client is Rust, runs none of it and shows none of it as something live.

#![no_main]

#[path = "../../it/documentation/check.rs"]
mod check;
#[path = "../../it/documentation/template.rs"]
mod template;
#[path = "../../it/documentation/texts.rs"]
mod texts;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

/// What is known to be hostile, beside what the fuzzer finds.
static KNOWN: LazyLock<Vec<String>> = LazyLock::new(texts::variants);

/// A part of a text: one that is known, or any.
#[derive(arbitrary::Arbitrary, Debug)]
enum Part {
    Known(u8),
    Start(u8, u8),
    Any(String),
    Break,
}

fuzz_target!(|input: Vec<Vec<Part>>| {
    let text = |parts: &Vec<Part>| parts.iter().take(6).map(part).collect::<String>();
    let texts: Vec<String> = input.iter().take(80).map(text).collect();
    check::check(&texts);
});

fn part(part: &Part) -> String {
    let known = |index: &u8| &KNOWN[usize::from(*index) % KNOWN.len()];
    match part {
        Part::Known(index) => known(index).clone(),
        Part::Start(index, length) => known(index).chars().take(usize::from(*length)).collect(),
        Part::Any(text) => text.chars().take(200).collect(),
        Part::Break => "\n\n".to_owned(),
    }
}
