//! Discriminators, put in words that a validator of JSON Schema knows. It ignores them, but clients do not: the tag of a value
//! chooses the alternative. In the result each alternative wants one of its own tags, and a component that others inherit from
//! wants what its tag names. A value that is valid by the document and not by the result is one of which OpenAPI and JSON
//! Schema say different things.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::super::examples::{find, parts};

/// Where the components with a discriminator of their own are, as references see them.
const TAGGED: &str = "x-tagged";

const COMPONENTS: &str = "#/components/schemas/";

/// Changes the schemas of a document.
pub fn require_tags(document: &mut Value) {
    let whole = document.clone();
    rewrite(document, &whole);
    keep_own_tags(document, &whole);
    let bases = inherited(&whole);
    if bases.is_empty() {
        return;
    }
    refer_to_tagged(document, &bases, false);
    let tagged: Map<String, Value> = bases.iter().map(|name| (name.clone(), tagged(&whole, name))).collect();
    document["components"][TAGGED] = Value::Object(tagged);
}

/// Lets components that are alternatives beside a discriminator have no other tag wherever they are used: the client gives
/// their tag a single value. One that others inherit from can have theirs.
fn keep_own_tags(document: &mut Value, whole: &Value) {
    let (mut members, mut inherited) = (BTreeMap::new(), BTreeSet::new());
    members_of(whole, whole, &mut members, &mut inherited);
    for ((name, property), tags) in members {
        let schema = &mut document["components"]["schemas"][&name];
        if schema.is_object() && !inherited.contains(&name) {
            let own = json!({ "properties": { property: { "enum": tags } } });
            *schema = json!({ "allOf": [schema.take(), own] });
        }
    }
}

/// The components that are alternatives, with the property of their tags, and those that others inherit from.
fn members_of(
    value: &Value,
    whole: &Value,
    members: &mut BTreeMap<(String, String), Vec<Value>>,
    inherited: &mut BTreeSet<String>,
) {
    let component = |schema: &Value| Some(schema["$ref"].as_str()?.strip_prefix(COMPONENTS)?.to_owned());
    let list = |keyword: &str| value.get(keyword).and_then(Value::as_array).into_iter().flatten();
    inherited.extend(list("allOf").filter_map(component));
    if let Some(property) = value.get("discriminator").and_then(|discriminator| discriminator["propertyName"].as_str())
    {
        for alternative in list("oneOf").chain(list("anyOf")) {
            if let Some(name) = component(alternative) {
                let tags = tags(whole, alternative, property, &value["discriminator"]);
                members.entry((name, property.to_owned())).or_default().extend(tags);
            }
        }
    }
    match value {
        Value::Object(map) => map.values().for_each(|value| members_of(value, whole, members, inherited)),
        Value::Array(items) => items.iter().for_each(|value| members_of(value, whole, members, inherited)),
        _ => {}
    }
}

