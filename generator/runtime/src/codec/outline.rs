//! [`Outline`]: where every value of a JSON text begins and ends, so that any part of it is found and passed over in one step.
//!
//! One pass over the text builds it, only where a value does not simply decode: to choose among the alternatives of a
//! union, or to report what does not match. What a value means is not known here.

use std::borrow::Cow;

use jiter::Jiter;

use super::reader::{MAX_DEPTH, syntax, too_deep};
use super::{DecodeError, Kind};

/// The index of a value in its [`Outline`].
pub(crate) type NodeId = usize;

/// All values of a text, each before those inside it, so that their starts ascend.
#[derive(Debug)]
pub(crate) struct Outline<'j> {
    text: &'j [u8],
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Node {
    kind: Kind,
    start: usize,
    end: usize,
    /// Where the quotes of the property's name are; empty for what is not a property.
    name: (usize, usize),
    parent: Option<NodeId>,
    /// The index behind the last value inside this one.
    next: NodeId,
}

impl<'j> Outline<'j> {
    /// Outlines the one value of a text.
    ///
    /// # Errors
    /// Returns an error if the text is not JSON, or is nested too deeply.
    pub(crate) fn new(text: &'j [u8]) -> Result<Self, DecodeError> {
        let mut jiter = Jiter::new(text);
        jiter.next_skip().map_err(syntax)?;
        jiter.finish().map_err(syntax)?;
        let mut scanner = Scanner { text, at: 0, nodes: Vec::new(), open: Vec::new() };
        scanner.scan()?;
        Ok(Self { text, nodes: scanner.nodes })
    }

    /// The value that begins at an offset.
    pub(crate) fn at(&self, start: usize) -> Option<NodeId> {
        self.nodes.binary_search_by_key(&start, |node| node.start).ok()
    }

    /// The kind of a value.
    pub(crate) fn kind(&self, node: NodeId) -> Kind {
        self.nodes[node].kind
    }

    /// The bytes from the start of the text to a value.
    pub(crate) fn start(&self, node: NodeId) -> usize {
        self.nodes[node].start
    }

    /// The JSON of a value.
    pub(crate) fn raw(&self, node: NodeId) -> &'j [u8] {
        let node = &self.nodes[node];
        &self.text[node.start..node.end]
    }

    /// The content of a string; any other value as it is written.
    pub(crate) fn text(&self, node: NodeId) -> Cow<'j, str> {
        match self.nodes[node].kind {
            Kind::String => unquoted(self.raw(node)),
            _ => String::from_utf8_lossy(self.raw(node)),
        }
    }

    /// The name of a property; empty for what is not one.
    pub(crate) fn name(&self, node: NodeId) -> Cow<'j, str> {
        let (start, end) = self.nodes[node].name;
        if start == end { Cow::Borrowed("") } else { unquoted(&self.text[start..end]) }
    }

    /// The items of an array, or the values of the properties of an object.
    pub(crate) fn children(&self, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.nodes[node].next;
        let first = Some(node + 1).filter(|first| *first < end);
        std::iter::successors(first, move |child| Some(self.nodes[*child].next).filter(|next| *next < end))
    }

    /// The value of a property; the last one, if there are several of that name.
    pub(crate) fn property(&self, object: NodeId, name: &str) -> Option<NodeId> {
        self.children(object).filter(|child| self.name(*child) == name).last()
    }

    /// The array or object that a value stands in.
    pub(crate) fn parent(&self, node: NodeId) -> Option<NodeId> {
        self.nodes[node].parent
    }
}

/// The content of a string that is known to be valid.
fn unquoted(quoted: &[u8]) -> Cow<'_, str> {
    let content = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default();
    match std::str::from_utf8(content) {
        Ok(content) if !content.contains('\\') => Cow::Borrowed(content),
        _ => Cow::Owned(Jiter::new(quoted).next_str().map(str::to_owned).unwrap_or_default()),
    }
}

/// Walks a text that is known to be JSON.
struct Scanner<'j> {
    text: &'j [u8],
    at: usize,
    nodes: Vec<Node>,
    /// The arrays and objects that the walk is in.
    open: Vec<NodeId>,
}

