//! `webhooks`: requests that the server makes. A client answers none, but who does wants the types of their bodies.

use serde_json::{Map, Value, json};

use super::take;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;

/// Puts the schemas of the bodies among the components, if they are not there, and the webhooks aside.
pub fn keep_bodies(root: &mut Map<String, Value>, diagnostics: &mut Diagnostics) {
    let Some(Value::Object(webhooks)) = take(root, "webhooks") else { return };
    if webhooks.is_empty() {
        return;
    }
    let place = Pointer::root().child("webhooks");
    let message =
        "webhooks are requests that the server makes, for which nothing but the types of their bodies is generated";
    let diagnostic = Diagnostic::warning(Code::IgnoredCallbacks, &place, message, "nothing needs to be done");
    diagnostics.push(diagnostic.remove(&place));
    let components = root.entry("components").or_insert_with(|| json!({}));
    let Some(components) = components.as_object_mut() else { return };
    let schemas = components.entry("schemas").or_insert_with(|| json!({}));
    let Some(schemas) = schemas.as_object_mut() else { return };
    for (name, item) in webhooks {
        for schema in bodies(item) {
            let names = std::iter::once(format!("{name} webhook"));
            let mut names = names.chain((2_u32..).map(|number| format!("{name} webhook {number}")));
            if let Some(free) = names.find(|name| !schemas.contains_key(name)) {
                schemas.insert(free, schema);
            }
        }
    }
}

/// The schemas of a webhook's bodies that have no name.
fn bodies(item: Value) -> Vec<Value> {
    let Value::Object(operations) = item else { return Vec::new() };
    let mut found = Vec::new();
    for mut operation in operations.into_iter().map(|(_, operation)| operation) {
        let content = operation.pointer_mut("/requestBody/content").and_then(Value::as_object_mut).map(std::mem::take);
        for media in content.into_iter().flat_map(|content| content.into_iter().map(|(_, media)| media)) {
            let Value::Object(mut media) = media else { continue };
            let schema = take(&mut media, "schema").filter(|schema| schema.get("$ref").is_none());
            found.extend(schema.filter(|schema| !found.contains(schema)));
        }
    }
    found
}
