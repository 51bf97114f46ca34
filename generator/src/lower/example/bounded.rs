//! [`Bounded`]: the types, for as many steps as an example is worth. Types can demand values that have no end, and unions of
//! unions can be tried in more ways than there is time for.

use std::cell::{Cell, OnceCell};
use std::ops::Deref;

use super::height::Heights;
use crate::ir::{Type, Types};

/// An example that takes more steps than this tells nobody anything.
const MAX_STEPS: usize = 20_000;

/// The types, and how many steps are left.
pub struct Bounded<'t> {
    types: &'t Types,
    left: Cell<usize>,
    heights: OnceCell<Heights>,
}

impl<'t> Bounded<'t> {
    /// The types, with all steps left.
    pub fn new(types: &'t Types) -> Self {
        Self { types, left: Cell::new(MAX_STEPS), heights: OnceCell::new() }
    }

    /// Takes a step, if one is left.
    pub fn step(&self) -> Option<()> {
        self.left.set(self.left.get().checked_sub(1)?);
        Some(())
    }

    /// How deep the least value of a type is; `None` if every value holds another one without end.
    pub fn height(&self, ty: &Type) -> Option<usize> {
        self.heights.get_or_init(|| Heights::new(self.types)).of(ty)
    }
}

impl Deref for Bounded<'_> {
    type Target = Types;

    fn deref(&self) -> &Types {
        self.types
    }
}
