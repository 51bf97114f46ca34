//! [`Bounds`]: the bounds that a schema puts on values, and those that several schemas put on them together.

use crate::ir::Bound;

/// The bounds that a schema puts on values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bounds {
    /// `pattern`, more than one if several schemas have one.
    pub patterns: Vec<String>,
    /// `minLength`
    pub min_length: Option<usize>,
    /// `maxLength`
    pub max_length: Option<usize>,
    /// `minimum`, `exclusiveMinimum`
    pub minimum: Option<Edge>,
    /// `maximum`, `exclusiveMaximum`
    pub maximum: Option<Edge>,
    /// `multipleOf`, more than one if several schemas have one.
    pub multiples_of: Vec<f64>,
    /// `minItems`
    pub min_items: Option<usize>,
    /// `maxItems`
    pub max_items: Option<usize>,
    /// `uniqueItems`
    pub unique_items: bool,
    /// `minProperties`
    pub min_properties: Option<usize>,
    /// `maxProperties`
    pub max_properties: Option<usize>,
}

/// Where the range of a number begins or ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// The number.
    pub number: Bound,
    /// Whether the number itself is outside.
    pub exclusive: bool,
}

impl Edge {
    /// An edge at a number.
    pub fn new(number: impl Into<Bound>, exclusive: bool) -> Self {
        Self { number: number.into(), exclusive }
    }
}

impl Bounds {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds the bounds of another schema for the same value.
    pub fn merge(&mut self, other: Self) {
        add(&mut self.patterns, other.patterns);
        self.min_length = self.min_length.max(other.min_length);
        self.max_length = least(self.max_length, other.max_length);
        self.minimum = tighter(self.minimum, other.minimum, |one, other| one > other);
        self.maximum = tighter(self.maximum, other.maximum, |one, other| one < other);
        add(&mut self.multiples_of, other.multiples_of);
        self.min_items = self.min_items.max(other.min_items);
        self.max_items = least(self.max_items, other.max_items);
        self.unique_items |= other.unique_items;
        self.min_properties = self.min_properties.max(other.min_properties);
        self.max_properties = least(self.max_properties, other.max_properties);
    }
}

fn add<T: PartialEq>(known: &mut Vec<T>, others: Vec<T>) {
    for other in others {
        if !known.contains(&other) {
            known.push(other);
        }
    }
}

fn least(one: Option<usize>, other: Option<usize>) -> Option<usize> {
    [one, other].into_iter().flatten().min()
}

fn tighter(one: Option<Edge>, other: Option<Edge>, is_tighter: fn(Bound, Bound) -> bool) -> Option<Edge> {
    let (Some(first), Some(second)) = (one, other) else { return one.or(other) };
    let second_wins = is_tighter(second.number, first.number) || second.number == first.number && second.exclusive;
    Some(if second_wins { second } else { first })
}
