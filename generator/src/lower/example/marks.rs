//! What takes a cursor in, different cursors out that it takes.

use serde_json::{Value, json};

use super::sample::sample;
use crate::ir::{Limit, Types};
use crate::lower::paging::Settable;
use crate::lower::pattern::Matcher;

/// How many there are: enough for a list of three pages with six items.
const NUMBER: usize = 6;

/// Different values in place of `found`, which is what a page has; `None` if the constraints leave no room for so many.
pub fn marks(types: &Types, settable: &Settable<'_>, found: &Value) -> Option<Vec<Value>> {
    let base = sample(types, settable.ty, settable.limits);
    let patterns: Vec<Matcher> = settable.limits.iter().filter_map(matcher).collect();
    let mut marks = Vec::new();
    for number in 1..=NUMBER {
        let new = |mark: &Value| keeps(settable.limits, &patterns, mark) && *mark != base && !marks.contains(mark);
        let mark = match base.as_str() {
            Some(text) if found.is_string() => texts(text, number).map(Value::from).find(new),
            // What takes a text takes a number too.
            _ => [100 + number].into_iter().chain(number..=2 * NUMBER).map(Value::from).find(new),
        };
        marks.push(mark?);
    }
    if found.is_string() {
        marks.iter_mut().filter(|mark| mark.is_number()).for_each(|mark| *mark = json!(mark.to_string()));
    }
    Some(marks)
}

/// Texts like this one: if it may be, with letters at the end that have a meaning in URLs; else with one letter exchanged.
fn texts(text: &str, number: usize) -> impl Iterator<Item = String> {
    let letters: Vec<char> = text.chars().collect();
    let longer = [format!("{text}/{number}+="), format!("{text}{number}")];
    let exchanged = (0..letters.len()).rev().flat_map(move |at| {
        let others = "123456789abcdefghABCDEFGH".chars();
        let letters = letters.clone();
        others.map(move |other| {
            letters.iter().enumerate().map(|(index, letter)| if index == at { other } else { *letter }).collect()
        })
    });
    longer.into_iter().chain(exchanged)
}

/// Whether a call with this value would be sent.
fn keeps(limits: &[Limit], patterns: &[Matcher], mark: &Value) -> bool {
    if mark.as_str().is_some_and(|text| !patterns.iter().all(|pattern| pattern.matches(text))) {
        return false;
    }
    let letters = mark.as_str().map(|text| text.chars().count());
    let number = mark.as_f64();
    limits.iter().all(|limit| match limit {
        Limit::MinLength(least) => letters.is_none_or(|letters| letters >= *least),
        Limit::MaxLength(most) => letters.is_none_or(|letters| letters <= *most),
        Limit::Minimum(least) => number.is_none_or(|number| number >= least.to_f64()),
        Limit::Maximum(most) => number.is_none_or(|number| number <= most.to_f64()),
        _ => true,
    })
}

fn matcher(limit: &Limit) -> Option<Matcher> {
    match limit {
        Limit::Pattern(pattern) => Matcher::compile(pattern),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{Arity, Mark, MarkPlace, Type};
    use crate::lower::pattern::lower_pattern;

    fn pattern(source: &str) -> Limit {
        Limit::Pattern(lower_pattern(source).expect("a pattern"))
    }

    fn made(ty: &Type, limits: &[Limit], found: Value) -> Option<Vec<Value>> {
        let mark = Mark { wire: String::new(), place: MarkPlace::Parameter(String::new()) };
        let (name, arity) = (String::new(), Arity::Optional);
        let settable = Settable { mark, name, ty, arity, default: None, limits, docs: "", deprecated: false };
        marks(&Types::default(), &settable, &found)
    }

    #[test]
    fn cursors_are_different_and_keep_to_the_constraints() {
        let id = [Limit::MinLength(31), Limit::MaxLength(31), pattern("^app_[A-Za-z0-9]{27}$")];
        let short = [Limit::MaxLength(1)];
        for (ty, limits, found) in [
            (Type::String, &[][..], json!("x")),
            (Type::String, &id, json!("x")),
            (Type::String, &short, json!("x")),
            (Type::I64, &[Limit::Maximum(9.0.into())], json!(1)),
        ] {
            let marks = made(&ty, limits, found.clone()).unwrap_or_else(|| panic!("no marks for {limits:?}"));
            assert_eq!(marks.len(), NUMBER, "{marks:?}");
            let patterns: Vec<Matcher> = limits.iter().filter_map(matcher).collect();
            for (index, mark) in marks.iter().enumerate() {
                assert!(keeps(limits, &patterns, mark) && !marks[..index].contains(mark), "{marks:?} for {limits:?}");
                assert_eq!(mark.is_string(), found.is_string(), "{mark}");
            }
        }
        assert_eq!(made(&Type::String, &[], json!("x")).unwrap_or_default()[1], "string/2+=");
    }

    #[test]
    fn text_for_a_number_is_one_and_no_room_is_told() {
        assert_eq!(made(&Type::I64, &[], json!("x")).unwrap_or_default()[0], "101");
        assert_eq!(made(&Type::String, &[], json!(7)).unwrap_or_default()[0], 101);
        assert_eq!(made(&Type::String, &[pattern("^(a|b)$")], json!("x")), None);
    }
}
