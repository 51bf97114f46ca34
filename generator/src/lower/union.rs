//! `oneOf` and `anyOf`: alternatives in, one Rust enum out, or less where less is meant.
//!
//! What tells variants apart is a property of which each allows a single value: the tag. A variant that
//! consists of the tag and one other property holds the value of that property alone.

use std::collections::BTreeMap;

use openapiv3 as oas;

use super::context::Context;
use super::enumeration::string_enum;
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
}

impl<'a> Member<'a> {
    fn lower(&self, cx: &mut Context<'a>, hint: &Hint) -> Lowered {
        lower_narrowed(cx, &self.schema, &self.facets, self.narrowing, hint)
    }
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
        [only] if !only.is_alone => Shape::Definition(lower_union(cx, alternatives, std::slice::from_ref(only), hint)),
        [only] => {
            let lowered = only.lower(cx, hint);
            Shape::Plain(Lowered { nullable: nullable || lowered.nullable, ..lowered })
        }
        members => match open_enum(members) {
            Some(kind) => Shape::Definition(kind),
            None => Shape::Definition(lower_union(cx, alternatives, members, hint)),
        },
    }
}

/// What alternatives become whose properties stand among those of an object: an enum even of one alternative, if it may
/// be missing.
pub fn lower_flattened<'a>(cx: &mut Context<'a>, alternatives: &Alternatives<'a>, hint: &Hint) -> Shape {
    let (members, nullable) = members(cx, alternatives, None);
    match members.as_slice() {
        [only] if nullable => Shape::Definition(lower_union(cx, alternatives, std::slice::from_ref(only), hint)),
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
        let narrowing = beside.map_or(Narrowing::Nothing, |beside| narrow(&mut facets, beside));
        if narrowing != Narrowing::Impossible {
            members.push(Member { schema: schema.clone(), facets, component, narrowing, is_alone: true });
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

/// Texts beside texts: one enumeration, which is open anyway.
fn open_enum(members: &[Member<'_>]) -> Option<ir::TypeKind> {
    let is_text = |member: &Member<'_>| {
        let listed = member.facets.enumeration.iter().all(|value| value.is_string() || value.is_null());
        let is_string = member.facets.typ.as_deref() == Some("string");
        // A text with a format of its own is more than a value that is not listed.
        is_string && listed && (member.facets.format.is_none() || !member.facets.enumeration.is_empty())
    };
    let listed = members.iter().any(|member| !member.facets.enumeration.is_empty());
    if !listed || !members.iter().all(is_text) {
        return None;
    }
    let values = members.iter().flat_map(|member| {
        let docs = if member.facets.enumeration.len() == 1 { member.facets.description } else { None };
        let pointer = member.facets.pointer.child("enum");
        let values = member.facets.enumeration.iter().enumerate();
        values.filter_map(move |(index, value)| Some((value.as_str()?, docs.unwrap_or_default(), pointer.child(index))))
    });
    let allows_others = members.iter().any(|member| member.facets.enumeration.is_empty());
    Some(string_enum(values, allows_others))
}

fn lower_union<'a>(
    cx: &mut Context<'a>,
    alternatives: &Alternatives<'a>,
    members: &[Member<'a>],
    hint: &Hint,
) -> ir::TypeKind {
    let tag = find_tag(cx, alternatives, members);
    let names = variant_names(members, tag.as_deref(), hint);
    let mut variants = Vec::new();
    for (member, name) in members.iter().zip(names) {
        let values = match &tag {
            Some(tag) => tag_values(cx, alternatives, member, tag),
            None => vec![None],
        };
        for (index, value) in values.into_iter().enumerate() {
            let name = if index == 0 { name.clone() } else { variant_name(value.as_deref().unwrap_or(&name)) };
            variants.push(lower_variant(cx, member, name, value, tag.as_deref(), hint));
        }
    }
    ir::TypeKind::Union(ir::Union { tag, variants, default: None })
}

/// The property that tells the members apart: the discriminator, or the one that most members allow one value of.
fn find_tag<'a>(cx: &mut Context<'a>, alternatives: &Alternatives<'a>, members: &[Member<'a>]) -> Option<String> {
    if let Some(discriminator) = alternatives.discriminator {
        return Some(discriminator.property_name.clone());
    }
    let mut candidates: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for member in members {
        for (name, schema) in &member.facets.properties {
            if !member.facets.required.contains(name) {
                continue;
            }
            let Some(property) = facets(cx, schema) else { continue };
            let Some(value) = constant(&property) else { continue };
            let values = candidates.entry(name).or_default();
            if !values.iter().any(|known| known == value) {
                values.push(value.to_owned());
            }
        }
    }
    let most = candidates.values().map(Vec::len).max().unwrap_or_default();
    let best = candidates.iter().find(|(_, values)| values.len() == most)?;
    (most > 1).then(|| (*best.0).to_owned())
}

