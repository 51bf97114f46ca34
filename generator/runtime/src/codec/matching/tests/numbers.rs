//! Unions of an integer and a number.

#![allow(clippy::wrong_self_convention, reason = "generated code is linted as a public type")]

use super::tolerant;
use crate::codec::decode_slice;
use crate::{JsonValue, union};

#[derive(Debug, PartialEq)]
enum Whole {
    Integer(i64),
    Number(f64),
    Unknown(JsonValue),
}

union! { Whole { Integer, Number, } }

#[derive(Debug, PartialEq)]
enum Fraction {
    Number(f64),
    Integer(i64),
    Unknown(JsonValue),
}

union! { Fraction { Number, Integer, } }

#[test]
fn way_of_writing_tells_an_integer_from_a_number() {
    for (text, integer) in [("2", 2), ("-7", -7), ("0", 0)] {
        assert_eq!(decode_slice::<Whole>(text.as_bytes()).unwrap(), Whole::Integer(integer), "{text}");
        assert_eq!(decode_slice::<Fraction>(text.as_bytes()).unwrap(), Fraction::Integer(integer), "{text}");
        assert_eq!(tolerant::<Whole>(text), (text.to_owned(), Vec::new()));
        assert_eq!(tolerant::<Fraction>(text), (text.to_owned(), Vec::new()));
    }
    for (text, number) in [("2.0", 2.0), ("2e0", 2.0), ("2.5", 2.5), ("1e300", 1e300)] {
        assert_eq!(decode_slice::<Whole>(text.as_bytes()).unwrap(), Whole::Number(number), "{text}");
        assert_eq!(decode_slice::<Fraction>(text.as_bytes()).unwrap(), Fraction::Number(number), "{text}");
    }
}
