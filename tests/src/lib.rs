//! What the generator makes of the documents in `fixtures/ok`: a module each.

#![deny(warnings)]

include!(concat!(env!("OUT_DIR"), "/fixtures.rs"));
