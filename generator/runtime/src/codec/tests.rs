//! The codec as generated code uses it: macros in, JSON text and values out.

use super::{Encode, Limit, decode_slice, decode_tolerant, encode_checked};
use crate::{DecimalNumber, JsonObject, JsonValue, Nullable, UnknownText, object, string_enum, union};

#[derive(Debug, Clone, PartialEq)]
struct Parcel {
    id: i64,
    note: Option<String>,
    weight: Option<f64>,
    cost: Nullable<DecimalNumber>,
    items: Vec<Item>,
    content: Content,
    extra: JsonObject,
}

object! {
    Parcel {
        id: required "id" [Limit::Minimum(1.0)],
        note: optional "note" [Limit::MaxLength(5), Limit::Pattern("^[a-z]*$")],
        weight: nullable "weight",
        cost: optional_nullable "cost",
        items: required "items" [Limit::MinItems(1)],
    }
    constant "kind" = "parcel";
    flatten content;
    additional extra;
}

#[derive(Debug, Clone, PartialEq)]
struct Item {
    sku: String,
}

object! { Item { sku: required "sku" [Limit::MinLength(1)], } }

#[derive(Debug, Clone, PartialEq)]
enum Content {
    Books(Books),
    Other(Other),
    Unknown(JsonValue),
}

