//! Small documents that mean something huge: parts that refer to the next part twice, sixty times in a row. What is written of
//! them stays as small as they are.

use generator::{Output, Root, Source};
use serde_json::{Map, Value, json};

const STEPS: usize = 60;

fn reference(name: &str, step: usize) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}{step}") })
}

/// The client of a document with a chain of schemas, each of them made of the next one.
fn grown(name: &str, part: impl Fn(usize, Value) -> Value) -> Output {
    let steps = (0..STEPS).map(|step| (format!("{name}{step}"), part(step, reference(name, step + 1))));
    let end = (format!("{name}{STEPS}"), json!({ "type": "object", "properties": { "end": { "type": "string" } } }));
    let schemas: Map<String, Value> = steps.chain([end]).collect();
    let content = json!({ "application/json": { "schema": reference(name, 0) } });
    let operation = |id: &str| {
        json!({
            "operationId": id,
            "requestBody": { "required": true, "content": content },
            "responses": { "200": { "description": "Fine", "content": content } },
        })
    };
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Growth", "version": "1" },
        "paths": { "/things": { "put": operation("putThing"), "post": operation("postThing") } },
        "components": { "schemas": schemas },
    });
    let source = Source::new("growth.json", document.to_string());
    let root = Root::Crate { crate_name: "growth".to_owned() };
    generator::generate(&source, &root).expect("nothing is wrong with it")
}

#[test]
fn all_of_that_brings_in_the_same_twice() {
    let output = grown(
        "Part",
        |step, next| json!({ "allOf": [next, next, { "type": "object", "properties": { format!("p{step}"): { "type": "string" } } }] }),
    );
    assert_eq!((output.summary.operations, output.summary.types), (2, STEPS + 1));
}

#[test]
fn properties_that_extend_the_next_object() {
    let output = grown("Part", |_, next| {
        let more = json!({ "allOf": [next, { "type": "object", "properties": { "more": { "type": "string" } } }] });
        json!({ "type": "object", "properties": { "left": more, "right": more } })
    });
    assert_eq!((output.summary.operations, output.summary.types), (2, 3 * STEPS + 1));
}

#[test]
fn alternatives_that_are_alternatives() {
    let output = grown(
        "Part",
        |step, next| json!({ "oneOf": [next, next, { "type": "object", "properties": { format!("p{step}"): { "type": "string" } } }] }),
    );
    assert_eq!((output.summary.operations, output.summary.types), (2, 2 * STEPS + 1));
}

#[test]
fn values_that_would_fill_all_memory() {
    let output = grown(
        "Part",
        |_, next| json!({ "type": "object", "required": ["left", "right"], "properties": { "left": next, "right": next } }),
    );
    assert_eq!((output.summary.operations, output.summary.types), (2, STEPS + 1));
    assert_eq!(output.warnings.iter().count(), 2, "there is no example for either call, which is said");
}

#[test]
fn chain_without_branches_has_its_example() {
    let output =
        grown("Part", |_, next| json!({ "type": "object", "required": ["next"], "properties": { "next": next } }));
    assert_eq!(output.warnings.iter().count(), 0);
    assert!(output.conformance.contains("types::Part59 {"), "the value is written to its end");
}

#[test]
fn path_items_are_copied_up_to_a_limit() {
    let shared = json!({ "x-data": vec![0; 100_000], "get": { "responses": { "204": { "description": "Done." } } } });
    let paths: Vec<_> = (0..20).map(|step| (format!("/path{step}"), json!({ "$ref": "#/x-shared" }))).collect();
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Copies", "version": "1" },
        "paths": serde_json::Map::from_iter(paths),
        "x-shared": shared,
    });
    let source = Source::new("copies.json", document.to_string());
    let root = Root::Crate { crate_name: "copies".to_owned() };
    let output = generator::generate(&source, &root).expect("what is not copied is skipped");
    assert_eq!(output.summary.operations, 9, "a million values have room for nine copies");
}
