//! Overlays (OpenAPI Overlay 1.0 and 1.1): the document as it is read in, the document as its overlays want it out, with a trace
//! of where each changed node comes from.
//!
//! What an overlay says is read by `action`, what that does to a document is in `merge`.

mod action;
mod merge;
#[cfg(test)]
mod tests;

use serde_json::Value;

use self::action::{Action, Change, read};
use self::merge::{Site, merge, remove};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Origin, Place, Text, Trace};
use crate::pointer::Pointer;
use crate::{Overlay, Source};

/// The version of the Overlay Specification that an overlay is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    V1_0,
    V1_1,
}

/// Applies all overlays in their order; `false` if one of them cannot be, which is then reported.
pub fn apply(document: &mut Value, source: &Source, diagnostics: &mut Diagnostics) -> bool {
    let mut trace = Trace::default();
    let before = diagnostics.mark();
    for overlay in &source.overlays {
        let Some((version, actions)) = read(overlay, diagnostics) else { continue };
        for action in &actions {
            let text = Text::Overlay(overlay.name.clone());
            Run { document, trace: &mut trace, diagnostics, version, text }.action(action);
        }
    }
    diagnostics.set_trace(trace);
    !diagnostics.has_errors_since(before)
}

/// An action on its way.
struct Run<'r> {
    document: &'r mut Value,
    trace: &'r mut Trace,
    diagnostics: &'r mut Diagnostics,
    version: Version,
    text: Text,
}

impl Run<'_> {
    fn action(&mut self, action: &Action) {
        let found = locate(&action.target, self.document);
        if found.is_empty() {
            let place = Place::NodeOf(self.text.clone(), action.pointer.child("target"));
            let message = format!("`{}` is nowhere in the document, so this action does nothing", action.target);
            let help = "correct the path, or remove the action if the document says so by itself now";
            self.diagnostics.push(Diagnostic::at(place, Code::UnmatchedTarget, message, help));
        }
        match &action.change {
            // From the last one on, so that the places of the others stay what they are.
            Change::Remove => found.iter().rev().for_each(|path| self.remove(path, action)),
            Change::Update(value) => {
                let origin = Origin { text: self.text.clone(), pointer: action.pointer.child("update") };
                found.iter().for_each(|path| self.merge(path, value, &origin, action));
            }
            Change::Copy(from) => self.copy(from, &found, action),
        }
    }

    fn remove(&mut self, path: &[String], action: &Action) {
        if !remove(self.document, path, self.trace) {
            self.refuse(action, "target", "the document itself cannot be removed".to_owned(), "name a part of it");
        }
    }

    fn copy(&mut self, from: &serde_json_path::JsonPath, targets: &[Vec<String>], action: &Action) {
        let sources = locate(from, self.document);
        let [source] = sources.as_slice() else {
            let message = format!("`{from}` selects {} nodes, and one is needed to be copied", sources.len());
            self.refuse(action, "copy", message, "name one node, as in `$.paths['/pets']`");
            return;
        };
        let pointer = source.iter().fold(Pointer::root(), |pointer, token| pointer.child(token));
        let origin = self.trace.origin(&pointer);
        let Some(value) = node(self.document, source).cloned() else { return };
        targets.iter().for_each(|path| self.merge(path, &value, &origin, action));
    }

    fn merge(&mut self, path: &[String], value: &Value, origin: &Origin, action: &Action) {
        let mut site = Site { path: path.to_vec(), trace: self.trace, version: self.version };
        let Some(target) = node_mut(self.document, path) else { return };
        if let Err(clash) = merge(target, value, origin, &mut site) {
            let keyword = if matches!(action.change, Change::Copy(_)) { "copy" } else { "update" };
            let place = clash.path.iter().fold(Pointer::root(), |pointer, token| pointer.child(token));
            let message = format!("{} cannot be merged into {}, which `{place}` is", clash.new, clash.old);
            let help = "give a value of the same kind, or remove the node by an action before this one";
            self.refuse(action, keyword, message, help);
        }
    }

    fn refuse(&mut self, action: &Action, keyword: &str, message: String, help: &str) {
        let place = Place::NodeOf(self.text.clone(), action.pointer.child(keyword));
        self.diagnostics.push(Diagnostic::fault_at(place, Code::InvalidOverlay, message, help));
    }
}

/// The steps to each node that a query selects, in the document's order.
fn locate(query: &serde_json_path::JsonPath, document: &Value) -> Vec<Vec<String>> {
    use serde_json_path_core::path::PathElement;

    let found = query.query_located(document);
    let paths = found.locations().map(|location| {
        let steps = location.iter().map(|element| match element {
            PathElement::Name(name) => (*name).to_owned(),
            PathElement::Index(index) => index.to_string(),
        });
        steps.collect()
    });
    paths.collect()
}

fn node<'v>(value: &'v Value, path: &[String]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, token| match value {
        Value::Object(map) => map.get(token),
        Value::Array(items) => items.get(token.parse::<usize>().ok()?),
        _ => None,
    })
}

fn node_mut<'v>(value: &'v mut Value, path: &[String]) -> Option<&'v mut Value> {
    path.iter().try_fold(value, |value, token| match value {
        Value::Object(map) => map.get_mut(token),
        Value::Array(items) => items.get_mut(token.parse::<usize>().ok()?),
        _ => None,
    })
}
