//! The body `multipart/form-data`: in goes an object with files in it, out come a boundary and a [`RequestBody`].
//!
//! The object is written as JSON first, which checks its limits and keeps the files beside the text, and then taken
//! apart property by property. How the parts look is in `multipart/part.rs`, which headers they have in
//! `multipart/header.rs`; reading files is `request_body`'s.

mod header;
mod part;

use std::hash::{BuildHasher, RandomState};
use std::ops::Range;

use self::header::Headers;
pub(crate) use self::header::PartHeader;
use self::part::Parts;
use crate::codec::{Attached, Encode, Violation, encode_multipart};
use crate::error::{Fault, RequestError};
use crate::file::File;
use crate::parameter::Style;
use crate::parameter::value::Value;
use crate::properties::{Property, properties};
use crate::request_body::RequestBody;
use crate::response::is_json;

/// What the document says of one property of a form, which a multipart body has as a part: an entry of `encoding`.
#[derive(Clone, Copy, Debug)]
pub struct PartEncoding {
    name: &'static str,
    media_type: Option<&'static str>,
    style: Option<Style>,
    explode: Option<bool>,
    allow_reserved: bool,
    headers: &'static [(&'static str, &'static str)],
    required: &'static [&'static str],
}

impl PartEncoding {
    /// Nothing but the name of the property.
    pub const fn new(name: &'static str) -> Self {
        let (headers, required): (&[_], &[_]) = (&[], &[]);
        Self { name, media_type: None, style: None, explode: None, allow_reserved: false, headers, required }
    }

    /// The media type of the part, which of JSON writes any value as JSON. A range or a list of media types says
    /// nothing.
    #[must_use]
    pub const fn media_type(mut self, media_type: &'static str) -> Self {
        self.media_type = Some(media_type);
        self
    }

    /// Writes a value that is no file as a parameter of this style.
    #[must_use]
    pub const fn style(mut self, style: Style) -> Self {
        self.style = Some(style);
        self
    }

    /// Whether every item of a list, and every property of an object, is a part for itself.
    #[must_use]
    pub const fn explode(mut self, explode: bool) -> Self {
        self.explode = Some(explode);
        self
    }

    /// Leaves reserved characters of an urlencoded form as they are, like [`Parameter::allow_reserved`].
    ///
    /// [`Parameter::allow_reserved`]: crate::Parameter::allow_reserved
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }

    /// Headers of the part that always have the same value.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    /// The headers without which the part is not sent.
    #[must_use]
    pub const fn requires(mut self, names: &'static [&'static str]) -> Self {
        self.required = names;
        self
    }

    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) fn allows_reserved(&self) -> bool {
        self.allow_reserved
    }

    /// Whether the media type is a single one, and JSON.
    pub(crate) fn is_json(&self) -> bool {
        self.media_type.is_some_and(|media_type| is_single(media_type) && is_json(media_type))
    }

    /// The media type, if it is a single one.
    #[cfg(feature = "test-util")]
    pub(crate) fn single_media_type(&self) -> Option<&'static str> {
        self.media_type.filter(|media_type| is_single(media_type))
    }

    /// The style and whether it is exploded, if the document asks for one; the media type says nothing then.
    pub(crate) fn styled(&self) -> Option<(Style, bool)> {
        let style = match (self.style, self.explode) {
            (None, None) => return None,
            (style, _) => style.unwrap_or(Style::Form),
        };
        Some((style, self.explode.unwrap_or(matches!(style, Style::Form | Style::DeepObject))))
    }
}

/// The media type that a file is sent with; `documented` is what the document says.
pub(crate) fn media_type_of<'a>(file: &'a File, documented: Option<&'a str>) -> &'a str {
    let documented = documented.filter(|media_type| is_single(media_type));
    file.own_media_type().or(documented).unwrap_or("application/octet-stream")
}

/// Neither a range, as in `image/*`, nor a list.
fn is_single(media_type: &str) -> bool {
    !media_type.is_empty() && !media_type.contains(['*', ','])
}

