//! The causes of a failed call that are found before there is a whole response: [`RequestError`] and
//! [`TransportError`].
//!
//! Their texts name schemes, variables, parameters and headers, never a value of one.

use std::error::Error as StdError;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use http::StatusCode;

use crate::codec::Violation;
use crate::request_body::UploadError;
use crate::security::{ProviderError, SecurityScheme};

/// Why a call ended before there was a whole response.
#[derive(Debug)]
pub(crate) enum Fault {
    Request(RequestError),
    Constraint(Violation),
    Transport(TransportError),
}

impl From<RequestError> for Fault {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

/// Why a request, or a client, could not be built.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestError {
    /// The operation asks for credentials that the client has not got.
    MissingCredential {
        /// The alternatives of the document; all schemes of one of them are needed.
        alternatives: &'static [&'static [SecurityScheme]],
    },
    /// A credential is of another kind than its security scheme, or holds a character that cannot be sent.
    InvalidCredential {
        /// The security scheme.
        scheme: &'static str,
        /// What is wrong, as in "is not an API key".
        rule: &'static str,
    },
    /// The provider of a token gave none.
    TokenProvider {
        /// The security scheme.
        scheme: &'static str,
        /// What the provider says.
        source: ProviderError,
    },
    /// A variable of the server's URL has no value.
    MissingVariable {
        /// The variable.
        variable: String,
    },
    /// A variable of the server's URL has a value that it cannot have.
    InvalidVariable {
        /// The variable.
        variable: String,
        /// What is wrong, as in "is not one of `eu`, `us`".
        rule: String,
    },
    /// The server's URL is not one that requests can be sent to.
    InvalidServer {
        /// What is wrong, as in "has no host".
        rule: String,
    },
    /// A parameter has a value that its place in the request cannot hold.
    InvalidParameter {
        /// The parameter.
        parameter: String,
        /// What is wrong, as in "is empty".
        rule: &'static str,
    },
    /// A header outside the parameters has a value that no header can have.
    InvalidHeader {
        /// The header.
        header: &'static str,
    },
    /// The body cannot be encoded in the charset that the document declares.
    Charset {
        /// The charset.
        charset: String,
        /// What is wrong, as in "this charset is unknown".
        rule: &'static str,
    },
    /// A file to be sent cannot be opened.
    UnreadableFile {
        /// The path.
        path: PathBuf,
        /// What the operating system says.
        message: String,
    },
    /// A stream to be sent was sent before; it can be sent once.
    SpentStream {
        /// The file's name, if it has one.
        name: Option<String>,
    },
    /// The server leads to a next page that cannot be asked for.
    NextPage {
        /// What is wrong, as in "is on another server".
        rule: &'static str,
    },
    /// The whole URL is not valid, most likely because it is longer than 64 KiB.
    InvalidUrl,
    /// The server's URL begins with `http:` and is not of this machine, so that credentials would go over the network
    /// for everybody to read.
    InsecureServer,
    /// There is nothing to send with.
    NoTransport,
    /// The call was awaited outside a Tokio runtime, and the client has not both a transport and a clock of its own.
    NoRuntime,
    /// The HTTP client could not be set up, for want of a TLS implementation for example.
    HttpClient {
        /// What the HTTP client says.
        message: String,
    },
}

