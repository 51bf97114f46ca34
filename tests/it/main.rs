//! Tests from the outside: documents in, code, reports and HTTP out.

mod diagnostics;
mod emit;
mod fixtures;
mod fresh;
mod styles;
mod tidy;
