//! That what was announced is what is sent.

use std::task::Waker;

use super::*;

/// A stream that is there already.
pub(crate) struct Chunks(pub(crate) VecDeque<io::Result<Bytes>>);

impl futures_core::Stream for Chunks {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        Poll::Ready(self.0.pop_front())
    }
}

fn stream(chunks: &[&'static str], left: Option<u64>) -> Source {
    let chunks = chunks.iter().map(|chunk| Ok(Bytes::from(*chunk))).collect();
    Source::Stream(Streamed { stream: Mutex::new(Box::pin(Chunks(chunks))), left })
}

fn upload(sources: Vec<Source>) -> Upload {
    Upload::new(sources, Progress::new(std::sync::Arc::new(crate::clock::SystemClock::new())))
}

fn length(sources: Vec<Source>) -> Option<u64> {
    http_body::Body::size_hint(&upload(sources)).exact()
}

#[track_caller]
fn check(sources: Vec<Source>, expected: Result<&str, &str>) {
    let mut upload = upload(sources);
    let mut sent = Vec::new();
    let result = loop {
        let frame = http_body::Body::poll_frame(Pin::new(&mut upload), &mut Context::from_waker(Waker::noop()));
        match frame {
            Poll::Ready(Some(Ok(frame))) => sent.extend_from_slice(&frame.into_data().unwrap_or_default()),
            Poll::Ready(Some(Err(error))) => break Err(error.to_string()),
            Poll::Ready(None) => break Ok(String::from_utf8_lossy(&sent).into_owned()),
            Poll::Pending => panic!("nothing here waits"),
        }
    };
    assert_eq!(result.as_deref().map_err(String::as_str), expected);
}

#[test]
fn sources_follow_each_other() {
    let sources = || vec![Source::Bytes(Bytes::from("a")), stream(&["b", "", "cd"], Some(3)), stream(&[], Some(0))];
    assert_eq!(length(sources()), Some(4));
    check(sources(), Ok("abcd"));
    assert_eq!(length(vec![stream(&["b"], None), stream(&["b"], Some(1))]), None);
}

#[test]
fn announced_length_is_kept_to() {
    check(vec![stream(&["ab"], Some(3))], Err("a file could not be read: it is shorter than announced"));
    check(vec![stream(&["ab", "cd"], Some(3))], Err("a file could not be read: it is longer than announced"));
    check(vec![stream(&["ab", "cd"], None)], Ok("abcd"));
}
