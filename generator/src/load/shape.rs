//! Finds the objects that do not have the shape that OpenAPI gives them.
//!
//! serde tells that some object is wrong, but not which. So when a document as a whole is refused, its parts
//! are tried one by one, from the outside in, and the innermost that is refused is reported.

use openapiv3 as oas;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::diagnostics::{Code, Diagnostics};
use crate::pointer::Pointer;

/// The objects of OpenAPI that can be told apart by where they stand.
#[derive(Clone, Copy)]
enum Object {
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Response,
    Header,
    MediaType,
    Schema,
    SecurityScheme,
    Server,
    Tag,
    Info,
    Example,
}

/// Reports every innermost object that is refused; `error` is told if there is none to blame.
pub fn report(document: &Value, error: &serde_json::Error, diagnostics: &mut Diagnostics) {
    let mut search = Search { diagnostics, found: false };
    let root = Pointer::root();
    search.child(document, &root, "info", Object::Info);
    for (tokens, object) in [("servers", Object::Server), ("tags", Object::Tag)] {
        search.children(document, &root, tokens, object);
    }
    search.children(document, &root, "paths", Object::PathItem);
    if let Some(components) = document.get("components") {
        let pointer = root.child("components");
        for (tokens, object) in [
            ("schemas", Object::Schema),
            ("responses", Object::Response),
            ("parameters", Object::Parameter),
            ("requestBodies", Object::RequestBody),
            ("headers", Object::Header),
            ("examples", Object::Example),
            ("securitySchemes", Object::SecurityScheme),
        ] {
            search.children(components, &pointer, tokens, object);
        }
    }
    if !search.found {
        search.refuse(&root, error);
    }
}

struct Search<'a> {
    diagnostics: &'a mut Diagnostics,
    found: bool,
}

impl Search<'_> {
    fn child(&mut self, parent: &Value, pointer: &Pointer, token: &str, object: Object) {
        if let Some(value) = parent.get(token) {
            self.object(value, &pointer.child(token), object);
        }
    }

    /// Every value of the list or map that `token` names.
    fn children(&mut self, parent: &Value, pointer: &Pointer, token: &str, object: Object) {
        let pointer = pointer.child(token);
        match parent.get(token) {
            Some(Value::Object(map)) => {
                for (name, value) in map.iter().filter(|(name, _)| !name.starts_with("x-")) {
                    self.object(value, &pointer.child(name), object);
                }
            }
            Some(Value::Array(items)) => {
                for (index, value) in items.iter().enumerate() {
                    self.object(value, &pointer.child(index), object);
                }
            }
            _ => {}
        }
    }

    fn object(&mut self, value: &Value, pointer: &Pointer, object: Object) {
        if value.get("$ref").is_some_and(Value::is_string) {
            return;
        }
        let Err(error) = try_object(value, object) else { return };
        let before = self.diagnostics.len();
        self.inside(value, pointer, object);
        if self.diagnostics.len() == before {
            self.refuse(pointer, &error);
        }
    }

    fn inside(&mut self, value: &Value, pointer: &Pointer, object: Object) {
        match object {
            Object::PathItem => {
                self.children(value, pointer, "parameters", Object::Parameter);
                for method in ["get", "put", "post", "delete", "options", "head", "patch", "trace"] {
                    self.child(value, pointer, method, Object::Operation);
                }
            }
            Object::Operation => {
                self.children(value, pointer, "parameters", Object::Parameter);
                self.child(value, pointer, "requestBody", Object::RequestBody);
                self.children(value, pointer, "responses", Object::Response);
                self.children(value, pointer, "servers", Object::Server);
            }
            Object::Parameter | Object::Header => {
                self.child(value, pointer, "schema", Object::Schema);
                self.children(value, pointer, "content", Object::MediaType);
            }
            Object::RequestBody => self.children(value, pointer, "content", Object::MediaType),
            Object::Response => {
                self.children(value, pointer, "headers", Object::Header);
                self.children(value, pointer, "content", Object::MediaType);
            }
            Object::MediaType => {
                self.child(value, pointer, "schema", Object::Schema);
                self.children(value, pointer, "examples", Object::Example);
            }
            Object::Schema => {
                for token in ["properties", "oneOf", "anyOf", "allOf"] {
                    self.children(value, pointer, token, Object::Schema);
                }
                self.child(value, pointer, "items", Object::Schema);
                self.child(value, pointer, "not", Object::Schema);
                if value.get("additionalProperties").is_some_and(Value::is_object) {
                    self.child(value, pointer, "additionalProperties", Object::Schema);
                }
            }
            Object::SecurityScheme | Object::Server | Object::Tag | Object::Info | Object::Example => {}
        }
    }

    fn refuse(&mut self, pointer: &Pointer, error: &serde_json::Error) {
        self.found = true;
        self.diagnostics.error(
            Code::InvalidObject,
            pointer,
            format!("this object is not as OpenAPI wants it: {error}"),
            "compare it with the object of the same place in the OpenAPI specification",
        );
    }
}

fn try_object(value: &Value, object: Object) -> Result<(), serde_json::Error> {
    fn read<T: DeserializeOwned>(value: &Value) -> Result<(), serde_json::Error> {
        serde_json::from_value::<T>(value.clone()).map(drop)
    }
    match object {
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
