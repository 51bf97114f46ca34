//! The rules of the module, each by the values that it is about.

mod losses;
mod numbers;
mod unions;

use crate::codec::{Decode, Deviation, Encode, decode_slice, decode_strict, decode_tolerant, encode_checked};
use crate::{JsonObject, JsonValue, Nullable, UnknownText, object, string_enum};

#[derive(Debug, PartialEq)]
struct Order {
    id: i64,
    lines: Vec<Line>,
    labels: JsonObject,
    note: Option<String>,
    weight: Option<f64>,
    paid: Option<bool>,
    status: Option<Status>,
    discount: Option<f64>,
    cancelled: Nullable<i64>,
}

object! {
    Order {
        id: required "id",
        lines: required "lines",
        labels: required "labels",
        note: optional "note",
        weight: optional "weight",
        paid: optional "paid",
        status: optional "status",
        discount: nullable "discount",
        cancelled: optional_nullable "cancelled",
    }
}

#[derive(Debug, PartialEq)]
struct Line {
    sku: String,
}

object! { Line { sku: required "sku", } }

#[derive(Debug, PartialEq)]
enum Status {
    Open,
    Shipped,
    Unknown(UnknownText),
}

string_enum! { Status { Open = "open", Shipped = "shipped", } }

/// The value as tolerant decoding reads it, written again, and what it reports.
#[track_caller]
fn tolerant<T: Decode + Encode>(text: &str) -> (String, Vec<String>) {
    let (value, deviations) = decode_tolerant::<T>(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
    let told = |deviation: &Deviation| match deviation.received() {
        Some(received) => format!("{} is {received}, not {}", deviation.path().unwrap_or("?"), deviation.expected()),
        None => format!("{} is missing", deviation.path().unwrap_or("?")),
    };
    (String::from_utf8(encode_checked(&value, &[]).unwrap()).unwrap(), deviations.iter().map(told).collect())
}

/// An order with some of its properties replaced.
fn order(replaced: &[(&str, &str)]) -> String {
    let mut properties = vec![("id", "7"), ("lines", r#"[{"sku":"a"}]"#), ("labels", "{}"), ("discount", "null")];
    for (name, value) in replaced {
        properties.retain(|(other, _)| other != name);
        if !value.is_empty() {
            properties.push((name, value));
        }
    }
    let properties: Vec<_> = properties.iter().map(|(name, value)| format!(r#""{name}":{value}"#)).collect();
    format!("{{{}}}", properties.join(","))
}

/// Asserts what becomes of an order with one property replaced: how the property is written again, and what is reported.
#[track_caller]
fn check(name: &str, received: &str, written: Option<&str>, reported: &[&str]) {
    let text = order(&[(name, received)]);
    let (json, deviations) = tolerant::<Order>(&text);
    let json: JsonValue = serde_json::from_str(&json).unwrap();
    assert_eq!(json.get(name).map(ToString::to_string).as_deref(), written, "{text}");
    assert_eq!(deviations, reported, "{text}");
    assert_eq!(decode_strict::<Order>(text.as_bytes()).is_ok(), reported.is_empty(), "{text}");
}

#[test]
fn exact_values_are_no_deviations() {
    check("id", "7", Some("7"), &[]);
    check("id", "7.0", Some("7"), &[]);
    check("status", r#""shipped""#, Some(r#""shipped""#), &[]);
    check("cancelled", "null", Some("null"), &[]);
    check("note", "", None, &[]);
}

#[test]
fn numbers_and_their_digits_stand_for_each_other() {
    check("id", r#""7""#, Some("7"), &[r#"$.id is "7", not an integer in range"#]);
    check("weight", r#""2.5""#, Some("2.5"), &[r#"$.weight is "2.5", not a number in range"#]);
    check("note", "1.50", Some(r#""1.50""#), &["$.note is 1.50, not a string"]);
}

#[test]
fn booleans_are_read_from_strings_and_digits() {
    for (received, written) in [(r#""true""#, "true"), (r#""false""#, "false"), ("1", "true"), ("0", "false")] {
        check("paid", received, Some(written), &[&format!("$.paid is {received}, not a boolean")]);
    }
}

#[test]
fn lists_are_read_from_single_values_and_from_nothing() {
    let line = r#"{"sku":"b"}"#;
    check("lines", line, Some(r#"[{"sku":"b"}]"#), &[&format!("$.lines is {line}, not an array")]);
    check("lines", "null", Some("[]"), &["$.lines is null, not an array"]);
    check("lines", "", Some("[]"), &["$.lines is missing"]);
}

#[test]
fn objects_are_read_from_empty_arrays_and_maps_from_nothing() {
    check("labels", "[]", Some("{}"), &["$.labels is [], not an object"]);
    check("labels", "null", Some("{}"), &["$.labels is null, not an object"]);
    check("labels", "", Some("{}"), &["$.labels is missing"]);
}

#[test]
fn empty_strings_and_nulls_of_optional_properties_are_absent() {
    check("weight", r#""""#, None, &[r#"$.weight is "", not a number in range"#]);
    check("paid", r#""""#, None, &[r#"$.paid is "", not a boolean"#]);
    check("weight", "null", None, &["$.weight is null, not a number in range"]);
    check("note", "null", None, &["$.note is null, not a string"]);
    check("note", r#""""#, Some(r#""""#), &[]);
    check("cancelled", r#""""#, None, &[r#"$.cancelled is "", not an integer in range"#]);
    check("discount", "", Some("null"), &["$.discount is missing"]);
}

#[test]
fn unlisted_values_are_preserved() {
    check("status", r#""lost""#, Some(r#""lost""#), &[r#"$.status is "lost", not one of `open`, `shipped`"#]);
}

#[test]
fn anything_else_is_an_error() {
    for (name, received) in [
        ("id", "7.5"),
        ("id", "null"),
        ("id", ""),
        ("id", r#""seven""#),
        ("id", r#"" 7""#),
        ("id", r#""""#),
        ("id", "true"),
        ("id", "99999999999999999999"),
        ("weight", "1e400"),
        ("weight", r#""1e400""#),
        ("weight", r#""NaN""#),
        ("paid", "2"),
        ("paid", r#""yes""#),
        ("note", "true"),
        ("note", "{}"),
        ("lines", "[1]"),
        ("lines", "7"),
        ("labels", "[1]"),
        ("labels", r#""""#),
    ] {
        let text = order(&[(name, received)]);
        assert!(decode_tolerant::<Order>(text.as_bytes()).is_err(), "{text}");
    }
}

#[test]
fn exact_decoding_converts_nothing() {
    for (name, received) in [("id", r#""7""#), ("lines", "null"), ("lines", ""), ("labels", "[]"), ("paid", "1")] {
        let text = order(&[(name, received)]);
        assert!(decode_slice::<Order>(text.as_bytes()).is_err(), "{text}");
    }
    for (name, received) in [("status", r#""lost""#), ("note", "null"), ("discount", "")] {
        let text = order(&[(name, received)]);
        assert!(decode_slice::<Order>(text.as_bytes()).is_ok(), "{text}");
    }
}

#[test]
fn all_mismatches_are_reported() {
    let text = order(&[("id", "{}"), ("lines", r#"[{"sku":1},{"sku":true},{}]"#), ("paid", r#""maybe""#)]);
    for error in [
        decode_slice::<Order>(text.as_bytes()).unwrap_err(),
        decode_tolerant::<Order>(text.as_bytes()).unwrap_err(),
        decode_strict::<Order>(text.as_bytes()).unwrap_err(),
    ] {
        let paths: Vec<String> = error.mismatches().map(crate::codec::Mismatch::path).collect();
        for path in ["$.id", "$.lines[1].sku", "$.lines[2]", "$.paid"] {
            assert!(paths.contains(&path.to_owned()), "{path} is not among {paths:?}");
        }
        assert!(error.to_string().contains("property `sku` is missing at `$.lines[2]`"), "{error}");
    }
    let error = decode_tolerant::<Order>(b"{}").unwrap_err();
    assert_eq!(error.to_string(), "property `id` is missing at `$` (byte 0)");
    for error in [decode_slice::<Order>(b"{}").unwrap_err(), decode_strict::<Order>(b"{}").unwrap_err()] {
        let messages: Vec<_> = error.mismatches().map(crate::codec::Mismatch::message).collect();
        for name in ["id", "lines", "labels"] {
            assert!(messages.contains(&format!("property `{name}` is missing").as_str()), "{messages:?}");
        }
    }
}

#[test]
fn deviations_do_not_show_what_was_received() {
    let text = order(&[("id", r#""4711""#)]);
    let (_, deviations) = decode_tolerant::<Order>(text.as_bytes()).unwrap();
    assert_eq!(deviations[0].received(), Some(r#""4711""#));
    assert_eq!(format!("{deviations:?}"), "[Deviation(expected an integer in range at `$.id`)]");
}
