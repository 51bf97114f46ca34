//! The document as a whole: info, server, security schemes, and the operations by resource.

use super::{Operation, Type, Types};

/// A whole client.
#[derive(Debug)]
pub struct Api {
    /// `info.title`
    pub title: String,
    /// `info.version`
    pub version: String,
    /// `info.description`
    pub docs: String,
    /// The first of `servers`.
    pub server: Server,
    /// `components.securitySchemes`
    pub security_schemes: Vec<SecurityScheme>,
    /// The operations by tag.
    pub resources: Vec<Resource>,
    /// The distinct bodies of documented errors.
    pub error_bodies: Vec<ErrorBody>,
    /// The types.
    pub types: Types,
}

impl Api {
    /// How many operations there are.
    pub fn operation_count(&self) -> usize {
        self.operations().count()
    }

    /// All operations in order.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.resources.iter().flat_map(|resource| &resource.operations)
    }
}

/// A server and its variables.
#[derive(Debug)]
pub struct Server {
    /// The URL with `{variables}`.
    pub url: String,
    /// What the document says of it.
    pub docs: String,
    /// The variables in the order of the document.
    pub variables: Vec<ServerVariable>,
    /// The other servers of the document: URLs and what it says of them.
    pub others: Vec<(String, String)>,
}

/// A part of the server's URL that the caller chooses.
#[derive(Debug)]
pub struct ServerVariable {
    /// Its name in the URL.
    pub wire: String,
    /// The builder's setter.
    pub rust: String,
    /// What stands there if the caller does not choose; empty if the caller must.
    pub default: String,
    /// All that may stand there; empty if anything may.
    pub values: Vec<String>,
    /// What the document says of it.
    pub docs: String,
}

/// A way to show who calls.
#[derive(Debug)]
pub struct SecurityScheme {
    /// Its name in `components.securitySchemes`.
    pub wire: String,
    /// The builder's setter.
    pub rust: String,
    /// The constant that stands for it.
    pub constant: String,
    /// What it takes and where that goes.
    pub kind: CredentialKind,
    /// What the document says of it.
    pub docs: String,
}

/// What a security scheme takes and where that goes.
#[derive(Debug)]
pub enum CredentialKind {
    /// `type: apiKey`
    ApiKey {
        /// `in`
        location: Location,
        /// `name`
        name: String,
    },
    /// `type: http`, `scheme: basic`
    Basic,
    /// `type: http`, `scheme: bearer`; also `oauth2` and `openIdConnect`, of which the client sends the token.
    Bearer,
}

/// `in` of a parameter or an API key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// `in: path`
    Path,
    /// `in: query`
    Query,
    /// `in: header`
    Header,
    /// `in: cookie`
    Cookie,
}

/// The operations of one tag.
#[derive(Debug)]
pub struct Resource {
    /// The tag as the document writes it.
    pub tag: String,
    /// The Rust type.
    pub type_name: String,
    /// The client's method, and the module.
    pub accessor: String,
    /// What the document says of the tag.
    pub docs: String,
    /// The operations in the document's order.
    pub operations: Vec<Operation>,
}

/// One distinct body of documented errors.
#[derive(Debug)]
pub struct ErrorBody {
    /// The variant of the error body type.
    pub variant: String,
    /// The body.
    pub ty: Type,
    /// What the document says of it where it is first used.
    pub docs: String,
}
