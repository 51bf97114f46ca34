//! `oneOf` and `anyOf`: alternatives in, one Rust enum out, or less where less is meant.
//!
//! What tells variants apart is a property of which each allows a single value: the tag. A variant that
//! consists of the tag and one other property holds the value of that property alone.

pub mod base;
mod tag;

use openapiv3 as oas;
use serde_json::Value;

use self::tag::Told;
use super::context::Context;
use super::enumeration::{integer_enum, string_enum};
use super::facets::{Alternatives, Facets, SchemaAt, SchemaRef, facets, resolve};
use super::names::{Scope, split, type_name, variant_name};
use super::object::constant;
use super::schema::{Hint, Lowered, Shape, lower_schema};
use super::siblings::{Narrowing, lower_narrowed, narrow};
use crate::diagnostics::Code;
use crate::ir;

/// A member of the alternatives with all that it says.
struct Member<'a> {
    schema: SchemaAt<'a>,
    facets: Facets<'a>,
    component: Option<&'a str>,
    /// What the keywords beside the alternatives make of it.
    narrowing: Narrowing,
    /// Whether every other alternative is known.
    is_alone: bool,
    /// The discriminator's property, if the object around the alternatives has it.
    tag_beside: Option<SchemaAt<'a>>,
}

/// What alternatives become.
pub fn lower_alternatives<'a>(
    cx: &mut Context<'a>,
    alternatives: &Alternatives<'a>,
    beside: &Facets<'a>,
    hint: &Hint,
) -> Shape {
    let (members, nullable) = members(cx, alternatives, Some(beside));
    of_members(cx, alternatives, &members, nullable, hint)
}

fn of_members<'a>(
    cx: &mut Context<'a>,
    alternatives: &Alternatives<'a>,
    members: &[Member<'a>],
    nullable: bool,
    hint: &Hint,
) -> Shape {
    match members {
        [] => Shape::Plain(Lowered { nullable, ..Lowered::plain(ir::Type::Json) }),
        // Another one leads nowhere, and nobody knows what it allows.
        [only] if !only.is_alone => {
            let union = lower_union(cx, alternatives, members, hint, lower_member);
            Shape::Definition { kind: ir::TypeKind::Union(union), nullable }
        }
        [only] => {
            let lowered = lower_member(cx, only, hint);
            Shape::Plain(Lowered { nullable: nullable || lowered.nullable, ..lowered })
        }
        members => {
            let union = |cx| ir::TypeKind::Union(lower_union(cx, alternatives, members, hint, lower_member));
            Shape::Definition { kind: open_enum(members).unwrap_or_else(|| union(cx)), nullable }
        }
    }
}

/// What alternatives become whose properties stand among those of an object: an enum even of one alternative, if it may
/// be missing.
pub fn lower_flattened<'a>(
    cx: &mut Context<'a>,
    alternatives: &Alternatives<'a>,
    around: &Facets<'a>,
    hint: &Hint,
) -> Shape {
    let (mut members, nullable) = members(cx, alternatives, None);
    let tag = alternatives.discriminator.and_then(|found| around.properties.get(found.property_name.as_str()));
    members.iter_mut().for_each(|member| member.tag_beside = tag.cloned());
    match members.as_slice() {
        [_] if nullable => {
            Shape::definition(ir::TypeKind::Union(lower_union(cx, alternatives, &members, hint, lower_member)))
        }
        members => of_members(cx, alternatives, members, nullable, hint),
    }
}

/// The alternatives, and whether null is one.
fn members<'a>(
    cx: &mut Context<'a>,
    alternatives: &Alternatives<'a>,
    beside: Option<&Facets<'a>>,
) -> (Vec<Member<'a>>, bool) {
    let mut members: Vec<Member<'a>> = Vec::new();
    let (mut nullable, mut is_alone) = (false, true);
    for schema in &alternatives.members {
        let Some(mut facets) = facets(cx, schema) else {
            is_alone = false;
            continue;
        };
        if is_null(&facets) {
            nullable = true;
            continue;
        }
        let component = match schema.schema {
            SchemaRef::Reference(reference) => resolve(cx, reference, &schema.pointer).map(|target| target.name),
            SchemaRef::Item(_) => None,
        };
        if let (Some(_), Some(items)) = (&facets.items, beside.and_then(|beside| beside.items.as_ref())) {
            cx.diagnostics.warn(
                Code::IgnoredKeyword,
                &items.pointer,
                "`items` beside alternatives that have `items` is not checked",
                "move what it says into the alternatives",
            );
        }
        let narrowing = beside.map_or(Narrowing::Nothing, |beside| narrow(&mut facets, beside));
        if narrowing != Narrowing::Impossible {
            members.push(Member {
                schema: schema.clone(),
                facets,
                component,
                narrowing,
                is_alone: true,
                tag_beside: None,
            });
        }
    }
    members.iter_mut().for_each(|member| member.is_alone = is_alone);
    (members, nullable)
}

