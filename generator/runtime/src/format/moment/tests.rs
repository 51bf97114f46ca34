//! Texts that servers send for moments and days, and what comes of them.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned, civil};

use super::{Date, DateTime, Rfc2822};
use crate::JsonValue;
use crate::codec::{Decode, Encode, decode_slice, encode};
use crate::{object, union};

fn read<T: Decode + Encode>(text: &str) -> T {
    let json = JsonValue::from(text).to_string();
    let value = decode_slice(json.as_bytes()).unwrap();
    assert_eq!(encode(&value).unwrap(), json.as_bytes(), "a text goes back as it came");
    value
}

const MOMENT: Timestamp = Timestamp::constant(1_552_494_937, 0);

/// Texts of one moment, of which only the first ones are of RFC 3339.
const EXACT: &[&str] = &[
    "2019-03-13T16:35:37Z",
    "2019-03-13t16:35:37z",
    "2019-03-13T16:35:37.000000000Z",
    "2019-03-13T17:35:37+01:00",
    "2019-03-13T09:05:37.0-07:30",
];
const ODD: &[&str] = &[
    " 2019-03-13T16:35:37Z\n",
    "2019-03-13 16:35:37Z",
    "2019-03-13 16:35:37+00:00",
    "2019-03-13T16:35:37+0000",
    "2019-03-13T17:35:37.000+01",
    "20190313T163537Z",
    "2019-03-13T16:35:37,0Z",
    "2019-03-13 16:35:37 UTC",
    "2019-03-13T16:35:37 GMT",
    "2019-03-13 17:35:37 +0100",
    "2019-03-13 09:35:37.0 -0700 PDT",
    "2019-03-13T17:35:37+01:00[Europe/Berlin]",
    "Wed, 13 Mar 2019 16:35:37 +0000",
    "Thu, 13 Mar 2019 17:35:37 +0100",
];
const NONE: &[&str] = &[
    "",
    "soon",
    "0000-00-00 00:00:00",
    "2019-13-01T00:00:00Z",
    "\"2019-03-13T16:35:37Z\"",
    "2019-03-13T16:35:37Z (about)",
    "2019-03-13 16:35:37 CST",
    "1552494937",
    "2019-03-13T16:35:37é",
];

#[test]
fn moment_is_understood_however_it_is_written() {
    for text in EXACT.iter().chain(ODD) {
        assert_eq!(read::<DateTime>(text).timestamp(), Ok(MOMENT), "{text}");
        assert_eq!(read::<Rfc2822>(text).timestamp(), Ok(MOMENT), "{text}");
        assert_eq!(read::<DateTime>(text).timestamp_in(&TimeZone::fixed(jiff::tz::offset(5))), Ok(MOMENT), "{text}");
    }
    for text in EXACT {
        assert_eq!(text.parse::<DateTime>().unwrap().as_str(), *text);
    }
}

#[test]
fn text_of_no_moment_is_kept_and_asking_for_the_moment_fails() {
    for text in NONE {
        let read: DateTime = read(text);
        assert_eq!(read.timestamp().unwrap_err().to_string(), "expected a date and time like `2019-03-13T16:35:37Z`");
        assert!(read.timestamp_in(&TimeZone::UTC).is_err() && read.civil().is_err() && read.day().is_err(), "{text}");
    }
}

#[test]
fn what_is_missing_is_not_guessed() {
    for text in ["2019-03-13T16:35:37", "2019-03-13 16:35:37.000", "2019-03-13T16:35:37[Europe/Berlin]"] {
        let read: DateTime = read(text);
        assert!(read.timestamp().unwrap_err().to_string().contains("an offset"), "{text}");
        assert_eq!(read.civil(), Ok(civil::datetime(2019, 3, 13, 16, 35, 37, 0)));
        assert_eq!(read.timestamp_in(&TimeZone::UTC), Ok(MOMENT));
    }
    let day: DateTime = read("2019-03-13");
    assert!(day.timestamp().unwrap_err().to_string().contains("a time"));
    assert!(day.civil().is_err() && day.timestamp_in(&TimeZone::UTC).is_err());
    assert_eq!(day.day(), Ok(civil::date(2019, 3, 13)));
    assert!(read::<DateTime>("9999-12-31T23:59:59-20:00").timestamp().is_err(), "out of range");
}

