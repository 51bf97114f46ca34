//! [`Shape`]: what a type accepts, as data, so that one loop can compare a value with any type without decoding it.
//!
//! A shape names the shapes of its parts by functions, since types may contain themselves. Nothing is decided here;
//! the rules are in [`matching`](super::matching).

use std::collections::HashMap;
use std::sync::{OnceLock, PoisonError, RwLock};

use super::{Decode, Kind, Literal, Reader, Tag};

/// The shape of a type, found when it is needed.
pub type ShapeRef = fn() -> Shape;

/// What a type accepts.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Any value.
    Any,
    /// Null.
    Null,
    /// A boolean.
    Boolean,
    /// A whole number that the type can hold.
    Integer(Holds),
    /// A number that the type can hold.
    Number(Holds),
    /// A string.
    String(StringShape),
    /// An open enumeration of strings.
    StringEnum(StringEnumShape),
    /// An open enumeration of integers.
    IntegerEnum(&'static [i64]),
    /// A list of values.
    List(ShapeRef),
    /// A list of a fixed number of values.
    Tuple(Vec<ShapeRef>),
    /// An object whose properties all have the same shape.
    Map(ShapeRef),
    /// Null, or another value.
    Nullable(ShapeRef),
    /// An object with named properties.
    Object(ObjectShape),
    /// One of several alternatives.
    Union(UnionShape),
}

/// Whether a type can hold a number, by its digits, or a string.
pub type Holds = fn(&str) -> bool;

/// How a type of strings judges a string.
#[derive(Clone, Copy, Debug)]
pub struct StringShape {
    /// Whether the string is exactly of the type's format; `None` for a type without one.
    pub is_exact: Option<Holds>,
    /// Whether the type can hold the string at all; `None` if it can hold any.
    pub holds: Option<Holds>,
}

impl StringShape {
    /// Any string.
    pub const ANY: Self = Self { is_exact: None, holds: None };
}

/// An enumeration of strings.
#[derive(Clone, Copy, Debug)]
pub struct StringEnumShape {
    /// The documented values.
    pub values: &'static [&'static str],
    /// Whether the document allows any other string too.
    pub allows_others: bool,
}

/// An object with named properties.
#[derive(Clone, Debug)]
pub struct ObjectShape {
    /// The named properties.
    pub properties: Vec<PropertyShape>,
    /// The types whose properties stand among those of this object.
    pub flattened: Vec<ShapeRef>,
    /// The shape of the properties that nothing names, if the type keeps them.
    pub additional: Option<ShapeRef>,
}

/// A named property.
#[derive(Clone, Copy, Debug)]
pub struct PropertyShape {
    /// The name in JSON.
    pub name: &'static str,
    /// Whether it may be missing or null.
    pub role: Role,
    /// The one documented value, a string or written like a number or a boolean.
    pub constant: Option<Literal>,
    /// The shape of its value.
    pub shape: ShapeRef,
}

/// Whether a property may be missing or null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Neither.
    Required,
    /// It may be null.
    Nullable,
    /// It may be missing.
    Optional,
    /// It may be missing or null.
    OptionalNullable,
    /// It must be there, and has no field.
    Constant,
}

/// Several alternatives.
#[derive(Clone, Copy, Debug)]
pub struct UnionShape {
    /// The property that tells the alternatives apart.
    pub tag: Option<&'static str>,
    /// Whether the document says that the tag decides.
    pub is_discriminated: bool,
    /// The alternatives.
    pub variants: &'static [VariantShape],
}

impl UnionShape {
    /// Whether a value with the tag of a variant can be of no other one.
    pub(crate) fn is_decisive(&self) -> bool {
        self.is_discriminated || self.variants.iter().all(|variant| !variant.tags.is_empty())
    }

    /// The variant with a tag. Whether a tag is a string or a number is not told apart.
    pub(crate) fn tagged(&self, tag: &Tag) -> Option<usize> {
        self.variants.iter().position(|variant| variant.literal(tag).is_some())
    }
}

