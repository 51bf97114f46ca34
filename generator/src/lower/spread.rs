//! Which parameters stand among others without their own name: objects in style form, exploded, that take any property.
//! Whoever reads a request back has to be told, since the properties of other types are known by name.

use super::operation::Draft;
use crate::ir::{Location, Parameter, Serialization, Style, Type, TypeKind, Types};

/// How many aliases are followed.
const MAX_DEPTH: usize = 16;

/// Marks the parameters.
pub fn settle_spread(drafts: &mut [Draft], types: &Types) {
    for parameter in drafts.iter_mut().flat_map(|draft| &mut draft.operation.parameters) {
        parameter.spread = is_exploded(parameter) && takes_any_property(types, &parameter.ty, 0);
    }
}

fn is_exploded(parameter: &Parameter) -> bool {
    let Serialization::Style { style, explode, .. } = parameter.serialization else { return false };
    let by_style = matches!(style, None | Some(Style::Form));
    let has_pairs = matches!(parameter.location, Location::Query | Location::Cookie);
    has_pairs && explode.unwrap_or(by_style) && style != Some(Style::DeepObject)
}

fn takes_any_property(types: &Types, ty: &Type, depth: usize) -> bool {
    match ty {
        _ if depth > MAX_DEPTH => false,
        Type::Map(_) | Type::Json | Type::JsonObject => true,
        Type::Nullable(inner) | Type::Boxed(inner) => takes_any_property(types, inner, depth + 1),
        Type::Named(id) => match &types[*id].kind {
            TypeKind::Struct(object) => object.additional.is_some() || !object.flatten.is_empty(),
            TypeKind::Union(union) => union.variants.iter().any(|one| takes_any_property(types, &one.ty, depth + 1)),
            TypeKind::Alias(alias) | TypeKind::Newtype(alias) => takes_any_property(types, &alias.ty, depth + 1),
            TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) => false,
        },
        _ => false,
    }
}
