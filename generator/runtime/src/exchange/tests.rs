//! Whole calls against a transport that answers by a script, on a clock that waits for nothing.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use http::HeaderValue;

use super::*;
use crate::clock::{Clock, SkippingClock};
use crate::transport::{IncomingBody, Transport, TransportFuture};
use crate::{Body, CallOptions, Core, CoreBuilder, Error, File, Outcome, RateLimiter, Response, Retry, Server};

/// What happens to one attempt.
#[derive(Clone, Copy)]
enum Scene {
    Answer(u16, &'static [(&'static str, &'static str)]),
    Refuse,
    Reset,
    Silence,
}

use Scene::{Answer, Refuse, Reset, Silence};

#[derive(Clone)]
struct Script {
    scenes: Arc<Mutex<VecDeque<Scene>>>,
    /// The idempotency keys of what arrived.
    seen: Arc<Mutex<Vec<Option<HeaderValue>>>>,
}

impl Transport for Script {
    fn send(&self, request: http::Request<OutgoingBody>) -> TransportFuture<'_> {
        let seen = request.headers().get("idempotency-key").cloned();
        self.seen.lock().expect("no panic").push(seen);
        let scene = self.scenes.lock().expect("no panic").pop_front().unwrap_or(Answer(200, &[]));
        Box::pin(async move {
            match scene {
                Answer(status, headers) => {
                    let mut response = http::Response::builder().status(status);
                    for (name, value) in headers {
                        response = response.header(*name, *value);
                    }
                    Ok(response.body(IncomingBody::from("")).expect("a response"))
                }
                Refuse => Err(TransportError::connect("refused")),
                Reset => Err(TransportError::exchange("reset")),
                Silence => std::future::pending().await,
            }
        })
    }
}

/// A client of a server that does what the script says, and all of it that there is to see.
struct Stage {
    core: Core,
    script: Script,
    waits: SkippingClock,
}

fn stage(scenes: &[Scene], settings: impl FnOnce(CoreBuilder) -> CoreBuilder) -> Stage {
    let script = Script { scenes: Arc::new(Mutex::new(scenes.iter().copied().collect())), seen: Arc::default() };
    let waits = SkippingClock::new();
    let builder = CoreBuilder::new(Server::new("https://example.com", &[]));
    let builder = settings(builder.transport(script.clone()).clock(waits.clone()));
    Stage { core: builder.build::<()>().expect("a client"), script, waits }
}

impl Stage {
    async fn call(&self, request: Request, options: CallOptions) -> Result<Response<()>, Error<()>> {
        fn read(status: u16, _: &Body<'_>) -> Result<Outcome<(), ()>, crate::DecodeError> {
            Ok(if status == 200 { Outcome::Success(()) } else { Outcome::Documented })
        }
        self.core.send(request, options).read(read).await
    }

    fn sent(&self) -> usize {
        self.script.seen.lock().expect("no panic").len()
    }
}

/// How often a request was sent, the status or else what went wrong, and whether it may have taken effect.
async fn played(scenes: &[Scene], request: Request) -> (usize, String, bool) {
    let stage = stage(scenes, |builder| builder);
    let outcome = stage.call(request, CallOptions::new()).await;
    let (text, effect) = match &outcome {
        Ok(response) => (response.status().as_u16().to_string(), true),
        Err(error) => {
            assert_eq!(error.attempts() as usize, stage.sent());
            (
                error.status().map_or_else(|| error.to_string(), |status| status.as_u16().to_string()),
                error.may_have_taken_effect(),
            )
        }
    };
    (stage.sent(), text, effect)
}

fn get() -> Request {
    Request::get("getIt", "/it")
}

fn post() -> Request {
    Request::post("makeIt", "/it")
}

const WAIT: &[(&str, &str)] = &[("retry-after", "7")];

#[tokio::test]
async fn reading_is_tried_three_times() {
    assert_eq!(played(&[Reset, Refuse, Answer(200, &[])], get()).await, (3, "200".to_owned(), true));
    assert_eq!(played(&[Answer(500, &[]), Answer(502, &[])], get()).await.0, 3);
    let text = "`getIt` failed: the connection broke before the server answered, in the last of 3 attempts";
    assert_eq!(played(&[Reset, Reset, Reset], get()).await, (3, text.to_owned(), false));
    assert_eq!(played(&[Answer(404, &[])], get()).await, (1, "404".to_owned(), false));
}

