//! [`Edit`]: what cures a diagnostic, in terms of the document; [`Action`] is the same in terms of an overlay.

use serde_json::{Value, json};

use crate::pointer::Pointer;

/// A change of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Take a node out.
    Remove(Pointer),
    /// Merge a value into a node: properties into an object, a list's items behind those of another.
    Update(Pointer, Value),
}

/// A change of the document as an action of an overlay.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// The JSONPath of the node.
    pub target: String,
    /// What is merged into it; it is taken out if there is nothing.
    pub update: Option<Value>,
}

impl Edit {
    /// The node.
    pub fn node(&self) -> &Pointer {
        let (Self::Remove(node) | Self::Update(node, _)) = self;
        node
    }

    /// The same for a node that is found by this JSONPath.
    pub(super) fn action(&self, target: String) -> Action {
        let update = match self {
            Self::Remove(_) => None,
            Self::Update(_, value) => Some(value.clone()),
        };
        Action { target, update }
    }
}

impl Action {
    /// The action as JSON.
    pub fn to_json(&self) -> Value {
        match &self.update {
            Some(value) => json!({ "target": self.target, "update": value }),
            None => json!({ "target": self.target, "remove": true }),
        }
    }
}
