//! What comes back: [`Body`] goes into the emitted function of an operation, [`Outcome`] comes out of it, and callers
//! get a [`Response`].
//!
//! Reading from the network is `transport`'s, JSON is `codec`'s.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;
use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use crate::charset::{Charset, charset_name, without_bom};
use crate::codec::{Decode, DecodeError, Deviation, decode_strict, decode_tolerant};
use crate::rate_limit::RateLimit;

/// A successful response: dereferences to its body, and carries the status and the headers.
///
/// `Debug` leaves the headers out, since a cookie may be among them.
#[derive(Clone)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    rate_limit: Option<RateLimit>,
    deviations: Vec<Deviation>,
    body: T,
}

impl<T> Response<T> {
    /// Puts a response together, for tests of code that takes one.
    pub fn new(status: StatusCode, headers: HeaderMap, body: T) -> Self {
        let rate_limit = RateLimit::from_headers(&headers);
        Self { status, headers, rate_limit, deviations: Vec::new(), body }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// What the server says of its quota, if it says anything.
    pub fn rate_limit(&self) -> Option<&RateLimit> {
        self.rate_limit.as_ref()
    }

    /// How the response differs from the document. There is nothing here for a response that is as documented, and all of it
    /// is an error for a client or a call that is [`strict`](crate::CallOptions::strict). At most 1,000 are kept.
    ///
    /// Constraints such as `maxLength` or `pattern` are not checked on responses.
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }

    pub(crate) fn with_deviations(self, deviations: Vec<Deviation>) -> Self {
        Self { deviations, ..self }
    }

    /// The same with what was read by the client, which may know other headers.
    pub(crate) fn with_rate_limit(self, rate_limit: Option<RateLimit>) -> Self {
        Self { rate_limit, ..self }
    }

    /// The headers that the document describes, in the type that the client has for them.
    ///
    /// # Errors
    /// One is missing that must be there, or is not what the document says.
    pub fn typed_headers<'h, H: TryFrom<&'h HeaderMap>>(&'h self) -> Result<H, H::Error> {
        H::try_from(&self.headers)
    }

    /// The body, which dereferencing gives too.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The body alone.
    pub fn into_body(self) -> T {
        self.body
    }

    /// Status, headers and body.
    pub fn into_parts(self) -> (StatusCode, HeaderMap, T) {
        (self.status, self.headers, self.body)
    }

    /// The same response with another body.
    pub fn map<U>(self, body: impl FnOnce(T) -> U) -> Response<U> {
        let Self { status, headers, rate_limit, deviations, body: old } = self;
        Response { status, headers, rate_limit, deviations, body: body(old) }
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response").field("status", &self.status).field("body", &self.body).finish_non_exhaustive()
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.body
    }
}

/// What a response means, by the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome<T, B> {
    /// Success.
    Success(T),
    /// An error with a body that the document describes.
    Failure(B),
    /// An error that the document lists without giving its body a schema.
    Documented,
    /// A status that the document does not list.
    Undocumented,
}

/// What is noted while the body of a response is read.
pub(crate) struct Log {
    /// Whether every deviation is an error.
    is_strict: bool,
    deviations: RefCell<Vec<Deviation>>,
}

impl Log {
    pub(crate) fn new(is_strict: bool) -> Self {
        Self { is_strict, deviations: RefCell::default() }
    }

    pub(crate) fn finish(self) -> Vec<Deviation> {
        self.deviations.into_inner()
    }

    fn note(&self, deviation: Deviation) {
        self.deviations.borrow_mut().push(deviation);
    }

    /// Reads a whole text as one JSON value.
    pub(crate) fn decode<T: Decode>(&self, text: &[u8]) -> Result<T, DecodeError> {
        if self.is_strict {
            return decode_strict(text);
        }
        let (value, deviations) = decode_tolerant(text)?;
        self.deviations.borrow_mut().extend(deviations);
        Ok(value)
    }
}

/// The body of a response, as it came.
#[derive(Clone, Copy)]
pub struct Body<'a> {
    bytes: &'a Bytes,
    media_type: Option<&'a str>,
    /// Where deviations are noted; without it they are accepted and forgotten.
    log: Option<&'a Log>,
}

impl<'a> Body<'a> {
    pub(crate) fn new(headers: &'a HeaderMap, bytes: &'a Bytes) -> Self {
        let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        Self { bytes, media_type, log: None }
    }

    /// The same with a place where deviations are noted.
    pub(crate) fn logging(self, log: &'a Log) -> Self {
        Self { log: Some(log), ..self }
    }

    /// The bytes.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The bytes, shared and not copied.
    pub fn to_bytes(&self) -> Bytes {
        self.bytes.clone()
    }

