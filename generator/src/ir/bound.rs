//! [`Bound`]: a number that bounds others, exact where it is a whole one.

use std::cmp::Ordering;
use std::fmt;

/// Whole numbers below this are exact as `f64` too, and so is every comparison with them.
const EXACT: u128 = 1 << 53;

/// The least number beyond `i128`.
const BEYOND: f64 = 170_141_183_460_469_231_731_687_303_715_884_105_728.0;

/// A number that bounds others.
#[derive(Clone, Copy, Debug)]
pub enum Bound {
    /// A whole number.
    Whole(i128),
    /// Any other, also one beyond `i128`.
    Float(f64),
}

impl Bound {
    /// The nearest floating point number.
    #[expect(clippy::cast_precision_loss, reason = "that is what it is for")]
    pub fn to_f64(self) -> f64 {
        match self {
            Self::Whole(number) => number as f64,
            Self::Float(number) => number,
        }
    }

    /// The same as a floating point number.
    #[must_use]
    pub fn float(self) -> Self {
        Self::Float(self.to_f64())
    }

    /// The whole number, if comparisons as `f64` would not be exact.
    pub fn wide(self) -> Option<i128> {
        match self {
            Self::Whole(number) if number.unsigned_abs() >= EXACT => Some(number),
            _ => None,
        }
    }

    /// The nearest whole number that is not less.
    pub fn ceil(self) -> i128 {
        match self {
            Self::Whole(number) => number,
            Self::Float(number) => saturated(number.ceil()),
        }
    }

    /// The nearest whole number that is not more.
    pub fn floor(self) -> i128 {
        match self {
            Self::Whole(number) => number,
            Self::Float(number) => saturated(number.floor()),
        }
    }
}

/// The whole number that a floating point number is, or the nearest that there is.
#[expect(clippy::cast_possible_truncation, reason = "a cast saturates")]
fn saturated(number: f64) -> i128 {
    number as i128
}

impl From<i64> for Bound {
    fn from(number: i64) -> Self {
        Self::Whole(number.into())
    }
}

impl From<f64> for Bound {
    fn from(number: f64) -> Self {
        if number.fract() == 0.0 && number.abs() < BEYOND {
            Self::Whole(saturated(number))
        } else {
            Self::Float(number)
        }
    }
}

impl PartialEq for Bound {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Bound {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Whole(one), Self::Whole(other)) => Some(one.cmp(other)),
            (one, other) => one.to_f64().partial_cmp(&other.to_f64()),
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(number) => number.fmt(f),
            Self::Float(number) => number.fmt(f),
        }
    }
}
