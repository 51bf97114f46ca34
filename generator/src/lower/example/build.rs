//! A type in, an expression of that type out that needs no example: for types whose values cannot be told apart by their JSON.

use super::bounded::Bounded;
use super::expr::{Position, express};
use super::sample::sample;
use crate::ir::{Expr, Limit, Presence, Rest, Struct, Type, TypeId, TypeKind, Union};

/// More items are never asked for in earnest.
const MAX_ITEMS: usize = 16;

/// The least value of a type; `None` if it has none, or if that takes too many steps.
pub fn build(types: &Bounded<'_>, ty: &Type, limits: &[Limit], position: Position) -> Option<Expr> {
    types.step()?;
    match ty {
        Type::Named(id) => named(types, *id, limits, position),
        Type::Nullable(_) => Some(Expr::None),
        Type::Boxed(inner) => Some(Expr::Boxed(Box::new(build(types, inner, limits, Position::Field)?))),
        Type::Tuple(items) => {
            let items = items.iter().map(|item| build(types, item, &[], Position::Field));
            items.collect::<Option<_>>().map(Expr::Tuple)
        }
        Type::List(item) => {
            let least =
                limits.iter().find_map(|limit| if let Limit::MinItems(least) = limit { Some(*least) } else { None });
            let count = least.unwrap_or_default().min(MAX_ITEMS);
            let items = (0..count).map(|_| build(types, item, &[], Position::Field));
            items.collect::<Option<_>>().map(Expr::List)
        }
        Type::Map(_) | Type::JsonObject => Some(Expr::Map(Vec::new())),
        leaf => express(types, leaf, &sample(types, leaf, limits), position)
            .or_else(|| express(types, leaf, &sample(types, leaf, &[]), position)),
    }
}

fn named(types: &Bounded<'_>, id: TypeId, limits: &[Limit], position: Position) -> Option<Expr> {
    types.height(&Type::Named(id))?;
    match &types[id].kind {
        TypeKind::Alias(alias) => {
            build(types, &alias.ty, if limits.is_empty() { &alias.limits } else { limits }, position)
        }
        TypeKind::Newtype(alias) => {
            Some(Expr::Newtype(id, Box::new(build(types, &alias.ty, &alias.limits, Position::Field)?)))
        }
        TypeKind::StringEnum(listed) => Some(Expr::EnumValue(id, listed.values.first()?.rust.clone())),
        TypeKind::IntegerEnum(listed) => Some(Expr::EnumValue(id, listed.values.first()?.rust.clone())),
        TypeKind::Struct(object) => structure(types, id, object),
        TypeKind::Union(union) => variant(types, id, union),
    }
}

fn structure(types: &Bounded<'_>, id: TypeId, object: &Struct) -> Option<Expr> {
    let has_default = types[id].has_default;
    let mut fields = Vec::new();
    for field in &object.fields {
        let value = match field.presence {
            Presence::Required => build(types, &field.ty, &field.limits, Position::Field)?,
            Presence::Nullable => Expr::None,
            Presence::Optional | Presence::OptionalNullable if has_default => continue,
            Presence::Optional => Expr::None,
            Presence::OptionalNullable => Expr::Absent,
        };
        fields.push((field.name.rust.clone(), value));
    }
    for flatten in &object.flatten {
        fields.push((flatten.rust.clone(), build(types, &flatten.ty, &[], Position::Field)?));
    }
    if let Some(additional) = object.additional.as_ref().filter(|_| !has_default) {
        fields.push((additional.rust.clone(), Expr::Map(Vec::new())));
    }
    let all = object.fields.len() + object.flatten.len() + usize::from(object.additional.is_some());
    let rest = if fields.len() < all { Rest::Default } else { Rest::Nothing };
    Some(Expr::Struct(id, fields, rest))
}

/// The variant that ends soonest.
fn variant(types: &Bounded<'_>, id: TypeId, union: &Union) -> Option<Expr> {
    let variants = union.variants.iter();
    let ending = variants.filter_map(|variant| Some((types.height(&variant.ty)?, variant)));
    let (_, variant) = ending.min_by_key(|(height, _)| *height)?;
    let held = build(types, &variant.ty, &variant.limits, Position::Field)?;
    Some(Expr::Variant(id, variant.rust.clone(), Box::new(held)))
}
