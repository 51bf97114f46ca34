//! A JSON value of 3.0 in, a typed [`Document`] out.
//!
//! serde tells that some object is wrong, but not which. So its objects are tried one by one, from the inside out. One that is
//! refused is tried without the properties that nobody needs; if that does not help it is left out, and what cannot do without
//! it is left out too, up to the operation.
//!
//! Each object is tried by itself, with others in the place of those in it: openapiv3 tries several types for a schema, so that
//! a mistake that lies deep would be met again and again, twice as often for each level.

use openapiv3 as oas;
use serde::de::DeserializeOwned;
use serde_json::{Error, Map, Value, json};

use super::Version;
use super::document::Document;
use super::objects::{Object, Under};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Mark, left_out};
use crate::pointer::Pointer;

/// Reads a document; `None` if nothing can be left out to make that possible, which is then reported.
pub fn read(document: &mut Value, version: Version, diagnostics: &mut Diagnostics) -> Option<Document> {
    let mark = diagnostics.mark();
    let mut repair = Repair { diagnostics, left_out: 0 };
    if !is_fine(document, Object::OpenApi) {
        repair.object(document, Object::OpenApi, &Pointer::root());
    }
    let left_out = repair.left_out;
    diagnostics.forgive(mark);
    match serde_json::from_value(document.take()) {
        Ok(openapi) => Some(Document::new(openapi, version, left_out)),
        Err(error) => {
            diagnostics.error(Code::InvalidObject, &Pointer::root(), refusal(&error), HELP);
            None
        }
    }
}

const HELP: &str = "compare it with the object of the same place in the OpenAPI specification";

fn refusal(error: &Error) -> String {
    format!("this object is not as OpenAPI wants it: {error}")
}

struct Repair<'d> {
    diagnostics: &'d mut Diagnostics,
    left_out: usize,
}

