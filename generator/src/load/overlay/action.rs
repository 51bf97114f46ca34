//! The text of an overlay in, its version and its [`Action`]s out.

use serde_json::{Map, Value};
use serde_json_path::JsonPath;

use super::{Overlay, Version};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place, Text};
use crate::load::{repeated, text};
use crate::pointer::Pointer;

/// One change of the document.
pub struct Action {
    /// The nodes that are changed.
    pub target: JsonPath,
    /// What happens to them.
    pub change: Change,
    /// Where in the overlay it stands.
    pub pointer: Pointer,
}

/// What happens to a node.
pub enum Change {
    /// It is taken out.
    Remove,
    /// A value is merged into it.
    Update(Value),
    /// What another node is gets merged into it.
    Copy(JsonPath),
}

/// Reads an overlay; `None` if that is not possible, which is then reported. An action that is wrong is reported and is not
/// among the others.
pub fn read(overlay: &Overlay, diagnostics: &mut Diagnostics) -> Option<(Version, Vec<Action>)> {
    let mut reader = Reader { text: Text::Overlay(overlay.name.clone()), version: Version::V1_1, diagnostics };
    let value = match text::parse(&overlay.name, &overlay.text) {
        Ok(parsed) => {
            if parsed.is_repeated {
                repeated::warn(&overlay.name, &overlay.text, &reader.text, reader.diagnostics);
            }
            parsed.value
        }
        Err(refused) => {
            reader.diagnostics.push(refused.into_diagnostic(reader.text));
            return None;
        }
    };
    reader.version = reader.version(&value)?;
    let place = Pointer::root().child("actions");
    let Some(Value::Array(actions)) = value.get("actions") else {
        let place = if value.get("actions").is_some() { place } else { Pointer::root() };
        reader.refuse(&place, "an overlay has a list `actions`", "write `actions:` and a list of them");
        return None;
    };
    let actions = actions.iter().enumerate().filter_map(|(index, action)| reader.action(action, &place.child(index)));
    let actions = actions.collect();
    Some((reader.version, actions))
}

struct Reader<'d> {
    text: Text,
    version: Version,
    diagnostics: &'d mut Diagnostics,
}

impl Reader<'_> {
    fn version(&mut self, value: &Value) -> Option<Version> {
        let place = Pointer::root();
        let Some(version) = value.get("overlay") else {
            let message = "this is not an overlay: it has no property `overlay`";
            self.refuse(&place, message, "begin it with `overlay: 1.1.0`");
            return None;
        };
        let text = version.as_str().map_or_else(|| version.to_string(), str::to_owned);
        let is = |version: &str| text == version || text.starts_with(&format!("{version}."));
        match () {
            () if is("1.0") => Some(Version::V1_0),
            () if is("1.1") => Some(Version::V1_1),
            () => {
                let message = format!("version {text} of the Overlay Specification is not supported");
                self.refuse(&place.child("overlay"), message, "write it in 1.0 or 1.1");
                None
            }
        }
    }

    fn action(&mut self, action: &Value, place: &Pointer) -> Option<Action> {
        let Value::Object(action) = action else {
            self.refuse(place, "an action is an object", "write `- target: …` and `update`, `remove` or `copy`");
            return None;
        };
        let target = self.path(action, "target", place)?;
        let change = self.change(action, place)?;
        Some(Action { target, change, pointer: place.clone() })
    }

    /// Of several changes the specification has an order.
    fn change(&mut self, action: &Map<String, Value>, place: &Pointer) -> Option<Change> {
        match (action.get("remove"), action.get("copy"), action.get("update")) {
            (Some(Value::Bool(true)), _, _) => Some(Change::Remove),
            (Some(other), _, _) if !other.is_boolean() => {
                self.refuse(&place.child("remove"), "`remove` is not a boolean", "write `remove: true`");
                None
            }
            (_, Some(_), _) if self.version == Version::V1_0 => {
                let message = "version 1.0 of the Overlay Specification has no `copy`";
                self.refuse(&place.child("copy"), message, "say `overlay: 1.1.0` at the top");
                None
            }
            (_, Some(_), _) => self.path(action, "copy", place).map(Change::Copy),
            (_, None, Some(value)) => Some(Change::Update(value.clone())),
            (_, None, None) => {
                self.refuse(place, "this action changes nothing", "add `update`, `remove: true` or `copy`");
                None
            }
        }
    }

    fn path(&mut self, action: &Map<String, Value>, keyword: &str, place: &Pointer) -> Option<JsonPath> {
        let Some(Value::String(text)) = action.get(keyword) else {
            let message = format!("`{keyword}` is a JSONPath, and this action has none");
            self.refuse(place, message, format!("write `{keyword}: $.info`, or whatever it is about"));
            return None;
        };
        match JsonPath::parse(text) {
            Ok(path) => Some(path),
            Err(error) => {
                let message =
                    format!("`{text}` is not a JSONPath: {}, at character {}", error.message(), error.position());
                let help = "write it as RFC 9535 has it: `$.paths['/pets'].get`, with quotes around names with a slash";
                self.refuse(&place.child(keyword), message, help);
                None
            }
        }
    }

    fn refuse(&mut self, place: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        let place = Place::NodeOf(self.text.clone(), place.clone());
        self.diagnostics.push(Diagnostic::fault_at(place, Code::InvalidOverlay, message, help));
    }
}
