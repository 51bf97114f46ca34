//! [`Error`]: why a call did not end in success. In go the causes found by the other modules, out comes one opaque
//! type.
//!
//! No text made here holds a credential or a URL: `Display` names the operation and what happened, `Debug` shows the
//! typed body of a documented error, and sizes in place of all else that the server sent. Whether to try again is `retry`'s.

mod cause;

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

#[cfg(feature = "reqwest")]
pub(crate) use self::cause::NO_RUNTIME;
pub(crate) use self::cause::{Fault, Stage, is_upload};
pub use self::cause::{RequestError, TransportError};
use crate::codec::{DecodeError, Deviation, Violation};
use crate::exchange::{History, Reply};
use crate::rate_limit::RateLimit;

/// The headers that servers tell the name of a request in.
const REQUEST_IDS: &[&str] = &[
    "x-request-id",
    "request-id",
    "x-requestid",
    "x-correlation-id",
    "x-amzn-requestid",
    "x-amz-request-id",
    "x-ms-request-id",
    "x-trace-id",
    "cf-ray",
];

/// How much of a response body an error keeps, in bytes.
const KEPT_BODY: usize = 64 * 1024;

/// Why a call failed; `B` is the body type of the error responses that the document describes.
///
/// `Display` is one line without the cause, [`source`](std::error::Error::source) leads to it, and
/// [`kind`](Self::kind) tells the cases apart.
///
/// Before making a call again, ask [`may_have_taken_effect`](Self::may_have_taken_effect): the client has done so
/// already wherever that is safe (see [`Retry`](crate::Retry)), and gives the error of the last attempt.
pub struct Error<B>(Box<Inner<B>>);

struct Inner<B> {
    operation: &'static str,
    history: History,
    cause: Cause<B>,
}

enum Cause<B> {
    Request(RequestError),
    Constraint(Violation),
    Transport(TransportError),
    Documented { response: Kept, body: Option<B> },
    Undocumented { response: Kept },
    Decode { response: Kept, error: DecodeError },
}

/// What is kept of a response that became an error.
struct Kept {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    deviations: Vec<Deviation>,
}

