//! [`RequestBody`]: what a request carries, before anything of it is read. In go bytes and files, out comes what the
//! transport sends.
//!
//! Files are opened here, so that one that is missing is told before there is a connection; reading them while they are
//! sent is in `body/upload.rs`.

mod disk;
mod upload;

use std::sync::Mutex;

use bytes::Bytes;

use self::disk::Disk;
use self::upload::{Source, Streamed};
pub(crate) use self::upload::{Upload, UploadError};
use crate::clock::Progress;
use crate::error::RequestError;
use crate::file::{Content, File};

/// The longest body in memory that is handed over in one piece, in bytes.
const WHOLE: usize = 1024 * 1024;

/// The body of a request: pieces that follow each other.
#[derive(Clone, Debug, Default)]
pub(crate) struct RequestBody(Vec<Piece>);

#[derive(Clone, Debug)]
enum Piece {
    Bytes(Bytes),
    File(File),
}

/// A body that can be sent.
pub(crate) enum Opened {
    /// All of it is in memory, in one piece.
    Whole(Bytes),
    /// It is read while it is sent.
    Upload(Upload),
}

impl From<Bytes> for RequestBody {
    fn from(bytes: Bytes) -> Self {
        let mut body = Self::default();
        body.push(bytes);
        body
    }
}

impl RequestBody {
    /// A file and nothing else.
    pub(crate) fn of_file(file: &File) -> Self {
        let mut body = Self::default();
        body.push_file(file);
        body
    }

    /// Adds bytes.
    pub(crate) fn push(&mut self, bytes: Bytes) {
        if !bytes.is_empty() {
            self.0.push(Piece::Bytes(bytes));
        }
    }

    /// Adds a file.
    pub(crate) fn push_file(&mut self, file: &File) {
        match file.content() {
            Content::Memory(bytes) => self.push(bytes.clone()),
            Content::Disk(_) | Content::Stream(..) => self.0.push(Piece::File(file.clone())),
        }
    }

    /// Whether it is known already that nothing is sent.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it can be sent a second time.
    pub(crate) fn is_replayable(&self) -> bool {
        let is_stream =
            |piece: &Piece| matches!(piece, Piece::File(file) if matches!(file.content(), Content::Stream(..)));
        !self.0.iter().any(is_stream)
    }

    /// Opens all files. Those that are streams can be sent no second time from here on. `progress` is told while a body
    /// that takes its time is sent.
    pub(crate) async fn open(self, progress: &Progress) -> Result<Opened, RequestError> {
        match self.0.as_slice() {
            [] => return Ok(Opened::Whole(Bytes::new())),
            [Piece::Bytes(bytes)] if bytes.len() <= WHOLE => return Ok(Opened::Whole(bytes.clone())),
            _ => {}
        }
        let mut sources = Vec::with_capacity(self.0.len());
        for piece in &self.0 {
            sources.push(match piece {
                Piece::Bytes(bytes) => Some(Source::Bytes(bytes.clone())),
                Piece::File(file) => open_disk(file).await?,
            });
        }
        // Only now that no file is missing are the streams taken, since it cannot be undone.
        let sources = self.0.iter().zip(sources).map(|(piece, source)| match (piece, source) {
            (_, Some(source)) => Ok(source),
            (Piece::Bytes(bytes), None) => Ok(Source::Bytes(bytes.clone())),
            (Piece::File(file), None) => take_stream(file),
        });
        let sources = sources.collect::<Result<_, _>>()?;
        Ok(Opened::Upload(Upload::new(sources, progress.clone())))
    }

    /// The bytes that are in memory, for tests.
    #[cfg(test)]
    pub(crate) fn in_memory(&self) -> Vec<u8> {
        let bytes = self.0.iter().filter_map(|piece| match piece {
            Piece::Bytes(bytes) => Some(bytes.as_ref()),
            Piece::File(_) => None,
        });
        bytes.collect::<Vec<_>>().concat()
    }
}

/// What a file that is in memory or on disk is read from; `None` for a stream.
async fn open_disk(file: &File) -> Result<Option<Source>, RequestError> {
    match file.content() {
        Content::Memory(bytes) => Ok(Some(Source::Bytes(bytes.clone()))),
        Content::Disk(path) => match Disk::open(path).await {
            Ok(disk) => Ok(Some(Source::Disk(disk))),
            Err(error) => Err(RequestError::UnreadableFile { path: path.clone(), message: error.to_string() }),
        },
        Content::Stream(..) => Ok(None),
    }
}

fn take_stream(file: &File) -> Result<Source, RequestError> {
    let Content::Stream(stream, length) = file.content() else { return Ok(Source::Bytes(Bytes::new())) };
    match stream.take() {
        Some(stream) => Ok(Source::Stream(Streamed { stream: Mutex::new(stream), left: *length })),
        None => Err(RequestError::SpentStream { name: file.file_name().map(str::to_owned) }),
    }
}
