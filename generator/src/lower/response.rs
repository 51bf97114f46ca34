//! Responses: what each status means, and what a call yields.

mod accept;
mod empty;
mod headers;
mod success;

use openapiv3 as oas;
use openapiv3::ReferenceOr;

use self::accept::lower_accept;
use self::empty::{add_empty_successes, has_no_content, warn_of_content};
use self::headers::lower_headers;
use self::success::lower_success;
use super::body::lower_media;
use super::context::Context;
use super::media::{Chosen, Format, Side, check_charset, choose, keep_examples, warn_of_others};
use super::schema::{Hint, Lowered};
use super::typed::keep_schema;
use crate::diagnostics::Code;
use crate::ir::{self, CaseOutcome, ReadFormat, StatusPattern, Type};
use crate::load::Located;
use crate::pointer::Pointer;

/// The responses of a call, and beside every case the type of its body.
#[derive(Clone)]
pub struct Draft {
    /// The responses.
    pub responses: ir::Responses,
    /// The bodies of the cases.
    pub bodies: Vec<Option<Type>>,
    /// What the name of a call with these responses ends in; nothing for those that are preferred.
    pub suffix: Option<&'static str>,
}

impl Draft {
    /// The same without the type of its headers.
    pub fn without_headers(mut self) -> Self {
        self.responses.headers = None;
        self
    }
}

/// A response as the document describes it.
#[derive(Clone)]
struct Documented<'a> {
    status: StatusPattern,
    response: &'a oas::Response,
    /// The body that is preferred, and those in other media types that have calls of their own.
    bodies: Vec<Body>,
    pointer: Pointer,
    /// Whether only a range of statuses covers it.
    is_implied: bool,
}

/// A body of a response.
#[derive(Clone)]
struct Body {
    ty: Type,
    format: ReadFormat,
    media_type: String,
    /// Others that are read in the same way.
    other_media_types: Vec<String>,
}

/// Lowers the responses of an operation: once with the media types that are preferred, and once for every other way
/// in which a success can come.
pub fn lower_responses<'a>(
    cx: &mut Context<'a>,
    method: ir::Method,
    responses: &'a oas::Responses,
    pointer: &Pointer,
    hint: &Hint,
) -> Vec<Draft> {
    let mut documented = documented(cx, responses, pointer, hint);
    if documented.is_empty() {
        cx.diagnostics.warn(
            Code::NoResponses,
            pointer,
            "no response is described, so every status counts as undocumented",
            "describe at least the successful response",
        );
    }
    documented.sort_by_key(|response| response.status);
    split_default(&mut documented);
    let accept = lower_accept(&documented);
    if method == ir::Method::Head {
        // Whatever a document says, nothing but headers comes back: those of what is accepted.
        documented.iter_mut().for_each(|response| response.bodies.clear());
    }
    add_empty_successes(&mut documented);
    let headers = lower_headers(cx, &documented, hint);
    let mut drafts = vec![lower_draft(cx, &documented, hint, None, headers, accept)];
    for format in other_formats(&documented) {
        let suffix = suffix(format);
        let others: Vec<Documented<'_>> = documented.iter().map(|response| preferring(response, format)).collect();
        let accept = lower_accept(&others);
        drafts.push(lower_draft(cx, &others, &hint.part(suffix), Some(suffix), None, accept));
    }
    drafts
}

fn documented<'a>(
    cx: &mut Context<'a>,
    responses: &'a oas::Responses,
    pointer: &Pointer,
    hint: &Hint,
) -> Vec<Documented<'a>> {
    let mut documented = Vec::new();
    for (status, response) in &responses.responses {
        let pattern = match status {
            oas::StatusCode::Code(code) => StatusPattern::Code(*code),
            oas::StatusCode::Range(range) => StatusPattern::Range(*range),
        };
        documented.extend(lower_response(cx, pattern, response, &pointer.child(status), hint));
    }
    if let Some(response) = &responses.default {
        documented.extend(lower_response(cx, StatusPattern::Default, response, &pointer.child("default"), hint));
    }
    documented
}

fn lower_response<'a>(
    cx: &mut Context<'a>,
    status: StatusPattern,
    response: &'a ReferenceOr<oas::Response>,
    pointer: &Pointer,
    hint: &Hint,
) -> Option<Documented<'a>> {
    let mark = cx.diagnostics.mark();
    let Some(located) = cx.document.resolve(response, pointer, cx.diagnostics) else {
        // Of an error nothing is lost but the shape of its body.
        if !is_success(status) {
            cx.diagnostics.forgive(mark);
        }
        return None;
    };
    let bodies = if has_no_content(status) {
        warn_of_content(cx, status, response, &located.object.content, pointer);
        Vec::new()
    } else {
        lower_bodies(cx, status, &located, hint)
    };
    Some(Documented { status, response: located.object, bodies, pointer: located.pointer, is_implied: false })
}

