//! Where the nodes of the document that the other stages see come from: what was copied, inserted or moved before.

use std::collections::BTreeMap;

use crate::pointer::Pointer;

/// A text that the document is made of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Text {
    /// The document itself.
    #[default]
    Document,
    /// A file that it refers to, by its path as seen from the document's folder.
    Other(String),
    /// An overlay, by its name.
    Overlay(String),
}

/// A node of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The text.
    pub text: Text,
    /// The node.
    pub pointer: Pointer,
}

impl Origin {
    /// A node in this one.
    pub fn child(&self, token: &str) -> Self {
        Self { text: self.text.clone(), pointer: self.pointer.child(token) }
    }
}

/// The origins of the nodes that are not where the document's text has them. Nodes in a node come from where it comes from,
/// unless they have an entry of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    origin: Option<Origin>,
    children: BTreeMap<String, Trace>,
}

impl Trace {
    /// Whether all nodes are where the document's text has them.
    pub fn is_empty(&self) -> bool {
        self == &Self::default()
    }

    /// Where a node comes from.
    pub fn origin(&self, pointer: &Pointer) -> Origin {
        self.origin_of(pointer.tokens())
    }

    fn origin_of(&self, tokens: impl Iterator<Item = String>) -> Origin {
        let mut found = self.origin.clone().unwrap_or(Origin { text: Text::Document, pointer: Pointer::root() });
        let mut trace = Some(self);
        for token in tokens {
            trace = trace.and_then(|trace| trace.children.get(&token));
            found = trace.and_then(|trace| trace.origin.clone()).unwrap_or_else(|| found.child(&token));
        }
        found
    }

    /// A node was inserted.
    pub fn insert(&mut self, path: &[String], origin: Origin) {
        *self.at(path) = Self { origin: Some(origin), children: BTreeMap::new() };
    }

    /// A property was taken out.
    pub fn remove_property(&mut self, object: &[String], name: &str) {
        self.at(object).children.remove(name);
    }

    /// An item was taken out of a list that has so many now.
    pub fn remove_item(&mut self, list: &[String], index: usize, left: usize) {
        for index in index..left {
            let next = (index + 1).to_string();
            let path = list.iter().cloned().chain([next.clone()]);
            let origin = self.origin_of(path);
            let mut moved = self.at(list).children.remove(&next).unwrap_or_default();
            moved.origin = Some(origin);
            self.at(list).children.insert(index.to_string(), moved);
        }
        self.at(list).children.remove(&left.to_string());
    }

    fn at(&mut self, path: &[String]) -> &mut Self {
        path.iter().fold(self, |trace, token| trace.children.entry(token.clone()).or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(tokens: &str) -> Vec<String> {
        tokens.split('/').map(str::to_owned).collect()
    }

    #[track_caller]
    fn check(trace: &Trace, pointer: &str, expected: &str) {
        assert_eq!(trace.origin(&Pointer::parse(pointer).unwrap()).pointer.as_str(), expected);
    }

    #[test]
    fn items_move_up_with_what_is_in_them() {
        let mut trace = Trace::default();
        let overlay = Origin { text: Text::Overlay("o".to_owned()), pointer: Pointer::parse("#/actions/0").unwrap() };
        trace.insert(&path("list/2/x"), overlay);
        trace.remove_item(&path("list"), 0, 2);
        check(&trace, "#/list/0/y", "#/list/1/y");
        check(&trace, "#/list/1/x/z", "#/actions/0/z");
        check(&trace, "#/list/1/y", "#/list/2/y");
        trace.remove_item(&path("list"), 0, 1);
        check(&trace, "#/list/0/x", "#/actions/0");
        check(&trace, "#/list/0/y", "#/list/2/y");
        check(&trace, "#/other", "#/other");
    }

    #[test]
    fn what_was_taken_out_and_put_in_again_is_new() {
        let mut trace = Trace::default();
        let origin = Origin { text: Text::Overlay("o".to_owned()), pointer: Pointer::parse("#/actions/1").unwrap() };
        trace.insert(&path("a/b"), origin.clone());
        trace.remove_property(&path("a"), "b");
        check(&trace, "#/a/b", "#/a/b");
        trace.insert(&path("a"), origin);
        check(&trace, "#/a/b", "#/actions/1/b");
    }
}
