//! Path templates as they are sent: a key of `paths` may hold a fragment or a query beside the path.

use openapiv3 as oas;

/// A path template without what is not sent, and what its query says.
#[derive(Debug, PartialEq, Eq)]
pub struct SentPath {
    /// The template.
    pub template: String,
    /// The names of the query parameters whose values it fixes.
    pub fixed: Vec<String>,
}

/// The path template of a key of `paths`, beside these parameters.
///
/// A fragment only distinguishes operations. Of a query, the pairs stay whose value nothing else gives: `{limit}` in
/// `?limit={limit}` is the parameter itself if that is one of the query.
pub fn sent_path(key: &str, parameters: &[&oas::Parameter]) -> SentPath {
    let path = split_outside(key, '#').0;
    let (path, query) = split_outside(path, '?');
    let is_query = |name: &str| {
        let mut parameters = parameters.iter();
        parameters.any(|one| matches!(one, oas::Parameter::Query { parameter_data, .. } if parameter_data.name == name))
    };
    let (mut kept, mut fixed) = (Vec::new(), Vec::new());
    for pair in query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if value == format!("{{{name}}}") && is_query(name) {
            continue;
        }
        kept.push(pair);
        fixed.push(name.to_owned());
    }
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    SentPath { template: format!("{path}{query}"), fixed }
}

/// What is before and behind the first such character outside of braces.
fn split_outside(text: &str, separator: char) -> (&str, Option<&str>) {
    let mut depth = 0_usize;
    for (index, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if character == separator && depth == 0 => {
                return (&text[..index], Some(&text[index + separator.len_utf8()..]));
            }
            _ => {}
        }
    }
    (text, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(name: &str) -> oas::Parameter {
        let text = format!(r#"{{"name":"{name}","in":"query","schema":{{}}}}"#);
        serde_json::from_str(&text).expect("a parameter")
    }

    #[track_caller]
    fn check(key: &str, template: &str, fixed: &[&str]) {
        let limit = query("limit");
        let fixed = fixed.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(sent_path(key, &[&limit]), SentPath { template: template.to_owned(), fixed });
    }

    #[test]
    fn fragments_are_not_sent() {
        check("/token#refresh", "/token", &[]);
        check("/#Action=List", "/", &[]);
        check("/a/{b#c}", "/a/{b#c}", &[]);
        check("/a?x=1#b?c", "/a?x=1", &["x"]);
    }

    #[test]
    fn queries_keep_what_no_parameter_gives() {
        check("/a?limit={limit}", "/a", &[]);
        check("/a?type=book&limit={limit}", "/a?type=book", &["type"]);
        check("/a?page={page}", "/a?page={page}", &["page"]);
        check("/a?limit=5&beta", "/a?limit=5&beta", &["limit", "beta"]);
        check("/a?", "/a", &[]);
        check("/a/{b?}", "/a/{b?}", &[]);
    }
}
