//! Media types: which of several a body is in, and which of the others deserve a call of their own.

use indexmap::IndexMap;
use openapiv3 as oas;
use openapiv3::ReferenceOr;
use serde_json::Value;

use super::context::Context;
use crate::diagnostics::{Code, Diagnostic};
use crate::ir;
use crate::pointer::Pointer;

/// What a media type asks of whoever writes or reads it; those that come first are taken first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// `application/json`
    Json,
    /// Its relatives.
    JsonLike,
    /// Any media type, of which JSON is one.
    Any,
    /// `application/x-www-form-urlencoded`
    Form,
    /// `multipart/form-data`
    Multipart,
    /// Values that come one after the other.
    Events(ir::EventFormat),
    /// Text.
    Text,
    /// Text with a structure that is not taken apart.
    Markup,
    /// Anything else.
    Bytes,
}

impl Format {
    /// What the formats have in common that differ in nothing but a name.
    fn class(self) -> Self {
        match self {
            Self::Json | Self::JsonLike | Self::Any => Self::Json,
            other => other,
        }
    }
}

/// One of several media types.
#[derive(Clone, Copy)]
pub struct Chosen<'a> {
    /// Its name in the document.
    pub name: &'a str,
    /// What it asks for.
    pub format: Format,
    /// Its content.
    pub media: &'a oas::MediaType,
}

impl Chosen<'_> {
    /// The media type as a request names it.
    pub fn sent_name(&self) -> String {
        match self.format {
            Format::Any => "application/json".to_owned(),
            Format::Bytes if self.name.contains('*') => "application/octet-stream".to_owned(),
            Format::Text if self.name.contains('*') => "text/plain".to_owned(),
            _ => self.name.to_owned(),
        }
    }
}

/// The media type that the client understands best, and those that say something else and have a call of their own.
///
/// Those that say the same in other words, and markup beside anything else, are left aside.
pub fn choose(content: &IndexMap<String, oas::MediaType>) -> Vec<Chosen<'_>> {
    let mut formats: Vec<Chosen<'_>> =
        content.iter().map(|(name, media)| Chosen { name, format: format(name, media), media }).collect();
    formats.sort_by_key(|chosen| chosen.format);
    let mut chosen: Vec<Chosen<'_>> = Vec::new();
    for candidate in formats {
        let Some(first) = chosen.first() else {
            chosen.push(candidate);
            continue;
        };
        let is_new = !chosen.iter().any(|known| known.format.class() == candidate.format.class());
        let says_more = match candidate.format {
            Format::Markup => false,
            Format::Events(_) | Format::Bytes => true,
            _ => candidate.media.schema != first.media.schema,
        };
        if is_new && says_more {
            chosen.push(candidate);
        }
    }
    chosen
}

fn format(name: &str, media: &oas::MediaType) -> Format {
    let essence = essence(name);
    match essence.as_str() {
        "application/json" => Format::Json,
        "text/json" => Format::JsonLike,
        "application/x-www-form-urlencoded" => Format::Form,
        "*/*" | "application/*" if is_binary(media) => Format::Bytes,
        "*/*" | "application/*" => Format::Any,
        "application/xml"
        | "text/xml"
        | "text/html"
        | "application/yaml"
        | "application/x-yaml"
        | "text/yaml"
        | "application/graphql" => Format::Markup,
        "text/event-stream" => Format::Events(ir::EventFormat::ServerSent),
        "application/x-ndjson"
        | "application/ndjson"
        | "application/jsonl"
        | "application/x-jsonl"
        | "application/jsonlines"
        | "application/x-json-stream"
        | "application/stream+json"
        | "application/json-lines" => Format::Events(ir::EventFormat::JsonLines),
        "application/json-seq" => Format::Events(ir::EventFormat::JsonSequence),
        _ if essence.ends_with("+json") => Format::JsonLike,
        _ if essence.starts_with("multipart/") => Format::Multipart,
        _ if essence.ends_with("+xml") => Format::Markup,
        _ if essence.starts_with("text/") => Format::Text,
        _ => Format::Bytes,
    }
}

/// A media type without its parameters.
fn essence(name: &str) -> String {
    name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a media type is JSON or a relative of it.
pub fn is_json(name: &str) -> bool {
    let essence = essence(name);
    matches!(essence.as_str(), "application/json" | "text/json" | "*/*" | "application/*") || essence.ends_with("+json")
}

fn is_binary(media: &oas::MediaType) -> bool {
    matches!(
        &media.schema,
        Some(ReferenceOr::Item(oas::Schema {
            schema_kind: oas::SchemaKind::Type(oas::Type::String(oas::StringType {
                format: oas::VariantOrUnknownOrEmpty::Item(oas::StringFormat::Binary),
                ..
            })),
            ..
        }))
    )
}

/// Tells which media types are left aside.
pub fn warn_of_others(
    cx: &mut Context<'_>,
    content: &IndexMap<String, oas::MediaType>,
    chosen: &[Chosen<'_>],
    pointer: &Pointer,
) {
    let Some(first) = chosen.first() else { return };
    for name in content.keys().filter(|name| !chosen.iter().any(|chosen| chosen.name == *name)) {
        let place = pointer.child(name);
        let message = format!("`{name}` is left aside in favour of `{}`", first.name);
        let help = "nothing needs to be done, unless this is the media type that is wanted";
        let diagnostic = Diagnostic::warning(Code::UnsupportedMediaType, &place, message, help);
        let diagnostic = diagnostic.note(&pointer.child(first.name), "this one is used");
        cx.diagnostics.push(diagnostic.remove(&place));
    }
}

/// Remembers the values that a media type gives as examples of its type.
pub fn keep_examples(cx: &mut Context<'_>, media: &oas::MediaType, ty: &ir::Type, pointer: &Pointer) {
    if let Some(value) = media.example.clone() {
        cx.values.push(ir::ExampleValue {
            ty: ty.clone(),
            value,
            pointer: pointer.child("example"),
            schema: pointer.child("schema"),
        });
    }
    for (name, example) in &media.examples {
        let place = pointer.child("examples").child(name);
        let mark = cx.diagnostics.mark();
        let located = cx.document.resolve(example, &place, cx.diagnostics);
        cx.diagnostics.forgive(mark);
        if let Some(located) = located
            && let Some(value) = located.object.value.clone()
        {
            let (ty, place) = (ty.clone(), located.pointer.child("value"));
            cx.values.push(ir::ExampleValue { ty, value, pointer: place, schema: pointer.child("schema") });
        }
    }
}

/// A value that the document gives as an example.
#[derive(Clone, Debug)]
pub struct Given {
    /// The value.
    pub value: Value,
    /// Its place.
    pub pointer: Pointer,
}

/// The example that a media type gives.
pub fn media_example(cx: &mut Context<'_>, media: &oas::MediaType, pointer: &Pointer) -> Option<Given> {
    given(cx, media.example.as_ref(), &media.examples, pointer)
}

/// `example`, or else the first of `examples`, of what stands at a place.
pub fn given(
    cx: &mut Context<'_>,
    example: Option<&Value>,
    examples: &IndexMap<String, ReferenceOr<oas::Example>>,
    pointer: &Pointer,
) -> Option<Given> {
    if let Some(value) = example {
        return Some(Given { value: value.clone(), pointer: pointer.child("example") });
    }
    let (name, example) = examples.first()?;
    let pointer = pointer.child("examples").child(name);
    let located = cx.document.resolve(example, &pointer, cx.diagnostics)?;
    let value = located.object.value.clone()?;
    Some(Given { value, pointer: located.pointer.child("value") })
}
