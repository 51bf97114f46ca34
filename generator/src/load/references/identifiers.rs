//! The schemas that documents identify by `$id`, `$anchor` and `$dynamicAnchor`: files in, the target of a reference out.
//!
//! A `$id` is resolved against the nearest one around it, and against the path of the file outside of all.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::target::{Target, join};

/// Keywords under which a value is data, not a schema.
const DATA: &[&str] = &["example", "examples", "default", "enum", "const", "value"];

/// Keywords under which names stand that mean nothing.
const NAMES: &[&str] = &[
    "properties",
    "patternProperties",
    "$defs",
    "definitions",
    "dependentSchemas",
    "schemas",
    "responses",
    "parameters",
];

/// What is identified in all files.
#[derive(Debug, Default)]
pub struct Identifiers {
    /// By URI: without a fragment for `$id`, with one for an anchor.
    targets: BTreeMap<String, Target>,
    /// The base URI of the schemas that have a `$id`.
    bases: BTreeMap<Target, String>,
    /// How many schemas have a dynamic anchor of a name.
    dynamic: BTreeMap<String, usize>,
}

impl Identifiers {
    /// Finds what is identified in files.
    pub fn new(files: &BTreeMap<String, Value>) -> Self {
        let mut identifiers = Self::default();
        for (name, value) in files {
            let root = Target { file: name.clone(), tokens: Vec::new() };
            identifiers.collect(value, &root, name, false);
        }
        identifiers
    }

    fn collect(&mut self, value: &Value, at: &Target, base: &str, holds_names: bool) {
        match value {
            Value::Object(map) => {
                let base = if holds_names { base.to_owned() } else { self.identify(map, at, base) };
                for (name, value) in map.iter().filter(|(name, _)| holds_names || !DATA.contains(&name.as_str())) {
                    let holds_names = !holds_names && NAMES.contains(&name.as_str());
                    self.collect(value, &at.child(name), &base, holds_names);
                }
            }
            Value::Array(items) => {
                for (index, value) in items.iter().enumerate() {
                    self.collect(value, &at.child(&index.to_string()), base, false);
                }
            }
            _ => {}
        }
    }

    /// Notes what identifies a schema; gives the base URI of what is in it.
    fn identify(&mut self, schema: &Map<String, Value>, at: &Target, base: &str) -> String {
        let text = |keyword: &str| schema.get(keyword).and_then(Value::as_str);
        let mut base = base.to_owned();
        let mut anchors: Vec<&str> = ["$anchor", "$dynamicAnchor"].into_iter().filter_map(text).collect();
        if let Some(id) = text("$id") {
            let (path, fragment) = id.split_once('#').unwrap_or((id, ""));
            if !path.is_empty() {
                base = resolve(&base, path);
                self.targets.entry(base.clone()).or_insert_with(|| at.clone());
                self.bases.insert(at.clone(), base.clone());
            }
            // Before 2019, `$id` was the keyword for anchors too.
            anchors.extend(Some(fragment).filter(|fragment| !fragment.is_empty()));
        }
        for anchor in anchors {
            self.targets.entry(format!("{base}#{anchor}")).or_insert_with(|| at.clone());
        }
        if let Some(anchor) = text("$dynamicAnchor") {
            *self.dynamic.entry(anchor.to_owned()).or_default() += 1;
        }
        base
    }

    /// What a reference leads to that is identified, seen from where the base URI is `base`.
    pub fn target(&self, reference: &str, base: &str) -> Option<Target> {
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let uri = if path.is_empty() { base.to_owned() } else { resolve(base, path) };
        if !fragment.is_empty() && !fragment.starts_with('/') {
            return self.targets.get(&format!("{uri}#{fragment}")).cloned();
        }
        let root = self.targets.get(&uri)?;
        let inside = Target::new(&format!("#{fragment}"), &root.file)?;
        Some(Target { file: root.file.clone(), tokens: root.tokens.iter().cloned().chain(inside.tokens).collect() })
    }

    /// The base URI around a schema.
    pub fn base_around(&self, target: &Target) -> String {
        let around = (0..target.tokens.len()).rev();
        let mut around =
            around.map(|count| Target { file: target.file.clone(), tokens: target.tokens[..count].to_vec() });
        around.find_map(|target| self.bases.get(&target).cloned()).unwrap_or_else(|| target.file.clone())
    }

    /// Whether a dynamic reference leads to the same schema from wherever its own is used.
    pub fn is_static(&self, reference: &str) -> bool {
        let anchor = reference.rsplit('#').next().unwrap_or_default();
        self.dynamic.get(anchor).is_none_or(|count| *count == 1)
    }
}

/// The base URI in a schema.
pub fn base_in(schema: &Map<String, Value>, base: &str) -> String {
    let id = schema.get("$id").and_then(Value::as_str).unwrap_or_default();
    let path = id.split('#').next().unwrap_or_default();
    if path.is_empty() { base.to_owned() } else { resolve(base, path) }
}

/// A URI reference without a fragment as seen from a base URI, which may be the path of a file.
fn resolve(base: &str, reference: &str) -> String {
    if has_scheme(reference) {
        return reference.to_owned();
    }
    let Some((scheme, rest)) = base.split_once("://") else { return join(base, reference) };
    if let Some(other) = reference.strip_prefix("//") {
        return format!("{scheme}://{other}");
    }
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let path = if reference.starts_with('/') { "" } else { path };
    format!("{scheme}://{authority}/{}", join(path, reference))
}

/// Whether a URI reference begins with a scheme; a letter of a drive is one too.
pub fn has_scheme(reference: &str) -> bool {
    let Some((scheme, _)) = reference.split_once(':') else { return false };
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    scheme.starts_with(|first: char| first.is_ascii_alphabetic()) && scheme.bytes().all(is_letter)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn references_are_resolved_against_the_base() {
        for (base, reference, uri) in [
            ("api.yaml", "pet.json", "pet.json"),
            ("https://a.example/one/two", "three", "https://a.example/one/three"),
            ("https://a.example/one/two", "/three", "https://a.example/three"),
            ("https://a.example/one/two/", "../three", "https://a.example/one/three"),
            ("https://a.example", "three", "https://a.example/three"),
            ("https://a.example/one", "//b.example/two", "https://b.example/two"),
            ("https://a.example/one", "urn:two", "urn:two"),
        ] {
            assert_eq!(resolve(base, reference), uri);
        }
    }

    #[test]
    fn anchors_belong_to_the_nearest_base() {
        let file = json!({ "components": { "schemas": {
            "A": { "$id": "https://a.example/a", "$anchor": "x", "$defs": { "b": { "$id": "b", "$anchor": "x" } } },
            "C": { "$anchor": "x", "example": { "$anchor": "y" }, "properties": { "$id": { "type": "string" } } },
        } } });
        let identifiers = Identifiers::new(&BTreeMap::from([("api.yaml".to_owned(), file)]));
        let found = |reference: &str, base: &str| {
            identifiers.target(reference, base).map(|target| target.tokens[2..].join("/"))
        };
        assert_eq!(found("#x", "api.yaml"), Some("C".to_owned()));
        assert_eq!(found("#x", "https://a.example/a"), Some("A".to_owned()));
        assert_eq!(found("b#x", "https://a.example/a"), Some("A/$defs/b".to_owned()));
        assert_eq!(found("#/$defs/b", "https://a.example/a"), Some("A/$defs/b".to_owned()));
        assert_eq!(found("#y", "api.yaml"), None);
    }
}
