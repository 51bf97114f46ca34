//! How long to wait before another attempt: exponential, with full jitter, or what the server asks for.

use std::time::Duration;

/// The wait after attempt number `attempt`.
///
/// What the server asks for is never cut, and is stretched a little: it may have asked many at once.
pub(super) fn wait(first: Duration, longest: Duration, attempt: u32, hint: Option<Duration>) -> Duration {
    match hint {
        Some(hint) => hint.saturating_add(part_of(first.min(longest))),
        None => part_of(limit(first, longest, attempt)),
    }
}

/// Twice as long with each attempt.
fn limit(first: Duration, longest: Duration, attempt: u32) -> Duration {
    let factor = 2_u32.saturating_pow(attempt.saturating_sub(1));
    first.saturating_mul(factor).min(longest)
}

fn part_of(limit: Duration) -> Duration {
    Duration::try_from_secs_f64(limit.as_secs_f64() * fastrand::f64()).unwrap_or(limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limit_doubles_up_to_the_longest() {
        let [first, longest] = [500, 3000].map(Duration::from_millis);
        let limits = [1, 2, 3, 4, 100].map(|attempt| limit(first, longest, attempt).as_millis());
        assert_eq!(limits, [500, 1000, 2000, 3000, 3000]);
    }

    #[test]
    fn waits_are_spread_over_all_of_the_limit() {
        let [first, longest] = [100, 1000].map(Duration::from_millis);
        let waits: Vec<_> = (0..1000).map(|_| wait(first, longest, 2, None).as_millis()).collect();
        assert!(waits.iter().all(|wait| *wait <= 200));
        assert!(waits.iter().any(|wait| *wait < 50) && waits.iter().any(|wait| *wait > 150));
    }

    #[test]
    fn server_is_never_asked_before_it_wants_to_be() {
        let hint = Duration::from_secs(90);
        let waits = (0..100).map(|_| wait(Duration::from_secs(1), Duration::from_secs(2), 9, Some(hint)));
        assert!(waits.into_iter().all(|wait| wait >= hint && wait <= hint + Duration::from_secs(1)));
        assert_eq!(wait(Duration::MAX, Duration::MAX, 99, Some(Duration::MAX)), Duration::MAX);
    }
}
