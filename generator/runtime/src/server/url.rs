//! Which URLs requests can be sent to, and whether that is safe.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use http::Uri;
use http::uri::Authority;
use percent_encoding::percent_decode_str;

/// What keeps requests from being sent to `url`, as in "has no host".
pub(super) fn rule_broken_by(url: &str) -> Option<&'static str> {
    if url.is_empty() || url.starts_with('/') {
        return Some("is relative; call `.base_url(..)` on the client's builder");
    }
    if url.contains(['?', '#']) {
        return Some("has a query or a fragment, which paths cannot be appended to");
    }
    if url.chars().any(|one| one == '\\' || one.is_control() || one.is_whitespace()) {
        return Some("is not a valid URL");
    }
    let Some((scheme, rest)) = url.split_once("://") else { return Some(NO_SCHEME) };
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return Some(NO_SCHEME);
    }
    let authority = rest.split('/').next().unwrap_or_default();
    if authority.contains('@') {
        // A URL is shown in `Debug`, and sent to whoever logs it.
        return Some("holds credentials; give them to the client's builder");
    }
    if authority.is_empty() || authority.starts_with(':') {
        return Some("has no host");
    }
    if has_invalid_port(authority) {
        return Some("has a port that is not a number from 1 to 65535");
    }
    let Ok(uri) = url.parse::<Uri>() else { return Some("is not a valid URL") };
    match uri.authority() {
        Some(authority) if !is_host(authority) => Some("has a host that is neither a name nor an IP address"),
        Some(_) if has_dot_segment(uri.path()) => Some("has a `.` or `..` segment"),
        Some(_) => None,
        None => Some("has no host"),
    }
}

const NO_SCHEME: &str = "does not start with `http://` or `https://`";

/// Whether there is a port, and no connection can be made to it. `http` reads such a port as none.
fn has_invalid_port(authority: &str) -> bool {
    let after_address = authority.rsplit(']').next().unwrap_or(authority);
    let port = after_address.split_once(':').map(|(_, port)| port);
    port.is_some_and(|port| port.starts_with('+') || !port.parse::<u16>().is_ok_and(|port| port > 0))
}

fn is_host(authority: &Authority) -> bool {
    let host = authority.host();
    if let Some(address) = host.strip_prefix('[') {
        return address.strip_suffix(']').is_some_and(|address| address.parse::<Ipv6Addr>().is_ok());
    }
    let name = host.strip_suffix('.').unwrap_or(host);
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    // URL parsers read a name that ends in a number as an address (WHATWG URL, section 3.5).
    let is_number = name.rsplit('.').next().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
    name.split('.').all(is_label) && (!is_number || name.parse::<Ipv4Addr>().is_ok())
}

/// Whether what goes there can be read on the way: it is not encrypted, and leaves this machine.
pub(super) fn is_exposed(url: &str) -> bool {
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

/// Whether a segment of the path is `.` or `..`, also behind an encoded slash, and however often it is encoded.
///
/// URL parsers resolve the plain ones before the request is sent, and many proxies decode before they forward.
pub(crate) fn has_dot_segment(path: &str) -> bool {
    let is_dots = |segment: &str| segment == "." || segment == "..";
    decoded(path).is_none_or(|path| path.split(['/', '\\']).any(is_dots))
}

/// How often a text may be percent-encoded. Each pass over it costs time, and a server may have written it.
const MAX_ENCODINGS: usize = 8;

/// The text without percent-encoding, also where it is encoded more than once; `None` if it is encoded too often.
pub(super) fn decoded(text: &str) -> Option<Cow<'_, str>> {
    let mut text = Cow::Borrowed(text);
    for _ in 0..=MAX_ENCODINGS {
        let bytes = Cow::<[u8]>::from(percent_decode_str(&text));
        if bytes.as_ref() == text.as_bytes() {
            return Some(text);
        }
        text = Cow::Owned(String::from_utf8_lossy(&bytes).into_owned());
    }
    None
}
