//! Enumerations: [`string_enum!`](crate::string_enum) and [`integer_enum!`](crate::integer_enum).
//!
//! They are open: a value that the document does not list is kept, so that a server may add one without
//! breaking its clients.

/// A text that the document does not list.
///
/// Only reading makes one, and reading an enumeration puts no listed value in here.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownText(Box<str>);

impl UnknownText {
    #[doc(hidden)]
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A number that the document does not list.
///
/// Only reading makes one, and reading an enumeration puts no listed value in here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownInteger(i64);

impl UnknownInteger {
    #[doc(hidden)]
    pub fn new(number: i64) -> Self {
        Self(number)
    }

    /// The number.
    pub fn get(self) -> i64 {
        self.0
    }
}

/// Gives an enum of texts its codec, `as_str`, `From<&str>`, `From<String>` and `Display`.
///
/// ```
/// use client_runtime::{UnknownText, string_enum};
///
/// #[derive(Debug, PartialEq)]
/// enum Carrier {
///     Fedex,
///     Unknown(UnknownText),
/// }
/// string_enum! { Carrier { Fedex = "fedex", } }
///
/// assert_eq!(Carrier::from("fedex"), Carrier::Fedex);
/// assert_eq!(Carrier::from("acme").as_str(), "acme");
/// ```
///
/// `any` behind the values says that the document allows any other string too.
#[macro_export]
macro_rules! string_enum {
    ($ty:ident { $($variant:ident = $value:literal),* $(,)? } $($any:ident)?) => {
        $crate::__text! { $ty }

        #[allow(deprecated)]
        impl $ty {
            /// The texts that the document lists.
            pub const VALUES: &'static [&'static str] = &[$($value),*];

            /// The text as it goes over the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(text) => text.as_str(),
                }
            }
        }

        #[allow(deprecated)]
        impl ::core::convert::From<&str> for $ty {
            fn from(text: &str) -> Self {
                match text {
                    $($value => Self::$variant,)*
                    _ => Self::Unknown($crate::UnknownText::new(text)),
                }
            }
        }

        #[allow(deprecated)]
        impl ::core::convert::From<::std::string::String> for $ty {
            fn from(text: ::std::string::String) -> Self {
                Self::from(text.as_str())
            }
        }

        #[allow(deprecated)]
        impl ::core::fmt::Display for $ty {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        #[allow(deprecated)]
        impl $crate::codec::Encode for $ty {
            #[inline]
            fn encode(&self, out: &mut $crate::codec::Writer) {
                out.string(self.as_str());
            }

            #[inline]
            fn check(&self, limits: &'static [$crate::Limit], out: &mut $crate::codec::Writer) {
                $crate::codec::Encode::check(self.as_str(), limits, out);
            }
        }

        #[allow(deprecated)]
        impl $crate::codec::Decode for $ty {
            #[inline]
            fn decode(
                input: &mut $crate::codec::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::codec::DecodeError> {
                let value = Self::from(input.string()?);
                let allows_others: &[&str] = &[$(stringify!($any))?];
                if allows_others.is_empty() && matches!(value, Self::Unknown(_)) {
                    input.deviate();
                }
                ::core::result::Result::Ok(value)
            }

            const KINDS: $crate::codec::Kinds = $crate::codec::Kinds::STRING;

            fn shape() -> $crate::codec::Shape {
                let allows_others: &[&str] = &[$(stringify!($any))?];
                $crate::codec::Shape::StringEnum($crate::codec::StringEnumShape {
                    values: Self::VALUES,
                    allows_others: !allows_others.is_empty(),
                })
            }
        }
    };
}

/// Gives an enum of integers its codec, `get` and `From<i64>`.
#[macro_export]
macro_rules! integer_enum {
    ($ty:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        $crate::__text! { $ty }

        #[allow(deprecated)]
        impl $ty {
            /// The numbers that the document lists.
            pub const VALUES: &'static [i64] = &[$($value),*];

            /// The number as it goes over the wire.
            pub fn get(self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(number) => number.get(),
                }
            }
        }

        #[allow(deprecated)]
        impl ::core::convert::From<i64> for $ty {
            fn from(number: i64) -> Self {
                match number {
                    $($value => Self::$variant,)*
                    _ => Self::Unknown($crate::UnknownInteger::new(number)),
                }
            }
        }

        #[allow(deprecated)]
        impl ::core::fmt::Display for $ty {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.get(), f)
            }
        }

        #[allow(deprecated)]
        impl $crate::codec::Encode for $ty {
            #[inline]
            fn encode(&self, out: &mut $crate::codec::Writer) {
                $crate::codec::Encode::encode(&self.get(), out);
            }
        }

        #[allow(deprecated)]
        impl $crate::codec::Decode for $ty {
            #[inline]
            fn decode(
                input: &mut $crate::codec::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::codec::DecodeError> {
                let value = <i64 as $crate::codec::Decode>::decode(input).map(Self::from)?;
                if matches!(value, Self::Unknown(_)) {
                    input.deviate();
                }
                ::core::result::Result::Ok(value)
            }

            const KINDS: $crate::codec::Kinds = <i64 as $crate::codec::Decode>::KINDS;

            fn shape() -> $crate::codec::Shape {
                $crate::codec::Shape::IntegerEnum(Self::VALUES)
            }
        }
    };
}
