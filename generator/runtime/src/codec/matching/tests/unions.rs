//! Which variant of a union is chosen, and that the work is linear.

#![allow(clippy::wrong_self_convention, reason = "generated code is linted as a public type")]

use super::{Line, tolerant};
use crate::codec::matching::Matcher;
use crate::codec::{Decode, decode_slice, decode_strict, decode_tolerant};
use crate::{
    Date, DateTime, DecimalNumber, JsonValue, UnknownInteger, UnknownText, integer_enum, newtype, object, string_enum,
    union,
};

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

#[derive(Debug, PartialEq)]
enum Nested {
    Text(String),
    List(Vec<Nested>),
    Unknown(JsonValue),
}

union! { Nested { Text, List, } }

#[test]
fn union_of_lists_of_itself_ends() {
    for text in ["true", "{}", "[true]", "null"] {
        let (value, deviations) = decode_tolerant::<Nested>(text.as_bytes()).unwrap();
        assert!(!deviations.is_empty(), "{text}: {value:?}");
    }
    assert!(matches!(decode_tolerant::<Nested>(b"true"), Ok((Nested::Unknown(_), _))));
    assert!(decode_tolerant::<Vec<Nested>>(b"true").is_err());
}

#[derive(Debug, PartialEq)]
struct Any {
    kind: String,
    lives: Option<JsonValue>,
}

object! { Any { kind: required "kind", lives: optional_json "lives", } }

#[derive(Debug, PartialEq)]
enum Hinted {
    Cat(Cat),
    Any(Any),
    Unknown(JsonValue),
}

union! { Hinted hinted by "kind" { Cat = "cat", Any, } }

#[test]
fn constant_of_some_variants_leaves_the_others_a_chance() {
    assert!(matches!(decode_slice(br#"{"kind":"cat","lives":9}"#), Ok(Hinted::Cat(Cat { lives: 9 }))));
    assert!(matches!(decode_slice(br#"{"kind":"dog"}"#), Ok(Hinted::Any(_))));
    // Only the other alternative matches.
    let text = r#"{"kind":"cat","lives":"nine"}"#;
    assert_eq!(tolerant::<Hinted>(text), (text.to_owned(), Vec::new()));
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
