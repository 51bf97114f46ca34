//! Responses: what each status means, and what a call yields.

use openapiv3 as oas;
use openapiv3::ReferenceOr;

use super::body::{Format, choose, lower_content as lower_body_content, warn_of_others};
use super::context::Context;
use super::names::{Scope, variant_name};
use super::schema::Hint;
use crate::diagnostics::Code;
use crate::ir::{self, BodyFormat, CaseOutcome, StatusPattern, Success, Type};
use crate::pointer::Pointer;

/// The responses of an operation, and beside every case the type of its body.
pub struct Draft {
    /// The responses.
    pub responses: ir::Responses,
    /// The bodies of the cases.
    pub bodies: Vec<Option<Type>>,
}

struct Documented {
    status: StatusPattern,
    body: Option<(Type, BodyFormat)>,
    media_type: Option<String>,
    docs: String,
    headers: Vec<String>,
    pointer: Pointer,
}

/// Lowers the responses of an operation.
pub fn lower_responses<'a>(
    cx: &mut Context<'a>,
    responses: &'a oas::Responses,
    pointer: &Pointer,
    hint: &Hint,
) -> Draft {
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
    let (success, variants) = lower_success(&documented, hint);
    let bodies = documented.iter().map(|response| response.body.as_ref().map(|(ty, _)| ty.clone())).collect();
    let accept = accept(&documented);
    let mut variants = variants.into_iter();
    let cases = documented.into_iter().map(|response| {
        let outcome = if is_success(response.status) {
            CaseOutcome::Success {
                body: response.body.as_ref().map(|(_, format)| *format),
                variant: variants.next().flatten(),
            }
        } else {
            failure(cx, &response)
        };
        ir::Case {
            status: response.status,
            outcome,
            docs: response.docs,
            headers: response.headers,
            pointer: response.pointer,
        }
    });
    let responses = ir::Responses { cases: cases.collect(), success, accept };
    Draft { responses, bodies }
}

fn lower_response<'a>(
    cx: &mut Context<'a>,
    status: StatusPattern,
    response: &'a ReferenceOr<oas::Response>,
    pointer: &Pointer,
    hint: &Hint,
) -> Option<Documented> {
    let located = cx.document.resolve(response, pointer, cx.diagnostics)?;
    let response = located.object;
    let content = lower_content(cx, status, response, &located.pointer.child("content"), hint);
    let (body, media_type) = content.map_or((None, None), |(body, media_type)| (Some(body), Some(media_type)));
    Some(Documented {
        status,
        body,
        media_type,
        docs: response.description.clone(),
        headers: response.headers.keys().cloned().collect(),
        pointer: located.pointer.clone(),
    })
}

fn lower_content<'a>(
    cx: &mut Context<'a>,
    status: StatusPattern,
    response: &'a oas::Response,
    pointer: &Pointer,
    hint: &Hint,
) -> Option<((Type, BodyFormat), String)> {
    let chosen = choose(&response.content)?;
    if matches!(chosen.format, Format::Form | Format::Multipart) || chosen.name.starts_with("text/event-stream") {
        cx.diagnostics.warn(
            Code::UnsupportedMediaType,
            &pointer.child(chosen.name),
            format!("response bodies in `{}` are not taken apart; the bytes are given as they come", chosen.name),
            "nothing needs to be done, unless the parts are wanted",
        );
    }
    warn_of_others(cx, &response.content, chosen.name, pointer);
    let name = match status {
        StatusPattern::Code(code) if is_success(status) && code != 200 => format!("response {code}"),
        _ if is_success(status) => "response".to_owned(),
        StatusPattern::Code(code) => format!("error {code}"),
        StatusPattern::Range(range) => format!("error {range}XX"),
        StatusPattern::Default => "error".to_owned(),
    };
    let media_type = chosen.name.to_owned();
    if chosen.format == Format::Form {
        return Some(((Type::Bytes, BodyFormat::Bytes), media_type));
    }
    let (format, lowered) = lower_body_content(cx, &chosen, &pointer.child(chosen.name), &hint.part(&name));
    Some(((lowered.standalone(), format), media_type))
}

