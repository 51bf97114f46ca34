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
    check_text("text/plain", b"\xEF\xBB\xBFa", Ok("a"));
}

#[track_caller]
fn check_text(media_type: &'static str, bytes: &[u8], expected: Result<&str, &str>) {
    let text = Body::new(&headers(Some(media_type)), &Bytes::copy_from_slice(bytes)).text();
    let text = text.map_err(|error| error.message().to_owned());
    assert_eq!(text.as_deref().map_err(String::as_str), expected);
}

#[test]
fn text_is_decoded_by_its_charset() {
    check_text("text/plain", b"\xC3\xBC", Ok("\u{FC}"));
    check_text("text/plain; charset=ISO-8859-1", b"\xFC", Ok("\u{FC}"));
    check_text("text/csv;charset=\"windows-1252\"", b"\x80", Ok("\u{20AC}"));
    check_text("text/plain", b"\xFC", Err("expected text, but the body is not in the charset \"utf-8\""));
    check_text("text/plain; charset=klingon", b"a", Err("the charset \"klingon\" of the body is unknown"));
}

#[test]
fn json_is_decoded_by_its_charset() {
    let read = |media_type, bytes: &[u8]| {
        let headers = headers(Some(media_type));
        let text = Body::new(&headers, &Bytes::copy_from_slice(bytes)).json::<String>();
        text.map_err(|error| error.message().to_owned())
    };
    assert_eq!(read("application/json; charset=iso-8859-1", b"\"\xFC\"").as_deref(), Ok("\u{FC}"));
    assert_eq!(read("application/json; charset=utf-16le", b"\"\0a\0\"\0").as_deref(), Ok("a"));
    assert_eq!(read("application/json; charset=klingon", b"\"a\"").as_deref(), Ok("a"));
    assert!(read("application/json; charset=klingon", b"\"\xC3\xBC\"").is_err_and(|error| error.contains("klingon")));
    assert_eq!(
        read("application/json; charset=shift_jis", b"\"\x93\"").as_deref().map_err(String::as_str),
        Err("expected text, but the body is not in the charset \"shift_jis\"")
    );
}

#[test]
fn the_media_type_decides_how_a_body_of_any_is_read() {
    fn read<T: Decode>(media_type: Option<&'static str>, bytes: &'static [u8]) -> Result<T, String> {
        let headers = headers(media_type);
        Body::new(&headers, &Bytes::from_static(bytes)).any().map_err(|error| error.message().to_owned())
    }
    assert_eq!(read::<String>(Some("text/plain"), b"5").as_deref(), Ok("5"));
    assert_eq!(read::<String>(Some("text/plain; charset=iso-8859-1"), b"\xFC").as_deref(), Ok("\u{FC}"));
    assert_eq!(read::<String>(Some("application/json"), b"\"5\"").as_deref(), Ok("5"));
    assert_eq!(read::<String>(None, b"\"a\"").as_deref(), Ok("a"));
    assert_eq!(read::<String>(None, b"a").as_deref(), Ok("a"));
    assert_eq!(read::<i64>(Some("text/html"), b"5\r\n"), Ok(5));
    assert_eq!(read::<bool>(Some("application/xml"), b"true"), Ok(true));
    assert_eq!(read::<Vec<i64>>(Some("text/plain"), b"[1,2]"), Ok(vec![1, 2]));
    assert_eq!(read::<serde_json::Value>(Some("text/plain"), b"5"), Ok("5".into()));
    assert!(read::<i64>(Some("text/plain"), b"five").is_err());
    assert!(read::<String>(Some("image/png"), b"\x89PNG").is_err());
    assert!(read::<String>(Some("application/json"), b"a").is_err());
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
