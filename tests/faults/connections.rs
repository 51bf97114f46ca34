//! Connections that are refused, reset, cut, or slow.

use std::time::Duration;

use shipping_client::CallOptions;
use shipping_client::bigcommerce::Error;
use tokio::net::TcpListener;

use crate::client::{COUNT, SHIPMENT, client, item, make, read};
use crate::server::{Server, Step, json};

/// What a reading and a making call come to, and how often the server got them, if the first of each goes wrong so.
async fn after(fault: Vec<Step>) -> ((usize, Option<Error>), (usize, Option<Error>)) {
    let server = Server::script(vec![fault.clone(), vec![Step::Send(json(200, COUNT))]]).await;
    let reading = read(&client(&server.url)).await.err();
    let reads = server.count();
    let server = Server::script(vec![fault, vec![Step::Send(json(201, SHIPMENT))]]).await;
    let making = make(&client(&server.url)).await.err();
    ((reads, reading), (server.count(), making))
}

/// A fault that may hide an effect: reading goes on, making does not.
async fn check_in_doubt(fault: Vec<Step>, expected: &str) {
    let ((reads, reading), (makes, making)) = after(fault).await;
    assert!(reads == 2 && reading.is_none(), "{reads} {reading:?}");
    let making = making.expect("an error");
    assert_eq!((makes, making.to_string().as_str()), (1, expected));
    assert!(making.may_have_taken_effect() && !making.is_connect() && making.attempts() == 1, "{making:?}");
}

#[tokio::test]
async fn refused_connection_is_tried_again_whatever_the_method() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let error = make(&client(&url)).await.expect_err("nobody listens");
    assert_eq!(
        error.to_string(),
        "`createOrderShipment` failed: no connection to the server, in the last of 3 attempts"
    );
    assert!(error.is_connect() && !error.may_have_taken_effect(), "{error:?}");
}

#[tokio::test]
async fn reset_before_the_headers() {
    let expected = "`createOrderShipment` failed: the connection broke before the server answered";
    check_in_doubt(vec![Step::Reset], expected).await;
    check_in_doubt(vec![Step::Close], expected).await;
}

#[tokio::test]
async fn reset_within_the_headers() {
    let head = b"HTTP/1.1 201 Created\r\ncontent-ty".to_vec();
    let expected = "`createOrderShipment` failed: the connection broke before the server answered";
    check_in_doubt(vec![Step::Send(head.clone()), Step::Wait(Duration::from_millis(20)), Step::Reset], expected).await;
    check_in_doubt(vec![Step::Send(head), Step::Close], expected).await;
}

#[tokio::test]
async fn reset_within_the_body() {
    let part = b"HTTP/1.1 201 Created\r\ncontent-length: 99\r\n\r\n{\"id\":".to_vec();
    let expected = "`createOrderShipment` failed: the connection broke within the body of 201 Created";
    check_in_doubt(vec![Step::Send(part.clone()), Step::Wait(Duration::from_millis(20)), Step::Reset], expected).await;
    check_in_doubt(vec![Step::Send(part), Step::Close], expected).await;
}

#[tokio::test]
async fn chunks_that_end_too_soon() {
    let part = b"HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"id\"\r\n".to_vec();
    let expected = "`createOrderShipment` failed: the connection broke within the body of 201 Created";
    check_in_doubt(vec![Step::Send(part), Step::Close], expected).await;
}

#[tokio::test]
async fn garbage_in_place_of_http() {
    let expected = "`createOrderShipment` failed: the connection broke before the server answered";
    check_in_doubt(vec![Step::Send(b"SSH-2.0-OpenSSH_9.6\r\n\r\n".to_vec()), Step::Close], expected).await;
}

/// A server that is too slow for a call with a time limit for its attempts.
async fn too_slow(fault: Vec<Step>) -> Error {
    let server = Server::script(vec![fault]).await;
    let client = client(&server.url);
    let options = CallOptions::new().attempt_timeout(Duration::from_millis(500));
    let call = client.order_shipments().create(1, 2, vec![item()]).with(options);
    let error = call.await.expect_err("it is too slow");
    assert_eq!(error.attempts(), 1);
    assert!(error.is_timeout() && error.may_have_taken_effect(), "{error:?}");
    error
}

#[tokio::test]
async fn loris_is_given_up_wherever_it_dawdles() {
    let pause = Duration::from_millis(20);
    let endless = b"HTTP/1.1 200 OK\r\n".iter().copied().chain(b"x-a: b\r\n".repeat(100)).collect();
    let error = too_slow(vec![Step::Drip(endless, pause)]).await;
    assert_eq!(error.to_string(), "`createOrderShipment` failed: the server did not answer in time");
    let head = b"HTTP/1.1 201 Created\r\ncontent-length: 1000\r\n\r\n".to_vec();
    let error = too_slow(vec![Step::Send(head), Step::Drip(vec![b' '; 1000], pause)]).await;
    assert_eq!(error.to_string(), "`createOrderShipment` failed: the body of 201 Created did not arrive in time");
    let error = too_slow(vec![Step::Wait(Duration::from_secs(3600))]).await;
    assert_eq!(error.status(), None);
}

#[tokio::test]
async fn call_that_is_dropped_hangs_up() {
    let server =
        Server::script(vec![vec![Step::Send(b"HTTP/1.1 200 OK\r\n\r\n".to_vec()), Step::Flood(vec![b'x'; 1024])]])
            .await;
    let client = client(&server.url);
    let call = std::pin::pin!(make(&client));
    assert!(tokio::time::timeout(Duration::from_millis(100), call).await.is_err());
    // Nothing goes on in the background: neither is the call sent again, nor is the connection used once more.
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn time_for_the_whole_call_covers_all_attempts() {
    let server =
        Server::script(vec![vec![Step::Send(json(500, "{}"))], vec![Step::Wait(Duration::from_secs(3600))]]).await;
    let client = client(&server.url);
    let options = CallOptions::new().call_timeout(Duration::from_millis(200));
    let error = client.order_shipments().count(1).with(options).await.expect_err("it is too slow");
    assert_eq!(
        error.to_string(),
        "`countOrderShipments` failed: the time for the call ran out, in the last of 2 attempts"
    );
    assert!(error.is_timeout() && server.count() == 2, "{error:?}");
}
