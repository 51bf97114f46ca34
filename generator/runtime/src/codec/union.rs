//! Unions: the [`union!`](crate::union) macro gives an enum of alternatives its codec.
//!
//! A variant is found by its tag, the property with a single allowed value; where there is none, every
//! variant is asked how well the value suits it, and the best wins. A value that suits none, or of which the best would
//! lose what another knows, is kept as it is.

use super::{DecodeError, Fit, Reader};
use crate::JsonValue;

/// The first of the best fits.
pub fn best_fit(fits: &[Option<Fit>]) -> Option<usize> {
    let mut best: Option<(usize, Fit)> = None;
    for (index, fit) in fits.iter().enumerate() {
        if let Some(fit) = *fit
            && best.is_none_or(|(_, other)| fit > other)
        {
            best = Some((index, fit));
        }
    }
    best.map(|(index, _)| index)
}

/// Whether what a variant holds keeps a property of that name.
pub type Knows = fn(&str) -> bool;

/// The variants that suit a value best, in their order, but for those that would lose a property that another knows; each
/// with whether everything in it must be exactly of its type. Only where none is so does it count what types keep anyway.
pub fn candidates(probe: &super::Probe<'_>, fits: &[Option<Fit>], knows: &[Knows]) -> Vec<(usize, bool)> {
    let Some(best) = fits.iter().flatten().max() else { return Vec::new() };
    let loses = |index: usize| {
        let lost = |name: &str| !knows[index](name) && knows.iter().any(|knows| knows(name));
        probe.properties.iter().any(|(name, _)| lost(name))
    };
    let best = fits.iter().enumerate().filter(|(_, fit)| fit.as_ref() == Some(best)).map(|(index, _)| index);
    let best: Vec<usize> = best.filter(|index| !loses(*index)).collect();
    // Within an attempt that is exact already, a second one would only repeat the first.
    let passes: &[bool] = if best.len() > 1 && !probe.is_exact() { &[true, false] } else { &[false] };
    passes.iter().flat_map(|exact| best.iter().map(|index| (*index, *exact))).collect()
}

