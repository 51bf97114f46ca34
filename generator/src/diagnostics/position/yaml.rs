//! The text of a YAML document in, its nodes out.

use std::ops::Range;

use saphyr_parser::{Event, Parser, Span, StrInput};

use super::{MAX_DEPTH, Node};

/// Walks a text.
pub fn walk(text: &str) -> Node {
    let mut walk = Walk { parser: Parser::new_from_str(text), bytes: Bytes::new(text) };
    let mut root = Node::default();
    loop {
        match walk.next() {
            None => return root,
            Some((Event::StreamStart | Event::DocumentStart(_) | Event::Nothing, _)) => {}
            Some((event, _)) => {
                let _ = walk.node(&event, &mut root, 0);
                return root;
            }
        }
    }
}

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
            // More than one base may be merged in.
            match key.as_str() {
                "<<" => drop(node.children.insert(key, child)),
                _ => node.insert(key, child),
            }
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
