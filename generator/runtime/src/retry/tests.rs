//! What is sent again, and what is not.

use super::*;

const HINT: Option<Duration> = Some(Duration::from_secs(1));

/// Whether it is sent again if that may do harm, and if it does none; and whether it may have taken effect.
fn judged(ending: Ending) -> (bool, bool, bool) {
    (ending.is_worth_another(false), ending.is_worth_another(true), ending.may_have_taken_effect())
}

fn answered(status: u16, hint: Option<Duration>) -> (bool, bool, bool) {
    judged(Ending::Answered(StatusCode::from_u16(status).unwrap_or_default(), hint))
}

#[test]
fn what_did_not_reach_the_server_is_sent_again() {
    assert_eq!(judged(Ending::Unconnected), (true, true, false));
    assert_eq!(answered(429, HINT), (true, true, false));
    assert_eq!(answered(503, HINT), (true, true, false));
}

#[test]
fn what_may_have_taken_effect_is_sent_again_only_if_that_is_safe() {
    for timeout in [false, true] {
        assert_eq!(judged(Ending::Broken { timeout }), (false, true, true));
    }
    for status in [408, 500, 502, 503, 504] {
        assert_eq!(answered(status, None), (false, true, true), "{status}");
    }
    // A hint on another status does not say that nothing was done.
    assert_eq!(answered(500, HINT), (false, true, true));
    for status in [425, 429] {
        assert_eq!(answered(status, None), (false, true, false), "{status}");
    }
}

#[test]
fn what_stays_as_it_is_is_not_sent_again() {
    assert_eq!(judged(Ending::Refused), (false, false, false));
    assert_eq!(judged(Ending::Spoilt), (false, false, true));
    assert_eq!(answered(200, HINT), (false, false, true));
    assert_eq!(answered(501, HINT), (false, false, true));
    for status in [301, 400, 401, 403, 404, 409, 422] {
        assert_eq!(answered(status, HINT), (false, false, false), "{status}");
    }
}

#[test]
fn methods_are_those_of_http() {
    let methods = [Method::GET, Method::HEAD, Method::OPTIONS, Method::TRACE, Method::PUT, Method::DELETE];
    assert!(methods.iter().all(is_idempotent));
    assert!(!is_idempotent(&Method::POST) && !is_idempotent(&Method::PATCH) && !is_safe(&Method::PUT));
}

#[test]
fn attempts_and_time_are_bounded() {
    let retry = Retry::standard().attempts(2).total(Duration::from_secs(10));
    assert!(retry.wait(1, Duration::ZERO, None).is_some());
    assert!(retry.wait(2, Duration::ZERO, None).is_none());
    assert!(retry.wait(1, Duration::from_secs(11), None).is_none());
    assert!(retry.wait(1, Duration::ZERO, Some(Duration::from_secs(11))).is_none());
    assert!(Retry::off().wait(1, Duration::ZERO, HINT).is_none());
    assert!(Retry::standard().attempts(0).wait(1, Duration::ZERO, HINT).is_none());
}
