//! Which media types can carry the values of a schema: binary data fits into neither JSON nor text.

use std::collections::BTreeSet;

use openapiv3 as oas;
use openapiv3::ReferenceOr;

use super::{Format, Side};
use crate::load::Document;
use crate::pointer::Pointer;

/// Whether a media type can carry the values of its schema.
pub fn carries(document: &Document, side: Side, format: Format, media: &oas::MediaType) -> bool {
    let Some(schema) = &media.schema else { return true };
    match (side, format) {
        (Side::Request, Format::Json | Format::JsonLike | Format::Any | Format::Form) => {
            !holds_binary(document, schema)
        }
        (Side::Request, Format::Multipart) => resolved(document, schema).is_none_or(may_be_object),
        (_, Format::Events(_) | Format::Form | Format::Multipart | Format::Bytes) => true,
        (_, Format::Json | Format::JsonLike | Format::Any | Format::Text | Format::Markup) => {
            !is_binary(document, schema)
        }
    }
}

/// Whether two media types have the same schema.
pub fn has_same_schema(document: &Document, one: &oas::MediaType, other: &oas::MediaType) -> bool {
    match (&one.schema, &other.schema) {
        (Some(one), Some(other)) => {
            one == other || resolved(document, one).is_some_and(|one| resolved(document, other) == Some(one))
        }
        (one, other) => one.is_none() && other.is_none(),
    }
}

/// Whether a schema is binary data as a whole.
pub fn is_binary(document: &Document, schema: &ReferenceOr<oas::Schema>) -> bool {
    resolved(document, schema).is_some_and(is_binary_string)
}

/// Whether a schema is a string in the sense of JSON.
pub fn is_plain_string(document: &Document, schema: &ReferenceOr<oas::Schema>) -> bool {
    let kind = resolved(document, schema).map(|schema| &schema.schema_kind);
    matches!(kind, Some(oas::SchemaKind::Type(oas::Type::String(string)))
        if string.format == oas::VariantOrUnknownOrEmpty::Empty && string.enumeration.is_empty())
}

fn is_binary_string(schema: &oas::Schema) -> bool {
    use oas::VariantOrUnknownOrEmpty::Item;
    match &schema.schema_kind {
        oas::SchemaKind::Type(oas::Type::String(string)) => string.format == Item(oas::StringFormat::Binary),
        oas::SchemaKind::Any(any) => any.typ.as_deref() == Some("string") && any.format.as_deref() == Some("binary"),
        _ => false,
    }
}

fn may_be_object(schema: &oas::Schema) -> bool {
    matches!(&schema.schema_kind, oas::SchemaKind::Type(oas::Type::Object(_)))
        || !matches!(&schema.schema_kind, oas::SchemaKind::Type(_))
}

/// The schema itself, if need be by way of `$ref`s. Those that lead nowhere are reported where the schema is lowered.
fn resolved<'a>(document: &'a Document, schema: &'a ReferenceOr<oas::Schema>) -> Option<&'a oas::Schema> {
    let mut schema = schema;
    // As many steps as there are components lead to each of them.
    for _ in 0..=document.components::<oas::Schema>().len() {
        match schema {
            ReferenceOr::Item(schema) => return Some(schema),
            ReferenceOr::Reference { reference } => schema = target(document, reference)?,
        }
    }
    None
}

fn target<'a>(document: &'a Document, reference: &str) -> Option<&'a ReferenceOr<oas::Schema>> {
    let tokens: Vec<String> = Pointer::parse(reference)?.tokens().collect();
    match tokens.as_slice() {
        [components, schemas, name] if components == "components" && schemas == "schemas" => {
            document.components::<oas::Schema>().get(name)
        }
        _ => None,
    }
}

/// A part of a schema that is yet to be looked at.
enum Part<'a> {
    Reference(&'a str),
    Item(&'a oas::Schema),
}

impl<'a> From<&'a ReferenceOr<oas::Schema>> for Part<'a> {
    fn from(schema: &'a ReferenceOr<oas::Schema>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Item(schema),
        }
    }
}

impl<'a> From<&'a ReferenceOr<Box<oas::Schema>>> for Part<'a> {
    fn from(schema: &'a ReferenceOr<Box<oas::Schema>>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Item(schema),
        }
    }
}

/// Whether binary data is anywhere in the values of a schema.
fn holds_binary(document: &Document, schema: &ReferenceOr<oas::Schema>) -> bool {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut open: Vec<Part<'_>> = vec![schema.into()];
    while let Some(part) = open.pop() {
        match part {
            Part::Reference(reference) if seen.insert(reference) => {
                open.extend(target(document, reference).map(Part::from));
            }
            Part::Reference(_) => {}
            Part::Item(schema) if is_binary_string(schema) => return true,
            Part::Item(schema) => push_parts(schema, &mut open),
        }
    }
    false
}

fn push_parts<'a>(schema: &'a oas::Schema, open: &mut Vec<Part<'a>>) {
    match &schema.schema_kind {
        oas::SchemaKind::Type(oas::Type::Object(object)) => {
            open.extend(object.properties.values().map(Part::from));
            push_additional(object.additional_properties.as_ref(), open);
        }
        oas::SchemaKind::Type(oas::Type::Array(array)) => open.extend(array.items.iter().map(Part::from)),
        oas::SchemaKind::Type(_) | oas::SchemaKind::Not { .. } => {}
        oas::SchemaKind::OneOf { one_of: members }
        | oas::SchemaKind::AnyOf { any_of: members }
        | oas::SchemaKind::AllOf { all_of: members } => open.extend(members.iter().map(Part::from)),
        oas::SchemaKind::Any(any) => {
            open.extend(any.properties.values().chain(&any.items).map(Part::from));
            open.extend(any.one_of.iter().chain(&any.any_of).chain(&any.all_of).map(Part::from));
            push_additional(any.additional_properties.as_ref(), open);
        }
    }
}

fn push_additional<'a>(additional: Option<&'a oas::AdditionalProperties>, open: &mut Vec<Part<'a>>) {
    if let Some(oas::AdditionalProperties::Schema(schema)) = additional {
        open.push(Part::from(schema.as_ref()));
    }
}