/// What kind of failure an [`Error`] is.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind<'a, B> {
    /// The request could not be built; nothing was sent.
    Request(&'a RequestError),
    /// A value breaks a constraint of the document; nothing was sent.
    Constraint(&'a Violation),
    /// The request could not be sent, or the response did not arrive whole.
    ///
    /// [`may_have_taken_effect`](Error::may_have_taken_effect) tells whether the request may have taken effect.
    Transport(&'a TransportError),
    /// The server answered with an error that the document describes; the body is there if the document gives it a
    /// schema.
    Documented(StatusCode, Option<&'a B>),
    /// The server answered with a status that the document does not list.
    Undocumented(StatusCode),
    /// The server answered, with a body that is not what the document says. The request may have taken effect.
    Decode(StatusCode, &'a DecodeError),
}

impl<B> Error<B> {
    /// Tells the kinds of failure apart.
    pub fn kind(&self) -> ErrorKind<'_, B> {
        match &self.0.cause {
            Cause::Request(error) => ErrorKind::Request(error),
            Cause::Constraint(violation) => ErrorKind::Constraint(violation),
            Cause::Transport(error) => ErrorKind::Transport(error),
            Cause::Documented { response, body } => ErrorKind::Documented(response.status, body.as_ref()),
            Cause::Undocumented { response } => ErrorKind::Undocumented(response.status),
            Cause::Decode { response, error } => ErrorKind::Decode(response.status, error),
        }
    }

    /// The operation id of the call; empty if the client itself could not be built.
    pub fn operation(&self) -> &str {
        self.0.operation
    }

    /// The status of the response, also if its body was cut off; `None` if none arrived.
    pub fn status(&self) -> Option<StatusCode> {
        match &self.0.cause {
            Cause::Transport(error) => error.status(),
            _ => self.response().map(|response| response.status),
        }
    }

    /// The headers of the response; `None` if no whole response arrived.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.response().map(|response| &response.headers)
    }

    /// The body of an error response that the document describes.
    pub fn body(&self) -> Option<&B> {
        match &self.0.cause {
            Cause::Documented { body, .. } => body.as_ref(),
            _ => None,
        }
    }

    /// The body of an error response that the document describes, taken out.
    pub fn into_body(self) -> Option<B> {
        match self.0.cause {
            Cause::Documented { body, .. } => body,
            _ => None,
        }
    }

    /// The body as it came, at most its first 64 KiB; `None` if no whole response arrived.
    ///
    /// The server may repeat in it what was sent, so treat it with the care that the request deserves.
    pub fn raw_body(&self) -> Option<&[u8]> {
        self.response().map(|response| response.body.as_ref())
    }

    /// How the body of an error response differs from the document. See [`Response::deviations`](crate::Response::deviations).
    pub fn deviations(&self) -> &[Deviation] {
        self.response().map(|response| response.deviations.as_slice()).unwrap_or_default()
    }

    /// What the server says of its quota, if it says anything.
    pub fn rate_limit(&self) -> Option<&RateLimit> {
        self.0.history.rate_limit.as_ref()
    }

    /// How long the server wants to be left alone, if it says so.
    pub fn retry_after(&self) -> Option<Duration> {
        match &self.0.cause {
            Cause::Transport(error) if error.asked_wait().is_some() => error.asked_wait(),
            _ => self.rate_limit().and_then(RateLimit::hint),
        }
    }

    /// The number of requests that were given to the transport, whether there was a connection or not; 0 if the call
    /// failed before, as when a value was rejected.
    pub fn attempts(&self) -> u32 {
        self.0.history.attempts
    }

    /// What the server calls the request, to be quoted to its support: the header `X-Request-Id` or one of its like.
    pub fn request_id(&self) -> Option<&str> {
        let headers = self.headers()?;
        REQUEST_IDS.iter().find_map(|name| headers.get(*name)?.to_str().ok())
    }

    /// Whether the server may have done what was asked, in this attempt or in one before.
    ///
    /// If it holds, look up what became of the call before you make it again: a shipment may be there already. If it does
    /// not hold, nothing was changed, and the same call can be made again once its reason is mended. It never holds for
    /// calls that change nothing by HTTP (`GET`, `HEAD`, `OPTIONS`, `TRACE`), and it holds for every doubt: a connection
    /// that broke, a time limit, an error of the server's own.
    pub fn may_have_taken_effect(&self) -> bool {
        self.0.history.may_have_taken_effect
    }

    /// Returns true if the server is rate limiting: it answered `429`, or `503` with `Retry-After`, or the client's
    /// [`RateLimiter`](crate::RateLimiter) did not send the request because it would have to wait too long. The request
    /// was not processed. Wait for [`retry_after`](Self::retry_after).
    pub fn is_rate_limited(&self) -> bool {
        match self.status() {
            None => matches!(&self.0.cause, Cause::Transport(error) if error.asked_wait().is_some()),
            Some(StatusCode::TOO_MANY_REQUESTS) => true,
            Some(StatusCode::SERVICE_UNAVAILABLE) => self.retry_after().is_some(),
            _ => false,
        }
    }

    /// The credential is missing, is not valid (`401`), or does not go so far (`403`). Nothing was done; give the client
    /// another.
    pub fn is_auth(&self) -> bool {
        match &self.0.cause {
            Cause::Request(error) => error.is_auth(),
            _ => matches!(self.status(), Some(StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)),
        }
    }

    /// The request could not be built, for want of a credential for example. Nothing was sent; correct the call.
    pub fn is_request(&self) -> bool {
        matches!(self.0.cause, Cause::Request(_))
    }

    /// The server leads to a next page that cannot be asked for: one that was there before, or one on another server.
    /// Nothing was sent for it; the pages before it are all there are up to that place.
    pub fn is_paging(&self) -> bool {
        matches!(self.0.cause, Cause::Request(RequestError::NextPage { .. }))
    }

    /// A value breaks a constraint of the document. Nothing was sent; correct the value.
    pub fn is_constraint(&self) -> bool {
        matches!(self.0.cause, Cause::Constraint(_))
    }

    /// There was no connection to the server. Nothing was sent; see to the network or the URL, and try again.
    pub fn is_connect(&self) -> bool {
        matches!(&self.0.cause, Cause::Transport(error) if error.is_connect())
    }

    /// Time ran out, for an attempt or for the whole call. [`may_have_taken_effect`](Self::may_have_taken_effect) says
    /// whether anything can have come of it.
    pub fn is_timeout(&self) -> bool {
        matches!(&self.0.cause, Cause::Transport(error) if error.is_timeout())
    }

    /// The connection failed before, while or after the request was sent, and trying again did not help; or the request
    /// was not sent because of the client's [`RateLimiter`](crate::RateLimiter).
    pub fn is_transport(&self) -> bool {
        matches!(self.0.cause, Cause::Transport(_))
    }

    /// The server answered with an error that the document describes: [`body`](Self::body) says more if there is one.
    pub fn is_documented(&self) -> bool {
        matches!(self.0.cause, Cause::Documented { .. })
    }

    /// The server answered with a status that the document does not list: [`raw_body`](Self::raw_body) may say more.
    pub fn is_undocumented(&self) -> bool {
        matches!(self.0.cause, Cause::Undocumented { .. })
    }

    /// The body of the response is not what the document says. If it was one of success, the request has taken effect;
    /// the document needs a correction.
    pub fn is_decode(&self) -> bool {
        matches!(self.0.cause, Cause::Decode { .. })
    }

    fn response(&self) -> Option<&Kept> {
        match &self.0.cause {
            Cause::Documented { response, .. } | Cause::Undocumented { response } | Cause::Decode { response, .. } => {
                Some(response)
            }
            _ => None,
        }
    }

    fn new(operation: &'static str, history: History, cause: Cause<B>) -> Self {
        Self(Box::new(Inner { operation, history, cause }))
    }

    /// A failure before there was a whole response.
    pub(crate) fn from_fault(operation: &'static str, history: History, fault: Fault) -> Self {
        let cause = match fault {
            Fault::Request(error) => Cause::Request(error),
            Fault::Constraint(violation) => Cause::Constraint(violation),
            Fault::Transport(error) => Cause::Transport(error),
        };
        Self::new(operation, history, cause)
    }

    pub(crate) fn documented(operation: &'static str, history: History, reply: Reply, body: Option<B>) -> Self {
        Self::new(operation, history, Cause::Documented { response: Kept::of(reply), body })
    }

    /// The same with what differs from the document in the body.
    pub(crate) fn with_deviations(mut self, deviations: Vec<Deviation>) -> Self {
        if let Cause::Documented { response, .. } = &mut self.0.cause {
            response.deviations = deviations;
        }
        self
    }

    pub(crate) fn undocumented(operation: &'static str, history: History, reply: Reply) -> Self {
        Self::new(operation, history, Cause::Undocumented { response: Kept::of(reply) })
    }

    pub(crate) fn decode(operation: &'static str, history: History, reply: Reply, error: DecodeError) -> Self {
        Self::new(operation, history, Cause::Decode { response: Kept::of(reply), error })
    }
}

impl Kept {
    fn of(reply: Reply) -> Self {
        let body = if reply.body.len() > KEPT_BODY {
            // A slice of the whole would keep all of it in memory.
            Bytes::copy_from_slice(&reply.body[..KEPT_BODY])
        } else {
            reply.body
        };
        Self { status: reply.status, headers: reply.headers, body, deviations: Vec::new() }
    }
}

impl<B> fmt::Display for Error<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.operation {
            "" => f.write_str("the client")?,
            operation => write!(f, "`{operation}`")?,
        }
        self.0.cause.fmt(f)?;
        match self.attempts() {
            0 | 1 => Ok(()),
            attempts => write!(f, ", in the last of {attempts} attempts"),
        }
    }
}

