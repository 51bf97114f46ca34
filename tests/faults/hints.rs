//! Servers that say when to come again: each way to say so, for calls that read and calls that make.

use std::time::Duration;

use crate::client::{COUNT, Impatient, SHIPMENT, builder, make, read};
use crate::server::{Server, Step, answer, json};

/// The header lines, and how many milliseconds they mean.
const HINTS: &[(&[(&str, &str)], u64)] = &[
    (&[("Retry-After", "7")], 7000),
    (&[("Retry-After-Ms", "250")], 250),
    (&[("X-Retry-After", "15")], 15_000),
    (&[("X-Rate-Limit-Requests-Left", "0"), ("X-Rate-Limit-Time-Reset-Ms", "1500")], 1500),
    (&[("X-Rate-Limit-Time-Reset-Ms", "1500")], 1500),
    (&[("RateLimit", "\"default\";r=0;t=9")], 9000),
    // A server whose clock is years ahead, and one whose clock is years behind.
    (&[("Date", "Mon, 01 Jan 2052 00:00:00 GMT"), ("Retry-After", "Mon, 01 Jan 2052 00:00:20 GMT")], 20_000),
    (&[("Date", "Sat, 01 Jan 2011 00:00:00 GMT"), ("Retry-After", "Sat, 01 Jan 2011 00:00:20 GMT")], 20_000),
    (&[("Date", "Sat, 01 Jan 2011 00:00:30 GMT"), ("Retry-After", "Sat, 01 Jan 2011 00:00:20 GMT")], 0),
];

async fn check(status: u16, hint: &[(&str, &str)], milliseconds: u64) {
    let storm = vec![Step::Send(answer(status, hint, ""))];
    for (is_reading, success) in [(true, json(200, COUNT)), (false, json(201, SHIPMENT))] {
        let server = Server::script(vec![storm.clone(), storm.clone(), vec![Step::Send(success)]]).await;
        let clock = Impatient::default();
        let client = builder(&server.url).clock(clock.clone()).build().expect("all settings are there");
        let outcome = if is_reading { read(&client).await.map(drop) } else { make(&client).await.map(drop) };
        assert!(outcome.is_ok() && server.count() == 3, "{status} {hint:?} {outcome:?}");
        let expected = Duration::from_millis(milliseconds);
        let waits = clock.waits();
        // The wait is stretched a little, so that not all who were sent away come at once.
        assert!(
            waits.len() == 2
                && waits.iter().all(|wait| (expected..=expected + Duration::from_millis(5)).contains(wait)),
            "{status} {hint:?} {waits:?}"
        );
    }
}

#[tokio::test]
async fn every_hint_is_kept_to() {
    for (hint, milliseconds) in HINTS {
        check(429, hint, *milliseconds).await;
        check(503, hint, *milliseconds).await;
    }
}

#[tokio::test]
async fn storm_that_goes_on_ends_in_an_error_that_says_when() {
    let server = Server::script(vec![vec![Step::Send(answer(429, &[("Retry-After", "7")], ""))]]).await;
    let client = builder(&server.url).clock(Impatient::default()).build().expect("all settings are there");
    let error = make(&client).await.expect_err("429");
    assert_eq!(
        error.to_string(),
        "`createOrderShipment` was answered with 429 Too Many Requests, in the last of 3 attempts"
    );
    assert!(error.is_rate_limited() && !error.may_have_taken_effect() && server.count() == 3, "{error:?}");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
}

#[tokio::test]
async fn hint_without_end_is_not_waited_for() {
    for hint in ["86400", "99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"] {
        let server = Server::script(vec![vec![Step::Send(answer(429, &[("Retry-After", hint)], ""))]]).await;
        let clock = Impatient::default();
        let client = builder(&server.url).clock(clock.clone()).build().expect("all settings are there");
        let error = read(&client).await.expect_err("429");
        assert!(error.is_rate_limited() && server.count() == 1 && clock.waits().is_empty(), "{hint} {error:?}");
    }
}
