//! Media types: which of several a body is in, and which of the others deserve a call of their own.

mod carry;
mod charset;
mod choice;

use indexmap::IndexMap;
use openapiv3 as oas;
use openapiv3::ReferenceOr;
use serde_json::Value;

pub use self::charset::{Charset, check_charset};
pub use self::choice::{choose, warn_of_others};
use super::context::Context;
use crate::ir;
use crate::load::Document;
use crate::pointer::Pointer;

/// Who sends a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The client.
    Request,
    /// The server.
    Response,
}

/// What a media type asks of whoever writes or reads it; those that come first are taken first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// `application/json`
    Json,
    /// Its relatives.
    JsonLike,
    /// A range of media types, JSON or text among them: the one that is received decides how the body is read.
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
#[derive(Clone)]
pub struct Chosen<'a> {
    /// Its name in the document.
    pub name: &'a str,
    /// The names of others that are sent and read in the same way.
    pub others: Vec<&'a str>,
    /// What it asks for.
    pub format: Format,
    /// Its content.
    pub media: &'a oas::MediaType,
}

impl Chosen<'_> {
    /// The media type as a request names it.
    pub fn sent_name(&self) -> String {
        if !self.name.contains('*') {
            return self.name.to_owned();
        }
        let concrete = match self.format {
            Format::Json | Format::JsonLike | Format::Any => "application/json",
            Format::Form => "application/x-www-form-urlencoded",
            Format::Multipart => "multipart/form-data",
            Format::Text => "text/plain",
            Format::Markup => "application/xml",
            Format::Events(_) | Format::Bytes => "application/octet-stream",
        };
        concrete.to_owned()
    }
}

fn format(document: &Document, side: Side, name: &str, media: &oas::MediaType) -> Format {
    let essence = essence(name);
    let holds = |check: fn(&Document, &ReferenceOr<oas::Schema>) -> bool| {
        media.schema.as_ref().is_some_and(|schema| check(document, schema))
    };
    match essence.as_str() {
        "application/json" => Format::Json,
        "text/json" => Format::JsonLike,
        "application/x-www-form-urlencoded" => Format::Form,
        "*/*" | "*" | "application/*" | "text/*" if holds(carry::is_binary) => Format::Bytes,
        "*/*" | "*" | "application/*" => Format::Any,
        "text/*" if side == Side::Response && media.schema.is_some() && !holds(carry::is_plain_string) => Format::Any,
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
