//! [`Nullable`]: the three states of a property that is both optional and nullable.

use crate::codec::{Decode, DecodeError, Encode, Kinds, Limit, Reader, Shape, Writer};

/// A property that may be missing, null, or a value, each of which means something else.
///
/// ```
/// use client_runtime::Nullable;
///
/// let keep: Nullable<i64> = Nullable::Absent;
/// let clear: Nullable<i64> = Nullable::Null;
/// let set = Nullable::from(7);
/// assert_eq!((keep.value(), clear.value(), set.value()), (None, None, Some(&7)));
/// ```
///
/// Generated types leave out what is absent. With the feature `serde`, a derived type of your own does too if it is told to;
/// an absent value that is written all the same is an error, since null would be another thing:
///
/// ```ignore
/// #[derive(serde::Serialize, serde::Deserialize)]
/// struct Change {
///     #[serde(default, skip_serializing_if = "Nullable::is_absent")]
///     note: Nullable<String>,
/// }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Nullable<T> {
    /// The property is not there. In an update this leaves the value as it is.
    #[default]
    Absent,
    /// The property is null. In an update this clears the value.
    Null,
    /// The property has a value.
    Value(T),
}

impl<T> Nullable<T> {
    /// The value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value to change, if there is one.
    pub fn value_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value, if there is one.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Whether the property is not there.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the property is null.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<T: Encode> Nullable<T> {
    /// What is to be written, if anything is.
    #[doc(hidden)]
    pub fn present(&self) -> Option<&dyn Encode> {
        if self.is_absent() { None } else { Some(self) }
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// `None` becomes null.
impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl<T: Encode> Encode for Nullable<T> {
    fn encode(&self, out: &mut Writer) {
        match self {
            Self::Value(value) => value.encode(out),
            Self::Absent | Self::Null => out.raw(b"null"),
        }
    }

    fn check(&self, limits: &'static [Limit], out: &mut Writer) {
        if let Self::Value(value) = self {
            value.check(limits, out);
        }
    }
}

impl<T: Decode> Decode for Nullable<T> {
    fn decode(input: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Option::<T>::decode(input).map(Self::from)
    }

    const KINDS: Kinds = Option::<T>::KINDS;

    fn shape() -> Shape {
        Shape::Nullable(T::shape)
    }
}
