//! Types of clients inside the derived types of users.

use std::collections::HashMap;
use std::fmt::Debug;

use client_runtime::{Date, DecimalNumber, Nullable};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Books, Color, Content, Level, check_packed};

#[track_caller]
fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(json: &str) -> T {
    let value: T = serde_json::from_str(json).expect("JSON of the type");
    assert_eq!(serde_json::to_string(&value).expect("a value with JSON"), json);
    check_packed(&value);
    let yaml = serde_yaml::to_string(&value).expect("YAML holds all that JSON does");
    assert_eq!(serde_yaml::from_str::<T>(&yaml).expect("YAML of the type"), value, "{yaml}");
    value
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Order {
    first: Books,
    #[serde(skip_serializing_if = "Option::is_none")]
    second: Option<Books>,
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    color: Nullable<Color>,
    total: DecimalNumber,
    by_day: HashMap<Date, (Level, Vec<Content>)>,
}

#[test]
fn fields() {
    let rest = r#""total":12.30,"by_day":{"2019-03-13":[1,[{"type":"books","settings":{"pages":1}},{"type":"x"}]]}"#;
    let order: Order = check(&format!(r#"{{"first":{{"pages":1}},{rest}}}"#));
    assert!(order.color.is_absent());
    let order: Order = check(&format!(r#"{{"first":{{"pages":1}},"second":{{"pages":2}},"color":null,{rest}}}"#));
    assert!(order.color.is_null());
    let order: Order = check(&format!(r#"{{"first":{{"pages":1}},"color":"red",{rest}}}"#));
    assert_eq!(order.color, Nullable::Value(Color::Red));
    let error = serde_json::from_str::<Order>("{}").expect_err("nothing is there").to_string();
    assert!(error.starts_with("missing field `first`"), "{error}");
}

#[test]
fn absent_value_that_is_not_skipped_is_told() {
    let error = serde_json::to_string(&Nullable::<i64>::Absent).expect_err("there is no value").to_string();
    assert!(error.contains("skip_serializing_if"), "{error}");
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Flat {
    id: i64,
    #[serde(flatten)]
    content: Content,
    #[serde(flatten)]
    books: Option<Books>,
}

#[test]
fn flattened() {
    let flat: Flat = check(r#"{"id":7,"type":"books","settings":{"pages":3},"pages":4}"#);
    assert_eq!((flat.content, flat.books), (Content::Books(Books { pages: 3 }), Some(Books { pages: 4 })));
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
enum Tagged {
    Printed(Books),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Either {
    Books(Books),
    Level(Level),
    Prices(Vec<DecimalNumber>),
}

#[test]
fn variants() {
    check::<Tagged>(r#"{"event":"printed","pages":3}"#);
    check::<Vec<Either>>(r#"[{"pages":3},1,[0.5,7]]"#);
}
