//! Values of unions are written again without loss.

#![allow(clippy::wrong_self_convention, reason = "generated code is linted as a public type")]

use crate::codec::matching::Matcher;
use crate::codec::{Decode as _, decode_strict, decode_tolerant, to_json};
use crate::{JsonValue, object, union};

#[derive(Debug, PartialEq)]
struct Car {
    name: String,
    wheels: Option<i64>,
}

object! { Car { name: required "name", wheels: optional "wheels", } }

#[derive(Debug, PartialEq)]
struct Boat {
    name: String,
    mast: Option<String>,
}

object! { Boat { name: required "name", mast: optional "mast", } }

#[derive(Debug, PartialEq)]
enum Vehicle {
    Car(Car),
    Boat(Boat),
    Unknown(JsonValue),
}

union! { Vehicle { Car, Boat, } }

#[test]
fn value_that_would_lose_a_property_of_another_alternative_is_preserved() {
    let text = r#"{"name":"Argo","wheels":"none"}"#;
    let (value, deviations) = decode_tolerant::<Vehicle>(text.as_bytes()).unwrap();
    assert!(matches!(value, Vehicle::Unknown(_)), "{value:?}");
    assert_eq!(
        (to_json(&value).unwrap(), deviations.len()),
        (text.to_owned(), 0),
        "a boat may have wheels of any kind"
    );
    assert_eq!(decode_strict::<Vehicle>(text.as_bytes()).unwrap(), value);
    let both = r#"{"name":"Argo","wheels":4,"mast":"oak"}"#;
    assert_eq!(to_json(&decode_strict::<Vehicle>(both.as_bytes()).unwrap()).unwrap(), both);
    let none_knows = decode_strict(br#"{"name":"Argo","oars":"ten"}"#);
    assert!(matches!(none_knows, Ok(Vehicle::Car(_))), "{none_knows:?}");
}

#[derive(Debug, PartialEq)]
enum Fleet {
    Vehicle(Vehicle),
    Boat(Boat),
    Unknown(JsonValue),
}

union! { Fleet { Vehicle, Boat, } }

#[derive(Debug, PartialEq)]
struct Owner {
    fleet: Fleet,
}

object! { Owner { } flatten fleet; }

#[test]
fn work_doubles_with_the_number_of_properties() {
    let steps = |count: usize| {
        let others: String = (0..count).map(|number| format!(r#","p{number}":{number}"#)).collect();
        let text = format!(r#"{{"name":"Argo","mast":"oak","wheels":4{others}}}"#);
        let mut matcher = Matcher::new(text.as_bytes()).unwrap();
        matcher.score(0, Owner::shape);
        matcher.steps()
    };
    for count in [100, 200, 400] {
        assert!(
            steps(2 * count) < 3 * steps(count),
            "{} for {count}, {} for twice as many",
            steps(count),
            steps(2 * count)
        );
    }
}
