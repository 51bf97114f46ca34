//! Uploads, as the bytes that a server reads.

use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;

use super::*;
use crate::file::File;
use crate::multipart::PartEncoding;

struct Upload {
    title: String,
    count: i64,
    tags: Vec<String>,
    owner: Owner,
    note: File,
    photo: File,
}

struct Owner {
    id: i64,
}

crate::object! {
    Upload {
        title: required "title",
        count: required "count",
        tags: required "tags",
        owner: required "owner",
        note: required "note",
        photo: required "photo",
    }
}
crate::object! { Owner { id: required "id", } }

/// Chunks that are there already.
struct Chunks(VecDeque<io::Result<Bytes>>);

impl futures_core::Stream for Chunks {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

fn chunks(texts: &[&'static str]) -> Chunks {
    Chunks(texts.iter().map(|text| Ok(Bytes::from(*text))).collect())
}

/// A file on disk that is gone when this is dropped.
struct Disk(PathBuf);

impl Disk {
    fn new(content: &[u8]) -> io::Result<Self> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("client-runtime-{}-{number}.bin", std::process::id()));
        std::fs::write(&path, content)?;
        Ok(Self(path))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Reads one request to its end, and answers 204.
async fn serve() -> io::Result<(String, JoinHandle<io::Result<(String, Vec<u8>)>>)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let served = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await?;
        let mut request = Vec::new();
        while !is_whole(&request) {
            if socket.read_buf(&mut request).await? == 0 {
                break;
            }
        }
        socket.write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n").await?;
        let end = head_end(&request).unwrap_or(request.len());
        let body = request.split_off(end);
        Ok((String::from_utf8_lossy(&request).to_ascii_lowercase(), body))
    });
    Ok((url, served))
}

fn head_end(request: &[u8]) -> Option<usize> {
    request.windows(4).position(|bytes| bytes == b"\r\n\r\n").map(|at| at + 4)
}

fn is_whole(request: &[u8]) -> bool {
    let Some(end) = head_end(request) else { return false };
    match content_length(&String::from_utf8_lossy(&request[..end]).to_ascii_lowercase()) {
        Some(length) => request.len() >= end + length,
        None => request.ends_with(b"0\r\n\r\n"),
    }
}

fn content_length(head: &str) -> Option<usize> {
    head.lines().find_map(|line| line.strip_prefix("content-length: ")).and_then(|text| text.parse().ok())
}

async fn send(core: &Core, request: Request) -> Result<(), TestError> {
    core.send(request, CallOptions::new()).read::<(), String>(|_, _| Ok(Outcome::Success(()))).await.map(|_| ())
}

fn post() -> Request {
    Request::post("upload", "/upload")
}