    /// Decodes the text, by the `charset` of the `Content-Type` or as UTF-8.
    ///
    /// # Errors
    /// Returns an error if the charset is unknown, or the bytes are not in it.
    pub fn text(&self) -> Result<String, DecodeError> {
        let charset = self.charset()?;
        charset.decode(self.bytes).ok_or_else(|| {
            let name = self.charset_name().unwrap_or_else(|| "utf-8".to_owned());
            DecodeError::new(0, format!("expected text, but the body is not in the charset {name:?}"))
        })
    }

    /// The `Content-Type` header, parameters included.
    pub fn media_type(&self) -> Option<&'a str> {
        self.media_type
    }

    /// Whether there are no bytes.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Reads the body as JSON. A missing `Content-Type` is taken for JSON, and no body at all for null where that is
    /// a value.
    ///
    /// # Errors
    /// The `Content-Type` is not JSON, or the text is not of this type.
    pub fn json<T: Decode>(&self) -> Result<T, DecodeError> {
        let text = self.json_text()?;
        if self.media_type.is_none() {
            self.note_missing_media_type()?;
        }
        self.decode(&text).or_else(|error| {
            // Many a server has nothing to say and calls that JSON.
            if text.trim_ascii().is_empty() { decode_strict(b"null").map_err(|_| error) } else { Err(error) }
        })
    }

    fn note_missing_media_type(&self) -> Result<(), DecodeError> {
        match self.log {
            _ if self.bytes.is_empty() => {}
            Some(log) if log.is_strict => return Err(DecodeError::new(0, "expected JSON, but there is no media type")),
            Some(log) => log.note(Deviation::MediaType { expected: "application/json".to_owned(), received: None }),
            None => {}
        }
        Ok(())
    }

    fn decode<T: Decode>(&self, text: &[u8]) -> Result<T, DecodeError> {
        match self.log {
            Some(log) => log.decode(text),
            None => Log::new(false).decode(text),
        }
    }

    /// Reads the body as its media type says: JSON as JSON, any other text as a string or, where the type is no string,
    /// as the number, boolean or JSON that it spells out. Without a `Content-Type`, JSON is tried first.
    ///
    /// # Errors
    /// Returns an error if the body is neither JSON nor text, or is not of this type.
    pub fn any<T: Decode>(&self) -> Result<T, DecodeError> {
        match self.media_type {
            None => self.json().or_else(|error| self.of_text().map_err(|_| error)),
            Some(media_type) if is_json(media_type) => self.json(),
            Some(_) => self.of_text(),
        }
    }

    fn of_text<T: Decode>(&self) -> Result<T, DecodeError> {
        let text = self.text()?;
        let string = serde_json::Value::from(text.as_str()).to_string();
        let (string, literal) = (string.as_bytes(), text.trim().as_bytes());
        let exact = decode_strict(string).or_else(|_| decode_strict(literal));
        exact.or_else(|_| self.decode(string)).or_else(|_| self.decode(literal))
    }

    fn json_text(&self) -> Result<Cow<'a, [u8]>, DecodeError> {
        match self.media_type {
            Some(media_type) if !is_json(media_type) => {
                // The header is the server's and may be long or strange; its first part says enough.
                let essence: String = essence(media_type).chars().take(80).collect();
                Err(DecodeError::new(0, format!("expected JSON, but the media type is {essence:?}")))
            }
            // JSON has no charset (RFC 8259, section 11), yet some servers encode it in the one that they declare. Of one
            // that is unknown, ASCII is all that can be read.
            _ => match self.charset() {
                Ok(Charset::Utf8) => Ok(Cow::Borrowed(without_bom(self.bytes))),
                Err(_) if self.bytes.is_ascii() => Ok(Cow::Borrowed(self.bytes)),
                charset => charset.and_then(|_| self.text()).map(|text| Cow::Owned(text.into_bytes())),
            },
        }
    }

    fn charset(&self) -> Result<Charset, DecodeError> {
        Charset::of(self.media_type.unwrap_or_default()).ok_or_else(|| {
            let name = self.charset_name().unwrap_or_default();
            DecodeError::new(0, format!("the charset {name:?} of the body is unknown"))
        })
    }

    /// The charset that the server declares, as far as it can be shown.
    fn charset_name(&self) -> Option<String> {
        charset_name(self.media_type?).map(|name| name.chars().take(40).collect())
    }
}

impl fmt::Debug for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Body({:?}, {} bytes)", self.media_type, self.bytes.len())
    }
}

/// Whether responses with a status never have content: `204`, `205` and `304` (RFC 9110, sections 15.3.5, 15.3.6 and
/// 15.4.5).
pub(crate) fn has_no_content(status: u16) -> bool {
    matches!(status, 204 | 205 | 304)
}

/// `application/json`, `text/json`, and every type with the suffix `+json` (RFC 6839).
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type).to_ascii_lowercase();
    match essence.split_once('/') {
        Some((_, subtype)) => subtype == "json" || subtype.ends_with("+json"),
        None => essence.is_empty(),
    }
}

pub(crate) fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests;
