//! [`Heights`]: how deep the least value of every type is. Schemas that require one another without end have none.

use crate::ir::{Presence, Type, TypeKind, Types};

/// What is known of the types with names.
pub struct Heights(Vec<Option<usize>>);

impl Heights {
    /// Looks at all types until nothing more is learned.
    pub fn new(types: &Types) -> Self {
        let mut heights = Self(vec![None; types.len()]);
        loop {
            let mut learned = false;
            for (index, definition) in types.iter().enumerate() {
                if heights.0[index].is_none() {
                    heights.0[index] = heights.of_kind(&definition.kind).map(|height| height + 1);
                    learned |= heights.0[index].is_some();
                }
            }
            if !learned {
                return heights;
            }
        }
    }

    /// The height of a type.
    pub fn of(&self, ty: &Type) -> Option<usize> {
        match ty {
            Type::Named(id) => self.0[id.0],
            Type::Boxed(inner) => self.of(inner),
            Type::Tuple(items) => self.all(items.iter()),
            _ => Some(0),
        }
    }

    fn of_kind(&self, kind: &TypeKind) -> Option<usize> {
        match kind {
            TypeKind::Struct(object) => {
                let required = object.fields.iter().filter(|field| field.presence == Presence::Required);
                let flatten = object.flatten.iter().map(|flatten| &flatten.ty);
                self.all(required.map(|field| &field.ty).chain(flatten))
            }
            TypeKind::Union(union) => union.variants.iter().filter_map(|variant| self.of(&variant.ty)).min(),
            TypeKind::Alias(alias) | TypeKind::Newtype(alias) => self.of(&alias.ty),
            TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) => Some(0),
        }
    }

    fn all<'t>(&self, parts: impl Iterator<Item = &'t Type>) -> Option<usize> {
        parts.map(|part| self.of(part)).try_fold(0, |most, height| Some(most.max(height?)))
    }
}
