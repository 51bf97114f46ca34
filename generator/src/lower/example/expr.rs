//! JSON in, an expression of a type out; `None` if the value is not of the type.

use serde_json::{Map, Value};

use super::bounded::Bounded;
use super::format;
use super::sample::sample;
use crate::ir::{Bound, Expr, Field, Literal, Presence, Rest, Struct, Type, TypeId, TypeKind, Types, Union, Variant};

/// Where an expression stands, which decides how a text becomes what is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// An argument, which takes anything that converts.
    Argument,
    /// A field or an item, which takes its type.
    Field,
}

/// A value as an expression of type `ty`; `None` too if that is not found out in a bounded time.
pub fn expression(types: &Types, ty: &Type, value: &Value, position: Position) -> Option<Expr> {
    express(&Bounded::new(types), ty, value, position)
}

/// The same, with the steps that are left.
pub fn express(types: &Bounded<'_>, ty: &Type, value: &Value, position: Position) -> Option<Expr> {
    types.step()?;
    match ty {
        Type::Null => value.is_null().then(|| Expr::Tuple(Vec::new())),
        Type::Boolean => value.as_bool().map(Expr::Boolean),
        Type::I32 | Type::I64 | Type::U32 | Type::U64 | Type::I128 => integer(ty, value),
        Type::F64 => value.as_f64().map(Expr::Float),
        Type::DecimalNumber => match value.as_u64().and_then(|number| i32::try_from(number).ok()) {
            Some(number) => Some(Expr::IntoInteger(number)),
            None => value.is_number().then(|| Expr::Parsed(value.to_string())),
        },
        Type::String | Type::Secret => value.as_str().map(|text| self::text(text, position)),
        Type::Decimal | Type::Rfc2822 | Type::DateTime | Type::Date => {
            value.as_str().map(|text| Expr::Parsed(parsable(types, ty, text)))
        }
        Type::Bytes | Type::File => value.as_str().map(|text| self::text(text, position)),
        Type::Json => Some(Expr::Json(value.to_string())),
        Type::JsonObject => object(value.as_object()?, |value| Some(Expr::Json(value.to_string()))),
        Type::List(item) => {
            let items = value.as_array()?.iter().map(|value| express(types, item, value, Position::Field));
            items.collect::<Option<_>>().map(Expr::List)
        }
        Type::Tuple(items) => {
            let values = value.as_array().filter(|values| values.len() == items.len())?;
            let values = items.iter().zip(values).map(|(item, value)| express(types, item, value, Position::Field));
            values.collect::<Option<_>>().map(Expr::Tuple)
        }
        Type::Map(item) => object(value.as_object()?, |value| express(types, item, value, Position::Field)),
        Type::Nullable(_) if value.is_null() => Some(Expr::None),
        Type::Nullable(inner) => express(types, inner, value, Position::Field).map(|value| Expr::Some(Box::new(value))),
        Type::Boxed(inner) => express(types, inner, value, Position::Field).map(|value| Expr::Boxed(Box::new(value))),
        Type::Named(id) => named(types, *id, value, position),
    }
}

/// The text if it is of the type's format, else one that is: a sloppy date should not cost the rest of the example.
fn parsable(types: &Bounded<'_>, ty: &Type, text: &str) -> String {
    let sample = || sample(types, ty, &[]).as_str().unwrap_or_default().to_owned();
    if format::is_of(ty, text) { text.to_owned() } else { sample() }
}

fn integer(ty: &Type, value: &Value) -> Option<Expr> {
    let number = whole(value)?;
    let fits = match ty {
        Type::I32 => i32::try_from(number).is_ok(),
        Type::U32 => u32::try_from(number).is_ok(),
        Type::U64 => u64::try_from(number).is_ok(),
        Type::I128 => true,
        _ => i64::try_from(number).is_ok(),
    };
    fits.then(|| Expr::Integer(number.to_string()))
}

/// The whole number that a value is; JSON that was read without its digits has one beyond `u64` as a floating point number.
pub fn whole(value: &Value) -> Option<i128> {
    let number = value.as_number()?;
    let exact = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    exact.or_else(|| match Bound::from(number.as_f64()?) {
        Bound::Whole(number) => Some(number),
        Bound::Float(_) => None,
    })
}

fn text(text: &str, position: Position) -> Expr {
    match position {
        Position::Argument => Expr::Text(text.to_owned()),
        Position::Field => Expr::IntoText(text.to_owned()),
    }
}

fn object(object: &Map<String, Value>, value: impl Fn(&Value) -> Option<Expr>) -> Option<Expr> {
    let entries = object.iter().map(|(name, found)| Some((name.clone(), value(found)?)));
    entries.collect::<Option<_>>().map(Expr::Map)
}

fn named(types: &Bounded<'_>, id: TypeId, value: &Value, position: Position) -> Option<Expr> {
    match &types[id].kind {
        TypeKind::Alias(alias) => express(types, &alias.ty, value, position),
        TypeKind::Newtype(alias) => {
            let held = express(types, &alias.ty, value, Position::Field)?;
            Some(Expr::Newtype(id, Box::new(held)))
        }
        TypeKind::StringEnum(listed) => {
            let wire = value.as_str()?;
            let known = listed.values.iter().find(|value| value.wire == wire);
            match known {
                Some(value) => Some(Expr::EnumValue(id, value.rust.clone())),
                None => listed.allows_others.then(|| text(wire, position)),
            }
        }
        TypeKind::IntegerEnum(listed) => {
            let wire = value.as_i64()?;
            let known = listed.values.iter().find(|value| value.wire == wire)?;
            Some(Expr::EnumValue(id, known.rust.clone()))
        }
        TypeKind::Struct(object) => structure(types, id, object, value.as_object()?),
        TypeKind::Union(union) => variant(types, id, union, value),
    }
}

