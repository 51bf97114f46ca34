//! What Rust lets a caller do with a type, as far as that follows from what the type is.

use super::{Field, Fixed, Flatten, Literal, Presence, Struct, TypeDef, Types};

/// More arguments than this are hard to tell apart, and clippy agrees.
const MAX_ARGUMENTS: usize = 7;

impl TypeDef {
    /// Whether only a server makes values of it, so that it may grow without breaking anybody.
    pub fn is_made_by_server(&self) -> bool {
        self.usage.response && !self.usage.request
    }
}

impl Field {
    /// Whether it must be there, be it null.
    pub fn is_required(&self) -> bool {
        matches!(self.presence, Presence::Required | Presence::Nullable)
    }

    /// Whether there is always something to give, be it null.
    pub fn is_given(&self) -> bool {
        self.is_required() && self.preset().is_none()
    }

    /// The value that constructors and `Default` set.
    pub fn preset(&self) -> Option<&Literal> {
        match &self.fixed {
            Fixed::Tag(value) => Some(value),
            Fixed::Constant(value) if self.is_required() => Some(value),
            Fixed::Constant(_) | Fixed::No => None,
        }
    }
}

impl Struct {
    /// The properties that must be given.
    pub fn given_fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.is_given())
    }

    /// The parts that must be given.
    pub fn given_parts<'s>(&'s self, types: &'s Types) -> impl Iterator<Item = &'s Flatten> {
        self.flatten.iter().filter(|flatten| !flatten.has_default(types))
    }

    /// Whether there is a `new`: what must be given is less than all, or nobody else can make a value otherwise.
    pub fn has_constructor(&self, types: &Types, is_made_by_server: bool) -> bool {
        let count = self.given_fields().count() + self.given_parts(types).count();
        let all = self.fields.len() + self.flatten.len() + usize::from(self.additional.is_some());
        (1..=MAX_ARGUMENTS).contains(&count) && (count < all || is_made_by_server)
    }
}
