//! [`Core`]: what the `Client` of every generated crate holds. In go a [`Request`] and the emitted function that reads
//! the response, out comes a [`Call`].
//!
//! How a request is written is `request`'s, how it is sent `transport`'s.

use std::borrow::Cow;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use http::HeaderValue;

use crate::codec::DecodeError;
use crate::error::{Error, Fault, RequestError};
use crate::events::{self, EventFormat, Events};
use crate::request::Request;
use crate::request_body::RequestBody;
use crate::response::{Body, Outcome, Response};
use crate::security::{self, Credential, Credentials};
use crate::server::{Server, Variables};
use crate::transport::{Incoming, Reply, Transport};

/// Sent unless the builder is given another.
const USER_AGENT: &str = concat!("client-runtime/", env!("CARGO_PKG_VERSION"));

/// A call under way: a future that does nothing until it is awaited.
pub type Call<'a, T, B> = Pin<Box<dyn Future<Output = Result<Response<T>, Error<B>>> + Send + 'a>>;

/// The emitted function that says what a response means.
pub type ReadResponse<T, B> = fn(u16, &Body<'_>) -> Result<Outcome<T, B>, DecodeError>;

/// Server, credentials and connections of a client. Clones share all of it and are cheap.
#[derive(Clone)]
pub struct Core(Arc<Shared>);

struct Shared {
    base: String,
    /// What the URLs of operations with servers of their own are made with; `None` if `base` goes for them too.
    variables: Option<Variables>,
    credentials: Credentials,
    user_agent: HeaderValue,
    transport: Transport,
}

impl Core {
    /// A request on its way to the server; it sets out when what [`Sending::read`] gives is awaited.
    pub fn send(&self, request: Request) -> Sending<'_> {
        Sending { core: self, request }
    }

    /// All of a call that does not depend on its types, so that it is compiled once.
    fn exchange<'a>(&'a self, request: Request) -> Pin<Box<dyn Future<Output = Result<Reply, Fault>> + Send + 'a>> {
        Box::pin(async move { self.0.transport.send(self.written(request).await?).await })
    }

    /// The same of a call whose response may be a stream: only the head is read.
    fn open<'a>(&'a self, request: Request) -> Pin<Box<dyn Future<Output = Result<Incoming, Fault>> + Send + 'a>> {
        Box::pin(async move { self.0.transport.open(self.written(request).await?).await })
    }

    async fn written(&self, request: Request) -> Result<http::Request<RequestBody>, Fault> {
        let Shared { credentials, user_agent, .. } = &*self.0;
        let base = self.0.base_of(&request)?;
        let credentials = security::resolve(request.asked(), credentials).await?;
        request.into_http(&base, &credentials, user_agent)
    }
}

impl Shared {
    /// The URL that a request's path is appended to.
    fn base_of(&self, request: &Request) -> Result<Cow<'_, str>, RequestError> {
        match (request.own_server(), &self.variables) {
            (Some(server), Some(variables)) => server.base(server.url(), variables).map(Cow::Owned),
            _ => Ok(Cow::Borrowed(&self.base)),
        }
    }
}

/// A request that is about to be sent.
#[derive(Debug)]
pub struct Sending<'a> {
    core: &'a Core,
    request: Request,
}

impl<'a> Sending<'a> {
    /// Sends the request once and reads the response with `read`.
    ///
    /// Dropping the future gives the call up; the server may have done what was asked all the same.
    pub fn read<T: 'a, B: 'a>(self, read: ReadResponse<T, B>) -> Call<'a, T, B> {
        let operation = self.request.operation();
        let reply = self.core.exchange(self.request);
        Box::pin(async move {
            match reply.await {
                Ok(reply) => finish(operation, reply, read),
                Err(fault) => Err(Error::from_fault(operation, fault)),
            }
        })
    }

    /// Sends the request once and gives the body of a success out item by item.
    ///
    /// `read` is asked what a status means, without a body first. Unless that is success, the whole body is read and
    /// given to it, as [`read`](Self::read) does.
    pub fn events<T: 'a, B: 'a>(self, format: EventFormat, read: ReadResponse<(), B>) -> Call<'a, Events<T, B>, B> {
        let (operation, core) = (self.request.operation(), self.core);
        let opening = core.open(self.request);
        Box::pin(async move {
            let incoming = opening.await.map_err(|fault| Error::from_fault(operation, fault))?;
            let head = (incoming.status, incoming.headers.clone());
            let is_success = is_success(&incoming, read);
            let media_type = if is_success { events::check_media_type(format, &head.1) } else { Ok(()) };
            let events = Events::new(operation, format, head.clone());
            if is_success && media_type.is_ok() {
                return Ok(Response::new(head.0, head.1, events.reading(incoming)));
            }
            let reply = core.0.transport.finish(incoming).await;
            let reply = reply.map_err(|fault| Error::from_fault(operation, fault))?;
            if let Err(error) = media_type {
                return Err(Error::decode(operation, reply, error));
            }
            let body = reply.body.clone();
            finish(operation, reply, read).map(|response| response.map(|()| events.holding(&body)))
        })
    }
}