#[tokio::test]
async fn form_goes_out_part_by_part() -> TestResult {
    let disk = Disk::new(&[0, 1, 0xff])?;
    let upload = Upload {
        title: "A & B".to_owned(),
        count: 2,
        tags: vec!["x".to_owned(), "y".to_owned()],
        owner: Owner { id: 7 },
        note: File::from("hello").name("note.txt").media_type("text/plain"),
        photo: File::open(&disk.0).name("cat.png"),
    };
    const ENCODING: &[PartEncoding] = &[PartEncoding::new("photo").media_type("image/png")];
    let (url, served) = serve().await?;
    send(&core(&url)?, post().multipart("multipart/form-data", &upload, ENCODING)).await?;
    let (head, body) = served.await??;
    let boundary = head.lines().find_map(|line| line.strip_prefix("content-type: multipart/form-data; boundary="));
    let boundary = boundary.ok_or("no boundary")?;
    let part = |head: &str, content: &[u8]| {
        [format!("--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes(), content, b"\r\n"]
            .concat()
    };
    let expected = [
        part("name=\"title\"", b"A & B"),
        part("name=\"count\"", b"2"),
        part("name=\"tags\"", b"x"),
        part("name=\"tags\"", b"y"),
        part("name=\"owner\"\r\nContent-Type: application/json", b"{\"id\":7}"),
        part("name=\"note\"; filename=\"note.txt\"\r\nContent-Type: text/plain", b"hello"),
        part("name=\"photo\"; filename=\"cat.png\"\r\nContent-Type: image/png", &[0, 1, 0xff]),
        format!("--{boundary}--\r\n").into_bytes(),
    ];
    assert_eq!(String::from_utf8_lossy(&body), String::from_utf8_lossy(&expected.concat()));
    assert_eq!(body, expected.concat());
    assert_eq!(content_length(&head), Some(body.len()));
    Ok(())
}

#[tokio::test]
async fn large_file_is_read_from_disk() -> TestResult {
    let content: Vec<u8> = (0..1_000_000_u32).map(|number| number.to_le_bytes()[1]).collect();
    let disk = Disk::new(&content)?;
    let (url, served) = serve().await?;
    send(&core(&url)?, post().file("image/*", &File::open(&disk.0))).await?;
    let (head, body) = served.await??;
    assert_eq!(content_length(&head), Some(content.len()));
    assert!(head.contains("content-type: application/octet-stream\r\n"), "{head}");
    assert!(body == content);
    Ok(())
}

#[tokio::test]
async fn empty_file_has_a_length() -> TestResult {
    let disk = Disk::new(b"")?;
    let (url, served) = serve().await?;
    send(&core(&url)?, post().file("text/csv", &File::open(&disk.0))).await?;
    let (head, _) = served.await??;
    assert!(head.contains("content-length: 0\r\n") && head.contains("content-type: text/csv\r\n"), "{head}");
    Ok(())
}

#[tokio::test]
async fn file_in_memory_is_a_body() -> TestResult {
    let (url, served) = serve().await?;
    let file = File::from("a,b").media_type("text/csv");
    send(&core(&url)?, post().optional_file("application/octet-stream", &Some(file))).await?;
    let (head, body) = served.await??;
    assert!(head.contains("content-length: 3\r\n") && head.contains("content-type: text/csv\r\n"), "{head}");
    assert_eq!(body, b"a,b");
    Ok(())
}

#[tokio::test]
async fn stream_of_unknown_length_is_chunked() -> TestResult {
    let (url, served) = serve().await?;
    send(&core(&url)?, post().file("text/plain", &File::stream(chunks(&["ab", "c"]), None))).await?;
    let (head, body) = served.await??;
    assert!(head.contains("transfer-encoding: chunked\r\n") && content_length(&head).is_none(), "{head}");
    assert_eq!(String::from_utf8_lossy(&body), "2\r\nab\r\n1\r\nc\r\n0\r\n\r\n");
    Ok(())
}

#[tokio::test]
async fn stream_is_sent_once() -> TestResult {
    let file = File::stream(chunks(&["ab", "c"]), Some(3)).name("abc");
    let (url, served) = serve().await?;
    let core = core(&url)?;
    send(&core, post().file("text/plain", &file)).await?;
    let (head, body) = served.await??;
    assert_eq!((content_length(&head), body.as_slice()), (Some(3), b"abc".as_slice()));
    let error = send(&core, post().file("text/plain", &file)).await.err().ok_or("sent twice")?;
    let expected = "`upload` could not be built: the stream of the file `abc` was sent before, and can be sent once";
    assert_eq!(error.to_string(), expected);
    Ok(())
}

#[tokio::test]
async fn missing_file_is_told_before_anything_is_sent() -> TestResult {
    // Nobody listens there: a connection would be another error.
    let core = core("http://127.0.0.1:1")?;
    let error = send(&core, post().file("text/plain", &File::open("/no/such/file"))).await.err().ok_or("sent")?;
    assert!(error.is_request(), "{error}");
    assert!(error.to_string().contains("the file `/no/such/file` cannot be read: "), "{error}");
    let directory = File::open(std::env::temp_dir());
    let error = send(&core, post().file("text/plain", &directory)).await.err().ok_or("sent")?;
    assert!(error.to_string().ends_with("cannot be read: is a directory"), "{error}");
    Ok(())
}

#[tokio::test]
async fn stream_is_not_spent_where_another_file_is_missing() -> TestResult {
    let note = File::stream(chunks(&["ab"]), Some(2));
    let photo = File::open("/no/such/file");
    let (title, tags, owner) = (String::new(), Vec::new(), Owner { id: 1 });
    let upload = Upload { title, count: 1, tags, owner, note: note.clone(), photo };
    let request = post().multipart("multipart/form-data", &upload, &[]);
    assert!(send(&core("http://127.0.0.1:1")?, request).await.is_err_and(|error| error.is_request()));
    let (url, served) = serve().await?;
    send(&core(&url)?, post().file("text/plain", &note)).await?;
    assert_eq!(served.await??.1, b"ab");
    Ok(())
}

#[tokio::test]
async fn stream_that_fails_is_told() -> TestResult {
    let failing = Chunks([Ok(Bytes::from("ab")), Err(io::Error::other("unplugged"))].into());
    let (url, served) = serve().await?;
    let error = send(&core(&url)?, post().file("text/plain", &File::stream(failing, None))).await;
    let error = error.err().ok_or("the call succeeded")?;
    let _ = served.await?;
    assert_eq!(error.to_string(), "`upload` failed: a file could not be read to its end while it was sent");
    assert!(error.is_transport() && !error.is_connect());
    Ok(())
}
