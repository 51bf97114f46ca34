//! `$ref`s to anywhere in, `$ref`s to components out.
//!
//! What stands outside of `components`, or in another file, is copied into `components` under a name of its own, so
//! that the stages behind this know one kind of `$ref` and one file. A `$ref` that leads nowhere is left as it is, to
//! be reported by whoever needs what it stands for. Path items have no place in `components`; they are copied in.

mod identifiers;
mod target;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

pub use self::identifiers::has_scheme;
use self::identifiers::{Identifiers, base_in};
use self::target::Target;
use super::objects::{Object, Under};
use super::{repeated, text};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Origin, Text};
use crate::pointer::Pointer;
use crate::{Refusal, Source};

/// Path items may be copied until they hold so many values together; path items within path items can be more than there is
/// room for.
const MAX_COPIED: usize = 1_000_000;

/// Makes every `$ref` that leads somewhere lead to a component.
pub fn gather(document: &mut Value, source: &Source, diagnostics: &mut Diagnostics) {
    let main = own_name(source);
    let mut files = BTreeMap::from([(main.to_owned(), document.clone())]);
    for (name, text) in &source.others {
        match text::parse(name, text) {
            Ok(parsed) => {
                if parsed.is_repeated {
                    repeated::warn(name, text, &Text::Other(name.clone()), diagnostics);
                }
                files.insert(name.clone(), parsed.value);
            }
            Err(refused) => diagnostics.warn(
                Code::UnresolvedRef,
                &Pointer::root(),
                format!("the file `{name}` cannot be read: {}", refused.message),
                "correct that file; what refers to it is left out",
            ),
        }
    }
    let mut gathering = Gathering {
        identifiers: Identifiers::new(&files),
        files,
        main: main.to_owned(),
        names: BTreeMap::new(),
        copies: Vec::new(),
        moved: Vec::new(),
        dynamic: Vec::new(),
        refusals: &source.refused,
        refused: Vec::new(),
        room: MAX_COPIED,
    };
    let place = Place { file: main.to_owned(), base: main.to_owned(), scopes: Vec::new(), path_items: Vec::new() };
    gathering.walk(document, Object::OpenApi, &place, &Pointer::root());
    gathering.insert(document, diagnostics);
}

/// Where a walk is.
#[derive(Clone)]
struct Place {
    file: String,
    /// The URI that references are resolved against: that of the nearest `$id`, or else the path of the file.
    base: String,
    /// The schemas around this place that have definitions of their own.
    scopes: Vec<Value>,
    /// The path items around this place that were copied.
    path_items: Vec<Target>,
}

struct Gathering<'s> {
    /// Every file as it was read.
    files: BTreeMap<String, Value>,
    identifiers: Identifiers,
    main: String,
    /// The names of what was copied, by target and section of `components`.
    names: BTreeMap<(Target, &'static str), String>,
    copies: Vec<Copy>,
    /// The parts of path items that stand elsewhere.
    moved: Vec<(Pointer, Origin)>,
    /// The dynamic references that are ignored, and why.
    dynamic: Vec<(Pointer, String)>,
    /// The files that must not be read.
    refusals: &'s BTreeMap<String, Refusal>,
    /// What refers to them.
    refused: Vec<Diagnostic>,
    /// How many more values path items may be copied of.
    room: usize,
}

struct Copy {
    section: &'static str,
    name: String,
    value: Value,
    target: Target,
}

