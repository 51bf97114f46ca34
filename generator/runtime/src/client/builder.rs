//! [`CoreBuilder`]: in go the server of the document and the settings of the caller, out comes a [`Core`].

use std::fmt;
use std::sync::Arc;

use http::{HeaderName, HeaderValue};

use super::{Core, Shared};
use crate::clock::Clock;
use crate::error::{Error, RequestError};
use crate::exchange::{History, SUCCESS_LIMIT};
use crate::options::Timeouts;
use crate::rate_limit::{Gate, RateLimitHeader, RateLimiter, Recognizer};
use crate::retry::{Budget, Retry};
use crate::security::{Credential, Credentials};
use crate::server::{Server, Variables};
use crate::transport::{Middleware, Transport};

/// Sent unless the builder is given another.
const USER_AGENT: &str = concat!("client-runtime/", env!("CARGO_PKG_VERSION"));

/// What a [`Core`] is made from. The settings that every client has are told in [`settings!`](crate::settings).
#[derive(Clone)]
pub struct CoreBuilder {
    server: Server,
    base_url: Option<String>,
    allows_http: bool,
    variables: Variables,
    credentials: Credentials,
    user_agent: Option<String>,
    transport: Option<Arc<dyn Transport>>,
    middleware: Vec<Arc<dyn Middleware>>,
    clock: Option<Arc<dyn Clock>>,
    timeouts: Timeouts,
    retry: Retry,
    limiter: Option<RateLimiter>,
    recognizer: Recognizer,
    success_limit: usize,
    strict: bool,
}

impl CoreBuilder {
    /// A client of `server`, without credentials.
    pub fn new(server: Server) -> Self {
        Self {
            server,
            base_url: None,
            allows_http: false,
            variables: Variables::new(),
            credentials: Credentials::new(),
            user_agent: None,
            transport: None,
            middleware: Vec::new(),
            clock: None,
            timeouts: Timeouts::standard(),
            retry: Retry::standard(),
            limiter: None,
            recognizer: Recognizer::default(),
            success_limit: SUCCESS_LIMIT,
            strict: false,
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

    /// See [`settings!`](crate::settings).
    #[must_use]
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// See [`settings!`](crate::settings).
    #[must_use]
    pub fn allow_http(mut self) -> Self {
        self.allows_http = true;
        self
    }

    /// See [`settings!`](crate::settings).
    #[must_use]
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    /// See [`settings!`](crate::settings).
    #[must_use]
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// See [`settings!`](crate::settings).
    #[must_use]
    pub fn rate_limiter(mut self, limiter: RateLimiter) -> Self {
        self.limiter = Some(limiter);
        self
    }

    /// See [`settings!`](crate::settings).
    #[must_use]
    pub fn rate_limit_header(mut self, name: HeaderName, header: RateLimitHeader) -> Self {
        self.recognizer.learn(name, header);
        self
    }

    /// See [`settings!`](crate::settings).
    #[must_use]
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.success_limit = bytes;
        self
    }

    /// See [`settings!`](crate::settings).
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// See [`settings!`](crate::settings).
    #[must_use]
    pub fn middleware(mut self, middleware: impl Middleware) -> Self {
        self.middleware.push(Arc::new(middleware));
        self
    }

    /// See [`settings!`](crate::settings).
    #[must_use]
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// See [`settings!`](crate::settings).
    #[must_use]
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Some(Arc::new(clock));
        self
    }

    /// See [`settings!`](crate::settings).
    #[cfg(feature = "reqwest")]
    #[must_use]
    pub fn http_client(self, client: reqwest::Client) -> Self {
        self.transport(crate::transport::ReqwestTransport::new(client))
    }

    /// Checks what was given and makes the client. Nothing is sent.
    ///
    /// # Errors
    /// A variable is missing or has a value that is not allowed, the URL cannot be used, the user agent is not a header
    /// value, or there is nothing to send with.
    ///
    /// # Panics
    /// With the feature `rustls-no-provider` alone, reqwest panics if no provider was installed before, unless a
    /// transport was given.
    pub fn build<B>(self) -> Result<Core, Error<B>> {
        let shared = self.shared().map(|shared| Core(Arc::new(shared)));
        shared.map_err(|error| Error::from_fault("", History::default(), error.into()))
    }

    fn shared(self) -> Result<Shared, RequestError> {
        let template = self.base_url.as_deref().unwrap_or(self.server.url());
        let base = self.server.base(template, &self.variables, self.allows_http)?;
        let user_agent = HeaderValue::from_str(self.user_agent.as_deref().unwrap_or(USER_AGENT));
        let user_agent = user_agent.map_err(|_| RequestError::InvalidHeader { header: "User-Agent" })?;
        Ok(Shared {
            base,
            variables: self.base_url.is_none().then_some(self.variables),
            allows_http: self.allows_http,
            credentials: self.credentials,
            user_agent,
            #[cfg(feature = "reqwest")]
            needs_runtime: self.transport.is_none() || self.clock.is_none(),
            transport: self.transport.map_or_else(standard_transport, Ok)?,
            middleware: self.middleware,
            clock: self.clock.map_or_else(standard_clock, Ok)?,
            timeouts: self.timeouts,
            budget: Budget::new(self.retry.tokens()),
            retry: self.retry,
            gate: self.limiter.map(Gate::new),
            recognizer: self.recognizer,
            success_limit: self.success_limit,
            strict: self.strict,
        })
    }
}

#[cfg(feature = "reqwest")]
fn standard_transport() -> Result<Arc<dyn Transport>, RequestError> {
    Ok(Arc::new(crate::transport::ReqwestTransport::standard()?))
}

#[cfg(not(feature = "reqwest"))]
fn standard_transport() -> Result<Arc<dyn Transport>, RequestError> {
    Err(RequestError::NoTransport)
}

#[cfg(feature = "reqwest")]
fn standard_clock() -> Result<Arc<dyn Clock>, RequestError> {
    Ok(Arc::new(crate::clock::SystemClock::new()))
}

#[cfg(not(feature = "reqwest"))]
fn standard_clock() -> Result<Arc<dyn Clock>, RequestError> {
    Err(RequestError::NoTransport)
}

impl fmt::Debug for CoreBuilder {
    /// Shows which variables and credentials there are, without their values. A URL that is not checked yet may hold a
    /// credential, so it is left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CoreBuilder")
            .field("server", &self.server.url())
            .field("variables", &self.variables.keys().collect::<Vec<_>>())
            .field("credentials", &self.credentials)
            .field("timeouts", &self.timeouts)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}
