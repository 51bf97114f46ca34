//! Tests from the outside: documents in, code, reports and HTTP out.

mod alternatives;
mod decoder;
mod deviations;
mod diagnostics;
mod diff;
mod double;
mod emit;
mod features;
mod fixtures;
mod formats;
mod forms;
mod fresh;
mod growth;
mod hostile;
mod messages;
mod mutations;
mod paging;
mod patterns;
mod rejected;
mod schemas;
mod server;
mod styles;
mod tidy;
mod vendors;
mod wire_bigcommerce;
mod wire_shipstation;
