//! `format: rfc2822`, `date-time` and `date`: a moment or a day, beside the text it was read from.
//!
//! The text is kept since a moment has many spellings, and what a server wrote must come back unchanged.

use std::fmt;
use std::str::FromStr;

use jiff::fmt::{rfc2822, temporal};
use jiff::{Timestamp, Zoned, civil};

use crate::codec::{Decode, DecodeError, Encode, Fit, Kind, Limit, Probe, Reader, Writer};

/// A text that is not of the format that its type stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidFormat {
    expected: &'static str,
}

impl fmt::Display for InvalidFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}", self.expected)
    }
}

impl std::error::Error for InvalidFormat {}

/// Gives a type of text and meaning its conversions and its codec.
macro_rules! text_format {
    ($ty:ident, $value:ident: $inner:ty, $expected:literal, $parse:expr) => {
        impl $ty {
            /// The text as it goes over the wire.
            pub fn as_str(&self) -> &str {
                &self.text
            }
        }

        impl FromStr for $ty {
            type Err = InvalidFormat;

            fn from_str(text: &str) -> Result<Self, InvalidFormat> {
                let parse: fn(&str) -> Option<$inner> = $parse;
                let $value = parse(text).ok_or(InvalidFormat { expected: $expected })?;
                Ok(Self { text: text.into(), $value })
            }
        }

        impl fmt::Display for $ty {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.text)
            }
        }

        impl Encode for $ty {
            fn encode(&self, out: &mut Writer) {
                out.string(&self.text);
            }

            fn check(&self, limits: &'static [Limit], out: &mut Writer) {
                self.as_str().check(limits, out);
            }
        }

        impl Decode for $ty {
            fn decode(input: &mut Reader<'_>) -> Result<Self, DecodeError> {
                let parsed = input.string()?.parse();
                parsed.map_err(|error: InvalidFormat| input.invalid(error.to_string()))
            }

            fn fit(probe: &Probe<'_>) -> Option<Fit> {
                (probe.kind == Kind::String && probe.text.parse::<Self>().is_ok()).then_some(Fit::EXACT)
            }
        }
    };
}

/// A moment written as in e-mail: `Wed, 13 Mar 2019 16:35:37 +0000`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rfc2822 {
    text: Box<str>,
    moment: Zoned,
}

text_format!(Rfc2822, moment: Zoned, "a date and time like `Wed, 13 Mar 2019 16:35:37 +0000`", |text| {
    rfc2822::DateTimeParser::new().parse_zoned(text).ok()
});

impl Rfc2822 {
    /// The moment, with the offset from UTC that it was written with.
    pub fn moment(&self) -> &Zoned {
        &self.moment
    }

    /// The moment alone.
    pub fn timestamp(&self) -> Timestamp {
        self.moment.timestamp()
    }
}

impl TryFrom<Zoned> for Rfc2822 {
    type Error = InvalidFormat;

    /// Fails before year 0, which the format cannot express.
    fn try_from(moment: Zoned) -> Result<Self, InvalidFormat> {
        let text = rfc2822::to_string(&moment);
        text.map_err(|_| InvalidFormat { expected: "a year that is not negative" })?.parse()
    }
}

/// A moment of RFC 3339: `2019-03-13T16:35:37Z`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DateTime {
    text: Box<str>,
    timestamp: Timestamp,
}

text_format!(DateTime, timestamp: Timestamp, "a date and time like `2019-03-13T16:35:37Z`", |text| {
    temporal::DateTimeParser::new().parse_timestamp(text).ok()
});

impl DateTime {
    /// The moment.
    pub fn timestamp(&self) -> Timestamp {
        self.timestamp
    }
}

impl From<Timestamp> for DateTime {
    fn from(timestamp: Timestamp) -> Self {
        Self { text: timestamp.to_string().into(), timestamp }
    }
}

/// A day of the calendar: `2019-03-13`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    text: Box<str>,
    day: civil::Date,
}

text_format!(Date, day: civil::Date, "a day like `2019-03-13`", |text| {
    temporal::DateTimeParser::new().parse_date(text).ok()
});

impl Date {
    /// The day.
    pub fn day(&self) -> civil::Date {
        self.day
    }
}

impl From<civil::Date> for Date {
    fn from(day: civil::Date) -> Self {
        Self { text: day.to_string().into(), day }
    }
}
