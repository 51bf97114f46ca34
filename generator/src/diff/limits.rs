//! Whether values are refused that were sent, or the other way round: the limits of one value in, a change out.

use super::change::What;
use crate::ir::Limit;

/// What the limits of a value that is sent mean for those who send it.
pub fn limits(old: &[Limit], new: &[Limit]) -> Option<What> {
    let (old, new) = (flat(old, ""), flat(new, ""));
    let tighter: Vec<String> = new.iter().filter(|limit| !is_implied(limit, &old)).map(Flat::text).collect();
    if !tighter.is_empty() {
        return Some(What::Tightened(tighter.join(", ")));
    }
    let is_looser = old.iter().any(|limit| !is_implied(limit, &new));
    is_looser.then_some(What::Loosened)
}

/// A limit and what it is put on: the value itself, or what is in it.
struct Flat<'l> {
    of: String,
    limit: &'l Limit,
}

fn flat<'l>(limits: &'l [Limit], of: &str) -> Vec<Flat<'l>> {
    let flat_one = |limit: &'l Limit| match limit {
        Limit::Items(inner) => flat(inner, &format!("{of}items.")),
        Limit::Item(index, inner) => flat(inner, &format!("{of}prefixItems.{index}.")),
        Limit::Values(inner) => flat(inner, &format!("{of}values.")),
        // Nothing checks it.
        Limit::Format(_) => Vec::new(),
        limit => vec![Flat { of: of.to_owned(), limit }],
    };
    limits.iter().flat_map(flat_one).collect()
}

/// Whether what keeps to the others keeps to this one.
fn is_implied(limit: &Flat<'_>, others: &[Flat<'_>]) -> bool {
    others.iter().any(|other| other.of == limit.of && implies(other.limit, limit.limit))
}

fn implies(one: &Limit, other: &Limit) -> bool {
    match (one, other) {
        (Limit::MinLength(one), Limit::MinLength(other))
        | (Limit::MinItems(one), Limit::MinItems(other))
        | (Limit::MinProperties(one), Limit::MinProperties(other)) => one >= other,
        (Limit::MaxLength(one), Limit::MaxLength(other))
        | (Limit::MaxItems(one), Limit::MaxItems(other))
        | (Limit::MaxProperties(one), Limit::MaxProperties(other)) => one <= other,
        (Limit::Minimum(one) | Limit::ExclusiveMinimum(one), Limit::Minimum(other))
        | (Limit::ExclusiveMinimum(one), Limit::ExclusiveMinimum(other)) => one >= other,
        (Limit::Minimum(one), Limit::ExclusiveMinimum(other)) => one > other,
        (Limit::Maximum(one) | Limit::ExclusiveMaximum(one), Limit::Maximum(other))
        | (Limit::ExclusiveMaximum(one), Limit::ExclusiveMaximum(other)) => one <= other,
        (Limit::Maximum(one), Limit::ExclusiveMaximum(other)) => one < other,
        (Limit::MultipleOf(one), Limit::MultipleOf(other)) => *other != 0.0 && one % other == 0.0,
        (one, other) => one == other,
    }
}

impl Flat<'_> {
    /// In the document's words.
    fn text(&self) -> String {
        let text = match self.limit {
            Limit::MinLength(count) => format!("minLength: {count}"),
            Limit::MaxLength(count) => format!("maxLength: {count}"),
            Limit::Pattern(pattern) => format!("pattern: {}", pattern.source),
            Limit::Minimum(number) => format!("minimum: {number}"),
            Limit::Maximum(number) => format!("maximum: {number}"),
            Limit::ExclusiveMinimum(number) => format!("exclusiveMinimum: {number}"),
            Limit::ExclusiveMaximum(number) => format!("exclusiveMaximum: {number}"),
            Limit::MultipleOf(number) => format!("multipleOf: {number}"),
            Limit::MinItems(count) => format!("minItems: {count}"),
            Limit::MaxItems(count) => format!("maxItems: {count}"),
            Limit::UniqueItems => "uniqueItems: true".to_owned(),
            Limit::MinProperties(count) => format!("minProperties: {count}"),
            Limit::MaxProperties(count) => format!("maxProperties: {count}"),
            Limit::Format(format) => format!("format: {format}"),
            Limit::Items(_) | Limit::Item(..) | Limit::Values(_) => String::new(),
        };
        format!("`{}{text}`", self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::{What, limits};
    use crate::ir::Limit::{ExclusiveMinimum, Format, Items, MaxLength, Minimum, MultipleOf};

    #[test]
    fn limits_are_tighter_looser_or_the_same() {
        let tightened = |text: &str| Some(What::Tightened(text.to_owned()));
        assert_eq!(limits(&[Minimum(1.0.into())], &[Minimum(1.0.into()), Format("x".to_owned())]), None);
        assert_eq!(limits(&[Minimum(1.0.into())], &[ExclusiveMinimum(1.0.into())]), tightened("`exclusiveMinimum: 1`"));
        assert_eq!(limits(&[ExclusiveMinimum(1.0.into())], &[Minimum(1.0.into())]), Some(What::Loosened));
        assert_eq!(limits(&[MultipleOf(4.0)], &[MultipleOf(2.0)]), Some(What::Loosened));
        let items = |count| [Items(vec![MaxLength(count)])];
        assert_eq!(limits(&items(5), &items(3)), tightened("`items.maxLength: 3`"));
        assert_eq!(limits(&[MaxLength(5)], &items(5)), tightened("`items.maxLength: 5`"));
    }
}
