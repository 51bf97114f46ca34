//! Links to the next page: in go headers (RFC 8288) and URLs as servers write them, out comes the URL that is called.
//!
//! Credentials go along, so a link is followed on the server that gave it and nowhere else: of a link only the path and
//! the query are taken, the rest is the client's own.

use http::header::LINK;
use http::{HeaderMap, Uri};

use crate::error::RequestError;
use crate::server::has_dot_segment;

/// The target of the link with the relation `next`.
pub(super) fn next_link(headers: &HeaderMap) -> Option<String> {
    let values = headers.get_all(LINK).into_iter().filter_map(|value| value.to_str().ok());
    values.filter_map(next_in).next()
}

/// The same in one header, which may hold several links. What comes behind a mistake is not read.
fn next_in(mut text: &str) -> Option<String> {
    loop {
        text = text.trim_start_matches([' ', '\t', ',']);
        let (target, rest) = text.strip_prefix('<')?.split_once('>')?;
        let mut link = Link { relation: None, has_anchor: false };
        text = link.read_parameters(rest);
        if link.is_next() {
            return Some(target.trim().to_owned());
        }
    }
}

/// What the parameters of a link say.
struct Link {
    relation: Option<String>,
    has_anchor: bool,
}

impl Link {
    /// Reads as far as the comma behind the link, or as it can.
    fn read_parameters<'t>(&mut self, mut text: &'t str) -> &'t str {
        loop {
            text = text.trim_start_matches([' ', '\t']);
            let Some(rest) = text.strip_prefix(';') else { return text };
            let rest = rest.trim_start_matches([' ', '\t']);
            let end = rest.find([' ', '\t', '=', ';', ',']).unwrap_or(rest.len());
            let (name, rest) = rest.split_at(end);
            let (value, rest) = match rest.trim_start_matches([' ', '\t']).strip_prefix('=') {
                Some(rest) => read_value(rest.trim_start_matches([' ', '\t'])),
                None => (String::new(), rest),
            };
            if name.eq_ignore_ascii_case("rel") {
                // Section 3.3: the first counts.
                self.relation.get_or_insert(value);
            } else if name.eq_ignore_ascii_case("anchor") {
                self.has_anchor = true;
            }
            text = rest;
        }
    }

    /// Section 3.2: with an anchor, something else than this response is what the link belongs to.
    fn is_next(&self) -> bool {
        let relations = self.relation.iter().flat_map(|relation| relation.split_ascii_whitespace());
        !self.has_anchor && relations.into_iter().any(|relation| relation.eq_ignore_ascii_case("next"))
    }
}

/// A token or a quoted string, and the text behind it.
fn read_value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([' ', '\t', ';', ',']).unwrap_or(text.len());
        return (text[..end].to_owned(), &text[end..]);
    };
    let (mut value, mut letters) = (String::new(), quoted.char_indices());
    while let Some((index, letter)) = letters.next() {
        match letter {
            '"' => return (value, &quoted[index + 1..]),
            '\\' => value.extend(letters.next().map(|(_, letter)| letter)),
            letter => value.push(letter),
        }
    }
    (value, "")
}

/// A reference as it is meant on the page at `from`, by RFC 3986, section 5.2; `from` may be relative itself.
pub(super) fn resolve(from: &str, reference: &str) -> String {
    let reference = reference.split('#').next().unwrap_or_default();
    let (origin, path) = split_origin(from);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    if is_absolute(reference) || reference.starts_with("//") && origin.is_empty() {
        reference.to_owned()
    } else if reference.starts_with("//") {
        let scheme = origin.split("//").next().unwrap_or_default();
        format!("{scheme}{reference}")
    } else if reference.starts_with('/') {
        format!("{origin}{}", without_dots(reference))
    } else if reference.is_empty() || reference.starts_with('?') {
        format!("{origin}{path}{reference}")
    } else {
        let folder = path.rfind('/').map_or("", |end| &path[..=end]);
        format!("{origin}{}", without_dots(&format!("{folder}{reference}")))
    }
}

