//! [`Core`]: what the `Client` of every generated crate holds. In go a [`Request`] and the emitted function that reads
//! the response, out comes a [`Call`].
//!
//! How a request is written is `request`'s, how it is sent `exchange`'s, how a client is made `client/builder.rs`'s.

mod builder;
mod settings;

use std::borrow::Cow;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use http::header::CONTENT_ENCODING;
use http::{HeaderMap, HeaderValue, StatusCode};

pub use self::builder::CoreBuilder;
use crate::clock::Clock;
use crate::codec::DecodeError;
use crate::error::{Error, Fault, RequestError};
use crate::events::{self, EventFormat, Events};
use crate::exchange::{Answer, History, Incoming, Reply};
use crate::options::{CallOptions, Timeouts};
use crate::rate_limit::{Gate, Recognizer};
use crate::request::Request;
use crate::response::{Body, Log, Outcome, Response, has_no_content};
use crate::retry::{Budget, Retry};
use crate::security::Credentials;
use crate::server::Variables;
use crate::transport::{Middleware, Transport};

/// A call under way: a future that does nothing until it is awaited.
pub type Call<'a, T, B> = Pin<Box<dyn Future<Output = Result<Response<T>, Error<B>>> + Send + 'a>>;

/// The emitted function that says what a response means.
pub type ReadResponse<T, B> = fn(u16, &Body<'_>) -> Result<Outcome<T, B>, DecodeError>;

/// Server, credentials and connections of a client. Clones share all of it and are cheap.
#[derive(Clone)]
pub struct Core(Arc<Shared>);

/// What the clones of a client share.
pub(crate) struct Shared {
    pub(crate) base: String,
    /// What the URLs of operations with servers of their own are made with; `None` if `base` goes for them too.
    pub(crate) variables: Option<Variables>,
    pub(crate) allows_http: bool,
    pub(crate) credentials: Credentials,
    pub(crate) user_agent: HeaderValue,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) middleware: Vec<Arc<dyn Middleware>>,
    pub(crate) clock: Arc<dyn Clock>,
    /// Whether connections or waits are those of Tokio.
    #[cfg(feature = "reqwest")]
    pub(crate) needs_runtime: bool,
    pub(crate) timeouts: Timeouts,
    pub(crate) retry: Retry,
    pub(crate) budget: Budget,
    pub(crate) gate: Option<Gate>,
    pub(crate) recognizer: Recognizer,
    pub(crate) success_limit: usize,
    pub(crate) strict: bool,
}

type Exchanged<'a> = Pin<Box<dyn Future<Output = (History, Result<Answer, Fault>)> + Send + 'a>>;

impl Core {
    /// A request on its way to the server; it sets out when what [`Sending::read`] gives is awaited.
    pub fn send(&self, request: Request, options: CallOptions) -> Sending<'_> {
        Sending { core: self, request, options }
    }
}

impl Shared {
    /// The URL that a request's path is appended to.
    pub(crate) fn base_of(&self, request: &Request) -> Result<Cow<'_, str>, RequestError> {
        match (request.own_server(), &self.variables) {
            (Some(server), Some(variables)) => server.base(server.url(), variables, self.allows_http).map(Cow::Owned),
            _ => Ok(Cow::Borrowed(&self.base)),
        }
    }
}

/// A request that is about to be sent.
#[derive(Debug)]
pub struct Sending<'a> {
    core: &'a Core,
    request: Request,
    options: CallOptions,
}

