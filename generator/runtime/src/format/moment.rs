//! `format: rfc2822`, `date-time` and `date`: a text in, and a moment or a day out where the text names one.
//!
//! Reading a response never fails for such a text, since servers write more than their documents say; it is kept, and
//! goes back unchanged. What it means is asked for, and may fail. How texts are understood is in [`read`].

mod read;

use std::fmt;
use std::str::FromStr;

use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned, civil};

use self::read::{Parts, is_date, is_date_time, is_email, parts};
use crate::codec::{Decode, DecodeError, Encode, Kinds, Limit, Reader, Shape, StringShape, Writer};

const DATE_TIME: InvalidFormat = InvalidFormat { expected: "a date and time like `2019-03-13T16:35:37Z`" };
const DATE: InvalidFormat = InvalidFormat { expected: "a day like `2019-03-13`" };
const EMAIL: InvalidFormat = InvalidFormat { expected: "a date and time like `Wed, 13 Mar 2019 16:35:37 +0000`" };
const TIME: InvalidFormat = InvalidFormat { expected: "a time behind the day, as in `2019-03-13T16:35:37Z`" };
const OFFSET: InvalidFormat = InvalidFormat { expected: "an offset behind the time, as in `2019-03-13T16:35:37Z`" };
const RANGE: InvalidFormat = InvalidFormat { expected: "a moment between the years -9999 and 9999" };

/// A text that is not of the format that its type stands for, or lacks the part that is asked for.
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

