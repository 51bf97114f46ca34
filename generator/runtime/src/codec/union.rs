//! Unions: the [`union!`](crate::union) macro gives an enum of alternatives its codec.
//!
//! Which variant stands for a value is decided by [`matching`](super::matching).

use super::{Decode, DecodeError, Reader};
use crate::JsonValue;

/// Reads a value that is of no variant, without the properties that an enclosing type has taken.
///
/// # Errors
/// Returns an error if the text is not JSON.
pub fn unknown(input: &mut Reader<'_>) -> Result<JsonValue, DecodeError> {
    #[cfg(feature = "test-util")]
    input.count_unknown();
    input.deviate();
    let claimed = input.claimed();
    let mut value = JsonValue::decode(input)?;
    if let JsonValue::Object(object) = &mut value {
        object.retain(|name, _| !claimed.contains(&name.as_str()));
    }
    Ok(value)
}

/// Gives an enum of alternatives its codec.
///
/// ```
/// use client_runtime::{object, codec::{decode_slice, encode_checked}, JsonValue};
///
/// struct Cat { lives: i64 }
/// object! { Cat { lives: required "lives", } }
///
/// enum Pet {
///     Cat(Cat),
///     Name(String),
///     Unknown(JsonValue),
/// }
/// client_runtime::union! {
///     Pet by "kind" {
///         Cat = "cat" in "data",
///         Name,
///     }
/// }
///
/// let pet: Pet = decode_slice(br#"{"kind":"cat","data":{"lives":9}}"#)?;
/// assert!(matches!(pet, Pet::Cat(Cat { lives: 9 })));
/// assert_eq!(encode_checked(&pet, &[])?, br#"{"kind":"cat","data":{"lives":9}}"#);
/// assert!(matches!(decode_slice(br#""Tom""#)?, Pet::Name(_)));
/// assert!(matches!(decode_slice(br#"{"kind":"dog"}"#)?, Pet::Unknown(_)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The tag behind `by` decides; one behind `hinted by` is a constant of some variants, and another variant may match all the same.
/// `= "value"` names the tags of a variant, separated by `|`; a tag that is a number or a boolean is written as such. The
/// variant then holds all of the value, and its type has the tag as a property. With `beside "property"` it does not have the
/// tag, which the union reads and writes beside the other properties. With `in "property"` the variant holds the value of that
/// property and nothing else, and the union reads and writes the tag if there is one. `is value` names the only documented
/// value of what a variant holds, of a boolean. The enum must have a variant `Unknown(JsonValue)`.
#[macro_export]
macro_rules! union {
    (
        $ty:ident $(by $tag:literal)? $(hinted by $hint:literal)? {
            $($variant:ident $(is $constant:literal)? $(= $value:literal $(| $other:literal)*)? $(in $content:literal)? $(beside $beside:literal)?
                $([$($limit:expr),* $(,)?])?),* $(,)?
        }
    ) => {
        $crate::__text! { $ty }

        #[allow(deprecated)]
        impl $ty {
            const UNION: $crate::codec::UnionShape = $crate::codec::UnionShape {
                tag: $crate::__first!($($tag)? $($hint)?),
                is_discriminated: $crate::__is_given!($($tag)?),
                variants: &[$($crate::codec::VariantShape {
                    constant: $crate::__constant!($($constant)?),
                    tags: &[$(
                        $crate::codec::Literal::new(concat!($value), $value)
                        $(, $crate::codec::Literal::new(concat!($other), $other))*
                    )?],
                    holds: $crate::__held!(($($content)?), ($($beside)?)),
                    shape: $crate::codec::held_shape(Self::$variant),
                    kinds: $crate::__held_kinds!(Self::$variant, $($content)?),
                }),*],
            };
        }

        #[allow(deprecated)]
        impl $crate::codec::Encode for $ty {
            #[inline]
            fn encode(&self, out: &mut $crate::codec::Writer) {
                let tag: &str = concat!("" $(, $tag)? $(, $hint)?);
                let _ = tag;
                match self {
                    $(Self::$variant(value) => $crate::__encode_variant!(
                        out, value, Self::$variant, tag, ($($value)?), ($($content)?), ($($beside)?), &[$($($limit),*)?]
                    ),)*
                    Self::Unknown(value) => $crate::codec::Encode::encode(value, out),
                }
            }

            #[inline]
            fn members(&self, out: &mut $crate::codec::Writer) {
                let tag: &str = concat!("" $(, $tag)? $(, $hint)?);
                let _ = tag;
                match self {
                    $(Self::$variant(value) => $crate::__variant_members!(
                        out, value, tag, ($($value)?), ($($content)?), ($($beside)?), &[$($($limit),*)?]
                    ),)*
                    Self::Unknown(value) => $crate::codec::Encode::members(value, out),
                }
            }
        }

        #[allow(deprecated)]
        impl $crate::codec::Decode for $ty {
            #[inline]
            fn decode(
                input: &mut $crate::codec::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::codec::DecodeError> {
                input.union(Self::UNION, |chosen, input| {
                    let mut index = 0;
                    $(
                        if chosen == index {
                            return $crate::__decode_variant!(input, $($content)?).map(Self::$variant);
                        }
                        index += 1;
                    )*
                    let _ = (chosen, index);
                    $crate::codec::unknown(input).map(Self::Unknown)
                })
            }

            fn shape() -> $crate::codec::Shape {
                $crate::codec::Shape::Union(Self::UNION)
            }
        }
    };
}

/// An optional literal as an `Option`.
#[doc(hidden)]
#[macro_export]
macro_rules! __first {
    () => {
        ::core::option::Option::None
    };
    ($literal:literal) => {
        ::core::option::Option::Some($literal)
    };
}

/// An optional literal with its kind.
#[doc(hidden)]
#[macro_export]
macro_rules! __constant {
    () => {
        ::core::option::Option::None
    };
    ($value:literal) => {
        ::core::option::Option::Some($crate::codec::Literal::new(concat!($value), $value))
    };
}

/// Whether there is a literal.
#[doc(hidden)]
#[macro_export]
macro_rules! __is_given {
    () => {
        false
    };
    ($literal:literal) => {
        true
    };
}

/// What a variant holds of a value.
#[doc(hidden)]
#[macro_export]
macro_rules! __held {
    ((), ()) => {
        $crate::codec::Held::Whole
    };
    ((), ($beside:literal)) => {
        $crate::codec::Held::WithoutTag
    };
    (($content:literal), ()) => {
        $crate::codec::Held::Content($content)
    };
}

/// The kinds of values that a variant may stand for.
#[doc(hidden)]
#[macro_export]
macro_rules! __held_kinds {
    ($variant:path,) => {
        $crate::codec::held_kinds($variant)
    };
    ($variant:path, $content:literal) => {
        $crate::codec::Kinds::OBJECT
    };
}

/// Writes a variant, with its tag where the union is the one to write it.
#[doc(hidden)]
#[macro_export]
macro_rules! __encode_variant {
    ($out:ident, $value:ident, $variant:path, $tag:ident, ($($text:literal)?), (), (), $limits:expr) => {{
        $out.check($value, $limits);
        $out.alternative($value, $crate::codec::held_shape($variant), Self::UNION);
    }};
    (
        $out:ident, $value:ident, $variant:path, $tag:ident,
        ($($text:literal)?), ($($content:literal)?), ($($beside:literal)?), $limits:expr
    ) => {{
        $out.begin_object();
        $crate::__variant_members!($out, $value, $tag, ($($text)?), ($($content)?), ($($beside)?), $limits);
        $out.end_object();
    }};
}

/// Writes the properties of a variant.
#[doc(hidden)]
#[macro_export]
macro_rules! __variant_members {
    ($out:ident, $value:ident, $tag:ident, ($($text:literal)?), (), (), $limits:expr) => {
        $crate::codec::Encode::members($value, $out)
    };
    ($out:ident, $value:ident, $tag:ident, ($text:literal), (), ($beside:literal), $limits:expr) => {{
        $out.check($value, $limits);
        $out.property($beside, &$text, &[]);
        $crate::codec::Encode::members($value, $out)
    }};
    ($out:ident, $value:ident, $tag:ident, ($text:literal), ($content:literal), (), $limits:expr) => {{
        $out.property($tag, &$text, &[]);
        $out.property($content, $value, $limits);
    }};
    ($out:ident, $value:ident, $tag:ident, (), ($content:literal), (), $limits:expr) => {
        $out.property($content, $value, $limits)
    };
}

/// Reads what a variant holds.
#[doc(hidden)]
#[macro_export]
macro_rules! __decode_variant {
    ($input:tt,) => {
        $crate::codec::Decode::decode($input)
    };
    ($input:tt, $content:literal) => {
        $input.content($content)
    };
}
