//! How long calls wait, for whom, and when they stop waiting.

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
    assert_eq!([(); 3].map(|()| gate.pass(SECOND)), [Ok(()), Ok(()), Err(Hold::Server(SECOND * 29))]);
    // What was answered before is no news, and neither is what another has seen earlier.
    gate.learn(&said(5, 28), false, SECOND * 2);
    assert_eq!(gate.pass(SECOND * 3), Err(Hold::Server(SECOND * 27)));
    assert_eq!(gate.pass(SECOND * 30), Ok(()));
}

#[test]
fn some_are_left_to_others() {
    let gate = Gate::new(RateLimiter::following_server().leaving(3));
    gate.learn(&said(4, 9), false, Duration::ZERO);
    assert_eq!([(); 2].map(|()| gate.pass(Duration::ZERO)), [Ok(()), Err(Hold::Server(SECOND * 9))]);
}

#[test]
fn refusal_stops_everybody() {
    let gate = Gate::new(RateLimiter::following_server());
    gate.learn(&RateLimit { retry_after: Some(SECOND), ..RateLimit::default() }, true, SECOND);
    assert_eq!(gate.pass(SECOND), Err(Hold::Server(SECOND)));
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

#[test]
fn only_the_servers_wait_is_limited() {
    let gate = Gate::new(RateLimiter::per(1, MAX_WAIT * 9));
    assert_eq!(gate.pass(Duration::ZERO), Ok(()));
    assert_eq!(gate.pass(Duration::ZERO), Err(Hold::Pace(MAX_WAIT * 9)));
    assert_eq!((gate.max_wait(), MAX_WAIT), (SECOND * 300, SECOND * 300));
}

#[test]
fn client_recovers_from_a_server_that_is_wrong_about_the_time() {
    let gate = Gate::new(RateLimiter::following_server());
    gate.learn(&RateLimit { remaining: Some(0), reset: Some(Duration::MAX), ..RateLimit::default() }, false, SECOND);
    let beyond = |now| Err(Hold::Server(Duration::MAX - now));
    assert_eq!(gate.pass(SECOND * 300), beyond(SECOND * 300));
    // One call is let through, and no other for as long again.
    assert_eq!([(); 2].map(|()| gate.pass(SECOND * 301)), [Ok(()), beyond(SECOND * 301)]);
    // What that call learns takes the place of what was wrong.
    gate.learn(&said(5, 30), false, SECOND * 302);
    assert!((0..5).all(|_| gate.pass(SECOND * 303).is_ok()));
    assert_eq!(gate.pass(SECOND * 303), Err(Hold::Server(SECOND * 29)));
}
