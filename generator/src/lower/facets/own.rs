//! What one schema says by itself: an openapiv3 schema of any kind in, [`Facets`] without its `allOf` out.

use std::sync::OnceLock;

use indexmap::IndexMap;
use openapiv3 as oas;
use openapiv3::ReferenceOr;
use serde_json::Value;

use super::{Alternatives, Bounds, Edge, Facets, SchemaAt, SchemaRef};
use crate::ir::Bound;
use crate::load::{TUPLE, WIDE_MAXIMUM, WIDE_MINIMUM};
use crate::pointer::Pointer;

/// What a schema says without its `allOf`, which is given back beside it.
pub fn own<'a>(schema: &'a oas::Schema, pointer: &Pointer) -> (Facets<'a>, &'a [ReferenceOr<oas::Schema>]) {
    let mut facets = annotations(&schema.schema_data, pointer);
    let mut all_of: &[ReferenceOr<oas::Schema>] = &[];
    match &schema.schema_kind {
        oas::SchemaKind::Type(ty) => {
            facets.add_type(ty);
            facets.add_tuple(schema);
        }
        oas::SchemaKind::OneOf { one_of } => facets.add_alternatives(one_of, "oneOf", schema),
        oas::SchemaKind::AnyOf { any_of } => facets.add_alternatives(any_of, "anyOf", schema),
        oas::SchemaKind::AllOf { all_of: members } => all_of = members,
        oas::SchemaKind::Not { .. } => {}
        oas::SchemaKind::Any(any) => {
            facets.add_any(any);
            facets.add_alternatives(&any.one_of, "oneOf", schema);
            facets.add_alternatives(&any.any_of, "anyOf", schema);
            all_of = &any.all_of;
        }
    }
    facets.bounds.minimum = facets.bounds.minimum.or_else(|| wide(schema, WIDE_MINIMUM));
    facets.bounds.maximum = facets.bounds.maximum.or_else(|| wide(schema, WIDE_MAXIMUM));
    (facets, all_of)
}

/// Whether a schema says what a value is not.
pub fn has_not(schema: &oas::Schema) -> bool {
    match &schema.schema_kind {
        oas::SchemaKind::Not { .. } => true,
        oas::SchemaKind::Any(any) => any.not.is_some(),
        _ => false,
    }
}

/// The annotations of a schema that has none.
pub static NO_DATA: OnceLock<oas::SchemaData> = OnceLock::new();

/// What a schema says but for what it says of values.
pub fn annotations<'a>(data: &'a oas::SchemaData, pointer: &Pointer) -> Facets<'a> {
    Facets {
        pointer: pointer.clone(),
        title: data.title.as_deref(),
        description: data.description.as_deref(),
        deprecated: data.deprecated,
        nullable: data.nullable,
        read_only: data.read_only,
        write_only: data.write_only,
        default: data.default.as_ref(),
        example: data.example.as_ref(),
        typ: None,
        format: None,
        enumeration: Vec::new(),
        properties: IndexMap::new(),
        required: Vec::new(),
        additional: None,
        items: None,
        tuple: Vec::new(),
        alternatives: Vec::new(),
        bounds: Bounds::default(),
        only_ref: None,
        narrows_ref: false,
    }
}

/// A bound that openapiv3 has no room for, which is the text of a number.
fn wide(schema: &oas::Schema, name: &str) -> Option<Edge> {
    let edge = schema.schema_data.extensions.get(name)?;
    let number: Bound = match edge.get("number")?.as_str()? {
        digits if digits.len() < 40 => digits.parse().map(Bound::Whole).ok()?,
        digits => Bound::Float(digits.parse().ok()?),
    };
    Some(Edge { number, exclusive: edge.get("exclusive")?.as_bool()? })
}

impl<'a> Facets<'a> {
    fn add_alternatives(&mut self, members: &'a [ReferenceOr<oas::Schema>], keyword: &str, schema: &'a oas::Schema) {
        if members.is_empty() {
            return;
        }
        let pointer = self.pointer.child(keyword);
        let members =
            members.iter().enumerate().map(|(index, member)| SchemaAt::new(member, pointer.child(index))).collect();
        let discriminator = schema.schema_data.discriminator.as_ref();
        self.alternatives.push(Alternatives { members, discriminator, pointer, component: None });
    }

    fn add_properties(&mut self, properties: &'a IndexMap<String, ReferenceOr<Box<oas::Schema>>>) {
        for (name, schema) in properties {
            let pointer = self.pointer.child("properties").child(name);
            self.properties.insert(name, SchemaAt::new(schema, pointer));
        }
    }