#[tokio::test]
async fn making_is_never_tried_again_once_it_may_be_made() {
    for scene in [Reset, Answer(500, &[]), Answer(502, &[]), Answer(408, &[])] {
        let (sent, _, effect) = played(&[scene], post()).await;
        assert_eq!((sent, effect), (1, true));
    }
    // Without a word on when to come again, these do not say that nothing was done, or not for sure.
    assert_eq!(played(&[Answer(503, &[])], post()).await, (1, "503".to_owned(), true));
    assert_eq!(played(&[Answer(429, &[])], post()).await, (1, "429".to_owned(), false));
    assert_eq!(played(&[Refuse, Answer(429, WAIT), Answer(200, &[])], post()).await.0, 3);
    assert_eq!(played(&[Refuse, Reset], post()).await.0, 2);
    assert_eq!(played(&[Answer(503, WAIT), Answer(400, &[])], post()).await, (2, "400".to_owned(), false));
}

#[tokio::test]
async fn effect_of_an_earlier_attempt_is_remembered() {
    let put = || Request::put("putIt", "/it");
    assert_eq!(played(&[Reset, Answer(404, &[])], put()).await, (2, "404".to_owned(), true));
    assert_eq!(played(&[Refuse, Answer(404, &[])], put()).await, (2, "404".to_owned(), false));
}

#[tokio::test]
async fn document_and_caller_decide() {
    assert_eq!(played(&[Reset], post().repeatable(true)).await.0, 2);
    assert_eq!(played(&[Reset], Request::put("putIt", "/it").repeatable(false)).await.0, 1);
    let stage = stage(&[Reset, Reset], |builder| builder);
    assert!(stage.call(post(), CallOptions::new().repeatable()).await.is_ok());
    assert_eq!(stage.sent(), 3);
}

#[tokio::test]
async fn attempts_share_a_key() {
    let stage = stage(&[Reset, Reset], |builder| builder);
    assert!(stage.call(post().idempotency_key("Idempotency-Key"), CallOptions::new()).await.is_ok());
    assert!(stage.call(post().idempotency_key("Idempotency-Key"), CallOptions::new()).await.is_ok());
    let own = crate::Parameter::header("Idempotency-Key");
    let own = post().parameter(own, &"mine".to_owned()).idempotency_key("Idempotency-Key");
    assert!(stage.call(own, CallOptions::new()).await.is_ok());
    let seen = stage.script.seen.lock().expect("no panic").clone();
    let keys: Vec<_> = seen.iter().map(|key| key.as_ref().and_then(|key| key.to_str().ok())).collect();
    let [Some(first), second, third, Some(fourth), Some("mine")] = keys[..] else { panic!("{keys:?}") };
    assert_eq!((Some(first), Some(first)), (second, third));
    assert!(first != fourth && first.len() == 36, "{first} {fourth}");
}

/// A stream that ends at once.
struct Nothing;

impl futures_core::Stream for Nothing {
    type Item = std::io::Result<bytes::Bytes>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(None)
    }
}

#[tokio::test]
async fn stream_is_sent_once() {
    let stream = || File::stream(Nothing, None);
    let put = |file: &File| Request::put("putIt", "/it").file("text/plain", file);
    assert_eq!(played(&[Reset], put(&stream())).await.0, 1);
    assert_eq!(played(&[Reset], put(&File::from("ab"))).await.0, 2);
}

#[tokio::test]
async fn server_says_when() {
    let stage = stage(&[Answer(429, WAIT)], |builder| builder);
    assert!(stage.call(post(), CallOptions::new()).await.is_ok());
    let waited = stage.waits.elapsed().as_secs_f64();
    assert!((7.0..=7.5).contains(&waited), "{waited}");
}

#[tokio::test]
async fn wait_that_is_too_long_is_not_begun() {
    let stage = stage(&[Answer(429, WAIT), Answer(429, WAIT)], |builder| builder);
    let error = stage.call(post(), CallOptions::new().call_timeout(Duration::from_secs(5))).await.expect_err("429");
    assert!(error.is_rate_limited() && !error.is_timeout() && stage.waits.elapsed().is_zero(), "{error:?}");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    let retry = Retry::standard().total(Duration::from_secs(5));
    let error = stage.call(post(), CallOptions::new().retry(retry)).await.expect_err("429");
    assert!(error.is_rate_limited() && stage.sent() == 2, "{error:?}");
}

