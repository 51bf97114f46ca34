//! Documents on disk, and in repositories made for the purpose.

use std::fs;
use std::path::Path;
use std::process::Command;

use generator::Effect;
use tempfile::TempDir;

use super::report::{self, Compared};
use super::{compare_all, proposal};
use crate::access::Access;
use crate::document::read_spec;
use crate::workspace::Workspace;

const DOCUMENT: &str = include_str!("../tiny.yaml");

/// The document after an edit that breaks callers.
fn edited() -> String {
    DOCUMENT.replace("        name:\n", "        title:\n").replace("required: [name]", "required: [title]")
}

const MISTAKABLE: &str =
    "it takes `(title)` instead of `(name)`, of the same types, so calls that compile may send the wrong thing";

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    // Nothing of the machine's settings, nor of a hook that these tests may run in.
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(variable);
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    command.args(["-c", "user.name=t", "-c", "user.email=t@example.com"]);
    let output = command.arg("-C").arg(folder).args(arguments).output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A repository with these files, all of them committed.
fn repository(files: &[(&str, &str)]) -> (TempDir, Workspace) {
    let dir = tempfile::tempdir().unwrap();
    git(dir.path(), &["init", "--quiet"]);
    write(dir.path(), files);
    commit(dir.path());
    let workspace = Workspace::at(dir.path());
    (dir, workspace)
}

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn commit(folder: &Path) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "x"]);
}

fn lines(compared: &[Compared]) -> Vec<String> {
    compared.iter().flat_map(|one| &one.changes).map(report::sentence).collect()
}

#[track_caller]
fn check_refused(workspace: &Workspace, old: &str, new: Option<&str>, expected: &str) {
    let error = compare_all(workspace, old, new).err().unwrap();
    assert!(error.is::<crate::failure::CannotRun>(), "{error:#}");
    assert!(error.to_string().contains(expected), "{error} does not say {expected}");
}

#[test]
fn files_are_compared_and_places_told() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &[("old.yaml", DOCUMENT), ("new.yaml", &edited())]);
    let [old, new] = ["old.yaml", "new.yaml"].map(|name| dir.path().join(name).display().to_string());
    let compared = compare_all(&Workspace::at(dir.path()), &old, Some(&new)).unwrap();
    let expected = format!(
        "{old} -> {new}: 1 breaking change, 1 behaviour change, 1 compatible change\n\n\
         breaking (1)\n\n`types::Thing::name`: the field is gone\n    was {old}:32:9\n\n\
         behaviour (1)\n\n`types::Thing::new`: {MISTAKABLE}\n    was {old}:28:5\n    now {new}:28:5\n\n\
         compatible (1)\n\n`types::Thing::title`: the field is new\n    now {new}:32:9\n"
    );
    assert_eq!(report::text(&compared), expected);
    let json: Vec<serde_json::Value> =
        report::json(&compared).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(json.len(), 3);
    assert_eq!((&json[0]["effect"], &json[0]["change"]), (&"breaking".into(), &"gone".into()));
    assert_eq!(json[0]["old"]["pointer"], "#/components/schemas/Thing/properties/name");
    assert_eq!((&json[0]["old"]["line"], &json[0]["new"]), (&32.into(), &serde_json::Value::Null));
}

#[test]
fn revision_stands_for_all_documents() {
    let (dir, workspace) =
        repository(&[("spec/a.yaml", DOCUMENT), ("spec/b.yaml", DOCUMENT), ("spec/deep/c.yaml", "")]);
    fs::remove_file(dir.path().join("spec/b.yaml")).unwrap();
    write(dir.path(), &[("spec/a.yaml", &edited()), ("spec/c.json", "{}")]);
    let expected = [
        "`types::Thing::name`: the field is gone",
        &format!("`types::Thing::new`: {MISTAKABLE}"),
        "`types::Thing::title`: the field is new",
        "`b`: the module is gone",
        "`c`: the module is new",
    ];
    assert_eq!(lines(&compare_all(&workspace, "HEAD", None).unwrap()), expected);
    commit(dir.path());
    assert_eq!(lines(&compare_all(&workspace, "HEAD~1", Some("HEAD")).unwrap()), expected);
}

