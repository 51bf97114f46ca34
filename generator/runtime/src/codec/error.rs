//! What goes wrong between a value and JSON: [`DecodeError`] when reading, [`Violation`] when writing.
//!
//! Both find their path while the call stack unwinds, so that the happy path pays nothing for it.
//! Neither carries a value: what was read or written may be secret.

use std::fmt;

use super::Kind;
use super::outline::{NodeId, Outline};

/// One step from a value to a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Key(Box<str>),
    Index(usize),
}

/// Steps from the innermost to the outermost, since they are found on the way out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Path(Vec<Step>);

impl Path {
    /// The path of a value in a text.
    pub(super) fn to(outline: &Outline<'_>, node: NodeId) -> Self {
        let ancestors = std::iter::successors(Some(node), |node| outline.parent(*node));
        let steps = ancestors.filter_map(|node| {
            let parent = outline.parent(node)?;
            Some(match outline.kind(parent) {
                Kind::Object => Step::Key(outline.name(node).into()),
                _ => Step::Index(outline.children(parent).position(|child| child == node).unwrap_or_default()),
            })
        });
        Self(steps.collect())
    }

    /// Goes on to a property of the value.
    pub(super) fn enter(&mut self, name: &str) {
        self.0.insert(0, Step::Key(name.into()));
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("$")?;
        self.0.iter().rev().try_for_each(|step| match step {
            Step::Key(key) if is_plain(key) => write!(f, ".{key}"),
            Step::Key(key) => write!(f, "[{key:?}]"),
            Step::Index(index) => write!(f, "[{index}]"),
        })
    }
}

fn is_plain(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// A JSON text that is not what the document says, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError(Box<Mismatches>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Mismatches {
    first: Mismatch,
    others: Vec<Mismatch>,
}

/// One place in a JSON text that is not what the document says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    path: Path,
    offset: usize,
    message: Box<str>,
    /// Whether it is a property that is missing from the object at the place.
    is_missing: bool,
}

impl Mismatch {
    pub(super) fn new(path: Path, offset: usize, message: impl Into<String>) -> Self {
        Self { path, offset, message: message.into().into_boxed_str(), is_missing: false }
    }

    pub(super) fn missing(path: Path, offset: usize, name: &str) -> Self {
        Self { is_missing: true, ..Self::new(path, offset, format!("property `{name}` is missing")) }
    }

    /// The place in the value, as in `$.items[2].quantity`; `$` is the value itself.
    pub fn path(&self) -> String {
        self.path.to_string()
    }

    /// The number of bytes from the start of the text to the place.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// What was expected and what was found.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at `{}` (byte {})", self.message, self.path, self.offset)
    }
}

/// At most so many mismatches are written out in a message.
const MAX_DISPLAYED: usize = 8;

impl DecodeError {
    /// An error at a byte offset of the text; `message` says what was expected and what was found.
    pub fn new(offset: usize, message: impl Into<String>) -> Self {
        Self(Box::new(Mismatches { first: Mismatch::new(Path::default(), offset, message), others: Vec::new() }))
    }

    /// The error of several mismatches; `None` if there are none.
    pub(super) fn of(mismatches: Vec<Mismatch>) -> Option<Self> {
        let mut mismatches = mismatches.into_iter();
        let first = mismatches.next()?;
        Some(Self(Box::new(Mismatches { first, others: mismatches.collect() })))
    }

    /// The error of all mismatches of a text. If this is one of them, it was met first, and its message says the most.
    pub(super) fn completed(mut self, all: Option<Self>) -> Self {
        let Some(all) = all else { return self };
        let first = &self.0.first;
        let is_there = |known: &Mismatch| known.offset == first.offset && known.path == first.path;
        let is_same = |known: &Mismatch| is_there(known) && known.message == first.message;
        // An object may lack several properties, each of which is a mismatch at the same place.
        let is_reworded = |known: &Mismatch| is_there(known) && !known.is_missing;
        let mut mismatches = std::iter::once(all.0.first).chain(all.0.others).collect::<Vec<_>>();
        let at = mismatches.iter().position(is_same).or_else(|| mismatches.iter().position(is_reworded));
        match at {
            Some(at) => {
                mismatches.remove(at);
                self.0.others = mismatches;
                self
            }
            None => Self::of(mismatches).unwrap_or(self),
        }
    }

    /// Every place that is not what the document says, at most 1,000; the one that was met first comes first.
    ///
    /// There is one if the text is not JSON.
    pub fn mismatches(&self) -> impl Iterator<Item = &Mismatch> {
        std::iter::once(&self.0.first).chain(&self.0.others)
    }

    /// The first place in the value, as in `$.items[2].quantity`; `$` is the value itself.
    pub fn path(&self) -> String {
        self.0.first.path()
    }

    /// The number of bytes from the start of the text to the first place.
    pub fn offset(&self) -> usize {
        self.0.first.offset
    }

    /// What was expected and what was found at the first place.
    pub fn message(&self) -> &str {
        &self.0.first.message
    }

    pub(crate) fn in_key(mut self, key: &str) -> Self {
        self.0.first.path.0.push(Step::Key(key.into()));
        self
    }

    pub(crate) fn in_index(mut self, index: usize) -> Self {
        self.0.first.path.0.push(Step::Index(index));
        self
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, mismatch) in self.mismatches().take(MAX_DISPLAYED).enumerate() {
            write!(f, "{}{mismatch}", if index == 0 { "" } else { "; " })?;
        }
        match self.0.others.len().saturating_sub(MAX_DISPLAYED - 1) {
            0 => Ok(()),
            omitted => write!(f, "; and {omitted} more"),
        }
    }
}

impl std::error::Error for DecodeError {}

/// A value that breaks a constraint of the document, found before anything is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    name: Option<Box<str>>,
    path: Path,
    rule: Box<str>,
}

impl Violation {
    /// A violation of the value itself; `rule` completes the sentence "the value …".
    pub fn new(rule: impl Into<String>) -> Self {
        Self { name: None, path: Path::default(), rule: rule.into().into_boxed_str() }
    }

    /// The place in the value, as in `$.items[2].quantity`; `$` is the value itself.
    pub fn path(&self) -> String {
        self.path.to_string()
    }

    /// The parameter that holds the value; `None` for the request body.
    pub fn parameter(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// What the value does not keep, as in "is longer than 50 characters".
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// The same violation, told as one of the parameter `name`.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        self.name = Some(name.into());
        self
    }

    pub(crate) fn in_key(&mut self, key: &str) {
        self.path.0.push(Step::Key(key.into()));
    }

    pub(crate) fn in_index(&mut self, index: usize) {
        self.path.0.push(Step::Index(index));
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) if self.path.0.is_empty() => write!(f, "parameter `{name}` {}", self.rule),
            Some(name) => write!(f, "`{}` of parameter `{name}` {}", self.path, self.rule),
            None => write!(f, "`{}` {}", self.path, self.rule),
        }
    }
}

impl std::error::Error for Violation {}