impl RequestError {
    /// Whether a credential is what is wrong.
    pub(crate) fn is_auth(&self) -> bool {
        matches!(self, Self::MissingCredential { .. } | Self::InvalidCredential { .. } | Self::TokenProvider { .. })
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingCredential { alternatives } => write_missing(f, alternatives),
            Self::InvalidCredential { scheme, rule } => write!(f, "the credential `{scheme}` {rule}"),
            Self::TokenProvider { scheme, .. } => write!(f, "the provider of the token `{scheme}` gave none"),
            Self::MissingVariable { variable } => {
                write!(f, "the server's URL needs `{variable}`; call `.{variable}(..)` on the client's builder")
            }
            Self::InvalidVariable { variable, rule } => write!(f, "`{variable}` of the server's URL {rule}"),
            Self::InvalidServer { rule } => write!(f, "the server's URL {rule}"),
            Self::InvalidParameter { parameter, rule } => write!(f, "parameter `{parameter}` {rule}"),
            Self::InvalidHeader { header } => write!(f, "the value of the header `{header}` cannot be sent"),
            Self::Charset { charset, rule } => write!(f, "the body cannot be encoded in `{charset}`: {rule}"),
            Self::UnreadableFile { path, message } => {
                write!(f, "the file `{}` cannot be read: {message}", path.display())
            }
            Self::SpentStream { name: Some(name) } => {
                write!(f, "the stream of the file `{name}` was sent before, and can be sent once")
            }
            Self::SpentStream { name: None } => {
                f.write_str("the stream of a file was sent before, and can be sent once")
            }
            Self::NextPage { rule } => write!(f, "the next page {rule}"),
            Self::InvalidUrl => f.write_str("the URL is not valid or too long"),
            Self::InsecureServer => f.write_str(
                "the server's URL begins with `http:`, which is not encrypted; call `.allow_http()` on the client's \
                 builder if it has to be",
            ),
            Self::NoTransport => f.write_str(
                "there is nothing to send with; call `.transport(..)` on the client's builder, or turn on the feature \
                 `reqwest`",
            ),
            Self::NoRuntime => f.write_str(NO_RUNTIME),
            Self::HttpClient { message } => write!(f, "the HTTP client could not be set up: {message}"),
        }
    }
}

/// What to do where there is no Tokio runtime.
pub(crate) const NO_RUNTIME: &str = "there is no Tokio runtime; await the call within one, as in `#[tokio::main]`, or call \
                                     `.wait()`, which needs the feature `blocking`";

/// Says which setters to call, as in "call `.user(..)` and `.key(..)`, or `.token(..)` on the client's builder".
fn write_missing(f: &mut fmt::Formatter<'_>, alternatives: &[&[SecurityScheme]]) -> fmt::Result {
    f.write_str("a credential is missing; call ")?;
    for (index, schemes) in alternatives.iter().enumerate() {
        f.write_str(if index == 0 { "" } else { ", or " })?;
        for (index, scheme) in schemes.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { " and " })?;
            write!(f, "`.{}(..)`", scheme.name())?;
        }
    }
    f.write_str(" on the client's builder")
}

impl StdError for RequestError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::TokenProvider { source, .. } => Some(source.get_ref()),
            _ => None,
        }
    }
}

/// Why a request could not be sent, or its response did not arrive whole.
#[derive(Debug)]
pub struct TransportError {
    stage: Stage,
    timeout: bool,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// How far a call came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The call was waiting for its turn; nothing was sent.
    Queue,
    /// The server asked for a longer wait (the first) than the rate limiter accepts (the second); nothing was sent.
    RateLimit(Duration, Duration),
    /// All of the call, attempts and waits, took too long.
    Call,
    /// There was no connection; nothing was sent.
    Connect,
    /// The request was sent, in part at least, and no status came back.
    Exchange,
    /// The request was sent in part; the rest of its body could not be read.
    Upload,
    /// A status came back, and the body did not arrive whole.
    Body(StatusCode),
    /// A status came back with a body that is longer than the client accepts.
    Length(StatusCode, usize),
    /// The same of one item of a body that is a stream.
    Item(StatusCode, usize),
    /// A test double does not know what to answer.
    #[cfg(feature = "test-util")]
    Unprepared,
}

impl TransportError {
    pub(crate) fn new(stage: Stage, timeout: bool, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { stage, timeout, source: Some(source.into()) }
    }

    /// For a [`Transport`](crate::Transport): there was no connection, so that the server can have seen nothing.
    pub fn connect(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { stage: Stage::Connect, timeout: false, source: Some(source.into()) }
    }

    /// For a [`Transport`](crate::Transport): the request went out, in part at least, and no response came back.
    pub fn exchange(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { stage: Stage::Exchange, timeout: false, source: Some(source.into()) }
    }

    /// For a [`Transport`](crate::Transport): the same, because time ran out.
    #[must_use]
    pub fn timed_out(mut self) -> Self {
        self.timeout = true;
        self
    }

    /// A test double does not know what to answer; `text` is all that is told.
    #[cfg(feature = "test-util")]
    pub(crate) fn unprepared(text: String) -> Self {
        Self::new(Stage::Unprepared, false, text)
    }

    /// Time ran out.
    pub(crate) fn late(stage: Stage) -> Self {
        Self { stage, timeout: true, source: None }
    }

