//! An operation: what it takes, what it sends, what may come back.

use super::{Example, Limit, Location, Paging, Type, TypeId};
use crate::pointer::Pointer;

/// One operation.
#[derive(Debug)]
pub struct Operation {
    /// `operationId`
    pub id: String,
    /// What tells this call from the one that is preferred, if it is another way to send the body or to read the response.
    pub variant: Option<&'static str>,
    /// The resource's method.
    pub method_name: String,
    /// The type of a call that is being prepared.
    pub type_name: String,
    /// The HTTP method.
    pub method: Method,
    /// The path template.
    pub path: String,
    /// `summary`
    pub summary: String,
    /// `description`
    pub description: String,
    /// `deprecated`
    pub deprecated: bool,
    /// The parameters, path parameters first, in the document's order.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<RequestBody>,
    /// What may come back.
    pub responses: Responses,
    /// The server that is called, if that is not the document's.
    pub server: Option<usize>,
    /// Alternatives of security schemes by index, of which one set must be met.
    pub security: Vec<Vec<usize>>,
    /// Whether it does harm if the server gets it twice.
    pub repeat: Repeat,
    /// How it pages, if it does.
    pub paging: Option<Paging>,
    /// A call with example data; none if no value of what it must be given has an end.
    pub example: Option<Example>,
    /// Its place.
    pub pointer: Pointer,
}

/// What tells whether a call does harm if the server gets it twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Its method, by the rules of HTTP.
    ByMethod,
    /// The document, in `x-idempotent`.
    Documented(bool),
    /// A key in this header, by which the server knows the second from the first.
    ByKey(String),
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `get`
    Get,
    /// `put`
    Put,
    /// `post`
    Post,
    /// `delete`
    Delete,
    /// `options`
    Options,
    /// `head`
    Head,
    /// `patch`
    Patch,
    /// `trace`
    Trace,
}

impl Method {
    /// The method as HTTP writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }
}

/// Whether a caller must give something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arity {
    /// It is an argument.
    Required,
    /// It has a setter.
    Optional,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name on the wire.
    pub wire: String,
    /// The argument or setter.
    pub rust: String,
    /// `in`
    pub location: Location,
    /// How it is written.
    pub serialization: Serialization,
    /// `required`
    pub arity: Arity,
    /// Its type.
    pub ty: Type,
    /// Its constraints.
    pub limits: Vec<Limit>,
    /// `default` as JSON.
    pub default: Option<String>,
    /// `deprecated`
    pub deprecated: bool,
    /// Whether its properties, of which any name may be one, stand among other parameters without its own name.
    pub spread: bool,
    /// What the document says of it.
    pub docs: String,
    /// Its place.
    pub pointer: Pointer,
}

/// How a parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Serialization {
    /// By the rules of a style.
    Style {
        /// `style`, if it is not the one that goes without saying.
        style: Option<Style>,
        /// `explode`, if it is not the one that goes without saying.
        explode: Option<bool>,
        /// `allowReserved`
        allow_reserved: bool,
    },
    /// As JSON text: `content` with a JSON media type.
    Json,
}

impl Serialization {
    /// The style that goes without saying.
    pub const DEFAULT: Self = Self::Style { style: None, explode: None, allow_reserved: false };
}

/// `style` of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `label`
    Label,
    /// `matrix`
    Matrix,
    /// `spaceDelimited`
    SpaceDelimited,
    /// `pipeDelimited`
    PipeDelimited,
    /// `form`
    Form,
    /// `deepObject`
    DeepObject,
}

/// How a request body is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyFormat {
    /// `application/json` and its relatives
    Json,
    /// `application/x-www-form-urlencoded`, with what the document says of its properties
    Form(Vec<PartEncoding>),
    /// `multipart/form-data`, with what the document says of its parts
    Multipart(Vec<PartEncoding>),
    /// `text/plain` and its relatives, in UTF-8
    Text,
    /// The same in the charset that the media type declares.
    TextInCharset,
    /// Any other media type.
    File,
}

/// `encoding` of one property of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartEncoding {
    /// The property.
    pub name: String,
    /// `contentType`
    pub media_type: Option<String>,
    /// `style`
    pub style: Option<Style>,
    /// `explode`
    pub explode: Option<bool>,
    /// `allowReserved`
    pub allow_reserved: bool,
    /// The headers of the part that always have the same value, and the value.
    pub headers: Vec<(String, String)>,
    /// The headers that the part must have and that a caller may fail to give.
    pub required_headers: Vec<String>,
}

