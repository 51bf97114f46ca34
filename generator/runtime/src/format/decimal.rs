//! `format: decimal`: exact decimals, as a string ([`Decimal`]) or as a JSON number ([`DecimalNumber`]).

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::codec::{Decode, DecodeError, Encode, Kind, Kinds, Limit, Reader, Shape, StringShape, Writer};

impl Encode for Decimal {
    fn encode(&self, out: &mut Writer) {
        out.display(format_args!("\"{self}\""));
    }

    fn check(&self, limits: &'static [Limit], out: &mut Writer) {
        self.to_string().check(limits, out);
        check_decimal(*self, limits, out);
    }
}

impl Decode for Decimal {
    fn decode(input: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let parsed = parse(input.string()?);
        parsed.ok_or_else(|| input.invalid("expected a decimal number in a string"))
    }

    const KINDS: Kinds = Kinds::STRING;

    fn shape() -> Shape {
        Shape::String(StringShape { is_exact: Some(is_decimal), holds: Some(is_decimal) })
    }
}

/// An exact decimal number, of which the wire form is a JSON number, as in `49.99`.
///
/// It derefs to [`Decimal`] and converts from it, from integers, and from text with `parse`. Nothing goes through a
/// binary floating point number, so that `0.1` is a tenth and `49.90` stays `49.90`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DecimalNumber(pub Decimal);

impl Deref for DecimalNumber {
    type Target = Decimal;

    fn deref(&self) -> &Decimal {
        &self.0
    }
}

impl fmt::Display for DecimalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for DecimalNumber {
    type Err = rust_decimal::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Decimal::from_str(text).map(Self)
    }
}

impl From<Decimal> for DecimalNumber {
    fn from(decimal: Decimal) -> Self {
        Self(decimal)
    }
}

impl From<i64> for DecimalNumber {
    fn from(number: i64) -> Self {
        Self(number.into())
    }
}

impl From<i32> for DecimalNumber {
    fn from(number: i32) -> Self {
        Self(number.into())
    }
}

impl Encode for DecimalNumber {
    fn encode(&self, out: &mut Writer) {
        out.display(self.0);
    }

    fn check(&self, limits: &'static [Limit], out: &mut Writer) {
        check_decimal(self.0, limits, out);
    }
}

impl Decode for DecimalNumber {
    fn decode(input: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let parsed = parse(input.exact_number()?);
        parsed.map(Self).ok_or_else(|| input.invalid("a number has more digits than a decimal can hold"))
    }

    const KINDS: Kinds = Kinds::of(Kind::Number);

    fn shape() -> Shape {
        Shape::Number(is_decimal)
    }
}

fn is_decimal(text: &str) -> bool {
    parse(text).is_some()
}

fn parse(text: &str) -> Option<Decimal> {
    Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text)).ok()
}

fn check_decimal(decimal: Decimal, limits: &[Limit], out: &mut Writer) {
    crate::codec::check_number(decimal.to_f64().unwrap_or(f64::NAN), limits, out);
}