#[tokio::test]
async fn time_limits_are_of_attempts_and_of_the_call() {
    let stage = stage(&[Silence], |builder| builder);
    assert!(stage.call(get(), CallOptions::new()).await.is_ok());
    assert!(stage.waits.elapsed() >= Duration::from_secs(60) && stage.sent() == 2);

    let stage = super::tests::stage(&[Silence], |builder| builder);
    let error = stage.call(post(), CallOptions::new()).await.expect_err("silence");
    assert!(error.is_timeout() && error.may_have_taken_effect(), "{error:?}");
    assert_eq!(error.to_string(), "`makeIt` failed: the server did not answer in time");

    let stage = super::tests::stage(&[Silence], |builder| builder);
    let error = stage.call(get(), CallOptions::new().call_timeout(Duration::from_secs(3))).await.expect_err("silence");
    assert_eq!(error.to_string(), "`getIt` failed: the time for the call ran out");
    assert!(error.is_timeout() && !error.may_have_taken_effect(), "{error:?}");
}

#[tokio::test]
async fn budget_is_the_clients() {
    let stage = stage(&[Refuse; 100], |builder| builder.retry(Retry::standard().budget(25)));
    for _ in 0..10 {
        assert!(stage.call(post(), CallOptions::new()).await.is_err());
    }
    assert_eq!(stage.sent(), 10 + 5);
}

#[tokio::test]
async fn limiter_waits_before_the_server_says_no() {
    let none_left: &[(&str, &str)] = &[("x-rate-limit-requests-left", "0"), ("x-rate-limit-time-reset-ms", "9000")];
    let scenes = [Answer(200, none_left)];
    let polite = stage(&scenes, |builder| builder.rate_limiter(RateLimiter::following_server()));
    let response = polite.call(get(), CallOptions::new()).await.expect("200");
    assert_eq!(response.rate_limit().and_then(|rate_limit| rate_limit.remaining), Some(0));
    assert!(polite.waits.elapsed().is_zero());
    assert!(polite.call(get(), CallOptions::new()).await.is_ok());
    assert_eq!(polite.waits.elapsed(), Duration::from_secs(9));

    let polite = stage(&scenes, |builder| builder.rate_limiter(RateLimiter::following_server()));
    assert!(polite.call(get(), CallOptions::new()).await.is_ok());
    let options = CallOptions::new().call_timeout(Duration::from_secs(1));
    let error = polite.call(post(), options).await.expect_err("no turn");
    assert_eq!(error.to_string(), "`makeIt` failed: the time for the call ran out before it was sent");
    assert!(!error.may_have_taken_effect() && polite.sent() == 1);
}

#[tokio::test]
async fn limiter_returns_an_error_where_it_would_wait_too_long() {
    let year_9999: &[(&str, &str)] = &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "253402300799")];
    let ten_years: &[(&str, &str)] = &[("retry-after", "315360000")];
    for scene in [Answer(429, ten_years), Answer(200, year_9999)] {
        let stage = stage(&[scene], |builder| builder.rate_limiter(RateLimiter::following_server()));
        let _ = stage.call(get(), CallOptions::new()).await;
        let error = stage.call(post(), CallOptions::new()).await.expect_err("too long");
        assert!(stage.waits.elapsed().is_zero() && stage.sent() == 1, "{error:?}");
        assert!(error.is_rate_limited() && !error.may_have_taken_effect() && error.attempts() == 0, "{error:?}");
        let wait = error.retry_after().expect("a time").as_secs();
        let text = format!(
            "`makeIt` failed: the server asks to wait {wait} s, and the rate limiter waits for at most 300 s; call \
             `.max_wait(..)` on the `RateLimiter` to change that"
        );
        assert_eq!(error.to_string(), text);
    }
}

#[tokio::test]
async fn longest_wait_can_be_set() {
    let scenes = [Answer(200, &[("ratelimit-remaining", "0"), ("ratelimit-reset", "3000")])];
    for (max_wait, sent) in [(3000, 2), (2999, 1)] {
        let limiter = RateLimiter::following_server().max_wait(Duration::from_secs(max_wait));
        let stage = stage(&scenes, |builder| builder.rate_limiter(limiter));
        for _ in 0..2 {
            let _ = stage.call(get(), CallOptions::new()).await;
        }
        assert_eq!((stage.sent(), stage.waits.elapsed().is_zero()), (sent, sent == 1));
    }
}