/// Writes an object as parts; the boundary comes first.
pub(crate) fn write(
    value: &dyn Encode,
    encoding: &'static [PartEncoding],
    headers: &[PartHeader],
) -> Result<(String, RequestBody), Fault> {
    let (json, files) = encode_multipart(value).map_err(Fault::Constraint)?;
    let properties = properties(&json).map_err(|_| not_an_object())?;
    header::check_properties(headers, &properties)?;
    let mut body = Body { json: &json, files: &files, parts: Parts::new(boundary()) };
    for property in &properties {
        let encoding = encoding.iter().find(|encoding| encoding.name == property.name);
        let encoding = encoding.copied().unwrap_or(PartEncoding::new(""));
        body.parts.begin(Headers::new(property, &encoding, headers)?);
        body.write(property, encoding)?;
        body.parts.end()?;
    }
    Ok(body.parts.finish())
}

fn not_an_object() -> Fault {
    let rule = "is not an object, as a multipart body has to be";
    RequestError::InvalidParameter { parameter: "body".to_owned(), rule }.into()
}

/// 128 bits that nobody can foresee, so that no file can hold them.
fn boundary() -> String {
    let hash = |number: u8| RandomState::new().hash_one(number);
    format!("form-{:016x}{:016x}", hash(0), hash(1))
}

struct Body<'a> {
    json: &'a [u8],
    files: &'a [Attached],
    parts: Parts<'a>,
}

impl<'a> Body<'a> {
    fn write(&mut self, property: &Property, encoding: PartEncoding) -> Result<(), Fault> {
        let Property { name, value, items } = property;
        let media_type = encoding.media_type.filter(|media_type| is_single(media_type));
        if self.files_in(value).is_empty() {
            if let Some((style, explode)) = encoding.styled() {
                return self.write_styled(name, value, style, explode);
            }
            if let Some(media_type) = media_type.filter(|media_type| is_json(media_type)) {
                return self.parts.text(name, Some(media_type), &self.json[value.clone()]);
            }
        }
        match items {
            Some(items) => items.iter().try_for_each(|item| self.write_one(name, item, media_type)),
            None => self.write_one(name, value, media_type),
        }
    }

    fn write_one(&mut self, name: &str, value: &Range<usize>, media_type: Option<&'static str>) -> Result<(), Fault> {
        let text = &self.json[value.clone()];
        match self.files_in(value) {
            [Attached { offset, file }] if *offset == value.start => self.parts.file(name, media_type, file),
            [] if text.starts_with(b"{") || text.starts_with(b"[") => {
                self.parts.text(name, media_type.or(Some("application/json")), text)
            }
            [] => match read(name, text)? {
                Value::Primitive(text) => self.parts.text(name, media_type, text.as_bytes()),
                Value::List(_) | Value::Object(_) => Ok(()),
            },
            _ => {
                let mut violation = Violation::new("holds a file within an object, which no part can carry");
                violation.in_key(name);
                Err(Fault::Constraint(violation))
            }
        }
    }

    fn write_styled(&mut self, name: &str, value: &Range<usize>, style: Style, explode: bool) -> Result<(), Fault> {
        let value = read(name, &self.json[value.clone()])?;
        let pairs = part::styled(name, &value, style, explode).map_err(|rule| part::invalid(name, rule))?;
        pairs.iter().try_for_each(|(name, text)| self.parts.text(name, None, text.as_bytes()))
    }

    /// The files whose placeholders are in a part of the text.
    fn files_in(&self, range: &Range<usize>) -> &'a [Attached] {
        let start = self.files.partition_point(|file| file.offset < range.start);
        let end = self.files.partition_point(|file| file.offset < range.end);
        &self.files[start..end]
    }
}

fn read(name: &str, json: &[u8]) -> Result<Value, Fault> {
    Value::read(json).map_err(|rule| part::invalid(name, rule))
}

#[cfg(test)]
mod tests;