impl Gathering<'_> {
    /// Looks at an object, which will be known by the pointer `at`.
    fn walk(&mut self, value: &mut Value, object: Object, place: &Place, at: &Pointer) {
        let Value::Object(map) = value else { return };
        if matches!(object, Object::PathItem | Object::Operation) && map.contains_key("$ref") {
            self.copy_in(map, object, place, at);
            return;
        }
        let mut place = place.clone();
        if object == Object::Schema {
            place.base = base_in(map, &place.base);
            self.end_dynamic(map, &place, at);
            if ["$defs", "definitions"].iter().any(|name| map.contains_key(*name)) {
                place.scopes.push(Value::Object(map.clone()));
            }
            self.redirect_mapping(map, &place, at);
        }
        if let (Some(section), Some(Value::String(reference))) = (object.section(), map.get("$ref"))
            && !self.refuse(reference, &place, &at.child("$ref"))
            && let Some(redirected) = self.redirect(reference, section, object, &place)
        {
            map.insert("$ref".to_owned(), redirected.into());
        }
        for (token, under, child) in object.children() {
            let at = at.child(token);
            match (under, map.get_mut(*token)) {
                (Under::One, Some(found)) => self.walk(found, *child, &place, &at),
                (Under::Many, Some(Value::Object(children))) => {
                    children.iter_mut().for_each(|(name, found)| self.walk(found, *child, &place, &at.child(name)));
                }
                (Under::Many, Some(Value::Array(children))) => {
                    let children = children.iter_mut().enumerate();
                    children.for_each(|(index, found)| self.walk(found, *child, &place, &at.child(index)));
                }
                _ => {}
            }
        }
    }

    /// The values of a discriminator's mapping are `$ref`s by another name, or names of components.
    fn redirect_mapping(&mut self, schema: &mut Map<String, Value>, place: &Place, at: &Pointer) {
        let at = at.descend(&["discriminator", "mapping"]);
        let mapping = schema.get_mut("discriminator").and_then(|found| found.get_mut("mapping"));
        for (name, target) in mapping.and_then(Value::as_object_mut).into_iter().flatten() {
            let redirected = match target.as_str() {
                Some(reference) if self.refuse(reference, place, &at.child(name)) => None,
                Some(reference) if reference.contains(['/', '#', '.']) => {
                    self.redirect(reference, "schemas", Object::Schema, place)
                }
                _ => None,
            };
            if let Some(redirected) = redirected {
                *target = redirected.into();
            }
        }
    }

    /// Reports a reference to a file that must not be read; whether this is one.
    fn refuse(&mut self, reference: &str, place: &Place, at: &Pointer) -> bool {
        let Some(target) = self.target(reference, place) else { return false };
        let Some(Refusal { reason, help }) = self.refusals.get(&target.file) else { return false };
        let message = format!("`{reference}` is not read: {reason}");
        self.refused.push(Diagnostic::error(Code::UnsupportedRef, at, message, help));
        true
    }

    /// The `$ref` to the component that a `$ref` stands for from now on, if that is another one.
    fn redirect(&mut self, reference: &str, section: &'static str, object: Object, place: &Place) -> Option<String> {
        let target = self.target(reference, place)?;
        if target.file == self.main && target.is_component() {
            let component = target.pointer().to_string();
            return (component != reference && target.tokens[1] == section).then_some(component);
        }
        if let Some(name) = self.names.get(&(target.clone(), section)) {
            return Some(component(section, name));
        }
        let (mut value, scopes) = self.find(&target, place)?;
        let name = self.free_name(section, &target.name());
        self.names.insert((target.clone(), section), name.clone());
        let base = self.identifiers.base_around(&target);
        let inside = Place { file: target.file.clone(), base, scopes, path_items: place.path_items.clone() };
        self.walk(&mut value, object, &inside, &Pointer::root().descend(&["components", section, &name]));
        self.copies.push(Copy { section, name: name.clone(), value, target });
        Some(component(section, &name))
    }

    /// What a `$ref` leads to: what it identifies, or else a place in a file.
    fn target(&self, reference: &str, place: &Place) -> Option<Target> {
        let identified = self.identifiers.target(reference, &place.base);
        let identified =
            identified.filter(|target| self.files.get(&target.file).and_then(|file| target.find_in(file)).is_some());
        identified.or_else(|| Target::new(reference, &place.file))
    }

    /// Makes a dynamic reference a `$ref` where both lead to the same schema.
    fn end_dynamic(&mut self, schema: &mut Map<String, Value>, place: &Place, at: &Pointer) {
        let Some(Value::String(reference)) = schema.get("$dynamicRef") else { return };
        let reason = if !self.identifiers.is_static(reference) {
            "several schemas have this dynamic anchor, and which of them applies depends on where this one is used"
        } else if self.target(reference, place).and_then(|target| self.find(&target, place)).is_none() {
            "no schema has this anchor"
        } else if schema.contains_key("$ref") {
            "it is combined with `$ref`"
        } else {
            let reference = schema.shift_remove("$dynamicRef").unwrap_or_default();
            schema.insert("$ref".to_owned(), reference);
            return;
        };
        self.dynamic.push((at.child("$dynamicRef"), format!("`$dynamicRef` to `{reference}` is ignored: {reason}")));
        schema.shift_remove("$dynamicRef");
    }

    /// What stands at a place: seen from the root of its file, or else from a schema with definitions around the `$ref`.
    fn find(&self, target: &Target, place: &Place) -> Option<(Value, Vec<Value>)> {
        if let Some(found) = self.files.get(&target.file).and_then(|file| target.find_in(file)) {
            return Some((found.clone(), Vec::new()));
        }
        let found = place.scopes.iter().rev().find_map(|scope| target.find_in(scope));
        found.filter(|_| target.file == place.file).map(|found| (found.clone(), place.scopes.clone()))
    }

    fn free_name(&self, section: &str, wanted: &str) -> String {
        let known = self.files[&self.main].pointer(&format!("/components/{section}"));
        let is_free = |name: &str| {
            known.is_none_or(|known| known.get(name).is_none())
                && !self.names.iter().any(|((_, other), taken)| *other == section && taken == name)
        };
        let mut names = std::iter::once(wanted.to_owned()).chain((2_u32..).map(|number| format!("{wanted}{number}")));
        names.find(|name| is_free(name)).unwrap_or_default()
    }

    /// Puts the path item or operation that a `$ref` leads to in its place; what stands beside the `$ref` counts more.
    fn copy_in(&mut self, item: &mut Map<String, Value>, object: Object, place: &Place, at: &Pointer) {
        let Some(target) = item.get("$ref").and_then(Value::as_str).and_then(|text| Target::new(text, &place.file))
        else {
            return;
        };
        let reference = item.get("$ref").and_then(Value::as_str).unwrap_or_default();
        if self.refuse(reference, place, &at.child("$ref")) || place.path_items.contains(&target) {
            return;
        }
        let Some((mut copy, scopes)) = self.find(&target, place) else { return };
        let Some(room) = self.room.checked_sub(count(&copy)) else { return };
        self.room = room;
        let path_items = place.path_items.iter().cloned().chain([target.clone()]).collect();
        let inside = Place { file: target.file.clone(), base: target.file.clone(), scopes, path_items };
        self.walk(&mut copy, object, &inside, at);
        item.shift_remove("$ref");
        let mut own = Value::Object(std::mem::take(item));
        self.walk(&mut own, object, place, at);
        for name in copy.as_object().into_iter().flat_map(Map::keys).filter(|name| own.get(*name).is_none()) {
            self.moved.push((at.child(name), self.origin(&target, name)));
        }
        for part in [own, copy] {
            for (name, value) in part.as_object().into_iter().flatten() {
                item.entry(name.clone()).or_insert_with(|| value.clone());
            }
        }
    }

    /// Where a property of what a `$ref` leads to stands.
    fn origin(&self, target: &Target, name: &str) -> Origin {
        Origin { text: self.text(target), pointer: target.pointer().child(name) }
    }

    fn text(&self, target: &Target) -> Text {
        if target.file == self.main { Text::Document } else { Text::Other(target.file.clone()) }
    }

    fn insert(mut self, document: &mut Value, diagnostics: &mut Diagnostics) {
        let Value::Object(root) = document else { return };
        // Of path items that lead to one another the last was noted first, and the first that is known of a place counts.
        self.moved.drain(..).for_each(|(place, origin)| diagnostics.add_copy(place, origin));
        self.refused.drain(..).for_each(|refused| diagnostics.push(refused));
        for (place, message) in std::mem::take(&mut self.dynamic) {
            diagnostics.warn(Code::IgnoredKeyword, &place, message, "use `$ref`");
        }
        for Copy { section, name, value, target } in std::mem::take(&mut self.copies) {
            let components = root.entry("components").or_insert_with(|| Value::Object(Map::new()));
            if !components.is_object() {
                *components = Value::Object(Map::new());
            }
            let Value::Object(components) = components else { continue };
            let section_map = components.entry(section).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(section_map) = section_map {
                section_map.insert(name.clone(), value);
            }
            let copy = Pointer::root().descend(&["components", section, &name]);
            diagnostics.add_copy(copy, Origin { text: self.text(&target), pointer: target.pointer() });
        }
    }
}

