//! [`Budget`]: tokens that all calls of a client draw attempts after their first from.

use std::sync::atomic::{AtomicU32, Ordering};

use super::Ending;

/// What an attempt after the first costs.
const ATTEMPT: u32 = 5;
/// What it costs after a time limit: a server that is slow suffers most from being asked again.
const AFTER_TIMEOUT: u32 = 10;
/// What a call that needs no second attempt adds.
const SUCCESS: u32 = 1;

/// The tokens that are left.
#[derive(Debug)]
pub(crate) struct Budget {
    left: AtomicU32,
    capacity: u32,
}

impl Budget {
    /// A full one.
    pub(crate) fn new(capacity: u32) -> Self {
        Self { left: AtomicU32::new(capacity), capacity }
    }

    /// Takes what another attempt costs after this ending; `None` if there is not enough.
    pub(crate) fn take(&self, ending: Ending) -> Option<u32> {
        let cost = if ending.is_timeout() { AFTER_TIMEOUT } else { ATTEMPT };
        let taken = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(cost));
        taken.ok().map(|_| cost)
    }

    /// A call succeeded; `taken` is what its last attempt had cost.
    pub(crate) fn succeeded(&self, taken: u32) {
        let more = if taken == 0 { SUCCESS } else { taken };
        let _ = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
            Some(left.saturating_add(more).min(self.capacity))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BROKEN: Ending = Ending::Broken { timeout: false };
    const LATE: Ending = Ending::Broken { timeout: true };

    #[test]
    fn budget_runs_out_and_fills_up_again() {
        let budget = Budget::new(17);
        assert_eq!((budget.take(LATE), budget.take(BROKEN), budget.take(BROKEN)), (Some(10), Some(5), None));
        for _ in 0..3 {
            budget.succeeded(0);
        }
        assert_eq!((budget.take(LATE), budget.take(BROKEN)), (None, Some(5)));
    }

    #[test]
    fn budget_is_never_more_than_full() {
        let budget = Budget::new(10);
        for _ in 0..1000 {
            budget.succeeded(0);
            budget.succeeded(10);
        }
        assert_eq!((budget.take(BROKEN), budget.take(BROKEN), budget.take(BROKEN)), (Some(5), Some(5), None));
    }

    #[test]
    fn attempt_that_helps_costs_nothing() {
        let budget = Budget::new(10);
        let taken = budget.take(LATE);
        budget.succeeded(taken.unwrap_or_default());
        budget.succeeded(0);
        assert_eq!((budget.take(LATE), budget.take(BROKEN)), (Some(10), None));
    }
}
