//! Bodies without end, in the open and under compression.

use std::io::Write as _;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use client_runtime::{Bytes, IncomingBody, OutgoingBody, ReqwestTransport, Transport, TransportFuture};
use flate2::write::{GzDecoder, GzEncoder};
use http_body::{Body, Frame};

use crate::client::{builder, client, read};
use crate::server::{Server, Step};

const LIMIT: usize = 1024 * 1024;

#[tokio::test]
async fn endless_success_is_an_error() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n".to_vec();
    let server = Server::script(vec![vec![Step::Send(head), Step::Flood(vec![b' '; 65536])]]).await;
    let client = builder(&server.url).response_limit(LIMIT).build().expect("all settings are there");
    let error = read(&client).await.expect_err("it does not end");
    assert_eq!(error.to_string(), "`countOrderShipments` failed: the body of 200 OK is longer than 1048576 bytes");
    // It would be no shorter the next time.
    assert!(server.count() == 1 && error.attempts() == 1);
}

#[tokio::test]
async fn endless_failure_is_cut() {
    let head = b"HTTP/1.1 403 Forbidden\r\ncontent-type: text/html\r\n\r\n".to_vec();
    let server = Server::script(vec![vec![Step::Send(head), Step::Flood(vec![b'x'; 65536])]]).await;
    let error = read(&client(&server.url)).await.expect_err("it is forbidden");
    assert!(error.is_auth() && error.raw_body().is_some_and(|body| body.len() == 65536), "{error:?}");
}

/// Half a gigabyte of blanks, compressed.
fn bomb() -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..512 {
        encoder.write_all(&vec![b' '; LIMIT]).expect("memory takes it");
    }
    let bomb = encoder.finish().expect("memory takes it");
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
        bomb.len()
    );
    [head.into_bytes(), bomb].concat()
}

#[tokio::test]
async fn compression_that_nobody_asked_for_is_not_undone() {
    let server = Server::script(vec![vec![Step::Send(bomb())]]).await;
    let error = read(&client(&server.url)).await.expect_err("it is no JSON");
    let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
    assert_eq!(cause, "the body is encoded as \"gzip\", which nobody asked for at `$` (byte 0)");
}

#[tokio::test]
async fn bomb_is_counted_as_it_unpacks() {
    let server = Server::script(vec![vec![Step::Send(bomb())]]).await;
    let http_client = client_runtime::reqwest::Client::new();
    let unpacking = Unpacking(ReqwestTransport::new(http_client));
    let client = builder(&server.url).transport(unpacking).build().expect("all settings are there");
    let error = read(&client).await.expect_err("it is too long");
    assert_eq!(error.to_string(), "`countOrderShipments` failed: the body of 200 OK is longer than 67108864 bytes");
}

/// A transport that undoes compression, as that of a caller may.
struct Unpacking(ReqwestTransport);

impl Transport for Unpacking {
    fn send(&self, request: http::Request<OutgoingBody>) -> TransportFuture<'_> {
        Box::pin(async move {
            let mut response = self.0.send(request).await?;
            response.headers_mut().remove("content-encoding");
            Ok(response.map(|body| IncomingBody::new(Unpacked { body, decoder: GzDecoder::new(Vec::new()) })))
        })
    }
}

struct Unpacked {
    body: IncomingBody,
    decoder: GzDecoder<Vec<u8>>,
}

impl Body for Unpacked {
    type Data = Bytes;
    type Error = Box<dyn std::error::Error + Send + Sync>;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let Some(frame) = ready!(Pin::new(&mut self.body).poll_frame(cx)) else { return Poll::Ready(None) };
        let unpacked = frame.and_then(|frame| {
            self.decoder.write_all(&frame.into_data().unwrap_or_default())?;
            Ok(Frame::data(Bytes::from(std::mem::take(self.decoder.get_mut()))))
        });
        Poll::Ready(Some(unpacked))
    }
}
