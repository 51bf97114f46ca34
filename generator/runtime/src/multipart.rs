//! The body `multipart/form-data`: in goes an object with files in it, out come a boundary and a [`RequestBody`].
//!
//! The object is written as JSON first, which checks its limits and keeps the files beside the text, and then taken
//! apart property by property. How the parts look is in `multipart/part.rs`; reading files is `request_body`'s.

mod part;

use std::hash::{BuildHasher, RandomState};
use std::ops::Range;

use self::part::Parts;
use crate::codec::{Additional, Attached, DecodeError, Encode, Kind, Reader, Violation, encode_multipart};
use crate::error::{Fault, RequestError};
use crate::file::File;
use crate::parameter::Style;
use crate::parameter::value::Value;
use crate::request_body::RequestBody;
use crate::response::is_json;

/// What the document says of one part of a multipart body: an entry of `encoding`.
#[derive(Clone, Copy, Debug)]
pub struct PartEncoding {
    name: &'static str,
    media_type: Option<&'static str>,
    style: Option<Style>,
    explode: Option<bool>,
}

impl PartEncoding {
    /// Nothing but the name of the property.
    pub const fn new(name: &'static str) -> Self {
        Self { name, media_type: None, style: None, explode: None }
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

    #[cfg(feature = "test-util")]
    pub(crate) fn name(&self) -> &'static str {
        self.name
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
pub(crate) fn write(value: &dyn Encode, encoding: &'static [PartEncoding]) -> Result<(String, RequestBody), Fault> {
    let (json, files) = encode_multipart(value).map_err(Fault::Constraint)?;
    let mut properties = Properties::default();
    let mut input = Reader::new(&json);
    input.object(&mut [], &mut [], Some(&mut properties)).map_err(|_| not_an_object())?;
    let mut body = Body { json: &json, files: &files, parts: Parts::new(boundary()) };
    for property in &properties.0 {
        let encoding = encoding.iter().find(|encoding| encoding.name == property.name);
        body.write(property, encoding.copied().unwrap_or(PartEncoding::new("")))?;
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

/// The properties of the object, by their places in the text.
#[derive(Default)]
struct Properties(Vec<Property>);

struct Property {
    name: String,
    value: Range<usize>,
    /// The items of a list.
    items: Option<Vec<Range<usize>>>,
}

impl Additional for Properties {
    fn add(&mut self, name: &str, input: &mut Reader<'_>) -> Result<(), DecodeError> {
        let start = input.start()?;
        let items = if input.kind()? == Kind::Array {
            let mut items = Vec::new();
            input.array(|input| {
                let start = input.start()?;
                input.raw()?;
                items.push(start..input.end());
                Ok(())
            })?;
            Some(items)
        } else {
            input.raw()?;
            None
        };
        self.0.push(Property { name: name.to_owned(), value: start..input.end(), items });
        Ok(())
    }

    fn forget(&mut self, names: &[String]) {
        self.0.retain(|property| !names.contains(&property.name));
    }
}

struct Body<'a> {
    json: &'a [u8],
    files: &'a [Attached],
    parts: Parts,
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
