//! [`RateLimit`]: what a server says of its quota. In go the headers of a response, out come numbers and durations.
//!
//! Which headers are understood is in `rate_limit/headers.rs`; waiting is `rate_limit/limiter.rs`'s and `retry`'s.

mod headers;
mod limiter;
mod structured;

use std::time::{Duration, SystemTime};

use http::HeaderMap;

pub(crate) use self::headers::Recognizer;
pub use self::headers::{RateLimitHeader, TimeUnit};
pub use self::limiter::RateLimiter;
pub(crate) use self::limiter::{Gate, Hold};

/// What a server says of its quota: all that its headers tell, and nothing more.
///
/// Understood are the headers of the IETF draft (`RateLimit`, `RateLimit-Policy`, and `RateLimit-Limit` and its like
/// of its earlier versions), `X-RateLimit-*` and `X-Rate-Limit-*` as they are in use, `Retry-After`, `Retry-After-Ms`
/// and `X-Retry-After`; and those that the client's builder was told of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// How many requests the quota allows within its window.
    pub limit: Option<u64>,
    /// How many are left.
    pub remaining: Option<u64>,
    /// How long it takes from the response until the quota is whole again.
    pub reset: Option<Duration>,
    /// How long the window is.
    pub window: Option<Duration>,
    /// How long the server wants to be left alone.
    pub retry_after: Option<Duration>,
}

impl RateLimit {
    /// What the headers of a response say, if they say anything.
    ///
    /// A moment is measured from the response's own `Date`, so that a clock that goes wrong here or there does no harm.
    pub fn from_headers(headers: &HeaderMap) -> Option<Self> {
        Recognizer::default().read(headers, None)
    }

    /// When the server wants to be asked again, given that it said no.
    pub(crate) fn hint(&self) -> Option<Duration> {
        self.retry_after.or(match self.remaining {
            None | Some(0) => self.reset,
            Some(_) => None,
        })
    }
}

/// How long it is from the response to a moment.
fn until(moment: SystemTime, headers: &HeaderMap, now: Option<SystemTime>) -> Option<Duration> {
    let date = headers.get(http::header::DATE).and_then(|date| date.to_str().ok());
    let sent = date.and_then(|date| httpdate::parse_http_date(date).ok()).or(now)?;
    Some(moment.duration_since(sent).unwrap_or_default())
}

#[cfg(test)]
mod tests;
