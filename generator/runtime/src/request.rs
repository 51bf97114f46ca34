//! [`Request`]: in go an operation's parameters and body, out comes an `http::Request` for one server and one caller.
//!
//! Values are written at once, so a request borrows nothing; the first that cannot be written is remembered and told
//! when the request is called for. Bodies are in `request/body.rs`. Nothing is sent here.

mod body;

use std::fmt;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, COOKIE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::codec::Encode;
use crate::error::{Fault, RequestError};
use crate::multipart::PartHeader;
use crate::options::CallOptions;
use crate::paging;
use crate::parameter::{Parameter, Place};
use crate::request_body::RequestBody;
use crate::security::{self, Carried, Credentials, SecurityScheme};
use crate::server::{Server, has_dot_segment, split_variable};

/// A call of an operation, before it is known who makes it and where it goes.
pub struct Request {
    operation: &'static str,
    path: &'static str,
    server: Option<&'static Server>,
    security: &'static [&'static [SecurityScheme]],
    path_values: Vec<(&'static str, String)>,
    parts: Parts,
    part_headers: Vec<PartHeader>,
    repeatable: Option<bool>,
    idempotency_key: Option<&'static str>,
    fault: Option<Fault>,
}

/// What a request is made of beside its path.
#[derive(Clone)]
struct Parts {
    method: Method,
    query: Vec<String>,
    headers: HeaderMap,
    cookies: Vec<String>,
    body: RequestBody,
}

impl Request {
    /// A call of `operation`; `path` is the path template, which the server's URL goes before.
    pub fn new(operation: &'static str, method: Method, path: &'static str) -> Self {
        let (headers, body) = (HeaderMap::new(), RequestBody::default());
        let parts = Parts { method, query: Vec::new(), headers, cookies: Vec::new(), body };
        Self {
            operation,
            path,
            server: None,
            security: &[],
            path_values: Vec::new(),
            parts,
            part_headers: Vec::new(),
            repeatable: None,
            idempotency_key: None,
            fault: None,
        }
    }

    /// A call by `GET`.
    pub fn get(operation: &'static str, path: &'static str) -> Self {
        Self::new(operation, Method::GET, path)
    }

    /// A call by `PUT`.
    pub fn put(operation: &'static str, path: &'static str) -> Self {
        Self::new(operation, Method::PUT, path)
    }

    /// A call by `POST`.
    pub fn post(operation: &'static str, path: &'static str) -> Self {
        Self::new(operation, Method::POST, path)
    }

    /// A call by `DELETE`.
    pub fn delete(operation: &'static str, path: &'static str) -> Self {
        Self::new(operation, Method::DELETE, path)
    }

    /// A call by `OPTIONS`.
    pub fn options(operation: &'static str, path: &'static str) -> Self {
        Self::new(operation, Method::OPTIONS, path)
    }

    /// A call by `HEAD`.
    pub fn head(operation: &'static str, path: &'static str) -> Self {
        Self::new(operation, Method::HEAD, path)
    }

    /// A call by `PATCH`.
    pub fn patch(operation: &'static str, path: &'static str) -> Self {
        Self::new(operation, Method::PATCH, path)
    }

    /// A call by `TRACE`.
    pub fn trace(operation: &'static str, path: &'static str) -> Self {
        Self::new(operation, Method::TRACE, path)
    }

    /// Another server than the document's.
    #[must_use]
    pub fn server(mut self, server: &'static Server) -> Self {
        self.server = Some(server);
        self
    }

