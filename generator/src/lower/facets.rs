//! [`Facets`]: all that a schema says, with its `allOf` merged in; in go schemas of any shape, out comes one.
//!
//! openapiv3 sorts schemas into kinds by the keywords they use. Here they are all one kind again, since a
//! schema may use any keywords together. Nothing is decided here but which of two contradicting words counts.

mod bounds;
mod own;

use indexmap::IndexMap;
use indexmap::map::Entry;
use openapiv3 as oas;
use openapiv3::ReferenceOr;
use serde_json::Value;

pub use self::bounds::{Bounds, Edge};
use self::own::{has_not, own};
use super::context::Context;
use crate::diagnostics::{Code, Diagnostic};
use crate::load::{Located, component_pointer};
use crate::pointer::Pointer;

/// A schema or a `$ref` to one, and its place.
#[derive(Clone, Debug)]
pub struct SchemaAt<'a> {
    /// What stands there.
    pub schema: SchemaRef<'a>,
    /// The place.
    pub pointer: Pointer,
}

/// A schema or a `$ref` to one.
#[derive(Clone, Copy, Debug)]
pub enum SchemaRef<'a> {
    /// `$ref`
    Reference(&'a str),
    /// The schema.
    Item(&'a oas::Schema),
}

impl<'a> From<&'a ReferenceOr<oas::Schema>> for SchemaRef<'a> {
    fn from(schema: &'a ReferenceOr<oas::Schema>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Item(schema),
        }
    }
}

impl<'a> From<&'a ReferenceOr<Box<oas::Schema>>> for SchemaRef<'a> {
    fn from(schema: &'a ReferenceOr<Box<oas::Schema>>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Item(schema),
        }
    }
}

impl<'a> SchemaAt<'a> {
    /// A schema at a place.
    pub fn new(schema: impl Into<SchemaRef<'a>>, pointer: Pointer) -> Self {
        Self { schema: schema.into(), pointer }
    }

    /// The `$ref`, if it is one.
    fn reference(&self) -> Option<&'a str> {
        match self.schema {
            SchemaRef::Reference(reference) => Some(reference),
            SchemaRef::Item(_) => None,
        }
    }
}

/// Several schemas of which one holds, or any.
#[derive(Clone, Debug)]
pub struct Alternatives<'a> {
    /// The schemas.
    pub members: Vec<SchemaAt<'a>>,
    /// The property that is said to tell them apart.
    pub discriminator: Option<&'a oas::Discriminator>,
    /// The place of the keyword.
    pub pointer: Pointer,
    /// The component that consists of these alternatives, if they came in by a `$ref`.
    pub component: Option<&'a str>,
}

/// All that a schema says.
#[derive(Clone, Debug)]
pub struct Facets<'a> {
    /// Its place.
    pub pointer: Pointer,
    /// `title`
    pub title: Option<&'a str>,
    /// `description`
    pub description: Option<&'a str>,
    /// `deprecated`
    pub deprecated: bool,
    /// `nullable`
    pub nullable: bool,
    /// `readOnly`
    pub read_only: bool,
    /// `writeOnly`
    pub write_only: bool,
    /// `default`
    pub default: Option<&'a Value>,
    /// `example`
    pub example: Option<&'a Value>,
    /// `type`
    pub typ: Option<String>,
    /// `format`
    pub format: Option<String>,
    /// `enum`
    pub enumeration: Vec<Value>,
    /// `properties`
    pub properties: IndexMap<&'a str, SchemaAt<'a>>,
    /// `required`
    pub required: Vec<&'a str>,
    /// `additionalProperties`
    pub additional: Option<(&'a oas::AdditionalProperties, Pointer)>,
    /// `items`
    pub items: Option<SchemaAt<'a>>,
    /// `prefixItems` of a list that has no others.
    pub tuple: Vec<SchemaAt<'a>>,
    /// `oneOf` and `anyOf`
    pub alternatives: Vec<Alternatives<'a>>,
    /// The bounds.
    pub bounds: Bounds,
    /// The component that the whole schema is a mere `$ref` to, by way of `allOf`.
    pub only_ref: Option<&'a str>,
    /// Whether there are bounds beside that `$ref`.
    pub narrows_ref: bool,
}

/// All that a schema says, by way of `$ref` if need be; `None` if it leads nowhere, which is then reported.
pub fn facets<'a>(cx: &mut Context<'a>, schema: &SchemaAt<'a>) -> Option<Facets<'a>> {
    Collector { cx, inside: Vec::new() }.collect(schema)
}

struct Collector<'c, 'a> {
    cx: &'c mut Context<'a>,
    /// The components whose `allOf` is being followed.
    inside: Vec<&'a str>,
}

