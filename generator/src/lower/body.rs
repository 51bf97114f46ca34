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
    if body.content.is_empty() {
        return None;
    }
    let Some((media_type, media)) = json_content(&body.content) else {
        let found: Vec<_> = body.content.keys().map(|name| format!("`{name}`")).collect();
        cx.diagnostics.error(
            Code::UnsupportedMediaType,
            &pointer,
            format!("request bodies in {} are not supported", found.join(", ")),
            "describe the body as `application/json`, if the server takes that",
        );
        return None;
    };
    warn_of_others(cx, &body.content, media_type, &pointer);
    let media_pointer = pointer.child(media_type);
    let lowered = lower_media(cx, media, &media_pointer, hint);
    let arity = if body.required { ir::Arity::Required } else { ir::Arity::Optional };
    Some(Draft {
        example: media_example(cx, media, &media_pointer),
        body: ir::RequestBody {
            media_type: media_type.to_owned(),
            content: ir::BodyContent::Whole { arity, ty: lowered.ty, limits: lowered.limits },
            docs: body.description.clone().unwrap_or_default(),
        },
    })
}

/// The JSON among several media types, `application/json` before its relatives.
pub fn json_content(content: &IndexMap<String, oas::MediaType>) -> Option<(&str, &oas::MediaType)> {
    let rank = |name: &str| {
        let essence = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match essence.as_str() {
            "application/json" => Some(0),
            _ if essence.ends_with("+json") => Some(1),
            "text/json" => Some(2),
            "*/*" | "application/*" => Some(3),
            _ => None,
        }
    };
    let ranked = content.iter().filter_map(|(name, media)| rank(name).map(|rank| (rank, name.as_str(), media)));
    let (rank, name, media) = ranked.min_by_key(|(rank, ..)| *rank)?;
    Some((if rank == 3 { "application/json" } else { name }, media))
}

/// Tells which media types are left aside.
pub fn warn_of_others(
    cx: &mut Context<'_>,
    content: &IndexMap<String, oas::MediaType>,
    chosen: &str,
    pointer: &Pointer,
) {
    for name in content.keys().filter(|name| *name != chosen && content.len() > 1) {
        cx.diagnostics.warn(
            Code::UnsupportedMediaType,
            &pointer.child(name),
            format!("`{name}` is left aside in favour of `{chosen}`"),
            "nothing needs to be done, unless this is the media type that is wanted",
        );
    }
}

/// The type of a media type's content.
pub fn lower_media<'a>(cx: &mut Context<'a>, media: &'a oas::MediaType, pointer: &Pointer, hint: &Hint) -> Lowered {
    match &media.schema {
        Some(schema) => lower_schema(cx, &SchemaAt::new(schema, pointer.child("schema")), hint),
        None => Lowered::plain(ir::Type::Json),
    }
}

fn media_example(cx: &mut Context<'_>, media: &oas::MediaType, pointer: &Pointer) -> Option<Value> {
    media.example.clone().or_else(|| first_example(cx, &media.examples, pointer))
}
