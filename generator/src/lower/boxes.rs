//! The pass that finds types that contain themselves by value, and boxes the part that closes the circle.

use crate::ir::{Alias, Type, TypeId, TypeKind, Types};

/// Boxes one part of every circle of values, and makes a newtype of one alias in every circle of aliases.
pub fn break_cycles(types: &mut Types) {
    for index in 0..types.len() {
        if leads_to(types, &Type::Named(TypeId(index)), TypeId(index), &mut Vec::new()) {
            let kind = &mut types.0[index].kind;
            if let TypeKind::Alias(alias) = kind {
                *kind = TypeKind::Newtype(Alias { ty: alias.ty.clone(), limits: alias.limits.clone() });
            }
        }
    }
    let mut state = vec![State::New; types.len()];
    for index in 0..types.len() {
        visit(types, TypeId(index), &mut state);
    }
}

/// Whether aliases alone lead from `ty` to `goal`.
fn leads_to(types: &Types, ty: &Type, goal: TypeId, seen: &mut Vec<TypeId>) -> bool {
    match ty {
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            leads_to(types, inner, goal, seen)
        }
        Type::Tuple(items) => items.iter().any(|item| leads_to(types, item, goal, seen)),
        Type::Named(id) => match &types[*id].kind {
            TypeKind::Alias(_) if seen.contains(id) => *id == goal,
            TypeKind::Alias(alias) => {
                seen.push(*id);
                leads_to(types, &alias.ty, goal, seen)
            }
            _ => false,
        },
        _ => false,
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Closed,
}

fn visit(types: &mut Types, id: TypeId, state: &mut [State]) {
    if state[id.0] != State::New {
        return;
    }
    state[id.0] = State::Open;
    let parts = parts(&mut types.0[id.0].kind).into_iter().filter_map(|ty| target(ty)).collect::<Vec<_>>();
    for part in parts {
        match state[part.0] {
            State::New => visit(types, part, state),
            State::Open => box_parts(types, id, part),
            State::Closed => {}
        }
    }
    state[id.0] = State::Closed;
}

fn box_parts(types: &mut Types, id: TypeId, part: TypeId) {
    for ty in parts(&mut types.0[id.0].kind) {
        if target(ty) == Some(part) {
            box_named(ty);
        }
    }
}

/// What a type holds by value.
fn parts(kind: &mut TypeKind) -> Vec<&mut Type> {
    held(kind).into_iter().flat_map(items).collect()
}

/// The items of a tuple, or the type itself.
fn items(ty: &mut Type) -> Vec<&mut Type> {
    match ty {
        Type::Tuple(inner) => inner.iter_mut().flat_map(items).collect(),
        other => vec![other],
    }
}

fn held(kind: &mut TypeKind) -> Vec<&mut Type> {
    match kind {
        TypeKind::Struct(object) => {
            let fields = object.fields.iter_mut().map(|field| &mut field.ty);
            fields.chain(object.flatten.iter_mut().map(|flatten| &mut flatten.ty)).collect()
        }
        TypeKind::Union(union) => union.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
        TypeKind::Alias(alias) | TypeKind::Newtype(alias) => vec![&mut alias.ty],
        TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) => Vec::new(),
    }
}

/// The type that is held by value; what stands behind a list or a map is not.
fn target(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Nullable(inner) => target(inner),
        _ => None,
    }
}

fn box_named(ty: &mut Type) {
    match ty {
        Type::Nullable(inner) => box_named(inner),
        _ => *ty = Type::Boxed(Box::new(std::mem::replace(ty, Type::Json))),
    }
}
