//! The files that a run reads: those that a document refers to, and those that are no files at all. Nothing here waits for a pipe.
#![cfg(unix)]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use rustix::fs::{CWD, FileType, mknodat};

/// A document with a reference in its fourth line.
fn document(reference: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\n\
         components: {{ schemas: {{ A: {{ $ref: '{reference}' }} }} }}\n"
    )
}

/// A folder with `spec/api.yaml`, `common/a.yaml` and pipes that nobody writes to.
fn place(reference: &str) -> tempfile::TempDir {
    let place = tempfile::tempdir().expect("a folder");
    for folder in ["spec", "common"] {
        fs::create_dir(place.path().join(folder)).expect("a folder");
        mknodat(CWD, place.path().join(folder).join("pipe.yaml"), FileType::Fifo, 0o600.into(), 0).expect("a pipe");
    }
    fs::write(place.path().join("spec/api.yaml"), document(reference)).expect("a document");
    fs::write(place.path().join("common/a.yaml"), "A: { type: string }\n").expect("a file");
    place
}

fn codegen(place: &Path, spec: &str, more: &[&str], input: &str) -> Output {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generator/runtime");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.current_dir(place).args(["codegen", "--out", "out", "--name", "client", "--spec", spec]).args(more);
    command.arg("--runtime-path").arg(runtime);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("a run");
    // Whoever does not read is not written to.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    child.wait_with_output().expect("an end")
}

#[track_caller]
fn check_refused(place: &Path, spec: &str, more: &[&str], expected: &[&str]) {
    let output = codegen(place, spec, more, "");
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{text}");
    expected.iter().for_each(|expected| assert!(text.contains(expected), "{text} does not say {expected:?}"));
    assert!(!place.join("out").exists(), "{text}");
}

#[track_caller]
fn check_read(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn reference_that_leaves_the_directory_is_an_error_with_its_place() {
    let place = place("../common/a.yaml#/A");
    let expected = [
        "error[unsupported-ref]: `../common/a.yaml#/A` is not read: common/a.yaml is outside of the document's directory",
        "--> spec/api.yaml:4:",
        "#/components/schemas/A/$ref",
        "add `--allow-dir common`",
    ];
    check_refused(place.path(), "spec/api.yaml", &[], &expected);
    check_read(&codegen(place.path(), "spec/api.yaml", &["--allow-dir", "common"], ""));
}

#[test]
fn what_is_no_file_is_refused_and_not_waited_for() {
    for (reference, allowed) in
        [("pipe.yaml#/A", "spec"), ("../common/pipe.yaml#/A", "common"), ("../../../../../../../../dev/zero", "/dev")]
    {
        let place = place(reference);
        check_refused(
            place.path(),
            "spec/api.yaml",
            &["--allow-dir", allowed],
            &["it is not a regular file", "spec/api.yaml:4:"],
        );
    }
    let place = place("#/components/schemas/B");
    check_refused(
        place.path(),
        "spec/api.yaml",
        &["--overlay", "spec/pipe.yaml"],
        &["overlay spec/pipe.yaml: it is not a regular file"],
    );
    check_refused(place.path(), "spec/pipe.yaml", &["--watch"], &["--watch reads spec/pipe.yaml more than once"]);
    check_refused(place.path(), "/dev/zero", &["--max-file-size", "1m"], &["it is larger than 1000000 bytes"]);
}

#[test]
fn document_may_be_a_pipe() {
    let place = place("");
    check_read(&codegen(place.path(), "/dev/stdin", &[], &document("#/components/schemas/A")));
    let refers = document("common/a.yaml#/A");
    let refused = codegen(place.path(), "/dev/stdin", &[], &refers);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("add `--allow-dir common`"), "{refused:?}");
    check_read(&codegen(place.path(), "/dev/stdin", &["--allow-dir", "common"], &refers));
}
