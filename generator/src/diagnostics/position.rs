//! Where nodes stand in a text: in goes the text, once, out come the bytes of any number of pointers.
//!
//! The typed document keeps no positions, so the text is walked again, as events with spans. JSON is walked
//! the same way: it is YAML as far as positions are concerned.

use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, Span, StrInput};

use crate::pointer::Pointer;

/// The nodes of a text.
#[derive(Debug)]
pub struct Positions {
    root: Node,
}

/// A node: the bytes of its key (of itself, for an item of a list), and the nodes in it.
#[derive(Debug, Default)]
struct Node {
    bytes: Range<usize>,
    children: BTreeMap<String, Node>,
    /// Whether its children are items and not properties.
    is_list: bool,
}

impl Positions {
    /// Walks a text; what stands behind a mistake in it is not found.
    pub fn new(text: &str) -> Self {
        let mut walk = Walk { parser: Parser::new_from_str(text), bytes: Bytes::new(text) };
        let mut root = Node::default();
        loop {
            match walk.next() {
                None => return Self { root },
                Some((Event::StreamStart | Event::DocumentStart(_) | Event::Nothing, _)) => {}
                Some((event, _)) => {
                    let _ = walk.node(&event, &mut root, 0);
                    return Self { root };
                }
            }
        }
    }

    /// The bytes of a node; where the last steps lead nowhere, those of the deepest node that exists.
    pub fn locate(&self, pointer: &Pointer) -> Range<usize> {
        let mut node = &self.root;
        for token in pointer.tokens() {
            match node.children.get(&token) {
                Some(child) => node = child,
                None => break,
            }
        }
        node.bytes.clone()
    }

    /// The nodes that begin in a range, in their order; if there are none, the last one that begins before it.
    pub fn nodes_in(&self, range: Range<usize>) -> Vec<Pointer> {
        let mut found = Vec::new();
        let mut before = (0, Pointer::root());
        self.root.each(&Pointer::root(), &mut |pointer, bytes| {
            if range.contains(&bytes.start) {
                found.push((bytes.start, pointer.clone()));
            } else if bytes.start < range.start && bytes.start >= before.0 {
                before = (bytes.start, pointer.clone());
            }
        });
        found.sort_by_key(|(start, _)| *start);
        if found.is_empty() { vec![before.1] } else { found.into_iter().map(|(_, pointer)| pointer).collect() }
    }

    /// The JSONPath (RFC 9535) of a node; `None` if there is none.
    pub fn json_path(&self, pointer: &Pointer) -> Option<String> {
        let (mut path, mut node) = ("$".to_owned(), &self.root);
        for token in pointer.tokens() {
            let child = node.children.get(&token)?;
            path.push_str(&match (node.is_list, is_shorthand(&token)) {
                (true, _) => format!("[{token}]"),
                (false, true) => format!(".{token}"),
                (false, false) => format!("['{}']", token.replace('\\', "\\\\").replace('\'', "\\'")),
            });
            node = child;
        }
        Some(path)
    }
}

impl Node {
    fn each(&self, pointer: &Pointer, visit: &mut impl FnMut(&Pointer, &Range<usize>)) {
        for (token, child) in &self.children {
            let pointer = pointer.child(token);
            visit(&pointer, &child.bytes);
            child.each(&pointer, visit);
        }
    }
}

/// Whether a name can stand in a JSONPath without quotes.
fn is_shorthand(name: &str) -> bool {
    name.chars().all(|letter| letter == '_' || letter.is_ascii_alphanumeric())
        && name.starts_with(|first: char| first == '_' || first.is_ascii_alphabetic())
}

/// Deeper than this nobody points.
const MAX_DEPTH: usize = 512;

struct Walk<'a> {
    parser: Parser<'a, StrInput<'a>>,
    bytes: Bytes<'a>,
}

impl<'a> Walk<'a> {
    /// The next event, until the text ends or breaks.
    fn next(&mut self) -> Option<(Event<'a>, Span)> {
        self.parser.next_event()?.ok()
    }

