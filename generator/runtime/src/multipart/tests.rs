//! Values told as the parts that go over the wire; files from disk and streams are tested in `client/tests/upload.rs`.

use super::*;
use crate::codec::Limit;
use crate::{JsonValue, Nullable};

struct Form {
    value: JsonValue,
    files: Vec<File>,
    meta: Option<Meta>,
    note: Nullable<String>,
}

struct Meta {
    file: Option<File>,
    id: i64,
}

crate::object! {
    Form {
        value: required "value",
        files: required "files" [Limit::MaxItems(2), Limit::UniqueItems],
        meta: optional "meta",
        note: optional_nullable "note" [Limit::MaxLength(3)],
    }
}
crate::object! { Meta { file: optional "file", id: required "id", } }

fn form(value: JsonValue) -> Form {
    Form { value, files: Vec::new(), meta: None, note: Nullable::Absent }
}

/// The body with `B` for the boundary and `|` for line ends.
fn written(value: &dyn Encode, encoding: &'static [PartEncoding]) -> Result<String, String> {
    let (boundary, body) = write(value, encoding, &[]).map_err(|fault| match fault {
        Fault::Request(error) => error.to_string(),
        Fault::Constraint(violation) => violation.to_string(),
        Fault::Transport(error) => error.to_string(),
    })?;
    let text = String::from_utf8_lossy(&body.in_memory()).replace(&boundary, "B");
    Ok(text.replace("Content-Disposition: form-data; ", "").replace("\r\n", "|"))
}

#[track_caller]
fn check(value: &dyn Encode, encoding: &'static [PartEncoding], expected: Result<&str, &str>) {
    let written = written(value, encoding);
    assert_eq!(written.as_deref().map_err(String::as_str), expected);
}

#[track_caller]
fn check_value(value: JsonValue, encoding: &'static [PartEncoding], expected: &str) {
    check(&form(value), encoding, Ok(expected));
}

#[test]
fn values_become_parts_by_their_kind() {
    check_value("a\r\nb".into(), &[], "--B|name=\"value\"||a|b|--B--|");
    check_value(1.5.into(), &[], "--B|name=\"value\"||1.5|--B--|");
    check_value(true.into(), &[], "--B|name=\"value\"||true|--B--|");
    check_value(JsonValue::Null, &[], "--B|name=\"value\"|||--B--|");
    check_value(vec!["a", "b"].into(), &[], "--B|name=\"value\"||a|--B|name=\"value\"||b|--B--|");
    let json = "--B|name=\"value\"|Content-Type: application/json||{\"a\":[1]}|--B--|";
    check_value(serde_json::json!({"a": [1]}), &[], json);
    check_value(serde_json::json!([{"a": [1]}]), &[], json);
    check_value(serde_json::json!([]), &[], "--B--|");
}

#[test]
fn media_type_of_the_document_is_told() {
    const TEXT: &[PartEncoding] = &[PartEncoding::new("value").media_type("text/csv")];
    check_value("a".into(), TEXT, "--B|name=\"value\"|Content-Type: text/csv||a|--B--|");
    const JSON: &[PartEncoding] = &[PartEncoding::new("value").media_type("application/json")];
    check_value("a".into(), JSON, "--B|name=\"value\"|Content-Type: application/json||\"a\"|--B--|");
    check_value(vec![1, 2].into(), JSON, "--B|name=\"value\"|Content-Type: application/json||[1,2]|--B--|");
    const RANGE: &[PartEncoding] = &[PartEncoding::new("value").media_type("text/*")];
    check_value("a".into(), RANGE, "--B|name=\"value\"||a|--B--|");
}

