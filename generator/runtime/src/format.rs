//! The types of values that a schema's `format` gives a meaning beyond their JSON type.
//!
//! All are lossless: what was read is written again as it was, and what a program makes is written as the
//! format says.

mod decimal;
mod moment;

pub use self::decimal::DecimalNumber;
pub use self::moment::{Date, DateTime, InvalidFormat, Rfc2822};

/// An exact decimal number, of which the wire form is a string, as in `"1.0000"`; digits behind the point are kept.
pub use rust_decimal::Decimal;