/// How the body of a response is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadFormat {
    /// `application/json` and its relatives
    Json,
    /// A range of media types: as JSON or as text, by the one that is received.
    Any,
    /// `text/plain` and its relatives
    Text,
    /// Any other media type.
    Bytes,
    /// One value after the other, as they come.
    Events(EventFormat),
}

/// How values that come one after the other are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventFormat {
    /// `text/event-stream`
    ServerSent,
    /// `application/x-ndjson` and its relatives
    JsonLines,
    /// `application/json-seq`
    JsonSequence,
}

/// A request body.
#[derive(Clone, Debug)]
pub struct RequestBody {
    /// The media type that is sent.
    pub media_type: String,
    /// How it is written.
    pub format: BodyFormat,
    /// How the caller gives it.
    pub content: BodyContent,
    /// What the document says of it.
    pub docs: String,
    /// Its place.
    pub pointer: Pointer,
}

/// How a caller gives a request body.
#[derive(Clone, Debug)]
pub enum BodyContent {
    /// In one piece.
    Whole {
        /// `required`
        arity: Arity,
        /// Its type.
        ty: Type,
        /// Its constraints.
        limits: Vec<Limit>,
    },
    /// By its properties: the required ones are arguments, the others have setters.
    Properties {
        /// The struct that the properties belong to.
        ty: TypeId,
    },
}

/// What may come back.
#[derive(Clone, Debug)]
pub struct Responses {
    /// What a call yields.
    pub success: Success,
    /// What each status means; the most particular pattern comes first.
    pub cases: Vec<Case>,
    /// The media types that the client accepts, if that is not JSON alone.
    pub accept: Option<String>,
    /// The headers of successful responses, if the document names some.
    pub headers: Option<ResponseHeaders>,
}

/// The headers of successful responses.
#[derive(Clone, Debug)]
pub struct ResponseHeaders {
    /// The struct's name.
    pub type_name: String,
    /// Its fields.
    pub headers: Vec<ResponseHeader>,
}

/// A header of a successful response.
#[derive(Clone, Debug)]
pub struct ResponseHeader {
    /// Its name on the wire.
    pub wire: String,
    /// The field.
    pub rust: String,
    /// Its type.
    pub ty: Type,
    /// Whether every successful response has it.
    pub arity: Arity,
    /// What the document says of it.
    pub docs: String,
}

/// What a successful call yields.
#[derive(Clone, Debug)]
pub enum Success {
    /// Nothing: no successful response has a body.
    Nothing,
    /// Always this.
    Always(Type),
    /// This, or nothing for some statuses.
    Maybe(Type),
    /// A list, which is empty for the statuses that have no body.
    List(Type),
    /// Values of this type, one after the other.
    Events(Type, EventFormat),
    /// One of several, told apart by status.
    OneOf {
        /// The enum's name.
        type_name: String,
        /// Its variants.
        variants: Vec<SuccessVariant>,
    },
}

/// One of several things that a successful call may yield.
#[derive(Clone, Debug)]
pub struct SuccessVariant {
    /// Its name.
    pub rust: String,
    /// What it holds.
    pub ty: Option<Type>,
    /// What the document says of it.
    pub docs: String,
}

/// What a status means.
#[derive(Clone, Debug)]
pub struct Case {
    /// The statuses.
    pub status: StatusPattern,
    /// What they mean.
    pub outcome: CaseOutcome,
    /// What the document says of the response.
    pub docs: String,
    /// The headers that the document names.
    pub headers: Vec<String>,
    /// How a server that stands in for the real one answers so.
    pub sample: Sample,
    /// Its place.
    pub pointer: Pointer,
}

/// How a response is written that is one of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// A status that no other case takes first.
    pub status: u16,
    /// The media type of the body, without wildcards; empty if there is none.
    pub media_type: String,
}

/// A key of `responses`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatusPattern {
    /// `404`
    Code(u16),
    /// `4XX`
    Range(u16),
    /// `default`
    Default,
}

impl std::fmt::Display for StatusPattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(range) => write!(f, "{range}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// What comes with a status.
#[derive(Clone, Debug)]
pub enum CaseOutcome {
    /// The call succeeded; the variant is one of [`Success::OneOf`].
    Success {
        /// How the body is read, if there is one.
        body: Option<ReadFormat>,
        /// Which of several.
        variant: Option<usize>,
    },
    /// The call failed, with a body that is one of the API's error bodies.
    Failure(usize, ReadFormat),
    /// The call failed, and the document says nothing of a body.
    BareFailure,
}
