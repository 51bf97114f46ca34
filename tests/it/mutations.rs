//! Documents and overlays that nobody would write: those of `fixtures/` with a few things in them put out of order, always the
//! same way, in both syntaxes.
//! Whatever comes of them, the generator says it, and neither panics nor goes on for ever.
//!
//! `MUTATIONS=1000` tries more of them than the few of each run.

mod mutate;
mod parts;

use std::panic::{AssertUnwindSafe, catch_unwind};

use generator::{Detail, Format, Overlay, Palette, Root, Source};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use serde_json::Value;

use self::mutate::{Mutation, mutate};
use crate::fixtures::source;

/// How many documents are made of each fixture.
const CASES: u32 = 6;

fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
    let mutation =
        (any::<u8>(), any::<u32>(), any::<u32>()).prop_map(|(kind, at, which)| Mutation::new(kind, at, which));
    prop::collection::vec(mutation, 1..6)
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

/// Puts each of the values out of order, in as many ways as are wanted, and fails if that is not survived.
fn put_out_of_order(name: &str, value: &Value, source_of: impl Fn(&Value, bool) -> Source) {
    let cases = std::env::var("MUTATIONS").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES);
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new_with_rng(config, rng).run(&mutations(), |mutations| {
        let mut value = value.clone();
        let is_yaml = mutations.len() % 2 == 0;
        mutations.into_iter().for_each(|mutation| mutate(&mut value, mutation));
        survives(&source_of(&value, is_yaml)).map_err(|panic| TestCaseError::fail(format!("{panic}\n{value}")))
    });
    if let Err(error) = outcome {
        panic!("{name}: {error}");
    }
}

/// A value in one of the two syntaxes, under a name that tells which.
fn written(value: &Value, is_yaml: bool) -> (String, String) {
    match generator::to_yaml(value) {
        Ok(text) if is_yaml => ("mutated.yaml".to_owned(), text),
        _ => ("mutated.json".to_owned(), value.to_string()),
    }
}

#[test]
fn documents_that_are_out_of_order_are_survived() {
    insta::glob!("../fixtures/ok", "*.*", |path| {
        let source = source(path);
        let Ok(document) = generator::effective(&source) else { return };
        put_out_of_order(&path.display().to_string(), &document, |document, is_yaml| {
            let (name, text) = written(document, is_yaml);
            Source { name, text, ..source.clone() }
        });
    });
}

#[test]
fn overlays_that_are_out_of_order_are_survived() {
    let document = source(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/ok/unions.yaml").as_ref());
    insta::glob!("../fixtures", "{overlays,vendors}/*.yaml", |path| {
        let text = std::fs::read_to_string(path).expect("a fixture can be read");
        let Ok(overlay) = serde_yaml::from_str::<Value>(&text) else { return };
        put_out_of_order(&path.display().to_string(), &overlay, |overlay, is_yaml| {
            let (name, text) = written(overlay, is_yaml);
            Source { overlays: vec![Overlay { name, text }], ..document.clone() }
        });
    });
}
