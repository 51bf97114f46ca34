//! The stable names of the diagnostics: one line each, so that this file is the list of them.

use std::fmt;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $code:ident = $name:literal,)*) => {
        /// What kind of problem a diagnostic tells of.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $code,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$code),*];

            /// The name that is shown.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$code => $name,)*
                }
            }

            /// What it means, with a document that brings it about and one that does not: Markdown.
            pub fn explanation(self) -> &'static str {
                match self {
                    $(Self::$code => include_str!(concat!("explain/", $name, ".md")),)*
                }
            }

            /// The code of a name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.name() == name)
            }
        }
    };
}

codes! {
    /// The text is neither JSON nor YAML.
    Syntax = "syntax",
    /// An object has a property twice.
    DuplicateKey = "duplicate-key",
    /// The document is not an OpenAPI document.
    NotOpenApi = "not-openapi",
    /// The version of OpenAPI is not supported.
    UnsupportedVersion = "unsupported-version",
    /// An object is not as the specification wants it, but it is clear what is meant.
    RepairedObject = "repaired-object",
    /// A keyword of OpenAPI 3.1 in a document of 3.0.
    NewerKeyword = "newer-keyword",
    /// An object does not have the shape that the specification gives it, so that it or a part of it is left out.
    InvalidObject = "invalid-object",
    /// A `$ref` leads nowhere.
    UnresolvedRef = "unresolved-ref",
    /// A `$ref` leads to a file that is not read, to the network, or to a place that cannot be referred to.
    UnsupportedRef = "unsupported-ref",
    /// `$ref`s lead back to where they began without a schema in between.
    RefCycle = "ref-cycle",
    /// An operation that cannot be called by the client.
    OperationLeftOut = "operation-left-out",
    /// A component schema or a property that no type can express.
    SchemaLeftOut = "schema-left-out",
    /// An operation has no `operationId`.
    MissingOperationId = "missing-operation-id",
    /// Two operations have the same `operationId`.
    DuplicateOperationId = "duplicate-operation-id",
    /// A path template and the path parameters do not agree.
    PathParameter = "path-parameter",
    /// Two parameters of an operation have the same name and location.
    DuplicateParameter = "duplicate-parameter",
    /// A parameter that OpenAPI says to ignore.
    IgnoredParameter = "ignored-parameter",
    /// A request body or response in a media type that is not JSON.
    UnsupportedMediaType = "unsupported-media-type",
    /// A media type declares a charset that its text is not in.
    UnsupportedCharset = "unsupported-charset",
    /// A response that cannot have content describes some.
    IgnoredContent = "ignored-content",
    /// A value that its `style` cannot write.
    UnsupportedStyle = "unsupported-style",
    /// An operation without responses.
    NoResponses = "no-responses",
    /// A security requirement names a scheme that does not exist.
    UnknownSecurityScheme = "unknown-security-scheme",
    /// A security scheme of a kind that is not supported.
    UnsupportedSecurityScheme = "unsupported-security-scheme",
    /// A server URL with a variable that is not declared, or not a URL at all.
    InvalidServer = "invalid-server",
    /// A schema says two things that cannot both be true.
    ConflictingSchema = "conflicting-schema",
    /// A schema has a `type` that does not exist.
    UnknownType = "unknown-type",
    /// A keyword of a schema that changes nothing in the client.
    IgnoredKeyword = "ignored-keyword",
    /// A `pattern` that is not an ECMA-262 regular expression.
    InvalidPattern = "invalid-pattern",
    /// An example that is not of the type of its schema.
    InvalidExample = "invalid-example",
    /// A discriminator does not tell its schemas apart.
    InvalidDiscriminator = "invalid-discriminator",
    /// An extension that the generator knows (`x-…`), with a value that it cannot have.
    InvalidExtension = "invalid-extension",
    /// An overlay that cannot be applied.
    InvalidOverlay = "invalid-overlay",
    /// An action of an overlay that is about nothing in the document.
    UnmatchedTarget = "unmatched-target",
    /// Something that is not a request that the client makes.
    IgnoredCallbacks = "ignored-callbacks",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
