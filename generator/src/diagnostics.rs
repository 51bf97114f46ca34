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
pub struct Diagnostics {
    found: Vec<Diagnostic>,
    /// How many errors were reported and not forgiven, those counted that had been reported before.
    errors: usize,
    origins: Vec<Origin>,
}

/// Where a node was before it was copied to another place of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    /// The place that it is known by.
    pub copy: Pointer,
    /// The file that it stands in, if that is not the document itself.
    pub file: Option<String>,
    /// Its place there.
    pub pointer: Pointer,
}

/// A moment in the life of a bag.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    found: usize,
    errors: usize,
}

impl Diagnostics {
    /// Adds one, unless it has been said already.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if !self.found.contains(&diagnostic) {
            self.found.push(diagnostic);
        }
    }

    /// Reports an error.
    pub fn error(&mut self, code: Code, place: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        self.errors += 1;
        self.report(Severity::Error, code, place, message.into(), help.into());
    }

    /// Reports a warning.
    pub fn warn(&mut self, code: Code, place: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        self.report(Severity::Warning, code, place, message.into(), help.into());
    }

    fn report(&mut self, severity: Severity, code: Code, place: &Pointer, message: String, help: String) {
        self.push(Diagnostic { severity, code, message, place: Place::Node(place.clone()), help });
    }

    /// Remembers where a copied node stands.
    pub(crate) fn add_origin(&mut self, origin: Origin) {
        self.origins.push(origin);
    }

    /// The file, if it is not the document, and the place in it that a maintainer knows a node by.
    fn origin(&self, pointer: &Pointer) -> (Option<&str>, Pointer) {
        let copied = self.origins.iter().find_map(|origin| Some((origin, pointer.strip_prefix(&origin.copy)?)));
        match copied {
            Some((origin, rest)) => (origin.file.as_deref(), origin.pointer.join(rest)),
            None => (None, pointer.clone()),
        }
    }

    /// The present moment.
    pub fn mark(&self) -> Mark {
        Mark { found: self.found.len(), errors: self.errors }
    }

    /// Turns the errors since `mark` into warnings, for what costs only a part of the client; says whether there were any.
    pub fn forgive(&mut self, mark: Mark) -> bool {
        for diagnostic in &mut self.found[mark.found..] {
            diagnostic.severity = Severity::Warning;
        }
        let forgiven = self.errors > mark.errors;
        self.errors = mark.errors;
        forgiven
    }

    /// Whether there is an error among them.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.found.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// All of them in the order they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.iter()
    }
}
