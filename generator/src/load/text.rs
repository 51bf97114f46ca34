//! Text in, one JSON value out: the only file that knows serde_yaml.

mod yaml;

use serde_json::Value;

use crate::diagnostics::{Code, Diagnostic, Place, Text};

/// Reads JSON if the name of the file ends so, YAML otherwise.
pub fn parse(name: &str, text: &str) -> Result<Value, Refused> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if name.to_ascii_lowercase().ends_with(".json") { parse_json(text) } else { parse_yaml(text) }
}

/// A value as YAML.
pub fn to_yaml(value: &Value) -> Result<String, serde_yaml::Error> {
    serde_yaml::to_string(value)
}

fn parse_json(text: &str) -> Result<Value, Refused> {
    match serde_json::from_str(text) {
        Err(error) if error.to_string().starts_with("number out of range") => parse_clamped(text),
        read => read.map_err(|error| refused(text, &error)),
    }
}

/// Numbers beyond `f64` become the largest there is, which no value exceeds either.
fn parse_clamped(text: &str) -> Result<Value, Refused> {
    const LARGEST: &str = "1.7976931348623157e308";
    let mut text = text.to_owned();
    loop {
        let error = match serde_json::from_str(&text) {
            Ok(value) => return Ok(value),
            Err(error) => error,
        };
        let end = byte_of(&text, &error);
        let is_digit = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
        let bytes = text.as_bytes();
        let start = bytes[..end].iter().rposition(|&byte| !is_digit(byte)).map_or(0, |at| at + 1);
        let after = bytes[end..].iter().position(|&byte| !is_digit(byte)).map_or(bytes.len(), |at| end + at);
        if !error.to_string().starts_with("number out of range") || start >= after {
            return Err(refused(&text, &error));
        }
        let sign = if bytes[start] == b'-' { "-" } else { "" };
        text.replace_range(start..after, &format!("{sign}{LARGEST}"));
    }
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

fn parse_yaml(text: &str) -> Result<Value, Refused> {
    let read = serde_yaml::from_str::<yaml::Node>(text).map_err(|error| {
        let (line, column) = error.location().map_or((1, 1), |at| (at.line(), at.column()));
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        Refused { message: format!("this is not YAML: {message}"), line, column }
    });
    read.map(yaml::Node::into_json)
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
        parse(name, text).map_err(|refused| refused.message)
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
    fn what_cannot_be_read_is_told() {
        assert_eq!(read("a.json", "{\"a\": 1e999,}"), Err("this is not JSON: trailing comma".to_owned()));
        assert!(read("a.yaml", "[a]: b").is_err_and(|message| message.contains("neither text nor a number")));
    }
}
