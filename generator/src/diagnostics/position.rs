//! Where a node stands in the text: in go a text and a pointer, out come bytes.
//!
//! The typed document keeps no positions, so the text is walked again, as events with spans. JSON is walked
//! the same way: it is YAML as far as positions are concerned.

use std::ops::Range;

use saphyr_parser::{Event, Parser, Span};

use crate::pointer::Pointer;

/// The bytes of the key (or the value, for an item of a list) that `pointer` leads to.
///
/// Where the last steps lead nowhere, the deepest node that exists is meant.
pub fn locate(text: &str, pointer: &Pointer) -> Range<usize> {
    let mut walk = Walk { parser: Parser::new_from_str(text), found: 0..0 };
    let tokens: Vec<String> = pointer.tokens().collect();
    let _ = walk.descend(&tokens);
    to_bytes(text, walk.found)
}

struct Walk<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    /// In characters, as the parser counts.
    found: Range<usize>,
}

/// The walk is over: the node was found, or the text ended or broke.
struct Done;

impl<'a> Walk<'a> {
    fn next(&mut self) -> Result<(Event<'a>, Span), Done> {
        self.parser.next_event().ok_or(Done)?.map_err(|_| Done)
    }

    /// Goes to the first node of the document, and from there down.
    fn descend(&mut self, tokens: &[String]) -> Result<(), Done> {
        loop {
            let (event, _) = self.next()?;
            if !matches!(event, Event::StreamStart | Event::DocumentStart(_) | Event::Nothing) {
                return self.node(event, tokens);
            }
        }
    }

    /// Walks the node that begins with `event`, on towards `tokens`.
    fn node(&mut self, event: Event<'a>, tokens: &[String]) -> Result<(), Done> {
        let Some((token, rest)) = tokens.split_first() else { return Err(Done) };
        match event {
            Event::MappingStart(..) => self.mapping(token, rest),
            Event::SequenceStart(..) => self.sequence(token, rest),
            _ => Err(Done),
        }
    }

    fn mapping(&mut self, token: &str, rest: &[String]) -> Result<(), Done> {
        loop {
            let (event, span) = self.next()?;
            let matched = match &event {
                Event::MappingEnd => return Err(Done),
                Event::Scalar(key, ..) => key == token,
                _ => {
                    self.skip(&event)?;
                    false
                }
            };
            let (value, _) = self.next()?;
            if matched {
                self.found = span.start.index()..span.end.index();
                return self.node(value, rest);
            }
            self.skip(&value)?;
        }
    }

    fn sequence(&mut self, token: &str, rest: &[String]) -> Result<(), Done> {
        let wanted: usize = token.parse().map_err(|_| Done)?;
        for index in 0.. {
            let (event, span) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                break;
            }
            if index == wanted {
                // A collection reports where it begins; one character is enough to point at it.
                self.found = span.start.index()..span.end.index().max(span.start.index() + 1);
                return self.node(event, rest);
            }
            self.skip(&event)?;
        }
        Err(Done)
    }

    /// Passes over the rest of the node that begins with `event`.
    fn skip(&mut self, event: &Event<'a>) -> Result<(), Done> {
        let mut depth = opens(event);
        while depth > 0 {
            let (event, _) = self.next()?;
            depth += opens(&event);
            if matches!(event, Event::MappingEnd | Event::SequenceEnd) {
                depth -= 1;
            }
        }
        Ok(())
    }
}

fn opens(event: &Event<'_>) -> usize {
    usize::from(matches!(event, Event::MappingStart(..) | Event::SequenceStart(..)))
}

fn to_bytes(text: &str, range: Range<usize>) -> Range<usize> {
    let byte = |index| text.char_indices().nth(index).map_or(text.len(), |(byte, _)| byte);
    byte(range.start)..byte(range.end)
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
    use super::locate;
    use crate::pointer::Pointer;

    #[track_caller]
    fn check(text: &str, pointer: &str, expected: &str, line: usize) {
        let range = locate(text, &Pointer::parse(pointer).unwrap());
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
    }

    #[test]
    fn keys_are_found_in_json() {
        let json = "{\n  \"paths\": {\n    \"/a\": {\"get\": [1, {\"x\": 2}]}\n  }\n}";
        check(json, "#/paths/~1a/get/1/x", "\"x\"", 3);
    }
}
