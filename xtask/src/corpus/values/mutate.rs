//! Values that break one keyword each: the least value of a schema with one thing wrong, for each keyword of the schema and of
//! the schemas inside it. What a `$ref` to an object leads to is only mutated as a whole; it has values of its own.

use std::collections::BTreeSet;

use serde_json::Value;

use super::json::Json;
use super::make::{Maker, tuple};
use super::schema::{All, TYPES};
use super::text::fitting;

/// How many sets of schemas are mutated, by the depth of their part of the value.
const SETS: [usize; 3] = [48, 6, 3];

/// How deeply schemas nest without a reference before the rest is not mutated.
const MAX_DEPTH: usize = 10;

/// How many items more than allowed an array can have.
const MAX_ITEMS: usize = 60;

/// How long a string can be for being too long.
const MAX_LENGTH: usize = 5000;

/// A value and the keyword that it breaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Mutation {
    /// The keyword.
    pub keyword: &'static str,
    /// The value.
    pub value: Json,
}

/// The mutations of a value of all of `schemas`.
pub fn mutations<'d>(maker: &Maker<'d>, schemas: &[&'d Value]) -> Vec<Mutation> {
    inside(maker, schemas, 0)
}

fn inside<'d>(maker: &Maker<'d>, schemas: &[&'d Value], depth: usize) -> Vec<Mutation> {
    let sets = maker.schemas.alternatives(schemas);
    let most = SETS.get(depth).copied().unwrap_or(1);
    let mut found: Vec<Mutation> = sets.iter().take(most).flat_map(|all| of_set(maker, all, depth)).collect();
    found.extend(merged(maker, &sets));
    let mut seen = BTreeSet::new();
    found.retain(|mutation| seen.insert(mutation.value.to_string()));
    found
}

fn of_set<'d>(maker: &Maker<'d>, all: &All<'d>, depth: usize) -> Vec<Mutation> {
    let mut found = wrong_types(all);
    let Some(base) = maker.least_of(all, 0) else { return found };
    found.extend(wrong_shapes(all, &base));
    found.extend(not_listed(all));
    match &base {
        Json::String(text) => found.extend(strings(all, text)),
        Json::Number(_) => found.extend(numbers(all)),
        Json::Array(items) => found.extend(arrays(maker, all, items, depth)),
        Json::Object(_) => found.extend(objects(maker, all, &base, depth)),
        Json::Null | Json::Bool(_) => {}
    }
    let refused = all.each("not").filter_map(|schema| maker.least(&[schema], 0));
    found.extend(refused.map(|value| Mutation { keyword: "not", value }));
    found
}

