//! A deserializer in, a value out: what the deserializer tells is written down as JSON, which the value is read from.

use std::fmt;

use serde_core::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_core::{Deserialize, Deserializer};
use zeroize::Zeroizing;

use super::is_serde_json;
use crate::codec::{Decode, DecodeError, MAX_DEPTH, Reader, Writer, is_number};

/// The name of a newtype under which `serde_json` gives a value as it is written, as its `RawValue` asks for it.
const RAW: &str = "$serde_json::private::RawValue";

/// The key under which `serde_json` gives the digits of a number, if some crate wants all numbers that way.
const NUMBER: &str = "$serde_json::private::Number";

/// Reads a value from any format that says itself what it holds.
///
/// # Errors
/// The deserializer fails, or what it tells is not of this type; the error names the place.
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut transcript = Transcript::default();
    if is_serde_json::<D::Error>() {
        deserializer.deserialize_newtype_struct(RAW, &mut transcript)?;
    } else {
        deserializer.deserialize_any(&mut transcript)?;
    }
    // Where the text begins is not known to who reads the error, so an offset tells nothing.
    transcript.read().map_err(|error| D::Error::custom(format_args!("{} at `{}`", error.message(), error.path())))
}

/// What a deserializer has told so far, as JSON.
#[derive(Default)]
struct Transcript {
    out: Writer,
    depth: usize,
    /// Whether the text was JSON from the start, and is here as it was.
    is_original: bool,
}

impl Transcript {
    fn read<T: Decode>(self) -> Result<T, DecodeError> {
        let Self { out, is_original, .. } = self;
        let text = out.finish().map_err(|violation| DecodeError::new(0, violation.to_string()))?;
        // Any text may hold a credential.
        let text = Zeroizing::new(text);
        let mut input = if is_original { Reader::new(&text) } else { Reader::transcribed(&text) };
        let value = T::decode(&mut input)?;
        input.finish()?;
        Ok(value)
    }

    fn descend<E: Error>(&mut self) -> Result<(), E> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(E::custom(format_args!("nested deeper than {MAX_DEPTH} levels")));
        }
        Ok(())
    }

    /// Writes digits that came as a text.
    fn digits<E: Error>(&mut self, digits: &str) -> Result<(), E> {
        if !is_number(digits) {
            return Err(E::custom("expected the digits of a number"));
        }
        self.out.raw(digits.as_bytes());
        Ok(())
    }
}

/// What comes next in a list or behind a key, with the comma before it.
struct Next<'a>(&'a mut Transcript, &'static [u8]);

impl<'de> DeserializeSeed<'de> for Next<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.0.out.raw(self.1);
        deserializer.deserialize_any(self.0)
    }
}

impl<'de> Visitor<'de> for &mut Transcript {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON can hold")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.out.display(value);
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.out.display(value);
        Ok(())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.out.display(value);
        Ok(())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<(), E> {
        self.out.display(value);
        Ok(())
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<(), E> {
        self.out.display(value);
        Ok(())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        match serde_json::Number::from_f64(value) {
            Some(number) => self.out.display(number),
            None => return Err(E::invalid_value(Unexpected::Float(value), &self)),
        }
        Ok(())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.out.string(value);
        Ok(())
    }

    fn visit_bytes<E: Error>(self, value: &[u8]) -> Result<(), E> {
        match std::str::from_utf8(value) {
            Ok(text) => self.visit_str(text),
            Err(_) => Err(E::invalid_value(Unexpected::Bytes(value), &"UTF-8")),
        }
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.out.raw(b"null");
        Ok(())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.descend()?;
        self.out.raw(b"[");
        let mut separator: &[u8] = b"";
        while items.next_element_seed(Next(self, separator))?.is_some() {
            separator = b",";
        }
        self.out.raw(b"]");
        self.depth -= 1;
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut key: Option<Key> = map.next_key()?;
        match &key {
            Some(Key(name)) if name == RAW && self.depth == 0 => {
                self.out.raw(map.next_value::<String>()?.as_bytes());
                self.is_original = true;
                return Ok(());
            }
            Some(Key(name)) if name == NUMBER => return self.digits(&map.next_value::<String>()?),
            _ => {}
        }
        self.descend()?;
        self.out.begin_object();
        while let Some(Key(name)) = key {
            self.out.string(&name);
            map.next_value_seed(Next(self, b":"))?;
            key = map.next_key()?;
            if key.is_some() {
                self.out.raw(b",");
            }
        }
        self.out.end_object();
        self.depth -= 1;
        Ok(())
    }
}

/// The name of a property. What else a format allows as a key is written as text.
struct Key(String);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(KeyVisitor)
    }
}

struct KeyVisitor;

impl Visitor<'_> for KeyVisitor {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Key, E> {
        Ok(Key(name.to_owned()))
    }

    fn visit_bool<E: Error>(self, name: bool) -> Result<Key, E> {
        Ok(Key(name.to_string()))
    }

    fn visit_i64<E: Error>(self, name: i64) -> Result<Key, E> {
        Ok(Key(name.to_string()))
    }

    fn visit_u64<E: Error>(self, name: u64) -> Result<Key, E> {
        Ok(Key(name.to_string()))
    }
}
