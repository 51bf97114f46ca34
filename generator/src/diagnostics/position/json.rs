//! The text of a JSON document in, its nodes out.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{MAX_DEPTH, Node};

/// Walks a text.
pub fn walk(text: &str) -> Node {
    let mut root = Node::default();
    let _ = Scanner { text, at: 0 }.value(&mut root, 0);
    root
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl Scanner<'_> {
    /// Fills in what is in the value that begins here; `None` where the text ends or is no JSON.
    fn value(&mut self, node: &mut Node, depth: usize) -> Option<()> {
        match self.peek()? {
            _ if depth > MAX_DEPTH => None,
            b'{' => self.object(node, depth),
            b'[' => self.array(node, depth),
            b'"' => self.string().map(drop),
            _ => {
                self.scalar();
                Some(())
            }
        }
    }

    fn object(&mut self, node: &mut Node, depth: usize) -> Option<()> {
        self.at += 1;
        while self.peek()? != b'}' {
            let bytes = self.string()?;
            // A key may be written with escapes.
            let key: String = serde_json::from_str(&self.text[bytes.clone()]).ok()?;
            self.take(b':')?;
            let mut child = Node { bytes, ..Node::default() };
            let whole = self.value(&mut child, depth + 1);
            node.insert(key, child);
            whole?;
            self.next_or(b'}')?;
        }
        self.take(b'}')
    }

    fn array(&mut self, node: &mut Node, depth: usize) -> Option<()> {
        self.at += 1;
        (node.is_list, node.children) = (true, BTreeMap::new());
        for index in 0_usize.. {
            let first = self.peek()?;
            if first == b']' {
                break;
            }
            let start = self.at;
            let mut child = Node::default();
            let whole = self.value(&mut child, depth + 1);
            // One character is enough to point at what holds others.
            let end = if matches!(first, b'{' | b'[') { start + 1 } else { self.at };
            node.children.insert(index.to_string(), Node { bytes: start..end, ..child });
            whole?;
            self.next_or(b']')?;
        }
        self.take(b']')
    }

    /// The bytes of a text with its quotes.
    fn string(&mut self) -> Option<Range<usize>> {
        let start = (self.peek()? == b'"').then_some(self.at)?;
        let mut is_escaped = false;
        let is_end = |byte: &u8| {
            let is_end = *byte == b'"' && !is_escaped;
            is_escaped = *byte == b'\\' && !is_escaped;
            is_end
        };
        let length = self.text.as_bytes()[start + 1..].iter().position(is_end)?;
        self.at = start + 1 + length + 1;
        Some(start..self.at)
    }

    /// A number or a word.
    fn scalar(&mut self) {
        let is_end = |byte: u8| b",]} \t\r\n".contains(&byte);
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().position(|byte| is_end(*byte)).unwrap_or(rest.len());
    }

    /// The next byte that is not blank. A mark at the beginning of a file counts as blank.
    fn peek(&mut self) -> Option<u8> {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n', '\u{feff}']).len();
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, expected: u8) -> Option<()> {
        (self.peek()? == expected).then(|| self.at += 1)
    }

    /// Behind an item: a comma, or the end.
    fn next_or(&mut self, end: u8) -> Option<()> {
        if self.peek()? == end { Some(()) } else { self.take(b',') }
    }
}