/// One value of each other type, and strings that spell values of the type.
fn wrong_types(all: &All<'_>) -> Vec<Mutation> {
    let Some(types) = all.types() else { return Vec::new() };
    let samples = [
        ("object", "{}"),
        ("object", r#"{"undocumented":[1]}"#),
        ("array", "[]"),
        ("array", "[null]"),
        ("string", r#""text""#),
        ("string", r#""""#),
        ("string", r#""7""#),
        ("string", r#""true""#),
        ("number", "2.5"),
        ("integer", "7"),
        ("integer", "0"),
        ("boolean", "true"),
        ("null", "null"),
    ];
    let is_allowed = |ty: &str| types.contains(&ty) || (ty == "integer" && types.contains(&"number"));
    let wrong = samples.iter().filter(|(ty, _)| TYPES.contains(ty) && !is_allowed(ty));
    wrong.filter_map(|(_, text)| Json::parse(text)).map(|value| Mutation { keyword: "type", value }).collect()
}

/// The value in an array, and what is in an array without it.
fn wrong_shapes(all: &All<'_>, base: &Json) -> Vec<Mutation> {
    if !all.has("type") && all.listed().is_none() {
        return Vec::new();
    }
    let mut values = vec![Json::Array(vec![base.clone()])];
    if let Json::Array(items) = base {
        values.extend(items.first().cloned());
    }
    values.into_iter().map(|value| Mutation { keyword: "type", value }).collect()
}

fn not_listed(all: &All<'_>) -> Vec<Mutation> {
    let Some(listed) = all.listed() else { return Vec::new() };
    let keyword = if all.has("enum") { "enum" } else { "const" };
    let others = listed.iter().take(1).flat_map(|value| match value {
        Json::String(text) => {
            vec![
                Json::text("not listed"),
                Json::text(format!("{text} ")),
                Json::text(text.to_uppercase()),
                Json::text(""),
            ]
        }
        Json::Number(_) => vec![Json::number(987_654_321), Json::number(-3), Json::number(0.25)],
        Json::Bool(value) => vec![Json::Bool(!value)],
        _ => vec![Json::text("not listed")],
    });
    others.filter(|value| !listed.contains(value)).map(|value| Mutation { keyword, value }).collect()
}

fn strings(all: &All<'_>, base: &str) -> Vec<Mutation> {
    let mut found = Vec::new();
    let mut add = |keyword, text: String| found.push(Mutation { keyword, value: Json::String(text) });
    if let Some(length) = all.least("minLength").checked_sub(1).filter(|length| *length < MAX_LENGTH) {
        add("minLength", fitting(base, length, Some(length)));
        add("minLength", fitting("😀", length, Some(length)));
    }
    if let Some(most) = all.most("maxLength").filter(|most| *most < MAX_LENGTH) {
        let text = if base.is_empty() { "a" } else { base };
        add("maxLength", fitting(text, most + 1, None));
        add("maxLength", fitting("é", most + 1, None));
    }
    if all.has("pattern") {
        let wrong = ["", " ", "!", "\n", "~~~~~~~~~~~~", "éé"];
        wrong.iter().for_each(|text| add("pattern", (*text).to_owned()));
        add("pattern", format!("{base}\n"));
        add("pattern", format!("!{base}~"));
    }
    found
}

fn numbers(all: &All<'_>) -> Vec<Mutation> {
    let mut found = Vec::new();
    let mut add = |keyword, number: String| found.push(Mutation { keyword, value: Json::Number(number) });
    let whole = all.types().is_some_and(|types| types.contains(&"integer"));
    let step = if whole { 1.0 } else { 0.5 };
    let bounds: [(&str, &[f64]); 5] = [
        ("minimum", &[-step, -1000.0]),
        ("maximum", &[step, 1000.0]),
        ("exclusiveMinimum", &[0.0, -step]),
        ("exclusiveMaximum", &[0.0, step]),
        ("multipleOf", &[step, 0.5, 0.25]),
    ];
    for (keyword, distances) in bounds {
        for bound in all.each(keyword).filter_map(Value::as_f64) {
            let numbers = distances.iter().map(|distance| bound + distance);
            numbers.for_each(|number| add(keyword, number_text(number)));
        }
    }
    found
}

/// A number without a fraction that says nothing.
fn number_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 { format!("{number:.0}") } else { format!("{number:e}") }
}

fn arrays<'d>(maker: &Maker<'d>, all: &All<'d>, base: &[Json], depth: usize) -> Vec<Mutation> {
    let mut found = Vec::new();
    let mut add = |keyword, items: Vec<Json>| found.push(Mutation { keyword, value: Json::Array(items) });
    let least = all.least("minItems");
    if least > 0 {
        add("minItems", base.iter().take(least - 1).cloned().collect());
    }
    if let Some(most) = all.most("maxItems").filter(|most| *most < MAX_ITEMS)
        && let Some(Json::Array(items)) = maker.array(all, most + 1, 0)
    {
        add("maxItems", items);
    }
    let tuple = tuple(all);
    let items: Vec<&Value> = all.each("items").filter(|schema| schema.is_object()).collect();
    if all.has("uniqueItems")
        && let Some(item) = base.first().cloned().or_else(|| maker.least(&items, 1))
    {
        add("uniqueItems", vec![item; base.len().max(2)]);
    }
    for (at, schema) in tuple.iter().enumerate() {
        for mutation in part(maker, &[schema], depth) {
            let mut items = base.to_vec();
            if let Some(item) = items.get_mut(at) {
                *item = mutation.value;
                add(mutation.keyword, items);
            }
        }
    }
    if !tuple.is_empty() {
        add("prefixItems", base.iter().skip(1).cloned().collect());
        add("items", base.iter().cloned().chain([Json::text("one more")]).collect());
    } else if !items.is_empty() {
        for mutation in part(maker, &items, depth) {
            let mut items = base.to_vec();
            items.truncate(least.saturating_sub(1));
            items.push(mutation.value);
            add(mutation.keyword, items);
        }
    }
    found
}

fn objects<'d>(maker: &Maker<'d>, all: &All<'d>, base: &Json, depth: usize) -> Vec<Mutation> {
    let mut found = Vec::new();
    let mut add = |keyword, value: Json| found.push(Mutation { keyword, value });
    let names = maker.properties(all);
    for name in all.required() {
        add("required", base.clone().without(name));
    }
    add("additionalProperties", base.clone().with("undocumented", Json::number(1)));
    if all.least("minProperties") > 0 {
        add("minProperties", Json::Object(Vec::new()));
    }
    if let Some(most) = all.most("maxProperties").filter(|most| *most < MAX_ITEMS) {
        let value = maker.least(&all.additional(), 1).unwrap_or(Json::Null);
        add(
            "maxProperties",
            (0..=most).fold(base.clone(), |object, at| object.with(&format!("key {at}"), value.clone())),
        );
    }
    if all.has("propertyNames") {
        let value = maker.least(&all.additional(), 1).unwrap_or(Json::Null);
        add("propertyNames", base.clone().with("not a name!", value));
    }
    for needed in all.each("dependentRequired").filter_map(Value::as_object) {
        for (name, value) in needed.keys().filter_map(|name| Some((name, maker.least(&all.property(name), 1)?))) {
            add("dependentRequired", base.clone().with(name, value));
        }
    }
    for name in names {
        for mutation in part(maker, &all.property(name), depth) {
            add(mutation.keyword, base.clone().with(name, mutation.value));
        }
    }
    if !all.additional().is_empty() {
        for mutation in part(maker, &all.additional(), depth) {
            add(mutation.keyword, base.clone().with("another key", mutation.value));
        }
    }
    found
}

/// The mutations of a part of a value.
fn part<'d>(maker: &Maker<'d>, schemas: &[&'d Value], depth: usize) -> Vec<Mutation> {
    if depth >= MAX_DEPTH {
        return Vec::new();
    }
    if !schemas.iter().any(|schema| is_reference(schema)) {
        return inside(maker, schemas, depth + 1);
    }
    let sets = maker.schemas.alternatives(schemas);
    let has_values_of_its_own = |all: &All<'_>| all.types().is_none_or(|types| types.contains(&"object"));
    let mutations = sets.iter().take(SETS[1]).flat_map(|all| {
        // What is of a wrong type for one alternative can be right for another; the judge knows.
        if has_values_of_its_own(all) || depth > 1 { wrong_types(all) } else { of_set(maker, all, depth + 1) }
    });
    mutations.collect()
}

/// Whether a schema is a reference, with whatever says only that there can be something else.
fn is_reference(schema: &Value) -> bool {
    let members = ["allOf", "anyOf", "oneOf"].iter().filter_map(|keyword| schema[*keyword].as_array()).flatten();
    schema.get("$ref").is_some() || (schema.get("properties").is_none() && members.into_iter().any(is_reference))
}

/// Objects with the properties of two alternatives.
fn merged<'d>(maker: &Maker<'d>, sets: &[All<'d>]) -> Vec<Mutation> {
    let least: Vec<Json> = sets.iter().take(6).filter_map(|all| maker.least_of(all, 0)).collect();
    let pairs = least.windows(2).filter_map(|pair| match (&pair[0], &pair[1]) {
        (one @ Json::Object(_), Json::Object(members)) => {
            Some(members.iter().fold(one.clone(), |object, (name, value)| match object.get(name) {
                None => object.with(name, value.clone()),
                Some(_) => object,
            }))
        }
        _ => None,
    });
    pairs.map(|value| Mutation { keyword: "oneOf", value }).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::make::Omitted;
    use super::super::schema::Schemas;
    use super::*;

    fn check(document: &Value) -> Vec<String> {
        let maker = Maker::new(Schemas(document), Omitted::default());
        let found = mutations(&maker, &[document]);
        found.iter().map(|mutation| format!("{} {}", mutation.keyword, mutation.value)).collect()
    }

    #[test]
    fn each_keyword_is_broken_where_it_stands() {
        let document = json!({
            "type": "object",
            "required": ["name"],
            "additionalProperties": false,
            "dependentRequired": { "lives": ["age"] },
            "properties": {
                "name": { "type": "string", "minLength": 2, "pattern": "^[a-z]+$" },
                "lives": { "type": "integer", "exclusiveMaximum": 10 },
                "tags": { "type": "array", "maxItems": 1, "uniqueItems": true, "items": { "enum": ["a"] } },
            },
        });
        let found = check(&document);
        let expected = [
            "required {}",
            r#"type {"name":7}"#,
            r#"minLength {"name":"😀"}"#,
            r#"pattern {"name":"!"}"#,
            r#"dependentRequired {"name":"az","lives":7}"#,
            r#"exclusiveMaximum {"name":"az","lives":10}"#,
            r#"maxItems {"name":"az","tags":["a","a"]}"#,
            r#"enum {"name":"az","tags":["not listed"]}"#,
            r#"additionalProperties {"name":"az","undocumented":1}"#,
            "type []",
        ];
        expected.iter().for_each(|value| assert!(found.contains(&(*value).to_owned()), "{value} is not in {found:#?}"));
    }

    #[test]
    fn alternatives_are_mixed() {
        let found = check(&json!({ "oneOf": [
            { "type": "object", "required": ["a"], "properties": { "a": { "const": 1 } } },
            { "type": "object", "required": ["b"], "properties": { "b": { "const": 2 } } },
        ] }));
        assert!(found.contains(&r#"oneOf {"a":1,"b":2}"#.to_owned()), "{found:#?}");
    }
}
