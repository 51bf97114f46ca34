//! Which component schemas hold files: those that a multipart body is made of, and what is in them.
//!
//! Elsewhere `format: binary` is a text, since JSON cannot hold anything else.

use std::collections::BTreeSet;

use openapiv3 as oas;
use openapiv3::ReferenceOr;

use crate::load::Document;

/// The names of the components that hold files.
pub fn file_components(document: &Document) -> BTreeSet<String> {
    let mut walk = Walk { document, found: BTreeSet::new() };
    let operations = document.openapi.paths.iter().filter_map(|(_, item)| item.as_item());
    for (_, operation) in operations.flat_map(oas::PathItem::iter) {
        if let Some(ReferenceOr::Item(body)) = &operation.request_body {
            walk.body(body);
        }
    }
    document
        .components::<oas::RequestBody>()
        .values()
        .filter_map(ReferenceOr::as_item)
        .for_each(|body| walk.body(body));
    walk.found
}

struct Walk<'a> {
    document: &'a Document,
    found: BTreeSet<String>,
}

impl<'a> Walk<'a> {
    fn body(&mut self, body: &'a oas::RequestBody) {
        let multipart = body.content.iter().filter(|(name, _)| name.to_ascii_lowercase().starts_with("multipart/"));
        multipart.filter_map(|(_, media)| media.schema.as_ref()).for_each(|schema| self.schema(schema));
    }

    fn schema(&mut self, schema: &'a ReferenceOr<oas::Schema>) {
        match schema {
            ReferenceOr::Reference { reference } => self.reference(reference),
            ReferenceOr::Item(schema) => self.item(schema),
        }
    }

    fn boxed(&mut self, schema: &'a ReferenceOr<Box<oas::Schema>>) {
        match schema {
            ReferenceOr::Reference { reference } => self.reference(reference),
            ReferenceOr::Item(schema) => self.item(schema),
        }
    }

    fn reference(&mut self, reference: &'a str) {
        let Some(name) = reference.strip_prefix("#/components/schemas/") else { return };
        if let Some(schema) = self.document.components::<oas::Schema>().get(name)
            && self.found.insert(name.to_owned())
        {
            self.schema(schema);
        }
    }

    fn item(&mut self, schema: &'a oas::Schema) {
        match &schema.schema_kind {
            oas::SchemaKind::Type(oas::Type::Object(object)) => {
                object.properties.values().for_each(|schema| self.boxed(schema));
            }
            oas::SchemaKind::Type(oas::Type::Array(array)) => array.items.iter().for_each(|items| self.boxed(items)),
            oas::SchemaKind::Type(_) | oas::SchemaKind::Not { .. } => {}
            oas::SchemaKind::OneOf { one_of: members }
            | oas::SchemaKind::AnyOf { any_of: members }
            | oas::SchemaKind::AllOf { all_of: members } => members.iter().for_each(|schema| self.schema(schema)),
            oas::SchemaKind::Any(any) => {
                any.properties.values().chain(&any.items).for_each(|schema| self.boxed(schema));
                any.one_of.iter().chain(&any.any_of).chain(&any.all_of).for_each(|schema| self.schema(schema));
            }
        }
    }
}
