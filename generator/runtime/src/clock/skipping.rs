//! [`SkippingClock`]: a clock for tests, on which waiting takes no time.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

use super::{Clock, Sleep};

/// A clock that stands still while anything can go on, and skips to the end of the next wait when nothing can.
///
/// Retries that would take minutes take no time, and in the right order. It begins at 2020-01-01T00:00:00Z; clones show
/// the same time.
#[derive(Clone, Debug, Default)]
pub struct SkippingClock(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    now: Duration,
    /// When those who wait want to be woken.
    waits: BTreeMap<u64, Duration>,
    /// The next of those numbers.
    next: u64,
}

impl SkippingClock {
    /// A clock that shows the beginning.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets time pass.
    pub fn advance(&self, duration: Duration) {
        let mut state = self.state();
        state.now = state.now.saturating_add(duration);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for SkippingClock {
    fn elapsed(&self) -> Duration {
        self.state().now
    }

    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_577_836_800) + self.elapsed()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        let mut state = self.state();
        let (number, end) = (state.next, state.now.saturating_add(duration));
        state.next += 1;
        state.waits.insert(number, end);
        Box::pin(Wait { clock: self.clone(), number, end, seen: None })
    }
}

/// One who waits.
struct Wait {
    clock: SkippingClock,
    number: u64,
    end: Duration,
    /// What the clock showed the last time, and how often it has shown it in a row.
    seen: Option<(Duration, u8)>,
}

/// So many rounds without the time having changed mean that nothing else can go on.
const ROUNDS: u8 = 3;

impl Future for Wait {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let clock = self.clock.clone();
        let mut state = clock.state();
        let rounds = match self.seen {
            Some((then, rounds)) if then == state.now => rounds + 1,
            _ => 0,
        };
        if rounds >= ROUNDS {
            let next = state.waits.values().min().copied().unwrap_or(self.end);
            state.now = state.now.max(next);
        }
        if state.now >= self.end {
            return Poll::Ready(());
        }
        self.seen = Some((state.now, rounds.min(ROUNDS - 1)));
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        self.clock.state().waits.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::within;

    #[tokio::test]
    async fn waits_end_in_order_and_take_no_time() {
        let clock = SkippingClock::new();
        let day = Duration::from_secs(86_400);
        assert_eq!(within(&clock, Some(day), clock.sleep(day * 2)).await, None);
        assert_eq!(clock.elapsed(), day);
        assert_eq!(within(&clock, Some(day * 3), clock.sleep(day)).await, Some(()));
        assert_eq!(clock.elapsed(), day * 2);
        clock.advance(day);
        clock.sleep(Duration::ZERO).await;
        assert_eq!(clock.elapsed(), day * 3);
    }
}
