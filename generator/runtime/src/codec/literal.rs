//! [`Literal`]: a value that a document allows as the only one, as tables of types have it.

use super::Kind;

/// A string, number or boolean of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Literal {
    /// The string, or the number or boolean as JSON writes it.
    pub text: &'static str,
    /// Which of them it is.
    pub kind: Kind,
}

impl Literal {
    /// The literal with this text, which is of the kind of `value`.
    pub const fn new<T: Scalar>(text: &'static str, _value: T) -> Self {
        Self { text, kind: T::KIND }
    }
}

/// The tag of a value that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    /// A string, or a number or boolean as it is written.
    pub(crate) text: String,
    /// Which of them it is.
    pub(crate) kind: Kind,
}

/// A Rust value that a literal of the document is written as.
pub trait Scalar: Copy {
    /// Its kind in JSON.
    const KIND: Kind;
}

impl Scalar for &str {
    const KIND: Kind = Kind::String;
}

impl Scalar for bool {
    const KIND: Kind = Kind::Boolean;
}

impl Scalar for i32 {
    const KIND: Kind = Kind::Number;
}

impl Scalar for i64 {
    const KIND: Kind = Kind::Number;
}

impl Scalar for f64 {
    const KIND: Kind = Kind::Number;
}