/// Whether a reference begins with a scheme.
fn is_absolute(reference: &str) -> bool {
    let end = reference.find([':', '/', '?']).unwrap_or(reference.len());
    reference[end..].starts_with(':')
}

/// Scheme and authority of a URL, and the rest of it.
fn split_origin(url: &str) -> (&str, &str) {
    let start = match url.find("//") {
        Some(0) => 2,
        Some(at) if is_absolute(url) => at + 2,
        _ => return ("", url),
    };
    let end = url[start..].find(['/', '?', '#']).map_or(url.len(), |end| start + end);
    url.split_at(end)
}

/// A path without its segments `.` and `..`; the query stays as it is.
fn without_dots(text: &str) -> String {
    let (path, query) = text.split_at(text.find('?').unwrap_or(text.len()));
    if !path.split('/').any(|segment| matches!(segment, "." | "..")) {
        return text.to_owned();
    }
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "." => {}
            ".." if segments.len() > 1 => drop(segments.pop()),
            ".." => {}
            segment => segments.push(segment),
        }
    }
    if matches!(path.rsplit('/').next(), Some("." | "..")) {
        segments.push("");
    }
    format!("{}{query}", segments.join("/"))
}

/// The URL to call for a link; `base` is the server's URL, `own` that of the operation.
pub(crate) fn target(base: &str, own: &str, link: &str) -> Result<String, RequestError> {
    let url = resolve(own, link);
    let uri: Uri = url.parse().map_err(|_| RequestError::NextPage { rule: "has a link that is not a URL" })?;
    let base_uri: Uri = base.parse().map_err(|_| RequestError::InvalidUrl)?;
    if origin(&uri) != origin(&base_uri) {
        return Err(RequestError::NextPage { rule: "is on another server, where the credentials must not go" });
    }
    let folder = base_uri.path().trim_end_matches('/');
    let below = uri.path().strip_prefix(folder);
    if has_dot_segment(uri.path()) || !below.is_some_and(|path| path.is_empty() || path.starts_with('/')) {
        return Err(RequestError::NextPage { rule: "is not below the URL that the client calls" });
    }
    let path = uri.path_and_query().map_or("", |path| path.as_str());
    Ok(format!("{}{path}", split_origin(base).0))
}

/// Scheme, host and port; nothing where one is missing or a user is named.
fn origin(uri: &Uri) -> Option<(String, String, u16)> {
    let scheme = uri.scheme_str()?.to_ascii_lowercase();
    let authority = uri.authority().filter(|authority| !authority.as_str().contains('@'))?;
    let port = match (authority.port_u16(), scheme.as_str()) {
        (Some(port), _) => port,
        (None, "https") => 443,
        (None, "http") => 80,
        _ => return None,
    };
    Some((scheme, authority.host().to_ascii_lowercase(), port))
}

