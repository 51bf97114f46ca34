//! What a `$ref` leads to: a text and the file it stands in go in, a file and a place in it come out.

use serde_json::Value;

use super::identifiers::has_scheme;
use crate::pointer::Pointer;

/// Steps of a place that say nothing of what stands there.
const STRUCTURE: &[&str] = &[
    "components",
    "schemas",
    "responses",
    "parameters",
    "requestBodies",
    "headers",
    "examples",
    "definitions",
    "$defs",
    "paths",
    "properties",
    "items",
    "content",
    "schema",
    "allOf",
    "anyOf",
    "oneOf",
    "application/json",
    "requestBody",
];

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// The file, by its path from the folder of the document.
    pub file: String,
    /// The steps from the root of the file.
    pub tokens: Vec<String>,
}

impl Target {
    /// The target of a `$ref` in `file`; `None` if it is not one that can be followed, such as one to the network.
    pub fn new(reference: &str, file: &str) -> Option<Self> {
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        // A path is relative, with `/` between its parts on every system.
        let is_elsewhere = has_scheme(path) || path.starts_with('/') || path.contains(['\\', '\0']);
        if is_elsewhere || !(fragment.is_empty() || fragment.starts_with('/')) {
            return None;
        }
        let file = if path.is_empty() { file.to_owned() } else { join(file, path) };
        let tokens = Pointer::parse(&format!("#{fragment}"))?.tokens().collect();
        Some(Self { file, tokens })
    }

    /// The place under a name or index.
    pub fn child(&self, token: &str) -> Self {
        Self { file: self.file.clone(), tokens: self.tokens.iter().cloned().chain([token.to_owned()]).collect() }
    }

    /// Whether this is a component, of whatever kind.
    pub fn is_component(&self) -> bool {
        matches!(self.tokens.as_slice(), [components, _, _] if components == "components")
    }

    /// What stands there.
    pub fn find_in<'v>(&self, file: &'v Value) -> Option<&'v Value> {
        self.tokens.iter().try_fold(file, |value, token| match value {
            Value::Object(map) => map.get(token),
            Value::Array(items) => items.get(token.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// The place in the file.
    pub fn pointer(&self) -> Pointer {
        self.tokens.iter().fold(Pointer::root(), |pointer, token| pointer.child(token))
    }

    /// A name that says what stands there.
    pub fn name(&self) -> String {
        let telling = self.tokens.iter().filter(|token| !STRUCTURE.contains(&token.as_str()));
        let words: Vec<String> = telling.map(|token| word(token)).filter(|word| !word.is_empty()).collect();
        if !words.is_empty() {
            return words.join("_");
        }
        let name = self.file.rsplit('/').next().unwrap_or_default();
        let stem = name.split('.').next().unwrap_or_default();
        if word(stem).is_empty() { "Shared".to_owned() } else { word(stem) }
    }
}

fn word(token: &str) -> String {
    let letters = token.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '_' });
    letters.collect::<String>().trim_matches('_').to_owned()
}

/// The path `other` as seen from `file`, without `.` and, as far as there are folders to leave, without `..`.
pub fn join(file: &str, other: &str) -> String {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in other.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}
