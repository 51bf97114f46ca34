//! Objects: the [`object!`](crate::object) macro turns a table of properties into the codec of a struct.
//!
//! The tables are read by [`Reader::object`] and [`Writer::property`], which are compiled once; what is
//! compiled per type is the table. Whether a property may be missing is decided here, by its role.

use super::{Decode, DecodeError, Encode, Fit, Kind, Probe, Reader, Writer};

/// A place for the value of one property.
pub trait Slot {
    /// Reads the value; a second one replaces the first.
    ///
    /// # Errors
    /// The value is not of the property's type.
    fn fill(&mut self, input: &mut Reader<'_>) -> Result<(), DecodeError>;
}

impl<T: Decode> Slot for Option<T> {
    #[inline]
    fn fill(&mut self, input: &mut Reader<'_>) -> Result<(), DecodeError> {
        *self = Some(T::decode(input)?);
        Ok(())
    }
}

/// No place: the value is known, or belongs to nobody.
#[derive(Clone, Copy, Debug)]
pub struct Ignored;

impl Slot for Ignored {
    fn fill(&mut self, input: &mut Reader<'_>) -> Result<(), DecodeError> {
        input.raw().map(drop)
    }
}

/// A place for the properties that a schema does not name.
pub trait Additional {
    /// Reads the value of one.
    ///
    /// # Errors
    /// The value is not of the type that the schema gives to such properties.
    fn add(&mut self, name: &str, input: &mut Reader<'_>) -> Result<(), DecodeError>;

    /// Drops those that turned out to belong to a flattened type.
    fn forget(&mut self, names: &[String]);
}

/// The names of the properties that `members` writes.
pub fn member_names(members: &[&dyn Encode]) -> Vec<String> {
    let mut out = Writer::new();
    out.begin_object();
    members.iter().for_each(|members| members.members(&mut out));
    out.end_object();
    let text = out.finish().unwrap_or_default();
    let probe = Reader::new(&text).probe();
    probe.map(|probe| probe.properties.into_iter().map(|(name, _)| name).collect()).unwrap_or_default()
}

/// What a type says of one property when a union asks.
#[derive(Clone, Copy, Debug)]
pub struct PropertyInfo {
    /// The name on the wire.
    pub name: &'static str,
    /// Whether it must be there.
    pub role: Role,
}

/// Whether a property must be there.
#[derive(Clone, Copy, Debug)]
pub enum Role {
    /// It must.
    Required,
    /// It may be missing.
    Optional,
    /// It has one allowed value.
    Constant(&'static str),
}

/// How well a probed value suits an object type: by the properties that it has.
pub fn object_fit(probe: &Probe<'_>, properties: &[PropertyInfo]) -> Option<Fit> {
    if probe.kind != Kind::Object {
        return None;
    }
    let mut fit = Fit::KIND;
    for property in properties {
        let found = probe.properties.iter().find(|(name, _)| name == property.name);
        match (property.role, found) {
            (Role::Required, None) => return None,
            (Role::Constant(value), Some((_, text))) if text.as_deref() != Some(value) => return None,
            (_, Some(_)) => fit.0 += 2,
            (_, None) => {}
        }
    }
    Some(fit)
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
/// The roles: `required`; `optional` (an `Option`); `nullable` (required, an `Option` that stands for null);
/// `optional_json` (an `Option` of a value that may be null itself); `optional_nullable` (a [`Nullable`](crate::Nullable)); `read_only` and `read_only_nullable`, which are like the last
/// two but not part of requests. `constant` properties have no field. `flatten field;`
/// takes the properties of another type, `additional field;` those that nothing else names.
#[macro_export]
macro_rules! object {
    (
        $ty:ident {
            $($field:ident: $role:ident $name:literal $([$($limit:expr),* $(,)?])?),* $(,)?
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
                const NAMES: &[&str] = &[$($name,)* $($constant,)*];
                let start = input.clone();
                $(let mut $field = ::core::option::Option::None;)*
                $(let mut $extra = ::core::default::Default::default();)?
                input.object(
                    &mut [
                        $(($name, &mut $field as &mut dyn $crate::codec::Slot),)*
                        $(($constant, &mut $crate::codec::Ignored as &mut dyn $crate::codec::Slot),)*
                    ],
                    $crate::__additional!($($extra)?),
                )?;
                $(let $flat = $crate::codec::Decode::decode(&mut start.flattened(NAMES))?;)*
                let flattened: &[&dyn $crate::codec::Encode] = &[$(&$flat),*];
                let _ = (flattened, NAMES);
                $($crate::codec::Additional::forget(
                    &mut $extra,
                    &$crate::codec::member_names(flattened),
                );)?
                ::core::result::Result::Ok(Self {
                    $($field: $crate::__take_property!(start, $role, $name, $field),)*
                    $($flat,)*
                    $($extra,)?
                })
            }

            fn knows(name: &str) -> bool {
                const OTHERS: &[&str] = &[$(stringify!($flat),)* $(stringify!($extra))?];
                !OTHERS.is_empty() || [$($name,)* $($constant,)*].contains(&name)
            }

            fn fit(probe: &$crate::codec::Probe<'_>) -> ::core::option::Option<$crate::codec::Fit> {
                $crate::codec::object_fit(probe, &[
                    $($crate::codec::PropertyInfo { name: $name, role: $crate::__role!($role) },)*
                    $($crate::codec::PropertyInfo {
                        name: $constant,
                        role: $crate::codec::Role::Constant($value),
                    },)*
                ])
            }
        }
    };
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

/// What a union is told of a role.
#[doc(hidden)]
#[macro_export]
macro_rules! __role {
    (required) => {
        $crate::codec::Role::Required
    };
    (nullable) => {
        $crate::codec::Role::Required
    };
    ($other:ident) => {
        $crate::codec::Role::Optional
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
    ($out:ident, read_only_nullable, $name:literal, $value:expr, $limits:expr) => {
        $out.read_only($name, $value.present())
    };
}

/// Takes what was read out of a slot, by its role.
#[doc(hidden)]
#[macro_export]
macro_rules! __take_property {
    ($start:ident, required, $name:literal, $slot:ident) => {
        $slot.ok_or_else(|| $start.error(concat!("property `", $name, "` is missing")))?
    };
    ($start:ident, optional_nullable, $name:literal, $slot:ident) => {
        $slot.unwrap_or_default()
    };
    ($start:ident, read_only_nullable, $name:literal, $slot:ident) => {
        $slot.unwrap_or_default()
    };
    ($start:ident, optional_json, $name:literal, $slot:ident) => {
        $slot
    };
    // A server that leaves out what the document requires to be null means null.
    ($start:ident, $other:ident, $name:literal, $slot:ident) => {
        $slot.flatten()
    };
}