impl Repair<'_> {
    /// Makes an object one that can be read; `false` if that is not possible.
    fn object(&mut self, value: &mut Value, object: Object, pointer: &Pointer) -> bool {
        if is_reference(value, object) {
            return true;
        }
        if let (Object::Operation, Some(reference)) = (object, value.get("$ref").and_then(Value::as_str)) {
            let message = format!("there is no `{reference}`");
            let help = "correct the reference, or describe the operation here";
            self.diagnostics.error(Code::UnresolvedRef, &pointer.child("$ref"), message, help);
            return false;
        }
        let Value::Object(map) = value else {
            self.report(pointer, &format!("this is not an object: {}", shortened(value)));
            return false;
        };
        let mut is_whole = true;
        for (token, under, child) in typed_children(object) {
            let pointer = pointer.child(token);
            is_whole &= match (under, map.get_mut(*token)) {
                (_, None) => true,
                (Under::One, Some(_)) => self.only_child(map, token, *child, &pointer),
                (Under::Many, Some(Value::Object(children))) => self.children(children, *child, object, &pointer),
                (Under::Many, Some(Value::Array(children))) => self.items(children, *child, object, &pointer),
                (Under::Many, Some(_)) => true,
            };
        }
        is_whole && self.without_some(value, object, pointer)
    }

    fn only_child(&mut self, map: &mut Map<String, Value>, token: &str, child: Object, pointer: &Pointer) -> bool {
        let Some(found) = map.get_mut(token) else { return true };
        let mark = self.diagnostics.mark();
        if child == Object::Schema && found.is_boolean() || self.object(found, child, pointer) {
            return true;
        }
        match child {
            Object::Schema => *found = json!({}),
            Object::Info => *found = json!({ "title": "API", "version": "0" }),
            Object::Operation => {
                map.shift_remove(token);
                self.leave_out(token, pointer, mark);
            }
            Object::Components => drop(map.shift_remove(token)),
            _ => return false,
        }
        true
    }

    fn children(
        &mut self,
        children: &mut Map<String, Value>,
        child: Object,
        parent: Object,
        pointer: &Pointer,
    ) -> bool {
        let mut is_whole = true;
        children.retain(|name, found| {
            let pointer = pointer.child(name);
            let mark = self.diagnostics.mark();
            if name.starts_with("x-") || self.object(found, child, &pointer) {
                return true;
            }
            match child {
                Object::Schema => *found = json!({}),
                Object::PathItem => {
                    for method in METHODS.iter().filter(|method| found.get(**method).is_some()) {
                        self.leave_out(method, &pointer.child(method), mark);
                    }
                }
                _ => is_whole &= parent == Object::Components || is_dispensable(child),
            }
            child == Object::Schema
        });
        is_whole
    }

    fn items(&mut self, items: &mut Vec<Value>, child: Object, parent: Object, pointer: &Pointer) -> bool {
        let mut is_whole = true;
        let mut index = 0;
        items.retain_mut(|found| {
            let pointer = pointer.child(index);
            index += 1;
            if self.object(found, child, &pointer) {
                return true;
            }
            match child {
                Object::Schema => *found = json!({}),
                _ => is_whole &= parent == Object::Components || is_dispensable(child),
            }
            child == Object::Schema
        });
        is_whole
    }

    /// Leaves out the one property, or the two, without which an object whose parts are fine can be read.
    fn without_some(&mut self, value: &mut Value, object: Object, pointer: &Pointer) -> bool {
        let alone = alone(value, object);
        let Err(error) = try_object(&alone, object) else { return true };
        let names = dispensable_properties(value, object);
        let singles = names.iter().map(|name| vec![name.as_str()]);
        let pairs = names
            .iter()
            .enumerate()
            .flat_map(|(at, one)| names[at + 1..].iter().map(move |other| vec![one.as_str(), other.as_str()]));
        let cure = singles.chain(pairs).find(|left_out| {
            let mut tried = alone.clone();
            if let Value::Object(map) = &mut tried {
                left_out.iter().for_each(|name| drop(map.shift_remove(*name)));
            }
            try_object(&tried, object).is_ok()
        });
        let Some(left_out) = cure else {
            self.report(pointer, &refusal(&error));
            return false;
        };
        for name in left_out {
            let place = pointer.child(name);
            let message = format!("`{name}` is not as OpenAPI wants it and is left out: {error}");
            self.diagnostics.push(Diagnostic::warning(Code::InvalidObject, &place, message, HELP).remove(&place));
            if let Value::Object(map) = value {
                map.shift_remove(name);
            }
        }
        true
    }

    /// Leaves out an operation, for what was said since `mark`.
    fn leave_out(&mut self, method: &str, pointer: &Pointer, mark: Mark) {
        self.left_out += 1;
        let reasons = self.diagnostics.forgive(mark);
        let message = format!("this `{method}` operation is left out of the client");
        self.diagnostics.push(left_out(Code::OperationLeftOut, pointer, message, reasons));
    }

    /// What costs more than the one property.
    fn report(&mut self, pointer: &Pointer, message: &str) {
        self.diagnostics.error(Code::InvalidObject, pointer, message, HELP);
    }
}

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Objects without which a call is the same.
fn is_dispensable(object: Object) -> bool {
    matches!(
        object,
        Object::Example | Object::Tag | Object::Header | Object::Encoding | Object::Server | Object::SecurityScheme
    )
}

/// The properties that may be left out: empty ones, and those that hold no part of a call.
fn dispensable_properties(value: &Value, object: Object) -> Vec<String> {
    let is_empty = |value: &Value| match value {
        Value::Object(map) => map.is_empty(),
        Value::Array(items) => items.is_empty(),
        other => other.is_null(),
    };
    let holds_a_part = |name: &str| {
        let mut children = object.children().iter();
        children.any(|(token, _, child)| *token == name && !is_dispensable(*child) && object != Object::Schema)
    };
    let properties = value.as_object().into_iter().flatten();
    let dispensable = properties.filter(|(name, value)| is_empty(value) || !holds_a_part(name));
    dispensable.map(|(name, _)| name.clone()).collect()
}