/// The values of the tag that stand for a member; `[None]` if the tag does not decide.
fn tag_values<'a>(
    cx: &mut Context<'a>,
    alternatives: &Alternatives<'a>,
    member: &Member<'a>,
    tag: &str,
) -> Vec<Option<String>> {
    let mapped: Vec<Option<String>> = alternatives.discriminator.map_or_else(Vec::new, |discriminator| {
        let stands_for =
            |target: &&String| member.component.is_some_and(|component| names_component(target, component));
        let mapping = discriminator.mapping.iter().filter(|(_, target)| stands_for(target));
        mapping.map(|(value, _)| Some(value.clone())).collect()
    });
    if !mapped.is_empty() {
        return mapped;
    }
    if let Some(schema) = member.facets.properties.get(tag)
        && let Some(property) = facets(cx, schema)
    {
        if let Some(value) = constant(&property) {
            return vec![Some(value.to_owned())];
        }
    } else if alternatives.discriminator.is_some() {
        cx.diagnostics.warn(
            Code::InvalidDiscriminator,
            &member.schema.pointer,
            format!("this schema has no property `{tag}`, by which the discriminator wants to tell it"),
            format!("add a required property `{tag}` that allows a single value"),
        );
        return vec![None];
    }
    // Without a mapping, the name of the component is the value, as the specification has it.
    match (alternatives.discriminator, member.component) {
        (Some(_), Some(component)) => vec![Some(component.to_owned())],
        _ => vec![None],
    }
}

fn names_component(target: &str, component: &str) -> bool {
    target == component || target.strip_prefix("#/components/schemas/") == Some(component)
}

fn lower_variant<'a>(
    cx: &mut Context<'a>,
    member: &Member<'a>,
    name: String,
    value: Option<String>,
    tag: Option<&str>,
    hint: &Hint,
) -> ir::Variant {
    let docs = member.facets.description.unwrap_or_default().to_owned();
    let pointer = member.schema.pointer.clone();
    let part = Hint { name: format!("{}{name}", hint.name), module: hint.module.clone() };
    if let Some((content, schema)) = sole_property(member, tag, value.is_some()) {
        let lowered = lower_schema(cx, schema, &part);
        let (limits, ty) = (lowered.limits.clone(), lowered.standalone());
        return ir::Variant { rust: name, value, content: Some(content.to_owned()), ty, limits, docs, pointer };
    }
    let lowered = member.lower(cx, &part);
    let (limits, ty) = (lowered.limits.clone(), lowered.standalone());
    let docs = if member.component.is_some() { String::new() } else { docs };
    ir::Variant { rust: name, value, content: None, ty, limits, docs, pointer }
}

/// The one required property that an inline member consists of, beside the tag.
fn sole_property<'m, 'a>(
    member: &'m Member<'a>,
    tag: Option<&str>,
    is_tagged: bool,
) -> Option<(&'a str, &'m SchemaAt<'a>)> {
    let facets = &member.facets;
    let keeps_others = matches!(
        facets.additional,
        Some((oas::AdditionalProperties::Any(true) | oas::AdditionalProperties::Schema(_), _))
    );
    if member.component.is_some() || facets.only_ref.is_some() || !facets.alternatives.is_empty() || keeps_others {
        return None;
    }
    let mut others = facets.properties.iter().filter(|(name, _)| !(is_tagged && Some(**name) == tag));
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
