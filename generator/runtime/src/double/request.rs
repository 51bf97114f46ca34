//! [`Request`]: what arrived at the double. In go method, URL, headers and body, out come parameters and bodies of the types
//! that the document says.
//!
//! Which reading a text has is `value`'s, how a style is undone `style`'s.

use std::fmt;
use std::future::poll_fn;
use std::pin::pin;

use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_TYPE, COOKIE};
use http::{HeaderMap, Method, Uri};
use http_body::Body as _;

use super::style::{self, Pair};
use super::value::Node;
use super::{path, sent};
use crate::charset::Charset;
use crate::codec::{Decode, Encode, decode_slice};
use crate::error::TransportError;
use crate::file::File;
use crate::multipart::PartEncoding;
use crate::parameter::{Parameter, Place};
use crate::transport::{Attempt, OutgoingBody};

/// A request as it arrived. `Debug` shows neither headers nor body, since any of them may be secret.
#[derive(Clone)]
pub struct Request {
    attempt: Attempt,
    head: Head,
    body: Bytes,
}

#[derive(Clone)]
struct Head {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
}

/// A request that is not, or not surely, what the document says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    operation: &'static str,
    what: String,
    problem: String,
}

impl Request {
    /// The operation id.
    pub fn operation(&self) -> &'static str {
        self.attempt.operation()
    }

    /// Which attempt of its call it is, counted from 1.
    pub fn attempt(&self) -> u32 {
        self.attempt.number()
    }

    /// The method.
    pub fn method(&self) -> &Method {
        &self.head.method
    }

    /// The URL.
    pub fn uri(&self) -> &Uri {
        &self.head.uri
    }

    /// The headers, credentials among them.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// The body as it arrived.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Reads the whole of a request.
    pub(super) async fn receive(request: http::Request<OutgoingBody>) -> Result<Self, TransportError> {
        let (head, body) = request.into_parts();
        let Some(attempt) = head.extensions.get::<Attempt>().cloned() else {
            return Err(TransportError::unprepared("the request does not say of which operation it is".to_owned()));
        };
        let (mut body, mut bytes) = (pin!(body), BytesMut::new());
        while let Some(frame) = poll_fn(|cx| body.as_mut().poll_frame(cx)).await {
            let frame = frame.map_err(TransportError::exchange)?;
            bytes.extend(frame.into_data());
        }
        let head = Head { method: head.method, uri: head.uri, headers: head.headers };
        Ok(Self { attempt, head, body: bytes.freeze() })
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.head.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Operation, method and path template.
    pub(super) fn title(&self) -> String {
        format!("`{}` ({} {})", self.operation(), self.method(), self.attempt.path_template())
    }
}

/// What emitted code asks for.
impl Request {
    /// A parameter that must be there.
    ///
    /// # Errors
    /// It is missing, or it is not, or not surely, of this type.
    pub fn required<T: Decode + Encode>(&self, parameter: &Parameter) -> Result<T, Unreadable> {
        self.required_beside(parameter, &[])
    }

    /// A parameter that may be missing.
    ///
    /// # Errors
    /// It is not, or not surely, of this type.
    pub fn optional<T: Decode + Encode>(&self, parameter: &Parameter) -> Result<Option<T>, Unreadable> {
        self.optional_beside(parameter, &[])
    }

    /// A parameter that must be there and that stands in one place with those that are named: its properties in the query,
    /// or cookies in the header `Cookie`.
    ///
    /// # Errors
    /// As of [`required`](Self::required).
    pub fn required_beside<T: Decode + Encode>(&self, parameter: &Parameter, beside: &[&str]) -> Result<T, Unreadable> {
        if let Some(value) = self.optional_beside(parameter, beside)? {
            return Ok(value);
        }
        // An empty list or object is not written at all.
        let nothing = Node::either(vec![Node::list(Vec::new()), Node::object(Vec::new())]);
        nothing.read().map_err(|_| self.unreadable(told(parameter), "is missing"))
    }

    /// A parameter that may be missing and that stands in one place with those that are named.
    ///
    /// # Errors
    /// As of [`optional`](Self::optional).
    pub fn optional_beside<T: Decode + Encode>(
        &self,
        parameter: &Parameter,
        beside: &[&str],
    ) -> Result<Option<T>, Unreadable> {
        let knows = |name: &str| T::knows(name) && !beside.contains(&name);
        let node = self.node(parameter, &knows, beside);
        let value = node.map_err(str::to_owned).and_then(|node| node.map(|node| node.read()).transpose());
        value.map_err(|problem| self.unreadable(told(parameter), problem))
    }

