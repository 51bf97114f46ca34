//! Whether the runtime would parse a text as a type whose values are texts of a format: both in, yes or no out.
//!
//! Documents show dates in many forms, and of those that are not exactly of the format an example cannot be made.

use crate::ir::Type;

/// Whether a text is of the format of `ty`. What makes a date of e-mail is not known here.
pub fn is_of(ty: &Type, text: &str) -> bool {
    match ty {
        Type::DateTime => is_date_time(text),
        Type::Date => is_date(text),
        Type::Decimal => is_decimal(text),
        _ => true,
    }
}

/// RFC 3339, section 5.6, `date-time`.
fn is_date_time(text: &str) -> bool {
    let Some((day, rest)) = text.split_once(['T', 't']) else { return false };
    let Some(at) = rest.find(['Z', 'z', '+', '-']) else { return false };
    let (time, offset) = rest.split_at(at);
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let is_offset = match offset {
        "Z" | "z" => true,
        _ => is_clock(&offset[1..], &[23, 59]),
    };
    let is_fraction = (1..=9).contains(&fraction.len()) && fraction.bytes().all(|byte| byte.is_ascii_digit());
    is_date(day) && is_clock(time, &[23, 59, 60]) && is_fraction && is_offset
}

/// RFC 3339, section 5.6, `full-date`.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2)) else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// Whether there are numbers of two digits between colons, none greater than its bound.
fn is_clock(text: &str, bounds: &[u32]) -> bool {
    let parts: Vec<&str> = text.split(':').collect();
    let in_bounds = |(part, bound): (&&str, &u32)| number(part, 2).is_some_and(|number| number <= *bound);
    parts.len() == bounds.len() && parts.iter().zip(bounds).all(in_bounds)
}

fn number(text: &str, digits: usize) -> Option<u32> {
    let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// Digits, with a point among them and a sign before them, if there are such; no more than a decimal can hold.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number(whole) && is_number(fraction) && digits.len() <= 28
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_exactly_of_the_format_is_told_to_be() {
        let check = |ty: Type, yes: &[&str], no: &[&str]| {
            yes.iter().for_each(|text| assert!(is_of(&ty, text), "{text}"));
            no.iter().for_each(|text| assert!(!is_of(&ty, text), "{text}"));
        };
        check(
            Type::DateTime,
            &["2020-02-29T16:35:37Z", "2019-03-13t23:59:60.5z", "2019-03-13T16:35:37.123456789-07:30"],
            &[
                "",
                "2019-03-13",
                "2019-03-13 16:35:37Z",
                "2019-03-13T16:35:37",
                "2019-03-13T16:35:37+0100",
                "2019-03-13T16:35Z",
            ],
        );
        check(
            Type::DateTime,
            &[],
            &["2019-02-29T16:35:37Z", "2019-03-13T24:00:00Z", "2019-03-13T16:35:37.Z", "TZ", "T+é"],
        );
        check(Type::Date, &["2019-03-13"], &["2019-3-13", "2019-04-31", "2019-03-13T00:00:00Z", "0", "éééé-03-13"]);
        check(Type::Decimal, &["1", "-1.50", "+0.1"], &["", "1,5", ".5", "1e5", "$1", "12345678901234567890123456789"]);
        check(Type::String, &["anything"], &[]);
    }
}
