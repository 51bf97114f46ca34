//! The style table of OpenAPI 3.0 and 3.1: in go a [`Form`] and a [`Value`], out comes percent-encoded text.
//!
//! The text is the segment of a path, the `name=value` pairs of a query joined by `&`, those of a `Cookie` header
//! joined by `; `, or the value of a header. The table is that of 3.0.4 and 3.1.1, which correct the earlier ones; what
//! they leave open is decided here:
//!
//! - Delimiters of `spaceDelimited` and `pipeDelimited` are `%20` and `%7C`, brackets of `deepObject` are `%5B` and
//!   `%5D`.
//! - A single value in a delimited style is written as in style form; so are exploded ones.
//! - `deepObject` nests: `a[b][c]=1`; a list in it is numbered, `a[0]=x`, since servers that read it so lose repeated
//!   names.
//! - An empty list or object does not come here; within `deepObject` it leaves no trace.
//! - A list inside an object that is exploded into named pairs repeats the name: `sort=a&sort=b`.
//! - Any other list or object inside another is refused: servers would read different things.

use super::value::Value;
use super::{Place, Style};

const NESTED: &str = "holds a list or an object inside another, which its style cannot write";

/// What decides how a value is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form<'a> {
    pub(crate) name: &'a str,
    pub(crate) location: Place,
    pub(crate) style: Style,
    pub(crate) explode: bool,
    pub(crate) allow_reserved: bool,
}

/// Writes a value.
pub(crate) fn write(form: &Form<'_>, value: &Value) -> Result<String, &'static str> {
    match form.style {
        Style::Simple => write_joined(form, value, Marks { start: "", between: "," }),
        Style::Label if form.explode => write_joined(form, value, Marks { start: ".", between: "." }),
        Style::Label => write_joined(form, value, Marks { start: ".", between: "," }),
        Style::Matrix => write_named(form, value, Marks { start: ";", between: ";" }, ",", ""),
        Style::Form => write_named(form, value, pairs_of(form.location), ",", "="),
        Style::SpaceDelimited => write_named(form, value, pairs_of(form.location), "%20", "="),
        Style::PipeDelimited => write_named(form, value, pairs_of(form.location), "%7C", "="),
        Style::DeepObject => Ok(write_deep(form, value)),
    }
}

/// Percent-encodes a text for a place in a path, a query or a cookie: all but letters, digits and `-._~`.
pub(crate) fn encode(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, STRICT).to_string()
}

/// What stands before the first part and between two.
#[derive(Clone, Copy)]
struct Marks {
    start: &'static str,
    between: &'static str,
}

impl Marks {
    fn join(self, parts: &[String]) -> String {
        format!("{}{}", self.start, parts.join(self.between))
    }
}

/// Pairs of a cookie are separated as RFC 6265 says: `&` would be part of the value.
fn pairs_of(location: Place) -> Marks {
    Marks { start: "", between: if location == Place::Cookie { "; " } else { "&" } }
}

/// The styles that leave the parameter's name out.
fn write_joined(form: &Form<'_>, value: &Value, marks: Marks) -> Result<String, &'static str> {
    let parts = match value {
        Value::Object(properties) if form.explode => {
            form.properties(properties, |key, value| format!("{}={value}", form.text(key)))?
        }
        _ => form.parts(value)?,
    };
    Ok(marks.join(&parts))
}

/// The styles that write `name=value`; `empty` stands for the equals sign before an empty value.
fn write_named(
    form: &Form<'_>,
    value: &Value,
    pairs: Marks,
    between: &str,
    empty: &str,
) -> Result<String, &'static str> {
    let pair = |name: &str, value: &str| match value {
        "" => format!("{}{empty}", encode(name)),
        _ => format!("{}={value}", encode(name)),
    };
    let parts = match value {
        Value::List(items) if form.explode => form.items(items)?.iter().map(|item| pair(form.name, item)).collect(),
        Value::Object(properties) if form.explode => form.pairs(properties, pair)?,
        _ => vec![pair(form.name, &form.parts(value)?.join(between))],
    };
    Ok(pairs.join(&parts))
}

