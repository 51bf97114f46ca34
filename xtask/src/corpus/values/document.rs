//! The schemas of a document for this check: in words that a validator of JSON Schema knows, with and without what the tags of
//! discriminators add, and by the numbers that the program of the document gives them.

use std::collections::BTreeSet;

use generator::Schema;
use serde_json::{Map, Value, json};

use super::super::examples::{find, parts, schemas_of, uri};
use super::compare::Step;
use super::json::Json;
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
        let is_there = |(_, schema): &(usize, &Schema)| find(&whole, schema.place.as_str()).is_some();
        let roots: Map<String, Value> = numbers
            .filter(is_there)
            .map(|(number, schema)| (number.to_string(), json!({ "$ref": uri(schema.place.as_str()) })))
            .collect();
        name_null(&mut plain);
        name_objects(&mut plain, false);
        let whole = plain.clone();
        forgive_one_side(&mut plain, &whole, &BTreeSet::new());
        plain["properties"] = Value::Object(roots);
        let mut tagged = plain.clone();
        require_tags(&mut tagged);
        Some(Self { plain, tagged })
    }

    /// The schema of a number; `None` if it is not where the generator found it, as one of another file.
    pub fn root(&self, number: usize) -> Option<&Value> {
        self.tagged["properties"].get(number.to_string())
    }
}

