//! Tags: which property tells the alternatives of a union apart, and which of its values stand for which alternative.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Member;
use crate::diagnostics::Code;
use crate::ir::{Holds, Literal};
use crate::lower::context::Context;
use crate::lower::facets::{Alternatives, Facets, facets};
use crate::lower::object::constant;

/// How a variant is told from the others.
pub struct Told {
    /// The values of the tag that stand for it.
    pub tags: Vec<Literal>,
    /// Whether its type has the tag.
    pub holds: Holds,
}

impl Told {
    /// By no tag.
    pub fn by_nothing() -> Self {
        Self::by(Vec::new())
    }

    fn by(tags: Vec<Literal>) -> Self {
        Self { tags, holds: Holds::Whole }
    }
}

/// The property that tells the members apart: the discriminator, or one that allows a single value, another one in each member.
///
/// A member need not have it, unless it is optional in one.
pub fn find_tag<'a>(cx: &mut Context<'a>, alternatives: &Alternatives<'a>, members: &[Member<'a>]) -> Option<String> {
    if let Some(discriminator) = alternatives.discriminator {
        return Some(discriminator.property_name.clone());
    }
    let mut candidates: BTreeMap<&str, Candidate> = BTreeMap::new();
    for member in members {
        for (name, schema) in &member.facets.properties {
            let Some(property) = facets(cx, schema) else { continue };
            let Some(value) = constant(&property) else { continue };
            let candidate = candidates.entry(name).or_default();
            candidate.is_optional |= !member.facets.required.contains(name);
            candidate.values.push(value);
        }
    }
    let usable = |candidate: &Candidate| {
        let count = candidate.values.len();
        let is_distinct = (0..count).all(|at| !candidate.values[..at].contains(&candidate.values[at]));
        count > 1 && is_distinct && (!candidate.is_optional || count == members.len())
    };
    candidates.retain(|_, candidate| usable(candidate));
    let most = candidates.values().map(|candidate| candidate.values.len()).max()?;
    let best = candidates.into_iter().find(|(_, candidate)| candidate.values.len() == most)?;
    Some(best.0.to_owned())
}

/// A property that may be a tag.
#[derive(Default)]
struct Candidate {
    /// The single value that each member allows.
    values: Vec<Literal>,
    /// Whether a member may leave it out.
    is_optional: bool,
}

/// How a member is told from the others; several times if the mapping has several values for it.
pub fn told_by<'a>(cx: &mut Context<'a>, alternatives: &Alternatives<'a>, member: &Member<'a>, tag: &str) -> Vec<Told> {
    let property = match (member.facets.properties.get(tag), &member.tag_beside) {
        (Some(schema), _) => Property::of(facets(cx, schema).as_ref()),
        // What the object around the alternatives allows says nothing about a single one.
        (None, Some(schema)) => Property { values: Vec::new(), ..Property::of(facets(cx, schema).as_ref()) },
        _ if !member.facets.alternatives.is_empty() => return vec![Told::by(nested(cx, alternatives, member, tag))],
        _ if alternatives.discriminator.is_some() && may_be_object(&member.facets) => {
            return undeclared(cx, alternatives, member, tag);
        }
        _ => return vec![Told::by_nothing()],
    };
    let mapped = mapped(alternatives, member);
    if mapped.is_empty() {
        let implied = alternatives.discriminator.and(member.component).map(|name| vec![property.literal(name)]);
        let tags = if property.values.is_empty() { implied.unwrap_or_default() } else { property.values };
        return vec![Told::by(tags)];
    }
    let mapped: Vec<Literal> = mapped.into_iter().map(|value| property.literal(value)).collect();
    // Values that the schema of the property lists beside those of the mapping mean the same alternative.
    let is_mapped = |value: &Literal| mapping(alternatives).any(|(mapped, _)| *mapped == value.to_string());
    let others: Vec<Literal> = property.values.iter().filter(|value| !is_mapped(value)).cloned().collect();
    let mut told: Vec<Told> = mapped.into_iter().map(|value| Told::by(vec![value])).collect();
    told[0].tags.extend(others);
    told
}

