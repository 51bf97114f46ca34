//! The limits of a body; whole calls are tested in `client/tests.rs`.

use super::*;

fn transport(success_limit: usize) -> Transport {
    Transport { client: reqwest::Client::new(), success_limit, patience: None }
}

fn response(status: u16, body: Vec<u8>) -> Incoming {
    let mut response = http::Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
    reqwest::Response::from(response).into()
}

#[tokio::test]
async fn long_success_is_an_error() {
    assert!(transport(4).receive(response(200, vec![0; 4])).await.is_ok());
    let error = transport(4).receive(response(200, vec![0; 5])).await.err().map(|error| error.to_string());
    assert_eq!(error.as_deref(), Some("the body of 200 OK is longer than 4 bytes"));
}

#[tokio::test]
async fn long_failure_is_cut() {
    let reply = transport(4).receive(response(500, vec![0; FAILURE_LIMIT + 1])).await;
    assert_eq!(reply.map(|reply| reply.body.len()).ok(), Some(FAILURE_LIMIT));
}

#[test]
fn own_client_can_be_made() {
    assert!(Transport::new(None).is_ok());
}

#[tokio::test]
async fn silent_server_is_given_up_before_a_stream() -> Result<(), Box<dyn std::error::Error>> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let client = reqwest::Client::builder().no_proxy().build()?;
    let transport = Transport { client, success_limit: 4, patience: Some(Duration::from_millis(20)) };
    let request = http::Request::get(format!("http://{}/", listener.local_addr()?)).body(RequestBody::default())?;
    match transport.open(request).await.err() {
        Some(Fault::Transport(error)) => assert_eq!(error.to_string(), "the server did not answer in time"),
        fault => panic!("{fault:?}"),
    }
    Ok(())
}
