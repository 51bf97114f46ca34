//! Request bodies: what is sent, and how a caller gives it.

use openapiv3 as oas;
use openapiv3::ReferenceOr;

use super::context::Context;
use super::facets::SchemaAt;
use super::media::{Chosen, Format, Given, choose, keep_examples, media_example, warn_of_others};
use super::schema::{Hint, Lowered, lower_schema};
use super::typed::keep_schema;
use crate::ir;
use crate::pointer::Pointer;

/// A request body and the example that the document gives for it.
#[derive(Clone)]
pub struct Draft {
    /// The body.
    pub body: ir::RequestBody,
    /// The example.
    pub example: Option<Given>,
    /// What the name of a call with this body ends in; nothing for the body that is preferred.
    pub suffix: Option<&'static str>,
}

/// Lowers a request body: the media type that is preferred comes first, then those that have calls of their own.
pub fn lower_bodies<'a>(
    cx: &mut Context<'a>,
    body: &'a ReferenceOr<oas::RequestBody>,
    pointer: &Pointer,
    hint: &Hint,
) -> Option<Vec<Draft>> {
    let located = cx.document.resolve(body, pointer, cx.diagnostics)?;
    let body = located.object;
    let pointer = located.pointer.child("content");
    let chosen = choose(&body.content);
    warn_of_others(cx, &body.content, &chosen, &pointer);
    let arity = if body.required { ir::Arity::Required } else { ir::Arity::Optional };
    let mut drafts = Vec::new();
    for (index, chosen) in chosen.iter().enumerate() {
        let media_pointer = pointer.child(chosen.name);
        let suffix = (index > 0).then(|| suffix(chosen.format));
        let hint = suffix.map_or_else(|| hint.clone(), |suffix| hint.part(suffix));
        let (format, lowered) = lower_content(cx, chosen, &media_pointer, &hint);
        let readable = !matches!(chosen.format, Format::Bytes | Format::Events(_));
        drafts.push(Draft {
            example: media_example(cx, chosen.media, &media_pointer).filter(|_| readable),
            suffix,
            body: ir::RequestBody {
                media_type: chosen.sent_name(),
                format,
                content: ir::BodyContent::Whole { arity, ty: lowered.ty, limits: lowered.limits },
                docs: body.description.clone().unwrap_or_default(),
                pointer: located.pointer.clone(),
            },
        });
    }
    Some(drafts)
}

fn suffix(format: Format) -> &'static str {
    match format {
        Format::Json | Format::JsonLike | Format::Any => "json",
        Format::Form => "form",
        Format::Multipart => "multipart",
        Format::Text | Format::Markup => "text",
        Format::Events(_) | Format::Bytes => "file",
    }
}

/// The type of a body, and how it is written.
fn lower_content<'a>(
    cx: &mut Context<'a>,
    chosen: &Chosen<'a>,
    pointer: &Pointer,
    hint: &Hint,
) -> (ir::BodyFormat, Lowered) {
    match chosen.format {
        Format::Json | Format::JsonLike | Format::Any => {
            let lowered = lower_media(cx, chosen.media, pointer, hint);
            keep_examples(cx, chosen.media, &lowered.clone().standalone(), pointer);
            keep_schema(cx, chosen.media, &lowered, pointer, ir::Usage { request: true, response: false });
            (ir::BodyFormat::Json, lowered)
        }
        Format::Form => (ir::BodyFormat::Form, lower_media(cx, chosen.media, pointer, hint)),
        Format::Multipart => lower_multipart(cx, chosen.media, pointer, hint),
        Format::Text | Format::Markup => (ir::BodyFormat::Text, Lowered::plain(ir::Type::String)),
        Format::Events(_) | Format::Bytes => (ir::BodyFormat::File, Lowered::plain(ir::Type::File)),
    }
}

/// A form whose binary properties are files. One of which nothing is said is a map of files.
fn lower_multipart<'a>(
    cx: &mut Context<'a>,
    media: &'a oas::MediaType,
    pointer: &Pointer,
    hint: &Hint,
) -> (ir::BodyFormat, Lowered) {
    let around = std::mem::replace(&mut cx.holds_files, true);
    let lowered = lower_media(cx, media, pointer, hint);
    cx.holds_files = around;
    let lowered = match lowered.ty {
        ir::Type::Named(_) | ir::Type::Map(_) => lowered,
        _ => Lowered::plain(ir::Type::Map(Box::new(ir::Type::File))),
    };
    let encoding = media.encoding.iter().map(|(name, encoding)| ir::PartEncoding {
        name: name.clone(),
        media_type: encoding.content_type.clone(),
        style: encoding.style.as_ref().map(super::parameter::query_style),
        // openapiv3 does not tell `false` from nothing.
        explode: encoding.explode.then_some(true),
    });
    let encoding = encoding.filter(|part| part.media_type.is_some() || part.style.is_some() || part.explode.is_some());
    (ir::BodyFormat::Multipart(encoding.collect()), lowered)
}

/// The type of a media type's content.
pub fn lower_media<'a>(cx: &mut Context<'a>, media: &'a oas::MediaType, pointer: &Pointer, hint: &Hint) -> Lowered {
    match &media.schema {
        Some(schema) => lower_schema(cx, &SchemaAt::new(schema, pointer.child("schema")), hint),
        None => Lowered::plain(ir::Type::Json),
    }
}
