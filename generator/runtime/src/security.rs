//! Which credentials a request carries: in go the operation's security requirements and the credentials that the client
//! has, out come header, query and cookie values.
//!
//! Getting a credential (an OAuth flow, say) is not here: whoever calls has it already, or has a provider of tokens,
//! which is in `security/token.rs`.

mod token;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use http::{HeaderName, HeaderValue, header};

use self::token::Source;
pub use self::token::{ProviderError, Token, TokenFuture, TokenProvider};
use crate::error::RequestError;
use crate::parameter::style;
use crate::secret::{Secret, wiped};

/// The credentials of a client, by the name of their security scheme.
pub(crate) type Credentials = BTreeMap<&'static str, Credential>;

/// A security scheme of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecurityScheme {
    name: &'static str,
    kind: Scheme,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    ApiKey(Location, &'static str),
    Bearer,
    Basic,
    Http(&'static str),
}

/// The names of HTTP schemes as IANA registers them. They are the same in any case, which not every server knows.
const REGISTERED: &[&str] = &[
    "Concealed",
    "Digest",
    "DPoP",
    "GNAP",
    "HOBA",
    "Mutual",
    "Negotiate",
    "OAuth",
    "PrivateToken",
    "SCRAM-SHA-1",
    "SCRAM-SHA-256",
    "vapid",
];

/// Where an API key goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// A header.
    Header,
    /// A query parameter. It may end up in logs of servers and proxies; it is in no error of this crate.
    Query,
    /// A cookie.
    Cookie,
}

impl SecurityScheme {
    /// `type: apiKey`; `name` is that of the builder's setter, `key` that of the header, query parameter or cookie.
    pub const fn api_key(name: &'static str, location: Location, key: &'static str) -> Self {
        Self { name, kind: Scheme::ApiKey(location, key) }
    }

    /// `type: http` with `scheme: bearer`, and the schemes whose outcome is a token: `oauth2`, `openIdConnect`.
    pub const fn bearer(name: &'static str) -> Self {
        Self { name, kind: Scheme::Bearer }
    }

    /// `type: http` with `scheme: basic`.
    pub const fn basic(name: &'static str) -> Self {
        Self { name, kind: Scheme::Basic }
    }

    /// `type: http` with any other scheme, as in `Authorization: Digest …`.
    pub const fn http(name: &'static str, scheme: &'static str) -> Self {
        Self { name, kind: Scheme::Http(scheme) }
    }

    /// The name, which is that of the builder's setter.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

/// What a security scheme asks for. `Debug` never shows it.
#[derive(Clone)]
pub struct Credential(Kept);

#[derive(Clone)]
enum Kept {
    ApiKey(Secret),
    Bearer(Token),
    Basic(String, Secret),
    Http(Secret),
}

impl Credential {
    /// An API key.
    pub fn api_key(key: Secret) -> Self {
        Self(Kept::ApiKey(key))
    }

    /// A bearer token, without the word `Bearer`.
    pub fn bearer(token: Secret) -> Self {
        Self::token(token)
    }

    /// A bearer token, without the word `Bearer`, or a provider of one.
    pub fn token(token: impl Into<Token>) -> Self {
        Self(Kept::Bearer(token.into()))
    }

    /// A user name, without a colon, and a password.
    pub fn basic(user: String, password: Secret) -> Self {
        Self(Kept::Basic(user, password))
    }

    /// All that stands behind the name of another HTTP scheme in the header `Authorization`.
    pub fn http(text: Secret) -> Self {
        Self(Kept::Http(text))
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// One credential in the form in which a request carries it.
pub(crate) enum Carried {
    Header(HeaderName, HeaderValue),
    /// A pair of the query, percent-encoded.
    Query(String),
    /// A pair of the `Cookie` header, percent-encoded.
    Cookie(String),
}

/// What a request carries to meet one of `alternatives`: the first whose credentials are all there.
///
/// An empty alternative means that no credential is needed. It is taken last wherever it stands, so that a credential
/// that the client has is never left out.
pub(crate) fn carry(
    alternatives: &'static [&'static [SecurityScheme]],
    credentials: &Credentials,
) -> Result<Vec<Carried>, RequestError> {
    match chosen(alternatives, credentials) {
        Some(schemes) => schemes.iter().map(|scheme| carry_one(scheme, credentials)).collect(),
        None if alternatives.is_empty() || alternatives.iter().any(|schemes| schemes.is_empty()) => Ok(Vec::new()),
        None => Err(RequestError::MissingCredential { alternatives }),
    }
}

/// The first of `alternatives` that asks for credentials and whose credentials are all there.
fn chosen(
    alternatives: &'static [&'static [SecurityScheme]],
    credentials: &Credentials,
) -> Option<&'static [SecurityScheme]> {
    let is_met = |schemes: &&&[SecurityScheme]| {
        !schemes.is_empty() && schemes.iter().all(|scheme| credentials.contains_key(scheme.name))
    };
    alternatives.iter().find(is_met).copied()
}

