//! Documents that nobody would write: those of `fixtures/ok` with a few things in them put out of order, always the same way.
//! Whatever comes of them, the generator says it, and neither panics nor goes on for ever.
//!
//! `MUTATIONS=1000` tries more of them than the few of each run.

mod mutate;

use std::panic::{AssertUnwindSafe, catch_unwind};

use generator::{Detail, Format, Palette, Root, Source};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

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
