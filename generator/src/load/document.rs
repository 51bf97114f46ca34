//! [`Document`]: a document that could be read, and the way from a `$ref` to what it refers to.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3 as oas;
use openapiv3::ReferenceOr;

use super::Version;
use super::references::has_scheme;
use crate::diagnostics::{Code, Diagnostics};
use crate::pointer::Pointer;

/// A typed document.
pub struct Document {
    /// The document itself.
    pub openapi: oas::OpenAPI,
    /// How many operations could not be read.
    pub left_out: usize,
    /// The version that it was written for.
    pub version: Version,
    components: oas::Components,
    /// The component at the end of a chain of `$ref`s, by its section and the first `$ref`.
    ends: RefCell<BTreeMap<&'static str, BTreeMap<String, String>>>,
}

/// An object of the document and the place where it stands, which for a `$ref` is not where it is used.
#[derive(Debug)]
pub struct Located<'a, T> {
    /// The object.
    pub object: &'a T,
    /// Its place.
    pub pointer: Pointer,
}

/// A kind of component that a `$ref` can lead to.
pub trait Component: Sized {
    /// The name of its map in `components`.
    const SECTION: &'static str;

    /// Its map.
    fn map(components: &oas::Components) -> &IndexMap<String, ReferenceOr<Self>>;
}

macro_rules! component {
    ($($ty:ty, $section:literal, $field:ident;)*) => {$(
        impl Component for $ty {
            const SECTION: &'static str = $section;

            fn map(components: &oas::Components) -> &IndexMap<String, ReferenceOr<Self>> {
                &components.$field
            }
        }
    )*};
}

component! {
    oas::Schema, "schemas", schemas;
    oas::Response, "responses", responses;
    oas::Parameter, "parameters", parameters;
    oas::Example, "examples", examples;
    oas::RequestBody, "requestBodies", request_bodies;
    oas::Header, "headers", headers;
    oas::SecurityScheme, "securitySchemes", security_schemes;
}

impl Document {
    /// Wraps a typed document.
    pub fn new(mut openapi: oas::OpenAPI, version: Version, left_out: usize) -> Self {
        let components = openapi.components.take().unwrap_or_default();
        Self { openapi, left_out, version, components, ends: RefCell::default() }
    }

    /// All components of a kind, in the document's order.
    pub fn components<T: Component>(&self) -> &IndexMap<String, ReferenceOr<T>> {
        T::map(&self.components)
    }

    /// The object itself, if need be by way of `$ref`s; `None` if they lead nowhere, which is then reported.
    pub fn resolve<'a, T: Component>(
        &'a self,
        object: &'a ReferenceOr<T>,
        pointer: &Pointer,
        diagnostics: &mut Diagnostics,
    ) -> Option<Located<'a, T>> {
        let mut seen = BTreeSet::new();
        let mut object = object;
        let mut pointer = pointer.clone();
        while let ReferenceOr::Reference { reference } = object {
            if !seen.insert(reference.as_str()) {
                diagnostics.error(
                    Code::RefCycle,
                    &pointer,
                    format!("`{reference}` refers to itself"),
                    "let one of the references in the circle lead to an object",
                );
                return None;
            }
            let known = self.ends.borrow().get(T::SECTION).and_then(|ends| ends.get(reference).cloned());
            let name = match known {
                Some(name) => name,
                None => self.component_name::<T>(reference, &pointer, diagnostics)?,
            };
            (object, pointer) = (&T::map(&self.components)[&name], component_pointer::<T>(&name));
            if let ReferenceOr::Item(_) = object {
                // The next one that comes by here need not go all the way.
                let passed = seen.iter().map(|passed| ((*passed).to_owned(), name.clone()));
                self.ends.borrow_mut().entry(T::SECTION).or_default().extend(passed);
            }
        }
        object.as_item().map(|object| Located { object, pointer })
    }

    /// The name of the component that a `$ref` leads to; `None` if there is none, which is then reported.
    pub fn component_name<T: Component>(
        &self,
        reference: &str,
        pointer: &Pointer,
        diagnostics: &mut Diagnostics,
    ) -> Option<String> {
        let section = T::SECTION;
        let tokens: Vec<String> =
            Pointer::parse(reference).iter().flat_map(|target| target.tokens().collect::<Vec<_>>()).collect();
        let name = match tokens.as_slice() {
            [components, found, name] if components == "components" && found == section => name,
            _ => {
                let (code, message, help) = misled::<T>(reference);
                diagnostics.error(code, &pointer.child("$ref"), message, help);
                return None;
            }
        };
        if T::map(&self.components).contains_key(name) {
            return Some(name.clone());
        }
        diagnostics.error(
            Code::UnresolvedRef,
            &pointer.child("$ref"),
            format!("there is no `{reference}`"),
            self.similar::<T>(name),
        );
        None
    }

    fn similar<T: Component>(&self, name: &str) -> String {
        let wanted = name.to_lowercase();
        let similar = T::map(&self.components).keys().find(|key| {
            let key = key.to_lowercase();
            key == wanted || key.contains(&wanted) || wanted.contains(&key)
        });
        match similar {
            Some(similar) => format!("add it to `components.{}`; is `{similar}` meant?", T::SECTION),
            None => format!("add it to `components.{}`, or correct the reference", T::SECTION),
        }
    }
}

/// What is wrong with a `$ref` that does not lead to a component of its kind.
fn misled<T: Component>(reference: &str) -> (Code, String, String) {
    let section = T::SECTION;
    if reference.contains("://") && !reference.starts_with("file:") {
        let help = "put a copy of what it refers to beside the document, and refer to that by a relative path";
        (Code::UnsupportedRef, format!("`{reference}` leads to the network, which is not followed"), help.to_owned())
    } else if let Some((what, help)) = elsewhere(reference) {
        (Code::UnsupportedRef, format!("`{reference}` is not followed: {what}"), help.to_owned())
    } else if reference.starts_with("#/components/") {
        let message = format!("`{reference}` does not lead to `#/components/{section}`, which is what is wanted here");
        (Code::UnsupportedRef, message, format!("move what it refers to into `components.{section}`"))
    } else if let Some(anchor) = anchor(reference) {
        let help = format!("add `$anchor: {anchor}` to the schema that is meant, or correct the reference");
        (Code::UnresolvedRef, format!("no schema has the anchor `{anchor}`"), help)
    } else {
        let help = "correct the reference; a path is one from the folder of the file that it stands in";
        (Code::UnresolvedRef, format!("there is no `{reference}`"), help.to_owned())
    }
}

/// Why a reference to a file is not followed, and what to write instead, where its form alone says so.
fn elsewhere(reference: &str) -> Option<(&'static str, &'static str)> {
    let path = reference.split('#').next().unwrap_or_default();
    if path.contains('\\') {
        Some(("it has backslashes", "write a relative path with `/` between its parts"))
    } else if path.starts_with('/') {
        let help = "write a path relative to the file, or begin with `#` to refer to a place in it";
        Some(("it is an absolute path", help))
    } else if has_scheme(path) && !path.starts_with("urn:") {
        Some(("it is an absolute URI", "put the file below the directory of the document, and write a relative path"))
    } else {
        None
    }
}

/// The name that a reference to an anchor of the document has.
fn anchor(reference: &str) -> Option<&str> {
    reference.strip_prefix('#').filter(|anchor| !anchor.is_empty() && !anchor.starts_with('/'))
}

/// The place of a component.
pub fn component_pointer<T: Component>(name: &str) -> Pointer {
    Pointer::root().descend(&["components", T::SECTION, name])
}