/// What to ask for, where a success is not JSON.
fn accept(documented: &[Documented]) -> Option<String> {
    let successes = documented.iter().filter(|response| is_success(response.status));
    let mut names: Vec<&str> = Vec::new();
    let mut only_json = true;
    for response in successes {
        if let (Some((_, format)), Some(media_type)) = (&response.body, &response.media_type) {
            only_json &= *format == BodyFormat::Json;
            if !names.contains(&media_type.as_str()) {
                names.push(media_type);
            }
        }
    }
    (!only_json).then(|| names.join(", "))
}

fn is_success(status: StatusPattern) -> bool {
    matches!(status, StatusPattern::Code(200..=299) | StatusPattern::Range(2))
}

/// Where nothing else is said of success, `default` speaks of success too.
fn split_default(documented: &mut Vec<Documented>) {
    if documented.iter().any(|response| is_success(response.status)) {
        return;
    }
    if let Some(default) = documented.iter().find(|response| response.status == StatusPattern::Default) {
        let success = Documented {
            status: StatusPattern::Range(2),
            body: default.body.clone(),
            media_type: default.media_type.clone(),
            docs: default.docs.clone(),
            headers: default.headers.clone(),
            pointer: default.pointer.clone(),
        };
        documented.push(success);
        documented.sort_by_key(|response| response.status);
    }
}

fn failure(cx: &mut Context<'_>, response: &Documented) -> CaseOutcome {
    match &response.body {
        Some((ty, format)) => {
            let name = body_name(cx, ty);
            CaseOutcome::Failure(cx.errors.index(ty, &name, &response.docs), *format)
        }
        None => CaseOutcome::BareFailure,
    }
}

fn body_name(cx: &Context<'_>, ty: &Type) -> String {
    match ty {
        Type::Named(id) => cx.types.name(*id).to_owned(),
        Type::List(inner) => format!("{}List", body_name(cx, inner)),
        Type::Map(inner) => format!("{}Map", body_name(cx, inner)),
        Type::Nullable(inner) | Type::Boxed(inner) => body_name(cx, inner),
        Type::String => "Text".to_owned(),
        Type::Bytes => "Bytes".to_owned(),
        _ => "Json".to_owned(),
    }
}

/// What a call yields, and for every successful response the variant that it then is.
fn lower_success(documented: &[Documented], hint: &Hint) -> (Success, Vec<Option<usize>>) {
    let successes: Vec<&Documented> = documented.iter().filter(|response| is_success(response.status)).collect();
    let mut distinct: Vec<&Type> = Vec::new();
    for (body, _) in successes.iter().filter_map(|response| response.body.as_ref()) {
        if !distinct.contains(&body) {
            distinct.push(body);
        }
    }
    let none = vec![None; successes.len()];
    let some_empty = successes.iter().any(|response| response.body.is_none());
    match distinct.as_slice() {
        [] => (Success::Nothing, none),
        [Type::List(_)] if some_empty => (Success::List(distinct[0].clone()), none),
        [only] if some_empty => (Success::Maybe((*only).clone()), none),
        [only] => (Success::Always((*only).clone()), none),
        _ => one_of(&successes, hint),
    }
}

fn one_of(successes: &[&Documented], hint: &Hint) -> (Success, Vec<Option<usize>>) {
    let mut scope = Scope::default();
    let variants = successes.iter().map(|response| ir::SuccessVariant {
        rust: scope.claim(&[status_name(response.status)]),
        ty: response.body.as_ref().map(|(ty, _)| ty.clone()),
        docs: response.docs.clone(),
    });
    let variants = variants.collect();
    let indices = (0..successes.len()).map(Some).collect();
    (Success::OneOf { type_name: format!("{}Success", hint.name), variants }, indices)
}

fn status_name(status: StatusPattern) -> String {
    let name = match status {
        StatusPattern::Code(200) => "Ok",
        StatusPattern::Code(201) => "Created",
        StatusPattern::Code(202) => "Accepted",
        StatusPattern::Code(203) => "NonAuthoritative",
        StatusPattern::Code(204) => "NoContent",
        StatusPattern::Code(205) => "ResetContent",
        StatusPattern::Code(206) => "PartialContent",
        StatusPattern::Code(207) => "MultiStatus",
        StatusPattern::Code(code) => return variant_name(&format!("status {code}")),
        StatusPattern::Range(_) | StatusPattern::Default => "Other",
    };
    name.to_owned()
}
