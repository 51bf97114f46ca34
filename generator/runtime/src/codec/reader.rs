//! [`Reader`]: reads JSON text through [`Decode`](super::Decode), without a tree in between.
//!
//! jiter parses. The reader adds the place of an error, a bound on nesting, and what tolerant decoding accepts; the rules for
//! that, and for unions, are in [`matching`](super::matching).

#[cfg(feature = "test-util")]
mod found;
mod object;
mod session;
mod union;

use std::rc::Rc;

use jiter::{Jiter, JiterError, Peek};

#[cfg(feature = "test-util")]
use self::found::Found;
use self::session::Session;
use super::DecodeError;
use super::matching::Issue;
use super::shape::{Shape, ShapeRef};

/// Deeper nesting than this is refused, so that no text can exhaust the stack.
pub(crate) const MAX_DEPTH: usize = 128;

/// Reads one JSON value after another from a text.
#[derive(Clone, Debug)]
pub struct Reader<'j> {
    jiter: Jiter<'j>,
    depth: usize,
    /// Where the value that was read last begins.
    value: usize,
    /// Names that an enclosing type has taken from the object that comes next.
    claimed: Vec<&'static str>,
    /// Whether the text was made of another format, some of which hold exact numbers as texts.
    is_transcribed: bool,
    /// Whether values are converted to what the document says.
    is_tolerant: bool,
    /// What all readers of the text share.
    session: Rc<Session<'j>>,
    /// What a value needs that was put together from a request.
    #[cfg(feature = "test-util")]
    found: Found<'j>,
}

