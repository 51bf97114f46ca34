//! Text in, one JSON value out: the only file that knows serde_yaml.

use serde_json::{Map, Value};

use crate::Source;
use crate::diagnostics::{Code, Diagnostic, Place, Severity};

/// Reads JSON if the name of the source ends so, YAML otherwise.
pub fn parse(source: &Source) -> Result<Value, Diagnostic> {
    let text = source.text.strip_prefix('\u{feff}').unwrap_or(&source.text);
    if source.name.to_ascii_lowercase().ends_with(".json") { parse_json(text) } else { parse_yaml(text) }
}

fn parse_json(text: &str) -> Result<Value, Diagnostic> {
    serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        // The position is shown beside the excerpt.
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        syntax(format!("this is not JSON: {message}"), error.line(), error.column())
    })
}

fn parse_yaml(text: &str) -> Result<Value, Diagnostic> {
    let value: serde_yaml::Value = serde_yaml::from_str(text).map_err(|error| {
        let (line, column) = error.location().map_or((1, 1), |at| (at.line(), at.column()));
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        syntax(format!("this is not YAML: {message}"), line, column)
    })?;
    to_json(value).map_err(|message| syntax(message, 1, 1))
}

fn syntax(message: String, line: usize, column: usize) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        code: Code::Syntax,
        message,
        place: Place::Position { line, column },
        help: "correct the text here or shortly before; the file's name tells JSON (`.json`) from YAML".to_owned(),
    }
}

/// YAML can say more than JSON; what a document may use of that is unquoted keys such as `200:`.
fn to_json(value: serde_yaml::Value) -> Result<Value, String> {
    Ok(match value {
        serde_yaml::Value::Null => Value::Null,
        serde_yaml::Value::Bool(boolean) => Value::Bool(boolean),
        serde_yaml::Value::Number(number) => to_number(&number)?,
        serde_yaml::Value::String(text) => Value::String(text),
        serde_yaml::Value::Sequence(items) => Value::Array(items.into_iter().map(to_json).collect::<Result<_, _>>()?),
        serde_yaml::Value::Mapping(mapping) => {
            let mut object = Map::new();
            for (key, value) in mapping {
                object.insert(to_key(key)?, to_json(value)?);
            }
            Value::Object(object)
        }
        serde_yaml::Value::Tagged(tagged) => to_json(tagged.value)?,
    })
}

fn to_number(number: &serde_yaml::Number) -> Result<Value, String> {
    if let Some(integer) = number.as_i64() {
        return Ok(integer.into());
    }
    if let Some(integer) = number.as_u64() {
        return Ok(integer.into());
    }
    let float = number.as_f64().and_then(serde_json::Number::from_f64);
    float.map(Value::Number).ok_or_else(|| format!("the number `{number}` has no meaning in OpenAPI"))
}

fn to_key(key: serde_yaml::Value) -> Result<String, String> {
    match key {
        serde_yaml::Value::String(text) => Ok(text),
        serde_yaml::Value::Number(number) => Ok(number.to_string()),
        serde_yaml::Value::Bool(boolean) => Ok(boolean.to_string()),
        serde_yaml::Value::Null => Ok("null".to_owned()),
        _ => Err("a mapping has a key that is neither text nor a number".to_owned()),
    }
}