#[test]
fn files_that_a_document_refers_to_are_those_of_its_revision() {
    let refers = DOCUMENT.replace("#/components/schemas/Thing", "../common/things.yaml#/Thing");
    let things =
        |property: &str| format!("Thing:\n  type: object\n  properties:\n    {property}: {{ type: string }}\n");
    let (dir, workspace) = repository(&[("spec/a.yaml", &refers), ("common/things.yaml", &things("name"))]);
    write(dir.path(), &[("common/things.yaml", &things("title"))]);
    check_refused(&workspace, "HEAD", None, "HEAD:spec/a.yaml gives no client");
    let access = Access::new(&[dir.path().join("common")], None).unwrap();
    let workspace = workspace.with_access(access);
    let compared = compare_all(&workspace, "HEAD", None).unwrap();
    let expected = ["`types::Thing2::name`: the field is gone", "`types::Thing2::title`: the field is new"];
    assert_eq!(lines(&compared), expected);
    let place = compared[0].changes[0].old.as_ref().unwrap();
    assert_eq!((place.file.as_str(), place.line), ("HEAD:spec/../common/things.yaml", 4));
}

#[test]
fn what_cannot_be_compared_is_said() {
    let (dir, workspace) = repository(&[("spec/a.yaml", DOCUMENT)]);
    let file = dir.path().join("spec/a.yaml").display().to_string();
    check_refused(&workspace, "nonsense", None, "there is no document and no revision `nonsense`");
    check_refused(&workspace, "HEAD", Some("nonsense"), "there is no document and no revision `nonsense`");
    check_refused(&workspace, "--all", None, "`--all^{commit}` is not a revision");
    check_refused(&workspace, "gone.yaml", Some(&file), "there is no document gone.yaml");
    check_refused(&workspace, &file, None, "is compared with what?");
    check_refused(&workspace, "HEAD", Some(&file), "write `HEAD:` and its path");
    check_refused(&workspace, &dir.path().display().to_string(), None, "is a folder");
    let outside = tempfile::tempdir().unwrap();
    check_refused(&Workspace::at(outside.path()), "HEAD", None, "`HEAD`");
    write(dir.path(), &[("spec/a.yaml", "openapi: [")]);
    check_refused(&workspace, "HEAD", None, "spec/a.yaml gives no client");
}

#[test]
fn proposal_tells_changes_since_the_last_commit() {
    let (dir, workspace) = repository(&[("spec/a.yaml", DOCUMENT)]);
    let proposed = || proposal(&workspace, &read_spec(&workspace).unwrap());
    assert_eq!(proposed(), "");
    write(dir.path(), &[("spec/a.yaml", &edited()), ("spec/b.yaml", DOCUMENT)]);
    let expected = format!(
        "\
spec/a.yaml since the last commit: 1 breaking change, 1 behaviour change, 1 compatible change
    breaking   `types::Thing::name`: the field is gone
    behaviour  `types::Thing::new`: {MISTAKABLE}
    compatible `types::Thing::title`: the field is new
Proposed for generated/CHANGELOG.md:
- `a`, breaking: `types::Thing::name` (gone).
- `a`, behaviour: `types::Thing::new` (it takes `(title)` instead of `(name)`, of the same types, so calls that compile may
  send the wrong thing).
- `a`: `types::Thing::title` (new).
"
    );
    assert_eq!(proposed(), expected);
}

#[test]
fn proposal_needs_no_repository() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &[("spec/a.yaml", DOCUMENT)]);
    let workspace = Workspace::at(dir.path());
    assert_eq!(proposal(&workspace, &read_spec(&workspace).unwrap()), "");
}

#[test]
fn effects_are_counted() {
    let compared = Compared { document: "x".to_owned(), changes: Vec::new() };
    assert_eq!(report::text(&[compared]), "x: no change for callers\n");
    assert_eq!(Effect::ALL.map(Effect::name), ["breaking", "behaviour", "compatible"]);
}
