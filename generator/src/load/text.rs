//! Text in, one JSON value out: the only file that knows serde_yaml.

mod node;

use std::borrow::Cow;
use std::cell::Cell;

use serde::de::DeserializeSeed as _;
use serde_json::Value;

use self::node::Reading;

use crate::diagnostics::{Code, Diagnostic, Place, Text};

/// What a text says.
#[derive(Debug)]
pub struct Parsed {
    /// The value.
    pub value: Value,
    /// Whether some object in it has a property twice, of which the last one counts.
    pub is_repeated: bool,
}

/// Reads JSON if the name of the file ends so, YAML otherwise.
pub fn parse(name: &str, text: &str) -> Result<Parsed, Refused> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(Refused { message: "there is nothing in this file".to_owned(), line: 1, column: 1 });
    }
    let is_repeated = Cell::new(false);
    let reading = Reading { is_repeated: &is_repeated };
    let is_json = name.to_ascii_lowercase().ends_with(".json");
    let value = if is_json { parse_json(text, reading) } else { parse_yaml(text, reading) }?;
    Ok(Parsed { value, is_repeated: is_repeated.get() })
}

/// A value as YAML.
pub fn to_yaml(value: &Value) -> Result<String, serde_yaml::Error> {
    serde_yaml::to_string(value)
}

fn parse_json(text: &str, reading: Reading<'_>) -> Result<Value, Refused> {
    let read = |text: &str| {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        reading.deserialize(&mut deserializer).and_then(|value| deserializer.end().map(|()| value))
    };
    match read(text) {
        Err(error) if error.to_string().starts_with("number out of range") => {
            let text = clamped(text);
            read(&text).map_err(|error| refused(&text, &error))
        }
        read => read.map_err(|error| refused(text, &error)),
    }
}

/// Numbers beyond `f64` become the largest there is, which no value exceeds either.
fn clamped(text: &str) -> String {
    const LARGEST: &str = "1.7976931348623157e308";
    let mut clamped = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(length) = rest.find(|letter: char| letter == '"' || letter == '-' || letter.is_ascii_digit()) {
        clamped.push_str(&rest[..length]);
        rest = &rest[length..];
        let end = if rest.starts_with('"') { text_end(rest) } else { number_end(rest) };
        let (token, after) = rest.split_at(end);
        let is_beyond = token.parse::<f64>().is_ok_and(f64::is_infinite);
        let sign = if token.starts_with('-') { "-" } else { "" };
        clamped.push_str(&if is_beyond { Cow::from(format!("{sign}{LARGEST}")) } else { Cow::from(token) });
        rest = after;
    }
    clamped + rest
}

/// Where the text ends that begins here.
fn text_end(text: &str) -> usize {
    let mut is_escaped = true;
    let is_end = |letter: char| {
        let is_end = letter == '"' && !is_escaped;
        is_escaped = letter == '\\' && !is_escaped;
        is_end
    };
    text.find(is_end).map_or(text.len(), |quote| quote + 1)
}

fn number_end(text: &str) -> usize {
    text.find(|letter: char| !letter.is_ascii_digit() && !"+-.eE".contains(letter)).unwrap_or(text.len())
}

/// Where an error was found; serde_json counts columns in bytes.
fn byte_of(text: &str, error: &serde_json::Error) -> usize {
    let start: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    (start + error.column()).min(text.len())
}

fn refused(text: &str, error: &serde_json::Error) -> Refused {
    let before = &text.as_bytes()[..byte_of(text, error)];
    let line = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let column = String::from_utf8_lossy(line).chars().count();
    let message = error.to_string();
    // The position is shown beside the excerpt.
    let message = message.split(" at line ").next().unwrap_or_default().to_owned();
    Refused { message: format!("this is not JSON: {message}"), line: error.line(), column }
}

fn parse_yaml(text: &str, reading: Reading<'_>) -> Result<Value, Refused> {
    reading.deserialize(serde_yaml::Deserializer::from_str(text)).map_err(|error| {
        let (line, column) = error.location().map_or((1, 1), |at| (at.line(), at.column()));
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        Refused { message: format!("this is not YAML: {message}"), line, column }
    })
}

/// Why a text cannot be read, and where; both count from one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong.
    pub message: String,
    line: usize,
    column: usize,
}

impl Refused {
    /// The error for a text.
    pub fn into_diagnostic(self, text: Text) -> Diagnostic {
        let place = Place::Position { text, line: self.line, column: self.column };
        let help = "correct the text here or shortly before; the file's name tells JSON (`.json`) from YAML";
        Diagnostic::fault_at(place, Code::Syntax, self.message, help)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(name: &str, text: &str) -> Result<Value, String> {
        parse(name, text).map(|parsed| parsed.value).map_err(|refused| refused.message)
    }

    #[test]
    fn yaml_is_read_beyond_what_json_can_say() {
        let yaml = "base: &base {a: 1, b: 2}\nowner: {<<: *base, b: 3}\n200: .inf\ntrue: !mine x\nbig: \
                    123456789012345678901234567890\n";
        let expected = json!({
            "base": { "a": 1, "b": 2 }, "owner": { "a": 1, "b": 3 }, "200": null, "true": "x",
            "big": 1.234_567_890_123_456_8e29,
        });
        assert_eq!(read("a.yaml", yaml), Ok(expected));
    }

    #[test]
    fn numbers_beyond_f64_are_clamped() {
        let json = r#"{"é": 0, "a": 1e999, "b": [-2E+400, 3]}"#;
        assert_eq!(read("a.json", json), Ok(json!({ "é": 0, "a": f64::MAX, "b": [f64::MIN, 3] })));
        assert_eq!(read("a.yaml", "a: 1e999"), Ok(json!({ "a": "1e999" })));
    }

    #[test]
    fn many_numbers_beyond_f64_are_clamped_in_one_go() {
        let numbers = vec!["1e999"; 200_000].join(",");
        let value = read("a.json", &format!("[{numbers}, \"1e999 \\\" -1e999\", \"\\\\\", -1e999]")).unwrap();
        let items = value.as_array().unwrap();
        let expected = [json!(f64::MAX), json!("1e999 \" -1e999"), json!("\\"), json!(f64::MIN)];
        assert_eq!(items[items.len() - 4..], expected);
    }

    #[test]
    fn properties_that_are_there_twice_are_noted() {
        for (name, text) in [("a.json", r#"{"a": [{"b": 1, "b": 2}]}"#), ("a.yaml", "a: [{b: 1, b: 2}]")] {
            let parsed = parse(name, text).unwrap();
            assert_eq!((parsed.value, parsed.is_repeated), (json!({ "a": [{ "b": 2 }] }), true));
        }
        assert!(!parse("a.yaml", "a: &a {x: 1}\nb: {<<: *a, <<: *a, x: 2}").unwrap().is_repeated);
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        assert_eq!(read("a.yaml", " \n"), Err("there is nothing in this file".to_owned()));
        assert_eq!(read("a.json", "{\"a\": 1e999,}"), Err("this is not JSON: trailing comma".to_owned()));
        assert!(read("a.yaml", "[a]: b").is_err_and(|message| message.contains("neither text nor a number")));
    }
}
