//! What people read: text in, terminal out. A reader that went away (`| head`) is no reason to fail, so errors end here.
//!
//! Messages contain names from documents, file names and the output of other programs. None of these may give the terminal or a
//! CI system a command, so control characters become visible here, for all of them.

use std::io::Write as _;

use generator::visible;

/// Writes a report to standard output.
pub fn say(text: &str) {
    say_rendered(&visible::text(text));
}

/// Writes lines of JSON to standard output.
pub fn say_json(json: &str) {
    say_rendered(&visible::json(json));
}

/// Writes a text to standard output in which control characters, if there are any, are meant: what the generator rendered.
pub fn say_rendered(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Writes warnings, errors and progress to standard error.
pub fn warn(text: &str) {
    warn_rendered(&visible::text(text));
}

/// Writes a text to standard error in which control characters, if there are any, are meant: what the generator rendered.
pub fn warn_rendered(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// `1 operation`, `2 operations`.
pub fn count(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}
