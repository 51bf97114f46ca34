//! What the request path costs: calls through a client, with its retries, limits and hooks, beside the same requests
//! made with reqwest and serde_json by hand, to the same server on a socket of this machine.
//!
//! ```text
//! cargo bench -p tests --bench calls
//! ```
//!
//! prints a ratio: above 1 the client is slower. Both sides run in turns in one process, and the best of each counts.

use std::time::{Duration, Instant};

use serde::Deserialize;
use shipping_client::bigcommerce::Client;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const ROUNDS: usize = 30;
const CALLS: usize = 200;

#[derive(Deserialize)]
struct Count {
    count: i64,
}

/// Answers every request with a count.
async fn serve(mut stream: TcpStream) {
    let answer = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 11\r\n\r\n{\"count\":3}";
    let mut request = [0; 4096];
    while stream.read(&mut request).await.is_ok_and(|count| count > 0) && stream.write_all(answer).await.is_ok() {}
}

async fn start() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream));
        }
    });
    url
}

async fn time(calls: impl AsyncFn() -> i64) -> Duration {
    let start = Instant::now();
    for _ in 0..CALLS {
        assert_eq!(calls().await, 3);
    }
    start.elapsed()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let url = start().await;
    let base_url = format!("{url}/stores/{{store_hash}}/v2");
    let client = Client::builder().base_url(base_url).store_hash("s").access_token("t").build().expect("a client");
    let by_hand = client_runtime::reqwest::Client::new();
    let address = format!("{url}/stores/s/v2/orders/1/shipments/count");
    let (mut best, mut rival) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        let ours = async || client.order_shipments().count(1).await.expect("a count").count;
        let theirs = async || {
            let request = by_hand.get(&address).header("X-Auth-Token", "t").header("accept", "application/json");
            let response = request.send().await.expect("an answer").error_for_status().expect("a success");
            serde_json::from_slice::<Count>(&response.bytes().await.expect("a body")).expect("a count").count
        };
        best = best.min(time(ours).await);
        rival = rival.min(time(theirs).await);
    }
    println!("a call, times reqwest by hand: {:.2}", best.as_secs_f64() / rival.as_secs_f64());
}
