//! The codec of booleans, numbers and strings.

use super::integer::integer_digits;
use super::limit::{check_integer, check_number, check_text};
use super::shape::{Kinds, Shape, StringShape};
use super::{Decode, DecodeError, Encode, Kind, Limit, Reader, Writer};

impl Encode for () {
    fn encode(&self, out: &mut Writer) {
        out.raw(b"null");
    }
}

impl Decode for () {
    fn decode(input: &mut Reader<'_>) -> Result<Self, DecodeError> {
        input.unit()
    }

    const KINDS: Kinds = Kinds::of(Kind::Null);

    fn shape() -> Shape {
        Shape::Null
    }
}

impl Encode for bool {
    #[inline]
    fn encode(&self, out: &mut Writer) {
        out.raw(if *self { b"true" } else { b"false" });
    }
}

impl Decode for bool {
    #[inline]
    fn decode(input: &mut Reader<'_>) -> Result<Self, DecodeError> {
        input.boolean()
    }

    const KINDS: Kinds = Kinds::of(Kind::Boolean);

    fn shape() -> Shape {
        Shape::Boolean
    }
}

macro_rules! integer {
    ($($ty:ident)*) => {$(
        impl Encode for $ty {
            fn encode(&self, out: &mut Writer) {
                out.display(self);
            }

            fn check(&self, limits: &'static [Limit], out: &mut Writer) {
                check_integer(i128::from(*self), limits, out);
            }
        }

        impl Decode for $ty {
            fn decode(input: &mut Reader<'_>) -> Result<Self, DecodeError> {
                let digits = input.number()?;
                match integer_digits(digits).parse() {
                    Ok(number) => Ok(number),
                    Err(_) => {
                        let message = format!(concat!("`{}` does not fit into an ", stringify!($ty)), digits);
                        Err(input.invalid(message))
                    }
                }
            }

            const KINDS: Kinds = Kinds::of(Kind::Number);

            fn shape() -> Shape {
                Shape::Integer(|digits| integer_digits(digits).parse::<$ty>().is_ok())
            }
        }
    )*};
}

integer!(i32 i64 u32 u64 i128);

impl Encode for f64 {
    fn encode(&self, out: &mut Writer) {
        if !self.is_finite() {
            out.reject("is not a number that JSON can hold");
        } else if self.fract() == 0.0 && self.abs() < 1e15 {
            // Some servers accept `7` and refuse `7.0`. Where an integer would mean something else, `7.0` it is.
            out.display(format_args!("{self:.*}", usize::from(out.keeps_point())));
        } else {
            out.raw(serde_json::json!(self).to_string().as_bytes());
        }
    }

    fn check(&self, limits: &'static [Limit], out: &mut Writer) {
        check_number(*self, limits, out);
    }
}

impl Decode for f64 {
    fn decode(input: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let number = input.number()?.parse::<Self>();
        match number {
            Ok(number) if number.is_finite() => Ok(number),
            _ => Err(input.invalid("a number is out of range")),
        }
    }

    const KINDS: Kinds = Kinds::of(Kind::Number);

    fn shape() -> Shape {
        Shape::Number(|digits| digits.parse::<Self>().is_ok_and(Self::is_finite))
    }
}

impl Encode for str {
    fn encode(&self, out: &mut Writer) {
        out.string(self);
    }

    fn check(&self, limits: &'static [Limit], out: &mut Writer) {
        check_text(self, limits, out);
    }
}

impl Encode for &str {
    fn encode(&self, out: &mut Writer) {
        out.string(self);
    }
}

impl Encode for String {
    fn encode(&self, out: &mut Writer) {
        out.string(self);
    }

    fn check(&self, limits: &'static [Limit], out: &mut Writer) {
        check_text(self, limits, out);
    }
}

impl Decode for String {
    fn decode(input: &mut Reader<'_>) -> Result<Self, DecodeError> {
        input.string().map(str::to_owned)
    }

    const KINDS: Kinds = Kinds::STRING;

    fn shape() -> Shape {
        Shape::String(StringShape::ANY)
    }
}
