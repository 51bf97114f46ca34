//! Whole requests, told as the lines that go over the wire.

use super::*;
use crate::codec::Limit;
use crate::parameter::Style;
use crate::secret::Secret;
use crate::security::{Credential, Location};

const BASE: &str = "https://example.com/v2";
const KEY: SecurityScheme = SecurityScheme::api_key("access_token", Location::Header, "X-Auth-Token");
const QUERY_KEY: SecurityScheme = SecurityScheme::api_key("query_key", Location::Query, "key");

fn get(path: &'static str) -> Request {
    Request::new("getIt", Method::GET, path)
}

fn credentials() -> Credentials {
    let key = |text| Credential::api_key(Secret::new(text));
    Credentials::from([("access_token", key("hush")), ("query_key", key("hush"))])
}

fn built(request: Request) -> Result<http::Request<RequestBody>, Fault> {
    let mut request = request;
    request.prepare()?;
    Ok(request.to_http(BASE, &credentials(), &HeaderValue::from_static("test"), &CallOptions::new())?)
}

#[track_caller]
fn check_url(request: Request, expected: &str) {
    match built(request) {
        Ok(request) => assert_eq!(request.uri().to_string(), expected),
        Err(fault) => panic!("{fault:?}"),
    }
}

#[track_caller]
fn check_refused(request: Request, expected: &str) {
    match built(request) {
        Ok(request) => panic!("{}", request.uri()),
        Err(Fault::Request(error)) => assert_eq!(error.to_string(), expected),
        Err(Fault::Constraint(violation)) => assert_eq!(violation.to_string(), expected),
        Err(fault) => panic!("{fault:?}"),
    }
}

#[test]
fn path_and_query_are_joined() {
    let request = get("/orders/{order_id}/shipments")
        .parameter(Parameter::path("order_id").limits(&[Limit::Minimum(1.0)]), &7_i64)
        .optional(Parameter::query("page"), &None::<i64>)
        .optional(Parameter::query("limit"), &Some(50_i64))
        .optional(Parameter::query("ids").style(Style::PipeDelimited), &Some(vec![1_i64, 2]))
        .optional(Parameter::query("none"), &Some(Vec::<i64>::new()));
    check_url(request, "https://example.com/v2/orders/7/shipments?limit=50&ids=1%7C2");
    check_url(get("/"), "https://example.com/v2/");
    check_url(get(""), "https://example.com/v2");
    check_url(get("/a b/#c"), "https://example.com/v2/a%20b/%23c");
    check_url(get("/a?b=c").parameter(Parameter::query("d"), &1_i64), "https://example.com/v2/a?b=c&d=1");
    check_url(
        get("/{a}..{b}/x.json").parameter(Parameter::path("b"), &2_i64).parameter(Parameter::path("a"), &1_i64),
        "https://example.com/v2/1..2/x.json",
    );
}

#[test]
fn path_traversal_is_refused() {
    let with = |path, value: &str| get(path).parameter(Parameter::path("id"), &value.to_owned());
    for value in ["..", ".", "../../admin", "a/..", "..\\a", "x/./y", "%2e%2e", "a%2F..", "%252E"] {
        check_refused(with("/a/{id}/b", value), "parameter `id` makes a `.` or `..` segment of the path");
    }
    check_refused(with("/a/.{id}", "."), "parameter `id` makes a `.` or `..` segment of the path");
    check_refused(with("/a/{id}", ""), "parameter `id` is empty, which would change the path");
    check_refused(get("/a/{id}"), "parameter `id` has no value, which the path needs");
    check_url(with("/a/{id}", "%2e%2ea"), "https://example.com/v2/a/%252e%252ea");
    check_url(with("/a/{id}", "a/b"), "https://example.com/v2/a/a%2Fb");
    check_url(with("/a/{id}", "..."), "https://example.com/v2/a/...");
}

#[test]
fn first_fault_is_told() {
    let request = get("/{id}")
        .parameter(Parameter::path("id").limits(&[Limit::Minimum(1.0)]), &0_i64)
        .parameter(Parameter::header("X"), &"a\r\nb".to_owned());
    check_refused(request, "parameter `id` is less than 1");
}

#[test]
fn header_values_cannot_add_headers() {
    for value in ["a\r\nX-Evil: 1", "a\nb", "a\0b"] {
        let request = get("/").parameter(Parameter::header("X-Note"), &value.to_owned());
        check_refused(request, "parameter `X-Note` holds a character that no header can carry");
    }
    check_refused(get("/").parameter(Parameter::header("a b"), &1_i64), "parameter `a b` is not a valid header name");
}

