//! The pass that finds types that contain themselves by value, and boxes the part that closes the circle.

use crate::ir::{Type, TypeId, TypeKind, Types};

/// Boxes one part of every circle.
pub fn break_cycles(types: &mut Types) {
    let mut state = vec![State::New; types.len()];
    for index in 0..types.len() {
        visit(types, TypeId(index), &mut state);
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
    match kind {
        TypeKind::Struct(object) => {
            let fields = object.fields.iter_mut().map(|field| &mut field.ty);
            fields.chain(object.flatten.iter_mut().map(|flatten| &mut flatten.ty)).collect()
        }
        TypeKind::Union(union) => union.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
        TypeKind::Alias(alias) => vec![&mut alias.ty],
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
