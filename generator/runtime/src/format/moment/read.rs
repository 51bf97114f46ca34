//! What a text says of time: a text in, its day, time of day and offset out, as far as they are there.
//!
//! What is missing stays missing; nothing here takes a text without an offset for UTC, or a day for its midnight.

use jiff::fmt::rfc2822;
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;
use jiff::{Zoned, civil};

/// What a text says.
#[derive(Clone, Copy, Debug)]
pub struct Parts {
    /// The day of the calendar.
    pub day: civil::Date,
    /// The time of that day.
    pub time: Option<civil::Time>,
    /// How far the clock that was read is from UTC.
    pub offset: Option<Offset>,
}

/// Reads a text in any form that leaves no doubt: those of RFC 3339 and ISO 8601, the same with spaces between the parts
/// and `UTC` for an offset, and that of e-mail.
pub fn parts(text: &str) -> Option<Parts> {
    let text = text.trim();
    iso(text).or_else(|| iso(&joined(text)?)).or_else(|| email(text))
}

/// Whether a text is a `date-time` of RFC 3339, section 5.6.
pub fn is_date_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    let offset = match bytes {
        [.., b'Z' | b'z'] => 1,
        [.., b'+' | b'-', _, _, b':', _, _] => 6,
        _ => return false,
    };
    // Only the places of the parts are looked at here; jiff judges the digits.
    let marks = [(4, b'-'), (7, b'-'), (13, b':'), (16, b':')];
    bytes.len() - offset >= "2019-03-13T16:35:37".len()
        && matches!(bytes[10], b'T' | b't')
        && marks.iter().all(|(at, mark)| bytes[*at] == *mark)
        && matches!(bytes[19], b'.' | b'Z' | b'z' | b'+' | b'-')
        && iso(text).is_some_and(|parts| parts.time.is_some())
}

/// Whether a text is a `full-date` of RFC 3339, section 5.6.
pub fn is_date(text: &str) -> bool {
    matches!(text.as_bytes(), [_, _, _, _, b'-', _, _, b'-', _, _]) && iso(text).is_some()
}

/// Whether a text is a `date-time` of RFC 2822, section 3.3.
pub fn is_email(text: &str) -> bool {
    rfc2822::DateTimeParser::new().parse_zoned(text).is_ok()
}

fn iso(text: &str) -> Option<Parts> {
    let pieces = Pieces::parse(text).ok()?;
    Some(Parts { day: pieces.date(), time: pieces.time(), offset: pieces.to_numeric_offset() })
}

/// The parts of a text between spaces as ISO 8601 wants them; behind a number, the name of a zone adds nothing.
fn joined(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (moment, zone) = match words.as_slice() {
        [moment, zone] => ((*moment).to_owned(), zone),
        [day, time, zone] => (format!("{day}T{time}"), zone),
        [day, time, zone, _] if zone.starts_with(['+', '-']) => (format!("{day}T{time}"), zone),
        _ => return None,
    };
    let offset = match *zone {
        "UTC" | "GMT" | "Z" => "Z",
        number if number.starts_with(['+', '-']) => number,
        _ => return None,
    };
    Some(moment + offset)
}

/// A wrong day of the week does not make a date doubtful.
fn email(text: &str) -> Option<Parts> {
    let moment: Zoned = rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_zoned(text).ok()?;
    Some(Parts { day: moment.date(), time: Some(moment.time()), offset: Some(moment.offset()) })
}
