//! A type in, made-up JSON of that type out, within its constraints as far as that is easy.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::bounded::Bounded;
use super::expr::{Position, express};
use super::pattern::matching;
use crate::ir::{Bound, Limit, Struct, Type, TypeId, TypeKind, Types, Union, Variant};
use crate::lower::pattern::Matcher;

/// Longer lists show nothing more.
const MAX_ITEMS: usize = 256;

/// Types nested deeper than this are left empty where they can be.
const MAX_DEPTH: usize = 6;

/// A made-up value; null somewhere where none can be, if the type has no values of a bounded size.
pub fn sample(types: &Types, ty: &Type, limits: &[Limit]) -> Value {
    make(&Bounded::new(types), ty, limits, 0)
}

/// An example as a value of a type: as it is, or as the JSON that its text is; `None` if it is neither.
pub fn of_type<'v>(types: &Bounded<'_>, ty: &Type, example: &'v Value) -> Option<Cow<'v, Value>> {
    let is_of_type = |value: &Value| express(types, ty, value, Position::Field).is_some();
    if is_of_type(example) {
        return Some(Cow::Borrowed(example));
    }
    let read = serde_json::from_str(example.as_str()?).ok()?;
    is_of_type(&read).then_some(Cow::Owned(read))
}

fn make(types: &Bounded<'_>, ty: &Type, limits: &[Limit], depth: usize) -> Value {
    if types.step().is_none() {
        return Value::Null;
    }
    match ty {
        Type::Null => Value::Null,
        Type::Boolean => json!(true),
        Type::I32 | Type::I64 | Type::U32 | Type::U64 | Type::I128 => integer(limits),
        Type::F64 | Type::DecimalNumber => number(limits),
        Type::String | Type::Secret | Type::Bytes | Type::File => text(limits),
        Type::Decimal => json!("1.00"),
        Type::Rfc2822 => json!("Wed, 13 Mar 2019 16:35:37 +0000"),
        Type::DateTime => json!("2019-03-13T16:35:37Z"),
        Type::Date => json!("2019-03-13"),
        Type::Json | Type::JsonObject => json!({}),
        Type::List(item) => list(types, item, limits, depth),
        Type::Tuple(items) => {
            let items = items.iter().enumerate();
            items.map(|(index, item)| make(types, item, item_limits(limits, index), depth + 1)).collect()
        }
        Type::Map(item) if depth < MAX_DEPTH => json!({ "key": make(types, item, &[], depth + 1) }),
        Type::Map(_) => json!({}),
        Type::Nullable(_) if depth >= MAX_DEPTH => Value::Null,
        Type::Nullable(inner) | Type::Boxed(inner) => make(types, inner, limits, depth),
        Type::Named(id) => named(types, *id, limits, depth),
    }
}

fn named(types: &Bounded<'_>, id: TypeId, limits: &[Limit], depth: usize) -> Value {
    let definition = &types[id];
    if let Some(example) = &definition.example
        && let Some(example) = of_type(types, &Type::Named(id), example)
    {
        return example.into_owned();
    }
    match &definition.kind {
        TypeKind::Alias(alias) | TypeKind::Newtype(alias) => {
            let limits = if limits.is_empty() { &alias.limits } else { limits };
            make(types, &alias.ty, limits, depth)
        }
        TypeKind::StringEnum(listed) => json!(listed.values.first().map_or("value", |value| value.wire.as_str())),
        TypeKind::IntegerEnum(listed) => json!(listed.values.first().map_or(0, |value| value.wire)),
        TypeKind::Struct(object) => Value::Object(structure(types, object, depth)),
        TypeKind::Union(union) => variant(types, union, depth),
    }
}

fn structure(types: &Bounded<'_>, object: &Struct, depth: usize) -> Map<String, Value> {
    let mut made = Map::new();
    for (name, value) in &object.constants {
        made.insert(name.clone(), value.to_json());
    }
    for field in &object.fields {
        let given = field.example.as_ref().and_then(|example| of_type(types, &field.ty, example));
        let given = given.filter(|example| keeps(&field.limits, example)).map(Cow::into_owned);
        if let Some(value) = field.preset() {
            made.insert(field.name.wire.clone(), value.to_json());
        } else if let Some(given) = given {
            made.insert(field.name.wire.clone(), given);
        } else if field.is_required() {
            made.insert(field.name.wire.clone(), make(types, &field.ty, &field.limits, depth + 1));
        }
    }
    for flatten in &object.flatten {
        if let Value::Object(part) = make(types, &flatten.ty, &[], depth + 1) {
            made.extend(part);
        }
    }
    made
}

