//! Schemas without names of their own: each becomes a type once, however often `allOf` brings it into other objects.
//!
//! This is also what ends an object of which a property is the object itself and a little more.

use openapiv3 as oas;

use super::context::Context;
use super::facets::{Facets, SchemaAt, SchemaRef, facets};
use super::schema::{Hint, Lowered, Shape, component, definition, lower_only_ref, shape};
use crate::ir;
use crate::load::component_pointer;
use crate::pointer::Pointer;

/// A schema, and whether binary texts in it are files.
pub type Key = (Pointer, bool);

/// How far a schema within a component is.
#[derive(Clone, Debug)]
pub enum Inline {
    /// It is being lowered: who asks now stands inside it, and is the reason for an id.
    Open(Hint, Option<ir::TypeId>),
    /// What it became.
    Done(Lowered),
}

/// Lowers a schema that is written out where it is used.
pub fn lower_inline<'a>(cx: &mut Context<'a>, schema: &SchemaAt<'a>, hint: &Hint) -> Option<Lowered> {
    let Some(owner) = owner(cx, &schema.pointer) else { return lower_item(cx, schema, hint, None) };
    // What is inherited is named after where it comes from.
    component(cx, &owner);
    let at_home = hint_at_home(cx, &owner, &schema.pointer);
    let hint = at_home.as_ref().unwrap_or(hint);
    let key = (schema.pointer.clone(), cx.holds_files);
    match cx.inline.get(&key).cloned() {
        Some(Inline::Done(lowered)) => Some(lowered),
        Some(Inline::Open(hint, id)) => Some(refer_to_open(cx, schema, key, hint, id)),
        None => {
            cx.inline.insert(key.clone(), Inline::Open(hint.clone(), None));
            let lowered = lower_item(cx, schema, hint, Some(&key));
            match &lowered {
                Some(lowered) => cx.inline.insert(key, Inline::Done(lowered.clone())),
                None => cx.inline.remove(&key),
            };
            lowered
        }
    }
}

/// The component that a schema stands in.
fn owner(cx: &Context<'_>, pointer: &Pointer) -> Option<String> {
    let root = Pointer::root().descend(&["components", "schemas"]);
    pointer.strip_prefix(&root)?;
    let name = pointer.tokens().nth(2)?;
    let is_inside = *pointer != component_pointer::<oas::Schema>(&name);
    (is_inside && cx.components.contains_key(&name)).then_some(name)
}

/// The hint for a property of a component, whoever else has the property too.
fn hint_at_home(cx: &Context<'_>, owner: &str, pointer: &Pointer) -> Option<Hint> {
    let mut steps: Vec<String> = pointer.tokens().skip(3).collect();
    let name = steps.pop()?;
    let of_object = steps.pop()? == "properties" && steps.chunks(2).all(|steps| steps[0] == "allOf");
    let id = cx.components.get(owner)?.id;
    let hint = Hint { name: cx.types.name(id).to_owned(), module: cx.types.module(id).to_owned() };
    of_object.then(|| hint.part(&name))
}

/// The type that a schema is going to be, from within it.
fn refer_to_open(cx: &mut Context<'_>, schema: &SchemaAt<'_>, key: Key, hint: Hint, id: Option<ir::TypeId>) -> Lowered {
    let id = id.unwrap_or_else(|| reserve(cx, &hint));
    cx.inline.insert(key, Inline::Open(hint, Some(id)));
    let nullable = matches!(schema.schema, SchemaRef::Item(item) if item.schema_data.nullable);
    Lowered { nullable, ..Lowered::plain(ir::Type::Named(id)) }
}

fn lower_item<'a>(cx: &mut Context<'a>, schema: &SchemaAt<'a>, hint: &Hint, key: Option<&Key>) -> Option<Lowered> {
    let facets = facets(cx, schema)?;
    if let Some(lowered) = lower_only_ref(cx, &facets) {
        let lowered = lowered?;
        return Some(Lowered { nullable: lowered.nullable || facets.nullable, ..lowered });
    }
    let shape = shape(cx, &facets, hint);
    let id = key.and_then(|key| match cx.inline.get(key) {
        Some(Inline::Open(_, id)) => *id,
        _ => None,
    });
    let (kind, nullable) = match shape {
        Shape::Definition { kind, nullable } => (kind, facets.nullable || nullable),
        Shape::Plain(lowered) if id.is_none() => {
            return Some(Lowered { nullable: lowered.nullable || facets.nullable, ..lowered });
        }
        // What holds itself needs a name to be told by.
        Shape::Plain(lowered) => {
            let alias = ir::Alias { ty: lowered.ty, limits: lowered.limits };
            (ir::TypeKind::Alias(alias), lowered.nullable || facets.nullable)
        }
    };
    let id = id.unwrap_or_else(|| reserve(cx, hint));
    define(cx, id, &facets, kind);
    Some(Lowered { nullable, ..Lowered::plain(ir::Type::Named(id)) })
}

/// Gives a name to what has none in the document.
pub fn define_inline(cx: &mut Context<'_>, facets: &Facets<'_>, kind: ir::TypeKind, hint: &Hint) -> ir::TypeId {
    let id = reserve(cx, hint);
    define(cx, id, facets, kind);
    id
}

fn reserve(cx: &mut Context<'_>, hint: &Hint) -> ir::TypeId {
    cx.types.reserve(&[hint.name.clone(), format!("{}Object", hint.name)], Some(&hint.module))
}

fn define(cx: &mut Context<'_>, id: ir::TypeId, facets: &Facets<'_>, kind: ir::TypeKind) {
    let definition = definition(cx, id, Some(facets), kind, &facets.pointer);
    cx.types.define(id, ir::TypeDef { nullable: facets.nullable, ..definition });
}
