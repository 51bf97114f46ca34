//! The pass that ends circles of properties: objects that take in the properties of alternatives which take in theirs. Whoever
//! read such a value would never come to an end.

use std::collections::BTreeSet;

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Flatten, Type, TypeId, TypeKind, Types};

/// Takes out of every object what leads back to it.
pub fn end_circles(types: &mut Types, diagnostics: &mut Diagnostics) {
    for index in 0..types.len() {
        let TypeKind::Struct(object) = &types.0[index].kind else { continue };
        let leads_back = |flatten: &&Flatten| reaches(types, &flatten.ty, TypeId(index), &mut BTreeSet::new());
        let circular: Vec<_> =
            object.flatten.iter().filter(leads_back).map(|flatten| flatten.pointer.clone()).collect();
        if circular.is_empty() {
            continue;
        }
        for place in &circular {
            diagnostics.warn(
                Code::RefCycle,
                place,
                format!(
                    "`{}` would hold its own properties once more, so these add nothing to it",
                    types.0[index].name
                ),
                "let one of the schemas in the circle refer to the other by a property",
            );
        }
        if let TypeKind::Struct(object) = &mut types.0[index].kind {
            object.flatten.retain(|flatten| !circular.contains(&flatten.pointer));
        }
    }
}

/// Whether the properties of a type are, among others, those of `goal`.
fn reaches(types: &Types, ty: &Type, goal: TypeId, seen: &mut BTreeSet<usize>) -> bool {
    match ty {
        Type::Nullable(inner) | Type::Boxed(inner) => reaches(types, inner, goal, seen),
        Type::Named(id) if *id == goal => true,
        Type::Named(id) if seen.insert(id.0) => match &types[*id].kind {
            TypeKind::Struct(object) => object.flatten.iter().any(|part| reaches(types, &part.ty, goal, seen)),
            TypeKind::Union(union) => {
                let mut whole = union.variants.iter().filter(|variant| variant.holds.content().is_none());
                whole.any(|variant| reaches(types, &variant.ty, goal, seen))
            }
            TypeKind::Alias(alias) | TypeKind::Newtype(alias) => reaches(types, &alias.ty, goal, seen),
            TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) => false,
        },
        _ => false,
    }
}