/// Lets an alternative that says only `nullable: true` be null, which is what its author means; by the letter it allows
/// anything.
fn name_null(value: &mut Value) {
    let is_only_null = |schema: &Value| {
        let is_note = |name: &String| matches!(name.as_str(), "nullable" | "title" | "description");
        schema["nullable"] == json!(true) && schema.as_object().is_some_and(|schema| schema.keys().all(is_note))
    };
    match value {
        Value::Object(map) => {
            map.values_mut().for_each(name_null);
            for keyword in ["anyOf", "oneOf"] {
                let alternatives = map.get_mut(keyword).and_then(Value::as_array_mut).into_iter().flatten();
                alternatives
                    .filter(|schema| is_only_null(schema))
                    .for_each(|schema| *schema = json!({ "type": "null" }));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(name_null),
        _ => {}
    }
}

/// Keywords whose value maps names to schemas.
const NAMED: &[&str] = &["properties", "schemas", "definitions", "$defs", "patternProperties"];

/// Makes objects of schemas that describe properties and say no type, which is what their authors mean; by the letter they allow
/// a string too. `is_map` says that names lead to schemas here.
fn name_objects(value: &mut Value, is_map: bool) {
    match value {
        Value::Object(map) => {
            let says_more = ["type", "anyOf", "oneOf", "enum"].iter().any(|keyword| map.contains_key(*keyword));
            let is_object = map.get("properties").is_some_and(Value::is_object) && !says_more;
            if !is_map && is_object {
                let ty =
                    if map.get("nullable") == Some(&json!(true)) { json!(["object", "null"]) } else { json!("object") };
                map.insert("type".to_owned(), ty);
            }
            for (name, value) in map.iter_mut() {
                name_objects(value, !is_map && NAMED.contains(&name.as_str()));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| name_objects(item, false)),
        _ => {}
    }
}

/// The keyword for what `forgive_one_side` takes out of `required`.
pub const ONE_SIDED: &str = "x-one-sided";

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
                let is_one_sided = |name: &Value| name.as_str().is_some_and(|name| names.contains(name));
                let one_sided: Vec<Value> = required.extract_if(.., |name| is_one_sided(name)).collect();
                if !one_sided.is_empty() {
                    map.insert(ONE_SIDED.to_owned(), one_sided.into());
                }
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

/// Whether a schema describes the property of a value that a path leads to. What it does not describe, a client can drop.
/// `can_be` decides whether a value can be one of an alternative.
pub fn describes(
    document: &Value,
    schema: &Value,
    value: &Json,
    path: &[Step<'_>],
    can_be: &dyn Fn(&Value, &Json) -> bool,
) -> bool {
    let (mut schemas, mut value) = (vec![schema], Some(value));
    for step in path {
        let mut parts = Vec::new();
        let mut seen = BTreeSet::new();
        schemas.iter().for_each(|schema| apply(document, schema, value, can_be, &mut parts, &mut seen));
        schemas = parts.iter().flat_map(|part| children(part, step)).collect();
        value = match (step, value) {
            (Step::Property(name), Some(object)) => object.get(name),
            (Step::Item(index), Some(Json::Array(items))) => items.get(*index),
            _ => None,
        };
    }
    !schemas.is_empty()
}

/// The schemas that say something of a value, with the alternatives that it can be.
fn apply<'v>(
    document: &'v Value,
    schema: &'v Value,
    value: Option<&Json>,
    can_be: &dyn Fn(&Value, &Json) -> bool,
    found: &mut Vec<&'v Value>,
    seen: &mut BTreeSet<&'v str>,
) {
    found.push(schema);
    if let Some(reference) = schema["$ref"].as_str().filter(|reference| seen.insert(reference))
        && let Some(target) = find(document, reference)
    {
        apply(document, target, value, can_be, found, seen);
    }
    for keyword in ["allOf", "anyOf", "oneOf"] {
        for member in schema[keyword].as_array().into_iter().flatten() {
            if keyword == "allOf" || value.is_none_or(|value| can_be(member, value)) {
                apply(document, member, value, can_be, found, seen);
            }
        }
    }
}

fn children<'v>(schema: &'v Value, step: &Step<'_>) -> Vec<&'v Value> {
    static ANYTHING: Value = Value::Bool(true);
    let is_free_form = schema.as_object().is_none_or(|map| !STRUCTURE.iter().any(|keyword| map.contains_key(*keyword)));
    match step {
        _ if is_free_form => vec![&ANYTHING],
        Step::Item(_) => {
            let tuple = schema["prefixItems"].as_array().into_iter().flatten();
            schema.get("items").into_iter().chain(tuple).collect()
        }
        Step::Property(name) => {
            let others = || schema.get("additionalProperties").filter(|schema| **schema != json!(false));
            schema["properties"].get(name).or_else(others).into_iter().collect()
        }
    }
}

/// Keywords of schemas that say what is inside a value.
const STRUCTURE: &[&str] =
    &["properties", "additionalProperties", "items", "prefixItems", "$ref", "allOf", "anyOf", "oneOf", "required"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternative_that_is_only_nullable_is_null() {
        let mut schema = json!({ "anyOf": [{ "type": "string" }, { "nullable": true }], "properties": { "a": { "nullable": true } } });
        name_null(&mut schema);
        assert_eq!(schema["anyOf"][1], json!({ "type": "null" }));
        assert_eq!(schema["properties"]["a"], json!({ "nullable": true }));
    }

    #[test]
    fn schemas_with_properties_are_objects() {
        let mut document = json!({ "components": { "schemas": {
            "Pet": { "properties": { "properties": { "nullable": true, "properties": {} }, "name": {} } },
        } } });
        name_objects(&mut document, false);
        let pet = &document["components"]["schemas"]["Pet"];
        assert_eq!(pet["type"], "object");
        assert_eq!(pet["properties"]["properties"]["type"], json!(["object", "null"]));
        assert_eq!((pet["properties"].get("type"), &pet["properties"]["name"]), (None, &json!({})));
    }

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

    fn check(schema: &Value, value: &str, path: &[&str]) -> bool {
        let path: Vec<_> = path.iter().map(|step| step.parse().map_or(Step::Property(step), Step::Item)).collect();
        let can_be = |schema: &Value, value: &Json| {
            jsonschema::is_valid(schema, &serde_json::from_str(&value.to_string()).unwrap())
        };
        describes(schema, schema, &Json::parse(value).unwrap(), &path, &can_be)
    }

    #[test]
    fn free_form_parts_are_described() {
        let schema = json!({
            "type": "object",
            "properties": { "a": {}, "b": { "items": { "type": "object", "properties": { "c": {} } } } },
        });
        assert!(check(&schema, r#"{"a":{}}"#, &["a", "x", "0"]) && check(&schema, r#"{"b":[{}]}"#, &["b", "0", "c"]));
        assert!(!check(&schema, "{}", &["x"]) && !check(&schema, "{}", &["b", "0", "x"]));
    }

    #[test]
    fn properties_are_described_by_alternatives_that_the_value_can_be() {
        let alternative =
            |tag: &str, name: &str| json!({ "properties": { "kind": { "enum": [tag] }, name: { "type": "integer" } } });
        let schema = json!({ "oneOf": [alternative("a", "x"), alternative("b", "y")] });
        let value = r#"{"kind":"a","x":1,"y":2}"#;
        assert!(check(&schema, value, &["x"]) && !check(&schema, value, &["y"]));
        assert!(!check(&schema, r#"{"x":null}"#, &["x"]) && check(&schema, r#"{"x":7,"y":8}"#, &["y"]));
    }
}
