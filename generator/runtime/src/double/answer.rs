//! [`Answer`] and [`Fault`]: what the double does to a request. In go statuses, headers and bodies, out comes what a
//! transport gives.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use http_body::Frame;

use crate::charset::Charset;
use crate::codec::{Encode, Violation, decode_slice, encode};
use crate::error::TransportError;
use crate::events::EventFormat;
use crate::response::{has_no_content, is_json};
use crate::transport::IncomingBody;

/// What the double does to a request: any response, or none.
///
/// ```
/// use client_runtime::double::Answer;
///
/// let page = Answer::new(502).text("text/html", "<h1>Bad gateway</h1>").header("retry-after", "1");
/// let parcel = Answer::new(200).json("application/json", &serde_json::json!({ "id": 7 })).broken();
/// # drop((page, parcel));
/// ```
#[derive(Clone, Debug)]
pub struct Answer {
    after: Duration,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    Response {
        status: u16,
        headers: HeaderMap,
        body: Body,
    },
    Refused,
    Reset,
    Silence,
    /// What was asked for cannot be done; the text says why.
    Impossible(String),
}

#[derive(Clone, Debug, Default)]
struct Body {
    chunks: Vec<Bytes>,
    is_broken: bool,
}

/// What goes wrong on the way, or in the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// There is no connection, so nothing is sent.
    Refused,
    /// The connection breaks when the request was sent, before there is a status.
    Reset,
    /// Nothing comes back, ever: what ends is the time limit of the attempt.
    Silence,
    /// `429`, and how long to wait in `Retry-After`.
    RateLimited(Duration),
    /// `503`, and how long to wait in `Retry-After`.
    Unavailable(Duration),
    /// This status, without a body.
    Status(u16),
    /// `200` with a page of HTML, as proxies and portals send.
    WrongMediaType,
    /// `200` with the JSON text `true`, which is right for a boolean alone.
    WrongJson,
}

impl Answer {
    /// A response without headers and body.
    pub fn new(status: u16) -> Self {
        Self::of(What::Response { status, headers: HeaderMap::new(), body: Body::default() })
    }

    /// With a body of JSON: a type of the client, or a [`JsonValue`](crate::JsonValue).
    #[must_use]
    pub fn json(self, media_type: &str, value: &dyn Encode) -> Self {
        self.encoded(media_type, encode(value), |charset, json| Some(charset.encode_json(json)))
    }

    /// With a body of a media type that may be JSON or not: a value that is a string is text in any other.
    #[must_use]
    pub fn any(self, media_type: &str, value: &dyn Encode) -> Self {
        self.written(media_type, encode(value))
    }

    /// With a body of text, encoded by the `charset` of the media type.
    #[must_use]
    pub fn text(self, media_type: &str, text: impl Into<String>) -> Self {
        let text: String = text.into();
        self.encoded(media_type, Ok(text.into_bytes()), |charset, text| {
            std::str::from_utf8(&text).ok().and_then(|text| charset.encode(text))
        })
    }

    /// With a body of JSON in a media type that may be JSON or not.
    pub(super) fn written(self, media_type: &str, json: Result<Vec<u8>, Violation>) -> Self {
        self.encoded(media_type, json, |charset, json| {
            if is_json(media_type) {
                return Some(charset.encode_json(json));
            }
            let text = decode_slice::<String>(&json).or_else(|_| String::from_utf8(json)).ok()?;
            charset.encode(&text)
        })
    }

    fn encoded(
        self,
        media_type: &str,
        body: Result<Vec<u8>, Violation>,
        encode: impl FnOnce(Charset, Vec<u8>) -> Option<Vec<u8>>,
    ) -> Self {
        match (Charset::of(media_type), body) {
            (_, Err(violation)) => Self::impossible(format!("the body cannot be written: {violation}")),
            (None, _) => Self::impossible(format!("the charset of `{media_type}` is unknown")),
            (Some(charset), Ok(body)) => match encode(charset, body) {
                Some(bytes) => self.bytes(media_type, bytes),
                None => Self::impossible(format!("the charset of `{media_type}` lacks a character of the body")),
            },
        }
    }

    /// With a body of bytes.
    #[must_use]
    pub fn bytes(self, media_type: &str, bytes: impl Into<Bytes>) -> Self {
        self.chunks(media_type, vec![bytes.into()])
    }

    /// With a body that is one value after the other.
    #[must_use]
    pub fn events<T: Encode>(self, media_type: &str, format: EventFormat, items: &[T]) -> Self {
        let chunks = items.iter().map(|item| encode(item).map(|json| event(format, &json)));
        match chunks.collect() {
            Ok(chunks) => self.chunks(media_type, chunks),
            Err(violation) => Self::impossible(format!("an item cannot be written: {violation}")),
        }
    }

