//! Two JSON values in, what the second lost of the first out. Numbers are compared as the mathematical values of their digits.

use std::collections::BTreeMap;

use super::json::Json;

/// What became of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Difference {
    /// It is the same.
    None,
    /// Some numbers have only as many digits as a double-precision float can hold.
    Digits,
    /// It is another value: how, and where.
    Changed(String, String),
}

/// A step from a value to a part of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step<'v> {
    /// To a property.
    Property(&'v str),
    /// To an item.
    Item(usize),
}

/// Compares values. `may_lose` decides whether a property can be lost, by the path that leads to it.
pub fn difference(before: &Json, after: &Json, may_lose: &dyn Fn(&[Step<'_>]) -> bool) -> Difference {
    compare(before, after, &mut Vec::new(), may_lose)
}

fn compare<'v>(
    before: &'v Json,
    after: &'v Json,
    path: &mut Vec<Step<'v>>,
    may_lose: &dyn Fn(&[Step<'_>]) -> bool,
) -> Difference {
    match (before, after) {
        (Json::Object(before), Json::Object(after)) => objects(before, after, path, may_lose),
        (Json::Array(before), Json::Array(after)) if before.len() == after.len() => {
            let parts = before.iter().zip(after).enumerate().map(|(index, (before, after))| {
                path.push(Step::Item(index));
                let found = compare(before, after, path, may_lose);
                path.pop();
                found
            });
            worst(parts.collect())
        }
        (Json::Number(before), Json::Number(after)) => match numbers(before, after) {
            Some(difference) => difference,
            None => changed(path, &format!("`{before}` became `{after}`")),
        },
        _ if before == after => Difference::None,
        _ => changed(path, &format!("{} became {}", noun(before), noun(after))),
    }
}

fn objects<'v>(
    before: &'v [(String, Json)],
    after: &'v [(String, Json)],
    path: &mut Vec<Step<'v>>,
    may_lose: &dyn Fn(&[Step<'_>]) -> bool,
) -> Difference {
    let find: BTreeMap<&str, &Json> = after.iter().map(|(name, value)| (name.as_str(), value)).collect();
    let mut found = Vec::new();
    for (name, value) in before {
        path.push(Step::Property(name));
        found.push(match find.get(name.as_str()) {
            Some(after) => compare(value, after, path, may_lose),
            None if may_lose(path) => Difference::None,
            None => changed(path, "the property is lost"),
        });
        path.pop();
    }
    for (name, _) in after.iter().filter(|(name, _)| !before.iter().any(|(other, _)| other == name)) {
        path.push(Step::Property(name));
        found.push(changed(path, "the property is new"));
        path.pop();
    }
    worst(found)
}

fn worst(found: Vec<Difference>) -> Difference {
    let has_digits = found.contains(&Difference::Digits);
    let changed = found.into_iter().find(|difference| matches!(difference, Difference::Changed(..)));
    changed.unwrap_or(if has_digits { Difference::Digits } else { Difference::None })
}

fn changed(path: &[Step<'_>], what: &str) -> Difference {
    let steps = path.iter().map(|step| match step {
        Step::Property(name) => format!(".{name}"),
        Step::Item(_) => ".[]".to_owned(),
    });
    Difference::Changed(what.to_owned(), format!("${}", steps.collect::<String>()))
}

fn noun(value: &Json) -> String {
    match value {
        Json::Array(items) => format!("an array of {}", items.len()),
        Json::Object(_) => "an object".to_owned(),
        other => format!("`{}`", other.to_string().chars().take(40).collect::<String>()),
    }
}

/// `None` if the numbers are different ones.
fn numbers(before: &str, after: &str) -> Option<Difference> {
    let (exact, written) = (Decimal::parse(before)?, Decimal::parse(after)?);
    if exact == written {
        return Some(Difference::None);
    }
    // What is left of a number in a float: its shortest digits.
    let float: f64 = before.parse().ok()?;
    (Decimal::parse(&format!("{float:e}"))? == written).then_some(Difference::Digits)
}

/// Whether a float holds all digits of a number.
pub fn fits_float(number: &str) -> bool {
    let float: f64 = number.parse().unwrap_or(f64::NAN);
    float.is_finite() && Decimal::parse(number) == Decimal::parse(&format!("{float:e}"))
}

/// A number: digits without zeros at either end, times a power of ten.
#[derive(Debug, PartialEq, Eq)]
struct Decimal {
    is_negative: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    fn parse(number: &str) -> Option<Self> {
        let (is_negative, number) = number.strip_prefix('-').map_or((false, number), |number| (true, number));
        let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let digits = all.trim_start_matches('0');
        let kept = digits.trim_end_matches('0');
        if kept.is_empty() {
            return Some(Self { is_negative: false, digits: String::new(), exponent: 0 });
        }
        let zeros = i64::try_from(digits.len() - kept.len()).ok()?;
        let exponent: i64 = exponent.parse().ok()?;
        let exponent = exponent.checked_add(zeros)?.checked_sub(i64::try_from(fraction.len()).ok()?)?;
        Some(Self { is_negative, digits: kept.to_owned(), exponent })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, after: &str) -> Difference {
        let lose = |path: &[Step<'_>]| path.last() == Some(&Step::Property("odd"));
        difference(&Json::parse(before).unwrap(), &Json::parse(after).unwrap(), &lose)
    }

    #[test]
    fn numbers_are_the_same_however_they_are_written() {
        for (before, after) in [("1.0", "1"), ("1e2", "100"), ("-0", "0"), ("0.10", "1e-1"), ("120e-1", "12")] {
            assert_eq!(check(before, after), Difference::None, "{before}");
        }
        for (before, after) in [("1", "-1"), ("0.1", "0.10000000000000001"), ("10", "1"), ("9007199254740993", "9")] {
            assert!(matches!(check(before, after), Difference::Changed(..)), "{before}");
        }
    }

    #[test]
    fn digits_that_no_float_holds_are_told_apart() {
        assert_eq!(check("[12345678901234567.89]", "[12345678901234568.0]"), Difference::Digits);
        assert_eq!(check("9007199254740993", "9007199254740992.0"), Difference::Digits);
        assert!(fits_float("0.1") && fits_float("1e300") && !fits_float("9007199254740993") && !fits_float("1e400"));
    }

    #[test]
    fn objects_keep_their_properties() {
        assert_eq!(check(r#"{"a":1,"b":[{"odd":1}]}"#, r#"{"b":[{}],"a":1.0}"#), Difference::None);
        let changed = |how: &str, at: &str| Difference::Changed(how.to_owned(), at.to_owned());
        assert_eq!(check(r#"{"a":{"b":1}}"#, r#"{"a":{}}"#), changed("the property is lost", "$.a.b"));
        assert_eq!(check("[{}]", r#"[{"b":1}]"#), changed("the property is new", "$.[].b"));
        assert_eq!(check("[1]", "[1,2]"), changed("an array of 1 became an array of 2", "$"));
        assert_eq!(check(r#""1""#, "1"), changed("`\"1\"` became `1`", "$"));
    }
}
