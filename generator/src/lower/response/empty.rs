//! Statuses whose responses have no content (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5), whatever a document says.

use openapiv3 as oas;
use openapiv3::ReferenceOr;

use super::Documented;
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::StatusPattern;
use crate::lower::context::Context;
use crate::pointer::Pointer;

/// The successful ones among them.
const EMPTY_SUCCESSES: [u16; 2] = [204, 205];

/// Whether responses of a status never have content.
pub fn has_no_content(status: StatusPattern) -> bool {
    matches!(status, StatusPattern::Code(204 | 205 | 304))
}

/// Reports the content of a response that cannot have any. Without a schema, it says nothing.
pub fn warn_of_content(
    cx: &mut Context<'_>,
    status: StatusPattern,
    response: &ReferenceOr<oas::Response>,
    content: &indexmap::IndexMap<String, oas::MediaType>,
    pointer: &Pointer,
) {
    if content.values().all(|media| media.schema.is_none()) {
        return;
    }
    let message = format!("responses with status {status} have no content, so their `content` is ignored");
    let warn = |place: &Pointer, help| Diagnostic::warning(Code::IgnoredContent, place, message, help);
    let diagnostic = match response {
        ReferenceOr::Item(_) => {
            let place = pointer.child("content");
            warn(&place, "remove `content`, or use another status").remove(&place)
        }
        // Other statuses may refer to it too.
        ReferenceOr::Reference { .. } => warn(pointer, "refer to a response without `content`, or use another status"),
    };
    cx.diagnostics.push(diagnostic);
}

/// Adds the statuses without content that only a range of successes covers: nobody can read its body from them.
pub fn add_empty_successes(documented: &mut Vec<Documented<'_>>) {
    let range = documented.iter().find(|response| response.status == StatusPattern::Range(2));
    let Some(range) = range.filter(|range| !range.bodies.is_empty()).cloned() else { return };
    for status in EMPTY_SUCCESSES.map(StatusPattern::Code) {
        if !documented.iter().any(|response| response.status == status) {
            documented.push(Documented { status, bodies: Vec::new(), is_implied: true, ..range.clone() });
        }
    }
    documented.sort_by_key(|response| response.status);
}
