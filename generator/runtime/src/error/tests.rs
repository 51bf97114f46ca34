//! What an error says, and what it keeps to itself.

use std::error::Error as _;
use std::io;

use http::HeaderValue;

use super::*;
use crate::security::{Location, SecurityScheme};

const KEY: SecurityScheme = SecurityScheme::api_key("access_token", Location::Header, "X-Auth-Token");

fn reply(status: StatusCode, body: &[u8]) -> Reply {
    let headers = HeaderMap::from_iter([(http::header::SET_COOKIE, HeaderValue::from_static("sid=hush"))]);
    Reply { status, headers, body: Bytes::copy_from_slice(body) }
}

/// `Display`, and that of the source.
#[track_caller]
fn check(error: &Error<String>, expected: &str, source: Option<&str>) {
    assert_eq!(error.to_string(), expected);
    assert_eq!(error.source().map(ToString::to_string).as_deref(), source);
    assert!(!format!("{error:?} {error:#?}").contains("hush"), "{error:?}");
}

#[test]
fn request_fault_says_what_to_do() {
    let fault = RequestError::MissingCredential { alternatives: &[&[KEY]] };
    let error = Error::from_fault("getIt", History::default(), fault.into());
    let expected =
        "`getIt` could not be built: a credential is missing; call `.access_token(..)` on the client's builder";
    check(&error, expected, None);
    assert!(error.is_request() && !error.is_connect() && error.status().is_none());
}

#[test]
fn constraint_names_the_place() {
    let violation = Violation::new("is less than 1").named("order_id");
    let error = Error::from_fault("getIt", History::default(), Fault::Constraint(violation));
    check(&error, "`getIt` was not sent: parameter `order_id` is less than 1", None);
    assert!(error.is_constraint());
}

#[test]
fn transport_fault_leads_to_its_source() {
    let fault = TransportError::new(Stage::Body(StatusCode::OK), false, io::Error::other("reset"));
    let error = Error::from_fault("getIt", History::default(), Fault::Transport(fault));
    check(&error, "`getIt` failed: the connection broke within the body of 200 OK", Some("reset"));
    assert!(error.is_transport() && !error.is_connect() && !error.is_timeout());
    assert_eq!((error.status(), error.raw_body()), (Some(StatusCode::OK), None));
}

#[test]
fn documented_error_has_its_body() {
    let error =
        Error::documented("getIt", History::default(), reply(StatusCode::NOT_FOUND, b"hush"), Some("gone".to_owned()));
    check(&error, "`getIt` was answered with 404 Not Found", None);
    assert_eq!(error.body().map(String::as_str), Some("gone"));
    assert_eq!(error.raw_body(), Some(b"hush".as_slice()));
    assert!(error.headers().is_some_and(|headers| headers.contains_key("set-cookie")));
    assert!(matches!(error.kind(), ErrorKind::Documented(StatusCode::NOT_FOUND, Some(_))));
    assert_eq!(error.into_body().as_deref(), Some("gone"));
}

#[test]
fn undocumented_status_is_told() {
    let error = Error::undocumented("getIt", History::default(), reply(StatusCode::IM_A_TEAPOT, b""));
    check(&error, "`getIt` was answered with 418 I'm a teapot, which the document does not list", None);
    assert!(error.is_undocumented() && error.body().is_none());
}

#[test]
fn undecodable_body_is_kept_up_to_a_limit() {
    let error = DecodeError::new(3, "expected an object").in_key("id");
    let error = Error::decode("getIt", History::default(), reply(StatusCode::OK, &vec![b'x'; 100_000]), error);
    let expected = "`getIt` was answered with 200 OK and a body that the document does not describe";
    check(&error, expected, Some("expected an object at `$.id` (byte 3)"));
    assert!(error.is_decode());
    assert_eq!(error.raw_body().map(<[u8]>::len), Some(65536));
}

#[test]
fn errors_travel_between_threads() {
    fn check<T: Send + Sync + 'static + std::error::Error>() {}
    check::<Error<String>>();
}

#[test]
fn predicates_say_what_to_do() {
    let answered = |status: u16, headers: &[(&'static str, &'static str)]| {
        let mut reply = reply(StatusCode::from_u16(status).unwrap_or_default(), b"");
        for (name, value) in headers {
            reply.headers.insert(*name, HeaderValue::from_static(value));
        }
        let history =
            History { attempts: 2, may_have_taken_effect: true, rate_limit: RateLimit::from_headers(&reply.headers) };
        Error::<String>::documented("getIt", history, reply, None)
    };
    let error = answered(503, &[("retry-after", "7"), ("x-request-id", "r1")]);
    assert!(error.is_rate_limited() && !error.is_auth() && error.may_have_taken_effect());
    assert_eq!((error.retry_after(), error.request_id()), (Some(Duration::from_secs(7)), Some("r1")));
    check(&error, "`getIt` was answered with 503 Service Unavailable, in the last of 2 attempts", None);
    assert!(!answered(503, &[]).is_rate_limited() && answered(429, &[]).is_rate_limited());
    assert!(answered(401, &[]).is_auth() && answered(403, &[]).is_auth() && !answered(404, &[]).is_auth());
    let missing = RequestError::MissingCredential { alternatives: &[&[KEY]] };
    let error = Error::<String>::from_fault("getIt", History::default(), missing.into());
    assert!(error.is_auth() && !error.may_have_taken_effect() && error.attempts() == 0);
}
