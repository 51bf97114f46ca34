//! The types of the client.

use super::{Gate, Limit, Literal};
use crate::pointer::Pointer;

/// Which of the types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// All types, indexed by [`TypeId`].
#[derive(Debug, Default)]
pub struct Types(pub Vec<TypeDef>);

impl Types {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// All of them in order.
    pub fn iter(&self) -> impl Iterator<Item = &TypeDef> {
        self.0.iter()
    }
}

impl std::ops::Index<TypeId> for Types {
    type Output = TypeDef;

    fn index(&self, id: TypeId) -> &TypeDef {
        &self.0[id.0]
    }
}

/// A name of the document and the name that it gets in Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// On the wire.
    pub wire: String,
    /// In Rust.
    pub rust: String,
}

/// A type with a name.
#[derive(Debug)]
pub struct TypeDef {
    /// The Rust name.
    pub name: String,
    /// The module, which is the file: that of the component it stands in.
    pub module: String,
    /// What the document says of it.
    pub docs: String,
    /// `deprecated`
    pub deprecated: bool,
    /// Whether the schema lets `null` be a value; then what refers to it does too.
    pub nullable: bool,
    /// Where values of it travel.
    pub usage: Usage,
    /// Which builds it is in, with all of its module.
    pub gate: Gate,
    /// Whether there is a value that goes without saying.
    pub has_default: bool,
    /// What it is.
    pub kind: TypeKind,
    /// `example`
    pub example: Option<serde_json::Value>,
    /// Its place.
    pub pointer: Pointer,
}

/// Where values of a type travel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// To the server.
    pub request: bool,
    /// From the server.
    pub response: bool,
}

/// What a type is.
#[derive(Debug)]
pub enum TypeKind {
    /// An object with properties.
    Struct(Struct),
    /// `type: string` with `enum`
    StringEnum(StringEnum),
    /// `type: integer` with `enum`
    IntegerEnum(IntegerEnum),
    /// `oneOf`, `anyOf`
    Union(Union),
    /// Another name for a type.
    Alias(Alias),
    /// A type that contains itself, which an alias cannot.
    Newtype(Alias),
}

/// An object with properties.
#[derive(Debug, Default)]
pub struct Struct {
    /// The properties.
    pub fields: Vec<Field>,
    /// Properties with a single allowed value that need no field: names and values.
    pub constants: Vec<(String, Literal)>,
    /// Types whose properties stand among those of this one.
    pub flatten: Vec<Flatten>,
    /// `additionalProperties`, if they are wanted.
    pub additional: Option<Additional>,
}

/// A property.
#[derive(Debug)]
pub struct Field {
    /// Its names.
    pub name: Name,
    /// Its type.
    pub ty: Type,
    /// Whether it may be missing or null.
    pub presence: Presence,
    /// Who may set it.
    pub access: Access,
    /// Which value is known beforehand.
    pub fixed: Fixed,
    /// Its constraints.
    pub limits: Vec<Limit>,
    /// `default` as JSON.
    pub default: Option<String>,
    /// `example`
    pub example: Option<serde_json::Value>,
    /// `deprecated`
    pub deprecated: bool,
    /// What the document says of it.
    pub docs: String,
    /// Its place.
    pub pointer: Pointer,
}

/// Which value of a property is known beforehand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fixed {
    /// None is.
    No,
    /// `const`: the only one that the schema allows.
    Constant(Literal),
    /// The tag by which all unions know the object, though the schema of the property allows others.
    Tag(Literal),
}

/// Who may set a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Both sides.
    ReadWrite,
    /// `readOnly`: the server alone.
    ReadOnly,
    /// `writeOnly`: the client alone.
    WriteOnly,
}

/// Whether a property may be missing or null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Neither.
    Required,
    /// It may be null.
    Nullable,
    /// It may be missing.
    Optional,
    /// It may be either, which are two things.
    OptionalNullable,
}

/// A type whose properties stand among those of another.
#[derive(Debug)]
pub struct Flatten {
    /// The field.
    pub rust: String,
    /// The type.
    pub ty: Type,
    /// What the document says of it.
    pub docs: String,
    /// Its place.
    pub pointer: Pointer,
}

/// The properties that a schema does not name.
#[derive(Debug)]
pub struct Additional {
    /// The field.
    pub rust: String,
    /// The map.
    pub ty: Type,
}