/// The kind of a JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true`, `false`
    Boolean,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl<'j> Reader<'j> {
    /// Stands at the start of `text`, behind a byte order mark if there is one, and reads exactly what the document says.
    pub fn new(text: &'j [u8]) -> Self {
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        Self::of(text, Session::new(text))
    }

    fn of(text: &'j [u8], session: Session<'j>) -> Self {
        Self {
            jiter: Jiter::new(text),
            depth: 0,
            value: 0,
            claimed: Vec::new(),
            is_transcribed: false,
            is_tolerant: false,
            session: Rc::new(session),
            #[cfg(feature = "test-util")]
            found: Found::default(),
        }
    }

    /// Stands at the start of a text that was made of another format.
    #[cfg(feature = "serde")]
    pub(crate) fn transcribed(text: &'j [u8]) -> Self {
        Self { is_transcribed: true, ..Self::new(text) }
    }

    /// Stands at the start of the same text, and accepts what tolerant decoding accepts.
    pub(crate) fn tolerant(&self) -> Self {
        let text = self.session.text();
        Self { jiter: Jiter::new(text), depth: 0, value: 0, claimed: Vec::new(), is_tolerant: true, ..self.clone() }
    }

    /// The table of an object type, which its decoder passes to [`object`](Self::object).
    pub(crate) fn describe(decode: impl FnOnce(&mut Reader<'_>) -> Result<(), DecodeError>) -> Shape {
        let mut input = Reader::of(b"", Session::describing());
        // The decoder ends with an error as soon as it has passed its table.
        let _ = decode(&mut input);
        input.session.description().map_or(Shape::Any, Shape::Object)
    }

    /// Makes sure that nothing but white space follows.
    ///
    /// # Errors
    /// Something does.
    pub fn finish(&mut self) -> Result<(), DecodeError> {
        self.jiter.finish().map_err(syntax)
    }

    /// The kind of the value that comes next.
    ///
    /// # Errors
    /// The text ends here, or goes on with something that is not JSON.
    #[inline]
    pub fn kind(&mut self) -> Result<Kind, DecodeError> {
        Ok(match self.jiter.peek().map_err(syntax)? {
            Peek::Null => Kind::Null,
            Peek::True | Peek::False => Kind::Boolean,
            Peek::String => Kind::String,
            Peek::Array => Kind::Array,
            Peek::Object => Kind::Object,
            peek if peek.is_num() => Kind::Number,
            _ => return Err(self.error("expected a JSON value")),
        })
    }

    /// Whether null comes next.
    #[inline]
    fn is_null(&mut self) -> bool {
        matches!(self.jiter.peek(), Ok(Peek::Null))
    }

    /// Passes over `null` if it comes next.
    ///
    /// # Errors
    /// Returns an error if what comes next begins like `null` and is not.
    #[inline]
    pub fn null(&mut self) -> Result<bool, DecodeError> {
        if !self.is_null() {
            return Ok(false);
        }
        self.jiter.known_null().map_err(syntax)?;
        Ok(true)
    }

    /// Reads `null`.
    ///
    /// # Errors
    /// Returns an error if something else comes next.
    pub fn unit(&mut self) -> Result<(), DecodeError> {
        self.expect(Kind::Null, "null")?;
        self.jiter.known_null().map_err(syntax)
    }

    /// Reads a boolean.
    ///
    /// # Errors
    /// Returns an error if something else comes next.
    pub fn boolean(&mut self) -> Result<bool, DecodeError> {
        if self.is_tolerant {
            let kind = self.kind()?;
            let mut ahead = self.clone();
            let text = match kind {
                Kind::String => ahead.string()?,
                Kind::Number => ahead.number()?,
                _ => "",
            };
            if let Some(boolean) = boolean_of(kind, text) {
                *self = ahead;
                return Ok(boolean);
            }
        }
        self.expect(Kind::Boolean, "a boolean")?;
        self.jiter.next_bool().map_err(syntax)
    }

    /// Reads the digits of a number as they are written.
    ///
    /// # Errors
    /// Returns an error if something else comes next.
    pub fn number(&mut self) -> Result<&str, DecodeError> {
        if self.is_tolerant && self.is_number_in_string()? {
            return self.string();
        }
        self.expect(Kind::Number, "a number")?;
        let digits = self.jiter.next_number_bytes().map_err(syntax)?;
        Ok(std::str::from_utf8(digits).unwrap_or_default())
    }

    /// Reads the digits of a number that may have too many of them for formats other than JSON, which have a string then.
    ///
    /// # Errors
    /// Returns an error if something else comes next.
    pub(crate) fn exact_number(&mut self) -> Result<&str, DecodeError> {
        if self.is_transcribed && self.is_number_in_string()? { self.string() } else { self.number() }
    }

    fn is_number_in_string(&mut self) -> Result<bool, DecodeError> {
        Ok(self.kind()? == Kind::String && self.clone().string().is_ok_and(is_number))
    }

    /// Reads a string.
    ///
    /// # Errors
    /// Returns an error if something else comes next.
    pub fn string(&mut self) -> Result<&str, DecodeError> {
        if self.is_tolerant && self.kind()? == Kind::Number {
            self.value = self.jiter.current_index();
            let digits = self.jiter.next_number_bytes().map_err(syntax)?;
            return Ok(std::str::from_utf8(digits).unwrap_or_default());
        }
        self.expect(Kind::String, "a string")?;
        self.jiter.known_str().map_err(syntax)
    }

    /// Passes over one value and gives its text.
    ///
    /// # Errors
    /// The text is not JSON here.
    pub fn raw(&mut self) -> Result<&'j [u8], DecodeError> {
        self.kind()?;
        let start = self.jiter.current_index();
        self.jiter.next_skip().map_err(syntax)?;
        Ok(self.jiter.slice_to_current(start))
    }

    /// Where the value that comes next begins.
    ///
    /// # Errors
    /// The text is not JSON here.
    pub(crate) fn start(&mut self) -> Result<usize, DecodeError> {
        self.kind()?;
        Ok(self.jiter.current_index())
    }

    /// Where the value that was read last ends.
    pub(crate) fn end(&self) -> usize {
        self.jiter.current_index()
    }

    /// Reads an array, handing each item to `item`.
    ///
    /// # Errors
    /// Something else comes next, or an item is refused.
    pub fn array(&mut self, mut item: impl FnMut(&mut Self) -> Result<(), DecodeError>) -> Result<(), DecodeError> {
        self.expect(Kind::Array, "an array")?;
        self.descend()?;
        let mut next = self.jiter.known_array().map_err(syntax)?;
        let mut index = 0;
        while next.is_some() {
            item(self).map_err(|error| error.in_index(index))?;
            index += 1;
            next = self.jiter.array_step().map_err(syntax)?;
        }
        self.depth -= 1;
        Ok(())
    }

    /// Notes that something that was read is not what the document says.
    pub fn deviate(&self) {
        self.session.deviate();
    }

    /// Whether something that was read is not what the document says.
    pub(crate) fn deviates(&self) -> bool {
        self.session.deviates()
    }

    /// Whether values are converted to what the document says.
    pub(crate) fn is_tolerant(&self) -> bool {
        self.is_tolerant
    }

    /// Everything in the text that does not match a shape, at most `limit` of them.
    ///
    /// # Errors
    /// Returns an error if the text is not JSON, or is nested too deeply.
    pub(crate) fn issues(&self, shape: ShapeRef, limit: usize) -> Result<Vec<Issue>, DecodeError> {
        self.session.with_matcher(|matcher| matcher.issues(shape, limit))
    }

    /// Calls `read` with what is known about the values of the text.
    pub(crate) fn with_outline<R>(
        &self,
        read: impl FnOnce(&super::outline::Outline<'j>) -> R,
    ) -> Result<R, DecodeError> {
        self.session.with_matcher(|matcher| read(matcher.outline()))
    }

    /// Whether the value that comes next could be the only item of a list.
    pub(crate) fn is_single_item(&mut self, shape: ShapeRef) -> Result<bool, DecodeError> {
        let start = self.start()?;
        self.session
            .with_matcher(|matcher| matcher.outline().at(start).is_some_and(|node| matcher.is_single_item(node, shape)))
    }

    /// Passes over null where tolerant decoding reads it as an empty list or map.
    pub(crate) fn nothing(&mut self) -> Result<bool, DecodeError> {
        if self.is_tolerant { self.null() } else { Ok(false) }
    }

    pub(crate) fn claimed(&mut self) -> Vec<&'static str> {
        std::mem::take(&mut self.claimed)
    }

    /// An error of the value that was read last.
    pub fn invalid(&self, message: impl Into<String>) -> DecodeError {
        DecodeError::new(self.value, message)
    }

    /// An error at the place where the reader stands.
    pub fn error(&self, message: impl Into<String>) -> DecodeError {
        DecodeError::new(self.jiter.current_index(), message)
    }

    #[inline]
    fn expect(&mut self, kind: Kind, wanted: &str) -> Result<(), DecodeError> {
        let found = self.kind()?;
        self.value = self.jiter.current_index();
        if found == kind { Ok(()) } else { Err(self.unexpected(found, wanted)) }
    }

    #[cold]
    fn unexpected(&self, found: Kind, wanted: &str) -> DecodeError {
        self.error(format!("expected {wanted}, found {}", found.name()))
    }

    fn descend(&mut self) -> Result<(), DecodeError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(too_deep(self.jiter.current_index())) } else { Ok(()) }
    }
}

impl Kind {
    /// The kind with its article, for messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

/// Whether a text is a number of JSON, and nothing else.
pub(crate) fn is_number(text: &str) -> bool {
    let mut jiter = Jiter::new(text.as_bytes());
    text.starts_with(|first: char| first == '-' || first.is_ascii_digit())
        && jiter.next_number_bytes().is_ok_and(|digits| digits.len() == text.len())
}

/// The boolean that a string or a number stands for.
pub(crate) fn boolean_of(kind: Kind, text: &str) -> Option<bool> {
    match (kind, text) {
        (Kind::String, "true") | (Kind::Number, "1") => Some(true),
        (Kind::String, "false") | (Kind::Number, "0") => Some(false),
        _ => None,
    }
}

pub(super) fn syntax(error: JiterError) -> DecodeError {
    DecodeError::new(error.index, error.error_type.to_string())
}

pub(super) fn too_deep(offset: usize) -> DecodeError {
    DecodeError::new(offset, format!("nested deeper than {MAX_DEPTH} levels"))
}
