//! The codec of lists, maps, boxes and options.

use std::collections::BTreeMap;

use super::limit::{check_count, item_limits, value_limits};
use super::shape::{Kinds, Shape, ShapeRef};
use super::{Additional, Decode, DecodeError, Encode, Kind, Limit, Reader, Writer};

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, out: &mut Writer) {
        out.array(self.iter().map(|item| item as &dyn Encode));
    }

    fn check(&self, limits: &'static [Limit], out: &mut Writer) {
        check_count(self.len(), limits, out);
        if limits.iter().any(|limit| matches!(limit, Limit::UniqueItems)) && !all_differ(self) {
            out.reject("has two items that are the same");
        }
        for limits in item_limits(limits) {
            out.check_items(self.iter().map(|item| item as &dyn Encode), limits);
        }
    }
}

fn all_differ<T: Encode>(items: &[T]) -> bool {
    // What has no text is a file, or refused when it is written.
    let mut texts: Vec<_> = items.iter().filter_map(|item| super::encode_checked(item, &[]).ok()).collect();
    texts.sort();
    texts.windows(2).all(|pair| pair[0] != pair[1])
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(input: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut items = Self::new();
        if input.nothing()? {
            return Ok(items);
        }
        if input.is_tolerant() && input.kind()? != Kind::Array && input.is_single_item(T::shape)? {
            items.push(T::decode(input)?);
            return Ok(items);
        }
        input.array(|input| {
            items.push(T::decode(input)?);
            Ok(())
        })?;
        Ok(items)
    }

    const KINDS: Kinds = Kinds::of(Kind::Array);

    fn shape() -> Shape {
        Shape::List(T::shape)
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode(&self, out: &mut Writer) {
        out.begin_object();
        self.members(out);
        out.end_object();
    }

    fn members(&self, out: &mut Writer) {
        for (name, value) in self {
            out.property(name, value, &[]);
        }
    }

    fn check(&self, limits: &'static [Limit], out: &mut Writer) {
        super::limit::check_properties(self.len(), limits, out);
        for limits in value_limits(limits) {
            out.check_values(self.iter().map(|(key, value)| (key.as_str(), value as &dyn Encode)), limits);
        }
    }
}

impl<T: Decode> Additional for BTreeMap<String, T> {
    fn add(&mut self, name: &str, input: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.insert(name.to_owned(), T::decode(input)?);
        Ok(())
    }

    fn forget(&mut self, names: &[String]) {
        self.retain(|name, _| !names.contains(name));
    }

    fn shape(&self) -> ShapeRef {
        T::shape
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(input: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut map = Self::new();
        if !input.nothing()? {
            input.object(&mut [], &mut [], Some(&mut map))?;
        }
        Ok(map)
    }

    const KINDS: Kinds = Kinds::OBJECT;

    fn shape() -> Shape {
        Shape::Map(T::shape)
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    fn encode(&self, out: &mut Writer) {
        (**self).encode(out);
    }

    fn members(&self, out: &mut Writer) {
        (**self).members(out);
    }

    fn check(&self, limits: &'static [Limit], out: &mut Writer) {
        (**self).check(limits, out);
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(input: &mut Reader<'_>) -> Result<Self, DecodeError> {
        T::decode(input).map(Self::new)
    }

    const KINDS: Kinds = T::KINDS;

    fn shape() -> Shape {
        T::shape()
    }
}

/// `None` is null; a property that may be missing is left out by its object instead.
impl<T: Encode> Encode for Option<T> {
    fn encode(&self, out: &mut Writer) {
        match self {
            Some(value) => value.encode(out),
            None => out.raw(b"null"),
        }
    }

    fn members(&self, out: &mut Writer) {
        if let Some(value) = self {
            value.members(out);
        }
    }

    fn check(&self, limits: &'static [Limit], out: &mut Writer) {
        if let Some(value) = self {
            value.check(limits, out);
        }
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(input: &mut Reader<'_>) -> Result<Self, DecodeError> {
        if input.null()? { Ok(None) } else { T::decode(input).map(Some) }
    }

    const KINDS: Kinds = T::KINDS.or(Kinds::of(Kind::Null));

    fn shape() -> Shape {
        Shape::Nullable(T::shape)
    }
}