/// Reads a value that suits no variant, without the properties that an enclosing type has taken.
///
/// # Errors
/// The text is not JSON.
pub fn unknown(input: &mut Reader<'_>) -> Result<JsonValue, DecodeError> {
    #[cfg(feature = "test-util")]
    input.count_unknown();
    let claimed = input.claimed();
    let mut value = <JsonValue as super::Decode>::decode(input)?;
    if let JsonValue::Object(object) = &mut value {
        object.retain(|name, _| !claimed.iter().any(|names| names.contains(&name.as_str())));
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
/// `= "value"` names the tag of a variant. `in "property"` says that the variant holds the value of that
/// property and nothing else, so that tag and property are written by the union. Variants without a tag are
/// chosen by fit. The enum must have a variant `Unknown(JsonValue)`.
#[macro_export]
macro_rules! union {
    (
        $ty:ident $(by $tag:literal)? {
            $($variant:ident $(= $value:literal)? $(in $content:literal)? $([$($limit:expr),* $(,)?])?),* $(,)?
        }
    ) => {
        $crate::__text! { $ty }

        #[allow(deprecated)]
        impl $crate::codec::Encode for $ty {
            #[inline]
            fn encode(&self, out: &mut $crate::codec::Writer) {
                let tag: &str = concat!("" $(, $tag)?);
                let _ = tag;
                match self {
                    $(Self::$variant(value) => $crate::__encode_variant!(
                        out, value, tag, ($($value)?), ($($content)?), &[$($($limit),*)?]
                    ),)*
                    Self::Unknown(value) => $crate::codec::Encode::encode(value, out),
                }
            }

            #[inline]
            fn members(&self, out: &mut $crate::codec::Writer) {
                let tag: &str = concat!("" $(, $tag)?);
                let _ = tag;
                match self {
                    $(Self::$variant(value) => $crate::__variant_members!(
                        out, value, tag, ($($value)?), ($($content)?), &[$($($limit),*)?]
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
                let tag: &[::core::option::Option<::std::string::String>] = &[$(input.tag($tag)?)?];
                let tag = tag.first().and_then(::core::option::Option::as_deref);
                let _ = tag;
                $($crate::__decode_tagged!(input, tag, $variant, ($($value)?), ($($content)?));)*
                let probe = input.probe()?;
                let fits = [$($crate::__variant_fit!(&probe, Self::$variant, ($($value)?), ($($content)?))),*];
                let knows: &[$crate::codec::Knows] = &[$($crate::__variant_knows!(Self::$variant, $($content)?)),*];
                for (best, exact) in $crate::codec::candidates(&probe, &fits, knows) {
                    let mut attempt = input.attempt(exact);
                    let mut index = 0;
                    $(
                        if best == index
                            && let ::core::result::Result::Ok(value) =
                                $crate::__decode_variant!((&mut attempt), $($content)?)
                        {
                            input.accept(attempt);
                            return ::core::result::Result::Ok(Self::$variant(value));
                        }
                        index += 1;
                    )*
                    let _ = index;
                }
                $crate::codec::unknown(input).map(Self::Unknown)
            }

            fn knows(name: &str) -> bool {
                let knows: &[$crate::codec::Knows] = &[$($crate::__variant_knows!(Self::$variant, $($content)?)),*];
                [$($tag)?].contains(&name) || knows.iter().any(|knows| knows(name))
            }

            fn fit(probe: &$crate::codec::Probe<'_>) -> ::core::option::Option<$crate::codec::Fit> {
                let fits = [$($crate::__variant_fit!(probe, Self::$variant, ($($value)?), ($($content)?))),*];
                let values: &[&str] = &[$($($value,)?)*];
                let _ = values;
                $(
                    let tag = probe.properties.iter().find(|(name, _)| name == $tag);
                    if let ::core::option::Option::Some((_, ::core::option::Option::Some(tag))) = tag
                        && values.contains(&tag.as_str())
                    {
                        return ::core::option::Option::Some($crate::codec::Fit(u32::MAX));
                    }
                )?
                $crate::codec::best_fit(&fits).and_then(|best| fits[best])
            }
        }
    };
}

/// Writes a variant, with its tag where the union is the one to write it.
#[doc(hidden)]
#[macro_export]
macro_rules! __encode_variant {
    ($out:ident, $value:ident, $tag:ident, ($($text:literal)?), (), $limits:expr) => {{
        $out.check($value, $limits);
        $crate::codec::Encode::encode($value, $out)
    }};
    ($out:ident, $value:ident, $tag:ident, ($($text:literal)?), ($content:literal), $limits:expr) => {{
        $out.begin_object();
        $crate::__variant_members!($out, $value, $tag, ($($text)?), ($content), $limits);
        $out.end_object();
    }};
}

/// Writes the properties of a variant.
#[doc(hidden)]
#[macro_export]
macro_rules! __variant_members {
    ($out:ident, $value:ident, $tag:ident, ($($text:literal)?), (), $limits:expr) => {
        $crate::codec::Encode::members($value, $out)
    };
    ($out:ident, $value:ident, $tag:ident, ($text:literal), ($content:literal), $limits:expr) => {{
        $out.property($tag, &$text, &[]);
        $out.property($content, $value, $limits);
    }};
    ($out:ident, $value:ident, $tag:ident, (), ($content:literal), $limits:expr) => {
        $out.property($content, $value, $limits)
    };
}

/// Reads a variant if its tag is the one found.
#[doc(hidden)]
#[macro_export]
macro_rules! __decode_tagged {
    ($input:ident, $tag:ident, $variant:ident, (), ($($content:literal)?)) => {};
    ($input:ident, $tag:ident, $variant:ident, ($text:literal), ($($content:literal)?)) => {
        if $tag == ::core::option::Option::Some($text) {
            return ::core::result::Result::Ok(
                Self::$variant($crate::__decode_variant!($input, $($content)?)?),
            );
        }
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

/// How well a value suits a variant that has no tag; a tagged one is never chosen by fit.
#[doc(hidden)]
#[macro_export]
macro_rules! __variant_fit {
    ($probe:expr, $variant:path, ($value:literal), ($($content:literal)?)) => {
        ::core::option::Option::<$crate::codec::Fit>::None
    };
    ($probe:expr, $variant:path, (), ()) => {
        $crate::codec::variant_fit($variant, $probe)
    };
    ($probe:expr, $variant:path, (), ($content:literal)) => {
        $crate::codec::object_fit(
            $probe,
            &[$crate::codec::PropertyInfo { name: $content, role: $crate::codec::Role::Required }],
        )
    };
}

/// Whether a variant keeps a property.
#[doc(hidden)]
#[macro_export]
macro_rules! __variant_knows {
    ($variant:path,) => {
        $crate::codec::variant_knows($variant)
    };
    ($variant:path, $content:literal) => {
        |name| name == $content
    };
}

/// Whether what `variant` holds keeps a property; the constructor is there to name the type.
pub fn variant_knows<T: super::Decode, U>(_variant: fn(T) -> U) -> Knows {
    T::knows
}

/// How well a value suits what `variant` holds; the constructor is there to name the type.
pub fn variant_fit<T: super::Decode, U>(_variant: fn(T) -> U, probe: &super::Probe<'_>) -> Option<Fit> {
    T::fit(probe)
}