fn lower_bodies<'a>(
    cx: &mut Context<'a>,
    status: StatusPattern,
    located: &Located<'a, oas::Response>,
    hint: &Hint,
) -> Vec<Body> {
    let response = located.object;
    let pointer = located.pointer.child("content");
    let chosen = choose(cx.document, Side::Response, &response.content);
    warn_of_others(cx, &response.content, &chosen, &pointer);
    let hint = hint.part(&body_name(status));
    let bodies = chosen.iter().enumerate().map(|(index, chosen)| {
        let hint = if index == 0 { hint.clone() } else { hint.part(suffix_of(chosen.format)) };
        lower_body(cx, chosen, &pointer.child(chosen.name), &hint)
    });
    bodies.collect()
}

/// What the body of a response is called if it becomes a type.
fn body_name(status: StatusPattern) -> String {
    match status {
        StatusPattern::Code(code) if is_success(status) && code != 200 => format!("response {code}"),
        _ if is_success(status) => "response".to_owned(),
        StatusPattern::Code(code) => format!("error {code}"),
        StatusPattern::Range(range) => format!("error {range}XX"),
        StatusPattern::Default => "error".to_owned(),
    }
}

fn lower_body<'a>(cx: &mut Context<'a>, chosen: &Chosen<'a>, pointer: &Pointer, hint: &Hint) -> Body {
    if matches!(chosen.format, Format::Form | Format::Multipart) {
        cx.diagnostics.warn(
            Code::UnsupportedMediaType,
            pointer,
            format!("response bodies in `{}` are not taken apart; the bytes are given as they come", chosen.name),
            "nothing needs to be done, unless the parts are wanted",
        );
    }
    check_charset(cx, chosen, pointer);
    let (format, lowered) = match chosen.format {
        Format::Json | Format::JsonLike => (ReadFormat::Json, lower_media(cx, chosen.media, pointer, hint)),
        Format::Any => (ReadFormat::Any, lower_media(cx, chosen.media, pointer, hint)),
        Format::Events(format) => (ReadFormat::Events(format), lower_media(cx, chosen.media, pointer, hint)),
        Format::Text | Format::Markup => (ReadFormat::Text, Lowered::plain(Type::String)),
        Format::Form | Format::Multipart | Format::Bytes => (ReadFormat::Bytes, Lowered::plain(Type::Bytes)),
    };
    if format == ReadFormat::Json {
        keep_schema(cx, chosen.media, &lowered, pointer, ir::Usage { request: false, response: true });
    }
    let ty = lowered.standalone();
    if matches!(format, ReadFormat::Json | ReadFormat::Any) {
        keep_examples(cx, chosen.media, &ty, pointer);
    }
    let other_media_types = chosen.others.iter().map(|name| (*name).to_owned()).collect();
    Body { ty, format, media_type: chosen.name.to_owned(), other_media_types }
}

/// The ways in which a success can come beside the one that is preferred.
fn other_formats(documented: &[Documented<'_>]) -> Vec<ReadFormat> {
    let mut formats: Vec<ReadFormat> = Vec::new();
    for response in documented.iter().filter(|response| is_success(response.status)) {
        for body in response.bodies.iter().skip(1) {
            if !formats.contains(&body.format) {
                formats.push(body.format);
            }
        }
    }
    formats
}

/// The same response with another body in front, if it has one of that format.
fn preferring<'a>(response: &Documented<'a>, format: ReadFormat) -> Documented<'a> {
    let mut response = response.clone();
    if let Some(at) = response.bodies.iter().position(|body| body.format == format)
        && is_success(response.status)
    {
        response.bodies.swap(0, at);
    }
    response
}

fn suffix(format: ReadFormat) -> &'static str {
    match format {
        ReadFormat::Json | ReadFormat::Any => "json",
        ReadFormat::Text => "text",
        ReadFormat::Bytes => "bytes",
        ReadFormat::Events(_) => "stream",
    }
}

fn suffix_of(format: Format) -> &'static str {
    match format {
        Format::Events(_) => "event",
        Format::Text | Format::Markup => "text",
        _ => "bytes",
    }
}

