//! One slip per row: what stands in a document, what it is taken for.

use serde_json::{Value, json};

use super::*;

#[track_caller]
fn check(object: Object, before: Value, after: Value) {
    let (mut value, mut diagnostics) = (before, Diagnostics::default());
    walk(&mut value, object, &Pointer::root(), &mut diagnostics);
    assert_eq!(value, after);
    assert!(!diagnostics.is_empty(), "nothing is mended in silence");
}

#[test]
fn what_is_missing_is_added() {
    check(Object::Info, json!({ "title": "A" }), json!({ "title": "A", "version": "0" }));
    check(Object::Info, json!({ "title": "A", "version": 1.5 }), json!({ "title": "A", "version": "1.5" }));
    check(Object::Response, json!({}), json!({ "description": "" }));
    check(Object::Server, json!({}), json!({ "url": "/" }));
}

#[test]
fn null_is_nothing_but_where_it_is_a_value() {
    check(
        Object::Schema,
        json!({ "required": null, "properties": { "a": { "default": null, "enum": null } } }),
        json!({ "properties": { "a": { "default": null } } }),
    );
    check(Object::PathItem, json!({ "parameters": null, "get": null }), json!({}));
}

#[test]
fn schemas_find_their_place() {
    check(
        Object::Parameter,
        json!({ "name": "a", "in": "query", "type": "string", "enum": ["x"] }),
        json!({ "name": "a", "in": "query", "schema": { "type": "string", "enum": ["x"] } }),
    );
    check(Object::MediaType, json!({ "$ref": "#/a" }), json!({ "schema": { "$ref": "#/a" } }));
    check(
        Object::Response,
        json!({ "description": "d", "schema": { "type": "string" } }),
        json!({ "description": "d", "content": { "application/json": { "schema": { "type": "string" } } } }),
    );
    check(Object::MediaType, json!({ "examples": [1, 2] }), json!({ "example": 1 }));
}

#[test]
fn keywords_take_their_shape() {
    check(
        Object::Schema,
        json!({ "properties": { "a": { "type": "Int", "required": true } } }),
        json!({ "properties": { "a": { "type": "integer" } }, "required": ["a"] }),
    );
    check(Object::Schema, json!({ "allOf": { "type": "string" } }), json!({ "allOf": [{ "type": "string" }] }));
    check(Object::Schema, json!({ "items": [{}, {}] }), json!({ "prefixItems": [{}, {}] }));
    check(Object::Schema, json!({ "type": "file" }), json!({ "type": "string", "format": "binary" }));
    check(Object::Schema, json!({ "maxLength": "5", "minLength": 1.0 }), json!({ "maxLength": 5, "minLength": 1 }));
    check(Object::Schema, json!({ "nullable": "true" }), json!({ "nullable": true }));
}

#[test]
fn keys_are_paths_and_statuses() {
    let document = json!({ "info": { "title": "A", "version": "1" }, "paths": { "a": {} } });
    let mended = json!({ "info": { "title": "A", "version": "1" }, "paths": { "/a": {} } });
    check(Object::OpenApi, document, mended);
    check(
        Object::Operation,
        json!({ "responses": { "2xx": { "$ref": "#/a" }, "ok": {}, "Default": { "$ref": "#/b" } } }),
        json!({ "responses": { "2xx": { "$ref": "#/a" }, "default": { "$ref": "#/b" } } }),
    );
}

#[test]
fn lists_of_media_types_become_media_types() {
    check(
        Object::RequestBody,
        json!({ "content": { "application/json, application/xml": { "schema": {} }, "application/xml": {} } }),
        json!({ "content": { "application/json": { "schema": {} }, "application/xml": {} } }),
    );
}

#[test]
fn words_of_yaml_1_1_are_booleans_where_a_boolean_belongs() {
    for (word, meant) in [("yes", true), ("No", false), ("ON", true), ("off", false), ("true", true)] {
        for name in ["default", "example", "const"] {
            check(Object::Schema, json!({ "type": "boolean", name: word }), json!({ "type": "boolean", name: meant }));
        }
        for name in ["enum", "examples"] {
            let (before, after) = (json!([word, "x"]), json!([meant, "x"]));
            check(
                Object::Schema,
                json!({ "type": ["boolean", "null"], name: before }),
                json!({ "type": ["boolean", "null"], name: after }),
            );
        }
        for name in ["nullable", "deprecated", "readOnly"] {
            check(Object::Schema, json!({ name: word }), json!({ name: meant }));
        }
        check(Object::Parameter, json!({ "required": word, "schema": {} }), json!({ "required": meant, "schema": {} }));
        check(
            Object::RequestBody,
            json!({ "required": word, "content": {} }),
            json!({ "required": meant, "content": {} }),
        );
        check(Object::Operation, json!({ "deprecated": word }), json!({ "deprecated": meant, "responses": {} }));
        let schema = json!({ "type": "boolean" });
        check(
            Object::MediaType,
            json!({ "schema": schema, "example": word, "examples": { "a": { "value": word } } }),
            json!({ "schema": schema, "example": meant, "examples": { "a": { "value": meant } } }),
        );
    }
    check(
        Object::Schema,
        json!({ "properties": { "a": { "required": "yes" }, "b": { "required": "no" } } }),
        json!({ "properties": { "a": {}, "b": {} }, "required": ["a"] }),
    );
}

#[test]
fn words_of_yaml_1_1_stay_strings_elsewhere() {
    let yes = json!({ "properties": { "a": { "properties": { "yes": {} }, "required": ["yes"] } } });
    for schema in
        [json!({ "type": "string", "default": "yes", "enum": ["yes", "no"] }), json!({ "default": "yes" }), yes]
    {
        let (mut value, mut diagnostics) = (schema.clone(), Diagnostics::default());
        walk(&mut value, Object::Schema, &Pointer::root(), &mut diagnostics);
        assert_eq!(value, schema);
        assert!(diagnostics.is_empty());
    }
}
