//! Which alternative a value is read as, and what is written again: the types of `fixtures/ok/alternatives.yaml`.

use client_runtime::codec::{Decode, Encode, decode_strict, decode_tolerant};
use client_runtime::{JsonValue, Nullable, from_json, to_json};
use tests::alternatives::types::{
    Access, Action, Area, Bike, Code, Garage, Level, Member, Notices, Only, Reply, Size, Spare, Step, Tanker, Timeout,
    TimeoutAfter, Value, Vehicle, VehicleBase,
};

/// Asserts that a value is exactly as documented and is written again as it was; returns it.
#[track_caller]
fn check<T: Decode + Encode>(text: &str) -> T {
    let value: T = decode_strict(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(json(&to_json(&value).unwrap()), json(text));
    value
}

/// Asserts that a value is not as documented, that reading it says so, and that it is written again as it was; returns it.
#[track_caller]
fn check_preserved<T: Decode + Encode>(text: &str) -> T {
    assert!(decode_strict::<T>(text.as_bytes()).is_err(), "{text}");
    let (value, deviations) = decode_tolerant::<T>(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert!(!deviations.is_empty(), "{text}");
    assert_eq!(json(&to_json(&value).unwrap()), json(text));
    let exact: T = from_json(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(json(&to_json(&exact).unwrap()), json(text));
    value
}

#[track_caller]
fn json(text: &str) -> JsonValue {
    serde_json::from_str(text).unwrap()
}

#[test]
fn base_is_any_of_the_schemas_that_include_it() {
    let bike: Vehicle = check(r#"{"type":"bike","wheels":2,"bell":true}"#);
    assert!(matches!(bike, Vehicle::Bike(Bike { bell: Some(true), .. })), "{bike:?}");
    let tanker: Vehicle = check(r#"{"type":"Tanker","wheels":10,"load":1.5,"litres":9000}"#);
    assert!(matches!(tanker, Vehicle::Tanker(Tanker { litres: 9000, .. })), "{tanker:?}");
    // A schema that includes the base and adds nothing, a base in between, and the base itself.
    assert!(matches!(check(r#"{"type":"Van","wheels":4}"#), Vehicle::Van(_)));
    assert!(matches!(check(r#"{"type":"Truck","wheels":6,"load":2.5}"#), Vehicle::Truck(_)));
    assert!(matches!(check(r#"{"type":"Vehicle","wheels":1}"#), Vehicle::Vehicle(VehicleBase { wheels: 1, .. })));
    let hovercraft: Vehicle = check_preserved(r#"{"type":"hovercraft","wheels":0,"skirt":{"torn":false}}"#);
    assert!(matches!(hovercraft, Vehicle::Unknown(_)), "{hovercraft:?}");
    check::<Garage>(r#"{"truck":{"type":"Tanker","wheels":10,"litres":1},"any":{"type":"bike","wheels":2}}"#);
}

#[test]
fn variants_of_a_base_are_sent_with_their_tag() {
    let bike = Vehicle::Bike(Bike::new(2));
    assert_eq!(to_json(&bike).unwrap(), r#"{"type":"bike","wheels":2}"#);
}

#[test]
fn constant_that_may_be_missing_tells_alternatives_apart() {
    assert!(matches!(check(r#"{"kind":"stop","note":"x"}"#), Action::Stop(_)));
    assert!(matches!(check(r#"{"kind":"start"}"#), Action::Start(_)));
    assert!(matches!(check(r#"{"note":"x"}"#), Action::Start(_)));
    assert!(matches!(check_preserved(r#"{"kind":"pause"}"#), Action::Unknown(_)));
    // Here only one of the alternatives has the constant.
    assert!(matches!(from_json(r#"{"kind":"walk","command":"go"}"#), Ok(Step::Run(_))));
    assert!(matches!(check(r#"{"kind":"wait","seconds":3}"#), Step::Wait(_)));
}

#[test]
fn enumerations_written_as_alternatives_are_open() {
    assert_eq!(check::<Size>(r#""s""#), Size::S);
    assert_eq!(check::<Size>(r#""l""#), Size::L);
    assert!(matches!(check_preserved(r#""m""#), Size::Unknown(_)));
    assert_eq!(check::<Level>("2"), Level::Value2);
    assert!(matches!(check_preserved("3"), Level::Unknown(_)));
}

#[test]
fn values_of_a_tag_are_preserved() {
    for role in ["boss", "clerk"] {
        let text = format!(r#"{{"role":"{role}","desk":7}}"#);
        assert!(matches!(check(&text), Member::Staff(_)), "{role}");
    }
    assert!(matches!(check(r#"{"role":"guest"}"#), Member::Guest(_)));
    assert!(matches!(check_preserved(r#"{"role":"k9"}"#), Member::Unknown(_)));
    check::<Only>(r#"{"kind":"only","id":1}"#);
    let other: Only = check_preserved(r#"{"kind":"other","id":1}"#);
    assert_eq!(other.kind, "other");
    check::<Spare>(r#"{"kind":"spare"}"#);
    check_preserved::<Spare>(r#"{"kind":"other"}"#);
}

#[test]
fn several_values_of_a_tag_are_variants_of_their_own() {
    assert!(matches!(check(r#"{"type":"READER","id":"a"}"#), Access::Fixed(_)));
    assert!(matches!(check(r#"{"type":"OWN","label":"a"}"#), Access::Own(_)));
    assert!(matches!(check(r#"{"type":"FLOW","label":"a"}"#), Access::Flow(_)));
    assert!(matches!(check(r#"{"type":"OWN_ACCESS","label":"a"}"#), Access::OwnAccess(_)));
}

#[test]
fn tags_and_constants_may_be_numbers_and_booleans() {
    assert!(matches!(check(r#"{"kind":1,"crop":"rye"}"#), Area::Field(_)));
    assert!(matches!(check(r#"{"kind":2,"depth":3.5}"#), Area::Lake(_)));
    assert!(matches!(check_preserved(r#"{"kind":3,"depth":3.5}"#), Area::Unknown(_)));
    let code: Code = check_preserved(r#"{"version":4,"open":false}"#);
    assert_eq!(code.version, 4);
    check::<Code>(r#"{"version":3,"open":true}"#);
}

#[test]
fn constants_among_scalars_are_compared() {
    assert!(matches!(check::<Timeout>(r#"{"after":false,"until":null}"#).after, TimeoutAfter::Boolean(false)));
    check::<Timeout>(r#"{"after":30,"until":null}"#);
    let always: Timeout = check_preserved(r#"{"after":true,"until":null}"#);
    assert!(matches!(always.after, TimeoutAfter::Boolean(true)), "{always:?}");
    check::<Timeout>(r#"{"after":1,"until":null,"plan":{"off":true}}"#);
    check_preserved::<Timeout>(r#"{"after":1,"until":null,"plan":{"off":false}}"#);
    let text = r#"{"after":1,"until":null,"done":{"ok":"true","at":"noon"}}"#;
    let (_, deviations) = decode_tolerant::<Timeout>(text.as_bytes()).unwrap();
    assert_eq!(format!("{deviations:?}"), "[Deviation(expected `true` at `$.done.ok`)]");
}

#[test]
fn null_is_one_of_several_alternatives_or_the_only_value() {
    let timeout: Timeout = check(r#"{"after":1,"until":null,"retry":null,"reason":null}"#);
    assert_eq!((&timeout.retry, timeout.reason, timeout.until), (&Nullable::Null, Some(()), ()));
    assert_eq!(check::<Timeout>(r#"{"after":1,"until":null}"#).reason, None);
    for text in [r#"{"after":1,"until":3}"#, r#"{"after":1}"#, r#"{"after":1,"until":null,"reason":{}}"#] {
        assert!(from_json::<Timeout>(text).is_err(), "{text}");
    }
}

#[test]
fn numbers_and_integers_stay_apart() {
    for text in ["2", "2.0", "2.5", "[1,2]", "[1.0,2.5]", "[1.0,2.0]", r#""2""#] {
        assert_eq!(to_json(&check::<Value>(text)).unwrap(), text);
    }
    assert!(matches!(from_json("[1,2.5]"), Ok(Value::ListVariant(numbers)) if numbers == [1.0, 2.5]));
}

#[test]
fn constructors_set_constants() {
    assert_eq!(to_json(&Reply::new("hi")).unwrap(), r#"{"object":"reply","text":"hi"}"#);
    let notices: Notices = check(r#"{"plain":{"kind":"only","id":1},"code":{"version":3}}"#);
    assert_eq!(notices.code.unwrap().version, 3);
}
