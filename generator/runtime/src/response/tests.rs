//! What counts as JSON, and what a response gives.

use bytes::Bytes;
use http::HeaderValue;

use super::*;

fn headers(media_type: Option<&'static str>) -> HeaderMap {
    media_type.map(|media_type| (CONTENT_TYPE, HeaderValue::from_static(media_type))).into_iter().collect()
}

#[track_caller]
fn check(media_type: Option<&'static str>, bytes: &[u8], expected: Result<i64, &str>) {
    let decoded = Body::new(&headers(media_type), &Bytes::copy_from_slice(bytes))
        .json::<i64>()
        .map_err(|error| error.message().to_owned());
    assert_eq!(decoded.as_ref().map_err(String::as_str), expected.as_ref().map_err(|message| *message));
}

#[test]
fn json_media_types_are_read() {
    for media_type in [
        None,
        Some("application/json"),
        Some("Application/JSON; charset=utf-8"),
        Some("application/problem+json"),
        Some("application/vnd.x.v1+json;profile=a"),
        Some(""),
    ] {
        check(media_type, b"7", Ok(7));
    }
}

#[test]
fn other_media_types_are_told() {
    check(Some("text/html; charset=utf-8"), b"7", Err("expected JSON, but the media type is \"text/html\""));
    check(Some("json"), b"7", Err("expected JSON, but the media type is \"json\""));
    check(Some("application/jsonl"), b"7", Err("expected JSON, but the media type is \"application/jsonl\""));
}

#[test]
fn byte_order_mark_is_skipped() {
    check(None, b"\xEF\xBB\xBF7", Ok(7));
    assert_eq!(Body::new(&headers(None), &Bytes::from_static(b"\xEF\xBB\xBFa\xFF")).text(), "a\u{FFFD}");
}

#[test]
fn response_is_its_body() {
    let mut headers = headers(None);
    headers.insert("set-cookie", HeaderValue::from_static("hush"));
    let mut response = Response::new(StatusCode::CREATED, headers, vec![1, 2]);
    response.push(3);
    assert_eq!((response.len(), response.status().as_u16()), (3, 201));
    assert_eq!(format!("{response:?}"), "Response { status: 201, body: [1, 2, 3], .. }");
    assert_eq!(response.map(|body| body.len()).into_parts().2, 3);
}
