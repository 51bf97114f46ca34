//! Streams cut at every place, which must make no difference.

use super::*;

const LIMIT: usize = 40;

/// The items as `name#id=data`, fed in chunks of `size` bytes.
fn read(format: EventFormat, stream: &[u8], size: usize) -> Vec<String> {
    let mut items = Items::new(format, LIMIT);
    let mut read = Vec::new();
    let mut chunks = stream.chunks(size);
    loop {
        while let Some(item) = items.take() {
            let Ok(Item { data, name, id }) = item else {
                read.push("too long".to_owned());
                return read;
            };
            let (name, id) = (name.unwrap_or_default(), id.unwrap_or_default());
            read.push(format!("{name}#{id}={}", String::from_utf8_lossy(&data)));
        }
        match chunks.next() {
            Some(chunk) => items.push(chunk),
            None if items.ended => return read,
            None => items.finish(),
        }
    }
}

#[track_caller]
fn check(format: EventFormat, stream: &[u8], expected: &[&str]) {
    for size in 1..=stream.len().max(1) {
        assert_eq!(read(format, stream, size), expected, "in chunks of {size}");
    }
}

#[test]
fn line_ends_are_all_the_same() {
    for end in ["\n", "\r", "\r\n"] {
        let stream = "data: a\ndata: é\n\n: comment\nevent: x\nid: 7\ndata:  c\n\n\ndata\n\n".replace('\n', end);
        check(EventFormat::Sse, stream.as_bytes(), &["#=a\né", "x#7= c", "#7="]);
    }
    check(EventFormat::Sse, b"data: a\r\r\ndata: b\n\r\n", &["#=a", "#=b"]);
}

#[test]
fn events_are_read_by_the_standard() {
    // The examples of the standard, and what it says of odd fields.
    check(EventFormat::Sse, b"data: YHOO\ndata: +2\ndata: 10\n\n", &["#=YHOO\n+2\n10"]);
    check(EventFormat::Sse, b"data\n\ndata\ndata\n\ndata:", &["#=", "#=\n"]);
    check(EventFormat::Sse, b"\xEF\xBB\xBFdata:test\n\ndata: test\n\n", &["#=test", "#=test"]);
    check(EventFormat::Sse, b"id: 1\ndata: a\n\nid\ndata: b\n\nid: 2\0\ndata: c\n\n", &["#1=a", "#=b", "#=c"]);
    check(EventFormat::Sse, b"event: gone\n\ndata: a\n\n", &["#=a"]);
    check(EventFormat::Sse, b" data: a\nDATA: b\ndata: cut off\n", &[]);
}

#[test]
fn retry_is_kept() {
    let mut items = Items::new(EventFormat::Sse, LIMIT);
    items.push(b"retry: 100\nretry: x\nretry: -1\nretry:\n");
    assert!(items.take().is_none());
    assert_eq!(items.retry(), Some(Duration::from_millis(100)));
}

#[test]
fn records_need_no_last_line_end() {
    check(EventFormat::JsonLines, b"{\"a\":1}\r\n\n  \n[2]\n3", &["#={\"a\":1}", "#=[2]", "#=3"]);
    check(EventFormat::JsonLines, b"", &[]);
    check(EventFormat::JsonSequence, b"\x1E{\n}\n\x1E\x1E2\n", &["#={\n}", "#=2"]);
}

#[test]
fn long_items_are_refused() {
    let long = "x".repeat(LIMIT + 1);
    check(EventFormat::Sse, format!("data: a\n\ndata: {long}\n\n").as_bytes(), &["#=a", "too long"]);
    check(EventFormat::Sse, format!("{}\n", "data: 12345\n".repeat(8)).as_bytes(), &["too long"]);
    check(EventFormat::JsonLines, format!("1\n{long}\n2").as_bytes(), &["#=1", "too long"]);
    let short = "x".repeat(LIMIT - 10);
    let expected = format!("#={short}");
    check(EventFormat::Sse, format!("data: {short}\n\ndata: {short}\n\n").as_bytes(), &[&expected, &expected]);
}
