//! Slips of the objects that schemas stand in: what must be there and is not, and schemas under the wrong property.

use serde_json::{Map, Value, json};

use super::super::MUTUAL_TLS;
use super::super::objects::Object;
use super::content::mend_content;
use super::{replaced, split_off, told};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Edit};
use crate::pointer::Pointer;

/// Keywords by which a schema is known where none should stand.
const SCHEMA_KEYWORDS: &[&str] = &[
    "type",
    "format",
    "enum",
    "items",
    "properties",
    "additionalProperties",
    "allOf",
    "anyOf",
    "oneOf",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "pattern",
    "default",
];

/// Mends what is not even an object.
pub fn mend_value(value: &mut Value, object: Object, pointer: &Pointer, diagnostics: &mut Diagnostics) {
    match (object, &*value) {
        (Object::Tag, Value::String(name)) => {
            let mended = json!({ "name": name });
            told(
                diagnostics,
                pointer,
                "a tag is an object; this text is taken for its name",
                format!("write `{mended}`"),
                Vec::new(),
            );
            *value = mended;
        }
        (Object::Example, other) if !other.is_object() => {
            let message = "an example is an object; this is taken for its value";
            told(diagnostics, pointer, message, "write `{ value: … }`", Vec::new());
            *value = json!({ "value": value.take() });
        }
        _ => {}
    }
}

/// Mends an object; those within it are mended by the walk.
pub fn mend(map: &mut Map<String, Value>, object: Object, pointer: &Pointer, diagnostics: &mut Diagnostics) {
    let cx = &mut Slip { map, pointer, diagnostics };
    match object {
        Object::OpenApi => {
            cx.add("info", json!({}));
            // In 3.1 a document may consist of components alone, and whoever has one of 3.0 without paths means that too.
            cx.map.entry("paths").or_insert_with(|| json!({}));
            cx.path_names();
            cx.in_list("security");
        }
        Object::Info => {
            cx.add("title", json!("API"));
            cx.add("version", json!("0"));
        }
        Object::Components => cx.leave_aside(&["callbacks", "links"]),
        Object::Operation => {
            cx.map.entry("responses").or_insert_with(|| json!({}));
            cx.callbacks();
            cx.statuses();
            cx.in_list("security");
        }
        Object::Parameter | Object::Header => {
            cx.own_schema();
            mend_content(cx.map, cx.pointer, cx.diagnostics);
        }
        Object::MediaType => {
            cx.wrap_schema();
            cx.listed_examples();
        }
        Object::RequestBody | Object::Response => {
            cx.unwrap_schema();
            let (missing, value) =
                if object == Object::Response { ("description", json!("")) } else { ("content", json!({})) };
            cx.add(missing, value);
            mend_content(cx.map, cx.pointer, cx.diagnostics);
            cx.leave_aside(&["links"]);
        }
        Object::SecurityScheme => cx.security_scheme(),
        Object::Server => cx.server(),
        Object::PathItem | Object::Encoding | Object::Schema | Object::Tag | Object::Example => {}
    }
}

struct Slip<'s> {
    map: &'s mut Map<String, Value>,
    pointer: &'s Pointer,
    diagnostics: &'s mut Diagnostics,
}

