//! The server's URL: in go the template of the document and the values of its variables, out comes the URL that every
//! operation's path is appended to.
//!
//! The rest of a URL, the path and the query of an operation, is `request`'s.

use std::collections::BTreeMap;
use std::net::IpAddr;

use http::Uri;

use crate::error::RequestError;
use crate::parameter::style;

/// The values that a caller gave to variables.
pub(crate) type Variables = BTreeMap<&'static str, String>;

/// A server of the document.
#[derive(Clone, Copy, Debug)]
pub struct Server {
    url: &'static str,
    variables: &'static [ServerVariable],
}

/// A variable of a server's URL.
#[derive(Clone, Copy, Debug)]
pub struct ServerVariable {
    name: &'static str,
    default: &'static str,
    allowed: &'static [&'static str],
}

impl Server {
    /// A URL template, with a variable for each name in braces.
    pub const fn new(url: &'static str, variables: &'static [ServerVariable]) -> Self {
        Self { url, variables }
    }

    /// The template of the document.
    pub(crate) const fn url(&self) -> &'static str {
        self.url
    }

    /// The URL without a slash at its end; `template` is the document's or the caller's.
    ///
    /// A value of the document is inserted as it is. A value of the caller is percent-encoded in the path, held to the
    /// characters of a host name before it, and taken as it is only where it is the URL.
    pub(crate) fn base(&self, template: &str, values: &Variables, allows_http: bool) -> Result<String, RequestError> {
        let mut url = String::new();
        let mut rest = template;
        while let Some((before, variable, after)) = split_variable(rest) {
            url.push_str(before);
            let value = self.value(variable, values)?;
            url.push_str(&inserted(&url, after, variable, value)?);
            rest = after;
        }
        url.push_str(rest);
        url.truncate(url.trim_end_matches('/').len());
        check(&url)?;
        if !allows_http && is_exposed(&url) {
            return Err(RequestError::InsecureServer);
        }
        Ok(url)
    }

    fn value<'a>(&self, name: &str, values: &'a Variables) -> Result<Value<'a>, RequestError> {
        let Some(variable) = self.variables.iter().find(|variable| variable.name == name) else {
            let rule = format!("has a variable `{name}` that the document does not define");
            return Err(RequestError::InvalidServer { rule });
        };
        match values.get(name).map(String::as_str) {
            None if variable.default.is_empty() => Err(RequestError::MissingVariable { variable: name.to_owned() }),
            None => Ok(Value::Documented(variable.default)),
            Some("") => Err(invalid(name, "is empty")),
            Some(value) if value == variable.default || variable.allowed.contains(&value) => {
                Ok(Value::Documented(value))
            }
            Some(value) if variable.allowed.is_empty() => Ok(Value::Given(value)),
            Some(_) => Err(invalid(name, format!("is not one of `{}`", variable.allowed.join("`, `")))),
        }
    }
}

impl ServerVariable {
    /// A variable; an empty `default` means that a value must be given, an empty `allowed` that any value will do.
    pub const fn new(name: &'static str, default: &'static str, allowed: &'static [&'static str]) -> Self {
        Self { name, default, allowed }
    }
}

/// A path without the segments that lead elsewhere: none is `.` or `..`, behind an encoded slash neither.
///
/// URL parsers resolve the plain ones before the request is sent, and many proxies decode before they forward.
pub(crate) fn has_dot_segment(path: &str) -> bool {
    let path = path.to_ascii_lowercase().replace("%2e", ".").replace("%2f", "/").replace("%5c", "/");
    path.split(['/', '\\']).any(|segment| segment == "." || segment == "..")
}

/// The text before the first variable, its name, and the text after it.
pub(crate) fn split_variable(template: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = template.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

enum Value<'a> {
    Documented(&'a str),
    Given(&'a str),
}

fn inserted(before: &str, after: &str, variable: &str, value: Value<'_>) -> Result<String, RequestError> {
    let value = match value {
        Value::Documented(value) => return Ok(value.to_owned()),
        Value::Given(value) => value,
    };
    let is_path = before.split_once("://").is_some_and(|(_, rest)| rest.contains('/'));
    let is_url = before.is_empty() && !after.starts_with("://");
    if is_url {
        Ok(value.to_owned())
    } else if !is_path {
        let is_host = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._:".contains(&byte));
        if is_host { Ok(value.to_owned()) } else { Err(invalid(variable, "is not part of a host name")) }
    } else if has_dot_segment(value) {
        Err(invalid(variable, "holds a `.` or `..` segment"))
    } else {
        Ok(style::encode(value))
    }
}

fn invalid(variable: &str, rule: impl Into<String>) -> RequestError {
    RequestError::InvalidVariable { variable: variable.to_owned(), rule: rule.into() }
}

fn check(url: &str) -> Result<(), RequestError> {
    match rule_broken_by(url) {
        None => Ok(()),
        Some(rule) => Err(RequestError::InvalidServer { rule: rule.to_owned() }),
    }
}

/// Whether what goes there can be read on the way: it is not encrypted, and leaves this machine.
fn is_exposed(url: &str) -> bool {
    let Ok(uri) = url.parse::<Uri>() else { return true };
    let host = uri.host().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    let is_loopback = match address {
        Ok(address) => address.to_canonical().is_loopback(),
        Err(_) => {
            let name = host.to_ascii_lowercase();
            name == "localhost" || name.ends_with(".localhost")
        }
    };
    uri.scheme_str() != Some("https") && !is_loopback
}

fn rule_broken_by(url: &str) -> Option<&'static str> {
    if url.is_empty() || url.starts_with('/') {
        return Some("is relative; call `.base_url(..)` on the client's builder");
    }
    if url.contains(['?', '#']) {
        return Some("has a query or a fragment, which paths cannot be appended to");
    }
    let Ok(uri) = url.parse::<Uri>() else { return Some("is not a valid URL") };
    match (uri.scheme_str(), uri.authority()) {
        (Some("http" | "https"), Some(authority)) if authority.host().is_empty() => Some("has no host"),
        // A URL is shown in `Debug`, and sent to whoever logs it.
        (Some("http" | "https"), Some(authority)) if authority.as_str().contains('@') => {
            Some("holds credentials; give them to the client's builder")
        }
        (Some("http" | "https"), Some(_)) if has_dot_segment(uri.path()) => Some("has a `.` or `..` segment"),
        (Some("http" | "https"), Some(_)) => None,
        _ => Some("does not start with `http://` or `https://`"),
    }
}

#[cfg(test)]
mod tests;
