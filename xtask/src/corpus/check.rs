//! The second step: a crate on the disk in, what the compiler said of it out. Warnings of the crate count; those of what it
//! depends on are not its fault.

use std::process::{Command, Output};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde_json::Value;

use super::step::Subject;
use crate::cargo::{Cargo, messages};
use crate::console::count;
use crate::failure::cannot_run;
use crate::notes::Notes;
use crate::workspace::RUNTIME_PACKAGE;

/// What the compiler said.
#[derive(Debug, Default)]
pub struct Check {
    /// How long it took, its dependencies not counted.
    pub elapsed: Duration,
    /// Its errors.
    pub errors: Notes,
    /// Its warnings.
    pub warnings: Notes,
}

/// The feature that brings the double of the server.
const DOUBLE: &str = "test-util";

/// Compiles the client as `cargo check` does, and then with its double, whose time is not counted. What all clients depend on
/// is compiled before, so that the first one does not count its time.
pub fn check(cargo: &Cargo, subject: &Subject<'_>) -> Result<Check> {
    let folder = &subject.program.client_path;
    run(cargo.command("check", folder)?.args(["-p", RUNTIME_PACKAGE]))?;
    let check = compile(cargo, subject, &[])?;
    // What is wrong already would be told twice.
    if check.fault().is_some() {
        return Ok(check);
    }
    Ok(Check { elapsed: check.elapsed, ..compile(cargo, subject, &["--features", DOUBLE])? })
}

/// Compiles the client with these words on cargo's command line.
pub fn compile(cargo: &Cargo, subject: &Subject<'_>, words: &[&str]) -> Result<Check> {
    let folder = &subject.program.client_path;
    let started = Instant::now();
    let output = run(cargo.command("check", folder)?.arg("--message-format=json").args(words))?;
    let check = Check { elapsed: started.elapsed(), ..read(&messages(&output.stdout), subject.name) };
    if !output.status.success() && check.errors.is_empty() {
        bail!("cargo check failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(check)
}

fn run(command: &mut Command) -> Result<Output> {
    command.output().map_err(|error| cannot_run(format!("cannot start cargo: {error}")))
}

impl Check {
    /// What is wrong, in a few words, if anything is.
    pub fn fault(&self) -> Option<String> {
        let counts = [(&self.errors, "compiler error"), (&self.warnings, "compiler warning")];
        let faults: Vec<_> = counts
            .iter()
            .filter(|(notes, _)| !notes.is_empty())
            .map(|(notes, noun)| count(notes.len(), noun))
            .collect();
        (!faults.is_empty()).then(|| faults.join(", "))
    }
}

fn read(messages: &[Value], package: &str) -> Check {
    let crate_name = package.replace('-', "_");
    let mut check = Check::default();
    for message in messages {
        let own = message["target"]["name"].as_str() == Some(&crate_name);
        let message = &message["message"];
        let (Some(level), Some(text), true) = (message["level"].as_str(), message["message"].as_str(), own) else {
            continue;
        };
        // These only count the others, or say where to read on.
        if text.starts_with("aborting due to") || text.ends_with("emitted") || level == "failure-note" {
            continue;
        }
        let code = message["code"]["code"].as_str().map(|code| format!("{code}: ")).unwrap_or_default();
        let notes = if level.starts_with("error") { &mut check.errors } else { &mut check.warnings };
        notes.add(format!("{code}{}", text.lines().next().unwrap_or_default()), place(message));
    }
    check
}

/// File and line of what the compiler points at.
fn place(message: &Value) -> String {
    let spans = message["spans"].as_array().map(Vec::as_slice).unwrap_or_default();
    let primary = spans.iter().find(|span| span["is_primary"].as_bool() == Some(true));
    match primary.map(|span| (span["file_name"].as_str().unwrap_or_default(), &span["line_start"])) {
        Some((file, line)) => format!("{file}:{line}"),
        None => "the crate".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_errors_and_warnings_count_and_summaries_do_not() {
        let message = |name: &str, level: &str, text: &str| {
            serde_json::json!({
                "target": {"name": name},
                "message": {
                    "level": level,
                    "message": text,
                    "code": {"code": "E1"},
                    "spans": [{"is_primary": true, "file_name": "src/a.rs", "line_start": 7}],
                },
            })
        };
        let messages = [
            message("c_d", "warning", "unused"),
            message("c_d", "error", "wrong"),
            message("c_d", "error", "aborting due to 1 previous error"),
            message("c_d", "warning", "1 warning emitted"),
            message("e", "warning", "unused"),
            serde_json::json!({"reason": "build-finished"}),
        ];
        let check = read(&messages, "c-d");
        assert_eq!(check.fault().unwrap(), "1 compiler error, 1 compiler warning");
        assert_eq!(check.errors.render("error"), "\n1 error:\n\n- E1: wrong: `src/a.rs:7`\n");
        assert!(read(&[], "c").fault().is_none());
    }
}
