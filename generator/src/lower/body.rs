//! Request bodies: what is sent, and how a caller gives it.

use openapiv3 as oas;
use openapiv3::ReferenceOr;

use super::context::Context;
use super::encoding::{FormAt, FormKind, lower_encoding};
use super::facets::SchemaAt;
use super::media::{
    Charset, Chosen, Format, Given, Side, check_charset, choose, keep_examples, media_example, warn_of_others,
};
use super::parameter;
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
    /// The headers of its parts.
    pub headers: Vec<parameter::Draft>,
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
    let chosen = choose(cx.document, Side::Request, &body.content);
    warn_of_others(cx, &body.content, &chosen, &pointer);
    let arity = if body.required { ir::Arity::Required } else { ir::Arity::Optional };
    let mut drafts = Vec::new();
    for (index, chosen) in chosen.iter().enumerate() {
        let media_pointer = pointer.child(chosen.name);
        check_charset(cx, chosen, &media_pointer);
        let suffix = (index > 0).then(|| suffix(chosen.format));
        let hint = suffix.map_or_else(|| hint.clone(), |suffix| hint.part(suffix));
        let (format, lowered, headers) = lower_content(cx, chosen, &media_pointer, &hint, arity);
        let readable = !matches!(chosen.format, Format::Bytes | Format::Events(_));
        drafts.push(Draft {
            example: media_example(cx, chosen.media, &media_pointer).filter(|_| readable),
            headers,
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

/// The type of a body, how it is written, and the headers of its parts.
fn lower_content<'a>(
    cx: &mut Context<'a>,
    chosen: &Chosen<'a>,
    pointer: &Pointer,
    hint: &Hint,
    arity: ir::Arity,
) -> (ir::BodyFormat, Lowered, Vec<parameter::Draft>) {
    let (format, lowered) = match chosen.format {
        Format::Json | Format::JsonLike | Format::Any => {
            let lowered = lower_media(cx, chosen.media, pointer, hint);
            keep_examples(cx, chosen.media, &lowered.clone().standalone(), pointer);
            keep_schema(cx, chosen.media, &lowered, pointer, ir::Usage { request: true, response: false });
            (ir::BodyFormat::Json, lowered)
        }
        Format::Form => {
            let lowered = lower_media(cx, chosen.media, pointer, hint);
            let form = FormAt { kind: FormKind::Urlencoded, media: chosen.media, pointer, ty: &lowered.ty, arity };
            let (encoding, _) = lower_encoding(cx, &form, hint);
            (ir::BodyFormat::Form(encoding), lowered)
        }
        Format::Multipart => {
            let lowered = lower_multipart(cx, chosen.media, pointer, hint);
            let form = FormAt {
                kind: FormKind::of_multipart(cx, chosen.name),
                media: chosen.media,
                pointer,
                ty: &lowered.ty,
                arity,
            };
            let (encoding, headers) = lower_encoding(cx, &form, hint);
            return (ir::BodyFormat::Multipart(encoding), lowered, headers);
        }
        Format::Text | Format::Markup => {
            let is_utf8 = Charset::of(chosen.name) == Charset::Utf8;
            let format = if is_utf8 { ir::BodyFormat::Text } else { ir::BodyFormat::TextInCharset };
            (format, Lowered::plain(ir::Type::String))
        }
        Format::Events(_) | Format::Bytes => (ir::BodyFormat::File, Lowered::plain(ir::Type::File)),
    };
    (format, lowered, Vec::new())
}

/// A form whose binary properties are files. One of which nothing is said is a map of files.
fn lower_multipart<'a>(cx: &mut Context<'a>, media: &'a oas::MediaType, pointer: &Pointer, hint: &Hint) -> Lowered {
    let around = std::mem::replace(&mut cx.holds_files, true);
    let lowered = lower_media(cx, media, pointer, hint);
    cx.holds_files = around;
    match lowered.ty {
        ir::Type::Named(_) | ir::Type::Map(_) => lowered,
        _ => Lowered::plain(ir::Type::Map(Box::new(ir::Type::File))),
    }
}

/// The type of a media type's content.
pub fn lower_media<'a>(cx: &mut Context<'a>, media: &'a oas::MediaType, pointer: &Pointer, hint: &Hint) -> Lowered {
    match &media.schema {
        Some(schema) => lower_schema(cx, &SchemaAt::new(schema, pointer.child("schema")), hint),
        None => Lowered::plain(ir::Type::Json),
    }
}
