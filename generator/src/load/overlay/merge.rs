//! A node and a change in, the changed node out, and the trace kept true.

use serde_json::Value;

use super::{Origin, Trace, Version, node_mut};

/// Where something is merged.
pub struct Site<'t> {
    /// The steps to it.
    pub path: Vec<String>,
    /// The trace of the document.
    pub trace: &'t mut Trace,
    /// Whose rules hold.
    pub version: Version,
}

/// Two values that do not go together.
pub struct Clash {
    /// Where.
    pub path: Vec<String>,
    /// What is there, in words.
    pub old: &'static str,
    /// What should be merged into it, in words.
    pub new: &'static str,
}

/// Merges a value into the node that an action selected. Nothing is changed where that is not possible.
pub fn merge(target: &mut Value, value: &Value, origin: &Origin, site: &mut Site<'_>) -> Result<(), Clash> {
    match (&mut *target, value) {
        (Value::Array(items), Value::Array(more)) if site.version == Version::V1_1 => {
            site.append(items, more, origin);
            Ok(())
        }
        (Value::Array(items), value) => {
            let path = site.child(&items.len().to_string());
            site.trace.insert(&path, origin.clone());
            items.push(value.clone());
            Ok(())
        }
        (Value::Object(_), Value::Object(_)) => {
            check(target, value, &mut site.path.clone())?;
            site.property(target, value, origin);
            Ok(())
        }
        (old, new) if site.version == Version::V1_1 && is_primitive(old) && is_primitive(new) => {
            site.trace.insert(&site.path, origin.clone());
            *target = new.clone();
            Ok(())
        }
        (old, new) => Err(Clash { path: site.path.clone(), old: kind(old), new: kind(new) }),
    }
}

/// Whether a property can be merged into another, without doing it.
fn check(old: &Value, new: &Value, path: &mut Vec<String>) -> Result<(), Clash> {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            for (name, value) in new {
                let Some(known) = old.get(name) else { continue };
                path.push(name.clone());
                check(known, value, path)?;
                path.pop();
            }
            Ok(())
        }
        (Value::Array(_), Value::Array(_)) => Ok(()),
        (old, new) if is_primitive(old) && is_primitive(new) => Ok(()),
        (old, new) => Err(Clash { path: path.clone(), old: kind(old), new: kind(new) }),
    }
}

impl Site<'_> {
    /// Merges what was checked.
    fn property(&mut self, old: &mut Value, new: &Value, origin: &Origin) {
        match (old, new) {
            (Value::Object(old), Value::Object(new)) => {
                for (name, value) in new {
                    let origin = origin.child(name);
                    self.path.push(name.clone());
                    match old.get_mut(name) {
                        Some(known) => self.property(known, value, &origin),
                        None => {
                            self.trace.insert(&self.path, origin);
                            old.insert(name.clone(), value.clone());
                        }
                    }
                    self.path.pop();
                }
            }
            (Value::Array(items), Value::Array(more)) => self.append(items, more, origin),
            (old, new) => {
                self.trace.insert(&self.path, origin.clone());
                *old = new.clone();
            }
        }
    }

    fn append(&mut self, items: &mut Vec<Value>, more: &[Value], origin: &Origin) {
        for (index, item) in more.iter().enumerate() {
            let path = self.child(&items.len().to_string());
            self.trace.insert(&path, origin.child(&index.to_string()));
            items.push(item.clone());
        }
    }

    fn child(&self, token: &str) -> Vec<String> {
        self.path.iter().cloned().chain([token.to_owned()]).collect()
    }
}

/// Takes a node out; `false` for the document itself. One that is not there any more went with what it stood in.
pub fn remove(document: &mut Value, path: &[String], trace: &mut Trace) -> bool {
    let Some((last, around)) = path.split_last() else { return false };
    match node_mut(document, around) {
        Some(Value::Object(map)) => {
            map.shift_remove(last);
            trace.remove_property(around, last);
        }
        Some(Value::Array(items)) => {
            if let Some(index) = last.parse().ok().filter(|index| *index < items.len()) {
                items.remove(index);
                trace.remove_item(around, index, items.len());
            }
        }
        _ => {}
    }
    true
}

fn is_primitive(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
