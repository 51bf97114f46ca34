//! The files that a document refers to: which of them a caller is asked for. Reading them is up to the caller.

use std::collections::BTreeSet;

use crate::Source;
use crate::pointer::percent_decode;

/// The answer of a caller that is asked for a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum File {
    /// Its text.
    Text(String),
    /// It does not exist. Only what refers to it is skipped.
    NotFound,
    /// It must not be read. A `$ref` to it is an error.
    Refused(Refusal),
}

/// Why a file is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The reason, as in `it is not a regular file`.
    pub reason: String,
    /// What can be done about it, in the imperative.
    pub help: String,
}

impl Source {
    /// Adds the files that the document refers to, and those that they refer to, as `read` returns them.
    ///
    /// `read` is only asked for paths below the document's directory: a `$ref` that leaves the directory is an error, which
    /// [`generate`](crate::generate) reports. It gets a path and not a file, so that it has to decide about symbolic links
    /// itself. A file that it does not return is reported with what refers to it.
    #[must_use]
    pub fn gather(self, mut read: impl FnMut(&str) -> Option<String>) -> Self {
        self.gather_with(|name| match leaves_directory(name) {
            true => File::Refused(Refusal {
                reason: "it is outside of the document's directory".to_owned(),
                help:
                    "move the file into the directory of the document; a build script can allow other directories by \
                       `Source::gather_with`"
                        .to_owned(),
            }),
            false => read(name).map_or(File::NotFound, File::Text),
        })
    }

    /// The same for callers that decide by themselves what may be read: `read` is asked for every path, also for those that
    /// leave the document's directory. Paths are untrusted input.
    #[must_use]
    pub fn gather_with(mut self, mut read: impl FnMut(&str) -> File) -> Self {
        let mut tried = BTreeSet::new();
        loop {
            let missing = self.missing_files().into_iter().filter(|name| tried.insert(name.clone()));
            let mut is_done = true;
            for name in missing.collect::<Vec<_>>() {
                match read(&name) {
                    File::Text(text) => {
                        self.others.insert(name, text);
                        is_done = false;
                    }
                    File::Refused(refusal) => drop(self.refused.insert(name, refusal)),
                    File::NotFound => {}
                }
            }
            if is_done {
                return self;
            }
        }
    }
}

/// Whether a path, as [`Source::missing_files`] returns it, may lead out of the directory that it is relative to. Percent-encoded
/// characters count as what they stand for, and a backslash as a separator, since some systems and libraries read them so.
pub fn leaves_directory(path: &str) -> bool {
    let mut decoded = path.to_owned();
    // Each step makes the path shorter, so this ends.
    loop {
        let next = percent_decode(&decoded);
        if next.len() == decoded.len() {
            break;
        }
        decoded = next;
    }
    let has_drive = matches!(decoded.as_bytes(), [drive, b':', ..] if drive.is_ascii_alphabetic());
    let leaves = |part: &str| part.trim_end_matches(' ') == "..";
    has_drive || decoded.starts_with('/') || decoded.contains(['\\', '\0']) || decoded.split('/').any(leaves)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_leave_the_directory_are_told_from_others() {
        let outside = [
            "../a.yaml",
            "../../etc/passwd",
            "/etc/passwd",
            "%2e%2e/a.yaml",
            "a/%2E%2e/%2e./a.yaml",
            "%252e%252e%252fa.yaml",
            "..%2fa.yaml",
            "..\\a.yaml",
            "a%5c..%5ca.yaml",
            "C:/a.yaml",
            "a\0b",
        ];
        for path in outside {
            assert!(leaves_directory(path), "{path}");
        }
        for path in ["a.yaml", "a/b.yaml", "..a/b..yaml", "a/...", "100%.yaml", "%zz.yaml"] {
            assert!(!leaves_directory(path), "{path}");
        }
    }

    #[test]
    fn nobody_is_asked_for_a_file_outside_of_the_directory() {
        let references = [
            "../secret.yaml",
            "%2e%2e/secret.yaml",
            "parts/../../secret.yaml",
            "/etc/passwd",
            "file:///etc/passwd",
            "file:/etc/passwd",
            "..\\\\secret.yaml",
            "C:\\\\secret.yaml",
            "c:/secret.yaml",
        ];
        for reference in references {
            for name in ["api.yaml", "spec/api.yaml"] {
                let text = format!(
                    "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\n\
                     components: {{schemas: {{A: {{$ref: \"{reference}#/A\"}}, B: {{$ref: parts/b.yaml}}}}}}\n"
                );
                let mut asked = Vec::new();
                let source = Source::new(name, text).gather(|name| {
                    asked.push(name.to_owned());
                    Some("type: string".to_owned())
                });
                assert_eq!(asked, ["parts/b.yaml"], "{reference}");
                let root = crate::Root::Crate { crate_name: "client".to_owned() };
                let report = match crate::generate(&source, &root) {
                    Ok(output) => output.warnings,
                    Err(report) => report,
                };
                let text = report.render(&source, crate::Format::PLAIN);
                let place = format!("{name}:4:");
                assert!(text.contains("[unsupported-ref]") && text.contains(&place), "{text}");
                assert!(text.contains("secret") || text.contains("/etc/passwd"), "{text}");
            }
        }
    }

    #[test]
    fn file_that_another_file_refers_to_is_reported_where_it_stands() {
        let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {/a: {$ref: 'paths/a.yaml'}}\n";
        let source = Source::new("spec/api.yaml", text).gather(|name| {
            assert_eq!(name, "paths/a.yaml");
            Some("get:\n  responses: {'200': {$ref: '../../secret.yaml'}}\n".to_owned())
        });
        let root = crate::Root::Crate { crate_name: "client".to_owned() };
        let report = crate::generate(&source, &root).unwrap_err();
        let text = report.render(&source, crate::Format::PLAIN);
        let expected =
            "error[unsupported-ref]: `../../secret.yaml` is not read: it is outside of the document's directory";
        assert!(text.starts_with(expected), "{text}");
        assert!(text.contains("spec/paths/a.yaml:2:"), "{text}");
    }
}
