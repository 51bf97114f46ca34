//! A call with example data, as expressions that can be printed into docs and run against a server.

use super::TypeId;

/// A call with example data.
#[derive(Debug)]
pub struct Example {
    /// The arguments.
    pub arguments: Vec<Expr>,
    /// Setters and what they are given.
    pub setters: Vec<(String, Expr)>,
}

/// A value as code writes it.
#[derive(Clone, Debug)]
pub enum Expr {
    /// `true`
    Boolean(bool),
    /// `7`
    Integer(String),
    /// `7.into()`
    IntoInteger(i32),
    /// `0.5`
    Float(f64),
    /// `"text"`, where anything that a text converts into is taken
    Text(String),
    /// `"text".into()`
    IntoText(String),
    /// `"12.50".parse()?`
    Parsed(String),
    /// `serde_json::from_str("…")?`, for free-form JSON
    Json(String),
    /// `vec![…]`
    List(Vec<Expr>),
    /// `(…, …)`
    Tuple(Vec<Expr>),
    /// `BTreeMap::from([("key".to_owned(), …)])`
    Map(Vec<(String, Expr)>),
    /// `Some(…)`
    Some(Box<Expr>),
    /// `None`
    None,
    /// `Nullable::Absent`
    Absent,
    /// `Nullable::Null`
    Null,
    /// `Nullable::Value(…)`
    Value(Box<Expr>),
    /// `Box::new(…)`
    Boxed(Box<Expr>),
    /// `types::Color::Red`
    EnumValue(TypeId, String),
    /// `types::Pet::Cat(…)`
    Variant(TypeId, String, Box<Expr>),
    /// `types::Tree(…)`
    Newtype(TypeId, Box<Expr>),
    /// `types::Cat { lives: 9, ..Default::default() }`
    Struct(TypeId, Vec<(String, Expr)>, Rest),
}

/// What stands behind the fields that a struct expression names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// Nothing: all fields are named.
    Nothing,
    /// `..Default::default()`
    Default,
}
