//! The constraints of values.

use super::Bound;

/// A constraint.
#[derive(Clone, Debug, PartialEq)]
pub enum Limit {
    /// `minLength`
    MinLength(usize),
    /// `maxLength`
    MaxLength(usize),
    /// `format`, if it does not make a type of its own; nothing checks it.
    Format(String),
    /// `pattern`
    Pattern(Pattern),
    /// `minimum`
    Minimum(Bound),
    /// `maximum`
    Maximum(Bound),
    /// `minimum` with `exclusiveMinimum`
    ExclusiveMinimum(Bound),
    /// `maximum` with `exclusiveMaximum`
    ExclusiveMaximum(Bound),
    /// `multipleOf`
    MultipleOf(f64),
    /// `minItems`
    MinItems(usize),
    /// `maxItems`
    MaxItems(usize),
    /// `uniqueItems`
    UniqueItems,
    /// `minProperties`
    MinProperties(usize),
    /// `maxProperties`
    MaxProperties(usize),
    /// The constraints of `items`
    Items(Vec<Limit>),
    /// The constraints of one of `prefixItems`, by its position
    Item(usize, Vec<Limit>),
    /// The constraints of `additionalProperties`
    Values(Vec<Limit>),
}

/// A regular expression of ECMA-262.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The text of the document.
    pub source: String,
    /// How a client checks it.
    pub check: PatternCheck,
}

/// How a client checks a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatternCheck {
    /// In linear time, as the document has it.
    AsWritten,
    /// In linear time, in these words.
    Linear(String),
    /// By backtracking up to a limit, in these words.
    Backtracking(String),
}
