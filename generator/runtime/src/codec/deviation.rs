//! [`Deviation`]: how a response differs from the document although it was accepted.

use std::fmt;

/// A difference between a response and the document that the client accepts.
///
/// The kinds of differences in values are those that a JSON Schema validator reports about types, missing properties, listed
/// values and alternatives. Constraints such as `maxLength` or `pattern` are not checked on responses.
///
/// `Debug` and `Display` do not show what was received, which may be a credential.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Deviation {
    /// A value in the body is not what the document says.
    #[non_exhaustive]
    Value {
        /// The place in the body, as in `$.items[2].quantity`; `$` is the body itself.
        path: String,
        /// What the document says, as in "an integer".
        expected: String,
        /// The JSON that was received; `None` for a missing property.
        received: Option<String>,
    },
    /// The media type is missing or is not the documented one.
    #[non_exhaustive]
    MediaType {
        /// The media type that the document says.
        expected: String,
        /// The received `Content-Type`; `None` if there was none.
        received: Option<String>,
    },
}

impl Deviation {
    /// The place in the body, as in `$.items[2].quantity`; `None` if it is not about the body.
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::Value { path, .. } => Some(path),
            Self::MediaType { .. } => None,
        }
    }

    /// What the document says, as in "an integer".
    pub fn expected(&self) -> &str {
        match self {
            Self::Value { expected, .. } | Self::MediaType { expected, .. } => expected,
        }
    }

    /// The JSON or the media type that was received; `None` if it is missing.
    ///
    /// It may be a credential.
    pub fn received(&self) -> Option<&str> {
        match self {
            Self::Value { received, .. } | Self::MediaType { received, .. } => received.as_deref(),
        }
    }
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value { path, expected, received: Some(_) } => write!(f, "expected {expected} at `{path}`"),
            Self::Value { path, expected, received: None } => {
                write!(f, "expected {expected} at `{path}`, which is missing")
            }
            Self::MediaType { expected, .. } => write!(f, "expected the media type `{expected}`"),
        }
    }
}

impl fmt::Debug for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Deviation({self})")
    }
}
