//! [`Retry`]: whether a call is sent again, and when. In goes what an attempt came to, out comes how long to wait.
//!
//! The rule that stands above all settings: what may have taken effect is sent again only if that is safe. Sending is
//! not here.

mod backoff;
mod budget;

use std::time::Duration;

use http::{Method, StatusCode};

pub(crate) use self::budget::Budget;
use crate::error::Fault;

/// How often a call is sent again after a failure that another attempt can mend.
///
/// Sent again is
/// - what the server cannot have acted on: there was no connection, or it answered `429` or `503` and said when to come
///   again;
/// - what does no harm twice, after a connection that broke, a time limit, or `408`, `425`, `429`, `500`, `502`, `503`,
///   `504`: methods that are idempotent by HTTP (`GET`, `HEAD`, `OPTIONS`, `TRACE`, `PUT`, `DELETE`), operations that the
///   document says are safe to repeat or that carry an idempotency key, and calls with
///   [`CallOptions::repeatable`](crate::CallOptions::repeatable).
///
/// Never sent again is a body that is a stream, since it can be read once. A `POST` whose answer was lost is an error
/// for which [`may_have_taken_effect`](crate::Error::may_have_taken_effect) holds.
///
/// Between two attempts the client waits for as long as the server asks (`Retry-After` and its like), or else for a
/// random time up to a limit that doubles with each attempt. Attempts of all calls of a client draw on one budget, so
/// that a server in trouble is not asked three times as much.
///
/// ```
/// use std::time::Duration;
/// use client_runtime::Retry;
///
/// let patient = Retry::standard().attempts(5).backoff(Duration::from_secs(1), Duration::from_secs(30));
/// let never = Retry::off();
/// # assert_ne!(patient, never);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retry {
    attempts: u32,
    first: Duration,
    longest: Duration,
    total: Duration,
    budget: u32,
}

impl Retry {
    /// Three attempts within two minutes, waiting up to half a second before the second.
    pub const fn standard() -> Self {
        Self {
            attempts: 3,
            first: Duration::from_millis(500),
            longest: Duration::from_secs(20),
            total: Duration::from_secs(120),
            budget: 500,
        }
    }

    /// One attempt, whatever comes of it.
    pub const fn off() -> Self {
        Self::standard().attempts(1)
    }

    /// How often a call is sent at most, the first time included; 0 counts as 1.
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The longest wait before the second attempt, and the longest of all. A server may ask for more.
    #[must_use]
    pub const fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.first = first;
        self.longest = longest;
        self
    }

    /// After this time no other attempt begins: a wait that goes beyond it is not begun either, and the error is given
    /// at once. This also limits how long the client waits if the server asks for it (`Retry-After`).
    #[must_use]
    pub const fn total(mut self, total: Duration) -> Self {
        self.total = total;
        self
    }

    /// How many tokens the client has for attempts after the first. Such an attempt takes 5, or 10 after a time limit;
    /// it gives them back if it succeeds, and a call that needs no second attempt adds 1.
    ///
    /// Of a client, not of a call.
    #[must_use]
    pub const fn budget(mut self, tokens: u32) -> Self {
        self.budget = tokens;
        self
    }

    pub(crate) fn tokens(&self) -> u32 {
        self.budget
    }

    /// How long to wait before the attempt after `attempt`, if there is to be one.
    pub(crate) fn wait(&self, attempt: u32, elapsed: Duration, hint: Option<Duration>) -> Option<Duration> {
        if attempt >= self.attempts {
            return None;
        }
        let wait = backoff::wait(self.first, self.longest, attempt, hint);
        (elapsed.saturating_add(wait) <= self.total).then_some(wait)
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self::standard()
    }
}

/// What an attempt came to, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Nothing was sent, and nothing will be: the request is at fault.
    Refused,
    /// There was no connection.
    Unconnected,
    /// The request went out, and no whole response came back.
    Broken { timeout: bool },
    /// What was read cannot be helped by reading it again: a body that is too long, a file that is too short.
    Spoilt,
    /// The server answered; `hint` is when it wants to be asked again.
    Answered(StatusCode, Option<Duration>),
}

impl Ending {
    pub(crate) fn of_fault(fault: &Fault) -> Self {
        match fault {
            Fault::Request(_) | Fault::Constraint(_) => Self::Refused,
            Fault::Transport(error) if error.is_connect() => Self::Unconnected,
            Fault::Transport(error) if error.is_broken() => Self::Broken { timeout: error.is_timeout() },
            Fault::Transport(_) => Self::Spoilt,
        }
    }

    /// Whether another attempt may mend it; `repeatable` says that the request does no harm twice.
    pub(crate) fn is_worth_another(self, repeatable: bool) -> bool {
        match self {
            Self::Refused | Self::Spoilt => false,
            Self::Unconnected => true,
            Self::Broken { .. } => repeatable,
            Self::Answered(..) if self.is_turned_away() => true,
            Self::Answered(status, _) => {
                repeatable && matches!(status.as_u16(), 408 | 425 | 429 | 500 | 502 | 503 | 504)
            }
        }
    }

    /// Whether the server may have done what was asked.
    pub(crate) fn may_have_taken_effect(self) -> bool {
        match self {
            Self::Refused | Self::Unconnected => false,
            Self::Broken { .. } | Self::Spoilt => true,
            Self::Answered(..) if self.is_turned_away() => false,
            // What a server says no to with 4xx it has not done, but for one that gave up waiting for it.
            Self::Answered(status, _) => {
                status.is_success() || status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT
            }
        }
    }

    /// Whether time ran out.
    pub(crate) fn is_timeout(self) -> bool {
        matches!(self, Self::Broken { timeout: true })
    }

    /// Whether the server said no before it looked, and when to come again.
    fn is_turned_away(self) -> bool {
        matches!(self, Self::Answered(StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE, Some(_)))
    }
}

/// RFC 9110, section 9.2.2.
pub(crate) fn is_idempotent(method: &Method) -> bool {
    is_safe(method) || matches!(*method, Method::PUT | Method::DELETE)
}

/// RFC 9110, section 9.2.1: asking changes nothing.
pub(crate) fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE)
}

#[cfg(test)]
mod tests;
