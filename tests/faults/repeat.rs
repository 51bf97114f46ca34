//! What a document says of calls that do no harm twice, as its client takes it.

use client_runtime::Retry;
use tests::repeat::Client;

use crate::server::{Request, Server, Step, answer};

/// The requests of one call whose first answer is lost; whether it succeeded.
async fn sent<E>(call: impl AsyncFnOnce(&Client) -> Result<(), E>) -> (Vec<Request>, bool) {
    let server = Server::script(vec![vec![Step::Reset], vec![Step::Send(answer(204, &[], ""))]]).await;
    let retry = Retry::standard().backoff(std::time::Duration::ZERO, std::time::Duration::ZERO);
    let client = Client::builder().base_url(&server.url).retry(retry).build().expect("all settings are there");
    let is_success = call(&client).await.is_ok();
    (server.requests(), is_success)
}

#[tokio::test]
async fn document_has_the_last_word_on_its_operations() {
    let (requests, is_success) = sent(async |client| client.general().search_labels().await.map(drop)).await;
    assert!(requests.len() == 2 && is_success);
    let (requests, is_success) = sent(async |client| client.general().add_to_counter().await.map(drop)).await;
    assert!(requests.len() == 1 && !is_success);
}

#[tokio::test]
async fn key_makes_a_call_repeatable() {
    let (requests, is_success) = sent(async |client| client.general().create_label().await.map(drop)).await;
    let keys: Vec<_> = requests.iter().filter_map(|request| request.header("idempotency-key")).collect();
    assert!(is_success && keys.len() == 2 && keys[0] == keys[1] && keys[0].len() == 36, "{keys:?}");
    let call = async |client: &Client| client.general().create_label().idempotency_key("order 7").await.map(drop);
    let (requests, _) = sent(call).await;
    assert!(requests.iter().all(|request| request.header("idempotency-key") == Some("order 7")), "{requests:?}");
    // A key of a form that the client cannot make is the caller's affair.
    let (requests, is_success) = sent(async |client| client.general().create_order().await.map(drop)).await;
    assert!(requests.len() == 1 && !is_success && requests[0].header("x-idempotency-key").is_none());
}

#[tokio::test]
async fn parameters_may_have_the_names_of_settings() {
    let call = async |client: &Client| {
        let call = client.general().set_options().with_query("a").call_options_query("b").retry("c");
        call.with(client_runtime::CallOptions::new().repeatable()).await.map(drop)
    };
    let (requests, is_success) = sent(call).await;
    assert!(requests.len() == 2 && is_success);
    assert_eq!(requests[1].target(), "/options?with=a&call_options=b&retry=c");
}
