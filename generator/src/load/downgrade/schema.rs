//! One schema of 3.1 in the words of 3.0; its parts are rewritten by the walk that calls this.

use serde_json::{Map, Value, json};

use super::super::Version;
use super::take;

/// Keywords that only constrain.
pub const UNCHECKED: &[&str] =
    &["if", "dependentRequired", "dependentSchemas", "dependencies", "propertyNames", "contains"];

/// Marks a list whose items are those of `anyOf`, one after the other.
pub const TUPLE: &str = "x-internal-tuple";

/// Where the bounds of integers go that are beyond `i64`, which openapiv3 has no room for.
pub const WIDE_MINIMUM: &str = "x-internal-minimum";
/// The same for the other end.
pub const WIDE_MAXIMUM: &str = "x-internal-maximum";

/// Keywords that say something of a value, whatever its type.
const ANNOTATIONS: &[&str] =
    &["title", "description", "default", "example", "deprecated", "readOnly", "writeOnly", "nullable", "externalDocs"];

/// Puts schemas where the walk finds them: those of keywords that 3.0 does not have.
pub fn spread_keywords(schema: &mut Map<String, Value>) {
    prefix_items(schema);
    pattern_properties(schema);
    unevaluated(schema);
}

/// The keywords of which not all is checked before a value is sent, and what each constrains.
pub fn loosened_keywords(schema: &Map<String, Value>) -> Vec<(&'static str, &'static str)> {
    let mut found = Vec::new();
    let patterns = schema.get("patternProperties").and_then(Value::as_object);
    if patterns.is_some_and(|patterns| !patterns.keys().all(|pattern| matches_all(pattern))) {
        found.push(("patternProperties", "properties by name"));
    }
    let items = schema.get("prefixItems").and_then(Value::as_array);
    if items.is_some_and(|items| !items.is_empty() && !is_tuple(schema, items.len())) {
        found.push(("prefixItems", "items by position"));
    }
    found
}

/// Whether a list has exactly so many items, each with a schema of its own.
fn is_tuple(schema: &Map<String, Value>, count: usize) -> bool {
    let bound = |name: &str| schema.get(name).and_then(Value::as_u64);
    let most = bound("maxItems").is_some_and(|most| most == count as u64);
    let ends = most || schema.get("items") == Some(&json!(false));
    ends && bound("minItems") == Some(count as u64)
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
    wide_bound(schema, "minimum", "exclusiveMinimum", WIDE_MINIMUM);
    wide_bound(schema, "maximum", "exclusiveMaximum", WIDE_MAXIMUM);
    content(schema);
    reference(schema);
}

/// A list whose first items have schemas of their own. Where it has exactly those, it is marked as a tuple; else every item
/// is one of several things, and of anything if that is what further items may be.
fn prefix_items(schema: &mut Map<String, Value>) {
    let further = take(schema, "unevaluatedItems").filter(|_| !has_applicators(schema));
    if let Some(further) = further {
        schema.entry("items").or_insert(further);
    }
    let members = match take(schema, "prefixItems") {
        Some(Value::Array(members)) => members,
        _ => Vec::new(),
    };
    let count = members.len() as u64;
    if schema.get("items") == Some(&json!(false)) {
        schema.shift_remove("items");
        lower_bound(schema, "maxItems", count);
    }
    if members.is_empty() {
        return;
    }
    let bound = |name: &str| schema.get(name).and_then(Value::as_u64);
    let (least, most) = (bound("minItems"), bound("maxItems"));
    if least == Some(count) && most == Some(count) && count > 1 {
        schema.insert("items".to_owned(), json!({ "anyOf": members }));
        schema.insert(TUPLE.to_owned(), json!(true));
        return;
    }
    let further = take(schema, "items").unwrap_or(Value::Bool(true));
    let is_longer = most.is_none_or(|most| most > count);
    let members = members.into_iter().chain(is_longer.then_some(further));
    schema.insert("items".to_owned(), one_of(members));
}