fn lower_draft(
    cx: &mut Context<'_>,
    documented: &[Documented<'_>],
    hint: &Hint,
    suffix: Option<&'static str>,
    headers: Option<ir::ResponseHeaders>,
    accept: Option<String>,
) -> Draft {
    let (success, variants) = lower_success(documented, hint);
    let mut variants = variants.into_iter();
    let all = documented;
    // A stream without content ends at once, by whatever status.
    let is_stream = matches!(success, ir::Success::Events(..));
    let documented: Vec<&Documented<'_>> = documented.iter().filter(|one| !(is_stream && one.is_implied)).collect();
    let cases = documented.iter().map(|documented| ir::Case {
        status: documented.status,
        outcome: if is_success(documented.status) {
            let body = documented.bodies.first().map(|body| read_format(body, &success));
            CaseOutcome::Success { body, variant: variants.next().flatten() }
        } else {
            failure(cx, documented)
        },
        docs: docs(documented),
        headers: documented.response.headers.keys().cloned().collect(),
        sample: ir::Sample { status: free_status(all, documented.status), media_type: media_type(documented) },
        pointer: documented.pointer.clone(),
    });
    let cases = cases.collect();
    let bodies = documented.iter().map(|response| response.bodies.first().map(|body| body.ty.clone())).collect();
    let responses = ir::Responses { cases, success, accept, headers };
    Draft { responses, bodies, suffix }
}

fn docs(documented: &Documented<'_>) -> String {
    if documented.is_implied { "No content".to_owned() } else { documented.response.description.clone() }
}

/// A status of a pattern that is none of another.
fn free_status(documented: &[Documented<'_>], pattern: StatusPattern) -> u16 {
    let (first, last) = match pattern {
        StatusPattern::Code(code) => return code,
        StatusPattern::Range(range) => (range * 100, range * 100 + 99),
        StatusPattern::Default => (500, 599),
    };
    let is_free = |status: &u16| !documented.iter().any(|other| other.status == StatusPattern::Code(*status));
    (first..=last).find(is_free).unwrap_or(first)
}

/// The media type of a body as a response names it.
fn media_type(documented: &Documented<'_>) -> String {
    match documented.bodies.first() {
        None => String::new(),
        Some(body) if !body.media_type.contains('*') => body.media_type.clone(),
        Some(body) if body.media_type.starts_with("text/") => "text/plain".to_owned(),
        Some(Body { format: ReadFormat::Json | ReadFormat::Any, .. }) => "application/json".to_owned(),
        Some(Body { format: ReadFormat::Text, .. }) => "text/plain".to_owned(),
        Some(_) => "application/octet-stream".to_owned(),
    }
}

/// A stream is one only if it is all that a call yields.
fn read_format(body: &Body, success: &ir::Success) -> ReadFormat {
    match (body.format, success) {
        (ReadFormat::Events(_), ir::Success::Events(..)) => body.format,
        (ReadFormat::Events(_), _) => ReadFormat::Bytes,
        _ => body.format,
    }
}

fn is_success(status: StatusPattern) -> bool {
    matches!(status, StatusPattern::Code(200..=299) | StatusPattern::Range(2))
}

/// Where nothing else is said of success, `default` speaks of success too.
fn split_default(documented: &mut Vec<Documented<'_>>) {
    if documented.iter().any(|response| is_success(response.status)) {
        return;
    }
    if let Some(default) = documented.iter().find(|response| response.status == StatusPattern::Default) {
        let success = Documented { status: StatusPattern::Range(2), ..default.clone() };
        documented.push(success);
        documented.sort_by_key(|response| response.status);
    }
}

fn failure(cx: &mut Context<'_>, documented: &Documented<'_>) -> CaseOutcome {
    match documented.bodies.first() {
        Some(Body { ty, format, .. }) => {
            let (ty, format) = match format {
                // An error does not come bit by bit.
                ReadFormat::Events(_) => (&Type::Bytes, ReadFormat::Bytes),
                format => (ty, *format),
            };
            let name = type_word(cx, ty);
            CaseOutcome::Failure(cx.errors.index(ty, &name, &documented.response.description), format)
        }
        None => CaseOutcome::BareFailure,
    }
}

fn type_word(cx: &Context<'_>, ty: &Type) -> String {
    match ty {
        Type::Named(id) => cx.types.name(*id).to_owned(),
        Type::List(inner) => format!("{}List", type_word(cx, inner)),
        Type::Map(inner) => format!("{}Map", type_word(cx, inner)),
        Type::Nullable(inner) | Type::Boxed(inner) => type_word(cx, inner),
        Type::String => "Text".to_owned(),
        Type::Bytes => "Bytes".to_owned(),
        _ => "Json".to_owned(),
    }
}
