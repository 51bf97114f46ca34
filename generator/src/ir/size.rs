//! How much room values take, roughly.

use super::{Presence, Type, TypeId, TypeKind, Types};

/// The sizes of types that are known by now.
pub struct Sizes(Vec<Option<usize>>);

impl Sizes {
    /// None is known yet.
    pub fn new(types: &Types) -> Self {
        Self(vec![None; types.len()])
    }

    /// How many bytes a value takes where it stands, roughly. Types whose circles are broken have an answer.
    pub fn of(&mut self, types: &Types, ty: &Type) -> usize {
        match ty {
            Type::Null => 0,
            Type::Boolean | Type::I32 | Type::I64 | Type::U32 | Type::U64 | Type::F64 | Type::Boxed(_) => 8,
            Type::I128 | Type::Rfc2822 | Type::DateTime | Type::Date => 16,
            Type::String | Type::Secret | Type::List(_) | Type::Map(_) => 24,
            Type::Decimal | Type::DecimalNumber | Type::Bytes => 32,
            Type::Json | Type::JsonObject => 80,
            Type::File => 120,
            Type::Nullable(inner) => self.of(types, inner).saturating_add(8),
            Type::Tuple(items) => total(items.iter().map(|item| self.of(types, item))),
            Type::Named(id) => self.of_named(types, *id),
        }
    }

    /// The size of a type with a name.
    fn of_named(&mut self, types: &Types, id: TypeId) -> usize {
        if let Some(known) = self.0[id.0] {
            return known;
        }
        self.0[id.0] = Some(0);
        let size = self.of_kind(types, &types[id].kind);
        self.0[id.0] = Some(size);
        size
    }

    /// The size of what a name stands for.
    fn of_kind(&mut self, types: &Types, kind: &TypeKind) -> usize {
        match kind {
            TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) => 16,
            TypeKind::Alias(alias) | TypeKind::Newtype(alias) => self.of(types, &alias.ty),
            TypeKind::Union(union) => {
                let variants = union.variants.iter().map(|variant| self.of(types, &variant.ty));
                variants.max().unwrap_or_default().max(80).saturating_add(8)
            }
            TypeKind::Struct(object) => {
                let fields = total(object.fields.iter().map(|field| {
                    // Most types have room for `None` in themselves.
                    let size = self.of(types, &field.ty);
                    if field.presence == Presence::Required || size > 8 { size } else { 2 * size }
                }));
                let flatten = total(object.flatten.iter().map(|flatten| self.of(types, &flatten.ty)));
                total([fields, flatten, object.additional.iter().count() * 80].into_iter())
            }
        }
    }
}

/// A sum that does not overflow.
fn total(sizes: impl Iterator<Item = usize>) -> usize {
    sizes.fold(0, usize::saturating_add)
}
