//! Keywords beside `anyOf` and `oneOf`: they apply to every value, so each of them narrows the alternatives of the types that
//! it is about.

use super::context::Context;
use super::facets::{Alternatives, Bounds, Facets, SchemaAt, SchemaRef};
use super::inline::define_inline;
use super::limits::lower_limits;
use super::schema::{Hint, Lowered, Shape, lower_schema, shape};
use crate::diagnostics::Code;
use crate::ir;

/// How keywords beside the alternatives change one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Narrowing {
    /// Not at all.
    Nothing,
    /// Its type stays the same.
    Bounds,
    /// Its type is another one.
    Type,
    /// No value of it is left.
    Impossible,
}

/// Formats of strings that make a type of their own.
const TYPED_FORMATS: &[&str] = &["password", "decimal", "rfc2822", "date-time", "date", "binary"];

/// Adds to an alternative what stands beside it.
pub fn narrow<'a>(alternative: &mut Facets<'a>, beside: &Facets<'a>) -> Narrowing {
    let says_nothing = !beside.constrains_beside_alternatives() && !beside.is_object();
    // What bounds objects is not checked, and components keep their names.
    if says_nothing || beside.typ.as_deref() == Some("object") {
        return Narrowing::Nothing;
    }
    let before = alternative.clone();
    if alternative.typ.is_none() {
        alternative.typ.clone_from(&beside.typ);
    }
    if !alternative.enumeration.is_empty() || !beside.enumeration.is_empty() {
        let was_listed = !alternative.enumeration.is_empty();
        alternative.merge_enumeration(of_type(&beside.enumeration, alternative.typ.as_deref()));
        if alternative.enumeration.is_empty() && (was_listed || alternative.alternatives.is_empty()) {
            return Narrowing::Impossible;
        }
    }
    let typ = alternative.typ.clone();
    match typ.as_deref() {
        Some("string" | "integer" | "number") => alternative.merge_format(beside.format.clone()),
        Some("array") => alternative.narrow_items(beside),
        Some("object") => alternative.narrow_object(beside),
        Some(_) => {}
        None if alternative.is_object() || !alternative.required.is_empty() => alternative.narrow_object(beside),
        None => {
            alternative.merge_format(beside.format.clone());
            alternative.narrow_items(beside);
        }
    }
    alternative.bounds.merge(applicable(&beside.bounds, typ.as_deref()));
    compare(&before, alternative)
}

fn compare(before: &Facets<'_>, after: &Facets<'_>) -> Narrowing {
    let makes_type = |format: &Option<String>| format.as_deref().is_some_and(|format| is_typed(format, after));
    let is_other = before.typ != after.typ
        || before.enumeration != after.enumeration
        || before.items.is_some() != after.items.is_some()
        || before.properties.len() != after.properties.len()
        || before.required.len() != after.required.len()
        || before.additional.is_some() != after.additional.is_some()
        || (before.format != after.format && (makes_type(&before.format) || makes_type(&after.format)));
    // Alternatives within an alternative have to keep to it too.
    let is_nested = !after.alternatives.is_empty();
    match before.bounds != after.bounds || before.format != after.format {
        _ if is_other => Narrowing::Type,
        true if is_nested => Narrowing::Type,
        true => Narrowing::Bounds,
        false => Narrowing::Nothing,
    }
}

fn is_typed(format: &str, facets: &Facets<'_>) -> bool {
    match facets.typ.as_deref() {
        Some("integer" | "number") => true,
        _ => TYPED_FORMATS.contains(&format),
    }
}

/// The values of an enumeration that are of a type.
fn of_type(values: &[serde_json::Value], typ: Option<&str>) -> Vec<serde_json::Value> {
    let is = |value: &&serde_json::Value| match typ {
        Some("string") => value.is_string(),
        Some("integer" | "number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => true,
    };
    values.iter().filter(is).cloned().collect()
}

/// The bounds that are about a type.
fn applicable(bounds: &Bounds, typ: Option<&str>) -> Bounds {
    let mut bounds = bounds.clone();
    let is = |types: &[&str]| typ.is_none_or(|typ| types.contains(&typ));
    if !is(&["string"]) {
        bounds = Bounds { patterns: Vec::new(), min_length: None, max_length: None, ..bounds };
    }
    if !is(&["integer", "number"]) {
        bounds = Bounds { minimum: None, maximum: None, multiples_of: Vec::new(), ..bounds };
    }
    if !is(&["array"]) {
        bounds = Bounds { min_items: None, max_items: None, unique_items: false, ..bounds };
    }
    if !is(&["object"]) {
        bounds = Bounds { min_properties: None, max_properties: None, ..bounds };
    }
    bounds
}

impl<'a> Facets<'a> {
    fn narrow_items(&mut self, beside: &Self) {
        if self.items.is_none() {
            self.items.clone_from(&beside.items);
            self.tuple.clone_from(&beside.tuple);
        }
    }

    fn narrow_object(&mut self, beside: &Self) {
        for (name, schema) in &beside.properties {
            self.properties.entry(name).or_insert_with(|| schema.clone());
        }
        let required = beside.required.iter().filter(|name| !self.required.contains(name)).copied().collect::<Vec<_>>();
        if !beside.properties.is_empty() {
            self.required.extend(required);
        }
        if self.additional.is_none() {
            self.additional.clone_from(&beside.additional);
        }
    }
}

/// Lowers an alternative that was narrowed.
pub fn lower_narrowed<'a>(
    cx: &mut Context<'a>,
    schema: &SchemaAt<'a>,
    facets: &Facets<'a>,
    narrowing: Narrowing,
    hint: &Hint,
) -> Lowered {
    match narrowing {
        Narrowing::Nothing | Narrowing::Impossible => lower_schema(cx, schema, hint),
        Narrowing::Bounds => {
            let lowered = lower_schema(cx, schema, hint);
            narrow_limits(cx, facets, lowered)
        }
        Narrowing::Type => lower_facets(cx, facets, hint),
    }
}

