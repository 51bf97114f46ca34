//! [`Writer`]: in go values through [`Encode`], out comes JSON text, or the first [`Violation`].
//!
//! Writing cannot fail in the middle: a violation is kept, the rest is written into nothing that
//! anybody sees, and [`Writer::finish`] tells. Files stay beside the text of a multipart body; putting both together is
//! `multipart`'s.

use std::io::Write as _;

use super::shape::{Kinds, Shape, ShapeRef, UnionShape, shape_of};
use super::{Encode, Kind, Limit, Violation};
use crate::file::File;

/// Writes one JSON value.
#[derive(Debug, Default)]
pub struct Writer {
    text: Vec<u8>,
    needs_comma: bool,
    /// Whether a server reads this: limits are checked, and what only the server sets is left out.
    is_request: bool,
    violation: Option<Violation>,
    /// Whether a whole number is written with a point, since without one it would be another alternative of its union.
    keeps_point: bool,
    /// The files of a multipart body; `None` if this is JSON only.
    files: Option<Vec<Attached>>,
}

/// A file of a multipart body.
#[derive(Clone, Debug)]
pub(crate) struct Attached {
    /// Where its placeholder begins in the text, which no other value does.
    pub(crate) offset: usize,
    pub(crate) file: File,
}

impl Writer {
    /// An empty text.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty text for a server, which wants limits to be kept and sets read-only properties itself.
    pub fn for_request() -> Self {
        Self { is_request: true, ..Self::default() }
    }

    /// An empty text of a multipart body for a server, whose files are kept beside it.
    pub fn multipart() -> Self {
        Self { files: Some(Vec::new()), ..Self::for_request() }
    }

    /// An empty text of a multipart body that nobody is sent.
    #[cfg(feature = "test-util")]
    pub(crate) fn outline() -> Self {
        Self { files: Some(Vec::new()), ..Self::new() }
    }

    /// The text.
    ///
    /// # Errors
    /// The first violation that was reported.
    pub fn finish(self) -> Result<Vec<u8>, Violation> {
        match self.violation {
            None => Ok(self.text),
            Some(violation) => Err(violation),
        }
    }

    /// The text, and the files beside it in the order of their placeholders.
    ///
    /// # Errors
    /// The first violation that was reported.
    pub(crate) fn finish_multipart(self) -> Result<(Vec<u8>, Vec<Attached>), Violation> {
        match self.violation {
            None => Ok((self.text, self.files.unwrap_or_default())),
            Some(violation) => Err(violation),
        }
    }

    /// Reports that the value breaks a rule; `rule` completes the sentence "the value …".
    pub fn reject(&mut self, rule: impl Into<String>) {
        if self.violation.is_none() {
            self.violation = Some(Violation::new(rule));
        }
    }

    /// Writes text that is JSON already.
    pub fn raw(&mut self, text: &[u8]) {
        self.text.extend_from_slice(text);
    }

    /// Writes what `value` displays, which has to be JSON already.
    pub(crate) fn display(&mut self, value: impl std::fmt::Display) {
        // Writing into memory does not fail.
        let _ = write!(self.text, "{value}");
    }

    /// Writes a string, quoted and escaped.
    pub fn string(&mut self, value: &str) {
        let bytes = value.as_bytes();
        self.text.reserve(bytes.len() + 2);
        self.text.push(b'"');
        let mut written = 0;
        for (index, &byte) in bytes.iter().enumerate() {
            if ESCAPED[usize::from(byte)] {
                self.text.extend_from_slice(&bytes[written..index]);
                self.escape(byte);
                written = index + 1;
            }
        }
        self.text.extend_from_slice(&bytes[written..]);
        self.text.push(b'"');
    }

    /// Writes a file: its number in a multipart body, else its text if it has one.
    pub fn file(&mut self, file: &File) {
        if let Some(files) = &mut self.files {
            let number = files.len();
            files.push(Attached { offset: self.text.len(), file: file.clone() });
            self.display(number);
        } else if let Some(text) = file.text() {
            self.string(text);
        } else {
            self.reject("holds a file, which only a multipart body or a body of its own can carry");
        }
    }