/// Whether a status is one of success, whatever the body.
fn is_success<B>(incoming: &Incoming, read: ReadResponse<(), B>) -> bool {
    let outcome = read(incoming.status.as_u16(), &Body::new(&incoming.headers, &Bytes::new()));
    incoming.status.is_success() && matches!(outcome, Ok(Outcome::Success(())))
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core").field("base_url", &self.0.base).finish_non_exhaustive()
    }
}

fn finish<T, B>(operation: &'static str, reply: Reply, read: ReadResponse<T, B>) -> Result<Response<T>, Error<B>> {
    match read(reply.status.as_u16(), &Body::new(&reply.headers, &reply.body)) {
        Ok(Outcome::Success(body)) => Ok(Response::new(reply.status, reply.headers, body)),
        Ok(Outcome::Failure(body)) => Err(Error::documented(operation, reply, Some(body))),
        Ok(Outcome::Documented) => Err(Error::documented(operation, reply, None)),
        Ok(Outcome::Undocumented) => Err(Error::undocumented(operation, reply)),
        Err(error) => Err(Error::decode(operation, reply, error)),
    }
}

/// What a [`Core`] is made from.
#[derive(Clone)]
pub struct CoreBuilder {
    server: Server,
    base_url: Option<String>,
    variables: Variables,
    credentials: Credentials,
    user_agent: Option<String>,
    http_client: Option<reqwest::Client>,
}

impl CoreBuilder {
    /// A client of `server`, without credentials.
    pub fn new(server: Server) -> Self {
        Self {
            server,
            base_url: None,
            variables: Variables::new(),
            credentials: Credentials::new(),
            user_agent: None,
            http_client: None,
        }
    }

    /// The value of a variable of the server's URL.
    #[must_use]
    pub fn variable(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.variables.insert(name, value.into());
        self
    }

    /// Another URL than the document's, for all operations. The document's variables are replaced in it too.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// The credential of a security scheme.
    #[must_use]
    pub fn credential(mut self, scheme: &'static str, credential: Credential) -> Self {
        self.credentials.insert(scheme, credential);
        self
    }

    /// The `User-Agent` header.
    #[must_use]
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// The HTTP client that sends, with all its settings.
    ///
    /// The one that is used otherwise connects within 10 seconds, ends a call after 60 unless its response is a
    /// stream, and follows no redirect:
    /// reqwest would take an API key in a header along to another host. Set `redirect::Policy::none()` on yours for the
    /// same. A total timeout of yours does not cut streams either; `read_timeout` does.
    #[must_use]
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http_client = Some(client);
        self
    }

    /// Checks what was given and makes the client. Nothing is sent.
    ///
    /// # Errors
    /// A variable is missing or has a value that is not allowed, the URL cannot be used, the user agent is not a header
    /// value, or there is no TLS.
    ///
    /// # Panics
    /// With the feature `rustls-no-provider` alone, reqwest panics if no provider was installed before, unless
    /// [`http_client`](Self::http_client) was called.
    pub fn build<B>(self) -> Result<Core, Error<B>> {
        self.shared().map(|shared| Core(Arc::new(shared))).map_err(|error| Error::from_fault("", error.into()))
    }

    fn shared(self) -> Result<Shared, RequestError> {
        let template = self.base_url.as_deref().unwrap_or(self.server.url());
        let base = self.server.base(template, &self.variables)?;
        let user_agent = HeaderValue::from_str(self.user_agent.as_deref().unwrap_or(USER_AGENT));
        let user_agent = user_agent.map_err(|_| RequestError::InvalidHeader { header: "User-Agent" })?;
        let transport = Transport::new(self.http_client)?;
        let variables = self.base_url.is_none().then_some(self.variables);
        Ok(Shared { base, variables, credentials: self.credentials, user_agent, transport })
    }
}

impl fmt::Debug for CoreBuilder {
    /// Shows which credentials there are. A URL that is not checked yet may hold one, so it is left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CoreBuilder")
            .field("server", &self.server.url())
            .field("variables", &self.variables)
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
