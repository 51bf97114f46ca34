//! A value in, calls of a serializer out: what the JSON text of the value holds, told one by one.

use serde_core::ser::{Error as _, SerializeMap as _};
use serde_core::{Serialize, Serializer};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use super::is_serde_json;
use crate::codec::{Additional, Decode, DecodeError, Encode, Kind, Reader, Shape, decode_slice, encode};

/// Serializes a value as its JSON is.
///
/// # Errors
/// The value has no JSON, or the serializer fails.
pub fn serialize<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    tree(value).map_err(S::Error::custom)?.serialize(serializer)
}

fn tree(value: &dyn Encode) -> Result<Node, String> {
    let text = Zeroizing::new(encode(value).map_err(|violation| violation.to_string())?);
    decode_slice(&text).map_err(|error| error.to_string())
}

/// A JSON value, its numbers as they are written.
///
/// A tree and not the text, since some formats want to know how long a list is before they see it.
enum Node {
    Null,
    Boolean(bool),
    Number(Box<str>),
    /// Any text may be a credential.
    String(Zeroizing<String>),
    Array(Vec<Node>),
    Object(Properties),
}

#[derive(Default)]
struct Properties(Vec<(Box<str>, Node)>);

impl Additional for Properties {
    fn add(&mut self, name: &str, input: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.0.push((name.into(), Node::decode(input)?));
        Ok(())
    }

    fn forget(&mut self, _names: &[String]) {}
}

impl Decode for Node {
    fn decode(input: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(match input.kind()? {
            Kind::Null => input.null().map(|_| Self::Null)?,
            Kind::Boolean => Self::Boolean(input.boolean()?),
            Kind::Number => Self::Number(input.number()?.into()),
            Kind::String => Self::String(input.string()?.to_owned().into()),
            Kind::Array => Self::Array(Vec::decode(input)?),
            Kind::Object => {
                let mut properties = Properties::default();
                input.object(&mut [], &mut [], Some(&mut properties))?;
                Self::Object(properties)
            }
        })
    }

    fn shape() -> Shape {
        Shape::Any
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            // Not a unit: a format without null, like TOML, leaves out what is none.
            Self::Null => serializer.serialize_none(),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Number(digits) => serialize_number(digits, serializer),
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(Properties(properties)) => {
                let mut map = serializer.serialize_map(Some(properties.len()))?;
                properties.iter().try_for_each(|(name, value)| map.serialize_entry(name, value))?;
                map.end()
            }
        }
    }
}

/// An integer or a floating point number where that is the same number, and the digits where it is not.
fn serialize_number<S: Serializer>(digits: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Some(number) = digits.parse::<i64>().ok().filter(|number| number.to_string() == digits) {
        return serializer.serialize_i64(number);
    }
    if let Ok(number) = digits.parse::<u64>() {
        return serializer.serialize_u64(number);
    }
    let is_json = is_serde_json::<S::Error>();
    let is_kept = if is_json { is_written_so } else { is_same };
    match digits.parse::<f64>() {
        Ok(number) if number.is_finite() && is_kept(number, digits) => serializer.serialize_f64(number),
        _ if is_json => serde_json::from_str::<&RawValue>(digits).map_err(S::Error::custom)?.serialize(serializer),
        _ => serializer.serialize_str(digits),
    }
}

/// Whether JSON writes a number with exactly these digits.
fn is_written_so(number: f64, digits: &str) -> bool {
    serde_json::Number::from_f64(number).is_some_and(|number| number.to_string() == digits)
}

/// Whether a number has these digits, but for zeros that end a fraction.
fn is_same(number: f64, digits: &str) -> bool {
    let significant = if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits };
    number.to_string() == significant || is_written_so(number, digits)
}
