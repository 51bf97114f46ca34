//! The headers that servers send.

use super::*;

fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
    lines
        .iter()
        .map(|(name, value)| (http::HeaderName::from_static(name), http::HeaderValue::from_static(value)))
        .collect()
}

#[track_caller]
fn check(lines: &[(&'static str, &'static str)], expected: RateLimit) {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_600_000_000);
    let found = Recognizer::default().read(&headers(lines), Some(now)).unwrap_or_default();
    assert_eq!(found, expected, "{lines:?}");
}

fn rate_limit(limit: u64, remaining: u64, reset: u64) -> RateLimit {
    let (limit, remaining, reset) = (Some(limit), Some(remaining), Some(Duration::from_secs(reset)));
    RateLimit { limit, remaining, reset, ..RateLimit::default() }
}

fn retry_after(milliseconds: u64) -> RateLimit {
    RateLimit { retry_after: Some(Duration::from_millis(milliseconds)), ..RateLimit::default() }
}

#[test]
fn quota_is_read_in_all_its_forms() {
    let window = Some(Duration::from_secs(30));
    check(
        &[
            ("x-rate-limit-requests-left", "149"),
            ("x-rate-limit-requests-quota", "150"),
            ("x-rate-limit-time-reset-ms", "15000"),
            ("x-rate-limit-time-window-ms", "30000"),
        ],
        RateLimit { window, ..rate_limit(150, 149, 15) },
    );
    check(
        &[
            ("ratelimit", "\"day\";r=900;t=5000, \"burst\";r=7;t=3"),
            ("ratelimit-policy", "\"day\";q=1000, \"burst\";q=10;w=30"),
        ],
        RateLimit { window, ..rate_limit(10, 7, 3) },
    );
    check(&[("ratelimit", "limit=100, remaining=50, reset=5")], rate_limit(100, 50, 5));
    check(
        &[("ratelimit-limit", "100, 100;w=60"), ("ratelimit-remaining", "50"), ("ratelimit-reset", "5")],
        rate_limit(100, 50, 5),
    );
    check(
        &[("x-ratelimit-limit", "60"), ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1600000090")],
        rate_limit(60, 0, 90),
    );
    check(
        &[("x-ratelimit-limit", "60"), ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1600000090000")],
        rate_limit(60, 0, 90),
    );
    check(
        &[
            ("x-ratelimit-limit-requests", "60"),
            ("x-ratelimit-remaining-requests", "59"),
            ("x-ratelimit-reset-requests", "1m30s"),
        ],
        rate_limit(60, 59, 90),
    );
}

#[test]
fn retry_after_is_read_in_all_its_forms() {
    check(&[("retry-after", "7")], retry_after(7000));
    check(&[("retry-after", "0.5")], retry_after(500));
    check(&[("retry-after-ms", "250"), ("retry-after", "1")], retry_after(250));
    check(&[("x-retry-after", "3")], retry_after(3000));
    check(&[("retry-after", "Sun, 13 Sep 2020 12:26:50 GMT")], retry_after(10_000));
    check(&[("retry-after", "Sunday, 13-Sep-20 12:26:50 GMT")], retry_after(10_000));
}

#[test]
fn dates_are_measured_by_the_servers_own_clock() {
    let date = ("date", "Wed, 01 Jan 2031 00:00:00 GMT");
    check(&[date, ("retry-after", "Wed, 01 Jan 2031 00:01:00 GMT")], retry_after(60_000));
    check(&[date, ("retry-after", "Wed, 01 Jan 2020 00:01:00 GMT")], retry_after(0));
}

#[test]
fn nonsense_is_passed_over() {
    for text in ["", "-1", "NaN", "inf", "1e300", "soon", "\u{7f}"] {
        let value = http::HeaderValue::from_bytes(text.as_bytes());
        for name in
            ["retry-after", "retry-after-ms", "x-ratelimit-reset", "x-ratelimit-limit", "ratelimit", "ratelimit-policy"]
        {
            let mut headers = HeaderMap::new();
            headers.extend(value.as_ref().ok().map(|value| (http::HeaderName::from_static(name), value.clone())));
            assert_eq!(RateLimit::from_headers(&headers), None, "{name}: {text}");
        }
    }
}

#[test]
fn hint_of_a_refusal_is_the_reset_if_nothing_is_left() {
    assert_eq!(rate_limit(9, 0, 5).hint(), Some(Duration::from_secs(5)));
    assert_eq!(rate_limit(9, 1, 5).hint(), None);
    assert_eq!(RateLimit { remaining: Some(1), ..retry_after(9) }.hint(), Some(Duration::from_millis(9)));
}

#[test]
fn other_headers_are_learnt() {
    let mut recognizer = Recognizer::default();
    recognizer.learn(http::HeaderName::from_static("x-left"), RateLimitHeader::Remaining);
    recognizer.learn(http::HeaderName::from_static("x-wait"), RateLimitHeader::RetryAfter(TimeUnit::Milliseconds));
    let found = recognizer.read(&headers(&[("x-left", "4"), ("x-wait", "9"), ("retry-after", "1")]), None);
    assert_eq!(found, Some(RateLimit { remaining: Some(4), ..retry_after(9) }));
}