fn lower_facets<'a>(cx: &mut Context<'a>, facets: &Facets<'a>, hint: &Hint) -> Lowered {
    // An alternative may lead back to the schema that it is one of.
    if cx.narrowed.contains(&facets.pointer) {
        return Lowered::plain(ir::Type::Json);
    }
    cx.narrowed.push(facets.pointer.clone());
    let facets = Facets { only_ref: None, ..facets.clone() };
    let lowered = match shape(cx, &facets, hint) {
        Shape::Plain(lowered) => Lowered { nullable: lowered.nullable || facets.nullable, ..lowered },
        Shape::Definition { kind, nullable } => {
            let id = define_inline(cx, &facets, kind, hint);
            Lowered { nullable: facets.nullable || nullable, ..Lowered::plain(ir::Type::Named(id)) }
        }
    };
    cx.narrowed.pop();
    lowered
}

/// Replaces the limits of a type by those of a schema that narrows it; limits of what is in it stay.
pub fn narrow_limits(cx: &mut Context<'_>, facets: &Facets<'_>, lowered: Lowered) -> Lowered {
    let Some(ty) = underlying(cx, &lowered.ty) else { return lowered };
    let mut limits = lower_limits(cx, facets, &ty);
    limits.extend(lowered.limits.into_iter().filter(|limit| {
        matches!(limit, ir::Limit::Items(_) | ir::Limit::Values(_) | ir::Limit::Format(_)) && facets.format.is_none()
            || matches!(limit, ir::Limit::Items(_) | ir::Limit::Values(_))
    }));
    Lowered { limits, ..lowered }
}

/// The type that limits apply to; `None` if no alias leads to one that has any.
fn underlying(cx: &Context<'_>, ty: &ir::Type) -> Option<ir::Type> {
    let mut ty = ty;
    for _ in 0..16 {
        ty = match ty {
            ir::Type::Nullable(inner) => inner,
            ir::Type::Named(id) => match &cx.types.get(*id)?.kind {
                ir::TypeKind::Alias(alias) => &alias.ty,
                _ => return None,
            },
            ty => return Some(ty.clone()),
        };
    }
    None
}

/// Whether alternatives of a schema that has a type say nothing that makes another type of it.
pub fn only_constrain<'a>(cx: &mut Context<'a>, facets: &Facets<'_>, alternatives: &Alternatives<'a>) -> bool {
    let Some(typ) = facets.typ.as_deref().filter(|typ| *typ != "object") else { return false };
    let constrains = alternatives.members.iter().all(|member| match member.schema {
        SchemaRef::Reference(_) => false,
        SchemaRef::Item(_) => super::facets::facets(cx, member).is_some_and(|member| {
            let is_same = member.typ.as_deref().is_none_or(|other| other == typ);
            let format = member.format.as_deref();
            is_same
                && member.enumeration.is_empty()
                && member.alternatives.is_empty()
                && member.items.is_none()
                && member.only_ref.is_none()
                && !member.is_object()
                && !member.nullable
                && !format.is_some_and(|format| TYPED_FORMATS.contains(&format))
        }),
    });
    if constrains {
        cx.diagnostics.warn(
            Code::IgnoredKeyword,
            &alternatives.pointer,
            "these alternatives only constrain the value, which is not checked",
            "nothing needs to be done; the server checks it",
        );
    }
    constrains
}

/// Whether an alternative of a schema that may have properties is no object.
pub fn has_other_types<'a>(cx: &mut Context<'a>, facets: &Facets<'_>, alternatives: &Alternatives<'a>) -> bool {
    let mut members = alternatives.members.iter();
    facets.typ.is_none()
        && members.any(|member| {
            let mark = cx.diagnostics.mark();
            let facets = super::facets::facets(cx, member);
            cx.diagnostics.forgive(mark);
            facets.is_some_and(|member| member.typ.as_deref().is_some_and(|typ| typ != "object"))
        })
}
