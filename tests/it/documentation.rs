//! Text of a document becomes documentation, and nothing else: no doctest, no raw HTML, no image, no link within the client.

mod check;
mod template;
mod texts;

use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

use self::check::{check, client, comments};
use self::texts::variants;

/// The documentation comments of a client with a text in every place.
fn comments_with(text: &str) -> Vec<String> {
    client(&[text.to_owned()]).files.values().flat_map(|file| comments(file)).collect()
}

/// A crate with an empty module for each comment, and the names of the modules that rustdoc finds a test in.
fn modules_with_tests(comments: &[String]) -> Vec<String> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("documentation-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let module = |(number, comment): (usize, &String)| {
        let lines: String = comment.lines().map(|line| format!("///{line}\n")).collect();
        format!("{lines}pub mod m{number} {{}}\n")
    };
    let path = folder.join("lib.rs");
    fs::write(&path, comments.iter().enumerate().map(module).collect::<String>()).unwrap();
    let rustdoc = env::var_os("RUSTDOC").unwrap_or_else(|| "rustdoc".into());
    // Later editions compile the tests before they list them.
    let listed =
        Command::new(rustdoc).args(["--test", "--edition", "2021", "--test-args", "--list"]).arg(&path).output();
    let listed = listed.expect("rustdoc comes with the compiler");
    fs::remove_dir_all(&folder).unwrap();
    let text = String::from_utf8(listed.stdout).unwrap();
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    text.lines().filter_map(|line| Some(line.split_once(" - ")?.1.split_once(" (")?.0.to_owned())).collect()
}

#[test]
fn rustdoc_finds_no_tests_but_the_clients_own() {
    let plain = comments_with("plain words");
    let own = modules_with_tests(&plain).len();
    assert!(own > 0, "the client has examples");
    let all: Vec<Vec<String>> = variants().iter().map(|variant| comments_with(variant)).collect();
    let found = modules_with_tests(&all.concat());
    let mut bounds = 0;
    for (variant, comments) in variants().iter().zip(&all) {
        let range = bounds..bounds + comments.len();
        bounds = range.end;
        let is_in = |module: &&String| module[1..].parse::<usize>().is_ok_and(|number| range.contains(&number));
        let tests: Vec<&String> = found.iter().filter(is_in).collect();
        let texts: Vec<&String> =
            tests.iter().map(|module| &comments[module[1..].parse::<usize>().unwrap() - range.start]).collect();
        assert_eq!(tests.len(), own, "{variant:?}: {texts:#?}");
    }
}

#[test]
fn nothing_in_a_client_is_live() {
    variants().into_iter().for_each(|text| check(&[text]));
}

/// Another text in every place, drawn from the hostile ones and cut where it may hurt.
#[test]
fn mixed_texts_are_as_harmless() {
    let (mut random, all) = (fastrand::Rng::with_seed(7), variants());
    for _ in 0..60 {
        let texts = (0..40).map(|_| {
            let parts = (0..random.usize(1..4)).map(|_| {
                let text: Vec<char> = all[random.usize(..all.len())].chars().collect();
                let start = random.usize(..text.len());
                text[start..random.usize(start..=text.len())].iter().collect::<String>()
            });
            parts.collect::<Vec<_>>().join(["", " ", "\n", "\n\n"][random.usize(..4)])
        });
        check(&texts.collect::<Vec<_>>());
    }
}
