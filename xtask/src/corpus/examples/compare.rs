//! Two JSON values in, what the second lacks of the first out.

use serde_json::Value;

/// The first difference, if there is one that counts. Numbers are the same if their values are; `is_named` says which
/// properties must not be lost, by the way that leads to them.
pub fn difference<'v>(
    before: &'v Value,
    after: &Value,
    way: &mut Vec<&'v str>,
    is_named: &dyn Fn(&[&str]) -> bool,
) -> Option<String> {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (name, value) in before {
                way.push(name);
                let lost = match after.get(name) {
                    Some(found) => difference(value, found, way, is_named),
                    None => is_named(way).then(|| format!("the property `{}` is lost", way.join("."))),
                };
                way.pop();
                if lost.is_some() {
                    return lost;
                }
            }
            after.keys().find(|name| !before.contains_key(*name)).map(|name| format!("`{name}` is new"))
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            way.push("");
            let lost = before.iter().zip(after).find_map(|(before, after)| difference(before, after, way, is_named));
            way.pop();
            lost
        }
        (Value::Number(one), Value::Number(other)) if one.as_f64() == other.as_f64() => None,
        _ if before == after => None,
        _ => Some(format!("`{}` became `{}`", short(before), short(after))),
    }
}

fn short(value: &Value) -> String {
    value.to_string().chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_counts_is_told() {
        let named = |way: &[&str]| way.last() != Some(&"odd");
        let check = |before: Value, after: Value| difference(&before, &after, &mut Vec::new(), &named);
        assert_eq!(check(json!({ "a": [1, { "odd": 2 }] }), json!({ "a": [1.0, {}] })), None);
        assert_eq!(check(json!({ "a": 1 }), json!({})).unwrap(), "the property `a` is lost");
        assert_eq!(check(json!({}), json!({ "a": null })).unwrap(), "`a` is new");
        assert_eq!(check(json!({ "a": [1] }), json!({ "a": [1, 2] })).unwrap(), "`[1]` became `[1,2]`");
        assert_eq!(check(json!("1"), json!(1)).unwrap(), "`\"1\"` became `1`");
    }
}
