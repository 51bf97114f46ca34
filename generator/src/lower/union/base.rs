//! Bases: schemas with a discriminator and no alternatives of their own, which other schemas include by `allOf`.
//!
//! Wherever such a schema is used, a value may be any of those that include it (Discriminator Object of OpenAPI 3.0.3 and 3.1),
//! so it becomes a union of them. What it says by itself becomes a struct beside the union.

use indexmap::{IndexMap, IndexSet};
use openapiv3 as oas;
use openapiv3::ReferenceOr;

use super::tag::names_component;
use super::{Member, lower_union};
use crate::ir;
use crate::load::{Document, component_pointer};
use crate::lower::context::Context;
use crate::lower::facets::{Alternatives, Facets, SchemaAt, facets};
use crate::lower::object::lower_object;
use crate::lower::schema::{Hint, Lowered, Shape, component, definition, lower_schema};
use crate::lower::siblings::Narrowing;

/// A schema that stands for those that include it.
#[derive(Clone, Debug)]
pub struct Base<'a> {
    discriminator: &'a oas::Discriminator,
    /// Whether a schema that it includes has the discriminator.
    is_inherited: bool,
    /// The schemas that include it, in the order of the document.
    heirs: Vec<&'a str>,
}

/// The bases of a document, by name.
pub fn find_bases(document: &Document) -> IndexMap<&str, Base<'_>> {
    let schemas = document.components::<oas::Schema>();
    let discriminators: IndexMap<&str, &oas::Discriminator> =
        schemas.iter().filter_map(|(name, schema)| Some((name.as_str(), own_discriminator(schema)?))).collect();
    let mut bases: IndexMap<&str, Base<'_>> = IndexMap::new();
    if discriminators.is_empty() {
        return bases;
    }
    let parents: IndexMap<&str, Vec<&str>> =
        schemas.iter().map(|(name, schema)| (name.as_str(), parents(schema))).collect();
    for heir in schemas.keys() {
        for name in ancestors(&parents, heir) {
            if has_alternatives(&schemas[name]) {
                continue;
            }
            if let Some(base) = bases.get_mut(name) {
                base.heirs.push(heir);
                continue;
            }
            // What a schema inherits counts too, so that a base in between stands for those that include it.
            let inherited = || ancestors(&parents, name).into_iter().find_map(|other| discriminators.get(other));
            let own = discriminators.get(name);
            if let Some(discriminator) = own.or_else(inherited) {
                bases.insert(name, Base { discriminator, is_inherited: own.is_none(), heirs: vec![heir] });
            }
        }
    }
    bases
}

/// The schemas that a schema includes, itself or by way of others, each once.
fn ancestors<'a>(parents: &IndexMap<&'a str, Vec<&'a str>>, heir: &str) -> Vec<&'a str> {
    let mut found: IndexSet<&str> = IndexSet::new();
    let mut open: Vec<&str> = parents.get(heir).cloned().unwrap_or_default();
    while let Some(name) = open.pop() {
        let Some((name, further)) = parents.get_key_value(name) else { continue };
        if *name != heir && found.insert(name) {
            open.extend(further);
        }
    }
    found.into_iter().collect()
}

fn parents(schema: &ReferenceOr<oas::Schema>) -> Vec<&str> {
    let ReferenceOr::Item(schema) = schema else { return Vec::new() };
    let all_of: &[ReferenceOr<oas::Schema>] = match &schema.schema_kind {
        oas::SchemaKind::AllOf { all_of } => all_of,
        oas::SchemaKind::Any(any) => &any.all_of,
        _ => &[],
    };
    all_of.iter().flat_map(included).collect()
}

/// The components that a member of `allOf` includes.
fn included(member: &ReferenceOr<oas::Schema>) -> Vec<&str> {
    match member {
        ReferenceOr::Reference { reference } => reference.strip_prefix("#/components/schemas/").into_iter().collect(),
        ReferenceOr::Item(_) => parents(member),
    }
}

