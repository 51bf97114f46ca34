//! [`Ids`]: in go the ids that operations want, out come those that they have, no two of them the same type.

use std::collections::BTreeMap;

use super::names::{Scope, type_name};
use crate::pointer::Pointer;

/// The operation ids that are taken, and by whom.
#[derive(Default)]
pub struct Ids {
    scope: Scope,
    operations: BTreeMap<String, Pointer>,
}

impl Ids {
    /// Takes an id; `false` if it is taken, or one that would be the same type.
    pub fn claim(&mut self, id: &str, operation: &Pointer) -> bool {
        let name = type_name(id);
        let is_free = self.scope.is_free(&name);
        if is_free {
            self.scope.claim(std::slice::from_ref(&name));
            self.operations.insert(name, operation.clone());
        }
        is_free
    }

    /// Takes an id like this one.
    pub fn claim_other(&mut self, id: &str, operation: &Pointer) -> String {
        let name = self.scope.claim(&[type_name(id)]);
        self.operations.insert(name.clone(), operation.clone());
        name
    }

    /// Who has taken an id.
    pub fn operation(&self, id: &str) -> Option<&Pointer> {
        self.operations.get(&type_name(id))
    }
}
