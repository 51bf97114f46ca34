//! What the generator has to say of a document: [`Diagnostic`]s, collected in a bag and rendered at the end.
//!
//! A stage reports all it finds and goes on; [`Diagnostics::has_errors`] is asked at its end. Positions are
//! looked up only here and only when something is shown: the other stages know pointers, not lines.

mod characters;
mod code;
mod edit;
mod located;
mod machine;
mod origin;
mod position;
mod render;

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

pub use self::code::Code;
pub use self::edit::{Action, Edit};
pub use self::located::{Located, Spot};
pub use self::origin::Text;
pub(crate) use self::origin::{Origin, Trace};
pub use self::position::Positions;
pub use self::render::{Detail, Format, Palette};
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
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// A node of the document.
    Node(Pointer),
    /// A node of a text that is not the document, or not any more.
    NodeOf(Text, Pointer),
    /// A position in a text that could not be read; both count from one.
    Position {
        /// The text.
        text: Text,
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
    /// Other places that it is about.
    pub notes: Vec<Note>,
    /// What to do about it.
    pub help: String,
    /// What can be done about it without knowing more than the document says.
    pub edits: Vec<Edit>,
}

/// Another place that a diagnostic is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where.
    pub place: Pointer,
    /// What is there.
    pub message: String,
}

impl Diagnostic {
    /// One that stops the generation, or at least costs what it is about.
    pub fn error(code: Code, place: &Pointer, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::fault_at(Place::Node(place.clone()), code, message, help)
    }

    /// An error anywhere.
    pub fn fault_at(place: Place, code: Code, message: impl Into<String>, help: impl Into<String>) -> Self {
        let (message, help) = (message.into(), help.into());
        Self { severity: Severity::Error, code, message, place, notes: Vec::new(), help, edits: Vec::new() }
    }

    /// A warning anywhere.
    pub fn at(place: Place, code: Code, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::fault_at(place, code, message, help) }
    }

    /// One that tells how the document was understood.
    pub fn warning(code: Code, place: &Pointer, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, place, message, help) }
    }

    /// Adds another place.
    #[must_use]
    pub fn note(mut self, place: &Pointer, message: impl Into<String>) -> Self {
        self.notes.push(Note { place: place.clone(), message: message.into() });
        self
    }

    /// It is cured if this node is not there.
    #[must_use]
    pub fn remove(mut self, node: &Pointer) -> Self {
        self.edits.push(Edit::Remove(node.clone()));
        self
    }

    /// It is cured if this value is merged into a node.
    #[must_use]
    pub fn update(mut self, node: &Pointer, value: Value) -> Self {
        self.edits.push(Edit::Update(node.clone(), value));
        self
    }

    /// What it says of whatever it is about: the message with `…` for everything between backticks.
    pub fn pattern(&self) -> String {
        nameless(&self.message)
    }
}

/// A text with `…` for everything between backticks, by which those are told that differ in names alone.
pub fn nameless(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(at, part)| if at % 2 == 1 { "…" } else { part });
    parts.collect::<Vec<_>>().join("`")
}

/// A bag of diagnostics.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
    memory: Box<Memory>,
}

/// What a bag knows beside what it has to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Memory {
    /// What has been said of which places.
    said: HashSet<(Code, Place, String)>,
    /// The errors that were reported and not forgiven, also those that had been reported before.
    errors: Vec<Note>,
    /// The places that nodes were copied to, since `$ref`s lead to them, and where they stood.
    copies: Vec<(Pointer, Origin)>,
    /// What overlays changed.
    trace: Trace,
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
        if let (Severity::Error, Place::Node(place)) = (diagnostic.severity, &diagnostic.place) {
            self.memory.errors.push(Note { place: place.clone(), message: diagnostic.message.clone() });
        }
        if self.memory.said.insert((diagnostic.code, diagnostic.place.clone(), diagnostic.message.clone())) {
            self.found.push(diagnostic);
        }
    }

    /// Reports an error.
    pub fn error(&mut self, code: Code, place: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        self.push(Diagnostic::error(code, place, message, help));
    }

    /// Reports a warning.
    pub fn warn(&mut self, code: Code, place: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        self.push(Diagnostic::warning(code, place, message, help));
    }

    /// Remembers where a copied node stands.
    pub(crate) fn add_copy(&mut self, copy: Pointer, origin: Origin) {
        self.memory.copies.push((copy, origin));
    }

    /// Remembers that a node stands in place of another, which may be a copy itself.
    pub(crate) fn add_split(&mut self, node: Pointer, of: &Pointer) {
        let origin = self.copied(of);
        self.memory.copies.insert(0, (node, origin));
    }

    /// Remembers what overlays changed.
    pub(crate) fn set_trace(&mut self, trace: Trace) {
        self.memory.trace = trace;
    }

    /// The text and the place in it that a maintainer knows a node by.
    fn origin(&self, pointer: &Pointer) -> Origin {
        let origin = self.copied(pointer);
        if origin.text == Text::Document { self.memory.trace.origin(&origin.pointer) } else { origin }
    }

    /// Where a node was copied from, if it was.
    fn copied(&self, pointer: &Pointer) -> Origin {
        let mut copies = self.memory.copies.iter();
        let copied = copies.find_map(|(copy, origin)| Some((origin, pointer.strip_prefix(copy)?)));
        match copied {
            Some((origin, rest)) => Origin { text: origin.text.clone(), pointer: origin.pointer.join(rest) },
            None => Origin { text: Text::Document, pointer: pointer.clone() },
        }
    }

    /// The present moment.
    pub fn mark(&self) -> Mark {
        Mark { found: self.found.len(), errors: self.memory.errors.len() }
    }

    /// Turns the errors since `mark` into warnings, for what costs only a part of the client; gives what they said.
    pub fn forgive(&mut self, mark: Mark) -> Vec<Note> {
        for diagnostic in &mut self.found[mark.found..] {
            diagnostic.severity = Severity::Warning;
        }
        self.memory.errors.split_off(mark.errors.min(self.memory.errors.len()))
    }

    /// Whether there is an error among them.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Whether an error was reported since then.
    pub(crate) fn has_errors_since(&self, mark: Mark) -> bool {
        self.found[mark.found..].iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// How many there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.found.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// How many different things are said: see [`Diagnostic::pattern`].
    pub fn kinds(&self) -> usize {
        let kinds = self.found.iter().map(|one| (one.code, one.severity, one.pattern()));
        kinds.collect::<BTreeSet<_>>().len()
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

/// For a part of the document that is not in the client, with what it was left out for.
pub fn left_out(code: Code, place: &Pointer, message: String, reasons: Vec<Note>) -> Diagnostic {
    let reasons = reasons.into_iter().fold(Vec::new(), |mut notes: Vec<Note>, reason| {
        if !notes.contains(&reason) {
            notes.push(reason);
        }
        notes
    });
    let help = "do what is advised for the reasons, which are told of by themselves too";
    Diagnostic { notes: reasons, ..Diagnostic::warning(code, place, message, help) }
}
