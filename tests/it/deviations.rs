//! Responses that differ from their document, over a real socket: what is accepted, what is reported, and what `strict` refuses.

use client_runtime::{CallOptions, Deviation};
use tests::alternatives;

use crate::server::{Server, answer_with, json};

async fn client(status: u16, body: &str) -> alternatives::Client {
    let server = Server::start(vec![json(status, body)]).await;
    alternatives::Client::builder().base_url(&server.url).build().expect("a client")
}

const TOLERATED: &str = r#"[{"type":"bike","wheels":"2","bell":1}]"#;

#[tokio::test]
async fn differences_are_accepted_and_reported() {
    let client = client(200, TOLERATED).await;
    let response = client.vehicles().list().await.expect("tolerated");
    let told: Vec<_> =
        response.deviations().iter().map(|found| (found.path(), found.expected(), found.received())).collect();
    assert_eq!(
        told,
        [(Some("$[0].wheels"), "an integer in range", Some("\"2\"")), (Some("$[0].bell"), "a boolean", Some("1")),]
    );
    let written = client_runtime::to_json(response.body()).expect("JSON");
    assert_eq!(written, r#"[{"type":"bike","wheels":2,"bell":true}]"#);
    assert!(!format!("{response:?}{:?}", response.deviations()).contains("\"2\""));
}

#[tokio::test]
async fn exact_responses_have_no_deviations() {
    let client = client(200, r#"[{"type":"bike","wheels":2.0}]"#).await;
    let response = client.vehicles().list().await.expect("exact");
    assert_eq!(response.deviations(), []);
}

#[tokio::test]
async fn strict_call_refuses_what_others_accept() {
    let client = client(200, TOLERATED).await;
    let call = client.vehicles().list().with(CallOptions::new().strict());
    let error = call.await.expect_err("strict");
    assert!(error.is_decode());
    let source = std::error::Error::source(&error).expect("a cause").to_string();
    assert!(source.contains("`$[0].wheels`") && source.contains("`$[0].bell`"), "{source}");
}

#[tokio::test]
async fn strict_client_refuses_what_others_accept() {
    let server = Server::start(vec![json(200, TOLERATED)]).await;
    let client = alternatives::Client::builder().base_url(&server.url).strict().build().expect("a client");
    assert!(client.vehicles().list().await.expect_err("strict").is_decode());
}

#[tokio::test]
async fn errors_are_read_tolerantly_too() {
    let client = client(409, r#"{"code":"7","hints":null}"#).await;
    let error = client.vehicles().list().await.expect_err("409");
    assert!(error.is_documented(), "{error}");
    assert_eq!(error.deviations().len(), 2);
}

#[tokio::test]
async fn all_mismatches_of_a_body_are_reported() {
    let client = client(200, r#"[{"type":"bike","wheels":true},{"type":"bike"},{"type":"bike","wheels":1.5}]"#).await;
    let error = client.vehicles().list().await.expect_err("mismatches");
    let source = std::error::Error::source(&error).expect("a cause").to_string();
    for place in ["`$[0].wheels`", "`$[1]`", "`$[2].wheels`"] {
        assert!(source.contains(place), "no {place} in {source}");
    }
}

#[tokio::test]
async fn missing_media_type_is_a_deviation() {
    let server = Server::start(vec![answer_with(200, &[], "[]")]).await;
    let client = alternatives::Client::builder().base_url(&server.url).build().expect("a client");
    let response = client.vehicles().list().await.expect("JSON");
    assert!(matches!(response.deviations(), [Deviation::MediaType { received: None, .. }]), "{response:?}");
}