/// A URL without the parameters of its query that have this name; many servers repeat the credential in their links.
pub(crate) fn without(url: &str, name: &str) -> String {
    let Some((path, query)) = url.split_once('?') else { return url.to_owned() };
    let others = query.split('&').filter(|pair| pair.split('=').next() != Some(name));
    let query = others.collect::<Vec<_>>().join("&");
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn next_of(values: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(LINK, HeaderValue::from_str(value).expect("a header"));
        }
        next_link(&headers)
    }

    #[test]
    fn link_headers_are_read_as_the_rfc_says() {
        for (values, expected) in [
            (
                &[r#"<https://a.b/c?page=2>; rel="next", <https://a.b/c?page=9>; rel="last""#][..],
                Some("https://a.b/c?page=2"),
            ),
            (&[r#"<?p=1>; rel="prev", <?p=3>; rel=next"#], Some("?p=3")),
            (&[r#"<?p=1>;rel=first"#, r#"<?p=3> ; REL="prev NEXT";title="a, \"b\"; rel=x""#], Some("?p=3")),
            (&[r#"<?a=<b,c;d>; title="x" ;rel="next""#], Some("?a=<b,c;d")),
            (&[r#"<?p=3>; rel=prev; rel=next"#], None),
            (&[r##"<?p=3>; rel=next; anchor="#other""##], None),
            (&[r#"<?p=3>; rel="nextpage""#], None),
            (&[r#"<?p=1>; rel="prev, <?p=3>; rel=next"#], None),
            (&["?p=3; rel=next", ",", "", "<", "<>", "<>;", "<>;rel", "<>;rel="], None),
            (&[], None),
        ] {
            assert_eq!(next_of(values).as_deref(), expected, "{values:?}");
        }
    }

    #[test]
    fn references_are_resolved() {
        let from = "https://a.b/v1/pets/of/1?page=1#x";
        for (reference, expected) in [
            ("https://c.d/e", "https://c.d/e"),
            ("//c.d/e?f", "https://c.d/e?f"),
            ("/v1/pets?page=2", "https://a.b/v1/pets?page=2"),
            ("?page=2#y", "https://a.b/v1/pets/of/1?page=2"),
            ("2?page=2", "https://a.b/v1/pets/of/2?page=2"),
            ("./2?a=../b", "https://a.b/v1/pets/of/2?a=../b"),
            ("../all?page=2", "https://a.b/v1/pets/all?page=2"),
            ("../../../../../all", "https://a.b/all"),
            ("..", "https://a.b/v1/pets/"),
            ("", "https://a.b/v1/pets/of/1"),
        ] {
            assert_eq!(resolve(from, reference), expected, "{reference}");
        }
        assert_eq!(resolve("?page=2", "?page=3"), "?page=3");
        assert_eq!(resolve("/pets/next?c=2", "?c=3"), "/pets/next?c=3");
        assert_eq!(resolve("a/b?c=2", "c?c=3"), "a/c?c=3");
    }

    #[test]
    fn links_are_followed_on_the_own_server_only() {
        let target = |base, link| target(base, &format!("{base}/pets"), link).map_err(|error| error.to_string());
        let base = "https://Api.example.com/v1";
        for link in [
            "https://api.example.com/v1/pets?page=2",
            "HTTPS://API.EXAMPLE.COM:443/v1/pets?page=2",
            "?page=2",
            "//api.example.com/v1/pets?page=2",
        ] {
            assert_eq!(target(base, link).as_deref(), Ok("https://Api.example.com/v1/pets?page=2"), "{link}");
        }
        assert_eq!(target("http://[::1]:8080", "/x").as_deref(), Ok("http://[::1]:8080/x"));
        for (link, rule) in [
            ("https://evil.com/v1/pets", "another server"),
            ("https://api.example.com.evil.com/v1/pets", "another server"),
            ("https://api.example.com@evil.com/v1/pets", "another server"),
            ("https://evil.com\\@api.example.com/v1/pets", "not a URL"),
            ("https://user@api.example.com/v1/pets", "another server"),
            ("http://api.example.com/v1/pets", "another server"),
            ("https://api.example.com:8443/v1/pets", "another server"),
            ("//evil.com/v1/pets", "another server"),
            ("ftp://api.example.com/v1/pets", "another server"),
            ("https://api.example.com/v2/pets", "below"),
            ("https://api.example.com/v10/pets", "below"),
            ("../../v2/pets", "below"),
            ("/v1/%2e%2e/v2", "below"),
            ("/v1/..%2fv2", "below"),
            ("a b", "not a URL"),
        ] {
            let error = target(base, link).expect_err(link);
            assert!(error.contains(rule), "{link}: {error}");
            assert!(!error.contains("evil"), "{error}");
        }
    }

    #[test]
    fn credentials_in_links_are_left_out() {
        assert_eq!(without("https://a.b/c?key=k&page=2", "key"), "https://a.b/c?page=2");
        assert_eq!(without("https://a.b/c?key=k", "key"), "https://a.b/c");
        assert_eq!(without("https://a.b/c?keys=k", "key"), "https://a.b/c?keys=k");
    }
}
