//! Any bytes as JSON for the decoder of clients, with serde_json as the judge.

#![no_main]

#[path = "../../it/decoder/agree.rs"]
mod agree;
#[path = "../../it/decoder/unique.rs"]
mod unique;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| agree::agree(bytes));
