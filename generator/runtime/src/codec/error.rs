//! What goes wrong between a value and JSON: [`DecodeError`] when reading, [`Violation`] when writing.
//!
//! Both find their path while the call stack unwinds, so that the happy path pays nothing for it.
//! Neither carries a value: what was read or written may be secret.

use std::fmt;

/// One step from a value to a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Key(Box<str>),
    Index(usize),
}

/// Steps from the innermost to the outermost, since they are found on the way out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Path(Vec<Step>);

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

/// A JSON text that is not what was expected, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError(Box<DecodeFault>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct DecodeFault {
    path: Path,
    offset: usize,
    message: Box<str>,
}

impl DecodeError {
    /// An error at a byte offset of the text; `message` says what was expected and what was found.
    pub fn new(offset: usize, message: impl Into<String>) -> Self {
        let message = message.into().into_boxed_str();
        Self(Box::new(DecodeFault { path: Path::default(), offset, message }))
    }

    /// The place in the value, as in `$.items[2].quantity`; `$` is the value itself.
    pub fn path(&self) -> String {
        self.0.path.to_string()
    }

    /// Bytes from the start of the text to the place.
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// What was expected and what was found.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    pub(crate) fn in_key(mut self, key: &str) -> Self {
        self.0.path.0.push(Step::Key(key.into()));
        self
    }

    pub(crate) fn in_index(mut self, index: usize) -> Self {
        self.0.path.0.push(Step::Index(index));
        self
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at `{}` (byte {})", self.0.message, self.0.path, self.0.offset)
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