/// Whether a schema allows nothing but null.
fn is_null(facets: &Facets<'_>) -> bool {
    let only_null = facets.enumeration.as_slice() == [serde_json::Value::Null];
    only_null || (facets.nullable && facets.typ.is_none() && facets.is_bare())
}

/// Strings beside strings, or listed integers beside others: one enumeration, which is open anyway.
fn open_enum(members: &[Member<'_>]) -> Option<ir::TypeKind> {
    open_string_enum(members).or_else(|| open_integer_enum(members))
}

/// What a member that lists values says of them: its description, or its title.
fn docs_of_value<'a>(member: &Member<'a>) -> &'a str {
    let docs = member.facets.description.or(member.facets.title);
    docs.filter(|_| member.facets.enumeration.len() == 1).unwrap_or_default()
}

fn open_integer_enum(members: &[Member<'_>]) -> Option<ir::TypeKind> {
    let is_listed = |member: &Member<'_>| {
        let typ = member.facets.typ.as_deref();
        let enumeration = &member.facets.enumeration;
        matches!(typ, None | Some("integer")) && !enumeration.is_empty() && enumeration.iter().all(Value::is_i64)
    };
    if !members.iter().all(is_listed) {
        return None;
    }
    let values = members.iter().flat_map(|member| {
        let (docs, pointer) = (docs_of_value(member), member.facets.pointer.child("enum"));
        let values = member.facets.enumeration.iter().enumerate();
        values.filter_map(move |(index, value)| Some((value.as_i64()?, docs, pointer.child(index))))
    });
    Some(integer_enum(values))
}

fn open_string_enum(members: &[Member<'_>]) -> Option<ir::TypeKind> {
    let is_text = |member: &Member<'_>| {
        let enumeration = &member.facets.enumeration;
        let listed = enumeration.iter().all(|value| value.is_string() || value.is_null());
        let is_string = match member.facets.typ.as_deref() {
            Some(typ) => typ == "string",
            None => !enumeration.is_empty(),
        };
        // A string with a format or limits of its own is more than a value that is not listed.
        let is_any = member.facets.format.is_none() && member.facets.bounds.is_empty();
        is_string && listed && (is_any || !enumeration.is_empty())
    };
    let listed = members.iter().any(|member| !member.facets.enumeration.is_empty());
    if !listed || !members.iter().all(is_text) {
        return None;
    }
    let values = members.iter().flat_map(|member| {
        let (docs, pointer) = (docs_of_value(member), member.facets.pointer.child("enum"));
        let values = member.facets.enumeration.iter().enumerate();
        values.filter_map(move |(index, value)| Some((value.as_str()?, docs, pointer.child(index))))
    });
    let allows_others = members.iter().any(|member| member.facets.enumeration.is_empty());
    Some(string_enum(values, allows_others))
}

/// The type of a member as a whole.
type LowerMember<'a> = fn(&mut Context<'a>, &Member<'a>, &Hint) -> Lowered;

fn lower_member<'a>(cx: &mut Context<'a>, member: &Member<'a>, hint: &Hint) -> Lowered {
    lower_narrowed(cx, &member.schema, &member.facets, member.narrowing, hint)
}

fn lower_union<'a>(
    cx: &mut Context<'a>,
    alternatives: &Alternatives<'a>,
    members: &[Member<'a>],
    hint: &Hint,
    lower_member: LowerMember<'a>,
) -> ir::Union {
    let tag = tag::find_tag(cx, alternatives, members);
    let names = variant_names(members, tag.as_deref(), hint);
    let told: Vec<Vec<Told>> = members.iter().map(|member| told_by(cx, alternatives, member, tag.as_deref())).collect();
    // Names by members come first, so that no value of another one takes them away.
    let mut scope = Scope::with(&["Unknown"]);
    let alone = names.iter().zip(&told).filter(|(_, told)| told.len() == 1);
    alone.for_each(|(name, _)| drop(scope.claim(std::slice::from_ref(name))));
    let mut variants = Vec::new();
    for ((member, name), told) in members.iter().zip(names).zip(told) {
        let has_several = told.len() > 1;
        for told in told {
            let name = match told.tags.first() {
                Some(tag) if has_several => {
                    let label = variant_name(&tag.to_string());
                    scope.claim(&[label.clone(), format!("{name}{label}")])
                }
                _ => name.clone(),
            };
            let part = Hint { name: format!("{}{name}", hint.name), module: hint.module.clone() };
            variants.push(lower_variant(cx, member, name, told, tag.as_deref(), &part, lower_member));
        }
    }
    let is_discriminated = alternatives.discriminator.is_some();
    ir::Union { tag, is_discriminated, variants, default: None }
}

