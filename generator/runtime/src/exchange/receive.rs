//! [`Incoming`] and [`Reply`]: in goes a body as it arrives, out comes all of it, up to a limit.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode};
use http_body::{Body as _, Frame};

use crate::error::{Stage, TransportError};
use crate::transport::IncomingBody;

/// The longest body of a successful response, in bytes. A longer one is an error before memory runs out.
pub(crate) const SUCCESS_LIMIT: usize = 64 * 1024 * 1024;

/// Where the body of any other response is cut, in bytes. The status is worth more than the rest of an error page.
const FAILURE_LIMIT: usize = 1024 * 1024;

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
    body: IncomingBody,
}

impl Incoming {
    /// Reads the whole body. What is counted is what memory holds, so that compression hides nothing.
    pub(crate) async fn receive(mut self, success_limit: usize) -> Result<Reply, TransportError> {
        let status = self.status;
        let limit = if status.is_success() { success_limit } else { FAILURE_LIMIT };
        let mut body = BytesMut::new();
        while let Some(chunk) = poll_fn(|cx| self.poll_chunk(cx)).await.transpose()? {
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
        Ok(Reply { status, headers: self.headers, body: body.freeze() })
    }

    /// The next piece of the body.
    pub(crate) fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        loop {
            let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
            match frame.map(|frame| frame.map(Frame::into_data)) {
                Some(Ok(Ok(chunk))) => return Poll::Ready(Some(Ok(chunk))),
                // Trailers tell nothing that a document could ask for.
                Some(Ok(Err(_))) => {}
                Some(Err(error)) => {
                    return Poll::Ready(Some(Err(TransportError::new(Stage::Body(self.status), false, error))));
                }
                None => return Poll::Ready(None),
            }
        }
    }
}

impl From<http::Response<IncomingBody>> for Incoming {
    fn from(response: http::Response<IncomingBody>) -> Self {
        let (head, body) = response.into_parts();
        Self { status: head.status, headers: head.headers, body }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(status: u16, body: Vec<u8>) -> Incoming {
        let mut response = http::Response::new(IncomingBody::from(body));
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
        response.into()
    }

    #[tokio::test]
    async fn long_success_is_an_error() {
        assert!(response(200, vec![0; 4]).receive(4).await.is_ok());
        let error = response(200, vec![0; 5]).receive(4).await.err().map(|error| error.to_string());
        assert_eq!(error.as_deref(), Some("the body of 200 OK is longer than 4 bytes"));
    }

    #[tokio::test]
    async fn long_failure_is_cut() {
        let reply = response(500, vec![0; FAILURE_LIMIT + 1]).receive(4).await;
        assert_eq!(reply.map(|reply| reply.body.len()).ok(), Some(FAILURE_LIMIT));
    }
}
