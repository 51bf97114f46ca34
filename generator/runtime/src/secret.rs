//! [`Secret`]: a text that may be sent but never shown.

use std::fmt;

use bytes::Bytes;
use secrecy::{ExposeSecret, SecretString};

use zeroize::Zeroizing;

use crate::codec::{Decode, DecodeError, Encode, Kinds, Limit, Reader, Shape, StringShape, Writer};

/// Bytes that are wiped from memory when the last of their owners is gone.
pub(crate) fn wiped(bytes: impl Into<Vec<u8>>) -> Bytes {
    Bytes::from_owner(Zeroizing::new(bytes.into()))
}

/// A credential.
///
/// `Debug` shows `[redacted]`, there is no `Display`, and the memory is wiped when the value is dropped.
/// Compare with [`PartialEq`], read with [`expose`](Self::expose). In JSON, and in what serde writes with the feature
/// `serde`, it is in clear, since that is how it goes over the wire.
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// Takes a text into custody.
    pub fn new(text: impl Into<String>) -> Self {
        Self(SecretString::from(text.into()))
    }

    /// The text. What you do with it is no longer protected.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl Eq for Secret {}

impl Default for Secret {
    fn default() -> Self {
        Self::new("")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl Encode for Secret {
    fn encode(&self, out: &mut Writer) {
        out.string(self.expose());
    }

    fn check(&self, limits: &'static [Limit], out: &mut Writer) {
        self.expose().check(limits, out);
    }
}

impl Decode for Secret {
    fn decode(input: &mut Reader<'_>) -> Result<Self, DecodeError> {
        input.string().map(Self::from)
    }

    const KINDS: Kinds = Kinds::STRING;

    fn shape() -> Shape {
        Shape::String(StringShape::ANY)
    }
}