    /// Whether there is a body.
    pub fn has_body(&self) -> bool {
        !self.body.is_empty() || self.head.headers.contains_key(CONTENT_TYPE)
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// It is not JSON, or not of this type.
    pub fn json<T: Decode>(&self) -> Result<T, Unreadable> {
        let text = self.text()?;
        decode_slice(text.as_bytes()).map_err(|error| self.unreadable_body(error.to_string()))
    }

    /// The body as a form (`application/x-www-form-urlencoded`).
    ///
    /// # Errors
    /// It is not, or not surely, of this type.
    pub fn form<T: Decode + Encode>(&self) -> Result<T, Unreadable> {
        self.encoded_form(&[])
    }

    /// The body as a form, written as `encoding` says.
    ///
    /// # Errors
    /// It is not, or not surely, of this type.
    pub fn encoded_form<T: Decode + Encode>(&self, encoding: &[PartEncoding]) -> Result<T, Unreadable> {
        let text = String::from_utf8_lossy(&self.body);
        let node = sent::form(&text, encoding, &T::knows);
        node.and_then(|node| node.read()).map_err(|problem| self.unreadable_body(problem))
    }

    /// The body as parts (`multipart/form-data`), written as `encoding` says.
    ///
    /// # Errors
    /// It is not, or not surely, of this type.
    pub fn multipart<T: Decode + Encode>(&self, encoding: &[PartEncoding]) -> Result<T, Unreadable> {
        let media_type = self.header(CONTENT_TYPE.as_str()).unwrap_or_default();
        let node = sent::multipart(media_type, &self.body, encoding, &T::knows);
        node.and_then(|node| node.read()).map_err(|problem| self.unreadable_body(problem))
    }

    /// The body as text, decoded by the `charset` of its media type or as UTF-8.
    ///
    /// # Errors
    /// Returns an error if the charset is unknown, or the bytes are not in it.
    pub fn text(&self) -> Result<String, Unreadable> {
        let charset = Charset::of(self.header(CONTENT_TYPE.as_str()).unwrap_or_default());
        let charset = charset.ok_or_else(|| self.unreadable_body("is in an unknown charset"))?;
        charset.decode(&self.body).ok_or_else(|| self.unreadable_body("is not in its charset"))
    }

    /// The body as a file; `documented` is the media type that it has if it has none of its own.
    ///
    /// # Errors
    /// None.
    pub fn file(&self, documented: &str) -> Result<File, Unreadable> {
        let media_type = self.header(CONTENT_TYPE.as_str());
        Ok(sent::file(self.body.clone(), None, media_type, Some(documented)))
    }

    fn node(
        &self,
        parameter: &Parameter,
        knows: style::Knows<'_>,
        beside: &[&str],
    ) -> Result<Option<Node>, &'static str> {
        let (name, uri, form) = (parameter.name(), &self.head.uri, parameter.form());
        let query = uri.query().unwrap_or_default();
        let text = match parameter.location() {
            Place::Path => path::value(self.attempt.path_template(), uri.path(), query, name).map(Some)?,
            Place::Header if name.eq_ignore_ascii_case(COOKIE.as_str()) => {
                // Cookies of other parameters and of credentials are in the same header.
                let pairs = self.header(COOKIE.as_str()).unwrap_or_default().split("; ");
                let is_own =
                    |pair: &&str| !pair.is_empty() && !beside.contains(&pair.split('=').next().unwrap_or(pair));
                let own: Vec<&str> = pairs.filter(is_own).collect();
                return (!own.is_empty()).then(|| style::of_text(&form, &own.join("; "), knows)).transpose();
            }
            Place::Header => match self.head.headers.get(name) {
                Some(value) => Some(value.to_str().map_err(|_| "is not a text")?),
                None => None,
            },
            Place::Query => return of_pairs(parameter, &style::pairs(query, '&'), knows),
            Place::Cookie => {
                let cookies = self.header(COOKIE.as_str()).unwrap_or_default();
                return of_pairs(parameter, &style::pairs(cookies, ';'), knows);
            }
            Place::Part { property, each } => {
                let media_type = self.header(CONTENT_TYPE.as_str()).unwrap_or_default();
                return sent::part_header(media_type, &self.body, property, parameter, each);
            }
        };
        match text {
            Some(text) if parameter.is_json() && parameter.location() == Place::Header => {
                Node::json(text.as_bytes()).map(Some)
            }
            Some(text) if parameter.is_json() => Node::json(style::decoded(text).as_bytes()).map(Some),
            Some(text) => style::of_text(&form, text, knows).map(Some),
            None => Ok(None),
        }
    }

    fn unreadable_body(&self, problem: impl Into<String>) -> Unreadable {
        self.unreadable("the body".to_owned(), problem)
    }

    fn unreadable(&self, what: String, problem: impl Into<String>) -> Unreadable {
        Unreadable { operation: self.operation(), what, problem: problem.into() }
    }
}

fn told(parameter: &Parameter) -> String {
    format!("parameter `{}`", parameter.name())
}

fn of_pairs(parameter: &Parameter, pairs: &[Pair<'_>], knows: style::Knows<'_>) -> Result<Option<Node>, &'static str> {
    if !parameter.is_json() {
        return style::of_pairs(&parameter.form(), pairs, knows);
    }
    let own = pairs.iter().find(|(name, _)| name == parameter.name());
    own.map(|(_, value)| Node::json(style::decoded(value).as_bytes())).transpose()
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Request({})", self.title())
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a request of `{}` cannot be read: {} {}", self.operation, self.what, self.problem)
    }
}

impl std::error::Error for Unreadable {}
