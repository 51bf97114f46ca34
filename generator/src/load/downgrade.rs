//! OpenAPI 3.1 in, the same in the words of 3.0 out, on the JSON value: what comes after knows 3.0 alone.
//!
//! Most of 3.1 has a spelling in 3.0. What has none and changes what a value may be is spelled as closely as 3.0
//! can; what only validates is left for the server to check.

mod schema;
mod webhooks;

use serde_json::{Map, Value, json};

pub use self::schema::{TUPLE, WIDE_MAXIMUM, WIDE_MINIMUM};
use super::Version;
use super::objects::{Object, Under};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;

/// `explode` where it is written, which openapiv3 does not tell from its default.
pub const EXPLODE: &str = "x-internal-explode";

/// The same for `allowReserved`.
pub const ALLOW_RESERVED: &str = "x-internal-allow-reserved";

/// Rewrites a document. One of 3.0 may use words of 3.1 too, which it is told of.
pub fn to_3_0(document: &mut Value, version: Version, diagnostics: &mut Diagnostics) {
    let Value::Object(root) = document else { return };
    root.insert("openapi".to_owned(), json!("3.0.3"));
    root.remove("jsonSchemaDialect");
    webhooks::keep_bodies(root, diagnostics);
    Downgrade { version, diagnostics }.walk(document, Object::OpenApi, &Pointer::root());
}

struct Downgrade<'d> {
    version: Version,
    diagnostics: &'d mut Diagnostics,
}

impl Downgrade<'_> {
    /// Rewrites every schema below an object.
    fn walk(&mut self, value: &mut Value, object: Object, pointer: &Pointer) {
        let Value::Object(map) = value else { return };
        if object == Object::Schema {
            if self.version == Version::V3_0 {
                self.tell_of_newer(map, pointer);
            }
            self.tell_of_unchecked(map, pointer);
            schema::spread_keywords(map);
        }
        if matches!(object, Object::Encoding | Object::Header) {
            for (keyword, kept) in [("explode", EXPLODE), ("allowReserved", ALLOW_RESERVED)] {
                if let Some(Value::Bool(value)) = map.get(keyword) {
                    let value = Value::Bool(*value);
                    map.insert(kept.to_owned(), value);
                }
            }
        }
        for (token, under, child) in object.children() {
            let Some(found) = map.get_mut(*token) else { continue };
            let pointer = pointer.child(token);
            match (under, found) {
                (Under::One, found) => self.walk_child(found, *child, token, &pointer),
                (Under::Many, Value::Object(children)) => {
                    for (name, found) in children {
                        self.walk_child(found, *child, token, &pointer.child(name));
                    }
                }
                (Under::Many, Value::Array(children)) => {
                    for (index, found) in children.iter_mut().enumerate() {
                        self.walk_child(found, *child, token, &pointer.child(index));
                    }
                }
                (Under::Many, _) => {}
            }
        }
        if object == Object::Schema {
            schema::rewrite(map, self.version);
        }
    }

    fn walk_child(&mut self, value: &mut Value, object: Object, token: &str, pointer: &Pointer) {
        if object == Object::Schema
            && let Value::Bool(anything) = value
        {
            // `additionalProperties` may be a boolean in 3.0 too, and means more that way.
            if token != "additionalProperties" {
                *value = if *anything { json!({}) } else { json!({ "not": {} }) };
            }
            return;
        }
        self.walk(value, object, pointer);
    }

    fn tell_of_unchecked(&mut self, schema: &Map<String, Value>, pointer: &Pointer) {
        for keyword in schema::UNCHECKED.iter().filter(|keyword| schema.contains_key(**keyword)) {
            let place = pointer.child(keyword);
            let message = format!(
                "`{keyword}` says which values go together, which no type can express and which is not checked"
            );
            let help = "nothing needs to be done; the server will check it";
            let diagnostic = Diagnostic::warning(Code::IgnoredKeyword, &place, message, help);
            self.diagnostics.push(diagnostic.remove(&place));
        }
        for (keyword, what) in schema::loosened_keywords(schema) {
            let message = format!("`{keyword}` constrains {what}, which is not checked");
            let help = "nothing needs to be done; the server checks it";
            self.diagnostics.warn(Code::IgnoredKeyword, &pointer.child(keyword), message, help);
        }
    }

    fn tell_of_newer(&mut self, schema: &Map<String, Value>, pointer: &Pointer) {
        for keyword in schema::newer_keywords(schema) {
            let message = format!("`{keyword}` is used here as OpenAPI 3.1 has it; that is how it is understood");
            let help = "say `openapi: 3.1.0` at the top, or use the words of 3.0";
            let diagnostic = Diagnostic::warning(Code::NewerKeyword, &pointer.child(keyword), message, help);
            self.diagnostics.push(diagnostic.update(&Pointer::root(), json!({ "openapi": "3.1.0" })));
        }
    }
}

/// Moves a property out of a map if it is there.
fn take(map: &mut Map<String, Value>, name: &str) -> Option<Value> {
    map.shift_remove(name)
}