/// Whether a value keeps to the constraints that are easily seen; one that does not would not even be sent.
fn keeps(limits: &[Limit], value: &Value) -> bool {
    let items = value.as_array().map(Vec::len);
    let letters = value.as_str().map(|text| text.chars().count());
    let number = value.as_f64();
    limits.iter().all(|limit| match *limit {
        Limit::MinItems(least) => items.is_none_or(|items| items >= least),
        Limit::MaxItems(most) => items.is_none_or(|items| items <= most),
        Limit::MinLength(least) => letters.is_none_or(|letters| letters >= least),
        Limit::MaxLength(most) => letters.is_none_or(|letters| letters <= most),
        Limit::Minimum(least) => number.is_none_or(|number| number >= least.to_f64()),
        Limit::Maximum(most) => number.is_none_or(|number| number <= most.to_f64()),
        _ => true,
    })
}

fn variant(types: &Bounded<'_>, union: &Union, depth: usize) -> Value {
    // The first variant that ends: one that leads back into the union comes last.
    let Some(first) = union.variants.first() else { return json!({}) };
    let variant = match union.variants.iter().find(|variant| is_told(types, union, variant)) {
        Some(told) if depth < MAX_DEPTH => told,
        _ if depth < MAX_DEPTH => first,
        _ => soonest(types, union).unwrap_or(first),
    };
    let held = make(types, &variant.ty, &variant.limits, depth + 1);
    let mut made = match (variant.holds.content(), held) {
        (Some(content), held) => Map::from_iter([(content.to_owned(), held)]),
        (None, Value::Object(made)) => made,
        (None, other) => return other,
    };
    if let (Some(tag), Some(value)) = (&union.tag, variant.tags.first()) {
        made.insert(tag.clone(), value.to_json());
    }
    Value::Object(made)
}

/// The variant that ends soonest.
fn soonest<'u>(types: &Bounded<'_>, union: &'u Union) -> Option<&'u Variant> {
    let ending = union.variants.iter().filter_map(|variant| Some((types.height(&variant.ty)?, variant)));
    ending.min_by_key(|(height, _)| *height).map(|(_, variant)| variant)
}

/// Whether what a variant needs is not all that another one needs too, so that nobody takes the one for the other.
fn is_told(types: &Types, union: &Union, variant: &Variant) -> bool {
    let Some(own) = needed(types, &variant.ty) else { return true };
    let others = union.variants.iter().filter(|other| !std::ptr::eq(*other, variant));
    let mut needs = others.map(|other| needed(types, &other.ty));
    needs.all(|other| other.is_none_or(|other| !other.iter().all(|name| own.contains(name))))
}

/// The properties that a value of an object type must have.
fn needed<'t>(types: &'t Types, ty: &Type) -> Option<Vec<&'t str>> {
    match ty {
        Type::Boxed(inner) => needed(types, inner),
        Type::Named(id) => match &types[*id].kind {
            TypeKind::Struct(object) => {
                let fields = object.fields.iter().filter(|field| field.is_required());
                let constants = object.constants.iter().map(|(name, _)| name.as_str());
                Some(fields.map(|field| field.name.wire.as_str()).chain(constants).collect())
            }
            _ => None,
        },
        _ => None,
    }
}

fn list(types: &Bounded<'_>, item: &Type, limits: &[Limit], depth: usize) -> Value {
    if depth >= MAX_DEPTH {
        return json!([]);
    }
    let least = limits.iter().find_map(|limit| if let Limit::MinItems(least) = limit { Some(*least) } else { None });
    let item_limits =
        limits.iter().find_map(|limit| if let Limit::Items(limits) = limit { Some(limits.as_slice()) } else { None });
    let made = make(types, item, item_limits.unwrap_or_default(), depth + 1);
    let count = least.unwrap_or(1).clamp(1, MAX_ITEMS);
    if limits.contains(&Limit::UniqueItems) {
        return (0..count).map(|index| varied(&made, index)).collect();
    }
    Value::Array(vec![made; count])
}

