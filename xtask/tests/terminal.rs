//! Text that does something to a terminal or to a CI system, in every place that a document, an overlay or the name of a file has,
//! and everything that the commands print of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use generator::{Detail, Diagnostics, Format, Palette, Root, Source};
use serde_json::{Value, json};

const HOSTILE: &[&str] = &[
    "\u{1b}[2J",
    "\u{1b}]8;;https://a.example\u{7}x",
    "\u{9b}2J",
    "\u{85}::error::x",
    "x\u{8}\u{8}y",
    "x\ry",
    "\u{7f}",
    "\u{202e}x\u{2066}",
    "\u{2028}::error::x",
    "\n::error::x",
    "\r\n::set-output name=a::b",
    "\n  ::stop-commands::x",
    "%0A::error::x%0D%25",
    "::error file=a,line=1::x",
    "a:b,c::d",
    "##[error]x",
    "\n##[set-env name=A]b",
];

/// A document with a text in all places, of which most are wrong.
fn document(text: &str, reference: &str) -> Value {
    let schema = json!({
        "type": "object",
        "title": text,
        "required": [text],
        "properties": {
            text: { "type": "integer", "default": text, "example": text, "description": text },
            "kind": { "type": text },
            "word": { "type": "string", "pattern": format!("({text}"), "format": text, "enum": [text, "a"] },
            "next": { "$ref": format!("#/components/schemas/{}", text.replace('#', "")) },
            "other": { "$ref": reference },
            "unknown": { "allOf": [{ "type": "string" }, { "type": "object", text: text }] },
        },
        "discriminator": { "propertyName": text, "mapping": { text: text } },
    });
    let operation = json!({
        "operationId": text,
        "tags": [text],
        "summary": text,
        "description": text,
        "x-idempotent": text,
        "x-pagination": { "by": text },
        "security": [{ text: [text] }],
        "callbacks": { text: {} },
        "parameters": [
            { "name": text, "in": "query", "schema": { "type": "string" }, "style": text },
            { "name": text, "in": "query", "schema": { "type": text } },
            { "name": text, "in": text },
        ],
        "requestBody": { "content": { format!("application/{text}"): { "schema": schema }, text: {} } },
        "responses": {
            "200": { "description": text, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/S" } } } },
            text: { "description": text },
        },
    });
    json!({
        "openapi": "3.0.3",
        "info": { "title": text, "version": text, "description": text },
        "servers": [{ "url": format!("https://{{{text}}}/{text}"), "description": text, "variables": { text: {} } }],
        "tags": [{ "name": text, "description": text }, text],
        "paths": {
            format!("/{text}/{{{text}}}"): { "get": operation, "put": operation },
            "/plain": { "get": { "operationId": "plain", "responses": { "204": { "description": text } } } },
            text: { "$ref": format!("{text}.yaml") },
        },
        "components": {
            "schemas": { "S": schema, format!("T{text}"): schema },
            "securitySchemes": { text: { "type": text }, "http": { "type": "http", "scheme": text } },
        },
    })
}

struct Place {
    dir: tempfile::TempDir,
}

impl Place {
    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        fs::write(self.path(name), text).expect("a file");
        self.path(name)
    }

    fn run(&self, words: &[&str], paths: &[&Path]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.current_dir(self.dir.path()).args(words).args(paths).output().expect("a run")
    }
}

fn is_hidden(letter: char) -> bool {
    let reorders =
        matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    reorders || letter.is_control() && !matches!(letter, '\n' | '\t')
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("UTF-8")
}

#[track_caller]
fn check(hostile: &str, what: &str, text: &str) {
    for line in text.split('\n') {
        // The renderer marks another place so, and `:` is no command.
        let is_command = line.trim_start().starts_with("::") && !line.trim_start().starts_with("::: ");
        let fault = line.chars().any(is_hidden) || is_command || line.contains("##[");
        assert!(!fault, "{hostile:?} gets through by {what}: {line:?}");
    }
}

#[track_caller]
fn check_human(hostile: &str, what: &str, output: Output) {
    let (out, err) = (text(output.stdout), text(output.stderr));
    assert!(!out.is_empty() || !err.is_empty(), "{what} printed nothing");
    check(hostile, what, &out);
    check(hostile, what, &err);
}

#[track_caller]
fn check_json(hostile: &str, what: &str, output: Output) {
    let out = text(output.stdout);
    assert!(!out.is_empty(), "{hostile:?}: {what} printed nothing: {}", text(output.stderr));
    for line in out.lines() {
        assert!(serde_json::from_str::<Value>(line).is_ok_and(|value| value.is_object()), "{what}: {line:?}");
    }
    check(hostile, what, &out);
    check(hostile, what, &text(output.stderr));
}

/// Every line is a command of the generator's own, whose properties and data hold no other.
#[track_caller]
fn check_github(hostile: &str, what: &str, output: Output) {
    let out = text(output.stdout);
    assert!(!out.is_empty(), "{what} printed nothing: {}", text(output.stderr));
    for line in out.lines() {
        let command = line.strip_prefix("::warning ").or_else(|| line.strip_prefix("::error "));
        let (properties, data) = command.and_then(|rest| rest.split_once("::")).expect("a command");
        let names: Vec<&str> = properties.split(',').map(|one| one.split_once('=').expect("a property").0).collect();
        assert_eq!(names, ["file", "line", "col", "endLine", "endColumn", "title"], "{line:?}");
        check(hostile, what, properties);
        check(hostile, what, data);
        let decoded = data.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
        check(hostile, what, &decoded);
    }
    check(hostile, what, &text(output.stderr));
}

