//! Any bytes in, nothing out: fails unless the decoder of clients makes of them what serde_json does. For free-form JSON that is
//! what it does by itself, for generated types what it does by way of their serde traits. What was read can be written, and read
//! again as the same.

use client_runtime::JsonValue;
use serde_json::Value;

use super::unique::is_unique;

/// The bytes as a type of its own codec, and by serde.
macro_rules! agree {
    ($bytes:expr, $is_json:expr, $($ty:ty),* $(,)?) => {
        $({
            let own = client_runtime::from_json::<$ty>($bytes);
            let by_serde = serde_json::from_slice::<$ty>(without_mark($bytes));
            match (own, by_serde) {
                (Ok(own), Ok(by_serde)) => {
                    assert_eq!(own, by_serde, "{}", stringify!($ty));
                    if let Ok(text) = client_runtime::to_json(&own) {
                        let again: $ty = client_runtime::from_json(&text).expect(&text);
                        let again_by_serde: $ty = serde_json::from_str(&serde_json::to_string(&own).expect(&text)).expect(&text);
                        for again in [again, again_by_serde] {
                            let again = client_runtime::to_json(&again).expect(&text);
                            assert!(is_same(&value(&again), &value(&text)), "{}: {text}, then {again}", stringify!($ty));
                        }
                    }
                }
                (Err(_), Err(_)) => {}
                // Of what a type passes over no more is read than where it ends.
                (Ok(_), Err(_)) if !$is_json => {}
                (own, by_serde) => panic!("{}: {own:?}, but by serde {by_serde:?}", stringify!($ty)),
            }
        })*
    };
}

fn value(text: &str) -> Value {
    serde_json::from_str(text).expect(text)
}

/// Whether two values are the same, where a number is the same however it is written.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let is_there =
                |(name, value): (&String, &Value)| other.get(name).is_some_and(|other| is_same(value, other));
            one.len() == other.len() && one.iter().all(is_there)
        }
        _ => one == other,
    }
}

/// Servers begin with a byte order mark at times, which clients pass over.
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// Fails unless serde_json is of the same opinion.
pub fn agree(bytes: &[u8]) {
    let own = client_runtime::from_json::<JsonValue>(bytes);
    let right = serde_json::from_slice::<Value>(without_mark(bytes));
    assert_eq!(own.as_ref().ok(), right.as_ref().ok(), "{own:?}, but {right:?}");
    if right.is_ok() && !is_unique(without_mark(bytes)) {
        return;
    }
    agree!(
        bytes,
        right.is_ok(),
        Vec<f64>,
        Vec<String>,
        tests::all_of::types::Merged,
        tests::constraints::types::Thing,
        tests::enums::types::Holder,
        tests::formats::types::Formats,
        tests::maps::types::Open,
        tests::maps::types::Typed,
        tests::nullable::types::States,
        tests::recursion::types::Json,
        tests::recursion::types::Node,
        tests::unions::types::Mixed,
        tests::unions::types::Pet,
        tests::unions::types::Shape,
    );
}
