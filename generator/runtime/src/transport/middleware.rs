//! [`Middleware`]: what stands between a client and its transport. In goes each attempt of a call, out comes its
//! response.

use std::sync::Arc;

use super::{OutgoingBody, Transport, TransportFuture};

/// Sees every attempt of every call, and may change what is sent and what comes back.
///
/// ```
/// use client_runtime::{Attempt, Middleware, Next, OutgoingBody, TransportFuture};
///
/// struct Print;
///
/// impl Middleware for Print {
///     fn handle<'a>(&'a self, request: http::Request<OutgoingBody>, next: Next<'a>) -> TransportFuture<'a> {
///         Box::pin(async move {
///             let (attempt, method) = (Attempt::of(&request).cloned(), request.method().clone());
///             let outcome = next.send(request).await;
///             if let Some(attempt) = attempt {
///                 let (operation, path) = (attempt.operation(), attempt.path_template());
///                 match &outcome {
///                     Ok(response) => println!("{operation}: {method} {path} #{}: {}", attempt.number(), response.status()),
///                     Err(error) => println!("{operation}: {method} {path} #{}: {error}", attempt.number()),
///                 }
///             }
///             outcome
///         })
///     }
/// }
/// ```
///
/// The request carries the credentials: their headers are marked sensitive, but those in the URL are not. An attempt
/// that the middleware sends twice by itself may take effect twice.
pub trait Middleware: Send + Sync + 'static {
    /// Sends a request on with `next`, or answers it.
    fn handle<'a>(&'a self, request: http::Request<OutgoingBody>, next: Next<'a>) -> TransportFuture<'a>;
}

/// What stands behind a [`Middleware`].
#[derive(Clone, Copy)]
pub struct Next<'a> {
    middleware: &'a [Arc<dyn Middleware>],
    transport: &'a dyn Transport,
}

impl<'a> Next<'a> {
    pub(crate) fn new(middleware: &'a [Arc<dyn Middleware>], transport: &'a dyn Transport) -> Self {
        Self { middleware, transport }
    }

    /// Sends the request on.
    pub fn send(self, request: http::Request<OutgoingBody>) -> TransportFuture<'a> {
        match self.middleware.split_first() {
            Some((first, middleware)) => first.handle(request, Self { middleware, ..self }),
            None => self.transport.send(request),
        }
    }
}
