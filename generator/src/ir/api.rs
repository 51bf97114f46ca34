//! The document as a whole: info, server, security schemes, and the operations by resource.

use super::{BodyContent, Features, Gate, Limit, Operation, Type, TypeDef, TypeKind, Types, Usage};
use crate::pointer::Pointer;

/// A whole client.
#[derive(Debug)]
pub struct Api {
    /// `info.title`
    pub title: String,
    /// `info.version`
    pub version: String,
    /// `info.description`
    pub docs: String,
    /// The first of `servers`, then those that paths and operations have of their own.
    pub servers: Vec<Server>,
    /// `components.securitySchemes`
    pub security_schemes: Vec<SecurityScheme>,
    /// The operations by tag.
    pub resources: Vec<Resource>,
    /// How many operations of the document cannot be expressed.
    pub left_out: usize,
    /// How many component schemas the document has.
    pub schemas: usize,
    /// How many of them cannot be expressed.
    pub schemas_left_out: usize,
    /// The distinct bodies of documented errors.
    pub error_bodies: Vec<ErrorBody>,
    /// The types.
    pub types: Types,
    /// Which parts of it all a build may leave out.
    pub features: Features,
    /// The values that the document gives as examples of its types.
    pub values: Vec<ExampleValue>,
    /// The schemas whose values are JSON, with their types.
    pub schemas_by_type: Vec<TypedSchema>,
}

/// A schema and the type of its values.
#[derive(Debug)]
pub struct TypedSchema {
    /// The place of the schema.
    pub schema: Pointer,
    /// The type.
    pub ty: Type,
    /// The constraints that are checked before a value is sent.
    pub limits: Vec<Limit>,
    /// Where values travel.
    pub usage: Usage,
}

/// A value that the document gives as an example.
#[derive(Debug)]
pub struct ExampleValue {
    /// The type that it should be of.
    pub ty: Type,
    /// The value.
    pub value: serde_json::Value,
    /// Its place.
    pub pointer: Pointer,
    /// The place of its schema.
    pub schema: Pointer,
}

impl Api {
    /// How many operations there are, of which some can be called in several ways.
    pub fn operation_count(&self) -> usize {
        self.operations().filter(|operation| operation.variant.is_none()).count()
    }

    /// The document's own server.
    pub fn server(&self) -> &Server {
        &self.servers[0]
    }

    /// The parts of servers' URLs that the caller chooses; those of one name are one.
    pub fn server_variables(&self) -> Vec<&ServerVariable> {
        let mut distinct: Vec<&ServerVariable> = Vec::new();
        for variable in self.servers.iter().flat_map(|server| &server.variables) {
            if !distinct.iter().any(|known| known.wire == variable.wire) {
                distinct.push(variable);
            }
        }
        distinct
    }

    /// All calls in order.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.resources.iter().flat_map(|resource| &resource.operations)
    }
}

impl Api {
    /// Every named item of the client with its place in the document, by its path from the client's root.
    pub fn places(&self) -> Vec<(String, Pointer)> {
        let mut places = Vec::new();
        for variable in self.server_variables() {
            places.push((format!("ClientBuilder::{}", variable.rust), variable.pointer.clone()));
        }
        for scheme in &self.security_schemes {
            places.push((format!("ClientBuilder::{}", scheme.rust), scheme.pointer.clone()));
        }
        for resource in &self.resources {
            let module = format!("operations::{}", resource.accessor);
            for operation in &resource.operations {
                let method = format!("{module}::{}::{}", resource.type_name, operation.method_name);
                places.push((method, operation.pointer.clone()));
                places.extend(operation_places(&format!("{module}::{}", operation.type_name), operation));
            }
        }
        places.extend(self.types.iter().flat_map(type_places));
        places
    }
}

/// The parts of an operation: parameters, body, and responses by status.
fn operation_places(call: &str, operation: &Operation) -> Vec<(String, Pointer)> {
    let parameters = operation.parameters.iter();
    let mut places: Vec<_> =
        parameters.map(|parameter| (format!("{call}::{}", parameter.rust), parameter.pointer.clone())).collect();
    if let Some(body) = &operation.body
        && matches!(body.content, BodyContent::Whole { .. })
    {
        places.push((format!("{call}::body"), body.pointer.clone()));
    }
    places.extend(
        operation.responses.cases.iter().map(|case| (format!("{call}[{}]", case.status), case.pointer.clone())),
    );
    places
}

/// A type and its fields or variants.
fn type_places(definition: &TypeDef) -> Vec<(String, Pointer)> {
    let name = format!("types::{}", definition.name);
    let part = |rust: &str, pointer: &Pointer| (format!("{name}::{rust}"), pointer.clone());
    let mut places = vec![(name.clone(), definition.pointer.clone())];
    match &definition.kind {
        TypeKind::Struct(object) => {
            places.extend(object.fields.iter().map(|field| part(&field.name.rust, &field.pointer)));
            places.extend(object.flatten.iter().map(|flatten| part(&flatten.rust, &flatten.pointer)));
        }
        TypeKind::StringEnum(listed) => {
            places.extend(listed.values.iter().map(|value| part(&value.rust, &value.pointer)));
        }
        TypeKind::IntegerEnum(listed) => {
            places.extend(listed.values.iter().map(|value| part(&value.rust, &value.pointer)));
        }
        TypeKind::Union(union) => {
            places.extend(union.variants.iter().map(|variant| part(&variant.rust, &variant.pointer)));
        }
        TypeKind::Alias(_) | TypeKind::Newtype(_) => {}
    }
    places
}

/// A server.
#[derive(Debug)]
pub struct Server {
    /// The constant that stands for it.
    pub constant: String,
    /// The URL with `{variables}`.
    pub url: String,
    /// What the document says of it.
    pub docs: String,
    /// The variables in the order of the document.
    pub variables: Vec<ServerVariable>,
    /// The servers that the document names beside it: URLs and what it says of them.
    pub others: Vec<(String, String)>,
}

/// A part of a server's URL that the caller chooses.
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
    /// Its place.
    pub pointer: Pointer,
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
    /// Its place.
    pub pointer: Pointer,
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
    /// `type: http` with any other `scheme`.
    Http {
        /// `scheme`
        scheme: String,
    },
    /// `type: http`, `scheme: bearer`; also `oauth2` and `openIdConnect`, of which the client sends the token.
    Bearer,
}

/// `in` of a parameter or an API key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// `in: path`
    Path,
    /// `in: query`
    Query,
    /// `in: header`
    Header,
    /// `in: cookie`
    Cookie,
    /// A header of the parts that a property of a multipart body becomes.
    Part {
        /// The property.
        property: String,
        /// Whether the value is a list with an item for each part.
        each: bool,
    },
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
    /// Which builds it is in.
    pub gate: Gate,
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
    /// Which builds it is in.
    pub gate: Gate,
}
