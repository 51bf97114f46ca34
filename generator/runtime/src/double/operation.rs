//! [`Operation`]: what the double knows of an operation of the document. Emitted code implements it; the types here are what
//! it is told with.

use bytes::Bytes;

use super::answer::Answer;
use super::request::{Request, Unreadable};
use crate::codec::{Encode, Violation, encode};
use crate::response::essence;

/// A request of an operation, and what the operation answers.
pub trait Operation: Sized + Send + Sync + 'static {
    /// What a call yields; a list of the items if that is a stream.
    type Success;

    /// The bodies of documented errors.
    type ErrorBody: ErrorBody;

    /// What the document says of it.
    const ABOUT: About;

    /// Reads a request back from the wire.
    ///
    /// # Errors
    /// It is not, or not surely, what the document says.
    fn read(request: &Request) -> Result<Self, Unreadable>;

    /// Writes what a call is to yield as the server would.
    fn answer(success: &Self::Success) -> Answer;
}

/// The bodies of the errors that an API documents.
pub trait ErrorBody {
    /// The name of the body, and the body itself.
    fn content(&self) -> (&'static str, Content);
}

/// A body that is not written yet, since its media type is the operation's affair.
#[derive(Clone, Debug)]
pub struct Content(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Json(Result<Vec<u8>, Violation>),
    Bytes(Bytes),
}

impl Content {
    /// A value that has JSON.
    pub fn json(value: &dyn Encode) -> Self {
        Self(Kind::Json(encode(value)))
    }

    /// Bytes as they are.
    pub fn bytes(bytes: &Bytes) -> Self {
        Self(Kind::Bytes(bytes.clone()))
    }

    /// Puts the body into an answer.
    fn answer(self, status: u16, media_type: &str) -> Answer {
        let answer = Answer::new(status);
        match self.0 {
            Kind::Json(json) => answer.written(media_type, json),
            Kind::Bytes(bytes) => answer.bytes(media_type, bytes),
        }
    }
}

/// What the document says of an operation.
#[derive(Clone, Copy, Debug)]
pub struct About {
    id: &'static str,
    name: &'static str,
    failures: &'static [Failure],
    sends: Option<&'static str>,
    sends_any: bool,
    accepts: &'static str,
}

impl About {
    /// An operation of this id, whose type is called `name`.
    pub const fn new(id: &'static str, name: &'static str) -> Self {
        Self { id, name, failures: &[], sends: None, sends_any: false, accepts: "application/json" }
    }

    /// The errors that are documented, the most particular first.
    #[must_use]
    pub const fn failures(mut self, failures: &'static [Failure]) -> Self {
        self.failures = failures;
        self
    }

    /// The media type of the request body, if other calls of the operation send another.
    #[must_use]
    pub const fn sends(mut self, media_type: &'static str) -> Self {
        self.sends = Some(media_type);
        self
    }

    /// The same for a file, which may have a media type of its own.
    #[must_use]
    pub const fn sends_file(mut self, media_type: &'static str) -> Self {
        self.sends = Some(media_type);
        self.sends_any = true;
        self
    }

    /// The media types that are asked for, if other calls of the operation ask for others.
    #[must_use]
    pub const fn accepts(mut self, media_types: &'static str) -> Self {
        self.accepts = media_types;
        self
    }

    /// The name of the operation's type.
    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    /// The answer of a documented error.
    pub(super) fn error(&self, status: u16, body: &impl ErrorBody) -> Answer {
        let (name, content) = body.content();
        let failure = self.failures.iter().find(|failure| (failure.first..=failure.last).contains(&status));
        match failure {
            Some(Failure { body: Some((known, media_type)), .. }) if *known == name => {
                content.answer(status, media_type)
            }
            _ => Answer::impossible(format!(
                "`{}` documents no error {status} with the body `{name}`; `respond` answers anything",
                self.id
            )),
        }
    }
}

/// A documented error.
#[derive(Clone, Copy, Debug)]
pub struct Failure {
    first: u16,
    last: u16,
    /// The name of the body, and its media type.
    body: Option<(&'static str, &'static str)>,
}

impl Failure {
    /// Of one status.
    pub const fn code(status: u16) -> Self {
        Self { first: status, last: status, body: None }
    }

    /// Of a hundred: `range(4)` is `4XX`.
    pub const fn range(first_digit: u16) -> Self {
        Self { first: first_digit * 100, last: first_digit * 100 + 99, body: None }
    }

    /// Of all that are not listed before.
    pub const fn any() -> Self {
        Self { first: 300, last: 599, body: None }
    }

    /// With a body.
    #[must_use]
    pub const fn body(mut self, name: &'static str, media_type: &'static str) -> Self {
        self.body = Some((name, media_type));
        self
    }
}

/// The call that a request is of, among the calls of one operation.
pub(super) fn call_of(operations: &[&'static [About]], request: &Request) -> Option<&'static About> {
    let own = |about: &&About| about.id == request.operation();
    let calls: Vec<&'static About> = operations.iter().flat_map(|abouts| abouts.iter()).filter(own).collect();
    let accept = request.header("accept").unwrap_or_default();
    let is_asked = |about: &&&About| about.accepts == accept;
    let asked: Vec<_> = calls.iter().filter(is_asked).copied().collect();
    // A caller may have asked for something else.
    let calls = if asked.is_empty() { calls } else { asked };
    let sent = essence(request.header("content-type").unwrap_or_default());
    let sends = |about: &&&About| about.sends.is_some_and(|media_type| essence(media_type).eq_ignore_ascii_case(sent));
    let sends_any = |about: &&&About| about.sends_any && !sent.is_empty();
    calls.iter().find(sends).or_else(|| calls.iter().find(sends_any)).or_else(|| calls.first()).copied()
}
