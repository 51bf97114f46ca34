//! Properties of a page as JSON: a page and a property in, what stands there out, to be changed.

use generator::lists::{Property, Without};
use serde_json::{Map, Value, json};

/// What a property has as its value.
pub fn find<'v>(value: &'v mut Value, property: &Property) -> Result<&'v mut Value, String> {
    property.names.iter().try_fold(value, |value, name| value.get_mut(name)).ok_or_else(|| missing(property))
}

/// Leaves a property without a value, and says whether it could.
pub fn clear(value: &mut Value, property: &Property) -> Result<bool, String> {
    let Some((name, holders)) = property.names.split_last() else { return Ok(false) };
    let holder = holders.iter().try_fold(value, |value, name| value.get_mut(name)).and_then(Value::as_object_mut);
    let holder: &mut Map<String, Value> = holder.ok_or_else(|| missing(property))?;
    match property.without {
        Without::Missing => drop(holder.shift_remove(name)),
        Without::Null => drop(holder.insert(name.clone(), Value::Null)),
        Without::Never if holder[name].is_string() => drop(holder.insert(name.clone(), json!(""))),
        Without::Never => return Ok(false),
    }
    Ok(true)
}

/// The text that goes over the wire for a number or a text.
pub fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn missing(property: &Property) -> String {
    format!("bug: the page has no `{}`", property.names.join("."))
}