/// Whether other schemas apply to the same value, which may evaluate items and properties too.
fn has_applicators(schema: &Map<String, Value>) -> bool {
    ["allOf", "anyOf", "oneOf", "$ref", "$dynamicRef", "if"].iter().any(|keyword| schema.contains_key(*keyword))
}

/// Makes a bound at most so high.
fn lower_bound(schema: &mut Map<String, Value>, name: &str, most: u64) {
    let known = schema.get(name).and_then(Value::as_u64);
    schema.insert(name.to_owned(), json!(known.map_or(most, |known| known.min(most))));
}

/// The alternatives without those that are there twice; anything, if that is one of them.
fn one_of(members: impl Iterator<Item = Value>) -> Value {
    let mut distinct: Vec<Value> = Vec::new();
    for member in members {
        if is_anything(&member) {
            return json!({});
        }
        if !distinct.contains(&member) {
            distinct.push(member);
        }
    }
    if distinct.len() == 1 { distinct.remove(0) } else { json!({ "anyOf": distinct }) }
}

fn is_anything(schema: &Value) -> bool {
    match schema {
        Value::Bool(anything) => *anything,
        Value::Object(schema) => {
            schema.keys().all(|name| name.starts_with("x-") || ["title", "description"].contains(&name.as_str()))
        }
        _ => false,
    }
}

/// Properties by the pattern of their name are properties that are not named. Those whose name matches no pattern are of the
/// schema `additionalProperties`, which is any if it is not there.
fn pattern_properties(schema: &mut Map<String, Value>) {
    let Some(Value::Object(patterns)) = take(schema, "patternProperties") else { return };
    if patterns.is_empty() {
        return;
    }
    let others = match take(schema, "additionalProperties") {
        Some(Value::Bool(false)) => None,
        Some(others) => Some(others),
        None => Some(Value::Bool(true)),
    };
    let for_all = patterns.iter().find(|(pattern, _)| matches_all(pattern)).map(|(_, member)| member.clone());
    let members: Vec<Value> = match for_all {
        Some(member) => vec![member],
        // No name may match a pattern that allows no value.
        None => patterns
            .into_iter()
            .map(|(_, member)| member)
            .filter(|member| *member != json!(false))
            .chain(others)
            .collect(),
    };
    let values = if members.is_empty() { Value::Bool(false) } else { one_of(members.into_iter()) };
    schema.insert("additionalProperties".to_owned(), values);
}

/// Whether a pattern is one that every name matches.
pub fn matches_all(pattern: &str) -> bool {
    let inner = pattern.strip_prefix('^').unwrap_or(pattern);
    let inner = inner.strip_suffix('$').unwrap_or(inner);
    matches!(pattern, "" | "^" | "$") || matches!(inner, ".*" | "(.*)" | "[\\s\\S]*")
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

/// A bound of integers beyond `i64`, which goes where its digits are kept.
fn wide_bound(schema: &mut Map<String, Value>, inclusive: &str, exclusive: &str, wide: &str) {
    if schema.get("type") == Some(&json!("number")) {
        return;
    }
    let Some(Value::Number(number)) = schema.get(inclusive).filter(|number| !number.is_i64()) else { return };
    let digits = match number.as_f64() {
        _ if number.is_u64() => number.to_string(),
        Some(float) if float.fract() == 0.0 => format!("{float:.0}"),
        _ => return,
    };
    if let Ok(small) = digits.parse::<i64>() {
        if schema.get("type") == Some(&json!("integer")) {
            schema.insert(inclusive.to_owned(), json!(small));
        }
        return;
    }
    schema.shift_remove(inclusive);
    let exclusive = take(schema, exclusive).is_some_and(|exclusive| exclusive == json!(true));
    schema.insert(wide.to_owned(), json!({ "number": digits, "exclusive": exclusive }));
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
