//! Sends: in goes an `http::Request`, out comes a [`Reply`], an [`Incoming`] whose body is still to be read, or what went
//! wrong. The only file that knows how reqwest sends, so that another HTTP client can take its place.
//!
//! Every request is sent once. Statuses mean nothing here, and no redirect is followed: one to another host would take
//! credentials along, and one from `http` to `https` would already have shown them.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode};
use http_body::{Body as _, Frame};
use tokio::time::error::Elapsed;

use crate::error::{Fault, RequestError, Stage, TransportError};
use crate::request_body::{Opened, RequestBody, UploadError};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const CALL_TIMEOUT: Duration = Duration::from_secs(60);

/// The longest body of a successful response, in bytes. A longer one is an error before memory runs out.
const SUCCESS_LIMIT: usize = 64 * 1024 * 1024;

/// Where the body of any other response is cut, in bytes. The status is worth more than the rest of an error page.
const FAILURE_LIMIT: usize = 1024 * 1024;

/// The call timeout of a body that is read as a stream: in practice, none.
const STREAM_TIMEOUT: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// A response that has arrived.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// A response whose body is still to come.
pub(crate) struct Incoming {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    body: reqwest::Body,
}

/// The connections of a client.
pub(crate) struct Transport {
    client: reqwest::Client,
    success_limit: usize,
    /// How long to wait for what is not a stream where reqwest is told to wait without end; `None` for a client that
    /// is not ours, whose settings nobody can read.
    patience: Option<Duration>,
}

impl Transport {
    /// Sends with `client`, or with one of its own.
    pub(crate) fn new(client: Option<reqwest::Client>) -> Result<Self, RequestError> {
        let patience = client.is_none().then_some(CALL_TIMEOUT);
        let client = match client {
            Some(client) => client,
            None => settings().build().map_err(|error| RequestError::HttpClient { message: error.to_string() })?,
        };
        Ok(Self { client, success_limit: SUCCESS_LIMIT, patience })
    }

    /// Sends a request and reads the whole response.
    pub(crate) async fn send(&self, request: http::Request<RequestBody>) -> Result<Reply, Fault> {
        let request = prepared(request).await?;
        let response = self.client.execute(request).await.map_err(unanswered)?;
        self.receive(response.into()).await.map_err(Fault::Transport)
    }

    /// Sends a request and reads the head of the response. No time limit cuts the body.
    pub(crate) async fn open(&self, request: http::Request<RequestBody>) -> Result<Incoming, Fault> {
        let mut request = prepared(request).await?;
        *request.timeout_mut() = Some(STREAM_TIMEOUT);
        let response = self.in_time(self.client.execute(request)).await;
        let response = response.map_err(|elapsed| Fault::Transport(late(Stage::Exchange, elapsed)))?;
        Ok(response.map_err(unanswered)?.into())
    }

    /// Reads the body of a response that turned out to be no stream.
    pub(crate) async fn finish(&self, incoming: Incoming) -> Result<Reply, Fault> {
        let status = incoming.status;
        let reply = self.in_time(self.receive(incoming)).await;
        reply.unwrap_or_else(|elapsed| Err(late(Stage::Body(status), elapsed))).map_err(Fault::Transport)
    }

    async fn in_time<T>(&self, future: impl Future<Output = T>) -> Result<T, Elapsed> {
        match self.patience {
            Some(patience) => tokio::time::timeout(patience, future).await,
            None => Ok(future.await),
        }
    }

    async fn receive(&self, mut incoming: Incoming) -> Result<Reply, TransportError> {
        let status = incoming.status;
        let limit = if status.is_success() { self.success_limit } else { FAILURE_LIMIT };
        let mut body = BytesMut::new();
        while let Some(chunk) = poll_fn(|cx| incoming.poll_chunk(cx)).await.transpose()? {
            let room = limit - body.len();
            if chunk.len() <= room {
                body.extend_from_slice(&chunk);
            } else if status.is_success() {
                return Err(TransportError::too_long(status, limit));
            } else {
                body.extend_from_slice(&chunk[..room]);
                break;
            }
        }
        Ok(Reply { status, headers: incoming.headers, body: body.freeze() })
    }
}

impl Incoming {
    /// The next piece of the body.
    pub(crate) fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        loop {
            let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
            match frame.map(|frame| frame.map(Frame::into_data)) {
                Some(Ok(Ok(chunk))) => return Poll::Ready(Some(Ok(chunk))),
                // Trailers tell nothing that a document could ask for.
                Some(Ok(Err(_))) => {}
                Some(Err(error)) => {
                    return Poll::Ready(Some(Err(transport_error(Stage::Body(self.status), error))));
                }
                None => return Poll::Ready(None),
            }
        }
    }
}

impl From<reqwest::Response> for Incoming {
    fn from(response: reqwest::Response) -> Self {
        let (head, body) = http::Response::<reqwest::Body>::from(response).into_parts();
        Self { status: head.status, headers: head.headers, body }
    }
}

fn settings() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(CALL_TIMEOUT)
}

/// The request with its files open.
async fn prepared(request: http::Request<RequestBody>) -> Result<reqwest::Request, Fault> {
    let (head, body) = request.into_parts();
    let body = match body.open().await? {
        Opened::Whole(bytes) => reqwest::Body::from(bytes),
        Opened::Upload(upload) => reqwest::Body::wrap(upload),
    };
    let request = reqwest::Request::try_from(http::Request::from_parts(head, body));
    Ok(request.map_err(|_| RequestError::InvalidUrl)?)
}

/// No status came back.
fn unanswered(error: reqwest::Error) -> Fault {
    let stage = match () {
        () if error.is_connect() => Stage::Connect,
        () if is_upload(&error) => Stage::Upload,
        () => Stage::Exchange,
    };
    Fault::Transport(transport_error(stage, error))
}

/// Whether a file of ours is to blame.
fn is_upload(error: &reqwest::Error) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        if cause.is::<UploadError>() {
            return true;
        }
        source = cause.source();
    }
    false
}

fn late(stage: Stage, elapsed: Elapsed) -> TransportError {
    TransportError::new(stage, true, elapsed)
}

/// The URL is taken out of the error, since its query may hold a credential.
fn transport_error(stage: Stage, error: reqwest::Error) -> TransportError {
    TransportError::new(stage, error.is_timeout(), error.without_url())
}

#[cfg(test)]
mod tests;
