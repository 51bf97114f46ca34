//! Documents that nobody would write: those of `fixtures/ok` with a few things in them put out of order, always the same way.
//! Whatever comes of them, the generator says it, and neither panics nor goes on for ever.
//!
//! `MUTATIONS=1000` tries more of them than the few of each run.

use std::panic::{AssertUnwindSafe, catch_unwind};

use generator::{Detail, Format, Palette, Root, Source};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use serde_json::{Map, Value, json};

use crate::fixtures::source;

/// How many documents are made of each fixture.
const CASES: u32 = 6;

/// One thing that is put out of order: what, where, and which of its kinds.
type Mutation = (Kind, u32, u32);

#[derive(Clone, Copy, Debug)]
enum Kind {
    Remove,
    Replace,
    CopyOf,
    Reference,
    Rename,
    Bury,
    Repeat,
}

fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
    use Kind::{Bury, CopyOf, Reference, Remove, Rename, Repeat, Replace};
    let kind = prop::sample::select(vec![Remove, Replace, CopyOf, Reference, Rename, Bury, Repeat]);
    prop::collection::vec((kind, any::<u32>(), any::<u32>()), 1..6)
}

/// Where every node is.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    let child = |token: &str| format!("{at}/{}", token.replace('~', "~0").replace('/', "~1"));
    match value {
        Value::Object(map) => map.iter().for_each(|(name, value)| pointers(value, &child(name), found)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, value)| pointers(value, &child(&index.to_string()), found));
        }
        _ => {}
    }
}

/// Values that seldom stand where they are put.
fn odd(which: u32) -> Value {
    let values = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(u64::MAX),
        json!(1e308),
        json!(0.1),
        json!(""),
        json!("\u{0}"),
        json!("string"),
        json!("../../etc"),
        json!("{a}{b"),
        json!("#/components/schemas/"),
        json!("🚀 r#type"),
        json!("x".repeat(5000)),
        json!([]),
        json!([[]]),
        json!([null]),
        json!({}),
        json!({ "": {} }),
        json!({ "type": "object", "properties": { "": {}, "a": {}, "A": {}, "a-": {} } }),
        json!({ "oneOf": [{}, {}], "allOf": [{}], "not": {} }),
    ];
    values[which as usize % values.len()].clone()
}

/// So deep that no reader who goes down for every step gets up again.
fn buried(value: Value, which: u32) -> Value {
    let keywords = ["items", "allOf", "properties", "additionalProperties"];
    let keyword = keywords[which as usize % keywords.len()];
    (0..which % 90).fold(value, |inner, _| match keyword {
        "allOf" => json!({ "allOf": [inner] }),
        "properties" => json!({ "type": "object", "properties": { "p": inner } }),
        other => json!({ other: inner }),
    })
}

fn mutate(document: &mut Value, (kind, at, which): Mutation) {
    let mut all = Vec::new();
    pointers(document, "", &mut all);
    let pointer = all[at as usize % all.len()].clone();
    let other = all[which as usize % all.len()].clone();
    let copy = document.pointer(&other).cloned().unwrap_or_default();
    let Some(node) = document.pointer_mut(&pointer) else { return };
    match kind {
        Kind::Replace => *node = odd(which),
        Kind::CopyOf => *node = copy,
        Kind::Reference => *node = json!({ "$ref": format!("#{other}") }),
        Kind::Bury => *node = buried(node.take(), which),
        Kind::Remove | Kind::Rename | Kind::Repeat => match node {
            Value::Object(map) => change_property(map, kind, which),
            Value::Array(items) => change_item(items, kind, which),
            _ => {}
        },
    }
}

fn change_property(map: &mut Map<String, Value>, kind: Kind, which: u32) {
    let Some(name) = map.keys().nth(which as usize % map.len().max(1)).cloned() else { return };
    let value = map.remove(&name).unwrap_or_default();
    let names = ["", "\u{0}", "type", "Self", "r#fn", "🚀", "a/b~c%25", "{x}", "default", "$ref", "client"];
    let odd = names[which as usize % names.len()].to_owned();
    match kind {
        Kind::Rename => drop(map.insert(odd, value)),
        Kind::Repeat => {
            map.insert(name.to_uppercase(), value.clone());
            map.insert(format!("{name}_"), value.clone());
            map.insert(name, value);
        }
        _ => {}
    }
}

fn change_item(items: &mut Vec<Value>, kind: Kind, which: u32) {
    if items.is_empty() {
        return;
    }
    let index = which as usize % items.len();
    match kind {
        Kind::Remove => drop(items.remove(index)),
        _ => items.extend(vec![items[index].clone(); 3]),
    }
}

/// Generates, and renders what is said in every form.
fn survives(source: &Source) -> Result<(), String> {
    let root = Root::Crate { crate_name: "client".to_owned() };
    let run = || {
        let report = match generator::generate(source, &root) {
            Ok(output) => output.warnings,
            Err(report) => report,
        };
        for format in [Format::Human(Detail::Grouped, Palette::Plain), Format::Json, Format::GitHub] {
            report.render(source, format);
        }
    };
    catch_unwind(AssertUnwindSafe(run)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        text.unwrap_or("a panic").to_owned()
    })
}

#[test]
fn documents_that_are_out_of_order_are_survived() {
    let cases = std::env::var("MUTATIONS").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES);
    insta::glob!("../fixtures/ok", "*.*", |path| {
        let source = source(path);
        let Ok(document) = generator::effective(&source) else { return };
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
        let config = Config { cases, failure_persistence: None, ..Config::default() };
        let outcome = TestRunner::new_with_rng(config, rng).run(&mutations(), |mutations| {
            let mut document = document.clone();
            mutations.into_iter().for_each(|mutation| mutate(&mut document, mutation));
            let source = Source { text: document.to_string(), name: "mutated.json".to_owned(), ..source.clone() };
            survives(&source).map_err(|panic| TestCaseError::fail(format!("{panic}\n{}", source.text)))
        });
        if let Err(error) = outcome {
            panic!("{}: {error}", path.display());
        }
    });
}
