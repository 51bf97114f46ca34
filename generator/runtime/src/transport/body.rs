//! The bodies that go through a [`Transport`](super::Transport): [`OutgoingBody`] and [`IncomingBody`].

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use crate::request_body::{Opened, Upload};

type BoxError = Box<dyn StdError + Send + Sync>;

/// The body of a request on its way. `Debug` leaves the content out.
pub struct OutgoingBody(Opened);

impl OutgoingBody {
    pub(crate) fn new(opened: Opened) -> Self {
        Self(opened)
    }

    /// The whole body, unless it is read while it is sent.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Opened::Whole(bytes) => Some(bytes),
            Opened::Upload(_) => None,
        }
    }
}

impl From<Bytes> for OutgoingBody {
    fn from(bytes: Bytes) -> Self {
        Self(Opened::Whole(bytes))
    }
}

impl Body for OutgoingBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match &mut self.get_mut().0 {
            Opened::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Opened::Whole(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Opened::Upload(upload) => poll_upload(upload, cx),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(&self.0, Opened::Whole(bytes) if bytes.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Opened::Whole(bytes) => SizeHint::with_exact(u64::try_from(bytes.len()).unwrap_or(u64::MAX)),
            Opened::Upload(upload) => upload.size_hint(),
        }
    }
}

fn poll_upload(upload: &mut Upload, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
    Pin::new(upload).poll_frame(cx).map(|frame| frame.map(|frame| frame.map_err(Into::into)))
}

impl fmt::Debug for OutgoingBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_bytes() {
            Some(bytes) => write!(f, "OutgoingBody({} bytes)", bytes.len()),
            None => f.write_str("OutgoingBody(upload)"),
        }
    }
}

/// The body of a response that is still to be read.
///
/// Locked by nobody: the mutex is there because a stream of events has to be `Sync`, which a body need not be.
pub struct IncomingBody(Mutex<BoxBody>);

type BoxBody = Pin<Box<dyn Body<Data = Bytes, Error = BoxError> + Send>>;

impl IncomingBody {
    /// A body that arrives piece by piece.
    pub fn new<B>(body: B) -> Self
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self(Mutex::new(Box::pin(Boxed(Box::pin(body)))))
    }
}

/// Turns the error of a body into a box.
struct Boxed<B>(Pin<Box<B>>);

impl<B: Body<Data = Bytes>> Body for Boxed<B>
where
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.get_mut().0.as_mut().poll_frame(cx).map(|frame| frame.map(|frame| frame.map_err(Into::into)))
    }
}

impl<T: Into<Bytes>> From<T> for IncomingBody {
    fn from(bytes: T) -> Self {
        Self(Mutex::new(Box::pin(OutgoingBody::from(bytes.into()))))
    }
}

impl Body for IncomingBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let body = self.get_mut().0.get_mut().unwrap_or_else(PoisonError::into_inner);
        body.as_mut().poll_frame(cx)
    }
}

impl fmt::Debug for IncomingBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IncomingBody")
    }
}