/// Pairs named by the way to each value, `name[property][0]`.
fn write_deep(form: &Form<'_>, value: &Value) -> String {
    let mut parts = Vec::new();
    push_deep(form, &encode(form.name), value, &mut parts);
    pairs_of(form.location).join(&parts)
}

fn push_deep(form: &Form<'_>, name: &str, value: &Value, parts: &mut Vec<String>) {
    match value {
        Value::Primitive(text) => parts.push(format!("{name}={}", form.text(text))),
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                push_deep(form, &format!("{name}%5B{index}%5D"), item, parts);
            }
        }
        Value::Object(properties) => {
            for (key, value) in properties {
                push_deep(form, &format!("{name}%5B{}%5D", encode(key)), value, parts);
            }
        }
    }
}

impl Form<'_> {
    /// A text as its location asks.
    fn text(&self, text: &str) -> String {
        match self.location {
            // A header is not part of a URL: OpenAPI 3.1.1, appendix D, has its value sent as it is.
            Place::Header | Place::Part { .. } => text.to_owned(),
            _ if self.allow_reserved => encode_reserved(text),
            _ => encode(text),
        }
    }

    fn primitive(&self, value: &Value) -> Result<String, &'static str> {
        match value {
            Value::Primitive(text) => Ok(self.text(text)),
            Value::List(_) | Value::Object(_) => Err(NESTED),
        }
    }

    fn items(&self, items: &[Value]) -> Result<Vec<String>, &'static str> {
        items.iter().map(|item| self.primitive(item)).collect()
    }

    /// Each property as `pair` writes it; the key comes to it as it is, the value encoded.
    fn properties(
        &self,
        properties: &[(String, Value)],
        pair: impl Fn(&str, &str) -> String,
    ) -> Result<Vec<String>, &'static str> {
        let written = |(key, value): &(String, Value)| self.primitive(value).map(|value| pair(key, &value));
        properties.iter().map(written).collect()
    }

    /// The same for styles that name each pair, so that a list in a property can repeat the name.
    fn pairs(
        &self,
        properties: &[(String, Value)],
        pair: impl Fn(&str, &str) -> String,
    ) -> Result<Vec<String>, &'static str> {
        let mut pairs = Vec::new();
        for (key, value) in properties {
            match value {
                Value::List(items) => pairs.extend(self.items(items)?.iter().map(|item| pair(key, item))),
                value => pairs.push(pair(key, &self.primitive(value)?)),
            }
        }
        Ok(pairs)
    }

    /// The value's parts one after the other, keys of an object before their values.
    fn parts(&self, value: &Value) -> Result<Vec<String>, &'static str> {
        match value {
            Value::Primitive(text) => Ok(vec![self.text(text)]),
            Value::List(items) => self.items(items),
            Value::Object(properties) => {
                let parts = properties.iter().flat_map(|(key, value)| [Ok(self.text(key)), self.primitive(value)]);
                parts.collect()
            }
        }
    }
}

/// Everything but the unreserved characters of RFC 3986, section 2.3.
const STRICT: &percent_encoding::AsciiSet =
    &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The reserved characters that can stand in a query without ending or splitting it.
const RESERVED: &percent_encoding::AsciiSet = &STRICT
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';');

/// Reserved expansion (RFC 6570, section 3.2.3): what is percent-encoded already is not encoded again.
fn encode_reserved(text: &str) -> String {
    let mut pieces = text.split('%');
    let mut out = encode_with(pieces.next().unwrap_or_default());
    for piece in pieces {
        let is_encoded = piece.as_bytes().get(..2).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        out.push_str(if is_encoded { "%" } else { "%25" });
        out.push_str(&encode_with(piece));
    }
    out
}

fn encode_with(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, RESERVED).to_string()
}

#[cfg(test)]
mod tests;