#[tokio::test]
async fn what_was_not_sent_is_no_attempt() {
    const KEY: crate::SecurityScheme = crate::SecurityScheme::bearer("key");
    let stage = stage(&[], |builder| builder);
    let empty = get().parameter(crate::Parameter::header("X"), &"\n".to_owned());
    let unreadable = put("/nonexistent/file");
    for request in [get().security(&[&[KEY]]), empty, unreadable] {
        let error = stage.call(request, CallOptions::new()).await.expect_err("nothing to send");
        assert!(error.is_request() && error.attempts() == 0 && !error.may_have_taken_effect(), "{error:?}");
    }
    assert_eq!(stage.sent(), 0);
}

fn put(path: &str) -> Request {
    Request::put("putIt", "/it").file("text/plain", &File::open(path))
}

/// The outcome of a call that is polled where there is no runtime.
fn without_runtime(request: Request, core: &Core) -> Poll<Result<Response<()>, Error<()>>> {
    let mut call = core.send(request, CallOptions::new()).read::<(), ()>(|_, _| Ok(Outcome::Success(())));
    call.as_mut().poll(&mut Context::from_waker(std::task::Waker::noop()))
}

#[test]
fn call_outside_a_runtime_is_an_error() {
    let server = || CoreBuilder::new(Server::new("https://example.com", &[]));
    let standard = server().build::<()>().expect("a client");
    let own_clock = server().clock(SkippingClock::new()).build::<()>().expect("a client");
    for (core, request) in [(&standard, get()), (&own_clock, get()), (&stage(&[], |builder| builder).core, put("/"))] {
        let Poll::Ready(Err(error)) = without_runtime(request, core) else { panic!("an error") };
        assert!(error.is_request() && error.attempts() == 0, "{error:?}");
        assert!(error.to_string().contains("no Tokio runtime; await the call within one"), "{error}");
    }
    // Neither the transport nor the clock needs one.
    assert!(matches!(without_runtime(get(), &stage(&[], |builder| builder).core), Poll::Ready(Ok(_))));
    let transport = crate::ReqwestTransport::new(reqwest::Client::new());
    let request = http::Request::new(OutgoingBody::from(bytes::Bytes::new()));
    let sent = transport.send(request).as_mut().poll(&mut Context::from_waker(std::task::Waker::noop()));
    assert!(matches!(sent, Poll::Ready(Err(error)) if error.is_connect()));
}

#[tokio::test]
async fn headers_of_the_caller_go_along() {
    let stage = stage(&[], |builder| builder);
    let name = http::HeaderName::from_static("idempotency-key");
    let options = CallOptions::new().header(name, HeaderValue::from_static("hush"));
    assert!(!format!("{options:?}").contains("hush"));
    assert!(stage.call(get(), options).await.is_ok());
    assert_eq!(stage.script.seen.lock().expect("no panic")[0], Some(HeaderValue::from_static("hush")));
}

/// Adds a letter to a header on the way out.
struct Letter(&'static str);

impl crate::Middleware for Letter {
    fn handle<'a>(&'a self, mut request: http::Request<OutgoingBody>, next: Next<'a>) -> TransportFuture<'a> {
        let attempt = Attempt::of(&request).cloned().expect("every request is an attempt");
        assert_eq!((attempt.operation(), attempt.path_template()), ("getIt", "/it"));
        let known = request.headers().get("idempotency-key").map(|known| known.to_str().unwrap_or_default().to_owned());
        let text = format!("{}{}{}", known.unwrap_or_default(), self.0, attempt.number());
        request.headers_mut().insert("idempotency-key", HeaderValue::try_from(text).expect("letters"));
        next.send(request)
    }
}

#[tokio::test]
async fn middleware_sees_every_attempt_from_the_outside_in() {
    let stage = stage(&[Reset], |builder| builder.middleware(Letter("a")).middleware(Letter("b")));
    assert!(stage.call(get(), CallOptions::new()).await.is_ok());
    let seen = stage.script.seen.lock().expect("no panic").clone();
    let seen: Vec<_> = seen.iter().flatten().filter_map(|key| key.to_str().ok()).collect();
    assert_eq!(seen, ["a1b1", "a2b2"]);
}
