//! [`Disk`]: a file that is read while it is sent. In goes a path, out come chunks.
//!
//! Without the feature `reqwest` there is no runtime that could read one, and opening it is an error.

use std::io;
use std::path::Path;
use std::task::{Context, Poll};

use bytes::Bytes;

#[cfg(feature = "reqwest")]
pub(crate) use self::native::Disk;

/// There is none.
#[cfg(not(feature = "reqwest"))]
pub(crate) enum Disk {}

#[cfg(feature = "reqwest")]
mod native {
    use std::pin::Pin;
    use std::task::ready;

    use tokio::io::{AsyncRead as _, ReadBuf};

    use super::super::upload::{CHUNK, count};
    use super::{Bytes, Context, Path, Poll, io};
    use crate::error::NO_RUNTIME;

    /// A file that is open.
    pub(crate) struct Disk {
        file: tokio::fs::File,
        buffer: Vec<u8>,
        left: Option<u64>,
    }

    impl Disk {
        pub(crate) async fn open(path: &Path) -> io::Result<Self> {
            if tokio::runtime::Handle::try_current().is_err() {
                return Err(io::Error::new(io::ErrorKind::Unsupported, NO_RUNTIME));
            }
            let file = tokio::fs::File::open(path).await?;
            let metadata = file.metadata().await?;
            if metadata.is_dir() {
                return Err(io::ErrorKind::IsADirectory.into());
            }
            // A pipe or a device says 0 whatever it will give.
            Ok(Self::new(file, metadata.is_file().then_some(metadata.len())))
        }

        pub(crate) fn new(file: tokio::fs::File, length: Option<u64>) -> Self {
            Self { file, buffer: Vec::new(), left: length }
        }

        pub(crate) fn left(&self) -> Option<u64> {
            self.left
        }

        pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>> {
            let room = self.left.and_then(|left| usize::try_from(left).ok()).map_or(CHUNK, |left| left.min(CHUNK));
            if room == 0 {
                // What was written to the file since it was opened is not part of what was announced.
                return Poll::Ready(Ok(None));
            }
            self.buffer.resize(CHUNK, 0);
            let mut read = ReadBuf::new(&mut self.buffer[..room]);
            ready!(Pin::new(&mut self.file).poll_read(cx, &mut read))?;
            let chunk = Some(Bytes::copy_from_slice(read.filled())).filter(|chunk| !chunk.is_empty());
            Poll::Ready(count(&mut self.left, chunk))
        }
    }
}

#[cfg(not(feature = "reqwest"))]
impl Disk {
    pub(super) async fn open(_: &Path) -> io::Result<Self> {
        Err(io::Error::new(io::ErrorKind::Unsupported, "files on disk need the feature `reqwest`"))
    }

    pub(super) fn left(&self) -> Option<u64> {
        match *self {}
    }

    pub(super) fn poll(&mut self, _: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>> {
        match *self {}
    }
}
