//! Request bodies, and the media types that bodies are in.

use indexmap::IndexMap;
use openapiv3 as oas;
use openapiv3::ReferenceOr;
use serde_json::Value;

use super::context::Context;
use super::facets::SchemaAt;
use super::parameter::first_example;
use super::schema::{Hint, Lowered, lower_schema};
use crate::diagnostics::Code;
use crate::ir;
use crate::pointer::Pointer;

/// A request body and the example that the document gives for it.
pub struct Draft {
    /// The body.
    pub body: ir::RequestBody,
    /// The example.
    pub example: Option<Value>,
}

/// Lowers a request body.
pub fn lower_body<'a>(
    cx: &mut Context<'a>,
    body: &'a ReferenceOr<oas::RequestBody>,
    pointer: &Pointer,
    hint: &Hint,
) -> Option<Draft> {
    let located = cx.document.resolve(body, pointer, cx.diagnostics)?;
    let body = located.object;
    let pointer = located.pointer.child("content");
    let chosen = choose(&body.content)?;
    if chosen.format == Format::Multipart {
        cx.diagnostics.error(
            Code::UnsupportedMediaType,
            &pointer,
            format!("request bodies in `{}` are not supported", chosen.name),
            "describe the body as `application/json`, if the server takes that",
        );
        return None;
    }
    warn_of_others(cx, &body.content, chosen.name, &pointer);
    let media_pointer = pointer.child(chosen.name);
    let (format, lowered) = lower_content(cx, &chosen, &media_pointer, hint);
    let arity = if body.required { ir::Arity::Required } else { ir::Arity::Optional };
    let readable = format != ir::BodyFormat::Bytes;
    Some(Draft {
        example: media_example(cx, chosen.media, &media_pointer).filter(|_| readable),
        body: ir::RequestBody {
            media_type: chosen.sent_name(),
            format,
            content: ir::BodyContent::Whole { arity, ty: lowered.ty, limits: lowered.limits },
            docs: body.description.clone().unwrap_or_default(),
            pointer: located.pointer.clone(),
        },
    })
}

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
    /// Text.
    Text,
    /// Anything else.
    Bytes,
}

/// One of several media types.
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
    fn sent_name(&self) -> String {
        match self.format {
            Format::Any => "application/json".to_owned(),
            Format::Bytes if self.name.contains('*') => "application/octet-stream".to_owned(),
            Format::Text if self.name.contains('*') => "text/plain".to_owned(),
            _ => self.name.to_owned(),
        }
    }
}

/// The media type that the client understands best; `None` if there is none at all.
pub fn choose(content: &IndexMap<String, oas::MediaType>) -> Option<Chosen<'_>> {
    let formats = content.iter().map(|(name, media)| Chosen { name, format: format(name, media), media });
    formats.min_by_key(|chosen| chosen.format)
}

fn format(name: &str, media: &oas::MediaType) -> Format {
    let essence = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "application/json" => Format::Json,
        "text/json" => Format::JsonLike,
        "application/x-www-form-urlencoded" => Format::Form,
        "*/*" | "application/*" if is_binary(media) => Format::Bytes,
        "*/*" | "application/*" => Format::Any,
        "application/xml" | "application/yaml" | "application/x-yaml" | "application/graphql" => Format::Text,
        _ if essence.ends_with("+json") => Format::JsonLike,
        _ if essence.starts_with("multipart/") => Format::Multipart,
        // What comes bit by bit is text only as a whole, and a program wants it bit by bit.
        "text/event-stream" => Format::Bytes,
        _ if essence.starts_with("text/") || essence.ends_with("+xml") => Format::Text,
        _ => Format::Bytes,
    }
}

/// Whether a media type is JSON or a relative of it.
pub fn is_json(name: &str) -> bool {
    let essence = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
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

/// The type of a body, and how it is written or read.
pub fn lower_content<'a>(
    cx: &mut Context<'a>,
    chosen: &Chosen<'a>,
    pointer: &Pointer,
    hint: &Hint,
) -> (ir::BodyFormat, Lowered) {
    match chosen.format {
        Format::Json | Format::JsonLike | Format::Any => {
            (ir::BodyFormat::Json, lower_media(cx, chosen.media, pointer, hint))
        }
        Format::Form => (ir::BodyFormat::Form, lower_media(cx, chosen.media, pointer, hint)),
        Format::Text => (ir::BodyFormat::Text, Lowered::plain(ir::Type::String)),
        Format::Bytes | Format::Multipart => (ir::BodyFormat::Bytes, Lowered::plain(ir::Type::Bytes)),
    }
}

/// Tells which media types are left aside.
pub fn warn_of_others(
    cx: &mut Context<'_>,
    content: &IndexMap<String, oas::MediaType>,
    chosen: &str,
    pointer: &Pointer,
) {
    for name in content.keys().filter(|name| *name != chosen) {
        cx.diagnostics.warn(
            Code::UnsupportedMediaType,
            &pointer.child(name),
            format!("`{name}` is left aside in favour of `{chosen}`"),
            "nothing needs to be done, unless this is the media type that is wanted",
        );
    }
}

/// The type of a media type's content.
fn lower_media<'a>(cx: &mut Context<'a>, media: &'a oas::MediaType, pointer: &Pointer, hint: &Hint) -> Lowered {
    match &media.schema {
        Some(schema) => lower_schema(cx, &SchemaAt::new(schema, pointer.child("schema")), hint),
        None => Lowered::plain(ir::Type::Json),
    }
}

/// The example that a media type gives.
pub fn media_example(cx: &mut Context<'_>, media: &oas::MediaType, pointer: &Pointer) -> Option<Value> {
    media.example.clone().or_else(|| first_example(cx, &media.examples, pointer))
}
