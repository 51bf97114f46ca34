//! The server's URL: in go the template of the document and the values of its variables, out comes the URL that every
//! operation's path is appended to.
//!
//! The rest of a URL, the path and the query of an operation, is `request`'s. Which values a variable can have is in
//! `server/value.rs`, which URLs can be used in `server/url.rs`.

mod url;
mod value;

use std::borrow::Cow;
use std::collections::BTreeMap;

pub(crate) use self::url::has_dot_segment;
use crate::error::RequestError;

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
    /// A value of the document is inserted as it is; for a value of the caller, see [`value`].
    pub(crate) fn base(&self, template: &str, values: &Variables, allows_http: bool) -> Result<String, RequestError> {
        let mut url = String::new();
        let mut rest = template;
        while let Some((before, variable, after)) = split_variable(rest) {
            url.push_str(before);
            let value = self.value(variable, values)?;
            let value = match value {
                Value::Documented(value) => Cow::Borrowed(value),
                Value::Given(given) => value::inserted(&url, after, given).map_err(|rule| invalid(variable, rule))?,
            };
            url.push_str(&value);
            rest = after;
        }
        url.push_str(rest);
        url.truncate(url.trim_end_matches('/').len());
        if let Some(rule) = url::rule_broken_by(&url) {
            return Err(RequestError::InvalidServer { rule: rule.to_owned() });
        }
        if !allows_http && url::is_exposed(&url) {
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

fn invalid(variable: &str, rule: impl Into<String>) -> RequestError {
    RequestError::InvalidVariable { variable: variable.to_owned(), rule: rule.into() }
}

#[cfg(test)]
mod tests;
