//! The values that a caller may give to a variable of a server's URL, by the place of the variable.
//!
//! A value must not change the URL around it: in the path it stays in its segment, also for servers and proxies that
//! decode more than once, and before the path it is part of a host name. No error repeats a value, since it may be secret.

use std::borrow::Cow;

use super::url::decoded;
use crate::parameter::style;

/// The value as it stands in the URL between `before` and `after`.
///
/// # Errors
/// Returns the rule that the value breaks, as in "is not part of a host name".
pub(super) fn inserted<'a>(before: &str, after: &str, value: &'a str) -> Result<Cow<'a, str>, &'static str> {
    let Some((_, authority)) = before.split_once("://") else {
        // A variable that the template begins with is a scheme, or else the URL, which is checked as a whole.
        return if after.starts_with("://") { name(value, is_scheme) } else { Ok(Cow::Borrowed(value)) };
    };
    if authority.contains('/') {
        return segment(value);
    }
    let ends_authority = after.is_empty() || after.starts_with('/');
    match authority {
        "" if ends_authority => name(value, is_authority),
        _ if authority.ends_with(':') && ends_authority => name(value, is_port),
        _ => name(value, is_host_part),
    }
}

/// The value percent-encoded, if it stays in its segment.
fn segment(value: &str) -> Result<Cow<'_, str>, &'static str> {
    let text = decoded(value).ok_or("is percent-encoded too often")?;
    if text.chars().any(|one| matches!(one, '/' | '\\' | '?' | '#')) {
        Err("holds one of `/`, `\\`, `?`, `#`, which would change the path")
    } else if text.chars().any(|one| one.is_control() || one.is_whitespace()) {
        Err("holds white space or a control character")
    } else if matches!(text.as_ref(), "." | "..") {
        Err("is a `.` or `..` segment")
    } else {
        Ok(Cow::Owned(style::encode(value)))
    }
}

fn name(value: &str, is_valid: fn(&str) -> bool) -> Result<Cow<'_, str>, &'static str> {
    if is_valid(value) { Ok(Cow::Borrowed(value)) } else { Err("is not part of a host name") }
}

fn is_scheme(value: &str) -> bool {
    value.eq_ignore_ascii_case("http") || value.eq_ignore_ascii_case("https")
}

/// A host name with or without a port.
fn is_authority(value: &str) -> bool {
    match value.split_once(':') {
        Some((host, port)) => is_host_part(host) && is_port(port),
        None => is_host_part(value),
    }
}

fn is_port(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_digit()) && value.parse::<u16>().is_ok_and(|port| port > 0)
}

/// One or more labels of a host name, in part or whole. A dot within does no harm: what follows the variable still ends
/// the name.
fn is_host_part(value: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    value.split('.').all(is_label)
}
