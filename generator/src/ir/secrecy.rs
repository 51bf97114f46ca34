//! Which types hold secrets, and which free-form values stand beside one.

use std::collections::BTreeSet;

use super::{Type, TypeDef, TypeId, TypeKind, Types};

/// The types whose free-form values may be credentials: those that hold a secret, and all that these contain.
///
/// A type within is one of them even if it holds no secret itself: the open alternative of a union of accounts holds the
/// credentials of those accounts that the document does not list.
#[derive(Debug, Default)]
pub struct Secrecy(BTreeSet<String>);

impl Secrecy {
    /// The types of a document.
    pub fn new(types: &Types) -> Self {
        let mut users = vec![Vec::new(); types.len()];
        let mut holders = Vec::new();
        for id in ids(types) {
            let is_holder = parts(&types[id].kind).fold(false, |is_holder, ty| {
                named(ty, &mut |inner| users[inner.0].push(id));
                is_holder || holds_secret(ty)
            });
            holders.extend(is_holder.then_some(id));
        }
        let holders = closure(holders, |id| users[id.0].clone());
        let covered = closure(holders.into_iter().collect(), |id| {
            let mut within = Vec::new();
            parts(&types[id].kind).for_each(|ty| named(ty, &mut |inner| within.push(inner)));
            within
        });
        Self(covered.into_iter().map(|id| types[id].name.clone()).collect())
    }

    /// Whether free-form values in this type may be credentials.
    pub fn covers(&self, definition: &TypeDef) -> bool {
        self.0.contains(&definition.name)
    }
}

/// Whether a value of the type is or contains JSON of any form.
pub fn is_free_form(types: &Types, ty: &Type) -> bool {
    match ty {
        Type::Json | Type::JsonObject => true,
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => is_free_form(types, inner),
        Type::Tuple(items) => items.iter().any(|item| is_free_form(types, item)),
        Type::Named(id) => match &types[*id].kind {
            TypeKind::Alias(alias) => is_free_form(types, &alias.ty),
            _ => false,
        },
        _ => false,
    }
}

/// The ids of all types.
fn ids(types: &Types) -> impl Iterator<Item = TypeId> {
    (0..types.len()).map(TypeId)
}

/// The types that a type consists of.
fn parts(kind: &TypeKind) -> Box<dyn Iterator<Item = &Type> + '_> {
    match kind {
        TypeKind::Struct(object) => {
            let fields = object.fields.iter().map(|field| &field.ty);
            let flatten = object.flatten.iter().map(|flatten| &flatten.ty);
            Box::new(fields.chain(flatten).chain(object.additional.iter().map(|additional| &additional.ty)))
        }
        TypeKind::Union(union) => Box::new(union.variants.iter().map(|variant| &variant.ty)),
        TypeKind::Alias(alias) | TypeKind::Newtype(alias) => Box::new(std::iter::once(&alias.ty)),
        TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) => Box::new(std::iter::empty()),
    }
}

/// These types, and all that `next` leads to from them.
fn closure(mut open: Vec<TypeId>, next: impl Fn(TypeId) -> Vec<TypeId>) -> BTreeSet<TypeId> {
    let mut found: BTreeSet<TypeId> = open.iter().copied().collect();
    while let Some(id) = open.pop() {
        open.extend(next(id).into_iter().filter(|id| found.insert(*id)));
    }
    found
}

/// Whether a type is a secret or contains one, other than in a type with a name.
fn holds_secret(ty: &Type) -> bool {
    match ty {
        Type::Secret => true,
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => holds_secret(inner),
        Type::Tuple(items) => items.iter().any(holds_secret),
        _ => false,
    }
}

/// Calls `found` for each type with a name in a type.
fn named(ty: &Type, found: &mut dyn FnMut(TypeId)) {
    match ty {
        Type::Named(id) => found(*id),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => named(inner, found),
        Type::Tuple(items) => items.iter().for_each(|item| named(item, found)),
        _ => {}
    }
}
