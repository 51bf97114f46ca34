//! Answers that are not what the document says.

use shipping_client::ErrorKind;
use shipping_client::bigcommerce::Error;

use crate::client::{COUNT, SHIPMENT, client, make, read};
use crate::server::{Server, Step, answer, json};

/// A making call that is answered so. It must not be sent again.
async fn made(answer: Vec<u8>) -> Error {
    let server = Server::script(vec![vec![Step::Send(answer)]]).await;
    let error = make(&client(&server.url)).await.expect_err("an error");
    assert_eq!((server.count(), error.attempts()), (1, 1));
    error
}

/// What the error says of the body.
fn cause(error: &Error) -> String {
    assert!(error.is_decode() && error.may_have_taken_effect(), "{error:?}");
    std::error::Error::source(error).map(ToString::to_string).unwrap_or_default()
}

#[tokio::test]
async fn json_that_is_cut() {
    let error = made(json(201, r#"{"id":7,"order_id":1,"items":[{"order_product_id":"#)).await;
    assert_eq!(cause(&error), "EOF while parsing a value at `$.items[0].order_product_id` (byte 50)");
}

#[tokio::test]
async fn json_of_another_type() {
    let error = made(json(201, r#"{"id":"seven","order_id":1,"items":[]}"#)).await;
    let expected =
        "expected a number, found a string at `$.id` (byte 6); property `date_created` is missing at `$` (byte 0)";
    assert_eq!(cause(&error), expected);
    // An empty array stands for an empty object, which is not a shipment either.
    let error = made(json(201, "[]")).await;
    assert!(cause(&error).starts_with("property `id` is missing at `$` (byte 0); "), "{}", cause(&error));
    let error = made(json(201, "[1]")).await;
    assert_eq!(cause(&error), "expected an object, found an array at `$` (byte 0)");
}

#[tokio::test]
async fn another_media_type() {
    let error = made(answer(201, &[("content-type", "text/html; charset=utf-8")], "<p>Welcome</p>")).await;
    assert_eq!(cause(&error), r#"expected JSON, but the media type is "text/html" at `$` (byte 0)"#);
    assert_eq!(error.raw_body(), Some(b"<p>Welcome</p>".as_slice()));
}

#[tokio::test]
async fn json_that_is_too_deep() {
    let deep = format!(r#"{{"id":7,"order_id":1,"items":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    let error = made(json(201, &deep)).await;
    assert!(cause(&error).len() < 200, "{error:?}");
    let unknown =
        format!(r#"{{"id":7,"order_id":1,"items":[],"new":{}1{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    let error = made(json(201, &unknown)).await;
    assert!(cause(&error).contains("recursion"), "{}", cause(&error));
}

#[tokio::test]
async fn redirect_to_another_host_takes_nothing_along() {
    let other = Server::script(vec![vec![Step::Send(json(200, COUNT))]]).await;
    for status in [301, 302, 303, 307, 308] {
        let location = format!("{}/elsewhere", other.url);
        let redirect = answer(status, &[("location", &location)], "");
        let server = Server::script(vec![vec![Step::Send(redirect)]]).await;
        let error = read(&client(&server.url)).await.expect_err("it is no answer");
        assert!(matches!(error.kind(), ErrorKind::Undocumented(found) if found.as_u16() == status), "{error:?}");
        assert!(!error.may_have_taken_effect() && server.count() == 1);
    }
    assert_eq!(other.count(), 0);
}

#[tokio::test]
async fn error_of_the_server_is_mended_for_who_reads() {
    for status in [500, 502, 503, 504] {
        let server =
            Server::script(vec![vec![Step::Send(json(status, "{}"))], vec![Step::Send(json(200, COUNT))]]).await;
        assert_eq!(read(&client(&server.url)).await.expect("the second time").count, 3);
        assert_eq!(server.count(), 2);
        assert!(made(json(status, "{}")).await.may_have_taken_effect());
    }
    let server = Server::script(vec![vec![Step::Send(json(201, SHIPMENT))]]).await;
    assert!(make(&client(&server.url)).await.is_ok() && server.count() == 1);
}
