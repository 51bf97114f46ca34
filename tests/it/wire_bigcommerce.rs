//! Every operation of the BigCommerce client over a real socket: the request as literal text, and what each documented
//! response becomes.

mod connections;
mod errors;
mod methods;
mod shipments;

use shipping_client::Retry;
use shipping_client::bigcommerce::Client;

use crate::server::{Recorded, exchange};

/// The headers that requests are compared with.
const HEADERS: &[&str] = &["x-auth-token", "accept", "content-type"];

/// The beginning of a request without a body.
const BARE: &str = "x-auth-token: secret-token\naccept: application/json";

/// The beginning of a request with a body.
const WITH_BODY: &str = "x-auth-token: secret-token\naccept: application/json\ncontent-type: application/json";

async fn call<R>(answer: Vec<u8>, call: impl AsyncFnOnce(&Client) -> R) -> (Recorded, R) {
    exchange(answer, client, call).await
}

/// A client of the store `abc123` at another server.
pub fn client(url: &str) -> Client {
    let base_url = format!("{url}/stores/{{store_hash}}/v2");
    let builder = Client::builder().base_url(base_url).store_hash("abc123").access_token("secret-token");
    builder.retry(Retry::off()).build().expect("all settings are there")
}

#[track_caller]
fn check(request: &Recorded, line: &str, body: &str) {
    let expected = if body.is_empty() { format!("{line}\n{BARE}") } else { format!("{line}\n{WITH_BODY}\n\n{body}") };
    assert_eq!(request.text(HEADERS), expected);
}
