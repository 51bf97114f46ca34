//! Text of a document becomes documentation, and nothing else: no doctest, no raw HTML, no image, no link within the client.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

use generator::{Root, Source};
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::{Value, json};

/// What a text of a document is replaced by.
const PLACEHOLDER: &str = "HOSTILE";

/// Texts that rustdoc would run, or show as something live, if they were copied.
fn variants() -> Vec<String> {
    let code = "panic!(\"run\");";
    let languages = [
        "", "rust", "should_panic", "no_run", "ignore", "compile_fail", "edition2021", "edition2024", "standalone_crate",
        "test_harness", "rust,ignore", "{.rust}", "E0001", " rust", "\trust",
    ];
    let fenced = languages.iter().flat_map(|language| {
        ["```", "~~~", "````", "~~~~"].map(|fence| format!("a\n\n{fence}{language}\n{code}\n{fence}\n"))
    });
    let contained = ["> ", "- ", "1. ", "> > ", "> - ", "- > ", "* * "].iter().flat_map(|prefix| {
        let rest = prefix.replace(|letter: char| letter != '>' && letter != ' ', " ");
        [
            format!("{prefix}```\n{rest}{code}\n{rest}```"),
            format!("{prefix}~~~rust\n{rest}{code}"),
            format!("{prefix}     {code}"),
            format!("{prefix}a\n{rest}\n{rest}    {code}"),
        ]
    });
    let others = [
        format!("a\n\n    {code}\n"),
        format!("a\n\n\t{code}\n"),
        format!("a\n\n \t{code}\n"),
        format!("```\n{code}"),
        format!("~~~\n{code}"),
        format!("a `b\n\n```\n{code}\n```\n`"),
        format!("[^1]\n\n[^1]:\n    ```\n    {code}\n    ```"),
        format!("| a |\n|---|\n| b |\n```\n{code}\n```"),
        format!("<pre>\n\n```\n{code}\n```\n</pre>"),
        format!("<!--\n\n```\n{code}\n```\n-->"),
        format!("a\r\r```\r{code}\r```"),
        format!("`\n```\n{code}\n```"),
        format!("\\```\n```\n{code}\n```"),
        format!("# Example\n\n```no_run\n{code}\n```"),
        "<script>alert(1)</script>".to_owned(),
        "a <img src=x onerror=alert(1)> b".to_owned(),
        "<a\nhref=\"javascript:alert(1)\">b</a>".to_owned(),
        "<!-- <script> --> <script>alert(1)</script>".to_owned(),
        "<![CDATA[ <b> ]]> <?php ?> <!DOCTYPE html>".to_owned(),
        "<div>\n<script>\nalert(1)\n</script>\n</div>".to_owned(),
        "![a](https://example.com/a.png) ![b][c]\n\n[c]: https://example.com/c.png".to_owned(),
        "[a](javascript:alert(1)) [b]( data:text/html,x ) <javascript:alert(1)>".to_owned(),
        "[`Client`]: https://example.com\n[Client]: https://example.com".to_owned(),
        "[Client] [`Client`] [a](Client) [b](struct@Client) [c][Client]".to_owned(),
        "` `` ``` *** ___ | # > \\ `".to_owned(),
        "\u{202e}reversed\u{2066} \u{200f}\u{1b}[31m\u{9b}31m\u{7} \u{2028}\u{feff}".to_owned(),
        "*/ /* \" \\u{0} {{}} {} #![allow(warnings)]".to_owned(),
    ];
    fenced.chain(contained).chain(others).collect()
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

/// The template with a text in place of the placeholder.
fn filled(template: &Value, text: &str) -> Value {
    match template {
        Value::String(found) => Value::String(found.replace(PLACEHOLDER, text)),
        Value::Array(items) => items.iter().map(|item| filled(item, text)).collect(),
        Value::Object(map) => {
            Value::Object(map.iter().map(|(name, value)| (name.replace(PLACEHOLDER, text), filled(value, text))).collect())
        }
        other => other.clone(),
    }
}

/// The documentation comments of a client, each without its marks.
fn comments(text: &str) -> Vec<String> {
    let document = filled(&template(), text).to_string();
    let source = Source::new("hostile.json", document);
    let root = Root::Module { crate_name: "docs".to_owned(), module: "api".to_owned() };
    let output = generator::generate(&source, &root).unwrap_or_else(|report| {
        panic!("{text:?}: {}", report.render(&source, generator::Format::PLAIN));
    });
    output.files.values().flat_map(|file| comments_of(file)).collect()
}

fn comments_of(file: &str) -> Vec<String> {
    assert!(!file.contains("#[doc") && !file.contains("/**"), "{file}");
    let mut comments: BTreeMap<usize, String> = BTreeMap::new();
    let mut begin = None;
    for (number, line) in file.lines().enumerate() {
        let line = line.trim_start();
        let Some(doc) = line.strip_prefix("///").or_else(|| line.strip_prefix("//!")) else {
            begin = None;
            continue;
        };
        let comment = comments.entry(*begin.get_or_insert(number)).or_default();
        *comment += doc;
        comment.push('\n');
    }
    comments.into_values().collect()
}

/// A crate with an empty module for each comment, and the names of the modules that rustdoc finds a test in.
fn modules_with_tests(comments: &[String]) -> Vec<String> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("documentation-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let module = |(number, comment): (usize, &String)| {
        let lines: String = comment.lines().map(|line| format!("///{line}\n")).collect();
        format!("{lines}pub mod m{number} {{}}\n")
    };
    let path = folder.join("lib.rs");
    fs::write(&path, comments.iter().enumerate().map(module).collect::<String>()).unwrap();
    let rustdoc = env::var_os("RUSTDOC").unwrap_or_else(|| "rustdoc".into());
    // Later editions compile the tests before they list them.
    let listed = Command::new(rustdoc).args(["--test", "--edition", "2021", "--test-args", "--list"]).arg(&path).output();
    let listed = listed.expect("rustdoc comes with the compiler");
    fs::remove_dir_all(&folder).unwrap();
    let text = String::from_utf8(listed.stdout).unwrap();
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    text.lines().filter_map(|line| Some(line.split_once(" - ")?.1.split_once(" (")?.0.to_owned())).collect()
}

