//! Which text is read as what.

use http::StatusCode;

use super::*;
use crate::{JsonValue, Response};

struct Typed {
    id: i64,
    tags: Option<Vec<String>>,
}

crate::headers! { Typed { id: required "X-Id", tags: optional "X-Tags", } }

fn headers(values: &[&'static str]) -> HeaderMap {
    let name = || http::HeaderName::from_static("x-id");
    values.iter().map(|value| (name(), HeaderValue::from_static(value))).collect()
}

#[track_caller]
fn check<T: Decode + PartialEq + std::fmt::Debug>(values: &[&'static str], expected: T) {
    assert_eq!(optional_header(&headers(values), "X-Id"), Ok(Some(expected)));
}

#[test]
fn text_is_what_the_type_reads() {
    check(&["7"], 7_i64);
    check(&["7"], "7".to_owned());
    check(&["true"], true);
    check(&["1.5"], 1.5_f64);
    check(&["W/\"a,b\""], "W/\"a,b\"".to_owned());
    check(&["a%20b"], "a%20b".to_owned());
    check(&["{\"a\": 1}"], serde_json::Map::from_iter([("a".to_owned(), JsonValue::from(1))]));
}

#[test]
fn lists_are_split_at_commas() {
    check(&["1,2, 3"], vec![1_i64, 2, 3]);
    check(&["a, b"], vec!["a".to_owned(), "b".to_owned()]);
    check(&["7"], vec!["7".to_owned()]);
    check(&["[1,2]"], vec![1_i64, 2]);
    check(&[""], Vec::<i64>::new());
    check(&["1", "2,3"], vec![1_i64, 2, 3]);
}

#[test]
fn structs_are_read_from_a_response() -> Result<(), DecodeError> {
    let response = Response::new(StatusCode::OK, headers(&["7"]), ());
    let typed: Typed = response.typed_headers()?;
    assert_eq!((typed.id, typed.tags), (7, None));
    assert_eq!(response.typed_headers::<Typed>()?.id, 7);
    Ok(())
}

#[test]
fn errors_name_the_header_and_show_no_value() {
    let message = |values| Typed::try_from(&headers(values)).err().map(|error| error.message().to_owned());
    assert_eq!(message(&[]).as_deref(), Some("header `X-Id` is missing"));
    let expected = "header `X-Id` is not as documented: expected a number, found a string";
    assert_eq!(message(&["hush"]).as_deref(), Some(expected));
}