impl Scanner<'_> {
    fn scan(&mut self) -> Result<(), DecodeError> {
        let mut name = (0, 0);
        while let Some(byte) = self.text.get(self.at) {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' | b',' | b':' => self.at += 1,
                b'}' | b']' => self.close(),
                b'"' if name.0 == name.1 && self.wants_name() => name = self.string(),
                b'{' => self.open(Kind::Object, std::mem::take(&mut name))?,
                b'[' => self.open(Kind::Array, std::mem::take(&mut name))?,
                _ => self.scalar(std::mem::take(&mut name)),
            }
        }
        Ok(())
    }

    /// Whether the next string is the name of a property.
    fn wants_name(&self) -> bool {
        self.open.last().is_some_and(|open| self.nodes[*open].kind == Kind::Object)
    }

    fn push(&mut self, kind: Kind, name: (usize, usize)) -> NodeId {
        let node = self.nodes.len();
        let parent = self.open.last().copied();
        self.nodes.push(Node { kind, start: self.at, end: self.at, name, parent, next: node + 1 });
        node
    }

    fn open(&mut self, kind: Kind, name: (usize, usize)) -> Result<(), DecodeError> {
        if self.open.len() >= MAX_DEPTH {
            return Err(too_deep(self.at));
        }
        let node = self.push(kind, name);
        self.open.push(node);
        self.at += 1;
        Ok(())
    }

    fn close(&mut self) {
        self.at += 1;
        if let Some(node) = self.open.pop() {
            let next = self.nodes.len();
            let node = &mut self.nodes[node];
            (node.end, node.next) = (self.at, next);
        }
    }

    fn scalar(&mut self, name: (usize, usize)) {
        let kind = match self.text[self.at] {
            b'"' => Kind::String,
            b't' | b'f' => Kind::Boolean,
            b'n' => Kind::Null,
            _ => Kind::Number,
        };
        let node = self.push(kind, name);
        if kind == Kind::String {
            self.string();
        } else {
            let rest = &self.text[self.at..];
            let is_end = |byte: &u8| matches!(byte, b',' | b'}' | b']' | b' ' | b'\t' | b'\n' | b'\r');
            self.at += rest.iter().position(is_end).unwrap_or(rest.len());
        }
        self.nodes[node].end = self.at;
    }

    /// Passes over a string, and returns where it begins and ends.
    fn string(&mut self) -> (usize, usize) {
        let start = self.at;
        self.at += 1;
        while let Some(byte) = self.text.get(self.at) {
            match byte {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at = (self.at + 1).min(self.text.len());
        (start, self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_offset_name_and_parent() {
        let text = br#" {"a": [1, {"b\n": "x\"}"}], "c": {}, "a": null} "#;
        let outline = Outline::new(text).unwrap();
        assert_eq!(outline.kind(0), Kind::Object);
        let names: Vec<_> = outline.children(0).map(|node| outline.name(node)).collect();
        assert_eq!(names, ["a", "c", "a"]);
        assert_eq!(outline.property(0, "a").map(|node| outline.kind(node)), Some(Kind::Null), "the last one");
        let list = outline.children(0).next().unwrap();
        let object = outline.children(list).nth(1).unwrap();
        let string = outline.property(object, "b\n").unwrap();
        assert_eq!(outline.text(string), "x\"}");
        assert_eq!(outline.raw(string), br#""x\"}""#);
        assert_eq!(outline.at(outline.start(string)), Some(string));
        assert_eq!(outline.parent(string), Some(object));
        assert_eq!(outline.children(outline.property(0, "c").unwrap()).count(), 0);
    }

    #[test]
    fn what_is_not_json_or_too_deep_is_an_error() {
        for text in ["", "{", "[1,]", "{\"a\"}", "tru", "1 2", "\"\u{1}\""] {
            assert!(Outline::new(text.as_bytes()).is_err(), "{text}");
        }
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(Outline::new(nested(128).as_bytes()).is_ok());
        assert!(Outline::new(nested(129).as_bytes()).is_err());
        let beside = |value: &str| format!("[{}1]", format!("{value},").repeat(MAX_DEPTH * 2));
        for value in ["[]", "{}", r#"{"a":[{}]}"#] {
            assert!(Outline::new(beside(value).as_bytes()).is_ok(), "{value}");
        }
    }
}
