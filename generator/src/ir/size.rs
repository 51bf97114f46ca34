//! How much room values take, roughly.

use super::{Presence, Type, TypeKind, Types};

/// Types nested deeper than this are boxed somewhere.
const MAX_DEPTH: usize = 24;

impl Types {
    /// How many bytes a value takes where it stands, roughly.
    pub fn size(&self, ty: &Type) -> usize {
        size(self, ty, 0)
    }
}

/// The size of a type that stands so deep.
fn size(types: &Types, ty: &Type, depth: usize) -> usize {
    if depth > MAX_DEPTH {
        return 0;
    }
    match ty {
        Type::Boolean | Type::I32 | Type::I64 | Type::U32 | Type::U64 | Type::F64 | Type::Boxed(_) => 8,
        Type::Rfc2822 | Type::DateTime | Type::Date => 16,
        Type::String | Type::Secret | Type::List(_) | Type::Map(_) => 24,
        Type::Decimal | Type::DecimalNumber | Type::Bytes => 32,
        Type::Json | Type::JsonObject => 80,
        Type::File => 120,
        Type::Nullable(inner) => 8 + size(types, inner, depth + 1),
        Type::Tuple(items) => items.iter().map(|item| size(types, item, depth + 1)).sum(),
        Type::Named(id) => kind_size(types, &types[*id].kind, depth + 1),
    }
}

/// The size of a type with a name.
fn kind_size(types: &Types, kind: &TypeKind, depth: usize) -> usize {
    match kind {
        TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) => 16,
        TypeKind::Alias(alias) | TypeKind::Newtype(alias) => size(types, &alias.ty, depth),
        TypeKind::Union(union) => {
            8 + union.variants.iter().map(|variant| size(types, &variant.ty, depth)).max().unwrap_or_default().max(80)
        }
        TypeKind::Struct(object) => {
            let fields = object.fields.iter().map(|field| {
                // Most types have room for `None` in themselves.
                let size = size(types, &field.ty, depth);
                if field.presence == Presence::Required || size > 8 { size } else { 2 * size }
            });
            let flatten = object.flatten.iter().map(|flatten| size(types, &flatten.ty, depth));
            fields.sum::<usize>() + flatten.sum::<usize>() + object.additional.iter().count() * 80
        }
    }
}
