//! How a Rust value meets JSON: in go types and bytes, out come bytes and types.
//!
//! Generated types get [`Encode`] and [`Decode`] from one short macro call each ([`object!`](crate::object),
//! [`union!`](crate::union), [`string_enum!`](crate::string_enum)) that expands to a table and a call of a
//! non-generic loop in this module. There is no serde derive and no HTTP here.

mod containers;
mod enumeration;
mod error;
mod integer;
mod json;
mod limit;
mod newtype;
mod object;
mod primitive;
mod probe;
mod reader;
mod text;
mod tolerant;
mod tuple;
mod union;
mod writer;

pub use self::enumeration::{UnknownInteger, UnknownText, integer_fit, text_fit};
pub use self::error::{DecodeError, Violation};
pub use self::limit::Limit;
pub(crate) use self::limit::check_number;
pub use self::object::{Additional, Ignored, PropertyInfo, Role, Slot, member_names, object_fit};
pub use self::probe::{Fit, Probe};
pub use self::reader::{Kind, Reader};
#[cfg(feature = "serde")]
pub(crate) use self::reader::{MAX_DEPTH, is_number};
pub use self::text::{from_json, to_json};
#[doc(hidden)]
pub use self::tolerant::{Deviation, decode_tolerant};
pub use self::union::{Knows, best_fit, candidates, unknown, variant_fit, variant_knows};
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

    /// How well a value that is not read yet suits this type; `None` if it cannot be of this type.
    ///
    /// A union asks all its variants and takes the best.
    fn fit(probe: &Probe<'_>) -> Option<Fit>;

    /// Whether a property of that name would be kept; only objects have properties.
    fn knows(_name: &str) -> bool {
        false
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

/// Reads a whole text as one JSON value.
///
/// # Errors
/// The text is not JSON, not of this type, or goes on after the value.
pub fn decode_slice<T: Decode>(text: &[u8]) -> Result<T, DecodeError> {
    let mut input = Reader::new(text);
    let value = T::decode(&mut input)?;
    input.finish()?;
    Ok(value)
}

#[cfg(test)]
mod tests;
