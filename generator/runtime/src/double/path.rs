//! Path templates read backwards: in go the path and query of a request and the template, out comes the text of a variable,
//! still encoded.

use super::style::pairs;
use crate::request::literal;
use crate::server::split_variable;

const OTHER: &str = "is not to be found, since the path is not one of its template";

/// The text of the variable `name`; the template is matched with the end of the path, since a server's URL goes before.
pub(super) fn value<'p>(template: &str, path: &'p str, query: &'p str, name: &str) -> Result<&'p str, &'static str> {
    let (template, own_query) = template.split_once('?').unwrap_or((template, ""));
    let segments: Vec<&str> = template.trim_start_matches('/').split('/').collect();
    let found: Vec<&str> = path.split('/').collect();
    let tail = found.len().checked_sub(segments.len()).and_then(|start| found.get(start..)).ok_or(OTHER)?;
    for (segment, text) in segments.iter().zip(tail) {
        if split_variable(segment).is_none() && *text != literal(segment) {
            return Err(OTHER);
        }
        if let Some(value) = within(segment, text, name)? {
            return Ok(value);
        }
    }
    // Some documents tell operations apart by a query within the path template.
    let variable = format!("{{{name}}}");
    let own = own_query.split('&').filter_map(|pair| pair.split_once('='));
    let key = own.filter(|(_, value)| *value == variable).map(|(key, _)| key).next().ok_or(OTHER)?;
    pairs(query, '&').into_iter().find(|(found, _)| found == key).map(|(_, value)| value).ok_or(OTHER)
}

/// The variable within a segment, if it is there.
fn within<'p>(mut template: &str, mut text: &'p str, name: &str) -> Result<Option<&'p str>, &'static str> {
    while let Some((before, variable, after)) = split_variable(template) {
        text = text.strip_prefix(literal(before).as_str()).ok_or(OTHER)?;
        let next = literal(split_variable(after).map_or(after, |(between, ..)| between));
        let is_last = split_variable(after).is_none();
        let value = if is_last {
            text.strip_suffix(next.as_str()).ok_or(OTHER)?
        } else if next.is_empty() || text.matches(next.as_str()).count() != 1 {
            return Err("shares a segment of the path with another, and nobody can tell where one of them ends");
        } else {
            text.split_once(next.as_str()).map_or(text, |(value, _)| value)
        };
        if variable == name {
            return Ok(Some(value));
        }
        text = &text[value.len()..];
        template = after;
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_found_behind_any_server() {
        assert_eq!(value("/orders/{id}/items/{item}", "/v2/stores/x/orders/7/items/a%2Fb", "", "item"), Ok("a%2Fb"));
        assert_eq!(value("/orders/{id}", "/orders/orders/7", "", "id"), Ok("7"));
        assert_eq!(value("/orders/{id}", "/7", "", "id"), Err(OTHER));
    }

    #[test]
    fn several_variables_share_a_segment() {
        let template = "/files/{name}.{kind}";
        assert_eq!(value(template, "/files/a.png", "", "name"), Ok("a"));
        assert_eq!(value(template, "/files/a.png", "", "kind"), Ok("png"));
        assert!(value(template, "/files/a.b.png", "", "name").is_err_and(|error| error.contains("shares")));
        assert_eq!(value("/v{major}:run", "/v1:run", "", "major"), Ok("1"));
    }

    #[test]
    fn a_template_may_end_in_a_query() {
        assert_eq!(value("/a?kind={kind}", "/a", "kind=x&page=1", "kind"), Ok("x"));
    }
}
