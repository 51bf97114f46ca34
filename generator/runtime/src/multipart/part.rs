//! [`Parts`]: in go names with texts and files, out come the parts of a body as RFC 7578 has them.
//!
//! Names are escaped as browsers do (the encoding algorithm of `multipart/form-data` in the HTML standard), which is
//! what servers are made for. What becomes a part is not decided here.

use std::borrow::Cow;

use bytes::Bytes;
use http::HeaderValue;

use super::header::Headers;
use super::media_type_of;
use crate::charset::Charset;
use crate::error::{Fault, RequestError};
use crate::file::File;
use crate::parameter::Style;
use crate::parameter::value::Value;
use crate::request_body::RequestBody;
use crate::response::is_json;

const NESTED: &str = "holds a list or an object inside another, which its style cannot write";

/// The parts so far.
pub(super) struct Parts<'h> {
    boundary: String,
    /// The headers of the property whose parts are written.
    headers: Headers<'h>,
    /// What was written since the last file.
    text: Vec<u8>,
    body: RequestBody,
}

impl<'h> Parts<'h> {
    /// No parts yet.
    pub(super) fn new(boundary: String) -> Self {
        Self { boundary, headers: Headers::default(), text: Vec::new(), body: RequestBody::default() }
    }

    /// Begins the parts of a property.
    pub(super) fn begin(&mut self, headers: Headers<'h>) {
        self.headers = headers;
    }

    /// Ends the parts of a property.
    pub(super) fn end(&self) -> Result<(), Fault> {
        self.headers.finish()
    }

    /// Adds a part that is no file, in the charset of its media type.
    pub(super) fn text(&mut self, name: &str, media_type: Option<&str>, text: &[u8]) -> Result<(), Fault> {
        self.head(name, None, media_type)?;
        self.text.extend_from_slice(&encoded(name, media_type.unwrap_or_default(), text)?);
        self.text.extend_from_slice(b"\r\n");
        Ok(())
    }

    /// Adds a file. Servers tell files from texts by the file name, so there is always one.
    pub(super) fn file(&mut self, name: &str, documented: Option<&str>, file: &File) -> Result<(), Fault> {
        self.head(name, Some(file.file_name().unwrap_or("file")), Some(media_type_of(file, documented)))?;
        self.flush();
        self.body.push_file(file);
        self.text.extend_from_slice(b"\r\n");
        Ok(())
    }

    /// The boundary and the body.
    pub(super) fn finish(mut self) -> (String, RequestBody) {
        self.text.extend_from_slice(format!("--{}--\r\n", self.boundary).as_bytes());
        self.flush();
        (self.boundary, self.body)
    }

    fn head(&mut self, name: &str, file_name: Option<&str>, media_type: Option<&str>) -> Result<(), Fault> {
        let mut head = format!("--{}\r\nContent-Disposition: form-data; name=\"{}\"", self.boundary, escape(name));
        if let Some(file_name) = file_name {
            head.push_str(&format!("; filename=\"{}\"", escape(file_name)));
        }
        if let Some(media_type) = media_type {
            // This is what keeps a line break in a media type from adding headers.
            HeaderValue::from_str(media_type)
                .map_err(|_| invalid(name, "has a media type that no header can carry"))?;
            head.push_str(&format!("\r\nContent-Type: {media_type}"));
        }
        head.push_str(&self.headers.next()?);
        head.push_str("\r\n\r\n");
        self.text.extend_from_slice(head.as_bytes());
        Ok(())
    }

    fn flush(&mut self) {
        self.body.push(Bytes::from(std::mem::take(&mut self.text)));
    }
}

/// The bytes of a text in the charset of its media type.
fn encoded<'t>(name: &str, media_type: &str, text: &'t [u8]) -> Result<Cow<'t, [u8]>, Fault> {
    let charset = Charset::of(media_type).ok_or_else(|| invalid(name, "has a media type with an unknown charset"))?;
    let encoded = match charset {
        Charset::Utf8 => return Ok(Cow::Borrowed(text)),
        _ if is_json(media_type) => Some(charset.encode_json(text.to_vec())),
        _ => std::str::from_utf8(text).ok().and_then(|text| charset.encode(text)),
    };
    encoded.map(Cow::Owned).ok_or_else(|| invalid(name, "holds a character that the charset of its part lacks"))
}

/// A name as it stands between quotes.
fn escape(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

pub(super) fn invalid(name: &str, rule: &'static str) -> Fault {
    RequestError::InvalidParameter { parameter: name.to_owned(), rule }.into()
}

/// The names and texts of a value in a parameter style, without percent-encoding: a part is no URL.
///
/// The styles that belong to paths and headers are taken for style form.
pub(super) fn styled(
    name: &str,
    value: &Value,
    style: Style,
    explode: bool,
) -> Result<Vec<(String, String)>, &'static str> {
    let mut pairs = Vec::new();
    match (style, value) {
        (Style::DeepObject, value) => push_deep(name, value, &mut pairs),
        (_, value) if value.is_empty() => {}
        (_, Value::List(items)) if explode => {
            for item in items {
                pairs.push((name.to_owned(), primitive(item)?.to_owned()));
            }
        }
        (_, Value::Object(properties)) if explode => {
            for (key, value) in properties {
                match value {
                    Value::List(items) => {
                        for item in items {
                            pairs.push((key.clone(), primitive(item)?.to_owned()));
                        }
                    }
                    value => pairs.push((key.clone(), primitive(value)?.to_owned())),
                }
            }
        }
        (_, value) => pairs.push((name.to_owned(), parts(value)?.join(delimiter(style)))),
    }
    Ok(pairs)
}

fn delimiter(style: Style) -> &'static str {
    match style {
        Style::SpaceDelimited => " ",
        Style::PipeDelimited => "|",
        _ => ",",
    }
}

/// The value's parts one after the other, keys of an object before their values.
fn parts(value: &Value) -> Result<Vec<&str>, &'static str> {
    match value {
        Value::Primitive(text) => Ok(vec![text]),
        Value::List(items) => items.iter().map(primitive).collect(),
        Value::Object(properties) => {
            properties.iter().flat_map(|(key, value)| [Ok(key.as_str()), primitive(value)]).collect()
        }
    }
}

fn primitive(value: &Value) -> Result<&str, &'static str> {
    match value {
        Value::Primitive(text) => Ok(text),
        Value::List(_) | Value::Object(_) => Err(NESTED),
    }
}

/// Names by the way to each value, `name[property][0]`.
fn push_deep(name: &str, value: &Value, pairs: &mut Vec<(String, String)>) {
    match value {
        Value::Primitive(text) => pairs.push((name.to_owned(), text.clone())),
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                push_deep(&format!("{name}[{index}]"), item, pairs);
            }
        }
        Value::Object(properties) => {
            for (key, value) in properties {
                push_deep(&format!("{name}[{key}]"), value, pairs);
            }
        }
    }
}
