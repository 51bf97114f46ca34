//! [`Parameter`]: in goes what the document says of a parameter and a value, out comes the text for the request.
//!
//! The value is written as JSON first, which checks its limits, and read back into the three shapes that the style
//! table knows. The table itself is in `parameter/style.rs`; putting the text into a request is `request`'s.

pub(crate) mod form;
pub(crate) mod style;
pub(crate) mod value;

use self::style::Form;
use self::value::Value;
use crate::codec::{Encode, Limit, Reader, encode_checked};
use crate::error::{Fault, RequestError};

/// What the document says of a parameter.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    name: &'static str,
    location: Place,
    style: Style,
    explode: Option<bool>,
    allow_reserved: bool,
    json: bool,
    limits: &'static [Limit],
}

/// How a value becomes text: the `style` of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `blue,black,brown`; the default of path and header parameters.
    Simple,
    /// `.blue.black.brown`
    Label,
    /// `;color=blue;color=black`
    Matrix,
    /// `color=blue&color=black`; the default of query and cookie parameters.
    Form,
    /// `color=blue%20black`
    SpaceDelimited,
    /// `color=blue%7Cblack`
    PipeDelimited,
    /// `color%5BR%5D=100&color%5BG%5D=200`
    DeepObject,
}

/// Where a parameter goes: `in` of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query,
    Header,
    Cookie,
    /// A header of the parts that a property of a multipart body becomes.
    Part {
        property: &'static str,
        /// Whether there is a value for each part.
        each: bool,
    },
}

impl Parameter {
    /// A path parameter: style simple, not exploded.
    pub const fn path(name: &'static str) -> Self {
        Self::new(name, Place::Path, Style::Simple)
    }

    /// A query parameter: style form, exploded.
    pub const fn query(name: &'static str) -> Self {
        Self::new(name, Place::Query, Style::Form)
    }

    /// A header parameter: style simple, not exploded.
    pub const fn header(name: &'static str) -> Self {
        Self::new(name, Place::Header, Style::Simple)
    }

    /// A cookie parameter: style form, exploded.
    pub const fn cookie(name: &'static str) -> Self {
        Self::new(name, Place::Cookie, Style::Form)
    }

    /// A header of the part that `property` becomes in a multipart body: style simple, not exploded.
    pub const fn part(property: &'static str, name: &'static str) -> Self {
        Self::new(name, Place::Part { property, each: false }, Style::Simple)
    }

    /// The value of a part's header is a list, which has an item for each part.
    #[must_use]
    pub const fn each(mut self) -> Self {
        if let Place::Part { property, .. } = self.location {
            self.location = Place::Part { property, each: true };
        }
        self
    }

    /// Another style; unless [`explode`](Self::explode) says otherwise, `Form` and `DeepObject` are exploded and the
    /// others are not.
    #[must_use]
    pub const fn style(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    /// Whether every item of a list, and every property of an object, is written for itself.
    #[must_use]
    pub const fn explode(mut self, explode: bool) -> Self {
        self.explode = Some(explode);
        self
    }

    /// Leaves `:/?@!$'()*,;` and what is percent-encoded already as they are.
    ///
    /// `#`, `[`, `]`, `&`, `=` and `+` stay encoded, since they would end or split the query. It has a meaning for
    /// query parameters only (OpenAPI 3.0 and 3.1) and is ignored elsewhere.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }

    /// Writes the value as JSON text: a parameter with `content` of a JSON media type in place of a style.
    #[must_use]
    pub const fn json(mut self) -> Self {
        self.json = true;
        self
    }

    /// The constraints that the value must keep.
    #[must_use]
    pub const fn limits(mut self, limits: &'static [Limit]) -> Self {
        self.limits = limits;
        self
    }

    const fn new(name: &'static str, location: Place, style: Style) -> Self {
        Self { name, location, style, explode: None, allow_reserved: false, json: false, limits: &[] }
    }

    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    /// Whether the value is JSON text.
    #[cfg(feature = "test-util")]
    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    pub(crate) fn location(&self) -> Place {
        self.location
    }

    /// The text of a value, percent-encoded as the location asks; `None` for an empty list or object, which RFC 6570,
    /// section 2.3, leaves out.
    pub(crate) fn write(&self, value: &dyn Encode) -> Result<Option<String>, Fault> {
        self.write_json(self.encoded(value)?)
    }

    /// The texts of a header of parts: one, or one for each part.
    pub(crate) fn write_each(&self, value: &dyn Encode) -> Result<Vec<String>, Fault> {
        let json = self.encoded(value)?;
        let Place::Part { each: true, .. } = self.location else {
            return Ok(vec![self.write_json(json)?.unwrap_or_default()]);
        };
        let mut items = Vec::new();
        let read = Reader::new(&json).array(|input| {
            items.push(input.raw()?.to_vec());
            Ok(())
        });
        read.map_err(|_| self.invalid("is not a list"))?;
        items.into_iter().map(|item| Ok(self.write_json(item)?.unwrap_or_default())).collect()
    }

    fn encoded(&self, value: &dyn Encode) -> Result<Vec<u8>, Fault> {
        encode_checked(value, self.limits).map_err(|violation| Fault::Constraint(violation.named(self.name)))
    }

    fn write_json(&self, json: Vec<u8>) -> Result<Option<String>, Fault> {
        let value = if self.json { Value::of_json_text(json) } else { Value::read(&json) };
        match value {
            Ok(value) if value.is_empty() => Ok(None),
            Ok(value) => {
                let text = style::write(&self.form(), &value).map_err(|rule| self.invalid(rule))?;
                // Nothing is written of an object that holds nothing but empty lists.
                let is_nothing = text.trim_start_matches(';').is_empty() && !matches!(value, Value::Primitive(_));
                Ok((!is_nothing).then_some(text))
            }
            Err(rule) => Err(self.invalid(rule)),
        }
    }

    pub(crate) fn invalid(&self, rule: &'static str) -> Fault {
        RequestError::InvalidParameter { parameter: self.name.to_owned(), rule }.into()
    }

    /// What decides how a value is written.
    pub(crate) fn form(&self) -> Form<'_> {
        Form {
            name: self.name,
            location: self.location,
            style: self.style,
            explode: self.explode.unwrap_or(matches!(self.style, Style::Form | Style::DeepObject)),
            allow_reserved: self.allow_reserved && self.location == Place::Query,
        }
    }
}
