//! Located diagnostics in, text for programs out: JSON for editors, workflow commands for the checks of GitHub.

use serde_json::{Value, json};

use super::located::{Located, Spot};
use super::{Note, Severity};
use crate::visible;

/// One line of JSON.
pub fn json(located: &Located<'_>) -> String {
    let diagnostic = located.diagnostic;
    let notes = diagnostic.notes.iter().zip(&located.notes).map(|(note, spot)| json_note(note, spot));
    let object = json!({
        "severity": diagnostic.severity.name(),
        "code": diagnostic.code.name(),
        "message": diagnostic.message,
        "place": json_place(&located.spot),
        "notes": notes.collect::<Vec<_>>(),
        "help": diagnostic.help,
        "overlay": located.actions.iter().map(|action| action.to_json()).collect::<Vec<_>>(),
    });
    visible::json(&object.to_string())
}

fn json_note(note: &Note, spot: &Spot) -> Value {
    json!({ "message": note.message, "place": json_place(spot) })
}

fn json_place(spot: &Spot) -> Value {
    json!({
        "file": spot.file,
        "line": spot.start.0,
        "column": spot.start.1,
        "end_line": spot.end.0,
        "end_column": spot.end.1,
        "pointer": spot.pointer.as_ref().map(|pointer| pointer.as_str()),
    })
}

/// One workflow command.
pub fn github(located: &Located<'_>) -> String {
    let (diagnostic, spot) = (located.diagnostic, &located.spot);
    let command = diagnostic.severity.name();
    let (line, column) = spot.start;
    // An empty range would be one that ends before it begins.
    let (end_line, end_column) = (spot.end.0, spot.end.1.saturating_sub(1).max(1));
    let (file, title) = (property(&spot.file), property(diagnostic.code.name()));
    let (message, help) = (visible::line(&diagnostic.message), visible::line(&diagnostic.help));
    let mut text = format!("{message}\nhelp: {help}");
    for (note, spot) in diagnostic.notes.iter().zip(&located.notes) {
        let place = format!("{}:{}:{}", visible::line(&spot.file), spot.start.0, spot.start.1);
        text += &format!("\nnote: {} ({place})", visible::line(&note.message));
    }
    let text = data(&text);
    format!(
        "::{command} file={file},line={line},col={column},endLine={end_line},endColumn={end_column},title={title}::{text}"
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(&visible::line(text)).replace(':', "%3A").replace(',', "%2C")
}

impl Severity {
    /// Its name, as in `warning`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}