impl<'a> Sending<'a> {
    /// Sends the request and reads the response with `read`.
    ///
    /// Dropping the future gives the call up; the server may have done what was asked all the same.
    pub fn read<T: 'a, B: 'a>(self, read: ReadResponse<T, B>) -> Call<'a, T, B> {
        let (operation, strict) = (self.request.operation(), self.is_strict());
        let exchanged = self.exchanged(|_| false);
        Box::pin(async move {
            match exchanged.await {
                (history, Ok(Answer::Whole(reply))) => finish(operation, history, reply, read, strict),
                // Nothing was declared a stream.
                (history, Ok(Answer::Open(incoming))) => {
                    let reply = Reply { status: incoming.status, headers: incoming.headers, body: Bytes::new() };
                    finish(operation, history, reply, read, strict)
                }
                (history, Err(fault)) => Err(Error::from_fault(operation, history, fault)),
            }
        })
    }

    /// Sends the request and gives the body of a success out item by item.
    ///
    /// `read` is asked what a status means, without a body first. Unless that is success, the whole body is read and
    /// given to it, as [`read`](Self::read) does.
    pub fn events<T: 'a, B: 'a>(self, format: EventFormat, read: ReadResponse<(), B>) -> Call<'a, Events<T, B>, B> {
        let (operation, strict) = (self.request.operation(), self.is_strict());
        let is_stream = move |incoming: &Incoming| {
            is_success(incoming.status, &incoming.headers, read)
                && !has_no_content(incoming.status.as_u16())
                && events::check_media_type(format, &incoming.headers).is_ok()
        };
        let exchanged = self.exchanged(is_stream);
        Box::pin(async move {
            let (history, answer) = exchanged.await;
            let answer = answer.map_err(|fault| Error::from_fault(operation, history, fault))?;
            let reply = match answer {
                Answer::Open(incoming) => {
                    let (status, headers) = (incoming.status, incoming.headers.clone());
                    let events = Events::new(operation, format, (status, headers.clone()), strict).reading(incoming);
                    return Ok(Response::new(status, headers, events).with_rate_limit(history.rate_limit));
                }
                Answer::Whole(reply) => reply,
            };
            if is_success(reply.status, &reply.headers, read)
                && !has_no_content(reply.status.as_u16())
                && let Err(error) = events::check_media_type(format, &reply.headers)
            {
                return Err(Error::decode(operation, history, reply, error));
            }
            let events = Events::new(operation, format, (reply.status, reply.headers.clone()), strict);
            let body = if has_no_content(reply.status.as_u16()) { Bytes::new() } else { reply.body.clone() };
            let response = finish(operation, history, reply, read, strict)?;
            Ok(response.map(|()| events.holding(&body)))
        })
    }

    fn is_strict(&self) -> bool {
        self.core.0.strict || self.options.is_strict()
    }

    /// All of a call that does not depend on its types, so that it is compiled once.
    fn exchanged(self, is_stream: impl Fn(&Incoming) -> bool + Send + Sync + 'a) -> Exchanged<'a> {
        let Self { core, request, options } = self;
        Box::pin(async move { core.0.exchange(request, &options, &is_stream).await })
    }
}

/// Whether a status is one of success, whatever the body.
fn is_success<B>(status: StatusCode, headers: &HeaderMap, read: ReadResponse<(), B>) -> bool {
    let outcome = read(status.as_u16(), &Body::new(headers, &Bytes::new()));
    status.is_success() && matches!(outcome, Ok(Outcome::Success(())))
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core").field("base_url", &self.0.base).finish_non_exhaustive()
    }
}

fn finish<T, B>(
    operation: &'static str,
    history: History,
    reply: Reply,
    read: ReadResponse<T, B>,
    strict: bool,
) -> Result<Response<T>, Error<B>> {
    let log = Log::new(strict);
    match read_body(&reply, read, &log) {
        Ok(Outcome::Success(body)) => {
            let response = Response::new(reply.status, reply.headers, body).with_rate_limit(history.rate_limit);
            Ok(response.with_deviations(log.finish()))
        }
        Ok(Outcome::Failure(body)) => {
            Err(Error::documented(operation, history, reply, Some(body)).with_deviations(log.finish()))
        }
        Ok(Outcome::Documented) => Err(Error::documented(operation, history, reply, None)),
        Ok(Outcome::Undocumented) => Err(Error::undocumented(operation, history, reply)),
        Err(error) => Err(Error::decode(operation, history, reply, error)),
    }
}

fn read_body<T, B>(reply: &Reply, read: ReadResponse<T, B>, log: &Log) -> Result<Outcome<T, B>, DecodeError> {
    let outcome = read(reply.status.as_u16(), &Body::new(&reply.headers, &reply.body).logging(log));
    let encoding = reply.headers.get(CONTENT_ENCODING).and_then(|encoding| encoding.to_str().ok());
    match (outcome, encoding) {
        // A range or `default` describes content that these statuses cannot have.
        (Ok(Outcome::Failure(_)) | Err(_), _) if has_no_content(reply.status.as_u16()) => {
            Ok(if reply.status.is_success() { Outcome::Undocumented } else { Outcome::Documented })
        }
        (Err(_), Some(encoding)) if !encoding.eq_ignore_ascii_case("identity") => {
            let encoding: String = encoding.chars().take(40).collect();
            Err(DecodeError::new(0, format!("the body is encoded as {encoding:?}, which nobody asked for")))
        }
        (outcome, _) => outcome,
    }
}

#[cfg(test)]
mod tests;
