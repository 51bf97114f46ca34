//! Finds the objects that do not have the shape that OpenAPI gives them.
//!
//! serde tells that some object is wrong, but not which. So when a document as a whole is refused, its parts
//! are tried one by one, from the outside in, and the innermost that is refused is reported.

use openapiv3 as oas;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::objects::{Object, Under};
use crate::diagnostics::{Code, Diagnostics};
use crate::pointer::Pointer;

/// Reports every innermost object that is refused; `error` is told if there is none to blame.
pub fn report(document: &Value, error: &serde_json::Error, diagnostics: &mut Diagnostics) {
    let before = diagnostics.len();
    inside(document, &Pointer::root(), Object::OpenApi, diagnostics);
    if diagnostics.len() == before {
        refuse(&Pointer::root(), error, diagnostics);
    }
}

fn inside(value: &Value, pointer: &Pointer, object: Object, diagnostics: &mut Diagnostics) {
    for (token, under, child) in object.children() {
        let Some(found) = value.get(token) else { continue };
        let pointer = pointer.child(token);
        match (under, found) {
            (Under::One, found) => try_inside(found, &pointer, *child, diagnostics),
            (Under::Many, Value::Object(map)) => {
                for (name, found) in map.iter().filter(|(name, _)| !name.starts_with("x-")) {
                    try_inside(found, &pointer.child(name), *child, diagnostics);
                }
            }
            (Under::Many, Value::Array(items)) => {
                for (index, found) in items.iter().enumerate() {
                    try_inside(found, &pointer.child(index), *child, diagnostics);
                }
            }
            (Under::Many, _) => {}
        }
    }
}

/// Reports what is refused inside of an object, or else the object itself if it is refused.
fn try_inside(value: &Value, pointer: &Pointer, object: Object, diagnostics: &mut Diagnostics) {
    if value.get("$ref").is_some_and(Value::is_string) || (object == Object::Schema && value.is_boolean()) {
        return;
    }
    let Err(error) = try_object(value, object) else { return };
    let before = diagnostics.len();
    inside(value, pointer, object, diagnostics);
    if diagnostics.len() == before {
        refuse(pointer, &error, diagnostics);
    }
}

fn refuse(pointer: &Pointer, error: &serde_json::Error, diagnostics: &mut Diagnostics) {
    diagnostics.error(
        Code::InvalidObject,
        pointer,
        format!("this object is not as OpenAPI wants it: {error}"),
        "compare it with the object of the same place in the OpenAPI specification",
    );
}

fn try_object(value: &Value, object: Object) -> Result<(), serde_json::Error> {
    fn read<T: DeserializeOwned>(value: &Value) -> Result<(), serde_json::Error> {
        serde_json::from_value::<T>(value.clone()).map(drop)
    }
    match object {
        Object::OpenApi => read::<oas::OpenAPI>(value),
        Object::Components => read::<oas::Components>(value),
        Object::PathItem => read::<oas::PathItem>(value),
        Object::Operation => read::<oas::Operation>(value),
        Object::Parameter => read::<oas::Parameter>(value),
        Object::RequestBody => read::<oas::RequestBody>(value),
        Object::Response => read::<oas::Response>(value),
        Object::Header => read::<oas::Header>(value),
        Object::MediaType => read::<oas::MediaType>(value),
        Object::Schema => read::<oas::Schema>(value),
        Object::SecurityScheme => read::<oas::SecurityScheme>(value),
        Object::Server => read::<oas::Server>(value),
        Object::Tag => read::<oas::Tag>(value),
        Object::Info => read::<oas::Info>(value),
        Object::Example => read::<oas::Example>(value),
    }
}
