//! Which headers tell of a quota, and in which units. In go headers, out comes a [`RateLimit`].

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderName};

use super::{RateLimit, structured, until};

/// What a header tells of a quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RateLimitHeader {
    /// How many requests the quota allows.
    Limit,
    /// How many are left.
    Remaining,
    /// When the quota is whole again.
    Reset(TimeUnit),
    /// How long the window is.
    Window(TimeUnit),
    /// When to ask again.
    RetryAfter(TimeUnit),
}

/// What a number stands for in a header about time.
///
/// A number that is too great for a duration (from about 30 years on) is a moment, counted from 1970; a date of HTTP
/// and a text like `1m30s` are understood too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimeUnit {
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Milliseconds,
}

/// The headers that are understood without being told. The first of a kind that is there and makes sense counts.
const KNOWN: &[(&str, RateLimitHeader)] = {
    use RateLimitHeader::{Limit, Remaining, Reset, RetryAfter, Window};
    use TimeUnit::{Milliseconds, Seconds};
    &[
        ("retry-after-ms", RetryAfter(Milliseconds)),
        ("retry-after", RetryAfter(Seconds)),
        ("x-retry-after", RetryAfter(Seconds)),
        ("x-rate-limit-requests-quota", Limit),
        ("x-rate-limit-requests-left", Remaining),
        ("x-rate-limit-time-reset-ms", Reset(Milliseconds)),
        ("x-rate-limit-time-window-ms", Window(Milliseconds)),
        ("ratelimit-limit", Limit),
        ("ratelimit-remaining", Remaining),
        ("ratelimit-reset", Reset(Seconds)),
        ("x-ratelimit-limit", Limit),
        ("x-ratelimit-remaining", Remaining),
        ("x-ratelimit-reset", Reset(Seconds)),
        ("x-rate-limit-limit", Limit),
        ("x-rate-limit-remaining", Remaining),
        ("x-rate-limit-reset", Reset(Seconds)),
        ("x-ratelimit-limit-requests", Limit),
        ("x-ratelimit-remaining-requests", Remaining),
        ("x-ratelimit-reset-requests", Reset(Seconds)),
    ]
};

/// From here on, seconds are a moment: 2001.
const FIRST_MOMENT: f64 = 1e9;

/// Knows headers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Recognizer {
    own: Vec<(HeaderName, RateLimitHeader)>,
}

impl Recognizer {
    /// Learns a header, which goes before those that are known already.
    pub(crate) fn learn(&mut self, name: HeaderName, header: RateLimitHeader) {
        self.own.push((name, header));
    }

    /// What the headers of a response say, if they say anything; `now` is the time of day where that is known.
    pub(crate) fn read(&self, headers: &HeaderMap, now: Option<SystemTime>) -> Option<RateLimit> {
        let mut found = RateLimit::default();
        for (name, header) in &self.own {
            found.take(headers, name.as_str(), *header, now);
        }
        structured::read(headers, &mut found);
        for (name, header) in KNOWN {
            found.take(headers, name, *header, now);
        }
        (found != RateLimit::default()).then_some(found)
    }
}

impl RateLimit {
    fn take(&mut self, headers: &HeaderMap, name: &str, header: RateLimitHeader, now: Option<SystemTime>) {
        let Some(text) = headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim) else { return };
        let time = |unit| duration(text, unit, headers, now);
        match header {
            RateLimitHeader::Limit => self.limit = self.limit.or_else(|| count(text)),
            RateLimitHeader::Remaining => self.remaining = self.remaining.or_else(|| count(text)),
            RateLimitHeader::Reset(unit) => self.reset = self.reset.or_else(|| time(unit)),
            RateLimitHeader::Window(unit) => self.window = self.window.or_else(|| time(unit)),
            RateLimitHeader::RetryAfter(unit) => self.retry_after = self.retry_after.or_else(|| time(unit)),
        }
    }
}

/// The number that a header begins with: some go on with a policy, as in `100, 100;w=60`.
fn count(text: &str) -> Option<u64> {
    text.split([',', ';']).next()?.trim().parse().ok()
}

fn duration(text: &str, unit: TimeUnit, headers: &HeaderMap, now: Option<SystemTime>) -> Option<Duration> {
    match text.parse::<f64>() {
        Ok(number) => {
            let seconds = match unit {
                TimeUnit::Seconds => number,
                TimeUnit::Milliseconds => number / 1e3,
            };
            moment(number, seconds)
                .map_or_else(|| Duration::try_from_secs_f64(seconds).ok(), |moment| until(moment, headers, now))
        }
        Err(_) => match httpdate::parse_http_date(text) {
            Ok(moment) => until(moment, headers, now),
            Err(_) => text.parse::<jiff::SignedDuration>().ok()?.try_into().ok(),
        },
    }
}

/// The moment that a number stands for, if it is too great for anything else.
fn moment(number: f64, seconds: f64) -> Option<SystemTime> {
    // Milliseconds since 1970 turn up under names that mean seconds.
    let seconds = if seconds == number && number >= FIRST_MOMENT * 1e3 { number / 1e3 } else { seconds };
    let since = (seconds >= FIRST_MOMENT).then(|| Duration::try_from_secs_f64(seconds).ok())??;
    SystemTime::UNIX_EPOCH.checked_add(since)
}
