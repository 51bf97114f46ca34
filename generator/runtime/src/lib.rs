//! What every generated API client shares.
//!
//! A client generated from an OpenAPI document is types, and functions of a few lines that say what is particular to
//! an operation. All the rest is here, once: how a value meets JSON ([`codec`]), how parameters are written
//! ([`Parameter`]), which credentials a call carries ([`SecurityScheme`]), how a request is sent ([`Core`]), and what
//! comes back ([`Response`], [`Error`]).
//!
//! Code that uses a client meets [`Response`], [`Error`], [`Secret`], [`Token`], [`File`], [`Events`], [`Nullable`] and
//! the types of values with a format ([`Decimal`], [`Rfc2822`], …). The other names are for generated code.
//!
//! # Features
//!
//! - `rustls` (default), `native-tls`, `rustls-no-provider`: the TLS implementation. With none of them only `http` works.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod client;
pub mod codec;
mod error;
mod events;
mod features;
mod file;
mod format;
mod headers;
mod multipart;
mod nullable;
mod parameter;
mod request;
mod request_body;
mod response;
mod secret;
mod security;
mod server;
mod transport;

pub use self::client::{Call, Core, CoreBuilder, ReadResponse, Sending};
pub use self::codec::{DecodeError, Limit, UnknownInteger, UnknownText, Violation};
pub use self::error::{Error, ErrorKind, RequestError, TransportError};
pub use self::events::{EventFormat, Events};
pub use self::file::File;
pub use self::format::{Date, DateTime, Decimal, DecimalNumber, InvalidFormat, Rfc2822};
pub use self::headers::{optional_header, required_header};
pub use self::multipart::PartEncoding;
pub use self::nullable::Nullable;
pub use self::parameter::{Parameter, Style};
pub use self::request::Request;
pub use self::response::{Body, Outcome, Response};
pub use self::secret::Secret;
pub use self::security::{Credential, Location, ProviderError, SecurityScheme, Token, TokenFuture, TokenProvider};
pub use self::server::{Server, ServerVariable};

pub use bytes::Bytes;
pub use http::{HeaderMap, Method, StatusCode};
pub use {jiff, reqwest};

/// Free-form JSON.
pub type JsonValue = serde_json::Value;

/// A free-form JSON object.
pub type JsonObject = serde_json::Map<String, serde_json::Value>;
