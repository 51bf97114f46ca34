//! One schema of 3.1 in the words of 3.0; its parts are rewritten by the walk that calls this.

use serde_json::{Map, Value, json};

use super::super::Version;
use super::take;

/// Keywords that only constrain.
pub const UNCHECKED: &[&str] =
    &["if", "dependentRequired", "dependentSchemas", "dependencies", "propertyNames", "contains", "$dynamicRef"];

/// Marks a list whose items are those of `anyOf`, one after the other.
pub const TUPLE: &str = "x-internal-tuple";

/// Keywords that say something of a value, whatever its type.
const ANNOTATIONS: &[&str] =
    &["title", "description", "default", "example", "deprecated", "readOnly", "writeOnly", "nullable", "externalDocs"];

/// Puts schemas where the walk finds them: those of keywords that 3.0 does not have.
pub fn spread_keywords(schema: &mut Map<String, Value>) {
    prefix_items(schema);
    pattern_properties(schema);
    unevaluated(schema);
}

/// The keywords that a schema uses as no schema of 3.0 can.
pub fn newer_keywords(schema: &Map<String, Value>) -> Vec<&'static str> {
    let new = ["const", "prefixItems", "patternProperties", "contentEncoding", "contentMediaType"];
    let mut found: Vec<_> = new.into_iter().filter(|keyword| schema.contains_key(*keyword)).collect();
    let is_newer_type = |ty: &Value| ty.is_array() || ty == "null";
    found.extend(schema.get("type").filter(|ty| is_newer_type(ty)).map(|_| "type"));
    for keyword in ["exclusiveMinimum", "exclusiveMaximum"] {
        found.extend(schema.get(keyword).filter(|bound| bound.is_number()).map(|_| keyword));
    }
    let is_plain = |name: &String| ["$ref", "description", "summary", "title"].contains(&name.as_str());
    if schema.contains_key("$ref") && !schema.keys().all(|name| is_plain(name) || name.starts_with("x-")) {
        found.push("$ref");
    }
    found
}

/// Rewrites a schema whose parts are rewritten already.
pub fn rewrite(schema: &mut Map<String, Value>, version: Version) {
    examples(schema);
    constant(schema);
    types(schema);
    if version == Version::V3_1 {
        null_in_enum(schema);
    }
    bound(schema, "exclusiveMinimum", "minimum", |exclusive, inclusive| inclusive > exclusive);
    bound(schema, "exclusiveMaximum", "maximum", |exclusive, inclusive| inclusive < exclusive);
    content(schema);
    reference(schema);
}

/// A tuple is a list of which every item is one of several things; one of a fixed length is marked.
fn prefix_items(schema: &mut Map<String, Value>) {
    let Some(Value::Array(mut members)) = take(schema, "prefixItems") else { return };
    let count = members.len();
    let bound = |name: &str| schema.get(name).and_then(Value::as_u64);
    let ends = schema.get("items") == Some(&json!(false)) || bound("maxItems") == Some(count as u64);
    if ends && bound("minItems") == Some(count as u64) && count > 1 {
        schema.insert("items".to_owned(), json!({ "anyOf": members }));
        schema.insert(TUPLE.to_owned(), json!(true));
        return;
    }
    match take(schema, "items") {
        Some(Value::Bool(false)) | None => {
            schema.entry("maxItems").or_insert(json!(count));
        }
        Some(Value::Bool(true)) => members.push(json!({})),
        Some(items) => members.push(items),
    }
    let mut distinct: Vec<Value> = Vec::new();
    for member in members {
        if !distinct.contains(&member) {
            distinct.push(member);
        }
    }
    schema.insert("items".to_owned(), one_of(distinct));
}

fn one_of(mut members: Vec<Value>) -> Value {
    if members.len() == 1 { members.remove(0) } else { json!({ "anyOf": members }) }
}

/// Properties by the pattern of their name are properties that are not named.
fn pattern_properties(schema: &mut Map<String, Value>) {
    let Some(Value::Object(patterns)) = take(schema, "patternProperties") else { return };
    let mut members: Vec<Value> = patterns.into_iter().map(|(_, member)| member).collect();
    match take(schema, "additionalProperties") {
        Some(Value::Bool(_)) | None => {}
        Some(other) => members.push(other),
    }
    if !members.is_empty() {
        schema.insert("additionalProperties".to_owned(), one_of(members));
    }
}

/// What no keyword of the schema has evaluated is what it does not name.
fn unevaluated(schema: &mut Map<String, Value>) {
    if let Some(others) = take(schema, "unevaluatedProperties").filter(Value::is_object) {
        schema.entry("additionalProperties").or_insert(others);
    }
}

fn examples(schema: &mut Map<String, Value>) {
    if let Some(Value::Array(examples)) = take(schema, "examples")
        && let Some(first) = examples.into_iter().next()
    {
        schema.entry("example").or_insert(first);
    }
}

