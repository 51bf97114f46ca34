//! Types as callers write them, and when two of them are the same.

use super::Comparison;
use crate::ir::{Presence, Type, TypeId, TypeKind, Types};

/// Deeper than this nobody writes types.
const MAX_DEPTH: usize = 32;

/// A type as code writes it.
pub fn written(types: &Types, ty: &Type) -> String {
    let name = match ty {
        Type::Null => "()",
        Type::Boolean => "bool",
        Type::I32 => "i32",
        Type::I64 => "i64",
        Type::U32 => "u32",
        Type::U64 => "u64",
        Type::I128 => "i128",
        Type::F64 => "f64",
        Type::DecimalNumber => "DecimalNumber",
        Type::String => "String",
        Type::Secret => "Secret",
        Type::Decimal => "Decimal",
        Type::Rfc2822 => "Rfc2822",
        Type::DateTime => "DateTime",
        Type::Date => "Date",
        Type::Json => "JsonValue",
        Type::JsonObject => "JsonObject",
        Type::Bytes => "Bytes",
        Type::File => "File",
        Type::Named(id) => return path(types, *id),
        Type::List(inner) => return format!("Vec<{}>", written(types, inner)),
        Type::Map(inner) => return format!("BTreeMap<String, {}>", written(types, inner)),
        Type::Nullable(inner) => return format!("Option<{}>", written(types, inner)),
        Type::Boxed(inner) => return format!("Box<{}>", written(types, inner)),
        Type::Tuple(items) => {
            let items: Vec<String> = items.iter().map(|item| written(types, item)).collect();
            return format!("({})", items.join(", "));
        }
    };
    name.to_owned()
}

/// The path of a type from the root of the code.
pub fn path(types: &Types, id: TypeId) -> String {
    format!("types::{}", types[id].name)
}

/// A type with what may stand in place of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// The type, in an `Option` if there may be no value.
    Plain(Type),
    /// Either a value, or null, or nothing.
    Nullable(Type),
}

impl Held {
    /// A type by its presence.
    pub fn new(ty: &Type, presence: Presence) -> Self {
        match presence {
            Presence::Required => Self::Plain(ty.clone()),
            Presence::Nullable | Presence::Optional => Self::Plain(Type::Nullable(Box::new(ty.clone()))),
            Presence::OptionalNullable => Self::Nullable(ty.clone()),
        }
    }

    /// The type as code writes it.
    pub fn written(&self, types: &Types) -> String {
        match self {
            Self::Plain(ty) => written(types, ty),
            Self::Nullable(ty) => format!("Nullable<{}>", written(types, ty)),
        }
    }
}

impl Comparison<'_> {
    /// Whether an old and a new type are the same to a caller. A type is itself whatever it has become, which is told of it alone.
    pub fn is_same(&self, old: &Type, new: &Type) -> bool {
        self.is_same_at(old, new, 0)
    }

    /// The same of types with what may stand in place of a value.
    pub fn holds_same(&self, old: &Held, new: &Held) -> bool {
        match (old, new) {
            (Held::Plain(old), Held::Plain(new)) | (Held::Nullable(old), Held::Nullable(new)) => self.is_same(old, new),
            _ => false,
        }
    }

    fn is_same_at(&self, old: &Type, new: &Type, depth: usize) -> bool {
        if depth > MAX_DEPTH {
            return true;
        }
        if let (Type::Named(old), Type::Named(new)) = (old, new)
            && self.types.get(old) == Some(new)
        {
            return true;
        }
        // What an alias stands for is the same type.
        if let Some(meant) = meant(&self.old.types, old) {
            return self.is_same_at(meant, new, depth + 1);
        }
        if let Some(meant) = meant(&self.new.types, new) {
            return self.is_same_at(old, meant, depth + 1);
        }
        match (old, new) {
            (Type::List(old), Type::List(new))
            | (Type::Map(old), Type::Map(new))
            | (Type::Nullable(old), Type::Nullable(new))
            | (Type::Boxed(old), Type::Boxed(new)) => self.is_same_at(old, new, depth + 1),
            (Type::Tuple(old), Type::Tuple(new)) => {
                old.len() == new.len() && old.iter().zip(new).all(|(old, new)| self.is_same_at(old, new, depth + 1))
            }
            (Type::Named(_), _) | (_, Type::Named(_)) => false,
            (old, new) => old == new,
        }
    }
}

/// The type that an alias stands for.
fn meant<'t>(types: &'t Types, ty: &Type) -> Option<&'t Type> {
    match ty {
        Type::Named(id) => match &types[*id].kind {
            TypeKind::Alias(alias) => Some(&alias.ty),
            _ => None,
        },
        _ => None,
    }
}