fn own_discriminator(schema: &ReferenceOr<oas::Schema>) -> Option<&oas::Discriminator> {
    match schema {
        ReferenceOr::Item(schema) => match (&schema.schema_data.discriminator, &schema.schema_kind) {
            (Some(discriminator), _) => Some(discriminator),
            // A base may be put together itself.
            (None, oas::SchemaKind::AllOf { all_of }) => {
                all_of.iter().filter(|member| matches!(member, ReferenceOr::Item(_))).find_map(own_discriminator)
            }
            (None, _) => None,
        },
        ReferenceOr::Reference { .. } => None,
    }
}

fn has_alternatives(schema: &ReferenceOr<oas::Schema>) -> bool {
    let ReferenceOr::Item(schema) = schema else { return false };
    match &schema.schema_kind {
        oas::SchemaKind::OneOf { .. } | oas::SchemaKind::AnyOf { .. } => true,
        oas::SchemaKind::Any(any) => !any.one_of.is_empty() || !any.any_of.is_empty(),
        _ => false,
    }
}

/// What a base becomes: a union of the schemas that include it, and of itself.
pub fn lower_base<'a>(cx: &mut Context<'a>, name: &'a str, base: &Base<'a>, hint: &Hint) -> Shape {
    let targets = base.discriminator.mapping.values();
    let schemas = cx.document.components::<oas::Schema>();
    let mapped = schemas.keys().map(String::as_str).filter(|known| {
        *known != name && !base.heirs.contains(known) && targets.clone().any(|target| names_component(target, known))
    });
    let names: Vec<&str> = base.heirs.iter().copied().chain(mapped).chain([name]).collect();
    let mut members = Vec::new();
    for name in names {
        let pointer = component_pointer::<oas::Schema>(name);
        let Some(schema) = schemas.get(name) else { continue };
        let schema = SchemaAt::new(schema, pointer);
        let Some(facets) = facets(cx, &schema) else { continue };
        members.push(Member {
            schema,
            facets,
            component: Some(name),
            narrowing: Narrowing::Nothing,
            is_alone: true,
            tag_beside: None,
        });
    }
    let alternatives = Alternatives {
        members: Vec::new(),
        discriminator: Some(base.discriminator),
        pointer: component_pointer::<oas::Schema>(name),
        component: None,
    };
    let mut union = lower_union(cx, &alternatives, &members, hint, lower_own);
    if base.is_inherited {
        // The discriminator is about the schema that it stands in; here, any other tag is as good as its own.
        union.variants.iter_mut().next_back().into_iter().for_each(|own| own.tags.clear());
    }
    Shape::definition(ir::TypeKind::Union(union))
}

/// The type of what a member says, without those that include it.
fn lower_own<'a>(cx: &mut Context<'a>, member: &Member<'a>, hint: &Hint) -> Lowered {
    let id = match member.component {
        Some(name) if cx.bases.contains_key(name) => Some(own_struct(cx, name, member)),
        Some(name) => component(cx, name),
        None => None,
    };
    id.map_or_else(|| lower_schema(cx, &member.schema, hint), |id| Lowered::plain(ir::Type::Named(id)))
}

/// What a base says by itself, which is the same type in every union.
fn own_struct<'a>(cx: &mut Context<'a>, name: &'a str, member: &Member<'a>) -> ir::TypeId {
    if let Some(id) = cx.base_structs.get(name) {
        return *id;
    }
    let union = cx.components[name].id;
    let (union_name, module) = (cx.types.name(union).to_owned(), cx.types.module(union).to_owned());
    let own_name = format!("{union_name}Base");
    let id = cx.types.reserve(&[own_name.clone(), format!("{own_name}Object")], Some(&module));
    cx.base_structs.insert(name, id);
    let facets = Facets { only_ref: None, ..member.facets.clone() };
    let kind = match lower_object(cx, &facets, &Hint { name: union_name, module }) {
        Shape::Definition { kind, .. } => kind,
        Shape::Plain(lowered) => ir::TypeKind::Alias(ir::Alias { ty: lowered.ty, limits: lowered.limits }),
    };
    let definition = definition(cx, id, Some(&facets), kind, &facets.pointer);
    cx.types.define(id, definition);
    id
}
