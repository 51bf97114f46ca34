//! Slips of the keys of `content`: lists of media types, and names that are none.

use serde_json::{Map, Value, json};

use super::told;
use crate::diagnostics::{Diagnostics, Edit};
use crate::pointer::Pointer;

/// Mends the keys of the `content` of an object.
pub fn mend_content(object: &mut Map<String, Value>, pointer: &Pointer, diagnostics: &mut Diagnostics) {
    if let Some(Value::Object(content)) = object.get_mut("content") {
        let pointer = pointer.child("content");
        split_lists(content, &pointer, diagnostics);
        media_type_names(content, &pointer, diagnostics);
    }
}

/// Keys that list several media types, each of which then has a key of its own.
fn split_lists(content: &mut Map<String, Value>, pointer: &Pointer, diagnostics: &mut Diagnostics) {
    if content.keys().all(|name| media_types(name).is_none()) {
        return;
    }
    let before = std::mem::take(content);
    let has_own_key = |name: &String| before.contains_key(name);
    for (key, media) in &before {
        let Some(names) = media_types(key) else {
            content.insert(key.clone(), media.clone());
            continue;
        };
        let place = pointer.child(key);
        let shown: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let message = match shown.as_slice() {
            [only] => format!("`{key}` is not a media type; it is treated as {only}"),
            shown => format!("`{key}` is not one media type; it is treated as {}", shown.join(" and ")),
        };
        let keys: Map<String, Value> = names.iter().map(|name| (name.clone(), media.clone())).collect();
        let edits = vec![Edit::Remove(place.clone()), Edit::Update(pointer.clone(), json!(keys))];
        told(diagnostics, &place, message, "give each media type a key of its own", edits);
        for name in names.into_iter().filter(|name| !has_own_key(name)) {
            diagnostics.add_split(pointer.child(&name), &place);
            content.insert(name, media.clone());
        }
    }
}

/// The media types that a key lists; `None` if it is one media type as it should be.
fn media_types(key: &str) -> Option<Vec<String>> {
    if key.starts_with("x-") || !key.contains('/') {
        return None;
    }
    let mut names: Vec<String> = Vec::new();
    for part in split_outside_quotes(key, &[',', '|', ';']).into_iter().map(str::trim).filter(|part| !part.is_empty()) {
        let is_media_type = |word: &str| word.contains('/') && !word.contains(['=', '"']);
        match names.last_mut() {
            _ if part.split_whitespace().all(is_media_type) => {
                names.extend(part.split_whitespace().map(str::to_owned));
            }
            Some(last) => last.extend(["; ", part]),
            None => return None,
        }
    }
    names.dedup();
    let is_one = names.len() == 1 && split_outside_quotes(key, &[',', '|']).len() == 1;
    (!is_one && !names.is_empty()).then_some(names)
}

/// The parts between these characters where they are not quoted.
fn split_outside_quotes<'t>(text: &'t str, separators: &[char]) -> Vec<&'t str> {
    let mut is_quoted = false;
    text.split(|character| {
        is_quoted ^= character == '"';
        !is_quoted && separators.contains(&character)
    })
    .collect()
}

/// Names that are no media types, such as those of examples: one stands for JSON if nothing else does.
fn media_type_names(content: &mut Map<String, Value>, pointer: &Pointer, diagnostics: &mut Diagnostics) {
    let is_name = |name: &str| name.contains('/') || name.starts_with("x-") || name == "*";
    let mut lacks_json = !content.keys().any(|name| is_name(name));
    for (name, media) in std::mem::take(content) {
        if is_name(&name) {
            content.insert(name, media);
            continue;
        }
        let taken = if lacks_json { "is taken for `application/json`" } else { "is left aside" };
        let place = pointer.child(&name);
        let help = "name the media type, such as `application/json`";
        told(diagnostics, &place, format!("`{name}` is no media type; it {taken}"), help, Vec::new());
        if std::mem::take(&mut lacks_json) {
            content.insert("application/json".to_owned(), media);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::media_types;

    #[track_caller]
    fn check(key: &str, expected: Option<&[&str]>) {
        let found = media_types(key);
        let found: Option<Vec<&str>> = found.as_ref().map(|names| names.iter().map(String::as_str).collect());
        assert_eq!(found.as_deref(), expected, "{key}");
    }

    #[test]
    fn lists_are_told_from_media_types() {
        check("application/json", None);
        check("application/json; charset=utf-8", None);
        check("multipart/related; boundary=\"a,b\"; type=application/xop+xml", None);
        check("*/*", None);
        check("x-a, b/c", None);
        check("application/json, application/xml", Some(&["application/json", "application/xml"]));
        check("application/json;text/xml", Some(&["application/json", "text/xml"]));
        check("text/plain;charset=a , text/csv;charset=b", Some(&["text/plain; charset=a", "text/csv; charset=b"]));
        check("application/json|text/xml text/csv", Some(&["application/json", "text/xml", "text/csv"]));
        check("application/json, charset=utf-8", Some(&["application/json; charset=utf-8"]));
        check("application/json,", Some(&["application/json"]));
    }
}