    /// With a header; one of the same name is there no longer.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let What::Response { headers, .. } = &mut self.what {
            match (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
                (Ok(name), Ok(value)) => drop(headers.insert(name, value)),
                _ => {
                    self.what =
                        What::Impossible(format!("no response can carry the header {name:?} that was asked for"))
                }
            }
        }
        self
    }

    /// With another status.
    #[must_use]
    pub fn status(mut self, code: u16) -> Self {
        if let What::Response { status, .. } = &mut self.what {
            *status = code;
        }
        self
    }

    /// When this time has passed.
    #[must_use]
    pub fn after(mut self, wait: Duration) -> Self {
        self.after = wait;
        self
    }

    /// The connection breaks in the middle of the body.
    #[must_use]
    pub fn broken(mut self) -> Self {
        if let What::Response { body, .. } = &mut self.what {
            body.halve();
            body.is_broken = true;
        }
        self
    }

    /// The body ends in its middle, and nothing says so.
    #[must_use]
    pub fn truncated(mut self) -> Self {
        match &mut self.what {
            What::Response { body, .. } if body.length() > 0 => body.halve(),
            What::Response { .. } => self.what = What::Impossible("a body was to be cut, and there is none".to_owned()),
            _ => {}
        }
        self
    }

    fn of(what: What) -> Self {
        Self { after: Duration::ZERO, what }
    }

    /// Nothing that could be answered; the call fails with this text.
    pub(super) fn impossible(text: String) -> Self {
        Self::of(What::Impossible(text))
    }

    pub(super) fn wait(&self) -> Duration {
        self.after
    }

    /// What comes back for a request with this method; `None` is silence.
    pub(super) fn outcome(self, method: &Method) -> Option<Result<http::Response<IncomingBody>, TransportError>> {
        let outcome = match self.what {
            What::Silence => return None,
            What::Refused => Err(TransportError::connect("the test double refuses it")),
            What::Reset => Err(TransportError::exchange("the test double breaks the connection")),
            What::Impossible(text) => Err(TransportError::unprepared(text)),
            // As HTTP has it, whatever was asked for.
            What::Response { status, headers, .. } if *method == Method::HEAD || has_no_content(status) => {
                response(status, headers, Body::default())
            }
            What::Response { status, headers, body } => response(status, headers, body),
        };
        Some(outcome)
    }

    /// Whether it could not be answered, and why.
    pub(super) fn problem(&self) -> Option<&str> {
        match &self.what {
            What::Impossible(text) => Some(text),
            _ => None,
        }
    }

    fn chunks(mut self, media_type: &str, chunks: Vec<Bytes>) -> Self {
        if let What::Response { body, .. } = &mut self.what {
            body.chunks = chunks;
        }
        self.header(CONTENT_TYPE.as_str(), media_type)
    }
}

impl From<Fault> for Answer {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Refused => Self::of(What::Refused),
            Fault::Reset => Self::of(What::Reset),
            Fault::Silence => Self::of(What::Silence),
            Fault::RateLimited(wait) => Self::new(429).hint(wait),
            Fault::Unavailable(wait) => Self::new(503).hint(wait),
            Fault::Status(status) => Self::new(status),
            Fault::WrongMediaType => Self::new(200).text("text/html", "<!DOCTYPE html><title>Sign in</title>"),
            Fault::WrongJson => Self::new(200).bytes("application/json", "true"),
        }
    }
}

impl Answer {
    /// Asks to come again later. The header knows whole seconds only, so that what is less is more.
    fn hint(self, wait: Duration) -> Self {
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        self.header(RETRY_AFTER.as_str(), &seconds.to_string())
    }
}

impl Body {
    fn length(&self) -> usize {
        self.chunks.iter().map(Bytes::len).sum()
    }

    /// Leaves the first half.
    fn halve(&mut self) {
        let mut left = self.length() / 2;
        for chunk in &mut self.chunks {
            chunk.truncate(left);
            left -= chunk.len();
        }
        self.chunks.retain(|chunk| !chunk.is_empty());
    }
}

fn response(status: u16, headers: HeaderMap, mut body: Body) -> Result<http::Response<IncomingBody>, TransportError> {
    let Ok(status) = StatusCode::from_u16(status) else {
        return Err(TransportError::unprepared(format!("there is no status {status}")));
    };
    body.chunks.reverse();
    let mut response = http::Response::new(IncomingBody::new(body));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}

/// What is left of a body, the last chunk first.
impl http_body::Body for Body {
    type Data = Bytes;
    type Error = &'static str;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, &'static str>>> {
        Poll::Ready(match self.chunks.pop() {
            Some(chunk) => Some(Ok(Frame::data(chunk))),
            None if std::mem::take(&mut self.is_broken) => Some(Err("the test double breaks the connection")),
            None => None,
        })
    }
}

/// One item of a stream.
fn event(format: EventFormat, json: &[u8]) -> Bytes {
    let (before, after): (&[u8], &[u8]) = match format {
        EventFormat::Sse => (b"data: ", b"\n\n"),
        EventFormat::JsonLines => (b"", b"\n"),
        EventFormat::JsonSequence => (b"\x1e", b"\n"),
    };
    [before, json, after].concat().into()
}
