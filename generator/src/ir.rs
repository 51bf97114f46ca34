//! What the client will be: OpenAPI's nouns with Rust's decisions made.
//!
//! Plain data in, plain data out; neither the document's types nor tokens are known here. Every `$ref` is a
//! [`TypeId`], every name is one that Rust takes, and every node that comes from the document remembers where.

#![deny(clippy::missing_docs_in_private_items)]

mod api;
mod bound;
mod example;
mod features;
mod limit;
mod literal;
mod operation;
mod paging;
mod secrecy;
mod shape;
mod size;
mod types;

pub use self::api::{
    Api, CredentialKind, ErrorBody, ExampleValue, Location, Resource, SecurityScheme, Server, ServerVariable,
    TypedSchema,
};
pub use self::bound::Bound;
pub use self::example::{Example, Expr, Rest};
pub use self::features::{Feature, FeatureContent, Features, Gate};
pub use self::limit::{Limit, Pattern, PatternCheck};
pub use self::literal::Literal;
pub use self::operation::{
    Arity, BodyContent, BodyFormat, Case, CaseOutcome, EventFormat, Method, Operation, Parameter, PartEncoding,
    ReadFormat, Repeat, RequestBody, ResponseHeader, ResponseHeaders, Responses, Sample, Serialization, StatusPattern,
    Style, Success, SuccessVariant,
};
pub use self::paging::{End, Mark, MarkPlace, NextPage, Paging, PathStep, PropertyPath, SamplePage};
pub use self::secrecy::{Secrecy, is_free_form};
pub use self::size::Sizes;
pub use self::types::{
    Access, Additional, Alias, EnumValue, Field, Fixed, Flatten, Holds, IntegerEnum, Name, Presence, StringEnum,
    Struct, Type, TypeDef, TypeId, TypeKind, Types, Union, Usage, Variant,
};
