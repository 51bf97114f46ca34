//! The rules of the house that a program can check: layers, file headers, file lengths.

use std::fs;
use std::path::{Path, PathBuf};

/// Longer files hold more than one thing.
const MAX_LINES: usize = 400;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// All Rust files below a folder of the workspace, with their text.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder can be listed") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source can be read");
                found.push((path, text));
            }
        }
    }
    assert!(!found.is_empty(), "{folder} has sources");
    found
}

fn by_hand() -> impl Iterator<Item = (PathBuf, String)> {
    let folders = [
        "generator/src",
        "generator/runtime/src",
        "xtask/src",
        "tests/faults",
        "tests/cost",
        "tests/it",
        "tests/src",
        "generated/examples",
    ];
    folders.into_iter().flat_map(sources)
}

#[track_caller]
fn assert_none_mentions(folder: &str, words: &[&str]) {
    for (path, text) in sources(folder) {
        for word in words {
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            assert!(!code.into_iter().any(|line| line.contains(word)), "{} mentions {word}", path.display());
        }
    }
}

#[test]
fn layers_know_only_their_neighbours() {
    assert_none_mentions("generator/src/ir", &["openapiv3", "proc_macro2", "quote!", "quote::", "syn::"]);
    assert_none_mentions("generator/src/lower", &["quote!", "quote::", "proc_macro2", "prettyplease"]);
    assert_none_mentions("generator/src/emit", &["openapiv3", "std::fs"]);
    assert_none_mentions("generator/src", &["std::fs", "HashMap"]);
}

#[test]
fn every_file_says_what_it_is_for() {
    for (path, text) in by_hand() {
        assert!(text.starts_with("//!"), "{} opens with a `//!` comment", path.display());
    }
}

#[test]
fn no_file_holds_too_much() {
    for (path, text) in by_hand() {
        assert!(text.lines().count() <= MAX_LINES, "{} has more than {MAX_LINES} lines", path.display());
    }
}

#[test]
fn every_snapshot_has_its_document() {
    let it = root().join("tests");
    for entry in fs::read_dir(it.join("it/snapshots")).expect("snapshots can be listed") {
        let name = entry.expect("an entry").file_name().into_string().expect("a name of letters");
        let Some((_, document)) = name.split_once('@') else { continue };
        let document = document.trim_end_matches(".snap");
        let folder = if name.contains("diagnostics") { "err" } else { "ok" };
        assert!(it.join("fixtures").join(folder).join(document).exists(), "{name} belongs to no document");
    }
}
