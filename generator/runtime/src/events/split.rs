//! [`Items`]: in go chunks of a body as the network cuts them, out come whole items.
//!
//! Server-sent events are read as the HTML standard says ("Interpreting an event stream"). What an item means is not
//! decided here.

use std::time::Duration;

use bytes::{Buf, Bytes, BytesMut};

use super::EventFormat;

/// A byte order mark, which the standard lets a stream begin with.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// One event or record.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) data: Bytes,
    pub(super) name: Option<String>,
    /// The last id so far, be it of this event or of one before.
    pub(super) id: Option<String>,
}

/// What has arrived and was not given out yet.
pub(super) struct Items {
    format: EventFormat,
    limit: usize,
    buffer: BytesMut,
    /// How much of the buffer is known to hold no end of a line.
    scanned: usize,
    /// A line feed that comes next belongs to the line end before it.
    after_cr: bool,
    at_start: bool,
    ended: bool,
    event: Event,
    id: Option<String>,
    retry: Option<Duration>,
}

/// An event of which the empty line at its end is still to come.
#[derive(Default)]
struct Event {
    name: String,
    /// Every line with a line feed behind it.
    data: Vec<u8>,
}

impl Items {
    /// Nothing has arrived; an item may have `limit` bytes.
    pub(super) fn new(format: EventFormat, limit: usize) -> Self {
        Self {
            format,
            limit,
            buffer: BytesMut::new(),
            scanned: 0,
            after_cr: false,
            at_start: true,
            ended: false,
            event: Event::default(),
            id: None,
            retry: None,
        }
    }

    pub(super) fn format(&self) -> EventFormat {
        self.format
    }

    pub(super) fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// More has arrived.
    pub(super) fn push(&mut self, chunk: &[u8]) {
        self.buffer.extend_from_slice(chunk);
    }

    /// Nothing more will arrive.
    pub(super) fn finish(&mut self) {
        self.ended = true;
    }

    /// Forgets what has arrived.
    pub(super) fn clear(&mut self) {
        (self.buffer, self.scanned, self.event) = (BytesMut::new(), 0, Event::default());
    }

    /// The next item, if all of it has arrived; the limit, if it is longer.
    pub(super) fn take(&mut self) -> Option<Result<Item, usize>> {
        while let Some(line) = self.line() {
            let item = match self.format {
                EventFormat::Sse => self.field(&line),
                EventFormat::JsonLines | EventFormat::JsonSequence => record(&line),
            };
            if let Some(item) = item {
                return Some(if item.data.len() > self.limit { Err(self.limit) } else { Ok(item) });
            }
        }
        let length = self.buffer.len() + self.event.data.len();
        (length > self.limit).then_some(Err(self.limit))
    }

    /// The next line without its end, if that has arrived.
    fn line(&mut self) -> Option<Bytes> {
        if self.after_cr && !self.buffer.is_empty() {
            self.after_cr = false;
            if self.buffer.starts_with(b"\n") {
                self.buffer.advance(1);
            }
        }
        let is_end: fn(&u8) -> bool = match self.format {
            EventFormat::Sse => |byte| matches!(byte, b'\r' | b'\n'),
            EventFormat::JsonLines => |byte| *byte == b'\n',
            // The record separator stands before each record.
            EventFormat::JsonSequence => |byte| *byte == 0x1E,
        };
        let Some(at) = self.buffer[self.scanned..].iter().position(is_end) else {
            self.scanned = self.buffer.len();
            return self.last_line();
        };
        let line = self.buffer.split_to(self.scanned + at).freeze();
        self.after_cr = self.format == EventFormat::Sse && self.buffer.starts_with(b"\r");
        self.buffer.advance(1);
        self.scanned = 0;
        Some(line)
    }

    /// What stands behind the last line end is a record, while of an event it is only a part.
    fn last_line(&mut self) -> Option<Bytes> {
        if !self.ended {
            return None;
        }
        self.scanned = 0;
        let line = std::mem::take(&mut self.buffer).freeze();
        (self.format != EventFormat::Sse && !line.is_empty()).then_some(line)
    }

    /// Takes in a line of an event stream; an empty one is the end of an event.
    fn field(&mut self, line: &[u8]) -> Option<Item> {
        let line = if std::mem::take(&mut self.at_start) { line.strip_prefix(BOM).unwrap_or(line) } else { line };
        if line.is_empty() {
            return self.dispatch();
        }
        // A comment has an empty name, and so no meaning below.
        let (name, value) = match line.iter().position(|byte| *byte == b':') {
            Some(at) => (&line[..at], &line[at + 1..]),
            None => (line, &line[line.len()..]),
        };
        let value = value.strip_prefix(b" ").unwrap_or(value);
        let text = || String::from_utf8_lossy(value).into_owned();
        match name {
            b"event" => self.event.name = text(),
            b"data" => {
                self.event.data.extend_from_slice(value);
                self.event.data.push(b'\n');
            }
            b"id" if !value.contains(&0) => self.id = Some(text()).filter(|id| !id.is_empty()),
            b"retry" if value.iter().all(u8::is_ascii_digit) => {
                self.retry = text().parse().ok().map(Duration::from_millis).or(self.retry);
            }
            _ => {}
        }
        None
    }

    fn dispatch(&mut self) -> Option<Item> {
        let Event { name, mut data } = std::mem::take(&mut self.event);
        // The last line feed is no part of the data; without one there was no data.
        data.pop()?;
        Some(Item { data: data.into(), name: Some(name).filter(|name| !name.is_empty()), id: self.id.clone() })
    }
}

/// A record; white space around it is not part of it, and alone it is none.
fn record(line: &Bytes) -> Option<Item> {
    let data = line.slice_ref(line.trim_ascii());
    (!data.is_empty()).then_some(Item { data, name: None, id: None })
}

#[cfg(test)]
mod tests;