union! {
    Content by "type" {
        Books = "books" in "settings",
        Other,
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Books {
    pages: i64,
}

object! { Books { pages: required "pages", } }

#[derive(Debug, Clone, PartialEq)]
struct Other {
    value: i64,
    extra: JsonObject,
}

object! { Other { value: required "value", } additional extra; }

#[derive(Debug, Clone, PartialEq)]
enum Color {
    Red,
    Unknown(UnknownText),
}

string_enum! { Color { Red = "red" } }

fn parcel() -> Parcel {
    Parcel {
        id: 1,
        note: None,
        weight: None,
        cost: Nullable::Absent,
        items: vec![Item { sku: "a".into() }],
        content: Content::Books(Books { pages: 3 }),
        extra: JsonObject::new(),
    }
}

#[track_caller]
fn text(value: &dyn Encode) -> String {
    String::from_utf8(encode_checked(value, &[]).unwrap()).unwrap()
}

#[track_caller]
fn violation(value: &dyn Encode) -> String {
    encode_checked(value, &[]).unwrap_err().to_string()
}

#[test]
fn object_round_trips_with_constant_flattened_and_additional_properties() {
    let json = r#"{"kind":"parcel","id":1,"note":"x","weight":2.5,"cost":49.90,"items":[{"sku":"a"}],"type":"books","settings":{"pages":3},"z":[1]}"#;
    let parcel: Parcel = decode_slice(json.as_bytes()).unwrap();
    assert_eq!(parcel.content, Content::Books(Books { pages: 3 }));
    // What the flattened union takes is seen by `additional` too, unless the union is the one to keep it.
    assert_eq!(parcel.extra.get("z"), Some(&serde_json::json!([1])));
    assert_eq!(parcel.extra.len(), 1);
    assert_eq!(text(&parcel), json);
}

#[test]
fn absent_null_and_value_are_three_things() {
    for (cost, json) in [
        (Nullable::Absent, ""),
        (Nullable::Null, r#""cost":null,"#),
        (Nullable::Value(DecimalNumber::from(7)), r#""cost":7,"#),
    ] {
        let parcel = Parcel { cost, ..parcel() };
        let expected = format!(
            r#"{{"kind":"parcel","id":1,"weight":null,{json}"items":[{{"sku":"a"}}],"type":"books","settings":{{"pages":3}}}}"#
        );
        assert_eq!(text(&parcel), expected);
        assert_eq!(decode_slice::<Parcel>(expected.as_bytes()).unwrap(), parcel);
    }
}

#[test]
fn union_without_a_tag_goes_by_fit_and_keeps_what_the_type_does_not_name() {
    let json = r#"{"kind":"parcel","id":1,"weight":null,"items":[],"type":"toys","value":4,"colour":"red"}"#;
    let parcel: Parcel = decode_slice(json.as_bytes()).unwrap();
    let Content::Other(other) = &parcel.content else { panic!("{:?}", parcel.content) };
    assert_eq!(other.value, 4);
    assert_eq!(serde_json::Value::Object(other.extra.clone()), serde_json::json!({"type": "toys", "colour": "red"}));
}

#[test]
fn union_keeps_an_unknown_variant() {
    let json = br#"{"kind":"parcel","id":1,"weight":null,"items":[],"type":"toys","settings":{"a":1}}"#;
    let parcel: Parcel = decode_slice(json).unwrap();
    assert_eq!(parcel.content, Content::Unknown(serde_json::json!({"type": "toys", "settings": {"a": 1}})));
}

#[test]
fn enumeration_keeps_an_unknown_value() {
    assert_eq!(decode_slice::<Color>(br#""red""#).unwrap(), Color::Red);
    let color: Color = decode_slice(br#""mauve""#).unwrap();
    assert_eq!((color.as_str(), text(&color)), ("mauve", r#""mauve""#.to_owned()));
}

#[test]
fn violations_name_the_innermost_place() {
    assert_eq!(violation(&Parcel { id: 0, ..parcel() }), "`$.id` is less than 1");
    assert_eq!(violation(&Parcel { items: vec![], ..parcel() }), "`$.items` has fewer than 1 item");
    let items = vec![Item { sku: "a".into() }, Item { sku: String::new() }];
    assert_eq!(violation(&Parcel { items, ..parcel() }), "`$.items[1].sku` is shorter than 1 character");
    let note = Some("A".to_owned());
    assert_eq!(violation(&Parcel { note, ..parcel() }), "`$.note` does not match the pattern `^[a-z]*$`");
    assert_eq!(
        violation(&Parcel { weight: Some(f64::NAN), ..parcel() }),
        "`$.weight` is not a number that JSON can hold"
    );
}

#[test]
fn limits_reach_into_lists() {
    let items = vec!["ok".to_owned(), "toolong".to_owned()];
    let limits: &[Limit] = &[Limit::UniqueItems, Limit::Items(&[Limit::MaxLength(3)])];
    assert_eq!(encode_checked(&items, limits).unwrap_err().to_string(), "`$[1]` is longer than 3 characters");
    let items = vec!["a".to_owned(), "a".to_owned()];
    assert_eq!(encode_checked(&items, limits).unwrap_err().to_string(), "`$` has two items that are the same");
}

#[test]
fn decode_errors_name_path_and_offset() {
    for (json, expected) in [
        (
            r#"{"id":1,"items":[{"sku":"a"},{"sku":2}]}"#,
            "expected a string, found a number at `$.items[1].sku` (byte 36)",
        ),
        (r#"{"items":[]}"#, "property `id` is missing at `$` (byte 0)"),
        (
            r#"{"id":1.5}"#,
            "`1.5` does not fit into an i64 at `$.id` (byte 6); property `items` is missing at `$` (byte 0)",
        ),
        (r#"{"id":1,"#, "EOF while parsing a value at `$` (byte 8)"),
        ("\"Unauthorized\"", "expected an object, found a string at `$` (byte 0)"),
        ("<html>", "expected a JSON value at `$` (byte 0)"),
        ("", "EOF while parsing a value at `$` (byte 0)"),
    ] {
        assert_eq!(decode_slice::<Parcel>(json.as_bytes()).unwrap_err().to_string(), expected, "{json}");
    }
    let trailing = decode_slice::<Color>(b"\"red\" x").unwrap_err();
    assert_eq!(trailing.to_string(), "trailing characters at `$` (byte 6)");
}

#[test]
fn nesting_is_bounded() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(decode_slice::<JsonValue>(deep.as_bytes()).is_err());
}

#[derive(Debug, Clone, PartialEq)]
struct Chain {
    next: Option<Box<Chain>>,
}

object! { Chain { next: optional "next", } }

#[test]
fn nesting_may_have_128_levels() {
    let nested = |depth: usize| format!("{}{}", r#"{"next":"#.repeat(depth - 1) + "{}", "}".repeat(depth - 1));
    assert!(decode_slice::<Chain>(nested(128).as_bytes()).is_ok());
    let error = decode_slice::<Chain>(nested(129).as_bytes()).unwrap_err().to_string();
    assert!(error.contains("nested deeper than 128 levels"), "{error}");
    assert!(decode_tolerant::<Chain>(nested(128).as_bytes()).is_ok());
    assert!(decode_tolerant::<Chain>(nested(129).as_bytes()).is_err());
}

#[test]
fn values_beside_each_other_are_not_nested() {
    let lists = format!("[{}[]]", "[],".repeat(500));
    assert_eq!(decode_slice::<Vec<Vec<i64>>>(lists.as_bytes()).unwrap().len(), 501);
    assert_eq!(decode_slice::<JsonValue>(lists.as_bytes()).unwrap().as_array().map(Vec::len), Some(501));
    let items = format!("[{}{{\"sku\":\"a\"}}]", "{\"sku\":\"a\"},".repeat(500));
    assert_eq!(decode_slice::<Vec<Item>>(items.as_bytes()).unwrap().len(), 501);
    let content = r#"{"type":"other","value":1,"a":[[]]}"#;
    let unions = format!("[{}{content}]", format!("{content},").repeat(200));
    assert_eq!(decode_slice::<Vec<Content>>(unions.as_bytes()).unwrap().len(), 201);
}

#[test]
fn strings_are_escaped_as_json_demands() {
    let wild = "a\"b\\c\n\r\t\u{1}\u{7f}é\u{1F600}";
    let written = text(&wild.to_owned());
    assert_eq!(serde_json::from_str::<String>(&written).unwrap(), wild);
    assert_eq!(decode_slice::<String>(written.as_bytes()).unwrap(), wild);
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    assert_eq!(decode_slice::<i64>(b"\xef\xbb\xbf 7 ").unwrap(), 7);
}

#[test]
fn integers_may_be_written_with_a_zero_fraction() {
    assert_eq!(decode_slice::<i64>(b"7.0").unwrap(), 7);
    assert_eq!(text(&7.0), "7");
    assert_eq!(text(&0.1), "0.1");
}

#[test]
fn numbers_of_free_form_json_keep_their_digits() {
    for digits in ["-9.273323260854775e20", "0.1", "1.7976931348623157e308", "18446744073709551615"] {
        let value = decode_slice::<JsonValue>(digits.as_bytes()).unwrap();
        assert_eq!(text(&value).replace("e+", "e"), digits);
    }
}
