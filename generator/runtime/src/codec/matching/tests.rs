//! The rules of the module, each by the values that it is about.

use super::Matcher;
use crate::codec::{Decode, Deviation, Encode, decode_slice, decode_strict, decode_tolerant, encode_checked};
use crate::{
    Date, DateTime, DecimalNumber, JsonObject, JsonValue, Nullable, UnknownInteger, UnknownText, integer_enum, newtype,
    object, string_enum, union,
};

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
        let paths: Vec<String> = error.mismatches().map(super::super::Mismatch::path).collect();
        for path in ["$.id", "$.lines[1].sku", "$.lines[2]", "$.paid"] {
            assert!(paths.contains(&path.to_owned()), "{path} is not among {paths:?}");
        }
        assert!(error.to_string().contains("property `sku` is missing at `$.lines[2]`"), "{error}");
    }
}

#[test]
fn deviations_do_not_show_what_was_received() {
    let text = order(&[("id", r#""4711""#)]);
    let (_, deviations) = decode_tolerant::<Order>(text.as_bytes()).unwrap();
    assert_eq!(deviations[0].received(), Some(r#""4711""#));
    assert_eq!(format!("{deviations:?}"), "[Deviation(expected an integer in range at `$.id`)]");
}

#[derive(Debug, PartialEq)]
struct Cat {
    lives: i64,
}

object! { Cat { lives: required "lives", } constant "kind" = "cat"; }

#[derive(Debug, PartialEq)]
struct Dog {
    name: Option<String>,
}

object! { Dog { name: optional "name", } }

#[derive(Debug, PartialEq)]
enum Pet {
    Cat(Cat),
    Dog(Dog),
    Unknown(JsonValue),
}

union! {
    Pet by "kind" {
        Cat = "cat" | "lion",
        Dog = "dog" beside "kind",
    }
}

#[test]
fn received_tag_decides_and_is_written_again() {
    let dog = r#"{"kind":"dog","name":"Rex"}"#;
    assert_eq!(tolerant::<Pet>(dog), (dog.to_owned(), Vec::new()));
    assert!(matches!(decode_slice(dog.as_bytes()), Ok(Pet::Dog(_))));
    let late = r#"{"lives":9,"list":[[1]],"kind":"cat"}"#;
    assert!(matches!(decode_slice(late.as_bytes()), Ok(Pet::Cat(_))));
    // Only the other alternative would match.
    assert!(decode_tolerant::<Pet>(br#"{"kind":"cat","name":"Tom"}"#).is_err());
    let (json, deviations) = tolerant::<Pet>(r#"{"kind":"cat","lives":"9"}"#);
    assert_eq!(json, r#"{"kind":"cat","lives":9}"#);
    assert_eq!(deviations, [r#"$.lives is "9", not an integer in range"#]);
}

#[test]
fn tag_of_no_variant_is_unknown() {
    let bird = r#"{"kind":"bird","lives":1}"#;
    let (json, deviations) = tolerant::<Pet>(bird);
    assert_eq!(json, bird);
    assert_eq!(deviations, [format!("$ is {bird}, not one of the documented alternatives")]);
    assert!(decode_strict::<Pet>(bird.as_bytes()).is_err());
}

#[derive(Debug, PartialEq)]
enum Level {
    Low(Low),
    High(High),
    Unknown(JsonValue),
}

union! { Level by "level" { Low = 1, High = 2 beside "level", } }

#[derive(Debug, PartialEq)]
struct Low {
    level: i64,
}

object! { Low { level: required "level", } }

#[derive(Debug, PartialEq)]
struct High {
    top: bool,
}

object! { High { top: required "top", } }

#[test]
fn tags_may_be_numbers() {
    for text in [r#"{"level":1}"#, r#"{"level":2,"top":true}"#] {
        assert_eq!(tolerant::<Level>(text), (text.to_owned(), Vec::new()));
    }
    assert!(matches!(decode_slice(br#"{"level":2,"top":true}"#), Ok(Level::High(_))));
    assert!(matches!(decode_slice(br#"{"level":3,"top":true}"#), Ok(Level::Unknown(_))));
}

#[derive(Debug, PartialEq)]
struct A {
    kind: Option<OnlyA>,
    v: Option<String>,
}

object! { A { kind: optional "kind", v: optional "v", } }

#[derive(Debug, PartialEq)]
struct B {
    kind: Option<OnlyB>,
    v: Option<String>,
}

object! { B { kind: optional "kind", v: optional "v", } }

#[derive(Debug, PartialEq)]
enum OnlyA {
    A,
    Unknown(UnknownText),
}

string_enum! { OnlyA { A = "a", } }

#[derive(Debug, PartialEq)]
enum OnlyB {
    B,
    Unknown(UnknownText),
}

string_enum! { OnlyB { B = "b", } }

#[derive(Debug, PartialEq)]
enum Either {
    A(A),
    B(B),
    Unknown(JsonValue),
}

union! { Either { A, B, } }

#[test]
fn contradicted_constants_rule_an_alternative_out_while_another_fits() {
    assert!(matches!(decode_slice(br#"{"kind":"b"}"#), Ok(Either::B(_))));
    assert!(matches!(decode_slice(br#"{"v":"x"}"#), Ok(Either::A(_))));
    // Not exactly a B, but no A at all.
    let (json, deviations) = tolerant::<Either>(r#"{"kind":"b","v":5}"#);
    assert_eq!((json.as_str(), deviations.len()), (r#"{"kind":"b","v":"5"}"#, 1));
    let neither = r#"{"kind":"c"}"#;
    assert_eq!(tolerant::<Either>(neither).0, neither);
    assert!(matches!(decode_slice(neither.as_bytes()), Ok(Either::Unknown(_))));
}

#[derive(Debug, PartialEq)]
enum Value {
    Boolean(bool),
    Integer(i64),
    Number(f64),
    Text(String),
    Integers(Vec<i64>),
    Numbers(Vec<f64>),
    Texts(Vec<String>),
    Unknown(JsonValue),
}

union! { Value { Boolean, Integer, Number, Text, Integers, Numbers, Texts, } }

#[test]
fn integers_and_numbers_are_told_apart_both_ways() {
    for text in ["true", "2", "2.0", "2.5", r#""2""#, "[1,2]", "[1.0,2.5]", "[1.0,2.0]", r#"["a"]"#, "[]"] {
        assert_eq!(tolerant::<Value>(text), (text.to_owned(), Vec::new()));
    }
    assert_eq!(decode_slice::<Value>(b"2.0").unwrap(), Value::Number(2.0));
    assert_eq!(decode_slice::<Value>(b"2").unwrap(), Value::Integer(2));
    assert_eq!(decode_slice::<Value>(b"[1,2.5]").unwrap(), Value::Numbers(vec![1.0, 2.5]));
    assert_eq!(decode_slice::<Value>(b"1e2").unwrap(), Value::Number(100.0));
}

#[test]
fn integer_alternative_refuses_fractions() {
    #[derive(Debug, PartialEq)]
    enum Count {
        Integer(i64),
        Text(String),
        Unknown(JsonValue),
    }
    union! { Count { Integer, Text, } }
    let value: Count = decode_slice(b"2.5").unwrap();
    assert!(matches!(value, Count::Unknown(_)), "{value:?}");
    // One alternative takes its digits.
    let (value, deviations) = decode_tolerant::<Count>(b"2.5").unwrap();
    assert_eq!((value, deviations.len()), (Count::Text("2.5".to_owned()), 1));
    assert_eq!(decode_slice::<Count>(b"2.0").unwrap(), Count::Integer(2));
}

#[derive(Debug, PartialEq)]
enum Moment {
    Time(DateTime),
    Day(Date),
    Text(String),
    Unknown(JsonValue),
}

union! { Moment { Time, Day, Text, } }

#[derive(Debug, PartialEq)]
struct Point {
    x: DecimalNumber,
    y: Option<DecimalNumber>,
}

object! { Point { x: required "x", y: optional "y", } }

#[derive(Debug, PartialEq)]
enum Place {
    Point(Point),
    Named(Line),
    Any(JsonValue),
    Unknown(JsonValue),
}

union! { Place { Point, Named, Any, } }

#[test]
fn of_several_matching_alternatives_the_most_specific_wins() {
    assert!(matches!(decode_slice(br#""2019-03-13""#), Ok(Moment::Day(_))));
    assert!(matches!(decode_slice(br#""2019-03-13T16:35:37Z""#), Ok(Moment::Time(_))));
    assert!(matches!(decode_slice(br#""soon""#), Ok(Moment::Text(_))));
    assert!(matches!(decode_slice(br#"{"x":1,"new":2}"#), Ok(Place::Point(_))));
    assert!(matches!(decode_slice(br#"{"sku":"a"}"#), Ok(Place::Named(_))));
    assert!(matches!(decode_slice(br#"{"z":1}"#), Ok(Place::Any(_))));
}

#[derive(Debug, PartialEq)]
struct Tree(Vec<Tree>);

newtype! { Tree }

#[test]
fn type_that_contains_itself_ends() {
    assert_eq!(decode_tolerant::<Tree>(b"[[],[[]]]").unwrap().0.0.len(), 2);
    assert!(decode_tolerant::<Tree>(b"5").is_err());
    assert_eq!(decode_tolerant::<Tree>(b"[null]").unwrap().1.len(), 1);
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Rank {
    First,
    Second,
    Unknown(UnknownInteger),
}

integer_enum! { Rank { First = 1, Second = 2, } }

#[test]
fn enumerations_of_integers_are_open() {
    assert_eq!(tolerant::<Rank>("2"), ("2".to_owned(), Vec::new()));
    assert_eq!(tolerant::<Rank>("3").1, ["$ is 3, not one of `1`, `2`"]);
    assert_eq!(tolerant::<Rank>(r#""2""#).1, [r#"$ is "2", not one of `1`, `2`"#]);
    assert!(decode_tolerant::<Rank>(b"2.5").is_err());
}

#[test]
fn enumeration_that_allows_others_reports_none() {
    #[derive(Debug, PartialEq)]
    enum Size {
        Small,
        Unknown(UnknownText),
    }
    string_enum! { Size { Small = "small", } any }
    assert_eq!(tolerant::<Size>(r#""huge""#), (r#""huge""#.to_owned(), Vec::new()));
}

macro_rules! links {
    ($($link:ident $name:literal)*) => {$(
        #[derive(Debug, PartialEq)]
        struct $link {
            value: f64,
            next: Option<Box<Chain>>,
        }
        object! { $link { value: required "value", next: optional $name, } }
    )*};
}

links! { Left "next" Middle "next" Right "next" }

#[derive(Debug, PartialEq)]
enum Chain {
    Left(Left),
    Middle(Middle),
    Right(Right),
    Unknown(JsonValue),
}

union! { Chain { Left, Middle, Right, } }

fn chain(depth: usize, innermost: &str) -> String {
    let open = r#"{"value":1,"next":"#.repeat(depth);
    format!(r#"{open}{{"value":{innermost}}}{}"#, "}".repeat(depth))
}

fn steps<T: Decode>(text: &str) -> u64 {
    let mut matcher = Matcher::new(text.as_bytes()).unwrap();
    matcher.issues(T::shape, 1000);
    matcher.steps()
}

#[test]
fn work_doubles_with_the_depth_and_with_the_length() {
    for innermost in ["1", "1e400", "true"] {
        let counted: Vec<u64> = [8, 16, 32, 64].map(|depth| steps::<Chain>(&chain(depth, innermost))).to_vec();
        for pair in counted.windows(2) {
            assert!(pair[1] <= 2 * pair[0] + 20, "{innermost}: {counted:?}");
        }
        let list = |count: usize| format!("[{}]", vec![chain(2, innermost); count].join(","));
        let counted: Vec<u64> = [10, 20, 40, 80].map(|count| steps::<Vec<Chain>>(&list(count))).to_vec();
        for pair in counted.windows(2) {
            assert!(pair[1] <= 2 * pair[0] + 20, "{innermost}: {counted:?}");
        }
    }
}

#[test]
fn number_out_of_range_is_reported_at_its_place() {
    let text = chain(60, "1e400");
    let error = decode_tolerant::<Chain>(text.as_bytes()).unwrap_err();
    assert_eq!(error.path(), format!("${}.value", ".next".repeat(60)));
    assert_eq!(error.mismatches().count(), 1, "{error}");
}
