//! Objects: the [`object!`](crate::object) macro turns a table of properties into the codec of a struct.
//!
//! The tables are read by [`Reader::object`] and [`Writer::property`], which are compiled once; what is
//! compiled per type is the table. Whether a property may be missing is decided here, by its role.

use super::shape::{Role, ShapeRef};
use super::{Decode, DecodeError, Encode, Literal, Reader, Writer};

/// A place for the value of one property.
pub trait Slot {
    /// Reads the value; a second one replaces the first.
    ///
    /// # Errors
    /// Returns an error if the value is not of the property's type.
    fn fill(&mut self, input: &mut Reader<'_>) -> Result<(), DecodeError>;

    /// Whether no value was read.
    fn is_empty(&self) -> bool;

    /// The shape of the values that it takes.
    fn shape(&self) -> ShapeRef;

    /// The one documented value.
    fn constant(&self) -> Option<Literal> {
        None
    }
}

impl<T: Decode> Slot for Option<T> {
    #[inline]
    fn fill(&mut self, input: &mut Reader<'_>) -> Result<(), DecodeError> {
        *self = Some(T::decode(input)?);
        Ok(())
    }

    fn is_empty(&self) -> bool {
        self.is_none()
    }

    fn shape(&self) -> ShapeRef {
        T::shape
    }
}

/// The place of a property with one documented value that has a field all the same, to preserve another.
pub struct Fixed<'s>(pub &'s mut dyn Slot, pub Literal);

impl Slot for Fixed<'_> {
    fn fill(&mut self, input: &mut Reader<'_>) -> Result<(), DecodeError> {
        input.compare(self.1)?;
        self.0.fill(input)
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn shape(&self) -> ShapeRef {
        self.0.shape()
    }

    fn constant(&self) -> Option<Literal> {
        Some(self.1)
    }
}

/// The place of a property with one documented value, which needs no field.
#[derive(Clone, Copy, Debug)]
pub struct Constant {
    value: Literal,
    is_found: bool,
}

impl Constant {
    /// The place of a property with this value.
    pub const fn new(value: Literal) -> Self {
        Self { value, is_found: false }
    }
}

impl Slot for Constant {
    fn fill(&mut self, input: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.is_found = true;
        input.compare(self.value)?;
        input.raw().map(drop)
    }

    fn constant(&self) -> Option<Literal> {
        Some(self.value)
    }

    fn is_empty(&self) -> bool {
        !self.is_found
    }

    fn shape(&self) -> ShapeRef {
        crate::JsonValue::shape
    }
}

/// A named property of an object that is read.
pub struct Property<'s> {
    /// The name in JSON.
    pub name: &'static str,
    /// Whether it may be missing or null.
    pub role: Role,
    /// The place for its value.
    pub slot: &'s mut dyn Slot,
}

