//! Runs that start at the same time with different documents: what is there afterwards is one client, whole.

mod place;

use std::fs;
use std::sync::Barrier;

use place::{Place, document};
use xtask::codegen::{self, Mode};
use xtask::voice::Voice;
use xtask::workspace::Workspace;

/// How many pairs of runs there are.
const PAIRS: u32 = 25;

const MANIFEST: &str = "[features]\ndefault = [\"api\"]\napi = []\nserde = []\n";

/// A document with schemas of two kinds, each of them a file. Files are the same where two documents have the same property.
fn halves(first: &str, second: &str) -> String {
    let (first, second) = (document(40, first), document(80, second));
    let second: Vec<&str> = second.lines().skip(first.lines().count()).collect();
    format!("{first}{}\n", second.join("\n"))
}

#[test]
fn crate_is_that_of_one_of_two_runs() {
    let place = Place::new();
    // What one run leaves as it is, the other one writes.
    let documents = [("start", "old", "old"), ("one", "new", "old"), ("two", "old", "new")];
    for (folder, first, second) in documents {
        fs::create_dir(place.root.join(folder)).expect("a folder");
        fs::write(place.root.join(folder).join("api.yaml"), halves(first, second)).expect("a document");
    }
    let specs = ["one/api.yaml", "two/api.yaml"];
    let written = |spec| {
        assert!(place.codegen(spec).status().expect("a run").success());
        place.client()
    };
    let whole = specs.map(written);
    for pair in 0..PAIRS {
        // Some pairs begin with nothing, not even a folder.
        match pair % 3 {
            0 => fs::remove_dir_all(place.root.join("out")).expect("a folder"),
            _ => drop(written("start/api.yaml")),
        }
        let runs = specs.map(|spec| place.codegen(spec).spawn().expect("a run"));
        for mut run in runs {
            assert!(run.wait().expect("a run").success(), "pair {pair}");
        }
        assert!(whole.contains(&place.client()), "pair {pair} left a mixture");
    }
    assert_eq!(place.leftovers(), Vec::<String>::new());
}

#[test]
fn client_is_that_of_the_document_that_was_saved_last() {
    let place = Place::new();
    for folder in ["spec", "generated/src"] {
        fs::create_dir_all(place.root.join(folder)).expect("a folder");
    }
    fs::write(place.root.join("generated/Cargo.toml"), MANIFEST).expect("a manifest");
    let workspace = Workspace::at(&place.root);
    let texts = [document(40, "one"), document(30, "two")];
    for _ in 0..PAIRS {
        let start = Barrier::new(texts.len());
        std::thread::scope(|scope| {
            for text in &texts {
                let (place, start, workspace) = (&place, &start, &workspace);
                scope.spawn(move || {
                    let fresh = tempfile::NamedTempFile::new_in(&place.root).expect("a file");
                    fs::write(fresh.path(), text).expect("a document");
                    start.wait();
                    fresh.persist(place.root.join("spec/api.yaml")).expect("a document");
                    codegen::run(workspace, Mode::Write, Voice::default()).expect("a client");
                });
            }
        });
        codegen::run(&workspace, Mode::Check, Voice::default()).expect("the client of the document");
    }
}
