//! [`Value`]: in goes JSON text of our own making, out comes the shape that a parameter style writes.

use jiter::{Jiter, JiterResult, Peek};

/// How deep a value may be nested; only style deepObject can write more than one level.
const MAX_DEPTH: usize = 32;

const UNREADABLE: &str = "has no JSON value";
const TOO_DEEP: &str = "is nested too deep";

/// A parameter's value. Strings are unescaped, numbers are kept digit by digit, null is the empty text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Primitive(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

impl Value {
    /// Reads a JSON text.
    pub(crate) fn read(json: &[u8]) -> Result<Self, &'static str> {
        let mut input = Jiter::new(json);
        let peek = input.peek().map_err(|_| UNREADABLE)?;
        read(&mut input, peek, 0)
    }

    /// The JSON text itself as the value.
    pub(super) fn of_json_text(json: Vec<u8>) -> Result<Self, &'static str> {
        String::from_utf8(json).map(Self::Primitive).map_err(|_| UNREADABLE)
    }

    /// Whether this is a list without items or an object without properties.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Primitive(_) => false,
            Self::List(items) => items.is_empty(),
            Self::Object(properties) => properties.is_empty(),
        }
    }
}

fn read(input: &mut Jiter<'_>, peek: Peek, depth: usize) -> Result<Value, &'static str> {
    match peek {
        _ if depth > MAX_DEPTH => Err(TOO_DEEP),
        Peek::Array => read_list(input, depth),
        Peek::Object => read_object(input, depth),
        _ => read_primitive(input, peek).map(Value::Primitive).map_err(|_| UNREADABLE),
    }
}

fn read_primitive(input: &mut Jiter<'_>, peek: Peek) -> JiterResult<String> {
    match peek {
        Peek::String => input.known_str().map(str::to_owned),
        Peek::Null => input.known_null().map(|()| String::new()),
        Peek::True | Peek::False => input.known_bool(peek).map(|value| value.to_string()),
        _ => {
            let digits = input.known_number_bytes(peek)?;
            Ok(String::from_utf8_lossy(digits).into_owned())
        }
    }
}

fn read_list(input: &mut Jiter<'_>, depth: usize) -> Result<Value, &'static str> {
    let mut items = Vec::new();
    let mut next = input.known_array().map_err(|_| UNREADABLE)?;
    while let Some(peek) = next {
        items.push(read(input, peek, depth + 1)?);
        next = input.array_step().map_err(|_| UNREADABLE)?;
    }
    Ok(Value::List(items))
}

fn read_object(input: &mut Jiter<'_>, depth: usize) -> Result<Value, &'static str> {
    let mut properties = Vec::new();
    let mut next = input.known_object().map_err(|_| UNREADABLE)?.map(str::to_owned);
    while let Some(name) = next {
        let peek = input.peek().map_err(|_| UNREADABLE)?;
        properties.push((name, read(input, peek, depth + 1)?));
        next = input.next_key().map_err(|_| UNREADABLE)?.map(str::to_owned);
    }
    Ok(Value::Object(properties))
}
