//! The codec of free-form JSON.

use super::shape::{Kinds, Shape};
use super::{Additional, Decode, DecodeError, Encode, Reader, Writer};
use crate::{JsonObject, JsonValue};

impl Encode for JsonValue {
    fn encode(&self, out: &mut Writer) {
        out.raw(self.to_string().as_bytes());
    }

    fn members(&self, out: &mut Writer) {
        if let Self::Object(object) = self {
            object.members(out);
        }
    }
}

impl Decode for JsonValue {
    fn decode(input: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let start = input.clone();
        let text = input.raw()?;
        serde_json::from_slice(text).map_err(|error| start.error(error.to_string()))
    }

    fn shape() -> Shape {
        Shape::Any
    }
}

impl Encode for JsonObject {
    fn encode(&self, out: &mut Writer) {
        out.begin_object();
        self.members(out);
        out.end_object();
    }

    fn check(&self, limits: &'static [super::Limit], out: &mut Writer) {
        super::limit::check_properties(self.len(), limits, out);
    }

    fn members(&self, out: &mut Writer) {
        for (name, value) in self {
            out.property(name, value, &[]);
        }
    }
}

impl Additional for JsonObject {
    fn add(&mut self, name: &str, input: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.insert(name.to_owned(), JsonValue::decode(input)?);
        Ok(())
    }

    fn forget(&mut self, names: &[String]) {
        self.retain(|name, _| !names.contains(name));
    }
}

impl Decode for JsonObject {
    fn decode(input: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut object = Self::new();
        if !input.nothing()? {
            input.object(&mut [], &mut [], Some(&mut object))?;
        }
        Ok(object)
    }

    const KINDS: Kinds = Kinds::OBJECT;

    fn shape() -> Shape {
        Shape::Map(JsonValue::shape)
    }
}
