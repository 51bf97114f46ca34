//! The constraints of a schema: bounds in, [`ir::Limit`]s out, as far as they apply to the type.

use super::context::Context;
use super::facets::Facets;
use super::pattern::lower_pattern;
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{Bound, Limit, Type};

/// The constraints that apply to `ty`.
pub fn lower_limits(cx: &mut Context<'_>, facets: &Facets<'_>, ty: &Type) -> Vec<Limit> {
    let mut limits = Vec::new();
    match ty {
        Type::String | Type::Secret | Type::Decimal | Type::Rfc2822 | Type::DateTime | Type::Date => {
            text(cx, facets, ty, &mut limits);
        }
        Type::List(_) => list(facets, &mut limits),
        Type::Map(_) | Type::JsonObject => map(facets, &mut limits),
        Type::I32 | Type::I64 | Type::U32 | Type::U64 | Type::I128 | Type::F64 | Type::DecimalNumber => {
            number(facets, ty, &mut limits);
        }
        _ => {}
    }
    limits
}

/// Formats of texts that say how the text looks.
const KNOWN_FORMATS: &[&str] = &[
    "byte",
    "duration",
    "email",
    "hostname",
    "idn-email",
    "idn-hostname",
    "ip",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "regex",
    "relative-json-pointer",
    "time",
    "uri",
    "uri-reference",
    "uri-template",
    "url",
    "uuid",
];

fn text(cx: &mut Context<'_>, facets: &Facets<'_>, ty: &Type, limits: &mut Vec<Limit>) {
    let bounds = &facets.bounds;
    let format = facets.format.as_deref().filter(|_| *ty == Type::String);
    limits
        .extend(format.filter(|format| KNOWN_FORMATS.contains(format)).map(|format| Limit::Format(format.to_owned())));
    limits.extend(bounds.min_length.filter(|&min| min > 0).map(Limit::MinLength));
    limits.extend(bounds.max_length.map(Limit::MaxLength));
    for pattern in &bounds.patterns {
        limits.extend(checked_pattern(cx, facets, pattern));
    }
}

fn checked_pattern(cx: &mut Context<'_>, facets: &Facets<'_>, pattern: &str) -> Option<Limit> {
    match lower_pattern(pattern) {
        Ok(pattern) => Some(Limit::Pattern(pattern)),
        Err(reason) => {
            let place = facets.pointer.child("pattern");
            let message = format!("this pattern is not checked, since {reason}");
            let help =
                "correct or simplify the pattern; anchors are `^` and `$`, and flags such as `(?i)` do not exist";
            cx.diagnostics.push(Diagnostic::warning(Code::InvalidPattern, &place, message, help).remove(&place));
            None
        }
    }
}

fn number(facets: &Facets<'_>, ty: &Type, limits: &mut Vec<Limit>) {
    let bounds = &facets.bounds;
    let is_float = matches!(ty, Type::F64 | Type::DecimalNumber);
    let of = |number: Bound| if is_float { number.float() } else { number };
    limits.extend(bounds.minimum.map(|min| match min.exclusive {
        true => Limit::ExclusiveMinimum(of(min.number)),
        false => Limit::Minimum(of(min.number)),
    }));
    limits.extend(bounds.maximum.map(|max| match max.exclusive {
        true => Limit::ExclusiveMaximum(of(max.number)),
        false => Limit::Maximum(of(max.number)),
    }));
    limits.extend(bounds.multiples_of.iter().copied().filter(|&unit| unit > 0.0).map(Limit::MultipleOf));
}

fn list(facets: &Facets<'_>, limits: &mut Vec<Limit>) {
    let bounds = &facets.bounds;
    limits.extend(bounds.min_items.filter(|&min| min > 0).map(Limit::MinItems));
    limits.extend(bounds.max_items.map(Limit::MaxItems));
    limits.extend(bounds.unique_items.then_some(Limit::UniqueItems));
}

fn map(facets: &Facets<'_>, limits: &mut Vec<Limit>) {
    let bounds = &facets.bounds;
    limits.extend(bounds.min_properties.filter(|&min| min > 0).map(Limit::MinProperties));
    limits.extend(bounds.max_properties.map(Limit::MaxProperties));
}
