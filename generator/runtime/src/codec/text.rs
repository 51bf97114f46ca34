//! JSON text as programs see it: in goes a value and out comes its text, or the other way round.
//!
//! Limits are not checked, since nothing is sent here, and what only one side sends is written too.

use super::{Decode, DecodeError, Encode, Violation};

/// Writes a value as JSON text, as it goes over the wire.
///
/// Generated types have this as a method. The function is for what cannot have methods of its own: lists, maps, tuples.
///
/// ```
/// let page = vec![("a".to_owned(), Some(1_i64)), ("b".to_owned(), None)];
/// let json = client_runtime::to_json(&page)?;
/// assert_eq!(json, r#"[["a",1],["b",null]]"#);
/// assert_eq!(client_runtime::from_json::<Vec<(String, Option<i64>)>>(&json)?, page);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The value has no JSON: it holds a number that is not finite, or a file.
pub fn to_json(value: &dyn Encode) -> Result<String, Violation> {
    String::from_utf8(super::encode(value)?).map_err(|_| Violation::new("is not UTF-8"))
}

/// Reads a value from JSON text.
///
/// Properties that the type does not name are passed over, and limits are not checked.
///
/// # Errors
/// The text is not JSON, or not of this type; the error names the place.
pub fn from_json<T: Decode>(text: impl AsRef<[u8]>) -> Result<T, DecodeError> {
    super::decode_slice(text.as_ref())
}

/// Gives a type with a codec its conversions from and to text, and serde's traits if they are wanted.
#[doc(hidden)]
#[macro_export]
macro_rules! __text {
    ($ty:ident) => {
        #[allow(deprecated, dead_code)]
        impl $ty {
            /// Writes the value as JSON text, as it goes over the wire. Limits are not checked.
            ///
            /// # Errors
            /// The value has no JSON: it holds a number that is not finite, or a file.
            #[inline]
            pub fn to_json(&self) -> ::core::result::Result<::std::string::String, $crate::Violation> {
                $crate::to_json(self)
            }

            /// Reads a value from JSON text. Limits are not checked.
            ///
            /// # Errors
            /// The text is not JSON, or not of this type; the error names the place.
            #[inline]
            pub fn from_json(
                text: impl ::core::convert::AsRef<[u8]>,
            ) -> ::core::result::Result<Self, $crate::DecodeError> {
                $crate::from_json(text)
            }
        }

        $crate::__serde! { $ty }
    };
}

/// Nothing: serde's traits are not wanted.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($ty:ident) => {};
}