    /// The alternatives of credentials that the operation asks for, all of one alternative being needed.
    ///
    /// An empty alternative means that no credential is needed, though one is sent if the client has it.
    #[must_use]
    pub fn security(mut self, alternatives: &'static [&'static [SecurityScheme]]) -> Self {
        self.security = alternatives;
        self
    }

    /// Whether the document says that the call does no harm if the server gets it twice; the method tells otherwise.
    #[must_use]
    pub fn repeatable(mut self, repeatable: bool) -> Self {
        self.repeatable = Some(repeatable);
        self
    }

    /// The header in which the server takes a key that makes the call do no harm twice. A random one is sent if the
    /// caller gives none.
    #[must_use]
    pub fn idempotency_key(mut self, header: &'static str) -> Self {
        self.idempotency_key = Some(header);
        self
    }

    /// Writes a parameter. An empty list or object is left out.
    #[must_use]
    pub fn parameter(mut self, parameter: Parameter, value: &dyn Encode) -> Self {
        if self.fault.is_none() {
            self.fault = self.write(&parameter, value).err();
        }
        self
    }

    /// Writes a parameter if there is a value.
    #[must_use]
    #[inline]
    pub fn optional<T: Encode>(self, parameter: Parameter, value: &Option<T>) -> Self {
        match value {
            Some(value) => self.parameter(parameter, value),
            None => self,
        }
    }

    /// The media types that the operation answers in; JSON unless this says otherwise.
    #[must_use]
    pub fn accept(mut self, media_types: &'static str) -> Self {
        match HeaderValue::from_str(media_types) {
            Ok(value) => drop(self.parts.headers.insert(ACCEPT, value)),
            Err(_) => self.fault = Some(RequestError::InvalidHeader { header: "Accept" }.into()),
        }
        self
    }

    pub(crate) fn operation(&self) -> &'static str {
        self.operation
    }

    pub(crate) fn path_template(&self) -> &'static str {
        self.path
    }

    pub(crate) fn method(&self) -> &Method {
        &self.parts.method
    }

    pub(crate) fn own_server(&self) -> Option<&'static Server> {
        self.server
    }

    /// The credentials that it asks for.
    pub(crate) fn asked(&self) -> &'static [&'static [SecurityScheme]] {
        self.security
    }

    /// Whether it does no harm twice, given what its method says.
    pub(crate) fn is_repeatable(&self, by_method: bool) -> bool {
        self.repeatable.unwrap_or(by_method) || self.idempotency_key.is_some()
    }

    /// Whether it can be written a second time: a stream cannot.
    pub(crate) fn is_replayable(&self) -> bool {
        self.parts.body.is_replayable()
    }

    /// Makes it ready to be written, as often as need be. Says what was found wrong when it was put together.
    pub(crate) fn prepare(&mut self) -> Result<(), Fault> {
        if let Some(fault) = self.fault.take() {
            return Err(fault);
        }
        if let Some(header) = self.part_headers.first() {
            return Err(invalid(header.name, "is a header of a part that the body does not have").into());
        }
        if let Some(name) = self.idempotency_key.and_then(|name| HeaderName::from_bytes(name.as_bytes()).ok()) {
            // All attempts of a call share it: that is what it is for.
            let key = HeaderValue::from_maybe_shared(Bytes::from(uuid::Uuid::new_v4().to_string()));
            if let (http::header::Entry::Vacant(entry), Ok(key)) = (self.parts.headers.entry(name), key) {
                entry.insert(key);
            }
        }
        Ok(())
    }

    /// The request as it goes over the wire; `base` is the server's URL without a slash at its end.
    pub(crate) fn to_http(
        &self,
        base: &str,
        credentials: &Credentials,
        user_agent: &HeaderValue,
        options: &CallOptions,
    ) -> Result<http::Request<RequestBody>, RequestError> {
        let mut url = format!("{base}{}", self.filled_path()?);
        let mut parts = self.parts.clone();
        if let Some(link) = options.link() {
            url = paging::target(base, &url, link)?;
            parts.query.clear();
        }
        for carried in security::carry(self.security, credentials)? {
            if let (Carried::Query(pair), Some(_)) = (&carried, options.link()) {
                url = paging::without(&url, pair.split('=').next().unwrap_or_default());
            }
            parts.carry(carried);
        }
        for (name, value) in options.headers() {
            parts.set_header(name.clone(), value.clone());
        }
        parts.headers.entry(ACCEPT).or_insert(HeaderValue::from_static("application/json"));
        parts.headers.entry(USER_AGENT).or_insert_with(|| user_agent.clone());
        parts.into_http(url)
    }

    fn write(&mut self, parameter: &Parameter, value: &dyn Encode) -> Result<(), Fault> {
        if let Place::Part { property, each } = parameter.location() {
            let values = parameter.write_each(value)?;
            self.part_headers.push(PartHeader { property, name: parameter.name(), values, each });
            return Ok(());
        }
        let Some(text) = parameter.write(value)? else {
            // Of the four locations only a path falls apart without its value, which `filled_path` will find.
            return Ok(());
        };
        match parameter.location() {
            Place::Path => self.path_values.push((parameter.name(), text)),
            Place::Query => self.parts.query.push(text),
            Place::Cookie => self.parts.cookies.push(text),
            // A request has one `Cookie` header (RFC 6265, section 5.4).
            Place::Header if parameter.name().eq_ignore_ascii_case(COOKIE.as_str()) => {
                let cookies = text.trim_matches([' ', ';']);
                HeaderValue::from_bytes(cookies.as_bytes()).map_err(|_| parameter.invalid(NOT_IN_HEADER))?;
                self.parts.cookies.push(cookies.to_owned());
            }
            Place::Header => {
                let name = HeaderName::from_bytes(parameter.name().as_bytes());
                let name = name.map_err(|_| parameter.invalid("is not a valid header name"))?;
                // This is what keeps a line break in a value from adding headers.
                let value = HeaderValue::from_maybe_shared(Bytes::from(text));
                let value = value.map_err(|_| parameter.invalid(NOT_IN_HEADER))?;
                self.parts.headers.insert(name, value);
            }
            // Those wait for the body.
            Place::Part { .. } => {}
        }
        Ok(())
    }

    /// The path template with its values, segment by segment, so that no value can make or unmake a segment.
    fn filled_path(&self) -> Result<String, RequestError> {
        let mut path = String::new();
        for segment in self.path.split('/').skip(usize::from(self.path.starts_with('/'))) {
            path.push('/');
            path.push_str(&self.filled_segment(segment)?);
        }
        // A server's URL stands for itself where the path template is empty.
        if self.path.is_empty() { Ok(String::new()) } else { Ok(path) }
    }

    fn filled_segment(&self, template: &str) -> Result<String, RequestError> {
        let mut segment = String::new();
        let (mut rest, mut last) = (template, None);
        while let Some((before, name, after)) = split_variable(rest) {
            segment.push_str(&literal(before));
            segment.push_str(self.path_value(name)?);
            (rest, last) = (after, Some(name));
        }
        segment.push_str(&literal(rest));
        match last {
            Some(name) if segment.is_empty() => Err(invalid(name, "is empty, which would change the path")),
            Some(name) if has_dot_segment(&segment) => Err(invalid(name, "makes a `.` or `..` segment of the path")),
            _ => Ok(segment),
        }
    }

    fn path_value(&self, name: &str) -> Result<&str, RequestError> {
        let value = self.path_values.iter().find(|(known, _)| *known == name);
        value.map(|(_, text)| text.as_str()).ok_or_else(|| invalid(name, "has no value, which the path needs"))
    }
}