/// The limits of one item of a tuple.
fn item_limits(limits: &[Limit], index: usize) -> &[Limit] {
    let mut of_item = limits.iter().filter_map(|limit| match limit {
        Limit::Item(at, limits) if *at == index => Some(limits.as_slice()),
        _ => None,
    });
    of_item.next().unwrap_or_default()
}

/// The same value a little different each time, as far as that is easy.
fn varied(value: &Value, index: usize) -> Value {
    match value {
        Value::Number(number) => number.as_u64().map_or_else(|| value.clone(), |number| json!(number + index as u64)),
        Value::String(text) if index > 0 => json!(format!("{text}{index}")),
        other => other.clone(),
    }
}

fn integer(limits: &[Limit]) -> Value {
    let mut made = 1_i128;
    for limit in limits {
        match *limit {
            Limit::Minimum(min) => made = made.max(min.ceil()),
            Limit::ExclusiveMinimum(min) => made = made.max(min.floor().saturating_add(1)),
            Limit::Maximum(max) => made = made.min(max.floor()),
            Limit::ExclusiveMaximum(max) => made = made.min(max.ceil().saturating_sub(1)),
            Limit::MultipleOf(unit) if unit >= 1.0 => made = Bound::from(unit).floor(),
            _ => {}
        }
    }
    number_of(made)
}

/// JSON has room for the digits of smaller numbers alone.
#[expect(clippy::cast_precision_loss, reason = "a made-up number need not be exact")]
fn number_of(number: i128) -> Value {
    let small = i64::try_from(number).map(Value::from).or_else(|_| u64::try_from(number).map(Value::from));
    small.unwrap_or_else(|_| json!(number as f64))
}

fn number(limits: &[Limit]) -> Value {
    let mut made = 1.0_f64;
    for limit in limits {
        match *limit {
            Limit::Minimum(min) => made = made.max(min.to_f64()),
            Limit::ExclusiveMinimum(min) => made = made.max(min.to_f64() + 0.5),
            Limit::Maximum(max) => made = made.min(max.to_f64()),
            Limit::ExclusiveMaximum(max) => made = made.min(max.to_f64() - 0.5),
            _ => {}
        }
    }
    json!(made)
}

/// A text of a format.
fn of_format(name: &str) -> Option<&'static str> {
    Some(match name {
        "byte" => "c3RyaW5n",
        "duration" => "P1D",
        "email" | "idn-email" => "ann@example.com",
        "hostname" | "idn-hostname" => "example.com",
        "ip" | "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "iri" | "iri-reference" | "uri" | "uri-reference" | "uri-template" | "url" => "https://example.com",
        "json-pointer" => "/a",
        "regex" => "a",
        "relative-json-pointer" => "0",
        "time" => "16:35:37Z",
        "uuid" => "01234567-89ab-4cde-8f01-23456789abcd",
        _ => return None,
    })
}

fn text(limits: &[Limit]) -> Value {
    let (mut least, mut most, mut pattern, mut format) = (0, usize::MAX, None, None);
    for limit in limits {
        match limit {
            Limit::Format(name) => format = of_format(name),
            Limit::MinLength(min) => least = *min,
            Limit::MaxLength(max) => most = *max,
            Limit::Pattern(text) => pattern = Some(text),
            _ => {}
        }
    }
    let matcher = pattern.and_then(Matcher::compile);
    let fits = |text: &str| {
        let is_long_enough = (least..=most).contains(&text.chars().count());
        is_long_enough && matcher.as_ref().is_none_or(|matcher| matcher.matches(text))
    };
    let stretched: String = "string".chars().cycle().take("string".len().max(least).min(most)).collect();
    let words = [stretched.as_str(), "1", "a", "2019-03-13"];
    let made = format.into_iter().chain(words).find(|text| fits(text));
    match (made, pattern) {
        (Some(text), _) => json!(text),
        (None, Some(pattern)) => json!(matching(pattern, least, most).unwrap_or(stretched)),
        (None, None) => json!(stretched),
    }
}
