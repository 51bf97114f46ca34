//! What cargo-semver-checks says of the same edits, where it is installed: `CARGO_SEMVER_CHECKS` names it if it is not on the
//! path. It compares what rustdoc knows, so it has no opinion on the types of fields and arguments; where it has one, the edit
//! has to be told as breaking.
//!
//! ```text
//! cargo test -p tests --test it -- --ignored --nocapture semver
//! ```

use std::path::{Path, PathBuf};
use std::process::Command;

use generator::{Effect, Root, Source};
use xtask::codegen::Mode;
use xtask::standalone::{self, Order, Runtime};
use xtask::voice::Voice;
use xtask::workspace::Workspace;

use super::changes;
use super::pairs::pairs;

#[test]
#[ignore = "it needs cargo-semver-checks, and a quarter of an hour"]
fn semver_checks_knows_no_break_that_is_not_told() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("semver");
    let mut missed = Vec::new();
    for pair in pairs() {
        let [old, new] = pair.documents();
        // What an edit does is undone by another edit.
        for (name, [old, new]) in [(pair.name.clone(), [&old, &new]), (format!("{}, undone", pair.name), [&new, &old])]
        {
            let is_breaking = changes(&name, [old, new]).iter().any(|change| change.effect() == Effect::Breaking);
            let [old, new] = [("old", old), ("new", new)].map(|(side, text)| written(&folder.join(side), text));
            let opinion = opinion(&name, &old, &new);
            println!("{name}\t{}\t{}", if is_breaking { "breaking" } else { "-" }, opinion.join(", "));
            if !opinion.is_empty() && !is_breaking {
                missed.push(name);
            }
        }
    }
    assert!(missed.is_empty(), "told as breaking by cargo-semver-checks alone: {missed:#?}");
}

/// The crate of a document.
struct Written {
    folder: PathBuf,
    /// What is compared of it: all that it has beside the transport, which takes long to compile.
    features: String,
}

fn written(folder: &Path, text: &str) -> Written {
    std::fs::create_dir_all(folder).expect("the target folder can be written");
    let spec = folder.join("pets.yaml");
    std::fs::write(&spec, text).expect("the target folder can be written");
    let workspace = Workspace::here();
    let runtime = Runtime::Path(workspace.runtime());
    let out = folder.join("crate");
    let order = Order {
        spec,
        out: out.clone(),
        name: Some("pets".to_owned()),
        runtime,
        strict: false,
        overlays: Vec::new(),
        voice: Voice::default(),
    };
    standalone::run(&workspace, &order, Mode::Write).expect("a crate");
    // With the versions that the project is tested with, nothing is resolved anew.
    std::fs::copy(workspace.root().join("Cargo.lock"), out.join("Cargo.lock")).expect("a lock file");
    let root = Root::Crate { crate_name: "pets".to_owned() };
    let output = generator::generate(&Source::new("pets.yaml", text), &root).expect("a document without errors");
    let mut features = vec!["test-util".to_owned(), "serde".to_owned()];
    features.extend(output.features.into_iter().map(|feature| feature.name));
    Written { folder: out, features: features.join(",") }
}

/// The lints that say that a new major version is needed.
fn opinion(name: &str, old: &Written, new: &Written) -> Vec<String> {
    let program = std::env::var_os("CARGO_SEMVER_CHECKS").unwrap_or_else(|| "cargo-semver-checks".into());
    let output = Command::new(program)
        .args(["semver-checks", "--release-type", "minor", "--color", "never", "--only-explicit-features"])
        .args(["--baseline-features", &old.features, "--current-features", &new.features, "--manifest-path"])
        .arg(new.folder.join("Cargo.toml"))
        .arg("--baseline-root")
        .arg(&old.folder)
        .output()
        .expect("cargo-semver-checks is installed");
    let (said, told) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let failures = said.lines().filter_map(|line| line.strip_prefix("--- failure ")?.split_once(':'));
    let lints: Vec<String> = failures.map(|(lint, _)| lint.to_owned()).collect();
    let has_run = output.status.success() || !lints.is_empty();
    assert!(has_run, "cargo-semver-checks on {name}: {said}{told}");
    lints
}