/// The values for a member that is a union itself: those of the mapping and those of its own members.
fn nested<'a>(cx: &mut Context<'a>, alternatives: &Alternatives<'a>, member: &Member<'a>, tag: &str) -> Vec<Literal> {
    let mut values: Vec<Literal> =
        mapped(alternatives, member).into_iter().map(|value| Literal::String(value.to_owned())).collect();
    for schema in member.facets.alternatives.iter().flat_map(|alternatives| &alternatives.members) {
        let Some(property) = facets(cx, schema).and_then(|member| member.properties.get(tag).cloned()) else {
            continue;
        };
        let value = facets(cx, &property).and_then(|property| constant(&property));
        values.extend(value.filter(|value| !values.contains(value)));
    }
    values
}

/// A member that does not have the discriminator's property, which the union then reads and writes.
fn undeclared<'a>(cx: &mut Context<'a>, alternatives: &Alternatives<'a>, member: &Member<'a>, tag: &str) -> Vec<Told> {
    cx.diagnostics.warn(
        Code::InvalidDiscriminator,
        &member.schema.pointer,
        format!("schema has no discriminator property `{tag}`"),
        format!("add a required property `{tag}` that allows a single value"),
    );
    let mapped = mapped(alternatives, member);
    let values = if mapped.is_empty() { member.component.into_iter().collect() } else { mapped };
    if values.is_empty() {
        return vec![Told::by_nothing()];
    }
    let told = |value: &str| Told { tags: vec![Literal::String(value.to_owned())], holds: Holds::WithoutTag };
    values.into_iter().map(told).collect()
}

/// Whether a member may have properties.
fn may_be_object(facets: &Facets<'_>) -> bool {
    matches!(facets.typ.as_deref(), None | Some("object"))
}

/// What the schema of a tag says.
struct Property {
    /// The values that it allows, if it lists them.
    values: Vec<Literal>,
    typ: Option<String>,
}

impl Property {
    fn of(facets: Option<&Facets<'_>>) -> Self {
        let listed = facets.map(|facets| facets.enumeration.as_slice()).unwrap_or_default();
        let values = listed.iter().filter(|value| !value.is_null()).map(Literal::of).collect::<Option<Vec<_>>>();
        Self { values: values.unwrap_or_default(), typ: facets.and_then(|facets| facets.typ.clone()) }
    }

    /// A value of the mapping, whose keys are strings whatever the type of the property.
    fn literal(&self, value: &str) -> Literal {
        if let Some(listed) = self.values.iter().find(|listed| listed.to_string() == value) {
            return listed.clone();
        }
        let parsed = match self.typ.as_deref() {
            Some("integer" | "number" | "boolean") => serde_json::from_str::<Value>(value).ok(),
            _ => None,
        };
        parsed.as_ref().and_then(Literal::of).unwrap_or_else(|| Literal::String(value.to_owned()))
    }
}

fn mapping<'a>(alternatives: &Alternatives<'a>) -> impl Iterator<Item = (&'a String, &'a String)> {
    alternatives.discriminator.into_iter().flat_map(|discriminator| &discriminator.mapping)
}

/// The values that the mapping has for a member.
fn mapped<'a>(alternatives: &Alternatives<'a>, member: &Member<'a>) -> Vec<&'a str> {
    let Some(component) = member.component else { return Vec::new() };
    let mapped = mapping(alternatives).filter(|(_, target)| names_component(target, component));
    mapped.map(|(value, _)| value.as_str()).collect()
}

/// Whether a value of a mapping names a component, by its name or by a `$ref`.
pub fn names_component(target: &str, component: &str) -> bool {
    target == component || target.strip_prefix("#/components/schemas/") == Some(component)
}
