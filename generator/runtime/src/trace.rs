//! What a call leaves in `tracing`, with the feature `tracing`: a span for each attempt, named and filled as the
//! conventions of OpenTelemetry for HTTP clients say, and an event before each wait for another one.
//!
//! The host of the URL and the template of the path are recorded, never the URL itself, a header or a body. Without the
//! feature these functions do nothing.

use std::time::Duration;

use http::StatusCode;

use crate::error::TransportError;
use crate::transport::{Attempt, OutgoingBody};

#[cfg(feature = "tracing")]
pub(crate) use self::on::{attempt, outcome, retry, unchecked, within};

#[cfg(not(feature = "tracing"))]
pub(crate) use self::off::{attempt, outcome, retry, unchecked, within};

#[cfg(feature = "tracing")]
mod on {
    pub(crate) use tracing::Span;
    use tracing::field::Empty;
    use tracing::instrument::Instrument as _;

    use super::{Attempt, Duration, OutgoingBody, StatusCode, TransportError};

    pub(crate) fn attempt(attempt: &Attempt, request: &http::Request<OutgoingBody>) -> Span {
        let (method, uri) = (request.method().as_str(), request.uri());
        let port = uri.port_u16().or(match uri.scheme_str() {
            Some("https") => Some(443),
            Some("http") => Some(80),
            _ => None,
        });
        let span = tracing::info_span!(
            "http.client.request",
            otel.name = format_args!("{method} {}", attempt.path_template()),
            otel.kind = "client",
            otel.status_code = Empty,
            openapi.operation.id = attempt.operation(),
            http.request.method = method,
            http.request.resend_count = Empty,
            http.response.status_code = Empty,
            url.template = attempt.path_template(),
            url.scheme = uri.scheme_str(),
            server.address = uri.host(),
            server.port = port,
            "error.type" = Empty,
        );
        if attempt.number() > 1 {
            span.record("http.request.resend_count", attempt.number() - 1);
        }
        span
    }

    pub(crate) async fn within<T>(span: &Span, future: impl Future<Output = T>) -> T {
        future.instrument(span.clone()).await
    }

    pub(crate) fn outcome(span: &Span, outcome: Result<StatusCode, &TransportError>) {
        match outcome {
            Ok(status) => {
                span.record("http.response.status_code", status.as_u16());
                if status.is_client_error() || status.is_server_error() {
                    span.record("error.type", status.as_str());
                    span.record("otel.status_code", "ERROR");
                }
            }
            Err(error) => {
                if let Some(status) = error.status() {
                    span.record("http.response.status_code", status.as_u16());
                }
                span.record("error.type", error.class());
                span.record("otel.status_code", "ERROR");
            }
        }
    }

    pub(crate) fn retry(operation: &str, attempts: u32, wait: Duration) {
        let wait = wait.as_secs_f64();
        tracing::info!(openapi.operation.id = operation, attempts, wait, "waiting before another attempt");
    }

    pub(crate) fn unchecked(pattern: &str) {
        tracing::warn!(
            pattern,
            "a value could not be checked within the limits of pattern matching; it is sent unchecked"
        );
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use super::{Attempt, Duration, OutgoingBody, StatusCode, TransportError};

    pub(crate) struct Span;

    pub(crate) fn attempt(_: &Attempt, _: &http::Request<OutgoingBody>) -> Span {
        Span
    }

    pub(crate) async fn within<T>(_: &Span, future: impl Future<Output = T>) -> T {
        future.await
    }

    pub(crate) fn outcome(_: &Span, _: Result<StatusCode, &TransportError>) {}

    pub(crate) fn unchecked(_: &str) {}

    pub(crate) fn retry(_: &str, _: u32, _: Duration) {}
}