    fn add_items(&mut self, items: Option<&'a ReferenceOr<Box<oas::Schema>>>) {
        self.items = items.map(|items| SchemaAt::new(items, self.pointer.child("items")));
    }

    /// The members of a list that is marked as a tuple.
    fn add_tuple(&mut self, schema: &'a oas::Schema) {
        let items = self.items.as_ref().filter(|_| schema.schema_data.extensions.contains_key(TUPLE));
        let Some(SchemaRef::Item(oas::Schema { schema_kind: oas::SchemaKind::AnyOf { any_of }, .. })) =
            items.map(|items| items.schema)
        else {
            return;
        };
        let pointer = self.pointer.child("prefixItems");
        let members = any_of.iter().enumerate();
        self.tuple = members.map(|(index, member)| SchemaAt::new(member, pointer.child(index))).collect();
    }

    fn add_type(&mut self, ty: &'a oas::Type) {
        match ty {
            oas::Type::String(string) => {
                self.typ = Some("string".to_owned());
                self.format = format(&string.format);
                self.enumeration = values(&string.enumeration);
                self.bounds.patterns = string.pattern.iter().cloned().collect();
                self.bounds.min_length = string.min_length;
                self.bounds.max_length = string.max_length;
            }
            oas::Type::Number(number) => {
                self.typ = Some("number".to_owned());
                self.format = format(&number.format);
                self.enumeration = values(&number.enumeration);
                self.bounds.minimum = number.minimum.map(|min| Edge::new(min, number.exclusive_minimum));
                self.bounds.maximum = number.maximum.map(|max| Edge::new(max, number.exclusive_maximum));
                self.bounds.multiples_of = number.multiple_of.into_iter().collect();
            }
            oas::Type::Integer(integer) => {
                self.typ = Some("integer".to_owned());
                self.format = format(&integer.format);
                self.enumeration = values(&integer.enumeration);
                self.bounds.minimum = integer.minimum.map(|min| Edge::new(min, integer.exclusive_minimum));
                self.bounds.maximum = integer.maximum.map(|max| Edge::new(max, integer.exclusive_maximum));
                self.bounds.multiples_of = integer.multiple_of.map(float).into_iter().collect();
            }
            oas::Type::Boolean(boolean) => {
                self.typ = Some("boolean".to_owned());
                self.enumeration = values(&boolean.enumeration);
            }
            oas::Type::Array(array) => {
                self.typ = Some("array".to_owned());
                self.add_items(array.items.as_ref());
                self.bounds.min_items = array.min_items;
                self.bounds.max_items = array.max_items;
                self.bounds.unique_items = array.unique_items;
            }
            oas::Type::Object(object) => {
                self.typ = Some("object".to_owned());
                self.add_properties(&object.properties);
                self.required = object.required.iter().map(String::as_str).collect();
                self.add_additional(object.additional_properties.as_ref());
                self.bounds.min_properties = object.min_properties;
                self.bounds.max_properties = object.max_properties;
            }
        }
    }

    fn add_additional(&mut self, additional: Option<&'a oas::AdditionalProperties>) {
        self.additional = additional.map(|additional| (additional, self.pointer.child("additionalProperties")));
    }

    fn add_any(&mut self, any: &'a oas::AnySchema) {
        self.typ = any.typ.clone();
        self.format = any.format.clone();
        self.enumeration = any.enumeration.clone();
        self.add_properties(&any.properties);
        self.required = any.required.iter().map(String::as_str).collect();
        self.add_additional(any.additional_properties.as_ref());
        self.add_items(any.items.as_ref());
        self.bounds = Bounds {
            patterns: any.pattern.iter().cloned().collect(),
            min_length: any.min_length,
            max_length: any.max_length,
            minimum: any.minimum.map(|min| Edge::new(min, any.exclusive_minimum.unwrap_or_default())),
            maximum: any.maximum.map(|max| Edge::new(max, any.exclusive_maximum.unwrap_or_default())),
            multiples_of: any.multiple_of.into_iter().collect(),
            min_items: any.min_items,
            max_items: any.max_items,
            unique_items: any.unique_items.unwrap_or_default(),
            min_properties: any.min_properties,
            max_properties: any.max_properties,
        };
    }
}

fn format<T: serde::Serialize>(format: &oas::VariantOrUnknownOrEmpty<T>) -> Option<String> {
    serde_json::to_value(format).ok()?.as_str().map(str::to_owned)
}

fn values<T: serde::Serialize>(values: &[Option<T>]) -> Vec<Value> {
    values.iter().map(|value| serde_json::to_value(value).unwrap_or_default()).collect()
}

#[expect(clippy::cast_precision_loss, reason = "multiples are compared as f64")]
fn float(number: i64) -> f64 {
    number as f64
}
