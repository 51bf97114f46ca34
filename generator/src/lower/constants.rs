//! The pass that decides which properties with a known value need no field.
//!
//! A property is folded away only if its own schema allows a single value, and only where another value cannot be received:
//! in what is only sent, and in what is read as a variant that this value stands for. Elsewhere it stays a field, so that an
//! unexpected value is preserved; constructors set it.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::{parts, response_types};
use super::operation::Draft;
use crate::ir::{Fixed, Holds, Literal, Type, TypeId, TypeKind, Types, Variant};

/// Folds constants away, and notes the tags that constructors set.
pub fn settle_constants(types: &mut Types, drafts: &[Draft]) {
    let uses = Uses::of(types, drafts);
    for index in 0..types.len() {
        let id = TypeId(index);
        // What no operation uses may still be read from text.
        let is_read = types[id].usage.response || !types[id].usage.request;
        let TypeKind::Struct(object) = &mut types.0[index].kind else { continue };
        let fields = std::mem::take(&mut object.fields);
        for mut field in fields {
            let wire = &field.name.wire;
            match &field.fixed {
                Fixed::Constant(value) if field.is_required() && (!is_read || uses.are_told_by(id, wire, value)) => {
                    object.constants.push((wire.clone(), value.clone()));
                    continue;
                }
                Fixed::Constant(_) | Fixed::Tag(_) => {}
                Fixed::No => field.fixed = uses.only_tag(id, wire).map_or(Fixed::No, Fixed::Tag),
            }
            object.fields.push(field);
        }
    }
    drop_unusable_tags(types);
}

/// How objects are referred to.
struct Uses {
    /// Those that a response, or a part of one, refers to other than as a variant with a tag.
    read: BTreeSet<TypeId>,
    /// The tags by which unions know them, by property.
    tags: BTreeMap<TypeId, Vec<(String, Vec<Literal>)>>,
}

impl Uses {
    fn of(types: &Types, drafts: &[Draft]) -> Self {
        let mut uses = Self { read: response_types(drafts).flat_map(Type::named).collect(), tags: BTreeMap::new() };
        for definition in types.iter() {
            let TypeKind::Union(union) = &definition.kind else {
                let parts = parts(&definition.kind).into_iter().filter(|_| definition.usage.response);
                uses.read.extend(parts.flat_map(|part| part.named()));
                continue;
            };
            for variant in &union.variants {
                match (&union.tag, tagged(variant)) {
                    (Some(tag), Some(id)) => {
                        uses.tags.entry(id).or_default().push((tag.clone(), variant.tags.clone()));
                    }
                    _ if definition.usage.response => uses.read.extend(variant.ty.named()),
                    _ => {}
                }
            }
        }
        uses
    }

    /// Whether all who read an object have found it by this value of a property.
    fn are_told_by(&self, id: TypeId, property: &str, value: &Literal) -> bool {
        let Some(tags) = self.tags.get(&id) else { return false };
        let is_told = |(tag, values): &(String, Vec<Literal>)| tag == property && values == std::slice::from_ref(value);
        !self.read.contains(&id) && tags.iter().all(is_told)
    }

    /// The one value of a property by which all unions know an object.
    fn only_tag(&self, id: TypeId, property: &str) -> Option<Literal> {
        let tags = self.tags.get(&id)?.iter().filter(|(tag, _)| tag == property);
        let mut values: Vec<&Literal> = tags.flat_map(|(_, values)| values).collect();
        values.dedup();
        match values.as_slice() {
            [only] => Some((*only).clone()),
            _ => None,
        }
    }
}

/// The object that a variant with a tag holds as a whole.
fn tagged(variant: &Variant) -> Option<TypeId> {
    match (&variant.ty, &variant.holds) {
        (Type::Named(id), Holds::Whole) if !variant.tags.is_empty() => Some(*id),
        _ => None,
    }
}

/// Forgets the tags that the type of their field cannot be made from.
fn drop_unusable_tags(types: &mut Types) {
    let is_usable = |types: &Types, ty: &Type, value: &Literal| match (ty, value) {
        (Type::String, Literal::String(_))
        | (Type::I64, Literal::Integer(_))
        | (Type::Boolean, Literal::Boolean(_)) => true,
        (Type::Named(id), Literal::String(_)) => matches!(types[*id].kind, TypeKind::StringEnum(_)),
        (Type::Named(id), Literal::Integer(_)) => matches!(types[*id].kind, TypeKind::IntegerEnum(_)),
        _ => false,
    };
    for index in 0..types.len() {
        let TypeKind::Struct(object) = &types.0[index].kind else { continue };
        let unusable: Vec<usize> = (0..object.fields.len())
            .filter(|at| match &object.fields[*at].fixed {
                Fixed::Tag(value) => !is_usable(types, &object.fields[*at].ty, value),
                Fixed::No | Fixed::Constant(_) => false,
            })
            .collect();
        if let TypeKind::Struct(object) = &mut types.0[index].kind {
            unusable.into_iter().for_each(|at| object.fields[at].fixed = Fixed::No);
        }
    }
}
