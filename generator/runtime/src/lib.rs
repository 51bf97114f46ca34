//! What every generated API client shares.
//!
//! A client generated from an OpenAPI document is types, and functions of a few lines that say what is particular to
//! an operation. All the rest is here, once: how a value meets JSON ([`codec`]), how parameters are written
//! ([`Parameter`]), which credentials a call carries ([`SecurityScheme`]), how a request is sent ([`Core`]), and what
//! comes back ([`Response`], [`Error`]).
//!
//! Code that uses a client meets [`Response`], [`Error`], [`Secret`], [`Token`], [`File`], [`Events`], [`Pages`], [`Items`],
//! [`Nullable`] and the types of values with a format ([`Decimal`], [`Rfc2822`], …). The other names are for generated code.
//!
//! # Features
//!
//! - `rustls` (default), `native-tls`, `rustls-no-provider`: reqwest with this TLS implementation.
//! - `reqwest`: reqwest without TLS, which is in each of those. Without it there is no socket, no clock and no file on
//!   disk in this crate, and every client needs a [`Transport`] and a [`Clock`] of its own. That is how it can be built for
//!   wasm32, which is not verified.
//! - `blocking`: [`Wait`], for programs without async.
//! - `test-util`: [`double`] and [`SkippingClock`], for tests without a socket and without waiting.
//! - `tracing`: a span for each attempt of a call.
//! - `serde`: `Serialize` and `Deserialize` for all generated types, and for the types of values here. Both keep to the wire
//!   form, which also is what [`to_json`] writes and [`from_json`] reads without this feature: limits are not checked, unknown
//!   values and variants are kept, and **a [`Secret`] is written in clear**. Any format will do that says itself what it holds,
//!   such as JSON, YAML, TOML, MessagePack or CBOR. Numbers with more digits than a float can hold stay exact in `serde_json`,
//!   and are texts in other formats. A format without null, such as TOML, leaves it out. A [`Nullable`] in a type of your own
//!   wants `#[serde(default, skip_serializing_if = "Nullable::is_absent")]`.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

#[cfg(feature = "blocking")]
mod blocking;
mod charset;
mod client;
mod clock;
pub mod codec;
#[cfg(feature = "test-util")]
pub mod double;
mod error;
mod events;
mod exchange;
mod features;
mod file;
mod format;
mod headers;
mod multipart;
mod nullable;
mod options;
mod paging;
mod parameter;
mod properties;
mod rate_limit;
mod request;
mod request_body;
mod response;
mod retry;
mod secret;
mod security;
#[cfg(feature = "serde")]
#[doc(hidden)]
pub mod serde;
mod server;
mod trace;
mod transport;

#[cfg(feature = "blocking")]
pub use self::blocking::{Wait, WaitEach};
pub use self::client::{Call, Core, CoreBuilder, ReadResponse, Sending};
#[cfg(feature = "test-util")]
pub use self::clock::SkippingClock;
pub use self::clock::{Clock, Sleep};
pub use self::codec::{
    DecodeError, Deviation, Limit, Mismatch, UnknownInteger, UnknownText, Violation, from_json, to_json,
};
pub use self::error::{Error, ErrorKind, RequestError, TransportError};
pub use self::events::{EventFormat, Events};
pub use self::file::File;
pub use self::format::{Date, DateTime, Decimal, DecimalNumber, InvalidFormat, Rfc2822};
pub use self::headers::{optional_header, required_header};
pub use self::multipart::PartEncoding;
pub use self::nullable::Nullable;
pub use self::options::{CallOptions, Timeouts};
pub use self::paging::{Items, Mark, NextPage, Paged, Pages, Turn};
pub use self::parameter::{Parameter, Style};
pub use self::rate_limit::{RateLimit, RateLimitHeader, RateLimiter, TimeUnit};
pub use self::request::Request;
pub use self::response::{Body, Outcome, Response};
pub use self::retry::Retry;
pub use self::secret::Secret;
pub use self::security::{Credential, Location, ProviderError, SecurityScheme, Token, TokenFuture, TokenProvider};
pub use self::server::{Server, ServerVariable};
#[cfg(feature = "reqwest")]
pub use self::transport::ReqwestTransport;
pub use self::transport::{Attempt, IncomingBody, Middleware, Next, OutgoingBody, Transport, TransportFuture};

pub use bytes::Bytes;
pub use http;
pub use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
pub use jiff;
#[cfg(feature = "reqwest")]
pub use reqwest;

/// Free-form JSON.
pub type JsonValue = serde_json::Value;

/// A free-form JSON object.
pub type JsonObject = serde_json::Map<String, serde_json::Value>;
