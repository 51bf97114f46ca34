//! A request for a page: what came over the wire in, out comes what it asks for, and what it is beside that.

use std::borrow::Cow;

use generator::lists::{Location, Taker};
use hyper::body::Bytes;
use hyper::header::{COOKIE, HOST};
use hyper::http::request::Parts;
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// A request for a page.
#[derive(Debug, Clone)]
pub struct Asked {
    head: Parts,
    body: Bytes,
}

impl Asked {
    /// A request as it came.
    pub fn new(head: Parts, body: Bytes) -> Self {
        Self { head, body }
    }

    /// The number of the list that is meant.
    pub fn list(&self) -> Option<usize> {
        self.head.headers.get("x-list")?.to_str().ok()?.parse().ok()
    }

    /// The server's URL, as the client calls it.
    pub fn origin(&self) -> String {
        format!("http://{}", self.head.headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default())
    }

    /// Path and query.
    pub fn target(&self) -> &str {
        self.head.uri.path_and_query().map_or("/", |target| target.as_str())
    }

    /// What a parameter or a property has as its value.
    pub fn value(&self, taker: &Taker) -> Option<String> {
        let named = |pairs: Vec<Pair>| pairs.into_iter().find(|(name, _)| *name == taker.name).map(|(_, value)| value);
        let header = |name: &str| self.head.headers.get(name)?.to_str().ok();
        match taker.location {
            Location::Query => named(pairs(self.head.uri.query().unwrap_or_default(), '&')),
            Location::Header => header(&taker.name).map(str::to_owned),
            Location::Cookie => named(pairs(header(COOKIE.as_str())?, ';')),
            Location::Form => named(pairs(&String::from_utf8_lossy(&self.body), '&')),
            Location::Json => match self.json().get(&taker.name)? {
                Value::Null => None,
                Value::String(text) => Some(text.clone()),
                other => Some(other.to_string()),
            },
        }
    }

    /// The request without that value, as text; it is the same for all pages of a list.
    pub fn rest(&self, taker: &Taker) -> String {
        let others = |location, pairs: Vec<Pair>| {
            let is_other = |(name, _): &Pair| taker.location != location || *name != taker.name;
            pairs.into_iter().filter(is_other).map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>()
        };
        let query = others(Location::Query, pairs(self.head.uri.query().unwrap_or_default(), '&')).join("&");
        let body = match taker.location {
            Location::Json => {
                let mut json = self.json();
                json.as_object_mut().map(|object| object.remove(&taker.name));
                json.to_string()
            }
            Location::Form => others(Location::Form, pairs(&String::from_utf8_lossy(&self.body), '&')).join("&"),
            _ => String::from_utf8_lossy(&self.body).into_owned(),
        };
        format!("{} {}?{query} {body}", self.head.method, self.head.uri.path()).trim_end_matches(['?', ' ']).to_owned()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// A name and a value, decoded.
type Pair = (String, String);

/// Names and values, `separator` between them.
fn pairs(text: &str, separator: char) -> Vec<Pair> {
    let texts = text.split(separator).map(str::trim).filter(|pair| !pair.is_empty());
    texts
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

fn decoded(text: &str) -> String {
    let text = text.replace('+', " ");
    percent_decode_str(&text).decode_utf8().map_or_else(|_| text.clone(), Cow::into_owned)
}

/// Whether two targets are the same, in whatever order the pairs of the query stand.
pub fn same_target(one: &str, other: &str) -> bool {
    let parts = |target: &str| {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut pairs = pairs(query, '&');
        pairs.sort();
        (path.to_owned(), pairs)
    };
    parts(one) == parts(other)
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A request such as `GET /pets?page=2`, with headers and a body.
    pub fn asked(line: &str, headers: &[(&str, &str)], body: &str) -> Asked {
        let (method, target) = line.split_once(' ').unwrap();
        let request = hyper::Request::builder().method(method).uri(target).header(HOST, "h:1");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        Asked::new(request.body(()).unwrap().into_parts().0, Bytes::from(body.to_owned()))
    }

    pub fn taker(location: Location, name: &str) -> Taker {
        Taker { location, name: name.to_owned() }
    }

    #[test]
    fn values_are_found_wherever_they_stand() {
        let headers = [("X-Page", "2"), ("cookie", "a=1; page=3"), ("x-list", "7")];
        let form = asked("POST /a?page%5Bx%5D=a%2Fb+c&limit=5", &headers, "page=4&q=x");
        let value = |location, name| form.value(&taker(location, name));
        assert_eq!(value(Location::Query, "page[x]").unwrap(), "a/b c");
        assert_eq!(value(Location::Header, "x-page").unwrap(), "2");
        assert_eq!(value(Location::Cookie, "page").unwrap(), "3");
        assert_eq!(value(Location::Form, "page").unwrap(), "4");
        assert_eq!(
            (value(Location::Query, "page"), form.list(), form.origin().as_str()),
            (None, Some(7), "http://h:1")
        );
        let json = |body| asked("POST /a", &[], body).value(&taker(Location::Json, "page"));
        assert_eq!(json(r#"{"page":5}"#).unwrap(), "5");
        assert_eq!(json(r#"{"page":"x"}"#).unwrap(), "x");
        assert_eq!((json(r#"{"page":null}"#), json("?")), (None, None));
    }

    #[test]
    fn rest_is_all_but_the_value() {
        let query = asked("GET /a?limit=5&page=2", &[], "").rest(&taker(Location::Query, "page"));
        assert_eq!(query, "GET /a?limit=5");
        let json = asked("POST /a", &[], r#"{"q":"x","page":2}"#).rest(&taker(Location::Json, "page"));
        assert_eq!(json, r#"POST /a? {"q":"x"}"#);
        let form = asked("POST /a", &[], "page=4&q=x").rest(&taker(Location::Form, "page"));
        assert_eq!(form, "POST /a? q=x");
    }

    #[test]
    fn order_of_a_query_does_not_matter() {
        assert!(same_target("/a?b=1&c=%2F", "/a?c=/&b=1"));
        assert!(!same_target("/a?b=1", "/a?b=2") && !same_target("/a?b=1", "/b?b=1") && !same_target("/a?b=1", "/a"));
    }
}
