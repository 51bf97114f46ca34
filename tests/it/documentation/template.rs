//! A document with hostile text wherever text can stand.

use serde_json::{Value, json};

/// What a text of a document is replaced by.
const PLACEHOLDER: &str = "HOSTILE";

/// A document in which `texts` stand wherever text can, one after the other.
pub fn document(texts: &[String]) -> Value {
    let mut texts = texts.iter().cycle();
    filled(&template(), &mut || texts.next().map_or("", String::as_str))
}

/// A document with the placeholder wherever text can stand.
fn template() -> Value {
    let text = PLACEHOLDER;
    let property = |schema: Value| {
        let mut schema = schema;
        schema["description"] = json!(text);
        schema["title"] = json!(text);
        schema
    };
    let named = json!({
        "type": "object",
        "title": text,
        "description": text,
        "required": ["kind"],
        "properties": {
            "kind": property(json!({ "type": "string" })),
            (format!("{text}_name")): property(json!({ "type": "string", "default": text, "pattern": text })),
            "listed": property(json!({ "type": "string", "enum": ["a", text], "default": text, "format": text })),
            "fixed": property(json!({ "type": "string", "enum": [text] })),
            "numbers": property(json!({ "oneOf": [{ "const": 1, "title": text, "description": text }, { "const": 2 }] })),
            "texts": property(json!({ "oneOf": [{ "const": "a", "description": text }, { "const": text, "title": text }] })),
            "example": property(json!({ "type": "string", "example": text })),
        },
        "externalDocs": { "url": "https://example.com", "description": text },
    });
    let header = json!({ "description": text, "schema": { "type": "string", "default": text } });
    let content = json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Named" }, "example": { "kind": text } } });
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": text, "version": text, "summary": text, "description": text,
            "contact": { "name": text }, "license": { "name": text },
        },
        "tags": [{ "name": text, "description": text }, { "name": "plain", "description": text }],
        "servers": [
            {
                "url": "https://example.com/{part}", "description": text,
                "variables": { "part": { "default": "a", "enum": ["a", "b"], "description": text } },
            },
            { "url": format!("https://example.org/{text}"), "description": text },
        ],
        "paths": {
            "/named/{id}": {
                "summary": text,
                "description": text,
                "parameters": [{ "name": "id", "in": "path", "required": true, "description": text, "schema": { "type": "string" }, "example": text }],
                "get": {
                    "operationId": format!("{text}Get"), "summary": text, "description": text, "tags": [text],
                    "parameters": [
                        { "name": format!("{text}_query"), "in": "query", "description": text, "schema": { "type": "string", "default": text, "enum": [text, "b"] } },
                        { "name": "after", "in": "query", "description": text, "schema": { "type": "string" } },
                    ],
                    "responses": {
                        "200": { "description": text, "content": content, "headers": { "X-Kind": header } },
                        "201": { "description": text },
                        "404": { "description": text, "content": content },
                        "default": { "description": text },
                    },
                },
                "put": {
                    "operationId": "putNamed", "summary": text, "tags": ["plain"], "deprecated": true,
                    "requestBody": { "required": true, "description": text, "content": content },
                    "responses": { "200": { "description": text, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Either" } } } } },
                },
            },
        },
        "components": {
            "schemas": {
                "Named": named,
                "Other": { "type": "object", "description": text, "required": ["kind"], "properties": { "kind": { "type": "string" } } },
                "Either": {
                    "description": text,
                    "oneOf": [{ "$ref": "#/components/schemas/Named" }, { "$ref": "#/components/schemas/Other" }],
                    "discriminator": { "propertyName": "kind", "mapping": { (text): "#/components/schemas/Named", "other": "#/components/schemas/Other" } },
                },
            },
            "securitySchemes": {
                "key": { "type": "apiKey", "in": "header", "name": "X-Key", "description": text },
                "token": { "type": "http", "scheme": "bearer", "bearerFormat": text, "description": text },
            },
        },
        "security": [{ "key": [] }, { "token": [] }],
    })
}

/// The template with a text in place of each placeholder.
fn filled<'t>(template: &Value, next: &mut dyn FnMut() -> &'t str) -> Value {
    let mut replaced =
        |text: &str| if text.contains(PLACEHOLDER) { text.replace(PLACEHOLDER, next()) } else { text.to_owned() };
    match template {
        Value::String(text) => Value::String(replaced(text)),
        Value::Array(items) => items.iter().map(|item| filled(item, next)).collect(),
        Value::Object(map) => {
            let filled = map.iter().map(|(name, value)| {
                let name = if name.contains(PLACEHOLDER) { name.replace(PLACEHOLDER, next()) } else { name.clone() };
                (name, filled(value, next))
            });
            Value::Object(filled.collect())
        }
        other => other.clone(),
    }
}
