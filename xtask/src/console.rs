//! What people read: text in, terminal out. A reader that went away (`| head`) is no reason to fail, so errors end here.

use std::io::Write as _;

/// Writes a report to standard output.
pub fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Writes warnings, errors and progress to standard error.
pub fn warn(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// `1 operation`, `2 operations`.
pub fn count(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}