/// Gives a type of text its conversions and its codec.
macro_rules! text_format {
    ($ty:ident, $is_exact:path, $expected:expr) => {
        impl $ty {
            /// The text as it goes over the wire.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Any text, which is sent as it is: for a server that wants another form than its document says.
            ///
            /// Nothing is checked here. `parse` takes what is of the format and nothing else.
            pub fn verbatim(text: impl Into<Box<str>>) -> Self {
                Self(text.into())
            }

            fn parts(&self) -> Result<Parts, InvalidFormat> {
                parts(&self.0).ok_or($expected)
            }
        }

        impl FromStr for $ty {
            type Err = InvalidFormat;

            /// Takes what is exactly of the format, so that what is made of it may be sent.
            fn from_str(text: &str) -> Result<Self, InvalidFormat> {
                if $is_exact(text) { Ok(Self(text.into())) } else { Err($expected) }
            }
        }

        impl fmt::Display for $ty {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Encode for $ty {
            fn encode(&self, out: &mut Writer) {
                out.string(&self.0);
            }

            fn check(&self, limits: &'static [Limit], out: &mut Writer) {
                self.as_str().check(limits, out);
            }
        }

        impl Decode for $ty {
            fn decode(input: &mut Reader<'_>) -> Result<Self, DecodeError> {
                input.string().map(|text| Self(text.into()))
            }

            const KINDS: Kinds = Kinds::STRING;

            fn shape() -> Shape {
                Shape::String(StringShape { is_exact: Some($is_exact), holds: None })
            }
        }
    };
}

/// A moment as the text of RFC 3339 that stands for it: `2019-03-13T16:35:37Z`.
///
/// Made from a [`Timestamp`], or by `parse` from a text that is exactly of that form. What a server sends is kept whatever
/// it is, so [`timestamp`](Self::timestamp) may fail, and [`as_str`](Self::as_str) has the text. These are understood too:
///
/// | text | |
/// |---|---|
/// | `2019-03-13 16:35:37+0000`, `2019-03-13 16:35:37 UTC` | other ways to write the same moment |
/// | `Wed, 13 Mar 2019 16:35:37 +0000` | the same moment, as in e-mail |
/// | `2019-03-13T16:35:37`, `2019-03-13 16:35` | no moment, since the offset is missing: [`civil`](Self::civil), [`timestamp_in`](Self::timestamp_in) |
/// | `2019-03-13` | no moment, but a [`day`](Self::day) |
///
/// Two are equal if their texts are. Compare timestamps to compare moments.
///
/// ```
/// use client_runtime::{DateTime, codec::decode_slice, jiff::tz::TimeZone};
///
/// let read: DateTime = decode_slice(br#""2019-03-13 16:35:37""#)?;
/// assert!(read.timestamp().is_err());
/// assert_eq!(read.timestamp_in(&TimeZone::UTC)?.to_string(), "2019-03-13T16:35:37Z");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DateTime(Box<str>);

text_format!(DateTime, is_date_time, DATE_TIME);

impl DateTime {
    /// The moment.
    ///
    /// # Errors
    /// The text names none: it has no offset from UTC, no time, or is something else altogether.
    pub fn timestamp(&self) -> Result<Timestamp, InvalidFormat> {
        Ok(self.parts()?.moment()?.timestamp())
    }

    /// The moment, where a text without an offset is the time in `zone`: what the document does not say, but you know.
    ///
    /// # Errors
    /// The text names no time, or is something else altogether.
    pub fn timestamp_in(&self, zone: &TimeZone) -> Result<Timestamp, InvalidFormat> {
        let parts = self.parts()?;
        match parts.offset {
            Some(_) => Ok(parts.moment()?.timestamp()),
            None => zone.to_timestamp(parts.civil()?).map_err(|_| RANGE),
        }
    }

    /// Day and time as they are written, whatever their offset.
    ///
    /// # Errors
    /// The text names no time, or is something else altogether.
    pub fn civil(&self) -> Result<civil::DateTime, InvalidFormat> {
        self.parts()?.civil()
    }

    /// The day as it is written, whatever its offset.
    ///
    /// # Errors
    /// The text names none.
    pub fn day(&self) -> Result<civil::Date, InvalidFormat> {
        Ok(self.parts()?.day)
    }
}

impl From<Timestamp> for DateTime {
    fn from(timestamp: Timestamp) -> Self {
        Self(timestamp.to_string().into())
    }
}

/// A moment as the text of RFC 2822 that stands for it, as in e-mail: `Wed, 13 Mar 2019 16:35:37 +0000`.
///
/// Made from a [`Zoned`], or by `parse` from a text that is exactly of that form. What a server sends is kept whatever it
/// is, so [`moment`](Self::moment) may fail; the forms of RFC 3339 are understood too, if they have an offset. Two are
/// equal if their texts are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rfc2822(Box<str>);

text_format!(Rfc2822, is_email, EMAIL);

impl Rfc2822 {
    /// The moment, with the offset from UTC that it was written with.
    ///
    /// # Errors
    /// The text names none.
    pub fn moment(&self) -> Result<Zoned, InvalidFormat> {
        self.parts()?.moment()
    }

    /// The moment alone.
    ///
    /// # Errors
    /// The text names none.
    pub fn timestamp(&self) -> Result<Timestamp, InvalidFormat> {
        Ok(self.moment()?.timestamp())
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

/// A day of the calendar as the text of RFC 3339 that stands for it: `2019-03-13`.
///
/// Made from a [`civil::Date`], or by `parse` from a text that is exactly of that form. What a server sends is kept whatever
/// it is, so [`day`](Self::day) may fail; of a text with a time, it is the day that is written there. Two are equal if
/// their texts are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Date(Box<str>);

text_format!(Date, is_date, DATE);

impl Date {
    /// The day.
    ///
    /// # Errors
    /// The text names none.
    pub fn day(&self) -> Result<civil::Date, InvalidFormat> {
        Ok(self.parts()?.day)
    }
}

impl From<civil::Date> for Date {
    fn from(day: civil::Date) -> Self {
        Self(day.to_string().into())
    }
}

impl Parts {
    fn civil(self) -> Result<civil::DateTime, InvalidFormat> {
        Ok(self.day.to_datetime(self.time.ok_or(TIME)?))
    }

    fn moment(self) -> Result<Zoned, InvalidFormat> {
        let written = self.civil()?;
        let zone = TimeZone::fixed(self.offset.ok_or(OFFSET)?);
        zone.to_zoned(written).map_err(|_| RANGE)
    }
}

#[cfg(test)]
mod tests;