#[test]
fn styles_are_written_without_escapes() {
    const FORM: &[PartEncoding] = &[PartEncoding::new("value").explode(false)];
    check_value(vec!["a b", "c"].into(), FORM, "--B|name=\"value\"||a b,c|--B--|");
    check_value(serde_json::json!({"a": 1}), FORM, "--B|name=\"value\"||a,1|--B--|");
    const EXPLODED: &[PartEncoding] = &[PartEncoding::new("value").style(Style::Form)];
    check_value(serde_json::json!({"a": 1, "b": 2}), EXPLODED, "--B|name=\"a\"||1|--B|name=\"b\"||2|--B--|");
    const PIPES: &[PartEncoding] = &[PartEncoding::new("value").style(Style::PipeDelimited)];
    check_value(vec![1, 2].into(), PIPES, "--B|name=\"value\"||1|2|--B--|");
    const DEEP: &[PartEncoding] = &[PartEncoding::new("value").style(Style::DeepObject)];
    let expected = "--B|name=\"value[a][b]\"||1|--B|name=\"value[c][0]\"||2|--B--|";
    check_value(serde_json::json!({"a": {"b": 1}, "c": [2]}), DEEP, expected);
    let refused = "parameter `value` holds a list or an object inside another, which its style cannot write";
    check(&form(serde_json::json!([[1]])), FORM, Err(refused));
}

#[test]
fn files_have_names_and_media_types() {
    let files = vec![File::from("x").name("a\"\r\n.txt").media_type("text/plain"), File::new(vec![b'y'])];
    let value = Form { files, ..form(0.into()) };
    let expected = "--B|name=\"value\"||0\
        |--B|name=\"files\"; filename=\"a%22%0D%0A.txt\"|Content-Type: text/plain||x\
        |--B|name=\"files\"; filename=\"file\"|Content-Type: image/png||y|--B--|";
    check(&value, const { &[PartEncoding::new("files").media_type("image/png")] }, Ok(expected));
    let expected = expected.replace("image/png", "application/octet-stream");
    check(&value, const { &[PartEncoding::new("files").explode(false)] }, Ok(&expected));
}

#[test]
fn numbers_are_not_taken_for_files() {
    let value = Form { files: vec![File::from("x")], ..form(vec![0, 1].into()) };
    let expected = "--B|name=\"value\"||0|--B|name=\"value\"||1\
        |--B|name=\"files\"; filename=\"file\"|Content-Type: application/octet-stream||x|--B--|";
    check(&value, &[], Ok(expected));
}

#[test]
fn what_cannot_be_sent_is_refused() {
    check(&7_i64, &[], Err("parameter `body` is not an object, as a multipart body has to be"));
    let value = Form { meta: Some(Meta { file: Some(File::from("x")), id: 1 }), ..form(0.into()) };
    check(&value, &[], Err("`$.meta` holds a file within an object, which no part can carry"));
    let value = Form { note: Nullable::Value("long".to_owned()), ..form(0.into()) };
    check(&value, &[], Err("`$.note` is longer than 3 characters"));
    let files = |byte| vec![File::new(vec![byte]), File::new(vec![0xfe]), File::new("x")];
    let value = Form { files: files(0xff), ..form(0.into()) };
    check(&value, &[], Err("`$.files` has more than 2 items"));
    let value = Form { files: vec![File::from("x").media_type("a\r\nX-Evil: 1")], ..form(0.into()) };
    check(&value, &[], Err("parameter `files` has a media type that no header can carry"));
}

#[test]
fn boundaries_differ() {
    assert_ne!(boundary(), boundary());
    assert_eq!(boundary().len(), 37);
}

#[test]
fn parts_are_in_the_charset_of_their_media_type() {
    const LATIN: &[PartEncoding] = &[PartEncoding::new("value").media_type("text/plain; charset=iso-8859-1")];
    let body = write(&form("\u{FC}".into()), LATIN, &[]).map(|(_, body)| body.in_memory()).ok();
    assert!(body.is_some_and(|body| body.windows(5).any(|window| window == b"\r\n\xFC\r\n")));
    let lacks = "parameter `value` holds a character that the charset of its part lacks";
    check(&form("\u{20AC}".into()), LATIN, Err(lacks));
    const UNKNOWN: &[PartEncoding] = &[PartEncoding::new("value").media_type("text/plain; charset=klingon")];
    check(&form("a".into()), UNKNOWN, Err("parameter `value` has a media type with an unknown charset"));
}
