//! Streams of events and records, as a server sends them piece by piece.

use std::time::Duration;

use super::*;
use crate::events::{EventFormat, Events};

const SSE: &str = "text/event-stream; charset=utf-8";

#[derive(Debug, PartialEq)]
struct Tick {
    id: i64,
    note: Option<String>,
}

crate::object! { Tick { id: required "id", note: optional "note", } }

type Opened = Result<Response<Events<Tick, String>>, TestError>;

/// A whole response, every piece in a chunk of its own.
fn chunked(media_type: &str, pieces: &[&[u8]]) -> Vec<u8> {
    let mut response = chunked_so_far(media_type, pieces);
    response.extend_from_slice(b"0\r\n\r\n");
    response
}

/// The same without the chunk that says it is over.
fn chunked_so_far(media_type: &str, pieces: &[&[u8]]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nTransfer-Encoding: chunked\r\n\r\n");
    let mut response = head.into_bytes();
    for piece in pieces {
        response.extend_from_slice(format!("{:x}\r\n", piece.len()).as_bytes());
        response.extend_from_slice(piece);
        response.extend_from_slice(b"\r\n");
    }
    response
}

async fn open(core: &Core, format: EventFormat) -> Opened {
    let request = Request::get("watch", "/ticks").accept("text/event-stream");
    let events = core.send(request, CallOptions::new()).events(format, |status, body| match status {
        200 | 204 => Ok(Outcome::Success(())),
        404 => body.json().map(Outcome::Failure),
        _ => Ok(Outcome::Undocumented),
    });
    events.await
}

/// Every item, or what an error says.
async fn read(format: EventFormat, response: Vec<u8>) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let (url, served) = serve(response).await?;
    let core = core(&url)?;
    let mut events = open(&core, format).await?;
    let mut read = Vec::new();
    while let Some(event) = events.next().await {
        read.push(match event {
            Ok(Tick { id, note: None }) => id.to_string(),
            Ok(Tick { id, note: Some(note) }) => format!("{id} {note}"),
            Err(error) => error.to_string(),
        });
    }
    assert!(events.next().await.is_none());
    let request = served.await?;
    assert!(request.contains("accept: text/event-stream\r\n"), "{request}");
    Ok(read)
}

async fn failed(response: &'static str) -> Result<TestError, Box<dyn std::error::Error>> {
    let (url, served) = serve(response).await?;
    let core = core(&url)?;
    let error = open(&core, EventFormat::Sse).await.err().ok_or("a stream")?;
    served.await?;
    Ok(error)
}

#[tokio::test]
async fn events_may_be_cut_anywhere() -> TestResult {
    let pieces: &[&[u8]] = &[
        b": hi\r\n\r\ndata: {\"id\":",
        b"1}\r",
        b"\n\r",
        b"\ndata: {\"id\":2,\ndata: \"note\":\"\xC3",
        b"\xA9\"}\n",
        b"\ndata: [DONE]\n\ndata: {\"id\":3}\n\n",
    ];
    assert_eq!(read(EventFormat::Sse, chunked(SSE, pieces)).await?, ["1", "2 é"]);
    Ok(())
}

#[tokio::test]
async fn odd_item_is_an_error_and_not_the_end() -> TestResult {
    let pieces: &[&[u8]] = &[b"data: {\"id\":\"x\"}\n\ndata: {\"id\":2}\n\ndata: {\"id\":3}\n"];
    let odd = "`watch` was answered with 200 OK and a body that the document does not describe";
    assert_eq!(read(EventFormat::Sse, chunked(SSE, pieces)).await?, [odd, "2"]);
    Ok(())
}

#[tokio::test]
async fn records_come_line_by_line() -> TestResult {
    let pieces: &[&[u8]] = &[b"{\"id\":1}\r\n\n{\"i", b"d\":2}\n  \n", b"{\"id\":3}"];
    assert_eq!(read(EventFormat::JsonLines, chunked("application/x-ndjson", pieces)).await?, ["1", "2", "3"]);
    Ok(())
}

#[tokio::test]
async fn broken_connection_is_an_error_and_the_end() -> TestResult {
    let pieces: &[&[u8]] = &[b"data: {\"id\":1}\n\ndata: {\"id\":2}\n"];
    let broken = "`watch` failed: the connection broke within the body of 200 OK";
    assert_eq!(read(EventFormat::Sse, chunked_so_far(SSE, pieces)).await?, ["1", broken]);
    let pieces: &[&[u8]] = &[b"{\"id\":1}\n{\"id\":2}"];
    assert_eq!(read(EventFormat::JsonLines, chunked_so_far("application/jsonl", pieces)).await?, ["1", broken]);
    Ok(())
}

