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
}

/// So many requests in a window.
#[derive(Clone, Copy, Debug)]
struct Pace {
    burst: u32,
    window: Duration,
}

impl RateLimiter {
    /// Does what the server says: once nothing is left, calls wait until the quota is whole again.
    pub const fn following_server() -> Self {
        Self { reserve: 0, pace: None }
    }

    /// Sends at most so many requests in a window, whatever the server says; if it says something, that counts too.
    pub const fn per(requests: u32, window: Duration) -> Self {
        Self { reserve: 0, pace: Some(Pace { burst: requests, window }) }
    }

    /// Leaves so many requests of each window of the server's quota to others.
    #[must_use]
    pub const fn leaving(mut self, requests: u64) -> Self {
        self.reserve = requests;
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
}

impl Gate {
    pub(crate) fn new(limiter: RateLimiter) -> Self {
        Self { limiter, state: Mutex::default() }
    }

    /// Lets a request through, or says how long to wait before asking again.
    pub(crate) fn pass(&self, now: Duration) -> Result<(), Duration> {
        let mut state = self.state();
        if let Some(wait) = state.wait_for_quota(self.limiter.reserve, now) {
            return Err(wait);
        }
        if let Some(pace) = self.limiter.pace {
            state.keep_pace(pace, now)?;
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
        let mut state = self.state();
        state.window = Some(match state.window {
            // Responses overtake each other, and those under way are not counted yet: the lower number is nearer.
            Some(known) if ends <= known.ends.saturating_add(Duration::from_secs(1)) => {
                Window { remaining: remaining.min(known.remaining), ends: known.ends.max(ends) }
            }
            _ => Window { remaining, ends },
        });
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn wait_for_quota(&mut self, reserve: u64, now: Duration) -> Option<Duration> {
        let window = self.window?;
        match window.ends.checked_sub(now).filter(|rest| !rest.is_zero()) {
            None => self.window = None,
            Some(rest) if window.remaining <= reserve => return Some(rest),
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
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn said(remaining: u64, reset: u64) -> RateLimit {
        RateLimit { remaining: Some(remaining), reset: Some(SECOND * reset as u32), ..RateLimit::default() }
    }

    #[test]
    fn calls_wait_for_the_next_window() {
        let gate = Gate::new(RateLimiter::following_server());
        assert!((0..100).all(|_| gate.pass(Duration::ZERO).is_ok()));
        gate.learn(&said(2, 30), false, Duration::ZERO);
        assert_eq!([(); 3].map(|()| gate.pass(SECOND)), [Ok(()), Ok(()), Err(SECOND * 29)]);
        // What was answered before is no news, and neither is what another has seen earlier.
        gate.learn(&said(5, 28), false, SECOND * 2);
        assert_eq!(gate.pass(SECOND * 3), Err(SECOND * 27));
        assert_eq!(gate.pass(SECOND * 30), Ok(()));
    }

    #[test]
    fn some_are_left_to_others() {
        let gate = Gate::new(RateLimiter::following_server().leaving(3));
        gate.learn(&said(4, 9), false, Duration::ZERO);
        assert_eq!([(); 2].map(|()| gate.pass(Duration::ZERO)), [Ok(()), Err(SECOND * 9)]);
    }

    #[test]
    fn refusal_stops_everybody() {
        let gate = Gate::new(RateLimiter::following_server());
        gate.learn(&RateLimit { retry_after: Some(SECOND), ..RateLimit::default() }, true, SECOND);
        assert_eq!(gate.pass(SECOND), Err(SECOND));
        assert_eq!(gate.pass(SECOND * 2), Ok(()));
    }

    #[test]
    fn pace_is_kept() {
        let gate = Gate::new(RateLimiter::per(4, SECOND * 2));
        let passed = (0..100).filter(|tenth| gate.pass(SECOND / 10 * *tenth).is_ok()).count();
        // Four at once, then one every half second.
        assert_eq!(passed, 4 + 19);
        assert!(Gate::new(RateLimiter::per(0, SECOND)).pass(Duration::ZERO).is_ok());
    }
}
