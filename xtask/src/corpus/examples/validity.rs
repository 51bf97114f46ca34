//! Whether an example is of its own schema: a document and an example in, yes or no out. The judge is somebody else's.

use std::collections::BTreeSet;

use generator::{Example, Pointer};
use jsonschema::{Draft, Validator};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Map, Value, json};

use crate::document::Document;

/// How many words of one schema may be wrong before nobody can tell what it means.
const MAX_MISTAKES: usize = 64;

/// What people write in references and no URI may contain.
const NO_URI: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// The schemas of a document, in words that a validator of JSON Schema knows.
pub struct Schemas {
    document: Option<Value>,
}

impl Schemas {
    /// Those of a document.
    pub fn new(document: &Document) -> Self {
        Self { document: schemas_of(document) }
    }

    /// Why an example is not of its schema; `None` if it is, or nobody can tell.
    pub fn objection(&self, example: &Example) -> Option<String> {
        let document = self.document.as_ref()?;
        let schema = find(document, example.schema.as_str())?.as_object()?;
        // References in a schema count from the root, so the root is the schema with the rest of the document beside it.
        let mut root: Map<String, Value> = schema.clone();
        for name in ["components", "paths", "definitions", "$defs"] {
            root.extend(document.get(name).map(|value| (name.to_owned(), value.clone())));
        }
        let validator = validator(&mut Value::Object(root), MAX_MISTAKES)?;
        let error = validator.validate(&example.value).err()?;
        Some(format!("{} at `#{}`", error.masked_with("it"), error.instance_path()))
    }

    /// Whether the schema of an example names the property that this way leads to; steps into a list are empty.
    pub fn names(&self, example: &Example, way: &[&str]) -> bool {
        let Some(document) = &self.document else { return true };
        let Some(schema) = find(document, example.schema.as_str()) else { return true };
        let mut schemas = vec![schema];
        for step in way {
            let parts = |schema| parts(document, schema, &mut BTreeSet::new());
            let parts: Vec<&Value> = schemas.into_iter().flat_map(parts).collect();
            schemas = parts.iter().filter_map(|part| child(part, step)).collect();
        }
        !schemas.is_empty()
    }
}

/// A document whose schemas are in words that a validator of JSON Schema knows; `None` if it cannot be read.
pub fn schemas_of(document: &Document) -> Option<Value> {
    let mut value = generator::effective(&document.source(&document.shown)).ok()?;
    let whole = value.clone();
    to_json_schema(&mut value, &whole);
    Some(value)
}

/// The validator of a schema. A word that means nothing there is taken out, so that the others can be heeded: people's
/// schemas are not always schemas, and one slip must not let every value pass.
pub fn validator(schema: &mut Value, mistakes: usize) -> Option<Validator> {
    for _ in 0..mistakes {
        match jsonschema::options().with_draft(Draft::Draft202012).build(schema) {
            Ok(validator) => return Some(validator),
            Err(error) => {
                let place = error.instance_path().as_str().to_owned();
                remove(schema, &place)?;
            }
        }
    }
    None
}

/// Takes out what a pointer leads to, or the list that it is an item of.
fn remove(value: &mut Value, pointer: &str) -> Option<Value> {
    let (parent, name) = pointer.rsplit_once('/')?;
    match value.pointer_mut(parent)? {
        Value::Object(map) => map.remove(&name.replace("~1", "/").replace("~0", "~")),
        _ => remove(value, parent),
    }
}

/// A schema and all those that a value of it may be of, by `$ref` or as alternatives.
pub fn parts<'v>(document: &'v Value, schema: &'v Value, seen: &mut BTreeSet<&'v str>) -> Vec<&'v Value> {
    let mut found = vec![schema];
    if let Some(reference) = schema["$ref"].as_str().filter(|reference| seen.insert(reference))
        && let Some(target) = find(document, reference)
    {
        found.extend(parts(document, target, seen));
    }
    for keyword in ["allOf", "anyOf", "oneOf"] {
        for member in schema[keyword].as_array().into_iter().flatten() {
            found.extend(parts(document, member, seen));
        }
    }
    found
}

/// What a schema says of a property, or of the items of a list. What only one side sets is not expected of the other.
fn child<'v>(schema: &'v Value, step: &str) -> Option<&'v Value> {
    if step.is_empty() {
        return schema.get("items");
    }
    let named = schema.get("properties").and_then(|properties| properties.get(step));
    if named.is_some_and(|named| named["readOnly"] == json!(true) || named["writeOnly"] == json!(true)) {
        return None;
    }
    named.or_else(|| schema.get("additionalProperties").filter(|others| others.is_object()))
}

pub fn find<'v>(document: &'v Value, reference: &str) -> Option<&'v Value> {
    Pointer::parse(reference)?.tokens().try_fold(document, |value, token| match value {
        Value::Array(items) => items.get(token.parse::<usize>().ok()?),
        other => other.get(token),
    })
}