impl<B> fmt::Display for Cause<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cause::Request(error) => write!(f, " could not be built: {error}"),
            Cause::Constraint(violation) => write!(f, " was not sent: {violation}"),
            Cause::Transport(error) => write!(f, " failed: {error}"),
            Cause::Documented { response, .. } => write!(f, " was answered with {}", response.status),
            Cause::Undocumented { response } => {
                write!(f, " was answered with {}, which the document does not list", response.status)
            }
            Cause::Decode { response, .. } => {
                write!(f, " was answered with {} and a body that the document does not describe", response.status)
            }
        }
    }
}

impl<B: fmt::Debug> fmt::Debug for Error<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Error");
        out.field("operation", &self.0.operation).field("kind", &self.kind());
        out.field("attempts", &self.attempts()).field("may_have_taken_effect", &self.may_have_taken_effect());
        if let Some(response) = self.response() {
            out.field("raw_body", &format_args!("[{} bytes]", response.body.len()));
        }
        out.finish()
    }
}

impl<B: fmt::Debug> std::error::Error for Error<B> {
    /// What `Display` does not say: the cause in the connection or in the JSON.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.cause {
            Cause::Request(error) => error.source(),
            Cause::Transport(error) => error.source(),
            Cause::Decode { error, .. } => Some(error),
            Cause::Constraint(_) | Cause::Documented { .. } | Cause::Undocumented { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests;
