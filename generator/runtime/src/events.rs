//! [`Events`]: in goes the body of a response that goes on and on, out comes one value after the other.
//!
//! Where one item ends is found in `events/split.rs`, the bytes come from `transport`, JSON is `codec`'s. Nothing is
//! asked for again when a connection breaks: what was missed in between is known to the caller alone.

mod split;

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};

use self::split::{Item, Items};
use crate::codec::{Decode, DecodeError, Deviation, decode_strict};
use crate::error::{Error, Fault, TransportError};
use crate::exchange::{History, Incoming, Reply};
use crate::response::{Body, Log, essence};

/// The longest item, in bytes. A longer one is an error before memory runs out.
const ITEM_LIMIT: usize = 16 * 1024 * 1024;

/// What many servers send after the last item.
const DONE: &[u8] = b"[DONE]";

/// How items follow each other in a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventFormat {
    /// `text/event-stream`
    Sse,
    /// A line of JSON for each: `application/x-ndjson`, `application/jsonl`.
    JsonLines,
    /// `application/json-seq` (RFC 7464)
    JsonSequence,
}

/// The items of a response body as they arrive: server-sent events, or records of JSON.
///
/// ```no_run
/// # async fn show<T: client_runtime::codec::Decode + std::fmt::Debug>(
/// #     mut events: client_runtime::Events<T, String>,
/// # ) -> Result<(), client_runtime::Error<String>> {
/// while let Some(event) = events.next().await {
///     println!("{:?}", event?);
/// }
/// # Ok(())
/// # }
/// ```
///
/// An item that is not a `T` is an error, and the next call goes on behind it. A connection that breaks is an error and
/// then the end. An item `[DONE]` is the end too: it is no JSON, and many servers say so that all was sent. Dropping
/// this closes the connection.
///
/// There is no time limit, since a server may have nothing to tell for hours; set a `read_timeout` on your own
/// `reqwest::Client` for one.
pub struct Events<T, B> {
    operation: &'static str,
    status: StatusCode,
    headers: HeaderMap,
    /// `None` after the end.
    incoming: Option<Incoming>,
    items: Items,
    /// The name of the event that was given out last.
    name: Option<String>,
    id: Option<String>,
    strict: bool,
    /// What differs from the document in the item that was given out last.
    deviations: Vec<Deviation>,
    types: PhantomData<fn() -> (T, B)>,
}

impl<T: Decode, B> Events<T, B> {
    /// Waits for the next item; `None` is the end.
    pub async fn next(&mut self) -> Option<Result<T, Error<B>>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error<B>>>> {
        loop {
            match self.items.take() {
                Some(Ok(item)) if item.data == DONE => self.end(),
                Some(Ok(item)) => return Poll::Ready(Some(self.read(item))),
                Some(Err(limit)) => {
                    return Poll::Ready(Some(self.broken(TransportError::item_too_long(self.status, limit))));
                }
                None => {}
            }
            let Some(incoming) = &mut self.incoming else { return Poll::Ready(None) };
            match ready!(incoming.poll_chunk(cx)) {
                Some(Ok(chunk)) => self.items.push(&chunk),
                Some(Err(error)) => return Poll::Ready(Some(self.broken(error))),
                None => {
                    self.incoming = None;
                    self.items.finish();
                }
            }
        }
    }

    fn read(&mut self, item: Item) -> Result<T, Error<B>> {
        (self.name, self.id) = (item.name, item.id);
        let log = Log::new(self.strict);
        let decoded = decode(self.items.format(), &item.data, &log);
        self.deviations = log.finish();
        decoded.map_err(|error| {
            let reply = Reply { status: self.status, headers: self.headers.clone(), body: item.data };
            Error::decode(self.operation, History::of_stream(), reply, error)
        })
    }
}

impl<T, B> Events<T, B> {
    pub(crate) fn new(
        operation: &'static str,
        format: EventFormat,
        head: (StatusCode, HeaderMap),
        strict: bool,
    ) -> Self {
        Self {
            operation,
            status: head.0,
            headers: head.1,
            incoming: None,
            items: Items::new(format, ITEM_LIMIT),
            name: None,
            id: None,
            strict,
            deviations: Vec::new(),
            types: PhantomData,
        }
    }

    /// Items are read from `incoming`.
    pub(crate) fn reading(mut self, incoming: Incoming) -> Self {
        self.incoming = Some(incoming);
        self
    }

    /// Items are read from a body that is there already.
    pub(crate) fn holding(mut self, body: &Bytes) -> Self {
        self.items.push(body);
        self.items.finish();
        self
    }

    /// The name of the event that came last: its `event` field, if it had one.
    pub fn event_name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// How the item that came last differs from the document. See [`Response::deviations`](crate::Response::deviations).
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }

    /// The last `id` field up to the event that came last: where to go on after a connection broke, if the server
    /// takes it in a header `Last-Event-ID`.
    pub fn last_event_id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// How long the server wants a client to wait before it connects again: the last `retry` field.
    pub fn retry(&self) -> Option<Duration> {
        self.items.retry()
    }

    fn broken(&mut self, error: TransportError) -> Result<T, Error<B>> {
        self.end();
        Err(Error::from_fault(self.operation, History::of_stream(), Fault::Transport(error)))
    }

    fn end(&mut self) {
        self.incoming = None;
        self.items.clear();
    }
}

impl<T: Decode, B> Stream for Events<T, B> {
    type Item = Result<T, Error<B>>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(cx)
    }
}

impl<T, B> fmt::Debug for Events<T, B> {
    /// Shows where it stands and nothing that the server sent.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("is_open", &self.incoming.is_some())
            .finish_non_exhaustive()
    }
}

/// Makes sure that a body is of this format. Records come under many names, events under one.
pub(crate) fn check_media_type(format: EventFormat, headers: &HeaderMap) -> Result<(), DecodeError> {
    match Body::new(headers, &Bytes::new()).media_type().map(essence) {
        Some(found) if format == EventFormat::Sse && !found.eq_ignore_ascii_case("text/event-stream") => {
            let found: String = found.chars().take(80).collect();
            Err(DecodeError::new(0, format!("expected text/event-stream, but the media type is {found:?}")))
        }
        _ => Ok(()),
    }
}

/// The data of an event is JSON, or a string without its quotes. Only what is neither exactly is read tolerantly.
fn decode<T: Decode>(format: EventFormat, data: &[u8], log: &Log) -> Result<T, DecodeError> {
    // What looks like JSON and is not must not become a string unnoticed.
    let may_be_string = format == EventFormat::Sse && !data.starts_with(b"{") && !data.starts_with(b"[");
    let string = may_be_string.then(|| serde_json::Value::from(String::from_utf8_lossy(data)).to_string());
    let exact =
        std::iter::once(data).chain(string.iter().map(String::as_bytes)).find_map(|text| decode_strict(text).ok());
    if let Some(value) = exact {
        return Ok(value);
    }
    log.decode(data).or_else(|error| match &string {
        Some(string) => log.decode(string.as_bytes()).map_err(|_| error),
        None => Err(error),
    })
}
