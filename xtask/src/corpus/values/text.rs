//! Strings that schemas allow: of every length that is a bound, of a format, or of a pattern.

use regex_syntax::hir::{Class, Hir, HirKind};
use serde_json::Value;

use super::schema::All;

/// The longest string that is made on purpose.
const MAX_LENGTH: usize = 4096;

/// What every string is made of: characters of one to four bytes, and some that JSON escapes.
const ALPHABET: &str = "aé€😀\"\\/\n\tZ 0";

/// Strings.
pub fn texts(all: &All<'_>) -> Vec<String> {
    let (least, most) = (all.least("minLength"), all.most("maxLength"));
    let documented = ["example", "default"].iter().flat_map(|keyword| all.each(keyword));
    let documented = documented.chain(all.each("examples").filter_map(Value::as_array).flatten());
    let documented = documented.filter_map(Value::as_str).map(str::to_owned);
    let mut texts: Vec<String> = Vec::new();
    let patterns: Vec<&str> = all.each("pattern").filter_map(Value::as_str).collect();
    if let Some(known) = all.text("format").and_then(of_format) {
        texts.extend(known.iter().map(|text| (*text).to_owned()));
    } else if patterns.is_empty() {
        texts.push(fitting("text", least, most));
        let lengths = [Some(least), Some(least + 1), most, Some(12)].into_iter().flatten();
        texts.extend(
            lengths.filter(|length| *length <= MAX_LENGTH).map(|length| fitting(ALPHABET, length, Some(length))),
        );
    }
    texts.extend(patterns.iter().flat_map(|pattern| of_pattern(pattern, least)));
    texts.extend(documented);
    let fits = |text: &String| {
        let length = text.chars().count();
        length >= least && most.is_none_or(|most| length <= most)
    };
    let mut seen = std::collections::BTreeSet::new();
    texts.into_iter().filter(|text| fits(text) && seen.insert(text.clone())).collect()
}

/// Text of an allowed length.
pub fn fitting(text: &str, least: usize, most: Option<usize>) -> String {
    let length = text.chars().count().max(least).min(most.unwrap_or(usize::MAX));
    text.chars().cycle().take(length.min(MAX_LENGTH)).collect()
}

/// Strings of a format that has a type in the client, or that servers check.
fn of_format(format: &str) -> Option<&'static [&'static str]> {
    Some(match format {
        "date-time" => &["2024-02-29T23:59:59Z", "1999-12-31T23:59:60.123456789+05:30", "2024-01-01T00:00:00-00:00"],
        "date" => &["2024-02-29", "0001-01-01"],
        "time" => &["23:59:59Z"],
        "duration" => &["P1DT2H"],
        "email" => &["a@example.com"],
        "uuid" => &["00000000-0000-4000-8000-000000000000", "F47AC10B-58CC-4372-A567-0E02B2C3D479"],
        "uri" | "url" | "uri-reference" => &["https://example.com/a?b=c#d"],
        "ipv4" | "ip" => &["192.0.2.1"],
        "ipv6" => &["2001:db8::1"],
        "byte" => &["YQ==", ""],
        "decimal" => &["1.10", "-12345678901234567890.123"],
        "rfc2822" => &["Thu, 29 Feb 2024 23:59:59 +0000"],
        _ => return None,
    })
}

/// Strings that match a pattern, if it is one without lookaround or references to groups.
pub fn of_pattern(pattern: &str, least: usize) -> Vec<String> {
    let Ok(hir) = regex_syntax::Parser::new().parse(pattern) else { return Vec::new() };
    let mut texts: Vec<String> = (0..4).map(|turn| sample(&hir, turn, 0)).collect();
    texts.push(sample(&hir, 0, least));
    texts.retain(|text| text.len() <= MAX_LENGTH);
    texts
}

/// One string. `turn` chooses among alternatives; what can be repeated is repeated as long as `least` demands.
fn sample(hir: &Hir, turn: usize, least: usize) -> String {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => String::new(),
        HirKind::Literal(literal) => String::from_utf8_lossy(&literal.0).into_owned(),
        HirKind::Class(class) => character(class, turn).map(String::from).unwrap_or_default(),
        HirKind::Capture(capture) => sample(&capture.sub, turn, least),
        HirKind::Concat(parts) => parts.iter().map(|part| sample(part, turn, least)).collect(),
        HirKind::Alternation(parts) => sample(&parts[turn % parts.len()], turn, least),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.map_or(usize::MAX, |max| max as usize);
            let count = (repetition.min as usize + [1, 0, 3, 2][turn % 4]).max(least.min(MAX_LENGTH)).min(most);
            // Repetitions of repetitions multiply.
            let room = MAX_LENGTH / sample(&repetition.sub, turn, 0).len().max(1) + 1;
            (0..count.min(room)).map(|at| sample(&repetition.sub, turn + at, 0)).collect()
        }
    }
}

fn character(class: &Class, turn: usize) -> Option<char> {
    match class {
        Class::Unicode(class) => {
            let is_plain = |c: &char| c.is_ascii_graphic();
            let plain = class.iter().flat_map(|range| [range.start(), range.end()]).filter(is_plain);
            let plain: Vec<char> = plain.collect();
            let any = || class.iter().next().map(|range| range.start());
            // `.` and its like begin with control characters.
            let inside = || ('a'..='z').find(|c| class.iter().any(|range| (range.start()..=range.end()).contains(c)));
            if plain.is_empty() { inside().or_else(any) } else { Some(plain[turn % plain.len()]) }
        }
        Class::Bytes(class) => class.ranges().first().map(|range| char::from(range.start())),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::schema::Schemas;
    use super::*;

    fn check(schema: Value) -> Vec<String> {
        let all = Schemas(&schema).alternatives(&[&schema]).remove(0);
        texts(&all)
    }

    #[test]
    fn strings_have_every_length_that_is_a_bound() {
        let lengths = |schema| -> Vec<usize> { check(schema).iter().map(|text| text.chars().count()).collect() };
        assert_eq!(lengths(json!({ "minLength": 6, "maxLength": 9 })), [6, 6, 7, 9]);
        assert_eq!(lengths(json!({})), [4, 0, 1, 12]);
        assert_eq!(check(json!({ "format": "date", "maxLength": 10 })), ["2024-02-29", "0001-01-01"]);
    }

    #[test]
    fn strings_match_their_pattern() {
        for pattern in ["^[A-Z]{2,3}-\\d+$", "^(cat|dog)s?$", "^.+@.+$", "[^a-z]", "^\\w{8}$"] {
            let texts = check(json!({ "pattern": pattern }));
            let matches = |text: &String| jsonschema::is_valid(&json!({ "pattern": pattern }), &json!(text));
            assert!(!texts.is_empty() && texts.iter().all(matches), "{pattern}: {texts:?}");
        }
        assert_eq!(check(json!({ "pattern": "^(?!a)b", "example": "b" })), ["b"]);
    }
}
