//! The codec of booleans, numbers and strings.

use super::integer::integer_digits;
use super::limit::{check_integer, check_number, check_text};
use super::{Decode, DecodeError, Encode, Fit, Kind, Limit, Probe, Reader, Writer};

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

    fn fit(probe: &Probe<'_>) -> Option<Fit> {
        (probe.kind == Kind::Boolean).then_some(Fit::EXACT)
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

            fn fit(probe: &Probe<'_>) -> Option<Fit> {
                let fits = probe.kind == Kind::Number && integer_digits(&probe.text).parse::<$ty>().is_ok();
                fits.then_some(Fit::EXACT)
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
            // Some servers take `7` where they refuse `7.0`; none is known that does the opposite.
            out.display(format_args!("{self:.0}"));
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

    fn fit(probe: &Probe<'_>) -> Option<Fit> {
        (probe.kind == Kind::Number).then_some(Fit::KIND)
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

    fn fit(probe: &Probe<'_>) -> Option<Fit> {
        (probe.kind == Kind::String).then_some(Fit::KIND)
    }
}
