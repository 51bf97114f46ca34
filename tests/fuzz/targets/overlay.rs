//! Any bytes as an overlay of a document: the document that comes of it, and its client, or a report.

#![no_main]

#[path = "../survive.rs"]
mod survive;

use generator::{Overlay, Source};
use libfuzzer_sys::fuzz_target;

const DOCUMENT: &str = include_str!("../../fixtures/ok/unions.yaml");

fuzz_target!(|text: &[u8]| {
    let overlay = Overlay { name: "fuzz.overlay.yaml".to_owned(), text: String::from_utf8_lossy(text).into_owned() };
    let source = Source { overlays: vec![overlay], ..Source::new("unions.yaml", DOCUMENT) };
    if let Ok(value) = generator::effective(&source) {
        generator::to_yaml(&value).expect("what was read can be written");
    }
    survive::survive(&source);
});