#[tokio::test]
async fn endless_item_is_refused() -> TestResult {
    let long = vec![b'x'; 17 * 1024 * 1024];
    let read = read(EventFormat::Sse, chunked(SSE, &[b"data: {\"id\":1}\n\ndata: ", &long])).await?;
    let refused = "`watch` failed: an item in the body of 200 OK is longer than 16777216 bytes";
    assert_eq!(read, ["1", refused]);
    Ok(())
}

#[tokio::test]
async fn names_and_ids_are_told() -> TestResult {
    let pieces: &[&[u8]] = &[b"retry: 5\nevent: tick\nid: a\ndata: {\"id\":1}\n\ndata: {\"id\":2}\n\n"];
    let (url, _served) = serve(chunked(SSE, pieces)).await?;
    let core = core(&url)?;
    let mut events = open(&core, EventFormat::Sse).await?;
    assert_eq!((events.event_name(), events.last_event_id()), (None, None));
    assert!(events.next().await.is_some());
    assert_eq!((events.event_name(), events.last_event_id()), (Some("tick"), Some("a")));
    assert!(events.next().await.is_some());
    assert_eq!((events.event_name(), events.last_event_id()), (None, Some("a")));
    assert_eq!(events.retry(), Some(Duration::from_millis(5)));
    assert_eq!(format!("{:?}", *events), "Events { operation: \"watch\", status: 200, is_open: true, .. }");
    Ok(())
}

#[tokio::test]
async fn texts_stand_for_themselves() -> TestResult {
    let pieces: &[&[u8]] = &[b"data: a \"b\"\n\ndata: \"c\"\n\ndata: 7\n\ndata:\n\ndata: {\n\n"];
    let (url, _served) = serve(chunked(SSE, pieces)).await?;
    let core = core(&url)?;
    let sending = core.send(Request::get("watch", "/"), CallOptions::new());
    let mut texts = sending.events::<String, String>(EventFormat::Sse, |_, _| Ok(Outcome::Success(()))).await?;
    for expected in ["a \"b\"", "c", "7", ""] {
        assert_eq!(texts.next().await.transpose()?.as_deref(), Some(expected));
    }
    assert!(texts.next().await.is_some_and(|text| text.is_err()));
    Ok(())
}

#[tokio::test]
async fn errors_are_read_as_without_a_stream() -> TestResult {
    let error =
        failed("HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n\"no such\"");
    assert_eq!(error.await?.body().map(String::as_str), Some("no such"));
    assert!(failed("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n").await?.is_undocumented());
    Ok(())
}

#[tokio::test]
async fn another_media_type_is_told() -> TestResult {
    let error =
        failed("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{\"id\":1}").await?;
    assert_eq!((error.is_decode(), error.raw_body()), (true, Some(b"{\"id\":1}".as_slice())));
    let source = error.source().map(ToString::to_string).unwrap_or_default();
    assert!(source.starts_with("expected text/event-stream, but the media type is \"application/json\""), "{source}");
    Ok(())
}

#[tokio::test]
async fn empty_success_is_an_empty_stream() -> TestResult {
    assert!(read(EventFormat::Sse, b"HTTP/1.1 204 No Content\r\n\r\n".to_vec()).await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn call_timeout_does_not_cut_a_stream_and_dropping_closes_it() -> TestResult {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let served = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await?;
        let mut request = [0; 1024];
        let _ = socket.read(&mut request).await?;
        socket.write_all(&chunked_so_far(SSE, &[b"data: {\"id\":1}\n\n"])).await?;
        tokio::time::sleep(Duration::from_millis(150)).await;
        socket.write_all(b"10\r\ndata: {\"id\":2}\n\n\r\n").await?;
        // The client closes, or this would wait for ever.
        socket.read(&mut request).await
    });
    let http_client = reqwest::Client::builder().no_proxy().timeout(Duration::from_millis(50)).build()?;
    let core = CoreBuilder::new(Server::new("/", &[])).base_url(url).http_client(http_client).build::<String>()?;
    let mut events = open(&core, EventFormat::Sse).await?;
    for id in [1, 2] {
        assert_eq!(events.next().await.transpose()?, Some(Tick { id, note: None }));
    }
    drop(events);
    let read = tokio::time::timeout(Duration::from_secs(5), served).await??;
    assert_eq!(read.unwrap_or_default(), 0);
    Ok(())
}

#[tokio::test]
async fn streams_are_streams() -> TestResult {
    fn check<T: futures_core::Stream + Send + Sync + Unpin + 'static>(_: &T) {}
    let (url, _served) = serve(chunked(SSE, &[])).await?;
    check(open(&core(&url)?, EventFormat::Sse).await?.body());
    Ok(())
}
