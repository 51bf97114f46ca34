//! OpenAPI 3.1 in, the same in the words of 3.0 out, on the JSON value: what comes after knows 3.0 alone.
//!
//! Most of 3.1 has a spelling in 3.0. What has none and changes what a value may be is spelled as closely as 3.0
//! can; what only validates is left for the server to check.

mod schema;

use serde_json::{Map, Value, json};

use super::objects::{Object, Under};
use crate::diagnostics::{Code, Diagnostics};
use crate::pointer::Pointer;

/// Rewrites a document of version 3.1.
pub fn to_3_0(document: &mut Value, diagnostics: &mut Diagnostics) {
    let Value::Object(root) = document else { return };
    root.insert("openapi".to_owned(), json!("3.0.3"));
    root.remove("jsonSchemaDialect");
    // In 3.1 a document may consist of components or webhooks alone.
    root.entry("paths").or_insert_with(|| json!({}));
    if let Some(Value::Object(webhooks)) = root.remove("webhooks")
        && !webhooks.is_empty()
    {
        diagnostics.warn(
            Code::IgnoredCallbacks,
            &Pointer::root().child("webhooks"),
            "webhooks are requests that the server makes, for which nothing but the types of components is generated",
            "nothing needs to be done; move bodies into `components.schemas` to get types for them",
        );
    }
    walk(document, Object::OpenApi);
}

/// Rewrites every schema below an object.
fn walk(value: &mut Value, object: Object) {
    let Value::Object(map) = value else { return };
    if object == Object::Schema {
        schema::spread_keywords(map);
    }
    for (token, under, child) in object.children() {
        let Some(found) = map.get_mut(*token) else { continue };
        match (under, found) {
            (Under::One, found) => walk_child(found, *child, token),
            (Under::Many, Value::Object(children)) => {
                children.values_mut().for_each(|found| walk_child(found, *child, token));
            }
            (Under::Many, Value::Array(children)) => {
                children.iter_mut().for_each(|found| walk_child(found, *child, token));
            }
            (Under::Many, _) => {}
        }
    }
    if object == Object::Schema {
        schema::rewrite(map);
    }
}

fn walk_child(value: &mut Value, object: Object, token: &str) {
    if object == Object::Schema
        && let Value::Bool(anything) = value
    {
        // `additionalProperties` may be a boolean in 3.0 too, and means more that way.
        if token != "additionalProperties" {
            *value = if *anything { json!({}) } else { json!({ "not": {} }) };
        }
        return;
    }
    walk(value, object);
}

/// Moves a property out of a map if it is there.
fn take(map: &mut Map<String, Value>, name: &str) -> Option<Value> {
    map.shift_remove(name)
}