    fn escape(&mut self, byte: u8) {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let short = match byte {
            b'"' | b'\\' => byte,
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            _ => {
                let (high, low) = (HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]);
                self.text.extend_from_slice(&[b'\\', b'u', b'0', b'0', high, low]);
                return;
            }
        };
        self.text.extend_from_slice(&[b'\\', short]);
    }

    /// Writes the value of an alternative of a union.
    pub fn alternative(&mut self, value: &dyn Encode, shape: ShapeRef, union: UnionShape) {
        let before = std::mem::replace(&mut self.keeps_point, is_beside_integer(shape, union));
        value.encode(self);
        self.keeps_point = before;
    }

    /// Whether a whole number is written with a point.
    pub(crate) fn keeps_point(&self) -> bool {
        self.keeps_point
    }

    /// Opens an object.
    pub fn begin_object(&mut self) {
        self.text.push(b'{');
        self.needs_comma = false;
    }

    /// Closes the object that is open.
    pub fn end_object(&mut self) {
        self.text.push(b'}');
        self.needs_comma = true;
    }

    /// Writes one property of the object that is open, after checking its value.
    pub fn property(&mut self, name: &str, value: &dyn Encode, limits: &'static [Limit]) {
        if self.violation.is_some() {
            return;
        }
        self.separate();
        self.string(name);
        self.text.push(b':');
        self.check(value, limits);
        value.encode(self);
        self.needs_comma = true;
        if let Some(violation) = &mut self.violation {
            violation.in_key(name);
        }
    }

    /// Checks a value that goes to a server.
    pub fn check(&mut self, value: &dyn Encode, limits: &'static [Limit]) {
        if self.is_request && !limits.is_empty() {
            value.check(limits, self);
        }
    }

    /// Writes a property only if there is a value.
    pub fn optional(&mut self, name: &str, value: Option<&dyn Encode>, limits: &'static [Limit]) {
        if let Some(value) = value {
            self.property(name, value, limits);
        }
    }

    /// Writes a property that only the server sets, unless it is the server that reads it.
    pub fn read_only(&mut self, name: &str, value: Option<&dyn Encode>) {
        if !self.is_request {
            self.optional(name, value, &[]);
        }
    }

    /// Writes an array.
    pub fn array<'a>(&mut self, items: impl Iterator<Item = &'a dyn Encode>) {
        self.text.push(b'[');
        self.needs_comma = false;
        for (index, item) in items.enumerate() {
            if self.violation.is_some() {
                return;
            }
            self.separate();
            item.encode(self);
            self.needs_comma = true;
            self.blame_index(index);
        }
        self.text.push(b']');
        self.needs_comma = true;
    }

    /// Checks every item of a list, or every value of a map that is told by its position.
    pub(crate) fn check_items<'a>(&mut self, items: impl Iterator<Item = &'a dyn Encode>, limits: &'static [Limit]) {
        for (index, item) in items.enumerate() {
            if self.violation.is_some() {
                return;
            }
            item.check(limits, self);
            self.blame_index(index);
        }
    }

    /// Checks one item of a tuple.
    pub(crate) fn check_item(&mut self, index: usize, item: &dyn Encode, limits: &'static [Limit]) {
        if self.violation.is_none() {
            item.check(limits, self);
            self.blame_index(index);
        }
    }

    /// Checks every value of a map.
    pub(crate) fn check_values<'a>(
        &mut self,
        values: impl Iterator<Item = (&'a str, &'a dyn Encode)>,
        limits: &'static [Limit],
    ) {
        for (key, value) in values {
            if self.violation.is_some() {
                return;
            }
            value.check(limits, self);
            if let Some(violation) = &mut self.violation {
                violation.in_key(key);
            }
        }
    }

    fn blame_index(&mut self, index: usize) {
        if let Some(violation) = &mut self.violation {
            violation.in_index(index);
        }
    }

    fn separate(&mut self) {
        if self.needs_comma {
            self.text.push(b',');
        }
        self.needs_comma = false;
    }
}

/// Whether an alternative is a number or a list of numbers, beside one that is the same of integers.
fn is_beside_integer(shape: ShapeRef, union: UnionShape) -> bool {
    let may_be_numbers = Kinds::of(Kind::Number).or(Kinds::of(Kind::Array));
    if union.variants.iter().filter(|variant| variant.kinds.intersects(may_be_numbers)).count() < 2 {
        return false;
    }
    match numbers(shape) {
        Some((depth, false)) => union.variants.iter().any(|other| numbers(other.shape) == Some((depth, true))),
        _ => false,
    }
}

/// In how many lists the numbers of a shape are, and whether they are integers.
fn numbers(shape: ShapeRef) -> Option<(usize, bool)> {
    let (mut shape, mut depth) = (shape, 0);
    loop {
        match shape_of(shape) {
            Shape::Integer(_) | Shape::IntegerEnum(_) => return Some((depth, true)),
            Shape::Number(_) => return Some((depth, false)),
            Shape::Nullable(inner) => shape = *inner,
            Shape::List(item) if depth < MAX_LISTS => (shape, depth) = (*item, depth + 1),
            _ => return None,
        }
    }
}

/// Numbers in more lists within lists than this are not looked for.
const MAX_LISTS: usize = 8;

/// Which bytes JSON wants escaped.
const ESCAPED: [bool; 256] = {
    let mut escaped = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        escaped[byte] = true;
        byte += 1;
    }
    escaped[b'"' as usize] = true;
    escaped[b'\\' as usize] = true;
    escaped
};
