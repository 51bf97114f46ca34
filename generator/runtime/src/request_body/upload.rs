//! [`Upload`]: in go opened files and streams, out come chunks as the connection takes them.
//!
//! A length that was announced is kept to: a file that changes while it is sent is an error, never a body that the
//! server would take for whole. Opening is not here.

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use super::disk::Disk;
use crate::clock::Progress;
use crate::file::ByteStream;

/// How much of a file is read at once, in bytes.
pub(super) const CHUNK: usize = 64 * 1024;

/// A body that is read while it is sent.
pub(crate) struct Upload {
    sources: VecDeque<Source>,
    progress: Progress,
}

/// One after the other, these make a body.
pub(crate) enum Source {
    Bytes(Bytes),
    Disk(Disk),
    Stream(Streamed),
}

/// A stream, and how many bytes it still has to give if that is known.
pub(crate) struct Streamed {
    /// Locked by nobody: the mutex is there because a body has to be `Sync`, which a stream need not be.
    pub(crate) stream: Mutex<ByteStream>,
    pub(crate) left: Option<u64>,
}

impl Upload {
    pub(crate) fn new(sources: Vec<Source>, progress: Progress) -> Self {
        Self { sources: sources.into(), progress }
    }
}

impl http_body::Body for Upload {
    type Data = Bytes;
    type Error = UploadError;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, UploadError>>> {
        let Self { sources, progress } = self.get_mut();
        // That more is asked for says that the connection took what was given.
        progress.touch();
        while let Some(source) = sources.front_mut() {
            match ready!(source.poll(cx)) {
                Ok(Some(chunk)) if chunk.is_empty() => {}
                Ok(Some(chunk)) => return Poll::Ready(Some(Ok(Frame::data(chunk)))),
                Ok(None) => drop(sources.pop_front()),
                Err(error) => return Poll::Ready(Some(Err(UploadError(error)))),
            }
        }
        Poll::Ready(None)
    }

    fn size_hint(&self) -> SizeHint {
        let length = self.sources.iter().map(Source::left).try_fold(0_u64, |sum, left| sum.checked_add(left?));
        length.map(SizeHint::with_exact).unwrap_or_default()
    }
}

impl Source {
    fn left(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Self::Disk(disk) => disk.left(),
            Self::Stream(streamed) => streamed.left,
        }
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>> {
        match self {
            Self::Bytes(bytes) if bytes.is_empty() => Poll::Ready(Ok(None)),
            Self::Bytes(bytes) => Poll::Ready(Ok(Some(bytes.split_to(bytes.len().min(CHUNK))))),
            Self::Disk(disk) => disk.poll(cx),
            Self::Stream(streamed) => streamed.poll(cx),
        }
    }
}

impl Streamed {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>> {
        let stream = self.stream.get_mut().unwrap_or_else(PoisonError::into_inner);
        let chunk = ready!(stream.as_mut().poll_next(cx)).transpose()?;
        Poll::Ready(count(&mut self.left, chunk))
    }
}

/// Takes a chunk, or the end, off what is left to come.
pub(super) fn count(left: &mut Option<u64>, chunk: Option<Bytes>) -> io::Result<Option<Bytes>> {
    let Some(known) = *left else { return Ok(chunk) };
    match &chunk {
        None if known > 0 => Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it is shorter than announced")),
        None => Ok(None),
        Some(bytes) => match u64::try_from(bytes.len()).ok().and_then(|length| known.checked_sub(length)) {
            Some(rest) => {
                *left = Some(rest);
                Ok(chunk)
            }
            None => Err(io::Error::new(io::ErrorKind::InvalidData, "it is longer than announced")),
        },
    }
}

/// A file that could not be read while it was sent; the transport looks for this among the causes of a failed call.
#[derive(Debug)]
pub(crate) struct UploadError(io::Error);

impl fmt::Display for UploadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a file could not be read: {}", self.0)
    }
}

impl std::error::Error for UploadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

#[cfg(test)]
mod tests;
