//! [`Probe`]: what a look ahead tells of a value, from which unions choose; and [`Fit`], how well it suits a type.

use std::borrow::Cow;

use super::{Decode, Kind, Reader};

/// What a look ahead tells of a value.
#[derive(Clone, Debug)]
pub struct Probe<'j> {
    /// The kind of the value.
    pub kind: Kind,
    /// The text of a string or a number; empty otherwise.
    pub text: Cow<'j, str>,
    /// The names of an object's properties, and their texts where those are strings.
    pub properties: Vec<(String, Option<String>)>,
    input: Reader<'j>,
}

impl<'j> Probe<'j> {
    /// What the reader that stands before the value has found.
    pub(super) fn new(
        kind: Kind,
        text: Cow<'j, str>,
        properties: Vec<(String, Option<String>)>,
        input: Reader<'j>,
    ) -> Self {
        Self { kind, text, properties, input }
    }

    /// Whether the value is to be refused where it would be kept without being understood.
    pub(crate) fn is_exact(&self) -> bool {
        self.input.is_exact()
    }

    /// Whether the value could be read as a `T`: the only sure test, and the most expensive.
    pub fn decodes<T: Decode>(&self) -> bool {
        T::decode(&mut self.input.clone()).is_ok()
    }

    /// What a look at the first item of an array tells; `None` for an empty one.
    pub fn first_item(&self) -> Option<Probe<'_>> {
        self.input.clone().first_item()?.probe().ok()
    }
}

/// How well a value suits a type; higher is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fit(pub u32);

impl Fit {
    /// The type could hold any value.
    pub const ANYTHING: Self = Self(0);
    /// The kind of the value is right.
    pub const KIND: Self = Self(1);
    /// The value is one that the type names, or is written exactly as the type writes it.
    pub const EXACT: Self = Self(2);
}
