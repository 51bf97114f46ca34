//! The schemas of a document for this check: in words that a validator of JSON Schema knows, with and without what the tags of
//! discriminators add, and by the numbers that the program of the document gives them.

use std::collections::BTreeSet;

use generator::Schema;
use serde_json::{Map, Value, json};

use super::super::examples::{parts, schemas_of};
use super::schema::Schemas;
use super::tags::require_tags;
use crate::document::Document;

/// The schemas of a document.
pub struct Prepared {
    /// As the document says it.
    pub plain: Value,
    /// With tags that choose alternatives.
    pub tagged: Value,
}

impl Prepared {
    /// Those that the program of a document knows; `None` if the document cannot be read again.
    pub fn new(document: &Document, schemas: &[Schema]) -> Option<Self> {
        let whole = schemas_of(document)?;
        let mut plain = json!({});
        for name in ["components", "paths", "webhooks", "definitions", "$defs"] {
            if let Some(value) = whole.get(name) {
                plain[name] = value.clone();
            }
        }
        let numbers = schemas.iter().enumerate();
        // One root for all, so that each schema is compiled once: a value stands in an object, under the number of its schema.
        let roots: Map<String, Value> = numbers
            .map(|(number, schema)| (number.to_string(), json!({ "$ref": uri(schema.place.as_str()) })))
            .collect();
        let whole = plain.clone();
        forgive_one_side(&mut plain, &whole, &BTreeSet::new());
        plain["properties"] = Value::Object(roots);
        let mut tagged = plain.clone();
        require_tags(&mut tagged);
        Some(Self { plain, tagged })
    }

    /// The schema of a number.
    pub fn root(&self, number: usize) -> &Value {
        &self.tagged["properties"][number.to_string()]
    }
}

/// A place as a reference to it.
fn uri(place: &str) -> String {
    super::super::examples::uri(place)
}

/// Takes properties that only one side sets out of `required`: the other side need not know them, and a type that travels
/// both ways cannot insist.
fn forgive_one_side(schema: &mut Value, whole: &Value, around: &BTreeSet<String>) {
    match schema {
        Value::Object(map) => {
            let mut names = around.clone();
            if map.contains_key("required") || map.contains_key("allOf") {
                names.extend(one_sided(whole, &Value::Object(map.clone())));
            }
            if let Some(Value::Array(required)) = map.get_mut("required") {
                required.retain(|name| !name.as_str().is_some_and(|name| names.contains(name)));
            }
            for (keyword, value) in map.iter_mut() {
                let is_same_object = keyword == "allOf";
                forgive_one_side(value, whole, if is_same_object { &names } else { &EMPTY });
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| forgive_one_side(item, whole, around)),
        _ => {}
    }
}

static EMPTY: BTreeSet<String> = BTreeSet::new();

fn one_sided(whole: &Value, schema: &Value) -> Vec<String> {
    let parts = parts(whole, schema, &mut BTreeSet::new());
    let properties = parts.iter().filter_map(|part| part["properties"].as_object()).flatten();
    let is_one_sided = |schema: &Value| {
        let (read_only, write_only) = super::make::sides(Schemas(whole), &[schema]);
        read_only || write_only
    };
    properties.filter(|(_, schema)| is_one_sided(schema)).map(|(name, _)| name.clone()).collect()
}

/// Whether a schema describes the property that a path leads to; steps into an array are empty. What a client drops is only
/// what it does not know.
pub fn describes(document: &Value, schema: &Value, path: &[&str]) -> bool {
    let mut schemas = vec![schema];
    for step in path {
        let parts = schemas.into_iter().flat_map(|schema| parts(document, schema, &mut BTreeSet::new()));
        let parts: Vec<&Value> = parts.collect();
        schemas = parts.iter().flat_map(|part| children(part, step)).collect();
    }
    !schemas.is_empty()
}

fn children<'v>(schema: &'v Value, step: &str) -> Vec<&'v Value> {
    static ANYTHING: Value = Value::Bool(true);
    let is_free_form = schema.as_object().is_none_or(|map| !STRUCTURE.iter().any(|keyword| map.contains_key(*keyword)));
    if is_free_form {
        return vec![&ANYTHING];
    }
    if step.is_empty() {
        let tuple = schema["prefixItems"].as_array().into_iter().flatten();
        return schema.get("items").into_iter().chain(tuple).collect();
    }
    let described = schema["properties"].get(step);
    described.or_else(|| schema.get("additionalProperties").filter(|schema| **schema != json!(false))).into_iter().collect()
}

/// Keywords of schemas that say what is inside a value.
const STRUCTURE: &[&str] = &[
    "properties", "additionalProperties", "items", "prefixItems", "$ref", "allOf", "anyOf", "oneOf", "required",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_side_sets_is_not_required() {
        let mut document = json!({ "components": { "schemas": {
            "Id": { "type": "integer", "readOnly": true },
            "Base": { "properties": { "secret": { "writeOnly": true } } },
            "Pet": {
                "required": ["id", "name"],
                "properties": { "id": { "$ref": "#/components/schemas/Id" }, "name": { "required": ["id"] } },
            },
            "Cat": { "allOf": [{ "$ref": "#/components/schemas/Base" }, { "required": ["secret", "lives"] }] },
        } } });
        let whole = document.clone();
        forgive_one_side(&mut document, &whole, &BTreeSet::new());
        let schemas = &document["components"]["schemas"];
        assert_eq!(schemas["Pet"]["required"], json!(["name"]));
        assert_eq!(schemas["Pet"]["properties"]["name"]["required"], json!(["id"]));
        assert_eq!(schemas["Cat"]["allOf"][1]["required"], json!(["lives"]));
    }

    #[test]
    fn free_form_parts_are_described() {
        let schema = json!({
            "type": "object",
            "properties": { "a": {}, "b": { "items": { "type": "object", "properties": { "c": {} } } } },
        });
        let check = |path: &[&str]| describes(&schema, &schema, path);
        assert!(check(&["a", "x", ""]) && check(&["b", "", "c"]));
        assert!(!check(&["x"]) && !check(&["b", "", "x"]));
    }
}
