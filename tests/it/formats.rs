//! Values through serde: as JSON they are what the codec writes, and other formats keep them.
//!
//! The types here are written by hand, one for each macro of the codec.

mod clients;
mod derived;

use std::collections::BTreeMap;
use std::fmt::Debug;

use client_runtime::codec::{Decode, Encode};
use client_runtime::{
    Date, DateTime, Decimal, DecimalNumber, JsonObject, JsonValue, Nullable, Rfc2822, Secret, UnknownInteger,
    UnknownText, from_json, integer_enum, newtype, object, string_enum, to_json, union,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

#[derive(Debug, Clone, PartialEq)]
struct Parcel {
    id: u64,
    weight: Option<f64>,
    cost: Nullable<DecimalNumber>,
    price: Option<Decimal>,
    sent: Option<DateTime>,
    day: Option<Date>,
    mailed: Option<Rfc2822>,
    key: Option<Secret>,
    color: Option<Color>,
    level: Option<Level>,
    trees: Option<Tree>,
    pair: Option<(i64, String)>,
    labels: Option<BTreeMap<String, Vec<bool>>>,
    seen: Option<i64>,
    content: Content,
    extra: JsonObject,
}

object! {
    Parcel {
        id: required "id",
        weight: nullable "weight",
        cost: optional_nullable "cost",
        price: optional "price",
        sent: optional "sent",
        day: optional "day",
        mailed: optional "mailed",
        key: optional "key",
        color: optional "color",
        level: optional "level",
        trees: optional "trees",
        pair: optional "pair",
        labels: optional "labels",
        seen: read_only "seen",
    }
    constant "kind" = "parcel";
    flatten content;
    additional extra;
}

#[derive(Debug, Clone, PartialEq)]
enum Content {
    Books(Books),
    Unknown(JsonValue),
}

union! { Content by "type" { Books = "books" in "settings", } }

#[derive(Debug, Clone, PartialEq)]
struct Books {
    pages: i64,
}

object! { Books { pages: required "pages", } }

#[derive(Debug, Clone, PartialEq)]
enum Color {
    Red,
    Unknown(UnknownText),
}

string_enum! { Color { Red = "red" } }

#[derive(Debug, Clone, Copy, PartialEq)]
enum Level {
    Low,
    Unknown(UnknownInteger),
}

integer_enum! { Level { Low = 1 } }

#[derive(Debug, Clone, PartialEq)]
struct Tree(Vec<Tree>);

newtype! { Tree }

/// A parcel with everything in it, most of which some format or other has trouble with.
const FULL: &str = r#"{"kind":"parcel","id":18446744073709551615,"weight":0.1,"cost":0.1234567890123456789012345678,"price":"49.90","sent":"2019-03-13T16:35:37.10Z","day":"2019-03-13","mailed":"Wed, 13 Mar 2019 16:35:37 +0000","key":"hush","color":"mauve","level":-9,"trees":[[],[[]]],"pair":[7,"x"],"labels":{"":[],"a b":[true]},"seen":4,"type":"toys","settings":{"deep":[null,1.0,-5]},"z":"\u0001\"é"}"#;

/// JSON, MessagePack and YAML give back what went in, and JSON is what the codec writes.
#[track_caller]
fn check<T: Encode + Decode + Serialize + DeserializeOwned + PartialEq + Debug>(json: &str) {
    let value: T = from_json(json).expect("JSON of the type");
    assert_eq!(to_json(&value).expect("a value with JSON"), json);
    assert_eq!(serde_json::to_string(&value).expect("a value with JSON"), json);
    assert_eq!(serde_json::from_str::<T>(json).expect("JSON of the type"), value);
    assert_eq!(serde_json::from_reader::<_, T>(json.as_bytes()).expect("JSON of the type"), value);
    check_packed(&value);
    let yaml = serde_yaml::to_string(&value).expect("YAML holds all that JSON does");
    assert_eq!(serde_yaml::from_str::<T>(&yaml).expect("YAML of the type"), value, "{yaml}");
}

#[track_caller]
fn check_packed<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let bytes = rmp_serde::to_vec_named(value).expect("MessagePack holds all that JSON does");
    assert_eq!(&rmp_serde::from_slice::<T>(&bytes).expect("MessagePack of the type"), value);
}