impl Slip<'_> {
    /// Adds what must be there.
    fn add(&mut self, name: &str, value: Value) {
        if !self.map.contains_key(name) {
            told(
                self.diagnostics,
                self.pointer,
                format!("`{name}` is missing; it is taken for `{value}`"),
                format!("add `{name}`"),
                vec![Edit::Update(self.pointer.clone(), json!({ name: value }))],
            );
            self.map.insert(name.to_owned(), value);
        }
    }

    /// Removes what says nothing of requests and responses, so that nothing in it can be wrong.
    fn leave_aside(&mut self, names: &[&str]) {
        self.map.retain(|name, _| !names.contains(&name.as_str()));
    }

    fn callbacks(&mut self) {
        let callbacks = self.map.shift_remove("callbacks");
        if callbacks.is_some_and(|found| found.as_object().is_some_and(|found| !found.is_empty())) {
            let place = self.pointer.child("callbacks");
            let message = "callbacks are requests that the server makes, for which nothing is generated";
            let help = "nothing needs to be done";
            let diagnostic = Diagnostic::warning(Code::IgnoredCallbacks, &place, message, help);
            self.diagnostics.push(diagnostic.remove(&place));
        }
    }

    /// A security requirement that is not in a list.
    fn in_list(&mut self, name: &str) {
        let Some(value) = self.map.get_mut(name).filter(|value| value.is_object()) else { return };
        let list = Value::Array(vec![value.take()]);
        told(
            self.diagnostics,
            &self.pointer.child(name),
            format!("`{name}` is not a list; it is taken for a list of one"),
            format!("write `{name}: [ … ]`"),
            replaced(self.pointer, name, list.clone()),
        );
        *value = list;
    }

    fn path_names(&mut self) {
        let Some(Value::Object(paths)) = self.map.get_mut("paths") else { return };
        let is_path = |name: &String| name.starts_with('/') || name.starts_with("x-");
        if paths.keys().all(is_path) {
            return;
        }
        for (name, item) in std::mem::take(paths) {
            let mended = if is_path(&name) { name.clone() } else { format!("/{name}") };
            if mended != name {
                let place = self.pointer.child("paths").child(&name);
                let message = format!("a path begins with a slash; `{name}` is taken for `{mended}`");
                let paths = self.pointer.child("paths");
                let edits = vec![Edit::Update(paths, json!({ mended.as_str(): item })), Edit::Remove(place.clone())];
                told(self.diagnostics, &place, message, format!("write `{mended}`"), edits);
            }
            paths.insert(mended, item);
        }
    }

    /// Keys of `responses` that are no status.
    fn statuses(&mut self) {
        let Some(Value::Object(responses)) = self.map.get_mut("responses") else { return };
        for (name, response) in std::mem::take(responses) {
            if is_status(&name) || name.starts_with("x-") {
                responses.insert(name, response);
                continue;
            }
            let place = self.pointer.child("responses").child(&name);
            if name.eq_ignore_ascii_case("default") {
                responses.insert("default".to_owned(), response);
            } else {
                let message = format!("`{name}` is not a status, so this response is left aside");
                told(
                    self.diagnostics,
                    &place,
                    message,
                    "use a status such as `200`, a range such as `4XX`, or `default`",
                    vec![Edit::Remove(place.clone())],
                );
            }
        }
    }

    /// A parameter or header as Swagger 2.0 had it, or one of which nothing is said.
    fn own_schema(&mut self) {
        if self.map.contains_key("schema") || self.map.contains_key("content") {
            return;
        }
        let schema = split_off(self.map, |name| SCHEMA_KEYWORDS.contains(&name));
        let message = "`schema` is missing; what is said here of the value is taken for it";
        let mut edits: Vec<_> = schema.keys().map(|name| Edit::Remove(self.pointer.child(name))).collect();
        edits.push(Edit::Update(self.pointer.clone(), json!({ "schema": schema })));
        told(self.diagnostics, self.pointer, message, "describe the value in a `schema`", edits);
        self.map.insert("schema".to_owned(), Value::Object(schema));
    }

    /// A schema in the place of the media type that it belongs to.
    fn wrap_schema(&mut self) {
        let is_schema = |name: &str| SCHEMA_KEYWORDS.contains(&name) || name == "$ref" || name == "required";
        if self.map.contains_key("schema") || !self.map.keys().any(|name| is_schema(name)) {
            return;
        }
        let schema = split_off(self.map, is_schema);
        told(
            self.diagnostics,
            self.pointer,
            "a media type has a `schema`; what stands here is taken for it",
            "put it under `schema`",
            Vec::new(),
        );
        self.map.insert("schema".to_owned(), Value::Object(schema));
    }

    /// A body as Swagger 2.0 had it.
    fn unwrap_schema(&mut self) {
        if self.map.contains_key("content") {
            return;
        }
        if let Some(schema) = self.map.shift_remove("schema") {
            told(
                self.diagnostics,
                &self.pointer.child("schema"),
                "a body has `content`; this `schema` is taken for that of `application/json`",
                "write `content: { application/json: { schema: … } }`",
                Vec::new(),
            );
            self.map.insert("content".to_owned(), json!({ "application/json": { "schema": schema } }));
        }
    }

    /// `examples` is a map, and a list in a schema alone.
    fn listed_examples(&mut self) {
        let Some(Value::Array(examples)) = self.map.get_mut("examples") else { return };
        let first = std::mem::take(examples).into_iter().next();
        let place = self.pointer.child("examples");
        told(
            self.diagnostics,
            &place,
            "`examples` is not a map; its first item is taken for `example`",
            "name each example",
            Vec::new(),
        );
        self.map.shift_remove("examples");
        if let Some(first) = first {
            self.map.entry("example").or_insert(first);
        }
    }

    /// Of the flows of OAuth 2 nothing is used but their outcome, so nothing in them can be wrong.
    fn security_scheme(&mut self) {
        match self.map.get("type").and_then(Value::as_str) {
            Some("oauth2") => drop(self.map.insert("flows".to_owned(), json!({}))),
            Some("mutualTLS") => {
                self.map.insert("type".to_owned(), json!("http"));
                self.map.insert("scheme".to_owned(), json!(MUTUAL_TLS));
            }
            Some("openIdConnect") => drop(self.map.entry("openIdConnectUrl").or_insert_with(|| json!(""))),
            _ => {}
        }
    }

    fn server(&mut self) {
        self.add("url", json!("/"));
        let variables = self.map.get_mut("variables").and_then(Value::as_object_mut);
        for variable in variables.into_iter().flat_map(Map::values_mut).filter_map(Value::as_object_mut) {
            for value in variable.get_mut("enum").and_then(Value::as_array_mut).into_iter().flatten() {
                quote(value);
            }
            let first = variable.get("enum").and_then(|values| values.get(0)).cloned();
            let default = variable.entry("default").or_insert_with(|| first.unwrap_or_else(|| json!("")));
            quote(default);
        }
    }
}

/// Texts that YAML takes for something else, such as a port.
fn quote(value: &mut Value) {
    match value {
        Value::Null => *value = json!(""),
        Value::Number(_) | Value::Bool(_) => *value = Value::String(value.to_string()),
        _ => {}
    }
}

fn is_status(name: &str) -> bool {
    let is_code = |name: &str| name.parse::<u16>().is_ok_and(|code| (100..1000).contains(&code));
    let is_range =
        |name: &str| name.len() == 3 && name.as_bytes()[0].is_ascii_digit() && name[1..].eq_ignore_ascii_case("xx");
    name == "default" || is_code(name) || (name.is_ascii() && is_range(name))
}
