//! [`Limit`]: the constraints of a schema, checked before a value is sent.
//!
//! Nothing that a server sends is checked: a value that breaks a rule is still the value that is there.

use super::Writer;
use super::pattern::{matches, matches_backtracking};

/// A constraint that the document puts on a value.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Limit {
    /// At least so many characters.
    MinLength(usize),
    /// At most so many characters.
    MaxLength(usize),
    /// The string matches an ECMA-262 regular expression that means the same in the syntax of `regex`.
    Pattern(&'static str),
    /// The string matches an ECMA-262 regular expression, which comes first as the document has it, then in the syntax of
    /// `regex`.
    Translated(&'static str, &'static str),
    /// The string matches an ECMA-262 regular expression with lookaround or backreferences, which comes first as the document
    /// has it, then in the syntax of `fancy-regex`.
    ///
    /// Matching is limited. A string for which the limit is not enough is accepted, since the server checks it anyway; with
    /// the feature `tracing` that is logged as a warning.
    Backtracking(&'static str, &'static str),
    /// At least this number.
    Minimum(f64),
    /// At most this number.
    Maximum(f64),
    /// More than this number.
    ExclusiveMinimum(f64),
    /// Less than this number.
    ExclusiveMaximum(f64),
    /// At least this integer, which `f64` cannot tell from its neighbors.
    MinimumInteger(i128),
    /// At most this integer, which `f64` cannot tell from its neighbors.
    MaximumInteger(i128),
    /// A multiple of this number.
    MultipleOf(f64),
    /// At least so many items.
    MinItems(usize),
    /// At most so many items.
    MaxItems(usize),
    /// No two items are the same.
    UniqueItems,
    /// At least so many properties.
    MinProperties(usize),
    /// At most so many properties.
    MaxProperties(usize),
    /// What every item of a list keeps.
    Items(&'static [Limit]),
    /// What one item of a tuple keeps, by its position.
    Item(usize, &'static [Limit]),
    /// What every value of a map keeps.
    Values(&'static [Limit]),
}

/// Checks the limits of a text.
pub fn check_text(text: &str, limits: &[Limit], out: &mut Writer) {
    for limit in limits {
        match *limit {
            Limit::MinLength(min) if text.chars().count() < min => {
                out.reject(format!("is shorter than {min} {}", plural(min, "character")));
            }
            Limit::MaxLength(max) if text.len() > max && text.chars().count() > max => {
                out.reject(format!("is longer than {max} {}", plural(max, "character")));
            }
            Limit::Pattern(pattern) if !matches(pattern, text) => out.reject(mismatch(pattern)),
            Limit::Translated(pattern, regex) if !matches(regex, text) => out.reject(mismatch(pattern)),
            Limit::Backtracking(pattern, regex) if !matches_backtracking(regex, text) => {
                out.reject(mismatch(pattern));
            }
            _ => {}
        }
    }
}

/// Checks the limits of an integer.
pub fn check_integer(number: i128, limits: &[Limit], out: &mut Writer) {
    for limit in limits {
        match *limit {
            Limit::MinimumInteger(min) if number < min => out.reject(format!("is less than {min}")),
            Limit::MaximumInteger(max) if number > max => out.reject(format!("is more than {max}")),
            Limit::MinimumInteger(_) | Limit::MaximumInteger(_) => {}
            Limit::MultipleOf(unit) if is_whole(unit) => {
                if !is_multiple_of_integer(number, unit) {
                    out.reject(format!("is not a multiple of {unit}"));
                }
            }
            #[expect(
                clippy::cast_precision_loss,
                reason = "bounds that need to be exact are `MinimumInteger` and `MaximumInteger`"
            )]
            limit => check_number(number as f64, &[limit], out),
        }
    }
}

/// Checks the limits of a number.
pub fn check_number(number: f64, limits: &[Limit], out: &mut Writer) {
    for limit in limits {
        match *limit {
            Limit::Minimum(min) if number < min => out.reject(format!("is less than {min}")),
            Limit::Maximum(max) if number > max => out.reject(format!("is more than {max}")),
            Limit::ExclusiveMinimum(min) if number <= min => out.reject(format!("is not more than {min}")),
            Limit::ExclusiveMaximum(max) if number >= max => out.reject(format!("is not less than {max}")),
            #[expect(clippy::cast_precision_loss, reason = "what is compared with is no more exact")]
            Limit::MinimumInteger(min) if number < min as f64 => out.reject(format!("is less than {min}")),
            #[expect(clippy::cast_precision_loss, reason = "what is compared with is no more exact")]
            Limit::MaximumInteger(max) if number > max as f64 => out.reject(format!("is more than {max}")),
            Limit::MultipleOf(unit) if !is_multiple(number, unit) => {
                out.reject(format!("is not a multiple of {unit}"));
            }
            _ => {}
        }
    }
}

/// Checks how many items a list has.
pub fn check_count(count: usize, limits: &[Limit], out: &mut Writer) {
    for limit in limits {
        match *limit {
            Limit::MinItems(min) if count < min => {
                out.reject(format!("has fewer than {min} {}", plural(min, "item")));
            }
            Limit::MaxItems(max) if count > max => {
                out.reject(format!("has more than {max} {}", plural(max, "item")));
            }
            _ => {}
        }
    }
}

/// Checks how many properties an object has.
pub fn check_properties(count: usize, limits: &[Limit], out: &mut Writer) {
    for limit in limits {
        match *limit {
            Limit::MinProperties(min) if count < min => {
                out.reject(format!("has fewer than {min} properties"));
            }
            Limit::MaxProperties(max) if count > max => {
                out.reject(format!("has more than {max} properties"));
            }
            _ => {}
        }
    }
}

/// The limits of every item of a list.
pub fn item_limits(limits: &'static [Limit]) -> impl Iterator<Item = &'static [Limit]> {
    limits.iter().filter_map(|limit| if let Limit::Items(limits) = limit { Some(*limits) } else { None })
}

/// The limits of every value of a map.
pub fn value_limits(limits: &'static [Limit]) -> impl Iterator<Item = &'static [Limit]> {
    limits.iter().filter_map(|limit| if let Limit::Values(limits) = limit { Some(*limits) } else { None })
}

fn mismatch(pattern: &str) -> String {
    format!("does not match the pattern `{pattern}`")
}

fn plural(count: usize, word: &str) -> String {
    if count == 1 { word.to_owned() } else { format!("{word}s") }
}

/// Whether a number is a whole one that an integer can hold.
fn is_whole(number: f64) -> bool {
    number.fract() == 0.0 && (1.0..1e38).contains(&number)
}

#[expect(clippy::cast_possible_truncation, reason = "the unit is a whole number in range")]
fn is_multiple_of_integer(number: i128, unit: f64) -> bool {
    number % (unit as i128) == 0
}

fn is_multiple(number: f64, unit: f64) -> bool {
    let quotient = number / unit;
    // 0.3 is a multiple of 0.1 for everybody but binary arithmetic.
    (quotient - quotient.round()).abs() <= quotient.abs().max(1.0) * 1e-9
}

#[cfg(test)]
mod tests;
