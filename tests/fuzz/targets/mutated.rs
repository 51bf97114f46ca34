//! Real documents with things in them put out of order: those of the folder `FUZZ_DOCUMENTS`, or the project's fixtures.

#![no_main]

#[path = "../../it/mutations/mutate.rs"]
mod mutate;
#[path = "../survive.rs"]
mod survive;

use std::path::PathBuf;
use std::sync::LazyLock;
use std::{env, fs};

use generator::Source;
use libfuzzer_sys::fuzz_target;
use mutate::{Mutation, mutate};
use serde_json::Value;

/// A larger document takes so long that few of its mutations would be tried.
const MAX_SIZE: usize = 40_000;

static DOCUMENTS: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/ok");
    let folder = env::var_os("FUZZ_DOCUMENTS").map_or_else(|| PathBuf::from(fixtures), PathBuf::from);
    let mut paths: Vec<PathBuf> =
        fs::read_dir(&folder).expect("a folder of documents").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let texts = paths.into_iter().filter_map(|path| Some((fs::read_to_string(&path).ok()?, path)));
    let small = texts.filter(|(text, _)| text.len() <= MAX_SIZE);
    small.filter_map(|(text, path)| generator::effective(&Source::new(path.display().to_string(), text)).ok()).collect()
});

fuzz_target!(|input: (u8, Vec<(u8, u32, u32)>)| {
    let (which, mutations) = input;
    let mut document = DOCUMENTS[which as usize % DOCUMENTS.len()].clone();
    for (kind, at, with) in mutations.into_iter().take(8) {
        mutate(&mut document, Mutation::new(kind, at, with));
    }
    survive::survive(&Source::new("mutated.json", document.to_string()));
});
