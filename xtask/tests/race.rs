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

#[test]
fn crate_is_that_of_one_of_two_runs() {
    let place = Place::new();
    let specs = ["one.yaml", "two.yaml"];
    fs::write(place.root.join("one.yaml"), document(80, "one")).expect("a document");
    fs::write(place.root.join("two.yaml"), document(60, "two")).expect("a document");
    let whole = specs.map(|spec| {
        assert!(place.codegen(spec).status().expect("a run").success());
        (place.client(), fs::read_to_string(place.root.join("out/Cargo.toml")).expect("a manifest"))
    });
    for pair in 0..PAIRS {
        // Half of the pairs begin with nothing, not even a folder.
        if pair % 2 == 0 {
            fs::remove_dir_all(place.root.join("out")).expect("a folder");
        }
        let runs = specs.map(|spec| place.codegen(spec).spawn().expect("a run"));
        for mut run in runs {
            assert!(run.wait().expect("a run").success(), "pair {pair}");
        }
        let found = (place.client(), fs::read_to_string(place.root.join("out/Cargo.toml")).expect("a manifest"));
        assert!(whole.contains(&found), "pair {pair} left a mixture of {} files", found.0.len());
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
