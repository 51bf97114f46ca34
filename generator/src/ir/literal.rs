//! [`Literal`]: a single value that a schema allows, or that a tag has.

use std::fmt;

use serde_json::Value;

/// A value that is written out in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    /// A string.
    String(String),
    /// An integer.
    Integer(i64),
    /// A boolean.
    Boolean(bool),
}

impl Literal {
    /// The literal of a JSON value, if it is a scalar that a type can be told by.
    pub fn of(value: &Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(Self::String(text.clone())),
            Value::Number(number) => number.as_i64().map(Self::Integer),
            Value::Bool(boolean) => Some(Self::Boolean(*boolean)),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// The JSON value.
    pub fn to_json(&self) -> Value {
        match self {
            Self::String(text) => Value::from(text.as_str()),
            Self::Integer(number) => Value::from(*number),
            Self::Boolean(boolean) => Value::from(*boolean),
        }
    }
}

/// The content of a string; any other value as it is written in JSON.
impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::String(text) => f.write_str(text),
            Self::Integer(number) => number.fmt(f),
            Self::Boolean(boolean) => boolean.fmt(f),
        }
    }
}