impl<'a> Collector<'_, 'a> {
    fn collect(&mut self, schema: &SchemaAt<'a>) -> Option<Facets<'a>> {
        match schema.schema {
            SchemaRef::Item(item) => self.collect_item(item, &schema.pointer),
            SchemaRef::Reference(reference) => {
                let target = resolve(self.cx, reference, &schema.pointer)?;
                if let Some(known) = self.cx.merged.get(target.name) {
                    return Some(known.clone());
                }
                if self.inside.contains(&target.name) {
                    let message = format!("`{}` is part of itself", target.name);
                    let help = "let one of the schemas in the circle refer to the other by a property";
                    let diagnostic = Diagnostic::error(Code::RefCycle, &schema.pointer, message, help);
                    let note = format!("`{}` begins here", target.name);
                    self.cx.diagnostics.push(diagnostic.note(&target.located.pointer, note));
                    return None;
                }
                self.inside.push(target.name);
                let facets = self.collect_item(target.located.object, &target.located.pointer);
                self.inside.pop();
                self.cx.merged.extend(facets.clone().map(|facets| (target.name, facets)));
                facets
            }
        }
    }

    fn collect_item(&mut self, schema: &'a oas::Schema, pointer: &Pointer) -> Option<Facets<'a>> {
        if has_not(schema) {
            let place = pointer.child("not");
            let message = "`not` says what a value is not, which no type can express and which is not checked";
            let help = "nothing needs to be done; the server will check it";
            let diagnostic = Diagnostic::warning(Code::IgnoredKeyword, &place, message, help);
            self.cx.diagnostics.push(diagnostic.remove(&place));
        }
        let (mut facets, all_of) = own(schema, pointer);
        let bare = facets.is_bare();
        let mut narrows = !facets.bounds.is_empty();
        let allows_any_type = bare && facets.typ.is_none();
        let mut are_nullable = true;
        let names: Vec<&str> = facets.properties.keys().copied().collect();
        // The members that say more than annotations do, and the `$ref` that each one is, if it is one.
        let mut significant = Vec::new();
        for (index, member) in all_of.iter().enumerate() {
            let member = SchemaAt::new(member, pointer.child("allOf").child(index));
            if let Some(alternatives) = self.union_component(&member) {
                significant.push(member.reference());
                are_nullable = false;
                facets.alternatives.push(alternatives);
                continue;
            }
            let merged = self.collect(&member)?;
            let reference = member.reference().or(merged.only_ref);
            if reference.is_some() || !merged.is_bare() {
                significant.push(reference);
                are_nullable &= merged.nullable;
            }
            narrows |= reference.is_none() && !merged.bounds.is_empty() || merged.narrows_ref;
            // What is written out in a member narrows what a component says, whatever their order.
            if reference.is_none() {
                facets.override_properties(&merged, &names);
            }
            facets.merge(merged, self.cx);
        }
        if let ([Some(reference)], true) = (significant.as_slice(), bare) {
            facets.only_ref = Some(reference);
            facets.narrows_ref = narrows;
        }
        // Null has to be a value of every member.
        facets.nullable |= allows_any_type && are_nullable && !significant.is_empty();
        if facets.typ.is_none() && facets.is_object() {
            facets.take_null();
        }
        Some(facets)
    }

    /// The alternatives of a component that consists of nothing else, which keeps its name when merged in.
    fn union_component(&mut self, member: &SchemaAt<'a>) -> Option<Alternatives<'a>> {
        let SchemaRef::Reference(reference) = member.schema else { return None };
        let target = resolve(self.cx, reference, &member.pointer)?;
        let (facets, all_of) = own(target.located.object, &target.located.pointer);
        let [alternatives] = facets.alternatives.as_slice() else { return None };
        let says_more = facets.constrains_beside_alternatives() || facets.is_object();
        (all_of.is_empty() && !says_more).then(|| Alternatives { component: Some(target.name), ..alternatives.clone() })
    }
}

/// A component that a `$ref` leads to.
pub struct Target<'a> {
    /// Its name.
    pub name: &'a str,
    /// Where the schema is.
    pub located: Located<'a, oas::Schema>,
}

/// The component that a `$ref` leads to; `None` if it leads nowhere, which is then reported.
pub fn resolve<'a>(cx: &mut Context<'a>, reference: &str, pointer: &Pointer) -> Option<Target<'a>> {
    let document = cx.document;
    let name = document.component_name::<oas::Schema>(reference, pointer, cx.diagnostics)?;
    let (name, component) = document.components::<oas::Schema>().get_key_value(&name)?;
    let pointer = component_pointer::<oas::Schema>(name);
    let located = document.resolve(component, &pointer, cx.diagnostics)?;
    Some(Target { name, located })
}

impl<'a> Facets<'a> {
    /// Whether nothing is said of the value itself.
    pub fn is_bare(&self) -> bool {
        self.typ.as_deref().is_none_or(|typ| typ == "object")
            && self.format.is_none()
            && self.enumeration.is_empty()
            && self.properties.is_empty()
            && self.required.is_empty()
            && self.additional.is_none()
            && self.items.is_none()
            && self.alternatives.is_empty()
    }

    /// Whether there are properties, which only objects have.
    pub fn is_object(&self) -> bool {
        !self.properties.is_empty() || self.additional.is_some()
    }