#[test]
fn rustdoc_finds_no_tests_but_the_clients_own() {
    let plain = comments("plain words");
    let own = modules_with_tests(&plain).len();
    assert!(own > 0, "the client has examples");
    let all: Vec<Vec<String>> = variants().iter().map(|variant| comments(variant)).collect();
    let found = modules_with_tests(&all.concat());
    let mut bounds = 0;
    for (variant, comments) in variants().iter().zip(&all) {
        let range = bounds..bounds + comments.len();
        bounds = range.end;
        let is_in = |module: &&String| module[1..].parse::<usize>().is_ok_and(|number| range.contains(&number));
        let tests: Vec<&String> = found.iter().filter(is_in).collect();
        let texts: Vec<&String> = tests.iter().map(|module| &comments[module[1..].parse::<usize>().unwrap() - range.start]).collect();
        assert_eq!(tests.len(), own, "{variant:?}: {texts:#?}");
    }
}

#[test]
fn nothing_in_the_documentation_is_live() {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    for variant in variants() {
        for comment in comments(&variant) {
            assert!(!comment.contains(|letter: char| letter != '\n' && (letter.is_control() || is_bidi(letter))), "{comment:?}");
            for event in Parser::new_ext(&comment, options) {
                let is_live = match &event {
                    Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::Image { .. }) => true,
                    Event::Start(Tag::Link { dest_url, .. }) => {
                        dest_url.contains(':') && !dest_url.contains("::") && !dest_url.starts_with("http")
                    }
                    _ => false,
                };
                assert!(!is_live, "{variant:?} becomes {event:?} in {comment}");
            }
        }
    }
}

fn is_bidi(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[test]
fn code_of_hostile_documents_is_rust_without_their_text_in_it() {
    for variant in variants() {
        let document = filled(&template(), &variant).to_string();
        let source = Source::new("hostile.json", document);
        let root = Root::Crate { crate_name: "hostile".to_owned() };
        let output = generator::generate(&source, &root).expect("a client");
        for (path, text) in &output.files {
            let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{variant:?}: {path}: {error}\n{text}"));
            assert!(path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_/.".contains(&byte)), "{path}");
            assert!(!text.contains(is_bidi), "{variant:?}: {path}");
            drop(file);
        }
    }
}
