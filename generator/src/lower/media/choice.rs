//! Which media types of a body get a call, and which say nothing that another does not.

use indexmap::IndexMap;
use openapiv3 as oas;

use super::carry::{carries, has_same_schema};
use super::{Chosen, Format, Side, format};
use crate::diagnostics::{Code, Diagnostic};
use crate::load::Document;
use crate::lower::context::Context;
use crate::pointer::Pointer;

/// The media type that the client understands best, and those that say something else and have a call of their own.
///
/// The same schema in several media types is one body, in the best of those that can carry it. Markup beside anything else
/// is left aside.
pub fn choose<'a>(document: &Document, side: Side, content: &'a IndexMap<String, oas::MediaType>) -> Vec<Chosen<'a>> {
    let mut candidates: Vec<Chosen<'a>> = content
        .iter()
        .map(|(name, media)| Chosen { name, others: Vec::new(), format: format(document, side, name, media), media })
        .collect();
    candidates.sort_by_key(|candidate| candidate.format);
    let can_carry = |one: &Chosen<'_>| carries(document, side, one.format, one.media);
    let carriers: Vec<&Chosen<'a>> = candidates.iter().filter(|one| can_carry(one)).collect();
    let is_carried = |one: &Chosen<'_>| carriers.iter().any(|other| has_same_schema(document, one.media, other.media));
    let mut chosen: Vec<Chosen<'a>> = Vec::new();
    for candidate in candidates.iter().filter(|one| can_carry(one) || !is_carried(one)) {
        if chosen.is_empty() || says_more(document, &chosen, candidate) {
            chosen.push(candidate.clone());
        }
    }
    for chosen in &mut chosen {
        let is_alike = |other: &&Chosen<'a>| other.name != chosen.name && is_alike(document, side, chosen, other);
        chosen.others = candidates.iter().filter(is_alike).map(|other| other.name).collect();
    }
    chosen
}

/// Whether a call that uses one media type does for another too: a file brings its own, and bytes and text are given as
/// they are received.
fn is_alike(document: &Document, side: Side, one: &Chosen<'_>, other: &Chosen<'_>) -> bool {
    let is_read_alike = match one.format {
        Format::Bytes => true,
        Format::Text => side == Side::Response,
        Format::JsonLike => side == Side::Response && has_same_schema(document, one.media, other.media),
        _ => false,
    };
    is_read_alike && one.format == other.format
}

/// Whether a media type says something that those that are chosen do not say.
fn says_more(document: &Document, chosen: &[Chosen<'_>], candidate: &Chosen<'_>) -> bool {
    let is_new = !chosen.iter().any(|known| known.format.class() == candidate.format.class());
    let is_same = chosen.iter().any(|known| has_same_schema(document, known.media, candidate.media));
    is_new
        && match candidate.format {
            Format::Markup => false,
            Format::Events(_) => true,
            Format::Bytes => candidate.media.schema.is_none() || !is_same,
            _ => !is_same,
        }
}

/// Reports the media types that are left aside although no call has their schema.
pub fn warn_of_others(
    cx: &mut Context<'_>,
    content: &IndexMap<String, oas::MediaType>,
    chosen: &[Chosen<'_>],
    pointer: &Pointer,
) {
    let Some(first) = chosen.first() else { return };
    let document = cx.document;
    for (name, media) in content {
        let is_known = |known: &Chosen<'_>| {
            known.name == name || known.others.contains(&name.as_str()) || has_same_schema(document, known.media, media)
        };
        if chosen.iter().any(is_known) {
            continue;
        }
        let place = pointer.child(name);
        let message = format!("`{name}` is left aside in favour of `{}`", first.name);
        let help = "nothing needs to be done, unless this is the media type that is wanted";
        let diagnostic = Diagnostic::warning(Code::UnsupportedMediaType, &place, message, help);
        let diagnostic = diagnostic.note(&pointer.child(first.name), "this one is used");
        cx.diagnostics.push(diagnostic.remove(&place));
    }
}