/// Runs every command on documents with this text in all places.
fn check_commands(hostile: &str) {
    let place = Place { dir: tempfile::tempdir().expect("a folder") };
    let file_text = hostile.replace('/', "|");
    let named = |name: &str, ending: &str| format!("{name}{file_text}.{ending}");
    let (plain, outside) = (document(hostile, "#/a"), document(hostile, &format!("../{hostile}.yaml")));
    let spec = place.write(&named("api", "json"), serde_json::to_string_pretty(&plain).expect("JSON"));
    let long = place.write(&named("long", "json"), plain.to_string());
    let outside = place.write(&named("outside", "json"), outside.to_string());
    let broken = place.write(&named("broken", "yaml"), format!("openapi: 3.0.3\na: {hostile}\n\u{1b} {hostile}: [\n"));
    let not_json = place.write(&named("broken", "json"), format!("{{\"a\": \"{hostile}\", x"));
    let yaml =
        place.write(&named("yaml", "yaml"), format!("openapi: 3.0.3\ninfo: {{}}\npaths: {{}}\n'x {hostile}': 1\n"));
    let mut changed = document(hostile, "#/a");
    changed["paths"]["/plain"] = json!({});
    changed["components"]["schemas"] = json!({ "S": { "type": "string" }, hostile: { "type": "object" } });
    let changed = place.write(&named("changed", "json"), changed.to_string());
    let overlay = json!({
        "overlay": "1.0.0", "info": { "title": hostile, "version": hostile },
        "actions": [{ "target": format!("$.{hostile}"), "update": {} }, { "target": "$.gone", "remove": true, hostile: 1 }],
    });
    let overlay = place.write(&named("overlay", "json"), overlay.to_string());
    let gone = place.path(&named("gone", "json"));

    for spec in [&spec, &long, &outside, &broken, &not_json, &yaml, &changed, &gone] {
        for words in [
            &["codegen", "--name", "client", "--out", "out"][..],
            &["codegen", "-v", "--check", "--name", "client", "--out", &file_text],
        ] {
            let words: Vec<&str> = words.iter().copied().chain(["--spec"]).collect();
            let path: &[&Path] = &[spec];
            check_human(hostile, "codegen", place.run(&words, path));
            let with_format = |format: &'static str| ["--format", format].into_iter();
            let of = |format| {
                words[..1]
                    .iter()
                    .copied()
                    .chain(with_format(format))
                    .chain(words[1..].iter().copied())
                    .collect::<Vec<_>>()
            };
            // A document that is not there has no diagnostics.
            if *spec != gone {
                check_json(hostile, "codegen --format json", place.run(&of("json"), path));
                check_github(hostile, "codegen --format github", place.run(&of("github"), path));
            }
        }
    }
    let with_overlay: &[&Path] = &[&spec, Path::new("--overlay"), &overlay];
    check_human(
        hostile,
        "--effective",
        place.run(&["codegen", "--effective", &named("seen", "yaml"), "--spec"], with_overlay),
    );
    check_human(hostile, "overlay", place.run(&["codegen", "--out", "out", "--spec"], with_overlay));
    check_human(hostile, "where", place.run(&["where", "--spec"], &[&spec]));
    check_human(hostile, "where", place.run(&["where", &format!("{hostile}:3"), "--spec"], &[&spec]));
    check_human(hostile, "where", place.run(&["where", &format!("x{hostile}"), "--spec"], &[&spec]));
    check_json(hostile, "where --json", place.run(&["where", "--json", "--spec"], &[&spec]));
    check_human(hostile, "diff", place.run(&["diff"], &[&spec, &changed]));
    check_json(hostile, "diff --format json", place.run(&["diff", "--format", "json"], &[&spec, &changed]));
    check_human(hostile, "diff", place.run(&["diff", &format!("x{hostile}"), "HEAD"], &[]));
    check_human(hostile, "corpus", place.run(&["corpus", "--generate-only", "--only", "x"], &[place.dir.path()]));
}

#[test]
fn nothing_hostile_gets_through() {
    // Several at once, since each of them is a hundred runs; one that is at the start of a line stays there.
    let inline = "\u{1b}[2J\u{1b}]8;;https://a.example\u{7}\u{9b}2J\u{8}\u{7f}\u{202e}\u{2066}";
    let lines = "\n::error::x\r\n::set-output name=a::b\n  ::stop-commands::x\n##[set-env name=A]b";
    let separators = "x\ry\u{85}::error::x\u{2028}::error::x";
    for hostile in [inline, lines, separators, "::error file=a,line=1::x%0A::error::y%0D%25", "##[error]a:b,c::d"] {
        check_commands(hostile);
    }
}

fn report(source: &Source) -> Diagnostics {
    match generator::generate(source, &Root::Crate { crate_name: "client".to_owned() }) {
        Ok(output) => output.warnings,
        Err(report) => report,
    }
}

#[test]
fn colours_are_the_only_sequences() {
    for hostile in HOSTILE {
        let name = format!("a{hostile}.json");
        let pretty = serde_json::to_string_pretty(&document(hostile, "#/a")).expect("JSON");
        let broken = format!("a: {hostile}\n\u{1b}[2J: [");
        for source in [Source::new(&name, pretty), Source::new("a.yaml", broken)] {
            let text = report(&source).render(&source, Format::Human(Detail::Each, Palette::Coloured));
            let mut plain = String::new();
            let mut parts = text.split("\u{1b}[");
            plain.push_str(parts.next().unwrap_or_default());
            for part in parts {
                let (colour, rest) = part.split_once('m').expect("a colour");
                assert!(colour.chars().all(|letter| letter.is_ascii_digit() || letter == ';'), "{hostile:?}: {part:?}");
                plain.push_str(rest);
            }
            check(hostile, "colours", &plain);
        }
    }
}