/// The credentials with a token in place of each provider that one of `alternatives` asks for.
pub(crate) async fn resolve<'c>(
    alternatives: &'static [&'static [SecurityScheme]],
    credentials: &'c Credentials,
) -> Result<Cow<'c, Credentials>, RequestError> {
    let mut resolved = Cow::Borrowed(credentials);
    for scheme in chosen(alternatives, credentials).unwrap_or_default() {
        if let Some(Credential(Kept::Bearer(Token(Source::Provider(provider))))) = credentials.get(scheme.name) {
            let token = provider.token().await.map_err(|error| RequestError::TokenProvider {
                scheme: scheme.name,
                source: ProviderError::new(error),
            })?;
            resolved.to_mut().insert(scheme.name, Credential::bearer(token));
        }
    }
    Ok(resolved)
}

fn carry_one(scheme: &SecurityScheme, credentials: &Credentials) -> Result<Carried, RequestError> {
    let invalid = |rule| RequestError::InvalidCredential { scheme: scheme.name, rule };
    let authorization = |text: String| Ok(Carried::Header(header::AUTHORIZATION, sensitive(text).map_err(invalid)?));
    match (scheme.kind, credentials.get(scheme.name).map(|credential| &credential.0)) {
        (Scheme::ApiKey(location, name), Some(Kept::ApiKey(key))) => carry_key(location, name, key).map_err(invalid),
        (Scheme::Bearer, Some(Kept::Bearer(Token(Source::Fixed(token))))) => {
            authorization(format!("Bearer {}", filled(token).map_err(invalid)?))
        }
        // RFC 7617, section 2: the first colon ends the user name.
        (Scheme::Basic, Some(Kept::Basic(user, _))) if user.contains(':') => {
            Err(invalid("has a colon in its user name"))
        }
        (Scheme::Basic, Some(Kept::Basic(user, password))) => {
            authorization(format!("Basic {}", base64(&wiped(format!("{user}:{}", password.expose())))))
        }
        (Scheme::Http(scheme), Some(Kept::Http(text))) => {
            authorization(format!("{} {}", http_name(scheme), filled(text).map_err(invalid)?))
        }
        (Scheme::ApiKey(..), _) => Err(invalid("is not an API key")),
        (Scheme::Bearer, _) => Err(invalid("is not a bearer token")),
        (Scheme::Basic, _) => Err(invalid("is not a user name and a password")),
        (Scheme::Http(_), _) => Err(invalid("is not the text of an HTTP scheme")),
    }
}

fn http_name(scheme: &'static str) -> &'static str {
    REGISTERED.iter().find(|name| name.eq_ignore_ascii_case(scheme)).copied().unwrap_or(scheme)
}

fn carry_key(location: Location, name: &str, key: &Secret) -> Result<Carried, &'static str> {
    let key = filled(key)?;
    match location {
        Location::Header => {
            let name =
                HeaderName::from_bytes(name.as_bytes()).map_err(|_| "goes into a header whose name is not valid")?;
            Ok(Carried::Header(name, sensitive(key.to_owned())?))
        }
        Location::Query => Ok(Carried::Query(format!("{}={}", style::encode(name), style::encode(key)))),
        Location::Cookie => Ok(Carried::Cookie(format!("{}={}", style::encode(name), style::encode(key)))),
    }
}

/// An empty environment variable is the usual reason for an empty credential; the server would only say 401.
fn filled(secret: &Secret) -> Result<&str, &'static str> {
    match secret.expose() {
        "" => Err("is empty"),
        text => Ok(text),
    }
}

fn sensitive(text: String) -> Result<HeaderValue, &'static str> {
    // What is beyond ASCII would go out as bytes that every server reads in its own way.
    let text = Some(text).filter(|text| text.is_ascii()).ok_or("holds a character that no header can carry")?;
    let mut value =
        HeaderValue::from_maybe_shared(wiped(text)).map_err(|_| "holds a character that no header can carry")?;
    value.set_sensitive(true);
    Ok(value)
}

/// RFC 4648, section 4, with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for position in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * position)) as usize & 63];
            out.push(if position > chunk.len() { '=' } else { char::from(digit) });
        }
    }
    out
}

#[cfg(test)]
mod tests;