/// Lets each alternative beside a discriminator want its tags.
fn rewrite(value: &mut Value, whole: &Value) {
    match value {
        Value::Object(map) => {
            map.values_mut().for_each(|value| rewrite(value, whole));
            let Some(discriminator) = map.get("discriminator").cloned() else { return };
            let Some(property) = discriminator["propertyName"].as_str() else { return };
            for keyword in ["oneOf", "anyOf"] {
                for alternative in map.get_mut(keyword).and_then(Value::as_array_mut).into_iter().flatten() {
                    *alternative = with_tags(whole, alternative, property, &discriminator);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|value| rewrite(value, whole)),
        _ => {}
    }
}

fn with_tags(whole: &Value, alternative: &Value, property: &str, discriminator: &Value) -> Value {
    // `null` has no tag.
    if alternative["type"] == json!("null") {
        return alternative.clone();
    }
    let tags = tags(whole, alternative, property, discriminator);
    let tags = if tags.is_empty() { json!({}) } else { json!({ "enum": tags }) };
    json!({ "allOf": [alternative, { "required": [property], "properties": { property: tags } }] })
}

/// The tags of an alternative: those that are mapped to it, or else those that it lists itself, or else its name.
fn tags(whole: &Value, alternative: &Value, property: &str, discriminator: &Value) -> Vec<Value> {
    let reference = alternative["$ref"].as_str().unwrap_or_default();
    let name = reference.strip_prefix(COMPONENTS);
    let leads_here =
        |target: &str| target == reference || Some(target) == name || target.ends_with(&format!("/{reference}"));
    let mapping = discriminator["mapping"].as_object().into_iter().flatten();
    let mapped = mapping.filter(|(_, target)| target.as_str().is_some_and(leads_here));
    let mapped: Vec<Value> = mapped.map(|(tag, _)| json!(tag)).collect();
    if !mapped.is_empty() {
        return mapped;
    }
    let listed = parts(whole, alternative, &mut BTreeSet::new()).into_iter().flat_map(|part| {
        let property = &part["properties"][property];
        let values = parts(whole, property, &mut BTreeSet::new()).into_iter().map(|part| {
            part.get("const")
                .map(|tag| vec![tag.clone()])
                .or_else(|| part["enum"].as_array().cloned())
                .unwrap_or_default()
        });
        values.flatten().collect::<Vec<_>>()
    });
    let listed: Vec<Value> = listed.collect();
    match name.map(|name| json!(name)) {
        // A component can inherit the list of all tags.
        Some(name) if listed.is_empty() || listed.contains(&name) => vec![name],
        _ => listed,
    }
}

/// The components that say by a discriminator which of the components that inherit from them a value is.
fn inherited(whole: &Value) -> BTreeSet<String> {
    let schemas = whole["components"]["schemas"].as_object().into_iter().flatten();
    let bases = schemas.filter(|(_, schema)| {
        schema["discriminator"]["propertyName"].is_string() && schema.get("oneOf").or(schema.get("anyOf")).is_none()
    });
    bases.map(|(name, _)| name.clone()).collect()
}

/// Lets references mean the component with its tags, except where a component inherits from it.
fn refer_to_tagged(value: &mut Value, bases: &BTreeSet<String>, inherits: bool) {
    match value {
        Value::Object(map) => {
            if let Some(Value::String(reference)) = map.get_mut("$ref")
                && let Some(name) = reference.strip_prefix(COMPONENTS).filter(|name| bases.contains(*name))
                && !inherits
            {
                *reference = format!("#/components/{TAGGED}/{name}");
            }
            for (keyword, value) in map.iter_mut() {
                refer_to_tagged(value, bases, keyword == "allOf");
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|value| refer_to_tagged(value, bases, inherits)),
        _ => {}
    }
}

fn tagged(whole: &Value, base: &str) -> Value {
    let schema = find(whole, &format!("{COMPONENTS}{base}")).cloned().unwrap_or_default();
    let discriminator = &schema["discriminator"];
    let property = discriminator["propertyName"].as_str().unwrap_or_default();
    let schemas = whole["components"]["schemas"].as_object().into_iter().flatten();
    let heirs = schemas.map(|(name, _)| name).filter(|name| *name != base && inherits(whole, name, base));
    let reference = |name: &str| json!({ "$ref": format!("{COMPONENTS}{name}") });
    let mut alternatives: Vec<Value> =
        heirs.map(|name| with_tags(whole, &reference(name), property, discriminator)).collect();
    let own = tags(whole, &reference(base), property, &json!({ "mapping": discriminator["mapping"] }));
    if own.contains(&json!(base)) || alternatives.is_empty() {
        alternatives.push(with_tags(whole, &reference(base), property, discriminator));
    }
    json!({ "anyOf": alternatives })
}

fn inherits(whole: &Value, name: &str, base: &str) -> bool {
    let reference = json!({ "$ref": format!("{COMPONENTS}{name}") });
    let mut seen = BTreeSet::new();
    parts(whole, &reference, &mut seen);
    seen.contains(format!("{COMPONENTS}{base}").as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Value {
        let mut document = json!({ "components": { "schemas": {
            "Pet": {
                "oneOf": [{ "$ref": "#/components/schemas/Cat" }, { "$ref": "#/components/schemas/Dog" }],
                "discriminator": { "propertyName": "kind", "mapping": { "cat": "#/components/schemas/Cat" } },
            },
            "Cat": { "type": "object", "properties": { "kind": { "type": "string" } } },
            "Dog": { "type": "object", "properties": { "kind": { "type": "string", "enum": ["dog", "puppy"] } } },
            "Shape": {
                "type": "object", "required": ["form"], "properties": { "form": { "type": "string" } },
                "discriminator": { "propertyName": "form" },
            },
            "Circle": { "allOf": [
                { "$ref": "#/components/schemas/Shape" },
                { "required": ["radius"], "properties": { "next": { "$ref": "#/components/schemas/Shape" } } },
            ] },
            "Drawing": { "type": "array", "items": { "$ref": "#/components/schemas/Shape" } },
        } } });
        require_tags(&mut document);
        document
    }

    fn check(name: &str, value: Value) -> bool {
        let mut root = document();
        root["$ref"] = json!(format!("{COMPONENTS}{name}"));
        jsonschema::is_valid(&root, &value)
    }

    #[test]
    fn alternatives_want_their_tags() {
        assert!(check("Pet", json!({ "kind": "cat" })) && check("Pet", json!({ "kind": "puppy" })));
        assert!(!check("Pet", json!({ "kind": "Cat" })) && !check("Pet", json!({ "kind": "Dog" })));
        assert!(!check("Pet", json!({})));
        assert!(
            check("Cat", json!({ "kind": "cat" }))
                && check("Cat", json!({}))
                && !check("Cat", json!({ "kind": "dog" }))
        );
    }

    #[test]
    fn tags_choose_among_heirs() {
        assert!(check(
            "Drawing",
            json!([{ "form": "Circle", "radius": 1, "next": { "form": "Circle", "radius": 2 } }])
        ));
        assert!(!check("Drawing", json!([{ "form": "Circle" }])));
        assert!(!check("Drawing", json!([{ "form": "Circle", "radius": 1, "next": { "form": "Square" } }])));
        assert!(check("Shape", json!({ "form": "Square" })), "the component itself is what others inherit");
    }
}
