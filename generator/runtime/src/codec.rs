//! How a Rust value meets JSON: in go types and bytes, out come bytes and types.
//!
//! Generated types get [`Encode`] and [`Decode`] from one short macro call each ([`object!`](crate::object),
//! [`union!`](crate::union), [`string_enum!`](crate::string_enum)) that expands to a table and a call of a
//! non-generic loop in this module. There is no serde derive and no HTTP here.

mod containers;
mod deviation;
mod enumeration;
mod error;
mod integer;
mod json;
mod limit;
mod literal;
mod matching;
mod newtype;
mod object;
mod outline;
mod pattern;
mod primitive;
mod reader;
mod shape;
mod text;
mod tolerant;
mod tuple;
mod union;
mod writer;

pub use self::deviation::Deviation;
pub use self::enumeration::{UnknownInteger, UnknownText};
pub use self::error::{DecodeError, Mismatch, Violation};
pub use self::limit::Limit;
pub(crate) use self::limit::check_number;
pub use self::literal::Literal;
pub(crate) use self::literal::Tag;
pub use self::object::{Additional, Constant, Fixed, Property, Slot, member_names, required};
pub use self::reader::{Kind, Reader};
#[cfg(feature = "serde")]
pub(crate) use self::reader::{MAX_DEPTH, is_number};
pub use self::shape::{
    Held, Holds, Kinds, ObjectShape, PropertyShape, Role, Shape, ShapeRef, StringEnumShape, StringShape, UnionShape,
    VariantShape, describe, held_kinds, held_shape,
};
pub use self::text::{from_json, to_json};
pub use self::tolerant::{decode_slice, decode_strict, decode_tolerant};
pub use self::union::unknown;
pub(crate) use self::writer::Attached;
pub use self::writer::Writer;

/// A value that can be written as JSON.
pub trait Encode {
    /// Writes the value.
    fn encode(&self, out: &mut Writer);

    /// Writes the properties of an object into the one that is open. What is no object has none.
    fn members(&self, _out: &mut Writer) {}

    /// Reports the first of `limits` that the value does not keep.
    ///
    /// A limit that does not apply to this kind of value is met.
    fn check(&self, _limits: &'static [Limit], _out: &mut Writer) {}
}

/// A value that can be read from JSON.
pub trait Decode: Sized {
    /// Reads one value from where `input` stands.
    ///
    /// # Errors
    /// The text is not JSON, or not of this type; the error names the place.
    fn decode(input: &mut Reader<'_>) -> Result<Self, DecodeError>;

    /// The kinds of JSON values that may be of this type.
    const KINDS: Kinds = Kinds::ALL;

    /// What the type accepts, for comparing a value with it that is not read yet.
    fn shape() -> Shape;

    /// Whether a property of that name would be kept; only objects have properties.
    fn knows(name: &str) -> bool {
        shape::knows(Self::shape, name)
    }
}

/// Writes a value as JSON text for a request, after checking it against `limits`.
///
/// # Errors
/// The first constraint that the value, or something in it, does not keep.
pub fn encode_checked(value: &dyn Encode, limits: &'static [Limit]) -> Result<Vec<u8>, Violation> {
    let mut out = Writer::for_request();
    value.check(limits, &mut out);
    value.encode(&mut out);
    out.finish()
}

/// Writes the value of a multipart body: its JSON text, and its files beside it.
///
/// # Errors
/// The first constraint that the value, or something in it, does not keep.
pub(crate) fn encode_multipart(value: &dyn Encode) -> Result<(Vec<u8>, Vec<Attached>), Violation> {
    let mut out = Writer::multipart();
    value.encode(&mut out);
    out.finish_multipart()
}

/// Writes a value as JSON text, all of it and whatever its limits: as a server may have sent it.
///
/// # Errors
/// The value has no JSON, such as a file that is not in memory.
pub fn encode(value: &dyn Encode) -> Result<Vec<u8>, Violation> {
    let mut out = Writer::new();
    value.encode(&mut out);
    out.finish()
}

/// Writes a value as JSON text, whatever its limits; files are no more than placeholders.
#[cfg(feature = "test-util")]
pub(crate) fn encode_outline(value: &dyn Encode) -> Result<Vec<u8>, Violation> {
    let mut out = Writer::outline();
    value.encode(&mut out);
    out.finish_multipart().map(|(text, _)| text)
}

#[cfg(test)]
mod tests;