fn constant(schema: &mut Map<String, Value>) {
    if let Some(value) = take(schema, "const") {
        schema.insert("enum".to_owned(), json!([value]));
    }
}

/// A list of types: null becomes `nullable`, several others become alternatives.
fn types(schema: &mut Map<String, Value>) {
    let listed = match schema.get("type") {
        Some(Value::Array(listed)) => listed.clone(),
        Some(Value::String(only)) if only == "null" => vec![json!("null")],
        _ => return,
    };
    schema.shift_remove("type");
    let mut types: Vec<&str> = listed.iter().filter_map(Value::as_str).collect();
    if types.contains(&"null") {
        schema.insert("nullable".to_owned(), json!(true));
        types.retain(|ty| *ty != "null");
    }
    // Every integer is a number.
    if types.contains(&"number") {
        types.retain(|ty| *ty != "integer");
    }
    match types.as_slice() {
        [] if listed.is_empty() => {}
        [] => drop(schema.insert("enum".to_owned(), json!([null]))),
        [only] => drop(schema.insert("type".to_owned(), json!(only))),
        several => alternatives(schema, several),
    }
}

/// A schema of several types as one alternative for each, with the keywords that apply to it.
fn alternatives(schema: &mut Map<String, Value>, types: &[&str]) {
    if schema.contains_key("oneOf") || schema.contains_key("anyOf") || schema.contains_key("allOf") {
        return;
    }
    let keywords: Vec<String> = schema.keys().filter(|name| !ANNOTATIONS.contains(&name.as_str())).cloned().collect();
    let parts: Vec<(String, Value)> =
        keywords.into_iter().filter_map(|name| schema.shift_remove(&name).map(|value| (name, value))).collect();
    let members = types.iter().map(|ty| {
        let mut member = Map::from_iter([("type".to_owned(), json!(ty))]);
        for (name, value) in parts.iter().filter(|(name, _)| applies(name, ty)) {
            member.insert(name.clone(), if name == "enum" { listed(value, ty) } else { value.clone() });
        }
        if member.get("enum") == Some(&json!([])) {
            member.shift_remove("enum");
        }
        Value::Object(member)
    });
    let members: Vec<Value> = members.collect();
    schema.insert("anyOf".to_owned(), Value::Array(members));
}

fn applies(keyword: &str, ty: &str) -> bool {
    match keyword {
        "pattern" | "minLength" | "maxLength" => ty == "string",
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => {
            ty == "number" || ty == "integer"
        }
        "items" | "minItems" | "maxItems" | "uniqueItems" => ty == "array",
        "properties" | "required" | "additionalProperties" | "minProperties" | "maxProperties" => ty == "object",
        "format" => matches!(ty, "string" | "number" | "integer"),
        _ => true,
    }
}

/// The values of an `enum` that are of a type.
fn listed(values: &Value, ty: &str) -> Value {
    let is = |value: &&Value| match ty {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        _ => value.is_object(),
    };
    values.as_array().into_iter().flatten().filter(is).cloned().collect()
}

/// Where 3.1 lists null, no `nullable` is needed.
fn null_in_enum(schema: &mut Map<String, Value>) {
    let lists_null = schema.get("enum").and_then(Value::as_array).is_some_and(|values| values.contains(&Value::Null));
    if lists_null {
        schema.insert("nullable".to_owned(), json!(true));
    }
}

/// An exclusive bound is a number in 3.1, and a switch beside the bound in 3.0.
fn bound(schema: &mut Map<String, Value>, exclusive: &str, inclusive: &str, is_tighter: fn(f64, f64) -> bool) {
    let Some(number) = schema.get(exclusive).filter(|value| value.is_number()).cloned() else { return };
    let other = schema.get(inclusive).and_then(Value::as_f64);
    if let (Some(one), Some(other)) = (number.as_f64(), other)
        && is_tighter(one, other)
    {
        schema.shift_remove(exclusive);
        return;
    }
    schema.insert(inclusive.to_owned(), number);
    schema.insert(exclusive.to_owned(), json!(true));
}

/// What a text holds was said by `format` before.
fn content(schema: &mut Map<String, Value>) {
    let (media_type, encoding) = (take(schema, "contentMediaType"), take(schema, "contentEncoding"));
    if schema.contains_key("format") {
        return;
    }
    let format = match (media_type, encoding.as_ref().and_then(Value::as_str)) {
        (_, Some("base64" | "base64url")) => "byte",
        (Some(Value::String(media_type)), None) if media_type == "application/octet-stream" => "binary",
        _ => return,
    };
    schema.insert("format".to_owned(), json!(format));
}

/// In 3.0 nothing counts beside `$ref`.
fn reference(schema: &mut Map<String, Value>) {
    if schema.len() > 1
        && let Some(reference) = take(schema, "$ref")
    {
        let target = json!({ "$ref": reference });
        match schema.get_mut("allOf") {
            Some(Value::Array(members)) => members.insert(0, target),
            _ => drop(schema.insert("allOf".to_owned(), json!([target]))),
        }
    }
}