/// How many values a value holds.
fn count(value: &Value) -> usize {
    let held: usize = match value {
        Value::Object(map) => map.values().map(count).sum(),
        Value::Array(items) => items.iter().map(count).sum(),
        _ => 0,
    };
    held + 1
}

fn component(section: &str, name: &str) -> String {
    Pointer::root().descend(&["components", section, name]).to_string()
}

/// The document's own path as seen from its folder.
fn own_name(source: &Source) -> &str {
    source.name.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// The files that a document refers to, as seen from its folder, without those that are there already.
pub fn missing_files(source: &Source) -> Vec<String> {
    let mut missing = Vec::new();
    let own = (own_name(source), source.text.as_str());
    let overlays = source.overlays.iter().filter(|overlay| mentions_files(&overlay.text));
    for overlay in overlays {
        if let Ok(parsed) = text::parse(&overlay.name, &overlay.text) {
            collect_files(&parsed.value, own.0, &mut missing);
        }
    }
    let others = source.others.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    for (name, content) in std::iter::once(own).chain(others) {
        if mentions_files(content)
            && let Ok(parsed) = text::parse(name, content)
        {
            collect_files(&parsed.value, name, &mut missing);
        }
    }
    missing.retain(|file| file != own_name(source) && !source.others.contains_key(file));
    missing.retain(|file| !source.refused.contains_key(file));
    missing.sort();
    missing.dedup();
    missing
}

/// Whether it is worth to look closer: most documents refer to nothing but themselves.
fn mentions_files(text: &str) -> bool {
    text.split("$ref").skip(1).any(|rest| {
        let target = rest.trim_start_matches(|letter: char| "\"':".contains(letter) || letter.is_whitespace());
        !target.starts_with('#')
    })
}

fn collect_files(value: &Value, file: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            if let Some(target) = map.get("$ref").and_then(Value::as_str).and_then(|text| Target::new(text, file)) {
                found.push(target.file);
            }
            map.values().for_each(|value| collect_files(value, file, found));
        }
        Value::Array(items) => items.iter().for_each(|value| collect_files(value, file, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
