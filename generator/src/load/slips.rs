//! Slips that real documents have, of which it is clear what is meant: a document in, the same without them out, each
//! with a warning.
//!
//! What is not clear is left for [`repair`](super::repair), which costs more. Nothing here depends on the version.

mod content;
mod objects;
mod scalars;
mod schema;
mod switches;

use serde_json::{Map, Value, json};

use super::objects::{Object, Under};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Edit};
use crate::pointer::Pointer;

/// Mends a document.
pub fn mend(document: &mut Value, diagnostics: &mut Diagnostics) {
    walk(document, Object::OpenApi, &Pointer::root(), diagnostics);
}

fn walk(value: &mut Value, object: Object, pointer: &Pointer, diagnostics: &mut Diagnostics) {
    objects::mend_value(value, object, pointer, diagnostics);
    let Value::Object(map) = value else { return };
    // Beside the `$ref` of a schema other keywords may stand; one of an operation that is still there leads nowhere.
    let refers = map.get("$ref").is_some_and(Value::is_string);
    let is_done = object == Object::Operation || object.may_be_reference() && object != Object::Schema;
    if refers && is_done {
        return;
    }
    scalars::mend(map, object, pointer, diagnostics);
    objects::mend(map, object, pointer, diagnostics);
    switches::mend(map, object, pointer, diagnostics);
    if object == Object::Schema {
        schema::mend(map, pointer, diagnostics);
    }
    for (token, under, child) in object.children() {
        let pointer = pointer.child(token);
        match (under, map.get_mut(*token)) {
            (Under::One, Some(found)) => walk(found, *child, &pointer, diagnostics),
            (Under::Many, Some(Value::Object(children))) => {
                for (name, found) in children.iter_mut().filter(|(name, _)| !name.starts_with("x-")) {
                    walk(found, *child, &pointer.child(name), diagnostics);
                }
            }
            (Under::Many, Some(Value::Array(children))) => {
                for (index, found) in children.iter_mut().enumerate() {
                    walk(found, *child, &pointer.child(index), diagnostics);
                }
            }
            _ => {}
        }
    }
}

/// Says what was taken for what, and by which edits the document says so itself.
fn told(
    diagnostics: &mut Diagnostics,
    pointer: &Pointer,
    message: impl Into<String>,
    help: impl Into<String>,
    edits: Vec<Edit>,
) {
    diagnostics.push(Diagnostic { edits, ..Diagnostic::warning(Code::RepairedObject, pointer, message, help) });
}

/// Gives a property of an object another value.
fn replaced(object: &Pointer, name: &str, value: Value) -> Vec<Edit> {
    vec![Edit::Remove(object.child(name)), Edit::Update(object.clone(), json!({ name: value }))]
}

/// Moves the properties of a map that `belongs` picks into a map of their own.
fn split_off(map: &mut Map<String, Value>, belongs: impl Fn(&str) -> bool) -> Map<String, Value> {
    let (taken, kept) = std::mem::take(map).into_iter().partition(|(name, _)| belongs(name));
    *map = kept;
    taken
}

#[cfg(test)]
mod tests;
