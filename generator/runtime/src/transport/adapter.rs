//! [`ReqwestTransport`]: the only file that knows how reqwest sends.
//!
//! No redirect is followed: one to another host would take credentials along, and one from `http` to `https` would
//! already have shown them.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tower_layer::Layer;
use tower_service::Service;

use super::{Attempt, IncomingBody, OutgoingBody, Transport, TransportFuture};
use crate::error::{NO_RUNTIME, RequestError, Stage, TransportError};

/// In practice, no time limit: those of a call are kept by the client, whatever the settings of reqwest are.
const NEVER: Duration = Duration::from_secs(365 * 24 * 60 * 60);

tokio::task_local! {
    /// How long the connection that the request of this task needs may take.
    static CONNECT_TIMEOUT: Option<Duration>;
}

/// Sends with reqwest.
#[derive(Clone, Debug)]
pub struct ReqwestTransport(reqwest::Client);

impl ReqwestTransport {
    /// Sends with this client, and all its settings but the total timeout.
    ///
    /// Set `redirect::Policy::none()` on it: reqwest takes an API key in a header along to another host.
    pub fn new(client: reqwest::Client) -> Self {
        Self(client)
    }

    /// Sends with a client of its own.
    pub(crate) fn standard() -> Result<Self, RequestError> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connector_layer(ConnectTimeout)
            .build()
            .map_err(|error| RequestError::HttpClient { message: error.to_string() })?;
        Ok(Self(client))
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: http::Request<OutgoingBody>) -> TransportFuture<'_> {
        if tokio::runtime::Handle::try_current().is_err() {
            // reqwest panics then.
            return Box::pin(async { Err(TransportError::connect(NO_RUNTIME)) });
        }
        let timeout = Attempt::of(&request).and_then(Attempt::connect_timeout);
        Box::pin(CONNECT_TIMEOUT.scope(timeout, async move {
            let (head, body) = request.into_parts();
            let body = match body.as_bytes() {
                Some(bytes) => reqwest::Body::from(bytes.clone()),
                None => reqwest::Body::wrap(body),
            };
            let request = http::Request::from_parts(head, body);
            let mut request = reqwest::Request::try_from(request).map_err(unsent)?;
            *request.timeout_mut() = Some(NEVER);
            let response = self.0.execute(request).await.map_err(unanswered)?;
            let response = http::Response::<reqwest::Body>::from(response);
            Ok(response.map(|body| IncomingBody::new(WithoutUrl(body))))
        }))
    }
}

fn unsent(error: reqwest::Error) -> TransportError {
    TransportError::connect(error.without_url())
}

/// No status came back. The URL is taken out of the error, since its query may hold a credential.
fn unanswered(error: reqwest::Error) -> TransportError {
    let stage = if error.is_connect() { Stage::Connect } else { Stage::Exchange };
    TransportError::new(stage, error.is_timeout(), error.without_url())
}

/// A body whose errors do not tell the URL.
struct WithoutUrl<B>(B);

impl<B> http_body::Body for WithoutUrl<B>
where
    B: http_body::Body<Data = bytes::Bytes, Error = reqwest::Error> + Unpin,
{
    type Data = bytes::Bytes;
    type Error = reqwest::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<bytes::Bytes>, reqwest::Error>>> {
        let frame = Pin::new(&mut self.get_mut().0).poll_frame(cx);
        frame.map(|frame| frame.map(|frame| frame.map_err(reqwest::Error::without_url)))
    }
}

/// Gives connections up that take too long. reqwest has one limit for all requests of a client; this one is a call's.
#[derive(Clone, Copy, Debug)]
struct ConnectTimeout;

impl<S> Layer<S> for ConnectTimeout {
    type Service = Connector<S>;

    fn layer(&self, inner: S) -> Connector<S> {
        Connector(inner)
    }
}

#[derive(Clone, Debug)]
struct Connector<S>(S);

type BoxError = Box<dyn std::error::Error + Send + Sync>;

impl<S, R> Service<R> for Connector<S>
where
    S: Service<R, Error = BoxError>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, request: R) -> Self::Future {
        let connecting = self.0.call(request);
        let limit = CONNECT_TIMEOUT.try_with(|limit| *limit).ok().flatten();
        Box::pin(async move {
            match limit {
                Some(limit) => match tokio::time::timeout(limit, connecting).await {
                    Ok(outcome) => outcome,
                    Err(elapsed) => Err(io::Error::new(io::ErrorKind::TimedOut, elapsed).into()),
                },
                None => connecting.await,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;
    use std::future::poll_fn;

    use http_body::{Body as _, Frame};

    use super::*;

    /// An error that knows its URL, with a key in the query.
    async fn error_with_url() -> reqwest::Error {
        let error = reqwest::Client::new().get("ftp://127.0.0.1/?key=hush").send().await.expect_err("no HTTP");
        assert!(format!("{error:?}").contains("hush"), "{error:?}");
        error
    }

    struct Broken(Option<reqwest::Error>);

    impl http_body::Body for Broken {
        type Data = bytes::Bytes;
        type Error = reqwest::Error;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<bytes::Bytes>, reqwest::Error>>> {
            Poll::Ready(self.0.take().map(Err))
        }
    }

    #[tokio::test]
    async fn no_error_tells_the_url() {
        let mut body = WithoutUrl(Broken(Some(error_with_url().await)));
        let of_body = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await.expect("an error").expect_err("an error");
        let errors = [unsent(error_with_url().await), unanswered(error_with_url().await)];
        let texts = errors.iter().map(|error| format!("{error} {error:?} {:?}", error.source()));
        for text in texts.chain([format!("{of_body} {of_body:?}")]) {
            assert!(!text.contains("hush") && !text.contains("127.0.0.1"), "{text}");
        }
    }
}
