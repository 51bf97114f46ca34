//! What a call yields: the bodies of its successful responses in, one type out.

use super::{Body, Documented, docs, is_success};
use crate::ir::{self, ReadFormat, StatusPattern, Success, Type};
use crate::lower::names::{Scope, variant_name};
use crate::lower::schema::Hint;

/// What a call yields, and for every successful response the variant that it then is.
pub fn lower_success(documented: &[Documented<'_>], hint: &Hint) -> (Success, Vec<Option<usize>>) {
    let successes: Vec<&Documented<'_>> = documented.iter().filter(|response| is_success(response.status)).collect();
    let mut distinct: Vec<Body> = Vec::new();
    for body in successes.iter().filter_map(|response| response.bodies.first()) {
        if !distinct.iter().any(|known| known.ty == body.ty && known.format == body.format) {
            distinct.push(body.clone());
        }
    }
    let none = vec![None; successes.len()];
    let some_empty = successes.iter().any(|response| response.bodies.is_empty());
    // A stream of no items is one too.
    let some_no_stream = successes.iter().any(|response| response.bodies.is_empty() && !response.is_implied);
    match distinct.as_slice() {
        [] => (Success::Nothing, none),
        [Body { ty, format: ReadFormat::Events(format), .. }] if !some_no_stream => {
            (Success::Events(ty.clone(), *format), none)
        }
        [only] if some_empty => match whole(only) {
            list @ Type::List(_) => (Success::List(list), none),
            only => (Success::Maybe(only), none),
        },
        [only] => (Success::Always(whole(only)), none),
        [first, others @ ..] if others.iter().all(|other| whole(other) == whole(first)) => {
            (if some_empty { Success::Maybe(whole(first)) } else { Success::Always(whole(first)) }, none)
        }
        _ => one_of(&successes, hint),
    }
}

/// The type of a body that is read at once.
fn whole(body: &Body) -> Type {
    match body.format {
        ReadFormat::Events(_) => Type::Bytes,
        _ => body.ty.clone(),
    }
}

fn one_of(successes: &[&Documented<'_>], hint: &Hint) -> (Success, Vec<Option<usize>>) {
    let mut scope = Scope::default();
    let (mut variants, mut indices) = (Vec::new(), Vec::new());
    let mut implied = None;
    for response in successes {
        // Nothing is nothing, by whatever status.
        let index = implied.filter(|_| response.is_implied).unwrap_or(variants.len());
        if response.is_implied {
            implied = Some(index);
        }
        if index == variants.len() {
            variants.push(ir::SuccessVariant {
                rust: scope.claim(&[status_name(response.status)]),
                ty: response.bodies.first().map(whole),
                docs: docs(response),
            });
        }
        indices.push(Some(index));
    }
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
