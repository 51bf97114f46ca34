//! Slips of schemas: keywords with values of the wrong shape, and names of types that other languages have.

use serde_json::{Map, Value, json};

use super::switches::switch;
use super::{replaced, told};
use crate::diagnostics::{Diagnostics, Edit};
use crate::pointer::Pointer;

/// Mends a schema; those within it are mended by the walk.
pub fn mend(schema: &mut Map<String, Value>, pointer: &Pointer, diagnostics: &mut Diagnostics) {
    own_required(schema, pointer, diagnostics);
    lists(schema, pointer, diagnostics);
    items(schema, pointer, diagnostics);
    if let Some(Value::String(ty)) = schema.get("type")
        && let Some(meant) = meant(ty)
    {
        let message = format!("there is no type `{ty}`; it is taken for `{}`", Value::Object(meant.clone()));
        let help = "use `string`, `number`, `integer`, `boolean`, `array` or `object`, and `format` for the rest";
        let edits = [Edit::Remove(pointer.child("type")), Edit::Update(pointer.clone(), Value::Object(meant.clone()))];
        told(diagnostics, &pointer.child("type"), message, help, edits.into());
        schema.shift_remove("type");
        for (name, value) in meant {
            schema.entry(name).or_insert(value);
        }
    }
}

/// `required: true` in a property, which belongs in the list of the object around it.
fn own_required(schema: &mut Map<String, Value>, pointer: &Pointer, diagnostics: &mut Diagnostics) {
    let mut required = Vec::new();
    for (name, property) in schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
        let Value::Object(property) = property else { continue };
        let is_required = match property.get("required") {
            Some(Value::Bool(is_required)) => Some(*is_required),
            // The name of a property may be `yes` or `on`.
            Some(Value::String(word)) if !has_property(property, word) => switch(word),
            _ => None,
        };
        if let Some(is_required) = is_required {
            property.shift_remove("required");
            let message =
                format!("`required` is a list of the object that `{name}` belongs to, not a switch of `{name}`");
            let help = format!("list `{name}` in `required` of the object, if it is");
            let place = pointer.child("properties").child(name).child("required");
            let mut edits = vec![Edit::Remove(place.clone())];
            edits.extend(is_required.then(|| Edit::Update(pointer.clone(), json!({ "required": [name] }))));
            told(diagnostics, &place, message, help, edits);
            if is_required {
                required.push(json!(name));
            }
        }
    }
    if required.is_empty() {
        return;
    }
    match schema.entry("required").or_insert_with(|| json!([])) {
        Value::Array(listed) => listed.extend(required),
        other => *other = Value::Array(required),
    }
}

fn has_property(schema: &Map<String, Value>, name: &str) -> bool {
    schema.get("properties").is_some_and(|properties| properties.get(name).is_some())
}

/// One schema or value where a list of them belongs.
fn lists(schema: &mut Map<String, Value>, pointer: &Pointer, diagnostics: &mut Diagnostics) {
    for keyword in ["allOf", "anyOf", "oneOf", "enum"] {
        let Some(value) = schema.get_mut(keyword) else { continue };
        let is_slip = match value {
            Value::Array(_) => false,
            Value::Object(_) => keyword != "enum",
            _ => keyword == "enum",
        };
        if is_slip {
            *value = Value::Array(vec![value.take()]);
            let message = format!("`{keyword}` is not a list; it is taken for a list of one");
            let edits = replaced(pointer, keyword, value.clone());
            told(diagnostics, &pointer.child(keyword), message, format!("write `{keyword}: [ … ]`"), edits);
        }
    }
    if schema.get("required").is_some_and(Value::is_string) {
        let message = "`required` is not a list; it is taken for a list of one";
        let list = Value::Array(schema.get_mut("required").map(Value::take).into_iter().collect());
        let edits = replaced(pointer, "required", list.clone());
        told(diagnostics, &pointer.child("required"), message, "write `required: [ … ]`", edits);
        schema.insert("required".to_owned(), list);
    }
}

/// A list under `items`, as drafts of JSON Schema before 2020 had it.
fn items(schema: &mut Map<String, Value>, pointer: &Pointer, diagnostics: &mut Diagnostics) {
    let Some(Value::Array(members)) = schema.get_mut("items") else { return };
    let mut members = std::mem::take(members);
    schema.shift_remove("items");
    let further = schema.shift_remove("additionalItems");
    let message = match members.len() {
        0 => "`items` is an empty list, which constrains no item",
        1 if further.is_none() => "`items` is a list of one schema, which is treated as the schema of every item",
        _ => "`items` is a list, which is treated as `prefixItems`",
    };
    let help = "write a single schema, or `prefixItems: [ … ]`, which 3.1 has";
    told(diagnostics, &pointer.child("items"), message, help, Vec::new());
    if members.len() == 1 && further.is_none() {
        schema.insert("items".to_owned(), members.remove(0));
        return;
    }
    if !members.is_empty() {
        schema.insert("prefixItems".to_owned(), Value::Array(members));
    }
    if let Some(further) = further {
        schema.insert("items".to_owned(), further);
    }
}

/// What a type that does not exist means.
fn meant(ty: &str) -> Option<Map<String, Value>> {
    let lower = ty.to_ascii_lowercase();
    let (ty, format) = match lower.as_str() {
        "string" | "number" | "integer" | "boolean" | "array" | "object" | "null" if lower != ty => {
            (lower.as_str(), None)
        }
        "str" | "text" | "char" | "enum" => ("string", None),
        "uuid" | "date" | "uri" | "url" | "email" | "binary" | "byte" => ("string", Some(lower.as_str())),
        "date-time" | "datetime" | "timestamp" => ("string", Some("date-time")),
        "file" => ("string", Some("binary")),
        "int" | "int64" | "long" => ("integer", None),
        "int32" => ("integer", Some("int32")),
        "float" | "double" | "decimal" => ("number", None),
        "bool" => ("boolean", None),
        "list" => ("array", None),
        "map" | "dict" | "hash" | "json" => ("object", None),
        "any" | "mixed" => return Some(Map::new()),
        _ => return None,
    };
    let mut meant = Map::from_iter([("type".to_owned(), json!(ty))]);
    meant.extend(format.map(|format| ("format".to_owned(), json!(format))));
    Some(meant)
}