impl Parts {
    fn carry(&mut self, carried: Carried) {
        match carried {
            Carried::Header(name, value) => self.set_header(name, value),
            Carried::Query(pair) => self.query.push(pair),
            Carried::Cookie(pair) => self.cookies.push(pair),
        }
    }

    /// Sets a header in place of one of the same name. Cookies come together.
    fn set_header(&mut self, name: HeaderName, value: HeaderValue) {
        if name == COOKIE {
            self.headers.append(name, value);
        } else {
            self.headers.insert(name, value);
        }
    }

    /// Puts all cookies into one header: those of parameters and credentials, and those of a `Cookie` header that was set
    /// as such.
    fn join_cookies(&mut self) -> Result<(), RequestError> {
        let set = self.headers.get_all(COOKIE).iter().map(HeaderValue::as_bytes);
        let all: Vec<&[u8]> =
            set.chain(self.cookies.iter().map(String::as_bytes)).filter(|one| !one.is_empty()).collect();
        if all.is_empty() {
            return Ok(());
        }
        let cookies = HeaderValue::from_bytes(&all.join(b"; ".as_slice()));
        let mut cookies = cookies.map_err(|_| RequestError::InvalidHeader { header: "Cookie" })?;
        cookies.set_sensitive(true);
        self.headers.insert(COOKIE, cookies);
        Ok(())
    }

    fn into_http(mut self, mut url: String) -> Result<http::Request<RequestBody>, RequestError> {
        for pair in self.query.iter().filter(|pair| !pair.is_empty()) {
            // Some documents tell operations apart by a query within the path template.
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(pair);
        }
        self.join_cookies()?;
        if self.body.is_empty() && [Method::POST, Method::PUT, Method::PATCH].contains(&self.method) {
            // RFC 9110, section 8.6: these say that they come without a body, or some servers answer 411.
            self.headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        let mut request = http::Request::new(self.body);
        *request.method_mut() = self.method;
        *request.uri_mut() = Uri::try_from(url).map_err(|_| RequestError::InvalidUrl)?;
        *request.headers_mut() = self.headers;
        Ok(request)
    }
}

impl fmt::Debug for Request {
    /// Values are left out: any of them may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Request({}: {} {})", self.operation, self.parts.method, self.path)
    }
}

fn invalid(parameter: &str, rule: &'static str) -> RequestError {
    RequestError::InvalidParameter { parameter: parameter.to_owned(), rule }
}

const NOT_IN_HEADER: &str = "holds a character that no header can carry";

/// What a path cannot hold. A `?` stays, since it begins the query that some path templates have.
const NOT_IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The document's part of a path, which is a URL already but for the odd character.
pub(crate) fn literal(text: &str) -> String {
    utf8_percent_encode(text, NOT_IN_PATH).to_string()
}

#[cfg(test)]
mod tests;
