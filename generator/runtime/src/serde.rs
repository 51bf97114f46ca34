//! serde's traits, for every type with a codec: in go a value and a serializer, or a deserializer, out come its calls or
//! the value. Both go through the JSON text of the value, so that no type needs an implementation of its own and none can
//! differ from its wire form.
//!
//! How a text becomes calls is in `write`, how calls become a text in `read`.

mod read;
mod write;

use std::any::type_name;

pub use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

pub use self::read::deserialize;
pub use self::write::serialize;
use crate::{Date, DateTime, DecimalNumber, Nullable, Rfc2822, Secret, UnknownInteger, UnknownText};

/// Gives a type with a codec serde's traits.
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($ty:ident) => {
        #[allow(deprecated)]
        impl $crate::serde::Serialize for $ty {
            #[inline]
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::serde::serialize(self, serializer)
            }
        }

        #[allow(deprecated)]
        impl<'de> $crate::serde::Deserialize<'de> for $ty {
            #[inline]
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::serde::deserialize(deserializer)
            }
        }
    };
}

__serde! { Date }
__serde! { DateTime }
__serde! { DecimalNumber }
__serde! { Rfc2822 }
__serde! { Secret }

impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => serializer.serialize_some(value),
            Self::Null => serializer.serialize_none(),
            // Null would be another thing, and may clear what was to be kept.
            Self::Absent => Err(serde_core::ser::Error::custom(
                "an absent value cannot be written; skip it with `skip_serializing_if = \"Nullable::is_absent\"`",
            )),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::from)
    }
}

impl Serialize for UnknownText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for UnknownText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self::new(&text))
    }
}

impl Serialize for UnknownInteger {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.get())
    }
}

impl<'de> Deserialize<'de> for UnknownInteger {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        i64::deserialize(deserializer).map(Self::new)
    }
}

/// Whether this is the error of `serde_json`, which alone can write and read a piece of JSON as it is.
///
/// An error type need not be `'static`, so that only its name can be compared. A wrong guess costs digits that a binary
/// floating point number cannot hold, never more.
fn is_serde_json<E>() -> bool {
    type_name::<E>() == type_name::<serde_json::Error>()
}
