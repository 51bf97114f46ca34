//! The decoder of clients and serde_json read the same text, which is JSON or nearly so, always the same way.
//!
//! `MUTATIONS=100000` tries more texts than the few of each run.

mod agree;
mod unique;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Map, Value, json};

use self::agree::agree;

/// How many texts are tried.
const CASES: u32 = 2_000;

/// The properties of the types that are read, and one that none of them has.
const NAMES: &[&str] = &[
    "kind",
    "lives",
    "tricks",
    "radius",
    "width",
    "height",
    "is_square",
    "required",
    "nullable",
    "optional",
    "optional_nullable",
    "items",
    "values",
    "value",
    "next",
    "children",
    "named",
    "id",
    "other",
];

fn scalar() -> impl Strategy<Value = Value> {
    let numbers = [json!(0), json!(-1), json!(1.5), json!(7.0), json!(1e300), json!(u64::MAX), json!(i64::MIN)];
    let texts = ["", "cat", "dog", "2019-03-13", "2019-03-13T16:35:37Z", "12.50", "\u{0}\u{1f680}\\\"", "carrier_7"];
    let others = [Value::Null, json!(true), json!(false)];
    let all = numbers.into_iter().chain(texts.map(Value::from)).chain(others).collect::<Vec<_>>();
    prop::sample::select(all)
}

fn value() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(4, 24, 5, |inner| {
        let name = prop::sample::select(NAMES.to_vec());
        let object = prop::collection::vec((name, inner.clone()), 0..5);
        let object = object.prop_map(|entries| {
            Value::Object(entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
        });
        prop_oneof![prop::collection::vec(inner, 0..4).prop_map(Value::Array), object]
    })
}

/// A text, and which of its bytes become others.
fn text() -> impl Strategy<Value = Vec<u8>> {
    let edit = (any::<prop::sample::Index>(), prop::sample::select(b"{}[]\",:\\0129.-+eEutn \xff".to_vec()));
    (value(), prop::collection::vec(edit, 0..3)).prop_map(|(value, edits)| {
        let mut bytes = value.to_string().into_bytes();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes
    })
}

#[test]
fn serde_json_reads_the_same() {
    let cases = std::env::var("MUTATIONS").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES);
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new_with_rng(config, rng).run(&text(), |text| {
        agree(&text);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn what_was_found_before_stays_mended() {
    let texts: [&[u8]; 7] = [
        b"10e5",
        b"[1,null,-927332326085477585807]",
        b"[1.0e-5,-0,1201400]",
        b"1e-400",
        b"800e9",
        b"{\"reqionals\":{\"a\":null,\"b\":\"x\xc5\xc5\"}}",
        b"{\"kind\":\"do*\", \"kind\":\"dog\", \"tricks\":[]}",
    ];
    texts.into_iter().for_each(agree);
}
