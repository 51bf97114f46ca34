//! [`Clock`]: what time it is, and waiting. In go durations, out come moments and futures that end later.
//!
//! Everything that takes time in a call goes through here, so that a test can let an hour pass at once, and so that
//! nothing else needs the operating system's clock.

#[cfg(any(test, feature = "test-util"))]
mod skipping;

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;
use std::time::{Duration, SystemTime};

#[cfg(any(test, feature = "test-util"))]
pub use self::skipping::SkippingClock;

/// A future that ends when time has passed.
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Tells the time, and waits.
pub trait Clock: Send + Sync + 'static {
    /// The time since a moment that stays the same. It never goes back.
    fn elapsed(&self) -> Duration;

    /// The time of day, for dates that a server names.
    fn now(&self) -> SystemTime;

    /// Waits.
    fn sleep(&self, duration: Duration) -> Sleep;
}

/// The clock of the operating system, and the timer of tokio.
#[cfg(feature = "reqwest")]
#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemClock(std::time::Instant);

#[cfg(feature = "reqwest")]
impl SystemClock {
    pub(crate) fn new() -> Self {
        Self(std::time::Instant::now())
    }
}

#[cfg(feature = "reqwest")]
impl Clock for SystemClock {
    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        // The timer belongs to a runtime, which need not be there before the future is awaited.
        Box::pin(async move { tokio::time::sleep(duration).await })
    }
}

/// When something last went on, by the clock.
#[derive(Clone)]
pub(crate) struct Progress {
    clock: Arc<dyn Clock>,
    /// Milliseconds.
    last: Arc<AtomicU64>,
}

impl Progress {
    /// Something goes on now.
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        let progress = Self { clock, last: Arc::default() };
        progress.touch();
        progress
    }

    /// Something goes on now.
    pub(crate) fn touch(&self) {
        let now = u64::try_from(self.clock.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.last.store(now, Ordering::Relaxed);
    }

    /// Waits until nothing has gone on for so long.
    async fn stall(&self, limit: Duration) {
        loop {
            let quiet = self.clock.elapsed().saturating_sub(Duration::from_millis(self.last.load(Ordering::Relaxed)));
            // A rest of less than a millisecond is beyond the precision of what is kept.
            match limit.checked_sub(quiet).filter(|left| left.as_millis() > 0) {
                Some(left) => self.clock.sleep(left).await,
                None => return,
            }
        }
    }

    /// The outcome of `future`, or `None` if nothing has gone on for so long before.
    pub(crate) async fn within<T>(&self, limit: Option<Duration>, future: impl Future<Output = T>) -> Option<T> {
        match limit {
            Some(limit) => first(future, self.stall(limit)).await,
            None => Some(future.await),
        }
    }
}

/// The outcome of `future`, or `None` if the time is over before.
pub(crate) async fn within<T>(
    clock: &dyn Clock,
    limit: Option<Duration>,
    future: impl Future<Output = T>,
) -> Option<T> {
    match limit {
        Some(limit) => first(future, clock.sleep(limit)).await,
        None => Some(future.await),
    }
}

/// The outcome of `future` unless `end` comes first.
async fn first<T>(future: impl Future<Output = T>, end: impl Future<Output = ()>) -> Option<T> {
    let (mut future, mut end) = (pin!(future), pin!(end));
    poll_fn(|cx| match future.as_mut().poll(cx) {
        Poll::Ready(outcome) => Poll::Ready(Some(outcome)),
        Poll::Pending => end.as_mut().poll(cx).map(|()| None),
    })
    .await
}
