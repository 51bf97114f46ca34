//! [`Transport`]: the seam to whatever sends requests. In goes an `http::Request`, out comes the head of the response
//! with a body still to be read, or why there is none.
//!
//! Statuses, retries and time limits of a whole call mean nothing here.

#[cfg(feature = "reqwest")]
mod adapter;
mod body;
mod middleware;

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

#[cfg(feature = "reqwest")]
pub use self::adapter::ReqwestTransport;
pub use self::body::{IncomingBody, OutgoingBody};
pub use self::middleware::{Middleware, Next};
use crate::error::TransportError;

/// What a [`Transport`] gives.
pub type TransportFuture<'a> =
    Pin<Box<dyn Future<Output = Result<http::Response<IncomingBody>, TransportError>> + Send + 'a>>;

/// Sends requests.
///
/// The one that is used otherwise is [`ReqwestTransport`], with the feature `reqwest`. Another can stand in for tests,
/// for a proxy, for another HTTP client, or where there are no sockets (as on wasm32, which is not verified).
///
/// A transport sends each request once, follows no redirect, and undoes no compression that nobody asked for. Dropping
/// the future gives the request up. An error says whether the server can have seen anything of the request:
/// [`TransportError::connect`] only if it cannot.
///
/// ```
/// use client_runtime::{IncomingBody, OutgoingBody, Transport, TransportFuture};
///
/// /// Answers everything with an empty list.
/// struct Nothing;
///
/// impl Transport for Nothing {
///     fn send(&self, _: http::Request<OutgoingBody>) -> TransportFuture<'_> {
///         Box::pin(async { Ok(http::Response::new(IncomingBody::from("[]"))) })
///     }
/// }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends a request and gives the response as soon as its head is there.
    ///
    /// What call it belongs to is in the request's extensions, as an [`Attempt`].
    fn send(&self, request: http::Request<OutgoingBody>) -> TransportFuture<'_>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: http::Request<OutgoingBody>) -> TransportFuture<'_> {
        (**self).send(request)
    }
}

/// One attempt of a call: what a [`Transport`] and [`Middleware`] find in the extensions of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub(crate) operation: &'static str,
    pub(crate) path_template: &'static str,
    pub(crate) number: u32,
    pub(crate) connect_timeout: Option<Duration>,
}

impl Attempt {
    /// The attempt that a request is.
    pub fn of<B>(request: &http::Request<B>) -> Option<&Self> {
        request.extensions().get()
    }

    /// The operation id.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The path with its parameters in braces, as the document has it.
    pub fn path_template(&self) -> &'static str {
        self.path_template
    }

    /// Which attempt of the call it is, counted from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// How long a connection may take to be made.
    pub fn connect_timeout(&self) -> Option<Duration> {
        self.connect_timeout
    }
}
