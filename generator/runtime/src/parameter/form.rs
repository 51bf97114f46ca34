//! The body `application/x-www-form-urlencoded`: an object as JSON in, pairs joined by `&` out.
//!
//! Without `encoding`, strings, numbers and booleans are text, an object is JSON text, and a list is a pair for every item
//! (OpenAPI 3.0.4 and 3.1.1, Encoding Object).

use std::ops::Range;

use super::Place;
use super::style::{self, Form};
use super::value::Value;
use crate::error::RequestError;
use crate::multipart::PartEncoding;
use crate::properties::{Property, properties};

/// Writes an object as a form.
pub(crate) fn write_form(json: &[u8], encoding: &[PartEncoding]) -> Result<String, RequestError> {
    let invalid = |name: &str, rule| RequestError::InvalidParameter { parameter: name.to_owned(), rule };
    let properties = properties(json).map_err(|_| invalid("body", "is not an object, as a form has to be"))?;
    let mut pairs = Vec::new();
    for property in &properties {
        let encoding = encoding.iter().find(|encoding| encoding.name() == property.name);
        let written = write_property(json, property, &encoding.copied().unwrap_or(PartEncoding::new("")));
        pairs.extend(written.map_err(|rule| invalid(&property.name, rule))?);
    }
    Ok(pairs.join("&"))
}

fn write_property(json: &[u8], property: &Property, encoding: &PartEncoding) -> Result<Vec<String>, &'static str> {
    let name = &property.name;
    if let Some((style, explode)) = encoding.styled() {
        let value = Value::read(&json[property.value.clone()])?;
        let form = Form { name, location: Place::Query, style, explode, allow_reserved: encoding.allows_reserved() };
        return if value.is_empty() { Ok(Vec::new()) } else { Ok(vec![style::write(&form, &value)?]) };
    }
    let is_json = encoding.is_json();
    let pair = |range: &Range<usize>| {
        let text = text(&json[range.clone()], is_json)?;
        Ok(format!("{}={}", style::encode(name), style::encode(&text)))
    };
    match &property.items {
        Some(items) if !is_json => items.iter().map(pair).collect(),
        _ => Ok(vec![pair(&property.value)?]),
    }
}

/// The text of a value: what is no primitive is JSON.
fn text(json: &[u8], is_json: bool) -> Result<String, &'static str> {
    if !is_json && let Value::Primitive(text) = Value::read(json)? {
        return Ok(text);
    }
    Ok(String::from_utf8_lossy(json).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameter::Style;

    #[track_caller]
    fn check(json: &str, encoding: &[PartEncoding], expected: &str) {
        assert_eq!(write_form(json.as_bytes(), encoding).ok().as_deref(), Some(expected));
    }

    #[test]
    fn values_are_written_by_their_kind() {
        check(r#"{"a":"x y","b":1.50,"c":true,"d":null,"e":""}"#, &[], "a=x%20y&b=1.50&c=true&d=&e=");
        check(r#"{"a":["x","y"],"b":[],"c":{}}"#, &[], "a=x&a=y&c=%7B%7D");
        check(r#"{"a":{"b":[1]},"c":[{"d":1},[2]]}"#, &[], "a=%7B%22b%22%3A%5B1%5D%7D&c=%7B%22d%22%3A1%7D&c=%5B2%5D");
    }

    #[test]
    fn encoding_is_kept() {
        let joined = [PartEncoding::new("a").explode(false)];
        check(r#"{"a":["x,y","z"],"b":["x","y"]}"#, &joined, "a=x%2Cy,z&b=x&b=y");
        let json = [PartEncoding::new("a").media_type("application/json")];
        check(r#"{"a":[1,"x"]}"#, &json, "a=%5B1%2C%22x%22%5D");
        check(r#"{"a":"x"}"#, &json, "a=%22x%22");
        let deep = [PartEncoding::new("a").style(Style::DeepObject)];
        check(r#"{"a":{"b":{"c":1},"d":[2]}}"#, &deep, "a%5Bb%5D%5Bc%5D=1&a%5Bd%5D%5B0%5D=2");
        let form = [PartEncoding::new("a").style(Style::Form)];
        check(r#"{"a":{"b":1,"c":[2,3]},"d":4}"#, &form, "b=1&c=2&c=3&d=4");
        let spaces = [PartEncoding::new("a").style(Style::SpaceDelimited)];
        check(r#"{"a":["x","y"]}"#, &spaces, "a=x%20y");
        let pipes = [PartEncoding::new("a").style(Style::PipeDelimited)];
        check(r#"{"a":["x","y"]}"#, &pipes, "a=x%7Cy");
        let reserved = [PartEncoding::new("a").style(Style::Form).allow_reserved()];
        check(r#"{"a":"x/y:z&"}"#, &reserved, "a=x/y:z%26");
        // The media type says nothing beside a style.
        let both = [PartEncoding::new("a").style(Style::Form).explode(false).media_type("application/json")];
        check(r#"{"a":["x","y"]}"#, &both, "a=x,y");
    }

    #[test]
    fn what_no_form_can_have_is_refused() {
        assert!(write_form(b"[1]", &[]).is_err());
        let form = [PartEncoding::new("a").style(Style::Form)];
        let error = write_form(br#"{"a":{"b":{"c":1}}}"#, &form).err().map(|error| error.to_string());
        assert!(error.is_some_and(|error| error.contains("`a` holds a list or an object inside another")));
    }
}
