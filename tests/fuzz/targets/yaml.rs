//! Any bytes as a document in YAML: a client, or a report that can be rendered.

#![no_main]

#[path = "../survive.rs"]
mod survive;

use generator::Source;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &[u8]| {
    survive::survive(&Source::new("fuzz.yaml", String::from_utf8_lossy(text)));
});
