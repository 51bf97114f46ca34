//! [`Received`]: a request of an operation, as it arrived and as its type.

use std::fmt;
use std::ops::Deref;

use super::answer::Answer;
use super::operation::Operation;
use super::request::{Request, Unreadable};

/// A request of an operation: dereferences to its parameters and its body, and carries what arrived.
///
/// `Debug` leaves out what arrived, since credentials are among the headers.
#[derive(Clone)]
pub struct Received<O> {
    operation: O,
    request: Request,
}

impl<O: Operation> Received<O> {
    pub(super) fn read(request: Request) -> Result<Self, Unreadable> {
        Ok(Self { operation: O::read(&request)?, request })
    }

    /// What arrived: method, URL, headers, bytes, and which attempt it is.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// Parameters and body alone.
    pub fn into_inner(self) -> O {
        self.operation
    }

    /// The answer by which the call yields `success`.
    pub fn answer(&self, success: &O::Success) -> Answer {
        O::answer(success)
    }

    /// The answer by which the call fails with an error that the document describes.
    pub fn error(&self, status: u16, body: &O::ErrorBody) -> Answer {
        O::ABOUT.error(status, body)
    }
}

impl<O> Deref for Received<O> {
    type Target = O;

    fn deref(&self) -> &O {
        &self.operation
    }
}

impl<O: fmt::Debug> fmt::Debug for Received<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.operation.fmt(f)
    }
}
