//! Sends: in goes an `http::Request`, out comes a [`Reply`] or what went wrong. The only file that knows how reqwest
//! sends, so that another HTTP client can take its place.
//!
//! Every request is sent once. Statuses mean nothing here, and no redirect is followed: one to another host would take
//! credentials along, and one from `http` to `https` would already have shown them.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode};

use crate::error::{Fault, RequestError, Stage, TransportError};
use crate::payload::{Opened, Payload, UploadError};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const CALL_TIMEOUT: Duration = Duration::from_secs(60);

/// The longest body of a successful response, in bytes. A longer one is an error before memory runs out.
const SUCCESS_LIMIT: usize = 64 * 1024 * 1024;

/// Where the body of any other response is cut, in bytes. The status is worth more than the rest of an error page.
const FAILURE_LIMIT: usize = 1024 * 1024;

/// A response that has arrived.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// The connections of a client.
pub(crate) struct Transport {
    client: reqwest::Client,
    success_limit: usize,
}

impl Transport {
    /// Sends with `client`, or with one of its own.
    pub(crate) fn new(client: Option<reqwest::Client>) -> Result<Self, RequestError> {
        let client = match client {
            Some(client) => client,
            None => settings().build().map_err(|error| RequestError::HttpClient { message: error.to_string() })?,
        };
        Ok(Self { client, success_limit: SUCCESS_LIMIT })
    }

    /// Sends a request and reads the whole response.
    pub(crate) async fn send(&self, request: http::Request<Payload>) -> Result<Reply, Fault> {
        let request = prepared(request).await?;
        let response = self.client.execute(request).await.map_err(unanswered)?;
        self.receive(response).await.map_err(Fault::Transport)
    }

    async fn receive(&self, mut response: reqwest::Response) -> Result<Reply, TransportError> {
        let status = response.status();
        let limit = if status.is_success() { self.success_limit } else { FAILURE_LIMIT };
        let mut body = BytesMut::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| transport_error(Stage::Body(status), error))? {
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
        Ok(Reply { status, headers: std::mem::take(response.headers_mut()), body: body.freeze() })
    }
}

fn settings() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(CALL_TIMEOUT)
}

/// The request with its files open.
async fn prepared(request: http::Request<Payload>) -> Result<reqwest::Request, Fault> {
    let (head, payload) = request.into_parts();
    let body = match payload.open().await? {
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

/// The URL is taken out of the error, since its query may hold a credential.
fn transport_error(stage: Stage, error: reqwest::Error) -> TransportError {
    TransportError::new(stage, error.is_timeout(), error.without_url())
}

#[cfg(test)]
mod tests;
