//! [`Pointer`]: a JSON Pointer (RFC 6901) into the document, as a URI fragment: `#/paths/~1pets/get`.

use std::fmt;

/// The place of a node in the document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// The document itself.
    pub fn root() -> Self {
        Self("#".to_owned())
    }

    /// A fragment that is written as a pointer already; `None` if `text` is not one.
    pub fn parse(text: &str) -> Option<Self> {
        (text == "#" || text.starts_with("#/")).then(|| Self(text.to_owned()))
    }

    /// A child of this node by property name or index.
    #[must_use]
    pub fn child(&self, token: impl fmt::Display) -> Self {
        let token = token.to_string().replace('%', "%25").replace('~', "~0").replace('/', "~1");
        Self(format!("{}/{token}", self.0))
    }

    /// A grandchild: [`child`](Self::child) for each of `tokens`.
    #[must_use]
    pub fn descend(&self, tokens: &[&str]) -> Self {
        tokens.iter().fold(self.clone(), |pointer, token| pointer.child(token))
    }

    /// The steps from the root, unescaped.
    pub fn tokens(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(|token| percent_decode(token).replace("~1", "/").replace("~0", "~"))
    }

    /// The steps from `other` to this node, if it stands below.
    pub fn strip_prefix(&self, other: &Self) -> Option<&str> {
        self.0.strip_prefix(&other.0).filter(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The node that `steps` lead to from here.
    #[must_use]
    pub fn join(&self, steps: &str) -> Self {
        Self(format!("{}{steps}", self.0))
    }

    /// The text, as in `#/components/schemas/Pet`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A `$ref` is a URI, so its fragment may be percent-encoded.
pub(crate) fn percent_decode(token: &str) -> String {
    let bytes = token.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| bytes[at] == b'%') {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| token.to_owned())
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn tokens_survive_escaping() {
        let pointer = Pointer::root().child("paths").child("/a~b/{c}").child("get");
        assert_eq!(pointer.as_str(), "#/paths/~1a~0b~1{c}/get");
        assert_eq!(pointer.tokens().collect::<Vec<_>>(), ["paths", "/a~b/{c}", "get"]);
    }

    #[test]
    fn tokens_are_percent_decoded() {
        let pointer = Pointer::parse("#/paths/~1a~1%7Bid%7D").unwrap();
        assert_eq!(pointer.tokens().collect::<Vec<_>>(), ["paths", "/a/{id}"]);
    }
}
