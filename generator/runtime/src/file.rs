//! [`File`]: what an upload sends. In go bytes, a path or a stream, with a name and a media type if there are any.
//!
//! Nothing is opened or read here; that happens in `request_body` when the request is sent.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_core::Stream;

use crate::codec::{Decode, DecodeError, Encode, Kinds, Reader, Shape, StringShape, Writer};

/// A stream of bytes, boxed.
pub(crate) type ByteStream = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// A file to be uploaded: bytes in memory, a path, or a stream.
///
/// ```
/// use client_runtime::File;
///
/// let note = File::from("hello").name("note.txt").media_type("text/plain");
/// let photo = File::open("photos/cat.png").media_type("image/png");
/// assert_eq!((note.file_name(), photo.file_name()), (Some("note.txt"), Some("cat.png")));
/// ```
///
/// `Debug` never shows the content. Two files are the same if name, media type and content are; of streams only clones
/// of one are the same.
#[derive(Clone, PartialEq)]
pub struct File {
    name: Option<String>,
    media_type: Option<String>,
    content: Content,
}

/// Where the bytes of a file are.
#[derive(Clone, PartialEq)]
pub(crate) enum Content {
    Memory(Bytes),
    Disk(PathBuf),
    /// A stream, and its length if that is known.
    Stream(OneShot, Option<u64>),
}

/// A stream that is there until it is sent.
#[derive(Clone)]
pub(crate) struct OneShot(Arc<Mutex<Option<ByteStream>>>);

impl File {
    /// A file of bytes that are in memory.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self::of(Content::Memory(bytes.into()))
    }

    /// A file on disk, which is opened when a request with it is sent and read while it is on its way.
    ///
    /// The last part of the path becomes the name.
    pub fn open(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Self { name, ..Self::of(Content::Disk(path)) }
    }

    /// What a stream gives, of `length` bytes if that is known. It can be sent once, also by clones.
    ///
    /// Some servers refuse a body whose length is not told in advance.
    pub fn stream(stream: impl Stream<Item = io::Result<Bytes>> + Send + 'static, length: Option<u64>) -> Self {
        let stream: ByteStream = Box::pin(stream);
        Self::of(Content::Stream(OneShot(Arc::new(Mutex::new(Some(stream)))), length))
    }

    /// The file name that the server is told.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The media type that the server is told, in place of what the document says.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// The file name, if there is one.
    pub fn file_name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The content, if it is in memory.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Memory(bytes) => Some(bytes),
            Content::Disk(_) | Content::Stream(..) => None,
        }
    }

    fn of(content: Content) -> Self {
        Self { name: None, media_type: None, content }
    }

    pub(crate) fn own_media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }

    pub(crate) fn content(&self) -> &Content {
        &self.content
    }

    /// The content, if it is in memory and UTF-8.
    pub(crate) fn text(&self) -> Option<&str> {
        self.as_bytes().and_then(|bytes| std::str::from_utf8(bytes).ok())
    }
}

impl OneShot {
    /// The stream, for the first who asks.
    pub(crate) fn take(&self) -> Option<ByteStream> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl PartialEq for OneShot {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File")
            .field("name", &self.name)
            .field("media_type", &self.media_type)
            .field("content", &self.content)
            .finish()
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Memory(bytes) => write!(f, "[{} bytes]", bytes.len()),
            Self::Disk(path) => write!(f, "{}", path.display()),
            Self::Stream(_, Some(length)) => write!(f, "[stream of {length} bytes]"),
            Self::Stream(_, None) => f.write_str("[stream]"),
        }
    }
}

macro_rules! from_memory {
    ($($ty:ty)*) => {$(
        impl From<$ty> for File {
            fn from(bytes: $ty) -> Self {
                Self::new(bytes)
            }
        }
    )*};
}

from_memory!(Bytes Vec<u8> String &'static str &'static [u8]);

impl Encode for File {
    fn encode(&self, out: &mut Writer) {
        out.file(self);
    }
}

impl Decode for File {
    fn decode(input: &mut Reader<'_>) -> Result<Self, DecodeError> {
        #[cfg(feature = "test-util")]
        if let Some(file) = input.file()? {
            return input.string().map(|_| file);
        }
        input.string().map(|text| Self::from(text.to_owned()))
    }

    const KINDS: Kinds = Kinds::STRING;

    fn shape() -> Shape {
        // Any string could be a file, so any other type of strings is the better one.
        Shape::String(StringShape { is_exact: Some(|_| false), holds: None })
    }
}

#[cfg(test)]
mod tests;