fn is_reference(value: &Value, object: Object) -> bool {
    object.may_be_reference() && value.get("$ref").is_some_and(Value::is_string)
}

/// The properties under which objects stand that openapiv3 looks at.
fn typed_children(object: Object) -> impl Iterator<Item = &'static (&'static str, Under, Object)> {
    const PASSED_OVER: &[&str] = &["webhooks", "prefixItems", "patternProperties", "$defs", "definitions"];
    object.children().iter().filter(|(token, ..)| !PASSED_OVER.contains(token))
}

/// Whether an object and all in it can be read.
fn is_fine(value: &Value, object: Object) -> bool {
    let is_fine_below = |found: &Value, child: Object| {
        is_reference(found, child) || child == Object::Schema && found.is_boolean() || is_fine(found, child)
    };
    let is_child_fine = |(token, under, child): &(&str, Under, Object)| match (under, value.get(*token)) {
        (Under::One, Some(found)) => is_fine_below(found, *child),
        (Under::Many, Some(Value::Object(children))) => {
            children.iter().all(|(name, found)| name.starts_with("x-") || is_fine_below(found, *child))
        }
        (Under::Many, Some(Value::Array(children))) => children.iter().all(|found| is_fine_below(found, *child)),
        _ => true,
    };
    value.is_object() && typed_children(object).all(is_child_fine) && try_object(&alone(value, object), object).is_ok()
}

/// An object with stand-ins for those in it.
fn alone(value: &Value, object: Object) -> Value {
    let Value::Object(map) = value else { return value.clone() };
    let alone = map.iter().map(|(name, value)| {
        let child = typed_children(object).find(|(token, ..)| token == name);
        let value = match (child, value) {
            (Some((_, Under::One, child)), Value::Object(_)) => stand_in(*child),
            (Some((_, Under::Many, child)), Value::Object(children)) => {
                children.iter().map(|(name, value)| (name.clone(), stand_in_for(name, value, *child))).collect()
            }
            (Some((_, Under::Many, child)), Value::Array(children)) => {
                children.iter().map(|value| stand_in_for("", value, *child)).collect()
            }
            _ => value.clone(),
        };
        (name.clone(), value)
    });
    alone.collect()
}

/// What is no object stays what it is, and so does an extension.
fn stand_in_for(name: &str, value: &Value, object: Object) -> Value {
    if value.is_object() && !name.starts_with("x-") { stand_in(object) } else { value.clone() }
}

/// The least that is an object of this kind, or a reference to one.
fn stand_in(object: Object) -> Value {
    match object {
        Object::OpenApi | Object::Components | Object::MediaType | Object::Encoding | Object::Schema => json!({}),
        Object::Operation => json!({ "responses": {} }),
        Object::Server => json!({ "url": "/" }),
        Object::Tag => json!({ "name": "tag" }),
        Object::Info => json!({ "title": "API", "version": "0" }),
        Object::PathItem
        | Object::Parameter
        | Object::RequestBody
        | Object::Response
        | Object::Header
        | Object::SecurityScheme
        | Object::Example => json!({ "$ref": "#/" }),
    }
}

fn shortened(value: &Value) -> String {
    let text: String = value.to_string().chars().take(40).collect();
    format!("`{text}`")
}

fn try_object(value: &Value, object: Object) -> Result<(), Error> {
    fn read<T: DeserializeOwned>(value: &Value) -> Result<(), Error> {
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
        Object::Encoding => read::<oas::Encoding>(value),
        Object::Schema => read::<oas::Schema>(value),
        Object::SecurityScheme => read::<oas::SecurityScheme>(value),
        Object::Server => read::<oas::Server>(value),
        Object::Tag => read::<oas::Tag>(value),
        Object::Info => read::<oas::Info>(value),
        Object::Example => read::<oas::Example>(value),
    }
}