#[test]
fn day_is_the_one_that_is_written() {
    for text in ["2019-03-13", "2019-03-13T23:00:00-08:00", "2019-03-13 00:00:00", "20190313"] {
        assert_eq!(read::<Date>(text).day(), Ok(civil::date(2019, 3, 13)), "{text}");
    }
    assert!(read::<Date>("2019-02-30").day().is_err());
    assert_eq!("2019-03-13".parse::<Date>().unwrap(), Date::from(civil::date(2019, 3, 13)));
    assert!("20190313".parse::<Date>().is_err() && "2019-02-30".parse::<Date>().is_err());
}

#[test]
fn what_a_program_makes_is_of_the_format() {
    for text in ODD.iter().chain(NONE).chain(&["2019-03-13", "2019-03-13T16:35:37", "2019-03-13T16:35Z"]) {
        assert!(text.parse::<DateTime>().is_err(), "{text}");
    }
    assert_eq!(DateTime::from(MOMENT).to_string().parse(), Ok(DateTime::from(MOMENT)));
    let zoned: Zoned = MOMENT.to_zoned(TimeZone::fixed(jiff::tz::offset(1)));
    let email = Rfc2822::try_from(zoned.clone()).unwrap();
    assert_eq!((email.as_str(), email.moment()), ("Wed, 13 Mar 2019 17:35:37 +0100", Ok(zoned)));
    assert!("2019-03-13T16:35:37Z".parse::<Rfc2822>().is_err());
    assert_eq!(encode(&DateTime::verbatim("2019-03-13")).unwrap(), br#""2019-03-13""#);
}

#[derive(Debug)]
enum AnyFormat {
    Time(DateTime),
    Day(Date),
    Email(Rfc2822),
    Unknown(JsonValue),
}

union! { AnyFormat { Time, Day, Email, } }

#[test]
fn union_reads_a_string_as_the_format_that_it_is_exactly_of() {
    let value = |text: &str| decode_slice(JsonValue::from(text).to_string().as_bytes()).unwrap();
    for text in EXACT {
        assert!(matches!(value(text), AnyFormat::Time(time) if time.as_str() == *text), "{text}");
    }
    assert!(matches!(value("2019-03-13"), AnyFormat::Day(day) if day.as_str() == "2019-03-13"));
    let email = "Wed, 13 Mar 2019 16:35:37 +0000";
    assert!(matches!(value(email), AnyFormat::Email(time) if time.as_str() == email));
    assert!(matches!(value("soon"), AnyFormat::Time(_)), "no format knows it, so the first keeps it");
    assert!(matches!(decode_slice(b"7"), Ok(AnyFormat::Unknown(value)) if value == 7));
}

struct Moment {
    value: DateTime,
}

object! { Moment { value: required "value", } }

struct Day {
    value: Date,
}

object! { Day { value: required "value", } }

struct Text {
    value: String,
}

object! { Text { value: required "value", } }

enum Value {
    Moment(Moment),
    Day(Day),
    Text(Text),
    Unknown(JsonValue),
}

union! { Value { Moment, Day, Text, } }

enum Deadline {
    Moment(Moment),
    Day(Day),
    Unknown(JsonValue),
}

union! { Deadline { Moment, Day, } }

#[test]
fn union_of_objects_looks_at_the_texts_in_them() {
    let value = |text: &str| match decode_slice(format!(r#"{{"value":"{text}"}}"#).as_bytes()).unwrap() {
        Value::Moment(Moment { value }) => format!("moment {value}"),
        Value::Day(Day { value }) => format!("day {value}"),
        Value::Text(Text { value }) => format!("text {value}"),
        Value::Unknown(value) => format!("unknown {value}"),
    };
    assert_eq!(value("2019-03-13T16:35:37Z"), "moment 2019-03-13T16:35:37Z");
    assert_eq!(value("2019-03-13"), "day 2019-03-13");
    assert_eq!(value("2019-03-13 16:35:37"), "text 2019-03-13 16:35:37");
    let deadline = |text: &str| match decode_slice(format!(r#"{{"value":"{text}"}}"#).as_bytes()).unwrap() {
        Deadline::Moment(Moment { value }) => format!("moment {value}"),
        Deadline::Day(Day { value }) => format!("day {value}"),
        Deadline::Unknown(value) => format!("unknown {value}"),
    };
    assert_eq!(deadline("2019-03-13"), "day 2019-03-13");
    assert_eq!(deadline("soon"), "moment soon", "no type knows it, so the first keeps it");
}