/// An alternative of a union.
#[derive(Clone, Copy, Debug)]
pub struct VariantShape {
    /// The one value that the document allows, of a scalar that a type of several stands for.
    pub constant: Option<Literal>,
    /// The values of the tag that stand for it.
    pub tags: &'static [Literal],
    /// What the variant holds.
    pub holds: Held,
    /// The shape of what it holds.
    pub shape: ShapeRef,
    /// The kinds of values that may be of the shape.
    pub kinds: Kinds,
}

impl VariantShape {
    /// The documented tag that a received one stands for.
    fn literal(&self, tag: &Tag) -> Option<Literal> {
        self.tags.iter().find(|literal| literal.text == tag.text).copied()
    }

    /// The documented tag that is written in place of a received one of another kind.
    pub(crate) fn replaces(&self, tag: &Tag) -> Option<Literal> {
        self.literal(tag).filter(|literal| self.holds != Held::Whole && literal.kind != tag.kind)
    }
}

/// What a variant of a union holds of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// All of it.
    Whole,
    /// All of it but the tag, which only the union reads and writes.
    WithoutTag,
    /// The value of one property.
    Content(&'static str),
}

/// A set of kinds of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// Every kind.
    pub const ALL: Self = Self(u8::MAX);
    /// Only objects.
    pub const OBJECT: Self = Self::of(Kind::Object);
    /// Only strings.
    pub const STRING: Self = Self::of(Kind::String);

    /// One kind.
    pub const fn of(kind: Kind) -> Self {
        Self(1 << kind as u8)
    }

    /// The kinds of either set.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a kind is in both sets.
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether a kind is in the set.
    pub const fn contains(self, kind: Kind) -> bool {
        self.0 & Self::of(kind).0 != 0
    }
}

/// The shape of a type of objects, as its decoder tells it.
pub fn describe<T: Decode>() -> Shape {
    Reader::describe(|input| T::decode(input).map(drop))
}

/// The shape of what a variant or a newtype holds; its constructor is there to name the type.
pub const fn held_shape<T: Decode, U>(_: fn(T) -> U) -> ShapeRef {
    T::shape
}

/// The kinds of what a variant holds; its constructor is there to name the type.
pub const fn held_kinds<T: Decode, U>(_: fn(T) -> U) -> Kinds {
    T::KINDS
}

/// Resolves a reference. Shapes are made once in a process, since their number is that of its types.
pub(crate) fn shape_of(reference: ShapeRef) -> &'static Shape {
    static SHAPES: OnceLock<RwLock<HashMap<usize, &'static Shape>>> = OnceLock::new();
    let shapes = SHAPES.get_or_init(RwLock::default);
    let key = reference as usize;
    if let Some(shape) = shapes.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return shape;
    }
    // Functions that are compiled to the same code may share an address, and then make the same shape.
    let shape = reference();
    let mut shapes = shapes.write().unwrap_or_else(PoisonError::into_inner);
    shapes.entry(key).or_insert_with(|| Box::leak(Box::new(shape)))
}

/// Whether values of a shape may keep a property of that name.
pub(crate) fn knows(shape: ShapeRef, name: &str) -> bool {
    knows_within(shape, name, &mut Vec::new())
}

fn knows_within(shape: ShapeRef, name: &str, seen: &mut Vec<usize>) -> bool {
    if seen.contains(&(shape as usize)) {
        return false;
    }
    seen.push(shape as usize);
    match shape_of(shape) {
        Shape::Any | Shape::Map(_) => true,
        Shape::Nullable(inner) => knows_within(*inner, name, seen),
        Shape::Object(object) => {
            object.additional.is_some()
                || object.properties.iter().any(|property| property.name == name)
                || object.flattened.iter().any(|part| knows_within(*part, name, seen))
        }
        Shape::Union(union) => {
            union.tag == Some(name)
                || union.variants.iter().any(|variant| match variant.holds {
                    Held::Content(content) => content == name,
                    Held::Whole | Held::WithoutTag => knows_within(variant.shape, name, seen),
                })
        }
        _ => false,
    }
}
