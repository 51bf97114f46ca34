//! What the generator has to say of a document: [`Diagnostic`]s, collected in a bag and rendered at the end.
//!
//! A stage reports all it finds and goes on; [`Diagnostics::has_errors`] is asked at its end. Positions are
//! looked up only here and only when something is shown: the other stages know pointers, not lines.

mod code;
mod position;
mod render;

pub use self::code::Code;
use crate::pointer::Pointer;

/// Whether a diagnostic stops the generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// The document is understood, but not as its author may think.
    Warning,
}

/// Where in the input a diagnostic belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A node of the document.
    Node(Pointer),
    /// A position in a text that could not be read; both count from one.
    Position {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
}

/// One thing to say of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether it stops the generation.
    pub severity: Severity,
    /// What kind of problem it is.
    pub code: Code,
    /// What happened: one sentence in lower case without a full stop.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What to do about it.
    pub help: String,
}

/// A bag of diagnostics.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds one, unless it has been said already.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if !self.0.contains(&diagnostic) {
            self.0.push(diagnostic);
        }
    }

    /// Reports an error.
    pub fn error(&mut self, code: Code, place: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        self.report(Severity::Error, code, place, message.into(), help.into());
    }

    /// Reports a warning.
    pub fn warn(&mut self, code: Code, place: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        self.report(Severity::Warning, code, place, message.into(), help.into());
    }

    fn report(&mut self, severity: Severity, code: Code, place: &Pointer, message: String, help: String) {
        self.push(Diagnostic { severity, code, message, place: Place::Node(place.clone()), help });
    }

    /// Whether there is an error among them.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// All of them in the order they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }
}
