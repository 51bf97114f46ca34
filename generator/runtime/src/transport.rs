//! Sends: in goes an `http::Request`, out comes a [`Reply`] or what went wrong. The only file that knows how reqwest
//! sends, so that another HTTP client can take its place.
//!
//! Every request is sent once. Statuses mean nothing here, and no redirect is followed: one to another host would take
//! credentials along, and one from `http` to `https` would already have shown them.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode};

use crate::error::{Fault, RequestError, Stage, TransportError};

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
    pub(crate) async fn send(&self, request: http::Request<Bytes>) -> Result<Reply, Fault> {
        let request = reqwest::Request::try_from(request).map_err(|_| RequestError::InvalidUrl)?;
        let response = self.client.execute(request).await.map_err(|error| {
            let stage = if error.is_connect() { Stage::Connect } else { Stage::Exchange };
            failed(stage, error)
        })?;
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

fn failed(stage: Stage, error: reqwest::Error) -> Fault {
    Fault::Transport(transport_error(stage, error))
}

/// The URL is taken out of the error, since its query may hold a credential.
fn transport_error(stage: Stage, error: reqwest::Error) -> TransportError {
    TransportError::new(stage, error.is_timeout(), error.without_url())
}

#[cfg(test)]
mod tests;
