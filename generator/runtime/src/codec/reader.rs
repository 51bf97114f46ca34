//! [`Reader`]: in goes JSON text, out come values through [`Decode`](super::Decode), without a tree in between.
//!
//! The parsing is jiter's; what is added is the place of an error, a bound on nesting, and a look ahead
//! ([`Probe`]) for unions.

#[cfg(feature = "test-util")]
mod found;

use std::borrow::Cow;

use jiter::{Jiter, JiterError, Peek};

#[cfg(feature = "test-util")]
use self::found::Found;
use super::{Additional, DecodeError, Probe, Slot};

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
    claimed: Vec<&'static [&'static str]>,
    /// Whether the text was made of another format, some of which hold exact numbers as texts.
    is_transcribed: bool,
    /// Whether types refuse what they would keep without understanding it.
    exact: bool,
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
    /// Stands at the start of `text`; a byte order mark is passed over.
    pub fn new(text: &'j [u8]) -> Self {
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        Self {
            jiter: Jiter::new(text),
            depth: 0,
            value: 0,
            claimed: Vec::new(),
            is_transcribed: false,
            exact: false,
            #[cfg(feature = "test-util")]
            found: Found::default(),
        }
    }

    /// Stands at the start of a text that was made of another format.
    #[cfg(feature = "serde")]
    pub(crate) fn transcribed(text: &'j [u8]) -> Self {
        Self { is_transcribed: true, ..Self::new(text) }
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

    /// Passes over `null` if it comes next.
    ///
    /// # Errors
    /// The text is not JSON here.
    pub fn null(&mut self) -> Result<bool, DecodeError> {
        if self.kind()? != Kind::Null {
            return Ok(false);
        }
        self.jiter.known_null().map_err(syntax)?;
        Ok(true)
    }

    /// Reads a boolean.
    ///
    /// # Errors
    /// Something else comes next.
    pub fn boolean(&mut self) -> Result<bool, DecodeError> {
        self.expect(Kind::Boolean, "a boolean")?;
        self.jiter.next_bool().map_err(syntax)
    }

    /// Reads the digits of a number as they are written.
    ///
    /// # Errors
    /// Something else comes next.
    pub fn number(&mut self) -> Result<&str, DecodeError> {
        self.expect(Kind::Number, "a number")?;
        let digits = self.jiter.next_number_bytes().map_err(syntax)?;
        Ok(std::str::from_utf8(digits).unwrap_or_default())
    }

    /// Reads the digits of a number that may have too many of them for formats other than JSON, which have a text then.
    ///
    /// # Errors
    /// Something else comes next.
    pub(crate) fn exact_number(&mut self) -> Result<&str, DecodeError> {
        let is_text =
            self.is_transcribed && self.probe().is_ok_and(|probe| probe.kind == Kind::String && is_number(&probe.text));
        if is_text { self.string() } else { self.number() }
    }

    /// Reads a string.
    ///
    /// # Errors
    /// Something else comes next.
    pub fn string(&mut self) -> Result<&str, DecodeError> {
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

    /// Reads an object: a property goes to the slot of its name, any other to `rest`, or nowhere.
    ///
    /// # Errors
    /// Something else comes next, or a value is refused.
    pub fn object(
        &mut self,
        slots: &mut [(&'static str, &mut dyn Slot)],
        mut rest: Option<&mut dyn Additional>,
    ) -> Result<(), DecodeError> {
        self.expect(Kind::Object, "an object")?;
        self.descend()?;
        let claimed = std::mem::take(&mut self.claimed);
        // Servers mostly write properties in the order of the document, so the search starts behind the last hit.
        let mut expected = 0;
        let mut key = self.jiter.known_object().map_err(syntax)?;
        while let Some(name) = key {
            if let Some(at) = find(slots, expected, name) {
                expected = at + 1;
                let (name, slot) = &mut slots[at];
                slot.fill(self).map_err(|error| error.in_key(name))?;
            } else {
                let wanted = rest.as_mut().filter(|_| !claimed.iter().any(|names| names.contains(&name)));
                match wanted {
                    Some(rest) => {
                        let name = name.to_owned();
                        rest.add(&name, self).map_err(|error| error.in_key(&name))?;
                    }
                    None => self.jiter.next_skip().map_err(syntax)?,
                }
            }
            key = self.jiter.next_key().map_err(syntax)?;
        }
        self.depth -= 1;
        Ok(())
    }

    /// The same place, for reading the object that comes next a second time without the properties `names`.
    #[must_use]
    pub fn flattened(&self, names: &'static [&'static str]) -> Self {
        let mut input = self.clone();
        input.claimed.push(names);
        input
    }

    /// Whether a value that a type would keep without understanding it is to be refused: another type may know it.
    pub(crate) fn is_exact(&self) -> bool {
        self.exact
    }

    /// The same place, for trying to read a value as one of several types.
    #[must_use]
    pub fn attempt(&self, exact: bool) -> Self {
        Self { exact: self.exact || exact, ..self.clone() }
    }

    /// Goes on behind what a successful attempt has read.
    pub fn accept(&mut self, attempt: Self) {
        *self = Self { exact: self.exact, ..attempt };
    }

    pub(crate) fn claimed(&mut self) -> Vec<&'static [&'static str]> {
        std::mem::take(&mut self.claimed)
    }

    /// Looks at the value that comes next without reading it.
    ///
    /// # Errors
    /// The text is not JSON here.
    pub fn probe(&self) -> Result<Probe<'j>, DecodeError> {
        let mut ahead = self.clone();
        let kind = ahead.kind()?;
        let text = match kind {
            Kind::String => Cow::Owned(ahead.string()?.to_owned()),
            Kind::Number => Cow::Owned(ahead.number()?.to_owned()),
            _ => Cow::Borrowed(""),
        };
        let properties = if kind == Kind::Object { ahead.outline()? } else { Vec::new() };
        Ok(Probe::new(kind, text, properties, self.clone()))
    }

    /// Stands at the first item of the array that comes next, if it has one.
    pub(super) fn first_item(mut self) -> Option<Self> {
        self.jiter.next_array().ok()??;
        Some(self)
    }

    /// The string that the object coming next has for `name`; `None` if there is no such string.
    ///
    /// # Errors
    /// The text is not JSON here.
    pub fn tag(&self, name: &str) -> Result<Option<String>, DecodeError> {
        let mut ahead = self.clone();
        if ahead.kind()? != Kind::Object {
            return Ok(None);
        }
        let mut key = ahead.jiter.known_object().map_err(syntax)?;
        while let Some(found) = key {
            if found == name && ahead.kind()? == Kind::String {
                return Ok(Some(ahead.string()?.to_owned()));
            }
            ahead.jiter.next_skip().map_err(syntax)?;
            key = ahead.jiter.next_key().map_err(syntax)?;
        }
        Ok(None)
    }

    /// Reads an object of which only the value of `name` is wanted.
    ///
    /// # Errors
    /// Something else comes next, the property is missing, or its value is refused.
    pub fn content<T: super::Decode>(&mut self, name: &'static str) -> Result<T, DecodeError> {
        let start = self.clone();
        let mut value: Option<T> = None;
        self.object(&mut [(name, &mut value)], None)?;
        value.ok_or_else(|| start.error(format!("property `{name}` is missing")))
    }

    fn outline(&mut self) -> Result<Vec<(String, Option<String>)>, DecodeError> {
        let mut properties = Vec::new();
        let mut key = self.jiter.known_object().map_err(syntax)?;
        while let Some(name) = key {
            let name = name.to_owned();
            let text = if self.kind()? == Kind::String {
                Some(self.string()?.to_owned())
            } else {
                self.jiter.next_skip().map_err(syntax)?;
                None
            };
            properties.push((name, text));
            key = self.jiter.next_key().map_err(syntax)?;
        }
        Ok(properties)
    }

    /// An error of the value that was read last.
    pub fn invalid(&self, message: impl Into<String>) -> DecodeError {
        DecodeError::new(self.value, message)
    }

    /// An error at the place where the reader stands.
    pub fn error(&self, message: impl Into<String>) -> DecodeError {
        DecodeError::new(self.jiter.current_index(), message)
    }

    fn expect(&mut self, kind: Kind, wanted: &str) -> Result<(), DecodeError> {
        let found = self.kind()?;
        self.value = self.jiter.current_index();
        if found == kind {
            return Ok(());
        }
        Err(self.error(format!("expected {wanted}, found {}", found.name())))
    }

    fn descend(&mut self) -> Result<(), DecodeError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.error(format!("nested deeper than {MAX_DEPTH} levels")));
        }
        Ok(())
    }
}

impl Kind {
    fn name(self) -> &'static str {
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
    let mut input = Reader::new(text.as_bytes());
    input.number().is_ok() && input.finish().is_ok()
}

fn find(slots: &[(&'static str, &mut dyn Slot)], expected: usize, name: &str) -> Option<usize> {
    let (before, behind) = slots.split_at(expected.min(slots.len()));
    let ahead = behind.iter().position(|(slot, _)| *slot == name).map(|at| at + before.len());
    ahead.or_else(|| before.iter().position(|(slot, _)| *slot == name))
}

fn syntax(error: JiterError) -> DecodeError {
    DecodeError::new(error.index, error.error_type.to_string())
}