#[test]
fn headers_cookies_and_body_are_set() -> Result<(), Fault> {
    let request = Request::new("send", Method::POST, "/")
        .security(&[&[KEY]])
        .parameter(Parameter::header("X-Note"), &"é".to_owned())
        .parameter(Parameter::cookie("a"), &1_i64)
        .parameter(Parameter::cookie("b"), &vec![2_i64, 3])
        .json("application/json", &vec![1_i64]);
    assert_eq!(format!("{request:?}"), "Request(send: POST /)");
    let request = built(request)?;
    let header = |name| request.headers().get(name).map(HeaderValue::as_bytes);
    assert_eq!(header("accept"), Some(b"application/json".as_slice()));
    assert_eq!(header("user-agent"), Some(b"test".as_slice()));
    assert_eq!(header("content-type"), Some(b"application/json".as_slice()));
    assert_eq!(header("cookie"), Some(b"a=1; b=2; b=3".as_slice()));
    assert!(["cookie", "x-auth-token"].iter().all(|name| request.headers()[*name].is_sensitive()));
    assert_eq!(header("x-auth-token"), Some(b"hush".as_slice()));
    assert_eq!(header("x-note"), Some("é".as_bytes()));
    assert_eq!(request.body().in_memory(), b"[1]");
    assert!(!format!("{request:?}").contains("hush"));
    Ok(())
}

#[test]
fn cookies_share_one_header() -> Result<(), Fault> {
    const SESSION: SecurityScheme = SecurityScheme::api_key("access_token", Location::Header, "Cookie");
    let mut request = get("/")
        .security(&[&[SESSION]])
        .parameter(Parameter::cookie("a"), &1_i64)
        .parameter(Parameter::header("cookie"), &"b=2; ".to_owned());
    request.prepare()?;
    let options = CallOptions::new().header(COOKIE, HeaderValue::from_static("c=3"));
    let request = request.to_http(BASE, &credentials(), &HeaderValue::from_static("test"), &options)?;
    let found: Vec<_> = request.headers().get_all("cookie").iter().map(HeaderValue::as_bytes).collect();
    assert_eq!(found, [b"hush; c=3; a=1; b=2".as_slice()]);
    check_refused(
        get("/").parameter(Parameter::header("Cookie"), &"a=1\r\nX-Evil: 1".to_owned()),
        "parameter `Cookie` holds a character that no header can carry",
    );
    Ok(())
}

#[test]
fn text_is_sent_in_the_charset_of_its_media_type() -> Result<(), Fault> {
    let latin = "text/plain; charset=iso-8859-1";
    assert_eq!(built(get("/").text(latin, "ü"))?.body().in_memory(), b"\xFC");
    assert_eq!(built(get("/").text("text/plain", "ü"))?.body().in_memory(), b"\xC3\xBC");
    let json = get("/").json("application/json; charset=iso-8859-1", &"ü€".to_owned());
    assert_eq!(built(json)?.body().in_memory(), b"\"\xFC\\u20ac\"");
    check_refused(
        get("/").text(latin, "€"),
        "the body cannot be encoded in `iso-8859-1`: it holds a character that this charset lacks",
    );
    check_refused(
        get("/").text("text/plain; charset=klingon", "a"),
        "the body cannot be encoded in `klingon`: this charset is unknown",
    );
    Ok(())
}

#[test]
fn absent_body_has_no_content_type() -> Result<(), Fault> {
    let request = built(get("/").optional_json("application/json", &None::<i64>))?;
    assert_eq!(request.headers().get("content-type"), None);
    assert!(request.body().is_empty());
    Ok(())
}

#[test]
fn accept_of_the_document_wins() -> Result<(), Fault> {
    let request = built(get("/").parameter(Parameter::header("Accept"), &"text/csv".to_owned()))?;
    assert_eq!(request.headers()["accept"], "text/csv");
    Ok(())
}

#[test]
fn query_credential_comes_last() {
    let request = get("/").security(&[&[QUERY_KEY]]).parameter(Parameter::query("a"), &1_i64);
    check_url(request, "https://example.com/v2/?a=1&key=hush");
}

#[test]
fn endless_url_is_refused() {
    let request = get("/").parameter(Parameter::query("a"), &"x".repeat(70_000));
    check_refused(request, "the URL is not valid or too long");
}