/// What 3.0 says in its own way: `nullable`, and exclusive bounds as switches. Documents of 3.1 say it too, and mean the
/// same. A reference that leads nowhere in `whole` says nothing, and one that does becomes the URI that it should be.
fn to_json_schema(value: &mut Value, whole: &Value) {
    match value {
        Value::Object(map) => {
            map.values_mut().for_each(|value| to_json_schema(value, whole));
            if let Some(reference) = map.get("$ref").and_then(Value::as_str).map(str::to_owned) {
                match find(whole, &reference) {
                    Some(_) => map.insert("$ref".to_owned(), uri(&reference).into()),
                    None => map.remove("$ref"),
                };
            }
            if map.get("nullable") == Some(&json!(true)) {
                nullable(map);
            }
            for (exclusive, inclusive) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
                match map.get(exclusive) {
                    Some(Value::Bool(true)) => {
                        if let Some(bound) = map.remove(inclusive) {
                            map.insert(exclusive.to_owned(), bound);
                        }
                    }
                    Some(Value::Bool(false)) => drop(map.remove(exclusive)),
                    _ => {}
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|value| to_json_schema(value, whole)),
        _ => {}
    }
}

/// A reference as the URI that it should be.
pub fn uri(reference: &str) -> String {
    utf8_percent_encode(reference, NO_URI).to_string()
}

fn nullable(schema: &mut Map<String, Value>) {
    if let Some(Value::Array(values)) = schema.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    if let Some(ty) = schema.get("type").filter(|ty| ty.is_string()).cloned() {
        schema.insert("type".to_owned(), json!([ty, "null"]));
    } else if ["allOf", "anyOf", "oneOf", "$ref"].iter().any(|keyword| schema.contains_key(*keyword)) {
        let inner = Value::Object(std::mem::take(schema));
        schema.insert("anyOf".to_owned(), json!([inner, { "type": "null" }]));
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    const DOCUMENT: &str = r##"{
        "openapi": "3.0.3",
        "components": { "schemas": {
            "Pet": {
                "type": "object", "required": ["name"],
                "properties": {
                    "name": { "type": "string", "nullable": true },
                    "lives": { "type": "integer", "minimum": 0, "exclusiveMinimum": true },
                    "id": { "type": "integer", "readOnly": true },
                    "friends": { "type": "array", "items": { "$ref": "#/components/schemas/Pet" } }
                }
            },
            "Cat": { "allOf": [{ "$ref": "#/components/schemas/Pet" }] },
            "Own {home}": { "type": "string" },
            "Odd": {
                "type": "object", "required": true,
                "properties": {
                    "name": { "type": ["string", "text"], "maxLength": 3 },
                    "lives": { "type": "integer", "exclusiveMinimum": true },
                    "owner": { "$ref": "#/components/schemas/Nobody" },
                    "home": { "$ref": "#/components/schemas/Own {home}" },
                    "friend": { "$ref": "#/components/schemas/Cat" }
                }
            }
        } }
    }"##;

    fn schemas() -> Schemas {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.json");
        std::fs::write(&path, DOCUMENT).unwrap();
        Schemas::new(&Document::read(Path::new(&path), &Default::default()).unwrap())
    }

    fn example(value: Value) -> Example {
        example_of("Cat", value)
    }

    fn example_of(name: &str, value: Value) -> Example {
        let schema = Pointer::parse(&format!("#/components/schemas/{name}")).unwrap();
        Example { place: schema.child("example"), schema, value }
    }

    #[test]
    fn words_of_3_0_are_understood() {
        let schemas = schemas();
        let objection = |value: Value| schemas.objection(&example(value));
        assert_eq!(objection(json!({ "name": null, "lives": 9 })), None);
        assert_eq!(objection(json!({ "name": 7 })).unwrap(), "it is not of types \"null\", \"string\" at `#/name`");
        assert!(objection(json!({ "name": "Tom", "lives": 0 })).is_some());
        assert!(objection(json!({ "name": "Tom", "friends": [{}] })).is_some());
    }

    #[test]
    fn words_that_mean_nothing_do_not_let_everything_pass() {
        let schemas = schemas();
        let objection = |value: Value| schemas.objection(&example_of("Odd", value));
        assert_eq!(objection(json!({ "name": "Tom", "lives": 0, "owner": 7 })), None);
        assert!(objection(json!([])).is_some());
        assert!(objection(json!({ "name": "Thomas" })).is_some());
        assert!(objection(json!({ "friend": { "name": 7 } })).is_some());
        assert!(objection(json!({ "home": 7 })).is_some());
        assert_eq!(schemas.objection(&example_of("Nobody", json!(7))), None, "nobody can tell");
    }

    #[test]
    fn properties_are_named_where_they_stand() {
        let (schemas, example) = (schemas(), example(json!({})));
        assert!(schemas.names(&example, &["name"]) && schemas.names(&example, &["friends", "", "name"]));
        assert!(!schemas.names(&example, &["friends", "name"]) && !schemas.names(&example, &["color"]));
        assert!(!schemas.names(&example, &["id"]), "only the server sets it");
    }
}
