//! Which object of OpenAPI stands where: the table by which a document is walked before it is typed.

/// The objects of OpenAPI that can be told apart by where they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object {
    /// The document.
    OpenApi,
    /// `components`
    Components,
    /// A value of `paths`
    PathItem,
    /// A value of a path item
    Operation,
    /// An item of `parameters`
    Parameter,
    /// `requestBody`
    RequestBody,
    /// A value of `responses`
    Response,
    /// A value of `headers`
    Header,
    /// A value of `content`
    MediaType,
    /// A value of `encoding`
    Encoding,
    /// A schema
    Schema,
    /// A value of `securitySchemes`
    SecurityScheme,
    /// An item of `servers`
    Server,
    /// An item of `tags`
    Tag,
    /// `info`
    Info,
    /// A value of `examples`
    Example,
}

/// How objects stand under a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Under {
    /// One object.
    One,
    /// A list or a map of objects.
    Many,
}

use Under::{Many, One};

impl Object {
    /// The map of `components` for objects of this kind, if there is one.
    pub fn section(self) -> Option<&'static str> {
        let (name, ..) = Self::Components.children().iter().find(|(_, _, object)| *object == self)?;
        Some(name)
    }

    /// Whether a `$ref` may stand in place of the object.
    pub fn may_be_reference(self) -> bool {
        self == Self::PathItem || self.section().is_some()
    }

    /// The properties under which other objects stand.
    pub fn children(self) -> &'static [(&'static str, Under, Self)] {
        match self {
            Self::OpenApi => &[
                ("info", One, Self::Info),
                ("servers", Many, Self::Server),
                ("tags", Many, Self::Tag),
                ("paths", Many, Self::PathItem),
                ("webhooks", Many, Self::PathItem),
                ("components", One, Self::Components),
            ],
            Self::Components => &[
                ("schemas", Many, Self::Schema),
                ("responses", Many, Self::Response),
                ("parameters", Many, Self::Parameter),
                ("requestBodies", Many, Self::RequestBody),
                ("headers", Many, Self::Header),
                ("examples", Many, Self::Example),
                ("securitySchemes", Many, Self::SecurityScheme),
            ],
            Self::PathItem => &[
                ("parameters", Many, Self::Parameter),
                ("servers", Many, Self::Server),
                ("get", One, Self::Operation),
                ("put", One, Self::Operation),
                ("post", One, Self::Operation),
                ("delete", One, Self::Operation),
                ("options", One, Self::Operation),
                ("head", One, Self::Operation),
                ("patch", One, Self::Operation),
                ("trace", One, Self::Operation),
            ],
            Self::Operation => &[
                ("parameters", Many, Self::Parameter),
                ("requestBody", One, Self::RequestBody),
                ("responses", Many, Self::Response),
                ("servers", Many, Self::Server),
            ],
            Self::Parameter | Self::Header => {
                &[("schema", One, Self::Schema), ("content", Many, Self::MediaType), ("examples", Many, Self::Example)]
            }
            Self::RequestBody => &[("content", Many, Self::MediaType)],
            Self::Response => &[("headers", Many, Self::Header), ("content", Many, Self::MediaType)],
            Self::MediaType => {
                &[("schema", One, Self::Schema), ("examples", Many, Self::Example), ("encoding", Many, Self::Encoding)]
            }
            Self::Encoding => &[("headers", Many, Self::Header)],
            Self::Schema => &[
                ("properties", Many, Self::Schema),
                ("oneOf", Many, Self::Schema),
                ("anyOf", Many, Self::Schema),
                ("allOf", Many, Self::Schema),
                ("items", One, Self::Schema),
                ("not", One, Self::Schema),
                ("additionalProperties", One, Self::Schema),
                // Those of 3.1, which are gone once a document is brought down to 3.0.
                ("prefixItems", Many, Self::Schema),
                ("patternProperties", Many, Self::Schema),
                ("$defs", Many, Self::Schema),
                ("definitions", Many, Self::Schema),
            ],
            Self::SecurityScheme | Self::Server | Self::Tag | Self::Info | Self::Example => &[],
        }
    }
}