fn told_by<'a>(
    cx: &mut Context<'a>,
    alternatives: &Alternatives<'a>,
    member: &Member<'a>,
    tag: Option<&str>,
) -> Vec<Told> {
    match tag {
        Some(tag) => tag::told_by(cx, alternatives, member, tag),
        None => vec![Told::by_nothing()],
    }
}

fn lower_variant<'a>(
    cx: &mut Context<'a>,
    member: &Member<'a>,
    name: String,
    told: Told,
    tag: Option<&str>,
    part: &Hint,
    lower_member: LowerMember<'a>,
) -> ir::Variant {
    let docs = member.facets.description.unwrap_or_default().to_owned();
    let pointer = member.schema.pointer.clone();
    let Told { tags, holds } = told;
    if let Some((content, schema)) = sole_property(member, tag, &tags) {
        let lowered = lower_schema(cx, schema, part);
        let (limits, ty) = (lowered.limits.clone(), lowered.standalone());
        let constant = (ty == ir::Type::Boolean).then(|| constant(&facets(cx, schema)?)).flatten();
        let holds = ir::Holds::Content(content.to_owned());
        return ir::Variant { rust: name, constant, tags, holds, ty, limits, docs, pointer };
    }
    let lowered = lower_member(cx, member, part);
    let (limits, ty) = (lowered.limits.clone(), lowered.standalone());
    let docs = if member.component.is_some() { String::new() } else { docs };
    let constant = constant(&member.facets).filter(|_| ty == ir::Type::Boolean);
    ir::Variant { rust: name, constant, tags, holds, ty, limits, docs, pointer }
}

/// The one required property that an inline member consists of, beside the tag.
fn sole_property<'m, 'a>(
    member: &'m Member<'a>,
    tag: Option<&str>,
    tags: &[ir::Literal],
) -> Option<(&'a str, &'m SchemaAt<'a>)> {
    let facets = &member.facets;
    let keeps_others = matches!(
        facets.additional,
        Some((oas::AdditionalProperties::Any(true) | oas::AdditionalProperties::Schema(_), _))
    );
    if member.component.is_some() || facets.only_ref.is_some() || !facets.alternatives.is_empty() || keeps_others {
        return None;
    }
    // The union writes the tag of such a variant, so that there must be no choice of it.
    let is_told = tags.len() == 1;
    let mut others = facets.properties.iter().filter(|(name, _)| !(is_told && Some(**name) == tag));
    match (others.next(), others.next()) {
        (Some((name, schema)), None) if facets.required.contains(name) => Some((name, schema)),
        _ => None,
    }
}

/// A name for every member: its title, the value of its tag, its component's name, or the kind of value.
fn variant_names(members: &[Member<'_>], tag: Option<&str>, hint: &Hint) -> Vec<String> {
    let short: Vec<String> = members.iter().map(|member| variant_label(member, tag, hint, true)).collect();
    let unique = |names: &[String]| names.iter().collect::<std::collections::BTreeSet<_>>().len() == names.len();
    let labels = if unique(&short) {
        short
    } else {
        members.iter().map(|member| variant_label(member, tag, hint, false)).collect()
    };
    let mut scope = Scope::with(&["Unknown"]);
    labels.into_iter().map(|label| scope.claim(&[label.clone(), format!("{label}Variant")])).collect()
}

fn variant_label(member: &Member<'_>, tag: Option<&str>, hint: &Hint, short: bool) -> String {
    if let Some(component) = member.component {
        return if short { without_suffix(&type_name(component), &hint.name) } else { type_name(component) };
    }
    if let Some(title) = member.facets.title {
        return variant_name(title);
    }
    let tagged = tag.and_then(|tag| member.facets.properties.get(tag)).and_then(|schema| match schema.schema {
        SchemaRef::Item(oas::Schema { schema_kind: oas::SchemaKind::Type(oas::Type::String(string)), .. }) => {
            string.enumeration.first().cloned().flatten()
        }
        _ => None,
    });
    if let Some(value) = tagged {
        return variant_name(&value);
    }
    if let Some(reference) = member.facets.only_ref {
        return type_name(reference.rsplit('/').next().unwrap_or_default());
    }
    let kind = match member.facets.typ.as_deref() {
        Some("array") => "List",
        Some("string") => "Text",
        Some("integer") => "Integer",
        Some("number") => "Number",
        Some("boolean") => "Boolean",
        _ => "Object",
    };
    kind.to_owned()
}

/// A component's name without the last words that the union's name has too.
fn without_suffix(component: &str, union: &str) -> String {
    let (mut words, shared) = (split(component), split(union));
    while words.len() > 1 && words.last().is_some_and(|word| shared.contains(word)) {
        words.pop();
    }
    variant_name(&words.join("_"))
}