    /// Fills in what is in the node that begins with `event`.
    fn node(&mut self, event: &Event<'a>, node: &mut Node, depth: usize) -> Option<()> {
        if depth > MAX_DEPTH {
            return None;
        }
        match event {
            Event::MappingStart(..) => self.mapping(node, depth),
            Event::SequenceStart(..) => self.sequence(node, depth),
            _ => Some(()),
        }
    }

    fn mapping(&mut self, node: &mut Node, depth: usize) -> Option<()> {
        loop {
            let (event, span) = self.next()?;
            let key = match &event {
                Event::MappingEnd => return Some(()),
                Event::Scalar(key, ..) => key.to_string(),
                _ => {
                    self.node(&event, &mut Node::default(), depth + 1)?;
                    String::new()
                }
            };
            let mut child = Node { bytes: self.bytes.of(&span), ..Node::default() };
            let (value, _) = self.next()?;
            let whole = self.node(&value, &mut child, depth + 1);
            node.children.insert(key, child);
            whole?;
        }
    }

    fn sequence(&mut self, node: &mut Node, depth: usize) -> Option<()> {
        node.is_list = true;
        for index in 0_usize.. {
            let (event, span) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                break;
            }
            let mut bytes = self.bytes.of(&span);
            // A collection reports where it begins; one character is enough to point at it.
            bytes.end = bytes.end.max(self.bytes.after(bytes.start));
            let mut child = Node { bytes, ..Node::default() };
            let whole = self.node(&event, &mut child, depth + 1);
            node.children.insert(index.to_string(), child);
            whole?;
        }
        Some(())
    }
}

/// From characters, in which the parser counts, to bytes. Events come in order, so a text is walked once.
struct Bytes<'a> {
    text: &'a str,
    characters: usize,
    bytes: usize,
}

impl<'a> Bytes<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, characters: 0, bytes: 0 }
    }

    fn of(&mut self, span: &Span) -> Range<usize> {
        let start = self.at(span.start.index());
        start..self.ahead(span.end.index())
    }

    /// The byte of a character that is not before the last one asked for.
    fn at(&mut self, character: usize) -> usize {
        if character < self.characters {
            (self.characters, self.bytes) = (0, 0);
        }
        self.bytes = self.ahead(character);
        self.characters = character;
        self.bytes
    }

    /// The end of the character that begins at a byte.
    fn after(&self, byte: usize) -> usize {
        byte + self.text[byte..].chars().next().map_or(0, char::len_utf8)
    }

    fn ahead(&self, character: usize) -> usize {
        let rest = &self.text[self.bytes..];
        let further = rest.char_indices().nth(character.saturating_sub(self.characters));
        further.map_or(self.text.len(), |(bytes, _)| self.bytes + bytes)
    }
}

/// The byte at a line and a column that count from one.
pub fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    let within = rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(byte, _)| byte);
    (start + within).min(text.len())
}

#[cfg(test)]
mod tests {
    use super::Positions;
    use crate::pointer::Pointer;

    #[track_caller]
    fn check(text: &str, pointer: &str, expected: &str, line: usize) {
        let range = Positions::new(text).locate(&Pointer::parse(pointer).unwrap());
        assert_eq!(&text[range.clone()], expected);
        assert_eq!(text[..range.start].matches('\n').count() + 1, line);
    }

    #[test]
    fn keys_and_items_are_found_in_yaml() {
        let yaml = "é: 1\npaths:\n  /a/b:\n    get:\n      tags: [x, yy]\n      parameters:\n        - name: q\n";
        check(yaml, "#/paths/~1a~1b/get", "get", 4);
        check(yaml, "#/paths/~1a~1b/get/tags/1", "yy", 5);
        check(yaml, "#/paths/~1a~1b/get/parameters/0/name", "name", 7);
        check(yaml, "#/paths/~1a~1b/get/missing/deeper", "get", 4);
        check("é:\n- ü: 1\n", "#/é/0", "ü", 2);
    }

    #[test]
    fn keys_are_found_in_json() {
        let json = "{\n  \"paths\": {\n    \"/a\": {\"get\": [1, {\"x\": 2}]}\n  }\n}";
        check(json, "#/paths/~1a/get/1/x", "\"x\"", 3);
    }
}
