//! [`Mark`]: what says where a list goes on, as the text that goes over the wire. Numbers are told by their text too.

use crate::nullable::Nullable;

/// A value of a parameter or a property that says where a list goes on: a number or a text.
pub trait Mark: Sized {
    /// Its text, if there is a value.
    fn text(&self) -> Option<String>;

    /// The value that a text stands for; `None` if it is none of this type.
    fn of(text: &str) -> Option<Self>;
}

macro_rules! plain {
    ($($ty:ty)*) => {$(
        impl Mark for $ty {
            fn text(&self) -> Option<String> {
                Some(self.to_string())
            }

            fn of(text: &str) -> Option<Self> {
                text.parse().ok()
            }
        }
    )*};
}

plain!(String i32 i64 u32 u64 i128 f64);

impl<M: Mark> Mark for Option<M> {
    fn text(&self) -> Option<String> {
        self.as_ref()?.text()
    }

    fn of(text: &str) -> Option<Self> {
        M::of(text).map(Some)
    }
}

impl<M: Mark> Mark for Nullable<M> {
    fn text(&self) -> Option<String> {
        self.value()?.text()
    }

    fn of(text: &str) -> Option<Self> {
        M::of(text).map(Self::Value)
    }
}
