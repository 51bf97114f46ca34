//! [`CallOptions`] and [`Timeouts`]: how one call is sent where it differs from the others of its client.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::retry::Retry;

/// How long things may take.
///
/// ```
/// use std::time::Duration;
/// use client_runtime::Timeouts;
///
/// let timeouts = Timeouts::standard().attempt(Duration::from_secs(5)).call(Duration::from_secs(15));
/// # let _ = timeouts;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    pub(crate) connect: Option<Duration>,
    pub(crate) attempt: Option<Duration>,
    pub(crate) call: Option<Duration>,
}

impl Timeouts {
    /// 10 seconds to connect, 60 for an attempt, and none for a whole call.
    pub const fn standard() -> Self {
        Self { connect: Some(Duration::from_secs(10)), attempt: Some(Duration::from_secs(60)), call: None }
    }

    /// No time limit at all.
    pub const fn none() -> Self {
        Self { connect: None, attempt: None, call: None }
    }

    /// How long a connection may take to be made.
    ///
    /// A `reqwest::Client` of your own has its own limit, and does not know this one.
    #[must_use]
    pub const fn connect(mut self, timeout: Duration) -> Self {
        self.connect = Some(timeout);
        self
    }

    /// How long the server may take to answer one attempt, body included.
    ///
    /// The time in which a file is sent does not count: the limit runs from the moment when the last piece was handed
    /// over, so that it cuts an upload only if nothing moves. The body of a response that is a stream of events has no
    /// limit.
    ///
    /// A server that floods the connection with interim responses (`100 Continue`) can delay the end of the limit: hyper
    /// reads up to 128 times 408 KiB of them before it lets timers of the same runtime run, and neither hyper's limit nor
    /// its callback for interim responses can be reached through reqwest. Interim responses that arrive more slowly than
    /// hyper reads them delay nothing.
    #[must_use]
    pub const fn attempt(mut self, timeout: Duration) -> Self {
        self.attempt = Some(timeout);
        self
    }

    /// How long a call may take with all its attempts, the waits between them, and the token that it asks for.
    #[must_use]
    pub const fn call(mut self, timeout: Duration) -> Self {
        self.call = Some(timeout);
        self
    }

    /// These where they say something, else those.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            connect: self.connect.or(other.connect),
            attempt: self.attempt.or(other.attempt),
            call: self.call.or(other.call),
        }
    }
}

impl Default for Timeouts {
    fn default() -> Self {
        Self::standard()
    }
}

/// How one call is sent. What is not said here is as the client has it.
///
/// ```
/// use std::time::Duration;
/// use client_runtime::CallOptions;
///
/// let options = CallOptions::new().call_timeout(Duration::from_secs(5)).no_retries();
/// # let _ = options;
/// ```
#[derive(Clone, Default)]
pub struct CallOptions(Option<Box<Settings>>);

#[derive(Clone, Default)]
struct Settings {
    timeouts: Option<Timeouts>,
    retry: Option<Retry>,
    repeatable: bool,
    strict: bool,
    headers: HeaderMap,
    /// The URL of the page to ask for, as the server wrote it.
    link: Option<String>,
}

impl CallOptions {
    /// As the client has it.
    pub const fn new() -> Self {
        Self(None)
    }

    /// Other rules for sending again than the client's. The budget stays the client's.
    #[must_use]
    pub fn retry(self, retry: Retry) -> Self {
        self.with(|settings| settings.retry = Some(retry))
    }

    /// Sends the call once.
    #[must_use]
    pub fn no_retries(self) -> Self {
        self.retry(Retry::off())
    }

    /// Says that the call does no harm if the server gets it twice, whatever its method and the document say.
    #[must_use]
    pub fn repeatable(self) -> Self {
        self.with(|settings| settings.repeatable = true)
    }

    /// Returns an error if the response differs from the document, also where the client would accept the difference. See
    /// [`Deviation`](crate::Deviation).
    #[must_use]
    pub fn strict(self) -> Self {
        self.with(|settings| settings.strict = true)
    }

    /// See [`Timeouts::connect`].
    #[must_use]
    pub fn connect_timeout(self, timeout: Duration) -> Self {
        self.with_timeouts(|timeouts| timeouts.connect(timeout))
    }

    /// See [`Timeouts::attempt`].
    #[must_use]
    pub fn attempt_timeout(self, timeout: Duration) -> Self {
        self.with_timeouts(|timeouts| timeouts.attempt(timeout))
    }

    /// See [`Timeouts::call`].
    #[must_use]
    pub fn call_timeout(self, timeout: Duration) -> Self {
        self.with_timeouts(|timeouts| timeouts.call(timeout))
    }

    /// Sends another header along. It takes the place of one that the call would have under this name, credentials
    /// included.
    #[must_use]
    pub fn header(self, name: HeaderName, value: HeaderValue) -> Self {
        self.with(|settings| drop(settings.headers.insert(name, value)))
    }

    pub(crate) fn timeouts(&self, client: Timeouts) -> Timeouts {
        self.0.as_ref().and_then(|settings| settings.timeouts).map_or(client, |timeouts| timeouts.or(client))
    }

    pub(crate) fn retry_or<'a>(&'a self, client: &'a Retry) -> &'a Retry {
        self.0.as_ref().and_then(|settings| settings.retry.as_ref()).unwrap_or(client)
    }

    pub(crate) fn is_repeatable(&self) -> bool {
        self.0.as_ref().is_some_and(|settings| settings.repeatable)
    }

    pub(crate) fn is_strict(&self) -> bool {
        self.0.as_ref().is_some_and(|settings| settings.strict)
    }

    /// The link to the page to ask for.
    pub(crate) fn link(&self) -> Option<&str> {
        self.0.as_ref()?.link.as_deref()
    }

    /// Asks for the page behind a link, in place of the one that the operation's path and query parameters tell of.
    pub(crate) fn follow(&mut self, link: String) {
        self.0.get_or_insert_default().link = Some(link);
    }

    pub(crate) fn headers(&self) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
        self.0.iter().flat_map(|settings| &settings.headers)
    }

    fn with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(self.0.get_or_insert_default());
        self
    }

    fn with_timeouts(self, change: impl FnOnce(Timeouts) -> Timeouts) -> Self {
        self.with(|settings| settings.timeouts = Some(change(settings.timeouts.unwrap_or(Timeouts::none()))))
    }
}

impl fmt::Debug for CallOptions {
    /// Names headers and leaves their values out, since one may be a credential.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("CallOptions");
        if let Some(settings) = &self.0 {
            out.field("timeouts", &settings.timeouts).field("retry", &settings.retry);
            out.field("repeatable", &settings.repeatable).field("strict", &settings.strict);
            out.field("headers", &settings.headers.keys().collect::<Vec<_>>());
        }
        out.finish()
    }
}