/// An open enumeration of texts.
#[derive(Debug)]
pub struct StringEnum {
    /// The values that the document lists.
    pub values: Vec<EnumValue<String>>,
    /// Whether the document allows any other text too; a server may send one all the same.
    pub allows_others: bool,
}

/// An open enumeration of integers.
#[derive(Debug)]
pub struct IntegerEnum {
    /// The values that the document lists.
    pub values: Vec<EnumValue<i64>>,
}

/// A value that the document lists.
#[derive(Debug)]
pub struct EnumValue<T> {
    /// The variant.
    pub rust: String,
    /// The value.
    pub wire: T,
    /// What the document says of it.
    pub docs: String,
    /// Its place.
    pub pointer: Pointer,
}

/// One of several types.
#[derive(Debug)]
pub struct Union {
    /// The property that tells the variants apart.
    pub tag: Option<String>,
    /// Whether the document says so, by a discriminator.
    pub is_discriminated: bool,
    /// The variants.
    pub variants: Vec<Variant>,
    /// The variant that goes without saying: an object without properties.
    pub default: Option<usize>,
}

/// One of a union's types.
#[derive(Debug)]
pub struct Variant {
    /// Its name.
    pub rust: String,
    /// The one documented value, of a type that has more.
    pub constant: Option<Literal>,
    /// The values of the union's tag that stand for it.
    pub tags: Vec<Literal>,
    /// What it holds of a value.
    pub holds: Holds,
    /// The type of what it holds.
    pub ty: Type,
    /// The constraints of what it holds.
    pub limits: Vec<Limit>,
    /// What the document says of it.
    pub docs: String,
    /// Its place.
    pub pointer: Pointer,
}

/// What a variant holds of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holds {
    /// All of it.
    Whole,
    /// All of it but the tag, which its type does not have.
    WithoutTag,
    /// The value of the one property that it consists of beside the tag.
    Content(String),
}

impl Holds {
    /// The property whose value the variant holds.
    pub fn content(&self) -> Option<&str> {
        match self {
            Self::Content(name) => Some(name),
            Self::Whole | Self::WithoutTag => None,
        }
    }
}

/// Another name for a type.
#[derive(Debug)]
pub struct Alias {
    /// The type.
    pub ty: Type,
    /// The constraints of whatever refers to it.
    pub limits: Vec<Limit>,
}

/// A type as it is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// `type: "null"`, or `enum: [null]`
    Null,
    /// `type: boolean`
    Boolean,
    /// `type: integer`, `format: int32`
    I32,
    /// `type: integer`
    I64,
    /// `type: integer`, `format: uint32`
    U32,
    /// `type: integer`, `format: uint64`, or bounds that need it
    U64,
    /// `type: integer` with bounds beyond both `i64` and `u64`
    I128,
    /// `type: number`
    F64,
    /// `type: number`, `format: decimal`
    DecimalNumber,
    /// `type: string`
    String,
    /// `type: string`, `format: password`
    Secret,
    /// `type: string`, `format: decimal`
    Decimal,
    /// `type: string`, `format: rfc2822`
    Rfc2822,
    /// `type: string`, `format: date-time`
    DateTime,
    /// `type: string`, `format: date`
    Date,
    /// `{}`
    Json,
    /// `type: object`
    JsonObject,
    /// A body of a response that is not JSON and not text.
    Bytes,
    /// What is uploaded: `type: string`, `format: binary` in a multipart body, or a whole body.
    File,
    /// `type: array`
    List(Box<Type>),
    /// `type: array`, `prefixItems`
    Tuple(Vec<Type>),
    /// `type: object`, `additionalProperties: {…}`
    Map(Box<Type>),
    /// `nullable: true`, where no property is there to say so
    Nullable(Box<Type>),
    /// A type that contains itself here.
    Boxed(Box<Type>),
    /// A type with a name.
    Named(TypeId),
}

impl Type {
    /// Whether null is a value of it like any other.
    pub fn is_nullable(&self) -> bool {
        matches!(self, Self::Null | Self::Json)
    }

    /// The types with a name that stand in it.
    pub fn named(&self) -> Vec<TypeId> {
        match self {
            Self::Named(id) => vec![*id],
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::Boxed(inner) => inner.named(),
            Self::Tuple(items) => items.iter().flat_map(Self::named).collect(),
            _ => Vec::new(),
        }
    }
}