    /// The server asks for a longer wait than the rate limiter accepts.
    pub(crate) fn held(wait: Duration, max_wait: Duration) -> Self {
        Self { stage: Stage::RateLimit(wait, max_wait), timeout: false, source: None }
    }

    /// How long the server asks to wait, if that is why nothing was sent.
    pub(crate) fn asked_wait(&self) -> Option<Duration> {
        match self.stage {
            Stage::RateLimit(wait, _) => Some(wait),
            _ => None,
        }
    }

    /// The same error at another stage.
    pub(crate) fn at(mut self, stage: Stage) -> Self {
        self.stage = stage;
        self
    }

    /// What kind it is, in a word that stays the same.
    #[cfg(feature = "tracing")]
    pub(crate) fn class(&self) -> &'static str {
        match (self.stage, self.timeout) {
            (_, true) => "timeout",
            (Stage::Connect, _) => "connect",
            (Stage::Upload, _) => "upload",
            (Stage::RateLimit(..), _) => "rate_limit",
            (Stage::Length(..) | Stage::Item(..), _) => "too_long",
            (Stage::Queue | Stage::Call | Stage::Exchange | Stage::Body(_), _) => "transport",
            #[cfg(feature = "test-util")]
            (Stage::Unprepared, _) => "unprepared",
        }
    }

    /// Whether a connection broke, or time ran out for an attempt, with the request under way.
    pub(crate) fn is_broken(&self) -> bool {
        matches!(self.stage, Stage::Exchange | Stage::Body(_))
    }

    pub(crate) fn too_long(status: StatusCode, limit: usize) -> Self {
        Self { stage: Stage::Length(status, limit), timeout: false, source: None }
    }

    pub(crate) fn item_too_long(status: StatusCode, limit: usize) -> Self {
        Self { stage: Stage::Item(status, limit), timeout: false, source: None }
    }

    /// There was no connection to the server, so nothing was sent.
    pub fn is_connect(&self) -> bool {
        self.stage == Stage::Connect
    }

    /// Time ran out.
    pub fn is_timeout(&self) -> bool {
        self.timeout
    }

    /// The status, if the response began to arrive.
    pub fn status(&self) -> Option<StatusCode> {
        match self.stage {
            Stage::Queue | Stage::RateLimit(..) | Stage::Call | Stage::Connect | Stage::Exchange | Stage::Upload => {
                None
            }
            Stage::Body(status) | Stage::Length(status, _) | Stage::Item(status, _) => Some(status),
            #[cfg(feature = "test-util")]
            Stage::Unprepared => None,
        }
    }
}

/// Whether a file of ours is to blame for an error.
pub(crate) fn is_upload(error: &TransportError) -> bool {
    let mut source = StdError::source(error);
    while let Some(cause) = source {
        if cause.is::<UploadError>() {
            return true;
        }
        source = cause.source();
    }
    false
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.stage, self.timeout) {
            (Stage::Queue, _) => f.write_str("the time for the call ran out before it was sent"),
            (Stage::RateLimit(wait, max_wait), _) => write!(
                f,
                "the server asks to wait {} s, and the rate limiter waits for at most {} s; call `.max_wait(..)` on the \
                 `RateLimiter` to change that",
                wait.as_secs(),
                max_wait.as_secs()
            ),
            (Stage::Call, _) => f.write_str("the time for the call ran out"),
            (Stage::Connect, false) => f.write_str("no connection to the server"),
            (Stage::Connect, true) => f.write_str("no connection to the server in time"),
            (Stage::Exchange, false) => f.write_str("the connection broke before the server answered"),
            (Stage::Exchange, true) => f.write_str("the server did not answer in time"),
            (Stage::Upload, _) => f.write_str("a file could not be read to its end while it was sent"),
            (Stage::Body(status), false) => write!(f, "the connection broke within the body of {status}"),
            (Stage::Body(status), true) => write!(f, "the body of {status} did not arrive in time"),
            (Stage::Length(status, limit), _) => write!(f, "the body of {status} is longer than {limit} bytes"),
            (Stage::Item(status, limit), _) => {
                write!(f, "an item in the body of {status} is longer than {limit} bytes")
            }
            #[cfg(feature = "test-util")]
            (Stage::Unprepared, _) => self.source.iter().try_for_each(|source| source.fmt(f)),
        }
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        #[cfg(feature = "test-util")]
        if self.stage == Stage::Unprepared {
            return None;
        }
        self.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}
