//! Schemas and the types of their values: component schemas, and those written in place for JSON bodies. They are the
//! entry points of a check that reads values of the schemas; nothing else depends on them.

use openapiv3 as oas;
use openapiv3::ReferenceOr;

use super::context::Context;
use super::schema::Lowered;
use crate::ir::{Limit, Type, TypeDef, TypeId, TypeKind, TypedSchema, Types, Usage};
use crate::pointer::Pointer;

/// Remembers the schema of a media type, unless it is only a reference to a component.
pub fn keep_schema(cx: &mut Context<'_>, media: &oas::MediaType, lowered: &Lowered, pointer: &Pointer, usage: Usage) {
    if let Some(ReferenceOr::Item(_)) = &media.schema {
        cx.media_schemas.push(TypedSchema {
            schema: pointer.child("schema"),
            ty: lowered.clone().standalone(),
            limits: lowered.limits.clone(),
            usage,
        });
    }
}

/// The component schemas, whose types are the first, then those of media types, each once. A type that holds a file has no
/// values in JSON.
pub fn typed_schemas(media: Vec<TypedSchema>, types: &Types, components: usize) -> Vec<TypedSchema> {
    let components = types.iter().take(components).enumerate();
    // What cannot be expressed has no place.
    let components = components.filter(|(_, definition)| is_component(&definition.pointer));
    let mut schemas: Vec<TypedSchema> = components.map(|(index, definition)| component(index, definition)).collect();
    for schema in media {
        match schemas.iter_mut().find(|known| known.schema == schema.schema) {
            // Several operations share a body.
            Some(known) => {
                known.usage.request |= schema.usage.request;
                known.usage.response |= schema.usage.response;
            }
            None => schemas.push(schema),
        }
    }
    let files = files(types);
    schemas.retain(|schema| !holds_file(&schema.ty, &files));
    schemas
}

fn is_component(pointer: &Pointer) -> bool {
    let root = Pointer::root().descend(&["components", "schemas"]);
    pointer.strip_prefix(&root).is_some_and(|rest| rest.matches('/').count() == 1)
}

fn component(index: usize, definition: &TypeDef) -> TypedSchema {
    let ty = Type::Named(TypeId(index));
    let limits: Vec<Limit> = match &definition.kind {
        TypeKind::Alias(alias) | TypeKind::Newtype(alias) => alias.limits.clone(),
        _ => Vec::new(),
    };
    TypedSchema {
        schema: definition.pointer.clone(),
        ty: if definition.nullable { Type::Nullable(Box::new(ty)) } else { ty },
        limits,
        usage: definition.usage,
    }
}

/// Which types hold files.
fn files(types: &Types) -> Vec<bool> {
    let mut known = vec![false; types.len()];
    let mut changed = true;
    // Types refer to one another in any order and in cycles.
    while changed {
        changed = false;
        for (index, definition) in types.iter().enumerate() {
            if !known[index] && parts(&definition.kind).into_iter().any(|ty| holds_file(ty, &known)) {
                known[index] = true;
                changed = true;
            }
        }
    }
    known
}

fn holds_file(ty: &Type, known: &[bool]) -> bool {
    match ty {
        Type::File | Type::Bytes => true,
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => holds_file(inner, known),
        Type::Tuple(items) => items.iter().any(|item| holds_file(item, known)),
        Type::Named(id) => known[id.0],
        _ => false,
    }
}

/// The types that a type consists of.
fn parts(kind: &TypeKind) -> Vec<&Type> {
    match kind {
        TypeKind::Struct(object) => {
            let fields = object.fields.iter().map(|field| &field.ty);
            let flattened = object.flatten.iter().map(|flatten| &flatten.ty);
            fields.chain(flattened).chain(object.additional.iter().map(|additional| &additional.ty)).collect()
        }
        TypeKind::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        TypeKind::Alias(alias) | TypeKind::Newtype(alias) => vec![&alias.ty],
        TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) => Vec::new(),
    }
}
