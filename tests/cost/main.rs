//! What a document costs: twice the document, about twice the work. The work is counted in allocations of memory, which are the
//! same in every run.

use generator::{Root, Source};
use serde_json::{Map, Value, json};

/// How much more a document of twice the size may cost. What is sorted costs a little more than twice as much.
const MAX_GROWTH: f64 = 2.5;

fn reference(number: usize) -> Value {
    json!({ "$ref": format!("#/components/schemas/A{number}") })
}

/// A document with these schemas, of which an operation receives the first.
fn with_schemas(schemas: impl Iterator<Item = Value>) -> Value {
    let schemas: Map<String, Value> =
        schemas.enumerate().map(|(number, schema)| (format!("A{number}"), schema)).collect();
    let content = json!({ "application/json": { "schema": reference(0) } });
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Cost", "version": "1" },
        "paths": { "/a": { "get": { "responses": { "200": { "description": "Fine", "content": content } } } } },
        "components": { "schemas": schemas },
    })
}

/// Schemas of which each is made of the next one.
fn chain(length: usize, link: impl Fn(usize, Value) -> Value) -> Value {
    let end = json!({ "type": "object", "properties": { "end": { "type": "string", "format": "password" } } });
    with_schemas((0..length).map(|number| link(number, reference(number + 1))).chain([end]))
}

fn with_operations(operations: impl Iterator<Item = Value>) -> Value {
    let paths: Map<String, Value> = operations
        .enumerate()
        .map(|(number, operation)| (format!("/p{number}"), json!({ "get": operation })))
        .collect();
    json!({ "openapi": "3.0.3", "info": { "title": "Cost", "version": "1" }, "paths": paths })
}

/// How many allocations the generator makes for a document.
fn cost(document: &Value) -> u64 {
    let source = Source::new("cost.json", document.to_string());
    let root = Root::Crate { crate_name: "cost".to_owned() };
    let counted = allocation_counter::measure(|| {
        generator::generate(&source, &root).expect("nothing is wrong with the document");
    });
    counted.count_total
}

#[track_caller]
fn check(size: usize, document: impl Fn(usize) -> Value) {
    let (once, twice) = (cost(&document(size)), cost(&document(2 * size)));
    let growth = twice as f64 / once as f64;
    assert!(growth < MAX_GROWTH, "{once} allocations for {size}, {twice} for twice as much: {growth:.2}");
}

#[test]
fn chains_of_references() {
    check(400, |length| chain(length, |_, next| next));
    check(400, |length| chain(length, |_, next| json!({ "allOf": [next] })));
    check(200, |length| chain(length, |_, next| json!({ "type": "object", "properties": { "next": next } })));
    check(200, |length| chain(length, |_, next| json!({ "type": "array", "items": next })));
    check(200, |length| {
        let own = |number| json!({ "type": "object", "required": [format!("p{number}")] });
        chain(length, |number, next| json!({ "oneOf": [next, own(number)] }))
    });
}

#[test]
fn lists_of_values() {
    check(2_000, |length| {
        let values: Vec<String> = (0..length).map(|number| format!("value {number}")).collect();
        with_schemas([json!({ "type": "string", "enum": values })].into_iter())
    });
    check(2_000, |length| {
        // All of them make the same name.
        let values: Vec<String> =
            (0..length).map(|number| format!("{number:b}").replace('0', "-").replace('1', "_")).collect();
        with_schemas([json!({ "type": "string", "enum": values })].into_iter())
    });
    check(2_000, |length| {
        with_schemas([json!({ "type": "integer", "enum": (0..length).collect::<Vec<_>>() })].into_iter())
    });
    check(300, |length| {
        let property = |number: usize| (format!("p{number}"), json!({ "type": "string" }));
        let properties: Map<String, Value> = (0..length).map(property).collect();
        with_schemas([json!({ "type": "object", "properties": properties })].into_iter())
    });
    check(300, |length| {
        let variant = |number: usize| json!({ "type": "object", "required": [format!("p{number}")], "properties": { (format!("p{number}")): {} } });
        with_schemas([json!({ "oneOf": (0..length).map(variant).collect::<Vec<_>>() })].into_iter())
    });
}

#[test]
fn operations_and_resources() {
    let responses = json!({ "200": { "description": "Fine" } });
    check(150, |length| {
        with_operations((0..length).map(|number| json!({ "tags": [format!("tag {number}")], "responses": responses })))
    });
    check(150, |length| with_operations((0..length).map(|_| json!({ "tags": ["one"], "responses": responses }))));
    check(150, |length| {
        let parameter =
            |number: usize| json!({ "name": format!("p{number}"), "in": "query", "schema": { "type": "string" } });
        let parameters: Vec<Value> = (0..length).map(parameter).collect();
        with_operations([json!({ "parameters": parameters, "responses": responses })].into_iter())
    });
}

#[test]
fn descriptions() {
    for unit in ["[", "<a ", "`", "> ", "- a\n", "~~~\n", "http://a ", "    a\n", "*a", "![a](b)"] {
        check(20_000, |length| {
            with_schemas([json!({ "type": "object", "description": unit.repeat(length / unit.len()) })].into_iter())
        });
    }
}