#[test]
fn objects_go_through_every_format() {
    check::<Parcel>(FULL);
    check::<Parcel>(r#"{"kind":"parcel","id":1,"weight":null,"type":"books","settings":{"pages":3}}"#);
    check::<Books>(r#"{"pages":-9223372036854775808}"#);
}

#[test]
fn absent_null_and_value_stay_apart() {
    for cost in ["", r#""cost":null,"#, r#""cost":49.90,"#] {
        check::<Parcel>(&format!(
            r#"{{"kind":"parcel","id":1,"weight":null,{cost}"type":"books","settings":{{"pages":3}}}}"#
        ));
    }
}

#[test]
fn unions_enumerations_newtypes_and_tuples_go_through_every_format() {
    check::<Content>(r#"{"type":"books","settings":{"pages":3}}"#);
    check::<Content>(r#"{"type":"toys","of":[1,"2"]}"#);
    check::<Vec<Color>>(r#"["red","mauve"]"#);
    check::<Vec<Level>>("[1,-9]");
    check::<Tree>("[[],[[]]]");
    check::<(i64, Tree)>("[7,[]]");
    check::<Vec<Books>>(r#"[{"pages":1},{"pages":2}]"#);
}

#[test]
fn values_of_the_runtime_go_through_every_format() {
    check::<Decimal>(r#""1.0000""#);
    check::<Date>(r#""2019-03-13""#);
    check::<DateTime>(r#""2019-03-13T16:35:37+01:00""#);
    check::<Rfc2822>(r#""Wed, 13 Mar 2019 16:35:37 +0000""#);
    check::<Secret>(r#""hush""#);
    check_packed(&Nullable::Value(7));
    check_packed(&Nullable::<i64>::Null);
    let Color::Unknown(text) = Color::from("mauve") else { panic!("mauve is listed") };
    check_packed(&text);
    let Level::Unknown(number) = Level::from(-9) else { panic!("-9 is listed") };
    check_packed(&number);
}

#[test]
fn numbers_stay_exact() {
    for digits in ["49.90", "5.0", "0.1234567890123456789012345678", "79228162514264337593543950335", "7"] {
        check::<DecimalNumber>(digits);
        check::<Vec<DecimalNumber>>(&format!("[{digits}]"));
    }
    check::<Floats>("[7,-0,0.1,-2.5,5e-324]");
    check::<Vec<u64>>("[0,18446744073709551615]");
}

#[test]
fn formats_without_exact_numbers_hold_them_as_text() {
    let value: DecimalNumber = "0.1234567890123456789012345678".parse().expect("a decimal");
    let yaml = serde_yaml::to_string(&value).expect("YAML of a number");
    assert_eq!(yaml.trim(), "'0.1234567890123456789012345678'");
    // The text of a number is one only where a number needs it, and never in JSON.
    assert!(serde_yaml::from_str::<Level>("'1'").is_err());
    assert!(serde_json::from_str::<DecimalNumber>("\"1\"").is_err());
    let error = serde_yaml::from_str::<DecimalNumber>("heavy").expect_err("no number");
    assert_eq!(error.to_string(), "expected a number, found a string at `$`");
}

#[test]
fn pretty_json_is_pretty() {
    let value: Books = from_json(r#"{"pages":3}"#).expect("JSON of the type");
    assert_eq!(serde_json::to_string_pretty(&value).expect("a value with JSON"), "{\n  \"pages\": 3\n}");
    let value: Vec<DecimalNumber> = from_json("[49.90]").expect("JSON of the type");
    assert_eq!(serde_json::to_string_pretty(&value).expect("a value with JSON"), "[\n  49.90\n]");
}

#[test]
fn toml_leaves_null_out() {
    let json = r#"{"kind":"parcel","id":1,"weight":null,"cost":0.5,"type":"books","settings":{"pages":3}}"#;
    let parcel: Parcel = from_json(json).expect("JSON of the type");
    let text = toml::to_string(&parcel).expect("TOML holds it but for null");
    assert_eq!(text, "kind = \"parcel\"\nid = 1\ncost = 0.5\ntype = \"books\"\n\n[settings]\npages = 3\n");
    assert_eq!(toml::from_str::<Parcel>(&text).expect("TOML of the type"), parcel);
}

#[test]
fn json_values_convert() {
    let value = serde_json::to_value(from_json::<Parcel>(FULL).expect("JSON of the type")).expect("JSON");
    assert_eq!(value["price"], "49.90");
    assert_eq!(value["id"], 18_446_744_073_709_551_615_u64);
    let books: Books = serde_json::from_value(serde_json::json!({ "pages": 3 })).expect("JSON of the type");
    assert_eq!(books, Books { pages: 3 });
}

#[test]
fn errors_name_the_place() {
    let json = r#"{"id":1,"labels":{"a b":[true,2]}}"#;
    let place = "expected a boolean, found a number at `$.labels[\"a b\"][1]`";
    assert!(from_json::<Parcel>(json).expect_err("no boolean").to_string().starts_with(place));
    let error = serde_json::from_str::<Parcel>(json).expect_err("no boolean").to_string();
    assert!(error.starts_with(place), "{error}");
    let error = serde_yaml::from_str::<Parcel>(json).expect_err("no boolean").to_string();
    assert!(error.starts_with(place), "{error}");
    let parcel = Parcel { weight: Some(f64::NAN), ..from_json(FULL).expect("JSON of the type") };
    let error = serde_yaml::to_string(&parcel).expect_err("no number").to_string();
    assert_eq!(error, "`$.weight` is not a number that JSON can hold");
    assert_eq!(parcel.to_json().expect_err("no number").to_string(), error);
}

#[test]
fn what_json_cannot_hold_is_refused() {
    let bytes = rmp_serde::to_vec(&f64::INFINITY).expect("MessagePack");
    assert!(rmp_serde::from_slice::<DecimalNumber>(&bytes).is_err());
    // 129 lists in each other.
    let mut deep = vec![0x91; 128];
    deep.push(0x90);
    let error = rmp_serde::from_slice::<Tree>(&deep).expect_err("too deep").to_string();
    assert!(error.contains("nested deeper than 128 levels"), "{error}");
    assert!(serde_json::from_str::<Books>("{\"pages\":1} 2").is_err());
}

#[test]
fn keys_that_are_no_texts_become_texts() {
    let bytes = rmp_serde::to_vec(&BTreeMap::from([(7, vec![true])])).expect("MessagePack");
    let object = rmp_serde::from_slice::<Labels>(&bytes).expect("MessagePack of the type");
    assert_eq!(object.0.get("7"), Some(&vec![true]));
}

#[derive(Debug, PartialEq)]
struct Labels(BTreeMap<String, Vec<bool>>);

newtype! { Labels }

#[derive(Debug, PartialEq)]
struct Floats(Vec<f64>);

newtype! { Floats }