/// A place for the properties that a schema does not name.
pub trait Additional {
    /// Reads the value of one.
    ///
    /// # Errors
    /// Returns an error if the value is not of the type that the schema gives to such properties.
    fn add(&mut self, name: &str, input: &mut Reader<'_>) -> Result<(), DecodeError>;

    /// Drops those that turned out to belong to a flattened type.
    fn forget(&mut self, names: &[String]);

    /// The shape of the values that it takes.
    fn shape(&self) -> ShapeRef {
        crate::JsonValue::shape
    }
}

/// The names of the properties that `members` writes.
pub fn member_names(members: &[&dyn Encode]) -> Vec<String> {
    let mut out = Writer::new();
    out.begin_object();
    members.iter().for_each(|members| members.members(&mut out));
    out.end_object();
    let text = out.finish().unwrap_or_default();
    let names = Reader::new(&text)
        .with_outline(|outline| outline.children(0).map(|member| outline.name(member).into_owned()).collect());
    names.unwrap_or_default()
}

/// Gives a struct its codec.
///
/// ```
/// use client_runtime::{object, codec::{decode_slice, encode_checked}, Limit};
///
/// #[derive(Debug, PartialEq)]
/// struct Parcel {
///     id: i64,
///     note: Option<String>,
/// }
///
/// object! {
///     Parcel {
///         id: required "id",
///         note: optional "note" [Limit::MaxLength(5)],
///     }
///     constant "kind" = "parcel";
/// }
///
/// let parcel: Parcel = decode_slice(br#"{"kind":"parcel","id":7,"new":true}"#)?;
/// assert_eq!(parcel, Parcel { id: 7, note: None });
/// assert_eq!(encode_checked(&parcel, &[])?, br#"{"kind":"parcel","id":7}"#);
///
/// let parcel = Parcel { id: 7, note: Some("far too long".to_owned()) };
/// let violation = encode_checked(&parcel, &[]).unwrap_err();
/// assert_eq!(violation.to_string(), "`$.note` is longer than 5 characters");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The roles:
///
/// | role | the field |
/// |---|---|
/// | `required` | a value |
/// | `nullable` | a required property: an `Option` that stands for null |
/// | `optional` | an `Option` |
/// | `optional_json` | an `Option` of a value that may be null itself |
/// | `optional_nullable` | a [`Nullable`](crate::Nullable) |
/// | `read_only`, `read_only_json`, `read_only_nullable` | like the three before, but not part of requests |
///
/// `= value` behind a name is the one documented value of a property that has a field all the same, to preserve another;
/// `constant` properties have no field. `flatten field;` takes the properties of another type, `additional field;` those that
/// nothing else names.
#[macro_export]
macro_rules! object {
    (
        $ty:ident {
            $($field:ident: $role:ident $name:literal $(= $fixed:literal)? $([$($limit:expr),* $(,)?])?),* $(,)?
        }
        $(constant $constant:literal = $value:literal;)*
        $(flatten $flat:ident;)*
        $(additional $extra:ident;)?
    ) => {
        $crate::__text! { $ty }

        #[allow(deprecated)]
        impl $crate::codec::Encode for $ty {
            #[inline]
            fn encode(&self, out: &mut $crate::codec::Writer) {
                out.begin_object();
                $crate::codec::Encode::members(self, out);
                out.end_object();
            }

            #[inline]
            fn members(&self, out: &mut $crate::codec::Writer) {
                $(out.property($constant, &$value, &[]);)*
                $($crate::__encode_property!(out, $role, $name, self.$field, &[$($($limit),*)?]);)*
                $($crate::codec::Encode::members(&self.$flat, out);)*
                $($crate::codec::Encode::members(&self.$extra, out);)?
                let _ = out;
            }
        }

        #[allow(deprecated)]
        impl $crate::codec::Decode for $ty {
            #[inline]
            fn decode(
                input: &mut $crate::codec::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::codec::DecodeError> {
                $(let mut $field = ::core::option::Option::None;)*
                $(let mut $flat = ::core::option::Option::None;)*
                $(let mut $extra = ::core::default::Default::default();)?
                input.object(
                    &mut [
                        $($crate::codec::Property {
                            name: $name,
                            role: $crate::__role!($role),
                            slot: $crate::__slot!($field $($fixed)?),
                        },)*
                        $($crate::codec::Property {
                            name: $constant,
                            role: $crate::codec::Role::Constant,
                            slot: &mut $crate::codec::Constant::new($crate::codec::Literal::new(concat!($value), $value)),
                        },)*
                    ],
                    &mut [$(&mut $flat as &mut dyn $crate::codec::Slot),*],
                    $crate::__additional!($($extra)?),
                )?;
                $(let $flat = $crate::codec::required($flat, input, stringify!($flat))?;)*
                let flattened: &[&dyn $crate::codec::Encode] = &[$(&$flat),*];
                let _ = flattened;
                $($crate::codec::Additional::forget(
                    &mut $extra,
                    &$crate::codec::member_names(flattened),
                );)?
                ::core::result::Result::Ok(Self {
                    $($field: $crate::__take_property!(input, $role, $name, $field),)*
                    $($flat,)*
                    $($extra,)?
                })
            }

            const KINDS: $crate::codec::Kinds = $crate::codec::Kinds::OBJECT;

            fn shape() -> $crate::codec::Shape {
                $crate::codec::describe::<Self>()
            }
        }
    };
}

/// The value of a property that must be there.
///
/// # Errors
/// Returns an error if there is none.
pub fn required<T>(slot: Option<T>, input: &Reader<'_>, name: &str) -> Result<T, DecodeError> {
    slot.ok_or_else(|| input.missing(name))
}

/// The slot of `additional` properties, if there is one.
#[doc(hidden)]
#[macro_export]
macro_rules! __additional {
    () => {
        ::core::option::Option::None
    };
    ($extra:ident) => {
        ::core::option::Option::Some(&mut $extra)
    };
}

/// The place of a property, with its one documented value if there is one.
#[doc(hidden)]
#[macro_export]
macro_rules! __slot {
    ($field:ident) => {
        &mut $field
    };
    ($field:ident $value:literal) => {
        &mut $crate::codec::Fixed(&mut $field, $crate::codec::Literal::new(concat!($value), $value))
    };
}

/// The role of a property, by its name.
#[doc(hidden)]
#[macro_export]
macro_rules! __role {
    (required) => {
        $crate::codec::Role::Required
    };
    (nullable) => {
        $crate::codec::Role::Nullable
    };
    (optional) => {
        $crate::codec::Role::Optional
    };
    (read_only) => {
        $crate::codec::Role::Optional
    };
    ($other:ident) => {
        $crate::codec::Role::OptionalNullable
    };
}

/// Writes one property by its role.
#[doc(hidden)]
#[macro_export]
macro_rules! __encode_property {
    ($out:ident, required, $name:literal, $value:expr, $limits:expr) => {
        $out.property($name, &$value, $limits)
    };
    ($out:ident, nullable, $name:literal, $value:expr, $limits:expr) => {
        $out.property($name, &$value, $limits)
    };
    ($out:ident, optional, $name:literal, $value:expr, $limits:expr) => {
        $out.optional($name, $value.as_ref().map(|value| value as &dyn $crate::codec::Encode), $limits)
    };
    ($out:ident, optional_nullable, $name:literal, $value:expr, $limits:expr) => {
        $out.optional($name, $value.present(), $limits)
    };
    ($out:ident, optional_json, $name:literal, $value:expr, $limits:expr) => {
        $out.optional($name, $value.as_ref().map(|value| value as &dyn $crate::codec::Encode), $limits)
    };
    ($out:ident, read_only, $name:literal, $value:expr, $limits:expr) => {
        $out.read_only($name, $value.as_ref().map(|value| value as &dyn $crate::codec::Encode))
    };
    ($out:ident, read_only_json, $name:literal, $value:expr, $limits:expr) => {
        $out.read_only($name, $value.as_ref().map(|value| value as &dyn $crate::codec::Encode))
    };
    ($out:ident, read_only_nullable, $name:literal, $value:expr, $limits:expr) => {
        $out.read_only($name, $value.present())
    };
}

/// Takes what was read out of a slot, by its role.
#[doc(hidden)]
#[macro_export]
macro_rules! __take_property {
    ($input:ident, required, $name:literal, $slot:ident) => {
        $crate::codec::required($slot, $input, $name)?
    };
    ($input:ident, optional_nullable, $name:literal, $slot:ident) => {
        $slot.unwrap_or_default()
    };
    ($input:ident, read_only_nullable, $name:literal, $slot:ident) => {
        $slot.unwrap_or_default()
    };
    ($input:ident, optional_json, $name:literal, $slot:ident) => {
        $slot
    };
    ($input:ident, read_only_json, $name:literal, $slot:ident) => {
        $slot
    };
    // A server that leaves out what the document requires to be null means null.
    ($input:ident, $other:ident, $name:literal, $slot:ident) => {
        $slot.flatten()
    };
}
