//! One node in, one JSON value out, and whether some object has a property twice.
//!
//! YAML can say more than JSON: keys such as `200:`, numbers of any size, tags, merge keys. A document may use any
//! of that, so nodes are read as they are and not by way of serde_yaml's own value, which refuses some.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Reads a node. The last of several properties of one name counts, and that there are several is noted.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// Whether an object was seen that has a property twice.
    pub is_repeated: &'a Cell<bool>,
}

impl<'de> DeserializeSeed<'de> for Reading<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reading<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    #[expect(clippy::cast_precision_loss, reason = "JSON readers lose the digits too")]
    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    #[expect(clippy::cast_precision_loss, reason = "JSON readers lose the digits too")]
    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    /// What is no number, or an infinite one, means nothing in OpenAPI.
    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let (mut object, mut merged) = (Map::new(), Vec::new());
        while let Some(key) = entries.next_key_seed(self)? {
            let value = entries.next_value_seed(self)?;
            match key_text(key).map_err(A::Error::custom)? {
                key if key == "<<" => merged.push(value),
                key => {
                    if object.insert(key, value).is_some() {
                        self.is_repeated.set(true);
                    }
                }
            }
        }
        merged.into_iter().for_each(|value| merge(&mut object, value));
        Ok(Value::Object(object))
    }

    /// A tag says nothing that JSON could keep.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (_, content): (String, _) = tagged.variant()?;
        content.newtype_variant_seed(self)
    }
}

/// `<<: *base` and `<<: [*one, *two]`: what is written out counts more.
fn merge(object: &mut Map<String, Value>, value: Value) {
    match value {
        Value::Object(base) => {
            for (key, value) in base {
                object.entry(key).or_insert(value);
            }
        }
        Value::Array(bases) => bases.into_iter().for_each(|base| merge(object, base)),
        _ => {}
    }
}

fn key_text(key: Value) -> Result<String, &'static str> {
    match key {
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(boolean) => Ok(boolean.to_string()),
        Value::Null => Ok("null".to_owned()),
        Value::Array(_) | Value::Object(_) => Err("a mapping has a key that is neither text nor a number"),
    }
}
