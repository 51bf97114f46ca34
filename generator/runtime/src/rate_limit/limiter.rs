//! [`RateLimiter`]: waits before a quota is used up, so that the server need not say no. In go moments and what
//! responses say of the quota, out comes how long to wait.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::RateLimit;

/// Makes the calls of a client wait before they use up a quota. Off unless the client's builder is given one.
///
/// The calls of a client and its clones share one. Others that draw on the same quota are known only by what the server
/// says, so a `429` is not ruled out.
///
/// ```
/// use std::time::Duration;
/// use client_runtime::RateLimiter;
///
/// let polite = RateLimiter::following_server().leaving(10);
/// let steady = RateLimiter::per(2, Duration::from_secs(1));
/// # let _ = (polite, steady);
/// ```
#[derive(Clone, Debug)]
pub struct RateLimiter {
    reserve: u64,
    pace: Option<Pace>,
    max_wait: Duration,
}

/// The longest wait for the server, unless the limiter is given another.
const MAX_WAIT: Duration = Duration::from_secs(300);

/// How often a request is sent although the server asks for a longer wait than the limiter accepts. A server that is
/// wrong about the time would otherwise stop the client for good, since only a response can correct it.
const PROBE: Duration = Duration::from_secs(300);

/// So many requests in a window.
#[derive(Clone, Copy, Debug)]
struct Pace {
    burst: u32,
    window: Duration,
}

impl RateLimiter {
    /// Does what the server says: once nothing is left, calls wait until the quota is whole again.
    pub const fn following_server() -> Self {
        Self { reserve: 0, pace: None, max_wait: MAX_WAIT }
    }

    /// Sends at most so many requests in a window, whatever the server says; if it says something, that counts too.
    pub const fn per(requests: u32, window: Duration) -> Self {
        Self { reserve: 0, pace: Some(Pace { burst: requests, window }), max_wait: MAX_WAIT }
    }

    /// Leaves so many requests of each window of the server's quota to others.
    #[must_use]
    pub const fn leaving(mut self, requests: u64) -> Self {
        self.reserve = requests;
        self
    }

    /// Sets the longest time that a call waits for the server's window to end, 5 minutes by default.
    ///
    /// A call that would have to wait longer is not sent. It returns an error for which
    /// [`is_rate_limited`](crate::Error::is_rate_limited) is true, with the time in
    /// [`retry_after`](crate::Error::retry_after). One call every 5 minutes is sent nevertheless, since the server may
    /// have been wrong. Waits for the pace of [`per`](Self::per) are not limited.
    #[must_use]
    pub const fn max_wait(mut self, max_wait: Duration) -> Self {
        self.max_wait = max_wait;
        self
    }
}

/// The limiter of a client at work.
#[derive(Debug)]
pub(crate) struct Gate {
    limiter: RateLimiter,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    window: Option<Window>,
    /// When the pace allows the next request if it had to keep to its average. Ahead of now by at most the window.
    next: Duration,
}

/// A window of the server's quota.
#[derive(Clone, Copy, Debug)]
struct Window {
    remaining: u64,
    ends: Duration,
    /// When a request is sent although the window ends later than anybody waits.
    probe: Duration,
}

/// Why a request has to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hold {
    /// The window of the server's rate limit ends after this time.
    Server(Duration),
    /// The limiter's own pace allows the next request after this time.
    Pace(Duration),
}

impl Gate {
    pub(crate) fn new(limiter: RateLimiter) -> Self {
        Self { limiter, state: Mutex::default() }
    }

    /// The longest time that a call waits for the server.
    pub(crate) fn max_wait(&self) -> Duration {
        self.limiter.max_wait
    }

    /// Lets a request through, or says how long to wait before asking again.
    pub(crate) fn pass(&self, now: Duration) -> Result<(), Hold> {
        let mut state = self.state();
        if let Some(wait) = state.wait_for_quota(&self.limiter, now) {
            return Err(Hold::Server(wait));
        }
        if let Some(pace) = self.limiter.pace {
            state.keep_pace(pace, now).map_err(Hold::Pace)?;
        }
        if let Some(window) = &mut state.window {
            window.remaining = window.remaining.saturating_sub(1);
        }
        Ok(())
    }

    /// Learns what a response says; `is_refusal` if that is why it is none.
    pub(crate) fn learn(&self, rate_limit: &RateLimit, is_refusal: bool, now: Duration) {
        let remaining = if is_refusal { Some(0) } else { rate_limit.remaining };
        let hint = if is_refusal { rate_limit.hint() } else { None };
        let (Some(remaining), Some(rest)) = (remaining, hint.or(rate_limit.reset).or(rate_limit.window)) else {
            return;
        };
        let ends = now.saturating_add(rest);
        let probe = now.saturating_add(PROBE);
        // Nobody waits for a window that is longer than that, so a shorter one takes its place.
        let reachable = now.saturating_add(self.limiter.max_wait);
        let mut state = self.state();
        state.window = Some(match state.window {
            Some(known) if known.ends > reachable && ends <= reachable => Window { remaining, ends, probe },
            // Responses overtake each other, and those under way are not counted yet: the lower number is nearer.
            Some(known) if ends <= known.ends.saturating_add(Duration::from_secs(1)) => {
                Window { remaining: remaining.min(known.remaining), ends: known.ends.max(ends), probe: known.probe }
            }
            _ => Window { remaining, ends, probe },
        });
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn wait_for_quota(&mut self, limiter: &RateLimiter, now: Duration) -> Option<Duration> {
        let window = self.window.as_mut()?;
        match window.ends.checked_sub(now).filter(|rest| !rest.is_zero()) {
            None => self.window = None,
            Some(rest) if window.remaining <= limiter.reserve => {
                if rest <= limiter.max_wait || now < window.probe {
                    return Some(rest);
                }
                window.probe = now.saturating_add(PROBE);
            }
            Some(_) => {}
        }
        None
    }

    /// The generic cell rate algorithm: one number for a bucket that leaks.
    fn keep_pace(&mut self, pace: Pace, now: Duration) -> Result<(), Duration> {
        let interval = pace.window.checked_div(pace.burst).unwrap_or(pace.window);
        let next = self.next.max(now).saturating_add(interval);
        match next.saturating_sub(now).checked_sub(pace.window.max(interval)).filter(|over| !over.is_zero()) {
            Some(over) => Err(over),
            None => {
                self.next = next;
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests;
