//! Numbers that schemas allow: the bounds and their neighbors, and a few others between them.
//!
//! The judge knows nothing of formats, so integers stay in the range of theirs; without a format that is 64 bits, unless the
//! schema itself has a bound beyond. A float stays within the digits that a double-precision float can hold.

use serde_json::Value;

use super::compare::fits_float;
use super::json::Json;
use super::schema::All;

/// Integers.
pub fn integers(all: &All<'_>) -> Vec<Json> {
    let (mut low, mut high): (i128, i128) = match all.text("format") {
        Some("int8" | "int16" | "int32") => (i32::MIN.into(), i32::MAX.into()),
        Some("uint8" | "uint16" | "uint32") => (0, u32::MAX.into()),
        Some("uint" | "uint64") => (0, u64::MAX.into()),
        _ => (i64::MIN.into(), i64::MAX.into()),
    };
    let has_format = all.text("format").is_some_and(|format| format.contains("int"));
    let bounds = |keyword: &str, round: fn(f64) -> f64| -> Vec<i128> {
        all.each(keyword).filter_map(|bound| whole(bound, round)).collect()
    };
    let above = bounds("exclusiveMinimum", f64::floor).into_iter().map(|bound| bound + 1);
    let below = bounds("exclusiveMaximum", f64::ceil).into_iter().map(|bound| bound - 1);
    if let Some(bound) = bounds("minimum", f64::ceil).into_iter().chain(above).max() {
        low = if has_format { bound.max(low) } else { bound };
    }
    if let Some(bound) = bounds("maximum", f64::floor).into_iter().chain(below).min() {
        high = if has_format { bound.min(high) } else { bound };
    }
    let unit = all.each("multipleOf").find_map(|unit| whole(unit, f64::round)).filter(|unit| *unit > 0).unwrap_or(1);
    // The most ordinary number comes first.
    let around = [7, 1, low, low.saturating_add(1), high, high.saturating_sub(1), 0, -1, 1_000_003, -40_000, 1 << 53];
    let up = |number: i128| number.div_euclid(unit) * unit + if number.rem_euclid(unit) == 0 { 0 } else { unit };
    let numbers = around.into_iter().map(up).chain([high.div_euclid(unit) * unit, unit]);
    let allowed = numbers.filter(|number| (low..=high).contains(number)).map(|number| number.to_string());
    let numbers = distinct(allowed.collect());
    let as_float = numbers.first().map(|number| Json::Number(format!("{number}.0")));
    numbers.into_iter().chain(as_float).collect()
}

fn whole(bound: &Value, round: fn(f64) -> f64) -> Option<i128> {
    let exact = bound.to_string().parse().ok();
    exact.or_else(|| bound.as_f64().map(round).filter(|bound| bound.abs() < 1e30).map(|bound| bound as i128))
}

/// Numbers with a fraction, and without.
pub fn floats(all: &All<'_>) -> Vec<Json> {
    let bounds = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];
    let bounds: Vec<f64> = bounds.iter().flat_map(|keyword| all.each(keyword)).filter_map(Value::as_f64).collect();
    let near = bounds.iter().flat_map(|bound| [*bound, bound + 0.5, bound - 0.5, bound * 2.0, bound + 1.0]);
    let others = [1.5, 0.0, -1.0, 0.1, 123_456.789, 1e-7, -2.5e10, 1e21, 3.0];
    let is_allowed = |number: &f64| {
        let of = |keyword: &str, holds: fn(f64, f64) -> bool| {
            all.each(keyword).filter_map(Value::as_f64).all(|bound| holds(*number, bound))
        };
        of("minimum", |number, bound| number >= bound)
            && of("maximum", |number, bound| number <= bound)
            && of("exclusiveMinimum", |number, bound| number > bound)
            && of("exclusiveMaximum", |number, bound| number < bound)
            && of("multipleOf", |number, unit| (number / unit).fract() == 0.0)
    };
    let numbers = others.into_iter().chain(near).filter(is_allowed).map(|number| Value::from(number).to_string());
    let mut numbers: Vec<String> = numbers.filter(|number| fits_float(number)).collect();
    if all.text("format") == Some("decimal") {
        numbers.push("1234567890123456789.1234567".to_owned());
    }
    distinct(numbers)
}

fn distinct(texts: Vec<String>) -> Vec<Json> {
    let mut seen = std::collections::BTreeSet::new();
    texts.into_iter().filter(|text| seen.insert(text.clone())).map(Json::Number).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::schema::Schemas;
    use super::*;

    fn check(schema: Value, numbers: fn(&All<'_>) -> Vec<Json>) -> String {
        let all = Schemas(&schema).alternatives(&[&schema]).remove(0);
        Json::Array(numbers(&all)).to_string()
    }

    #[test]
    fn integers_include_the_bounds() {
        let found = check(json!({ "minimum": 3, "exclusiveMaximum": 9 }), integers);
        assert_eq!(found, "[7,3,4,8,7.0]");
        assert_eq!(check(json!({ "multipleOf": 5, "minimum": 1, "maximum": 12 }), integers), "[10,5,10.0]");
        let found = check(json!({ "format": "int32", "minimum": 0 }), integers);
        assert!(found.contains("2147483647") && !found.contains("-1"), "{found}");
        assert!(check(json!({}), integers).contains("-9223372036854775808"));
        let found = check(json!({ "minimum": 0, "maximum": 18446744073709551615_u64 }), integers);
        assert!(found.contains("18446744073709551614"), "{found}");
    }

    #[test]
    fn floats_include_the_bounds() {
        let found = check(json!({ "minimum": 0.25, "exclusiveMaximum": 1 }), floats);
        assert_eq!(found, "[0.25,0.75,0.5]");
        assert!(check(json!({ "multipleOf": 0.5 }), floats).starts_with("[1.5,0"));
    }
}