    /// Whether something is said that alternatives have to keep to, whichever it is.
    pub fn constrains_beside_alternatives(&self) -> bool {
        self.typ.as_deref().is_some_and(|typ| typ != "object")
            || self.format.is_some()
            || !self.enumeration.is_empty()
            || self.items.is_some()
            || !self.bounds.is_empty()
    }

    /// Takes null out of the alternatives of an object, which may then be null itself.
    fn take_null(&mut self) {
        for alternatives in &mut self.alternatives {
            let before = alternatives.members.len();
            alternatives.members.retain(|member| !is_null(member));
            self.nullable |= alternatives.members.len() < before;
        }
        let says_nothing = |member: &SchemaAt<'_>| !says_something(member) || is_any_object(member);
        self.alternatives.retain(|alternatives| !alternatives.members.iter().all(says_nothing));
    }

    /// Adds a format; of two, one that makes a secret counts, and else the one that is there.
    pub fn merge_format(&mut self, other: Option<String>) {
        if self.format.is_none() || other.as_deref() == Some("password") {
            self.format = other.or(self.format.take());
        }
    }

    /// Adds an enumeration: a value has to be listed in both, unless they have none in common.
    pub fn merge_enumeration(&mut self, other: Vec<Value>) {
        if self.enumeration.is_empty() {
            self.enumeration = other;
        } else if self.enumeration.iter().any(|value| other.contains(value)) {
            self.enumeration.retain(|value| other.contains(value));
        }
    }

    /// A schema that says nothing, in place of one that is not there.
    pub fn anything(pointer: &Pointer) -> Self {
        own::annotations(own::NO_DATA.get_or_init(oas::SchemaData::default), pointer)
    }

    /// Replaces the properties that a member of `allOf` describes anew, but for the schema's own.
    fn override_properties(&mut self, other: &Self, own: &[&str]) {
        for (name, schema) in &other.properties {
            if !own.contains(name) && says_something(schema) {
                self.properties.entry(name).and_modify(|known| *known = schema.clone());
            }
        }
    }

    /// Adds what a member of `allOf` says; where both say something, this one counts.
    fn merge(&mut self, other: Self, cx: &mut Context<'a>) {
        if let (Some(one), Some(two)) = (&self.typ, &other.typ)
            && one != two
            && !(one == "number" && two == "integer" || one == "integer" && two == "number")
        {
            let message = format!("`allOf` asks for {one} and for {two}; {one} it is");
            let help = "give all members of `allOf` the same `type`";
            let diagnostic = Diagnostic::warning(Code::ConflictingSchema, &self.pointer, message, help);
            cx.diagnostics.push(diagnostic.note(&other.pointer, format!("this member asks for {two}")));
            return;
        }
        self.typ = match (self.typ.take(), other.typ) {
            // Every integer is a number.
            (Some(number), Some(integer)) if number == "number" => Some(integer),
            (one, other) => one.or(other),
        };
        self.merge_format(other.format);
        self.title = self.title.or(other.title);
        self.description = self.description.or(other.description);
        self.default = self.default.or(other.default);
        self.example = self.example.or(other.example);
        self.deprecated |= other.deprecated;
        self.items = self.items.take().or(other.items);
        if self.tuple.is_empty() {
            self.tuple = other.tuple;
        }
        self.merge_enumeration(other.enumeration);
        for (name, schema) in other.properties {
            match self.properties.entry(name) {
                Entry::Vacant(entry) => drop(entry.insert(schema)),
                Entry::Occupied(mut known) if !says_something(known.get()) => drop(known.insert(schema)),
                Entry::Occupied(_) => {}
            }
        }
        for name in other.required {
            if !self.required.contains(&name) {
                self.required.push(name);
            }
        }
        self.additional = self.additional.take().or(other.additional);
        for alternatives in other.alternatives {
            if !self.alternatives.iter().any(|known| known.pointer == alternatives.pointer) {
                self.alternatives.push(alternatives);
            }
        }
        self.bounds.merge(other.bounds);
    }
}

/// Whether a schema that is written out allows nothing but null.
fn is_null(schema: &SchemaAt<'_>) -> bool {
    let SchemaRef::Item(item) = schema.schema else { return false };
    own(item, &schema.pointer).0.enumeration.as_slice() == [Value::Null]
}

/// Whether a schema that is written out allows any object.
fn is_any_object(schema: &SchemaAt<'_>) -> bool {
    let SchemaRef::Item(item) = schema.schema else { return false };
    let (facets, all_of) = own(item, &schema.pointer);
    facets.is_bare() && all_of.is_empty()
}

/// Whether a schema says more of values than what they are for.
fn says_something(schema: &SchemaAt<'_>) -> bool {
    match schema.schema {
        SchemaRef::Reference(_) => true,
        SchemaRef::Item(item) => {
            let (facets, all_of) = own(item, &schema.pointer);
            facets.typ.is_some() || !facets.is_bare() || !all_of.is_empty()
        }
    }
}
