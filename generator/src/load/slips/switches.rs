//! Booleans that are written as strings: `yes`, `no`, `on` and `off` were booleans up to YAML 1.1, and are strings since.

use serde_json::{Map, Value};

use super::super::objects::Object;
use super::{replaced, told};
use crate::diagnostics::Diagnostics;
use crate::pointer::Pointer;

/// The boolean that a string stands for.
pub fn switch(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => Some(true),
        "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

/// Repairs the values of a schema that only allows booleans, and the examples beside such a schema.
pub fn mend(map: &mut Map<String, Value>, object: Object, pointer: &Pointer, diagnostics: &mut Diagnostics) {
    match object {
        Object::Schema if allows_booleans_alone(map) => {
            for name in ["default", "example", "const"] {
                value(map, name, pointer, diagnostics);
            }
            for name in ["enum", "examples"] {
                values(map, name, pointer, diagnostics);
            }
        }
        Object::Parameter | Object::Header | Object::MediaType => {
            let schema = map.get("schema").and_then(Value::as_object);
            if schema.is_some_and(allows_booleans_alone) {
                value(map, "example", pointer, diagnostics);
                named_values(map, pointer, diagnostics);
            }
        }
        _ => {}
    }
}

/// Whether `type` is `boolean`, or a list of that and `null`.
fn allows_booleans_alone(schema: &Map<String, Value>) -> bool {
    let is = |value: &Value, name: &str| value.as_str().is_some_and(|ty| ty.eq_ignore_ascii_case(name));
    match schema.get("type") {
        Some(Value::Array(types)) => {
            let is_known = |ty: &Value| is(ty, "boolean") || is(ty, "null");
            types.iter().any(|ty| is(ty, "boolean")) && types.iter().all(is_known)
        }
        Some(ty) => is(ty, "boolean") || is(ty, "bool"),
        None => false,
    }
}

fn value(map: &mut Map<String, Value>, name: &str, pointer: &Pointer, diagnostics: &mut Diagnostics) {
    let Some(Value::String(text)) = map.get(name) else { return };
    let Some(meant) = switch(text) else { return };
    let message =
        format!("`{name}` is the string `{text}`, and the schema wants a boolean; it is treated as `{meant}`");
    let edits = replaced(pointer, name, meant.into());
    told(diagnostics, &pointer.child(name), message, format!("write `{name}: {meant}`"), edits);
    map.insert(name.to_owned(), meant.into());
}

fn values(map: &mut Map<String, Value>, name: &str, pointer: &Pointer, diagnostics: &mut Diagnostics) {
    let Some(Value::Array(items)) = map.get_mut(name) else { return };
    let list = pointer.child(name);
    let mut repaired = Vec::new();
    for (index, item) in items.iter_mut().enumerate() {
        let Value::String(text) = item else { continue };
        let Some(meant) = switch(text) else { continue };
        repaired.push((index, text.clone(), meant));
        *item = meant.into();
    }
    // One edit repairs all items of the list.
    let edits = replaced(pointer, name, Value::Array(items.clone()));
    for (index, text, meant) in repaired {
        let message = format!(
            "an item of `{name}` is the string `{text}`, and the schema wants a boolean; it is treated as `{meant}`"
        );
        told(diagnostics, &list.child(index), message, format!("write `{meant}`"), edits.clone());
    }
}

/// The values of a map of examples.
fn named_values(map: &mut Map<String, Value>, pointer: &Pointer, diagnostics: &mut Diagnostics) {
    let Some(Value::Object(examples)) = map.get_mut("examples") else { return };
    let pointer = pointer.child("examples");
    for (name, example) in examples.iter_mut() {
        if let Value::Object(example) = example {
            value(example, "value", &pointer.child(name), diagnostics);
        }
    }
}
