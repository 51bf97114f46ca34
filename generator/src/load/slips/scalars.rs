//! Slips of single values: null where something should stand, texts that are not quoted, numbers and switches that are.

use serde_json::{Map, Number, Value, json};

use super::super::objects::Object;
use super::switches::switch;
use super::told;
use crate::diagnostics::{Diagnostics, Edit};
use crate::pointer::Pointer;

/// Properties whose value is free, so that null is one.
const FREE: &[&str] = &["default", "example", "value", "const"];

const TEXTS: &[&str] = &[
    "title",
    "version",
    "description",
    "summary",
    "operationId",
    "name",
    "url",
    "termsOfService",
    "format",
    "pattern",
    "scheme",
];

const SWITCHES: &[&str] =
    &["nullable", "readOnly", "writeOnly", "deprecated", "explode", "uniqueItems", "allowReserved", "allowEmptyValue"];

const NUMBERS: &[&str] = &["minimum", "maximum", "multipleOf"];

const COUNTS: &[&str] = &["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"];

/// Mends the values of an object.
pub fn mend(map: &mut Map<String, Value>, object: Object, pointer: &Pointer, diagnostics: &mut Diagnostics) {
    if matches!(object, Object::Components | Object::PathItem) {
        drop_nulls(map, &[], pointer, diagnostics);
        return;
    }
    drop_nulls(map, FREE, pointer, diagnostics);
    for (name, value) in map.iter_mut() {
        let name = name.as_str();
        let mended = match value {
            Value::Number(_) | Value::Bool(_) if TEXTS.contains(&name) => Some(Value::String(value.to_string())),
            Value::String(text) if is_switch(name, object) => switch(text).map(Value::Bool),
            Value::String(text) if NUMBERS.contains(&name) => text.trim().parse().ok().map(Value::Number),
            Value::String(text) if COUNTS.contains(&name) => text.trim().parse::<u64>().ok().map(Value::from),
            Value::Number(number) if COUNTS.contains(&name) => whole(number),
            _ => None,
        };
        if let Some(mended) = mended {
            let message = format!("`{name}` is taken for {mended}");
            let edits = vec![Edit::Update(pointer.clone(), json!({ name: mended }))];
            told(diagnostics, &pointer.child(name), message, format!("write `{name}: {mended}`"), edits);
            *value = mended;
        }
    }
}

/// Whether a property is a boolean in an object; `required` of a schema is a list.
fn is_switch(name: &str, object: Object) -> bool {
    let is_required = name == "required" && matches!(object, Object::Parameter | Object::RequestBody | Object::Header);
    is_required || SWITCHES.contains(&name)
}

/// A count that is written as a fraction.
fn whole(number: &Number) -> Option<Value> {
    let float = number.as_f64().filter(|float| number.is_f64() && float.fract() == 0.0)?;
    let count: u64 = format!("{float:.0}").parse().ok()?;
    Some(count.into())
}

fn drop_nulls(map: &mut Map<String, Value>, free: &[&str], pointer: &Pointer, diagnostics: &mut Diagnostics) {
    map.retain(|name, value| {
        let is_slip = value.is_null() && !free.contains(&name.as_str()) && !name.starts_with("x-");
        if is_slip {
            let message = format!("`{name}` is null, which is taken for nothing at all");
            let place = pointer.child(name);
            let edits = vec![Edit::Remove(place.clone())];
            told(diagnostics, &place, message, format!("remove `{name}`, or give it a value"), edits);
        }
        !is_slip
    });
}
