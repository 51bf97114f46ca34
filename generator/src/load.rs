//! Text in, [`Document`] out: the only stage that knows the syntax of files and the versions of OpenAPI.
//!
//! What cannot be read is reported with its place; nothing is interpreted here.

mod document;
mod objects;
mod shape;
mod text;

use serde_json::Value;

pub use self::document::{Document, Located, component_pointer};
use crate::Source;
use crate::diagnostics::{Code, Diagnostics};
use crate::pointer::Pointer;

/// Reads a document; `None` if that was not possible, for reasons then found in `diagnostics`.
pub fn load(source: &Source, diagnostics: &mut Diagnostics) -> Option<Document> {
    let value = match text::parse(source) {
        Ok(value) => value,
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            return None;
        }
    };
    if !check_version(&value, diagnostics) {
        return None;
    }
    match serde_json::from_value(value.clone()) {
        Ok(openapi) => Some(Document::new(openapi)),
        Err(error) => {
            shape::report(&value, &error, diagnostics);
            None
        }
    }
}

fn check_version(value: &Value, diagnostics: &mut Diagnostics) -> bool {
    let root = Pointer::root();
    let version = match value.get("openapi") {
        Some(Value::String(version)) => version.clone(),
        Some(other) => other.to_string(),
        None => {
            let (message, help) = match value.get("swagger") {
                Some(_) => (
                    "this is a Swagger 2.0 document",
                    "convert it to OpenAPI 3.0 first; most editors of OpenAPI documents can",
                ),
                None => (
                    "this is not an OpenAPI document: it has no property `openapi`",
                    "begin the document with `openapi: 3.0.3`",
                ),
            };
            diagnostics.error(Code::NotOpenApi, &root, message, help);
            return false;
        }
    };
    if version.starts_with("3.0") {
        return true;
    }
    diagnostics.error(
        Code::UnsupportedVersion,
        &root.child("openapi"),
        format!("version {version} of OpenAPI is not supported"),
        "only 3.0 is; a document that uses nothing of a later version can simply say `openapi: 3.0.3`",
    );
    false
}