fn structure(types: &Bounded<'_>, id: TypeId, object: &Struct, value: &Map<String, Value>) -> Option<Expr> {
    if object.constants.iter().any(|(name, constant)| value.get(name).is_some_and(|value| *value != constant.to_json()))
    {
        return None;
    }
    let has_default = types[id].has_default;
    let mut fields = Vec::new();
    for field in &object.fields {
        let given = property(types, field, value.get(&field.name.wire))?;
        if !(has_default && matches!(given, Expr::None | Expr::Absent)) {
            fields.push((field.name.rust.clone(), given));
        }
    }
    for flatten in &object.flatten {
        let part = Value::Object(part(types, object, &flatten.ty, value));
        fields.push((flatten.rust.clone(), express(types, &flatten.ty, &part, Position::Field)?));
    }
    if let Some(additional) = &object.additional {
        let others = if object.flatten.is_empty() { rest(object, value) } else { Map::new() };
        if !(has_default && others.is_empty()) {
            fields.push((
                additional.rust.clone(),
                express(types, &additional.ty, &Value::Object(others), Position::Field)?,
            ));
        }
    }
    let all = object.fields.len() + object.flatten.len() + usize::from(object.additional.is_some());
    let rest = if fields.len() < all { Rest::Default } else { Rest::Nothing };
    Some(Expr::Struct(id, fields, rest))
}

/// The properties that are not the object's own.
pub fn rest(object: &Struct, value: &Map<String, Value>) -> Map<String, Value> {
    let own = |name: &str| {
        object.fields.iter().any(|field| field.name.wire == name)
            || object.constants.iter().any(|(constant, _)| constant == name)
    };
    value.iter().filter(|(name, _)| !own(name)).map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// The properties that belong to a flattened type: those that are not the object's own, and the tag of a union, which may be.
pub fn part(types: &Types, object: &Struct, ty: &Type, value: &Map<String, Value>) -> Map<String, Value> {
    let mut part = rest(object, value);
    if let Type::Named(id) = ty
        && let TypeKind::Union(Union { tag: Some(tag), .. }) = &types[*id].kind
        && let Some(found) = value.get(tag)
    {
        part.insert(tag.clone(), found.clone());
    }
    part
}

fn property(types: &Bounded<'_>, field: &Field, value: Option<&Value>) -> Option<Expr> {
    let given = |value: &Value| express(types, &field.ty, value, Position::Field);
    match (field.presence, value) {
        (Presence::Required, value) => given(value?),
        (Presence::Nullable | Presence::Optional, None) if field.presence == Presence::Optional => Some(Expr::None),
        (Presence::Nullable | Presence::Optional, None | Some(Value::Null)) => Some(Expr::None),
        (Presence::Nullable | Presence::Optional, Some(value)) => given(value).map(|value| Expr::Some(Box::new(value))),
        (Presence::OptionalNullable, None) => Some(Expr::Absent),
        (Presence::OptionalNullable, Some(Value::Null)) => Some(Expr::Null),
        (Presence::OptionalNullable, Some(value)) => given(value).map(|value| Expr::Value(Box::new(value))),
    }
}

/// The variant that a value is of, by its tag or else by how well it suits.
fn variant(types: &Bounded<'_>, id: TypeId, union: &Union, value: &Value) -> Option<Expr> {
    let tag = union.tag.as_ref().and_then(|tag| Literal::of(value.get(tag)?));
    let tagged = union.variants.iter().find(|variant| tag.as_ref().is_some_and(|tag| variant.tags.contains(tag)));
    if let Some(variant) = tagged {
        return of_variant(types, id, variant, value);
    }
    let untagged = union.variants.iter().filter(|variant| variant.tags.is_empty());
    let mut ranked: Vec<(usize, &Variant)> =
        untagged.map(|variant| (matches(types, variant, value), variant)).collect();
    ranked.sort_by_key(|(matches, _)| std::cmp::Reverse(*matches));
    ranked.into_iter().find_map(|(_, variant)| of_variant(types, id, variant, value))
}

fn of_variant(types: &Bounded<'_>, id: TypeId, variant: &Variant, value: &Value) -> Option<Expr> {
    let value = match variant.holds.content() {
        Some(content) => value.get(content)?,
        None => value,
    };
    let held = express(types, &variant.ty, value, Position::Field)?;
    Some(Expr::Variant(id, variant.rust.clone(), Box::new(held)))
}

/// How many of an object's properties a variant knows.
fn matches(types: &Types, variant: &Variant, value: &Value) -> usize {
    let Some(object) = value.as_object() else { return 0 };
    if let Some(content) = variant.holds.content() {
        return usize::from(object.contains_key(content)) * 2;
    }
    let Type::Named(id) = variant.ty else { return 0 };
    match &types[id].kind {
        TypeKind::Struct(known) => object.len() - rest(known, object).len(),
        _ => 0,
    }
}
