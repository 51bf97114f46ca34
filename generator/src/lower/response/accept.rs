//! The `Accept` header of a call: the media types that its responses are documented in.

use super::{Documented, is_success};

/// What a call sends if its document does not say otherwise.
const DEFAULT: &str = "application/json";

/// The weight of the media types of errors.
const WEIGHT_OF_ERRORS: &str = ";q=0.9";

/// The media types of success, then those of errors with a lower weight; `None` for JSON alone.
///
/// A server that negotiates rejects a request that does not accept what it has (406), errors included.
pub fn lower_accept(documented: &[Documented<'_>]) -> Option<String> {
    if documented.is_empty() {
        return None;
    }
    // Where no success is described, whatever comes is welcome.
    if !documented.iter().any(|response| is_success(response.status)) {
        return Some(format!("{DEFAULT}, */*"));
    }
    let successes = media_ranges(documented.iter().filter(|response| is_success(response.status)));
    let errors = media_ranges(documented.iter().filter(|response| !is_success(response.status)));
    let accepted = match successes.as_slice() {
        [] => errors,
        _ => {
            let others = errors.iter().filter(|error| !successes.iter().any(|range| covers(range, error)));
            let others: Vec<String> = others.map(|error| format!("{error}{WEIGHT_OF_ERRORS}")).collect();
            [successes, others].concat()
        }
    };
    match accepted.as_slice() {
        [] => None,
        [only] if only == DEFAULT => None,
        _ => Some(accepted.join(", ")),
    }
}

/// The media types of the bodies that are read, each once.
fn media_ranges<'d, 'a: 'd>(documented: impl Iterator<Item = &'d Documented<'a>>) -> Vec<String> {
    let mut ranges: Vec<String> = Vec::new();
    let bodies = documented.filter_map(|response| response.bodies.first());
    for name in bodies.flat_map(|body| std::iter::once(&body.media_type).chain(&body.other_media_types)) {
        let range = media_range(name);
        // A header cannot hold the other names, which no server can mean.
        let is_sent = range.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        if is_sent && !ranges.iter().any(|known| known.eq_ignore_ascii_case(&range)) {
            ranges.push(range);
        }
    }
    ranges
}

/// A media type as `Accept` names it. JSON has no charset, and UTF-8 is what text is in anyway.
fn media_range(name: &str) -> String {
    let mut parts = name.split(';').map(str::trim);
    let essence = match parts.next().unwrap_or_default() {
        "*" => "*/*",
        essence if essence.eq_ignore_ascii_case(DEFAULT) => DEFAULT,
        essence => essence,
    };
    let is_json = essence.to_ascii_lowercase().ends_with("json");
    let says_something = |part: &&str| {
        let part = part.to_ascii_lowercase();
        let is_idle = is_json && part.starts_with("charset");
        !(part.is_empty() || is_idle)
    };
    let parts = parts.filter(says_something);
    std::iter::once(essence).chain(parts).collect::<Vec<_>>().join("; ")
}

/// Whether whoever accepts a range accepts a media type too.
fn covers(range: &str, media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let group = essence.split('/').next().unwrap_or_default();
    range == "*/*"
        || range.eq_ignore_ascii_case(media_type)
        || range.eq_ignore_ascii_case(essence)
        || range.strip_suffix("/*").is_some_and(|range| range.eq_ignore_ascii_case(group))
}
