//! Prints a pattern in the syntax that `regex` and `fancy-regex` share, without anything that needs Unicode tables.

use super::class::Set;
use super::parse::{Node, Parsed};

/// The text of a pattern.
pub fn print(parsed: &Parsed) -> String {
    let mut printer = Printer { out: String::new(), backtracks: parsed.backtracks };
    printer.node(&parsed.node);
    printer.out
}

struct Printer {
    out: String,
    backtracks: bool,
}

impl Printer {
    fn node(&mut self, node: &Node) {
        match node {
            Node::Class { negated, set } => self.class(*negated, set),
            Node::Start => self.out.push('^'),
            Node::End => self.out.push('$'),
            Node::WordBoundary { negated } => self.word_boundary(*negated),
            Node::Group(prefix, inner) => {
                self.out.push_str(prefix);
                self.node(inner);
                self.out.push(')');
            }
            // A digit may follow.
            Node::Backreference(group) => self.out.push_str(&format!("(?:\\{group})")),
            Node::Repeat { inner, quantifier } => {
                self.node(inner);
                self.out.push_str(quantifier);
            }
            Node::Sequence(nodes) => nodes.iter().for_each(|node| self.node(node)),
            Node::Alternatives(nodes) => {
                for (index, node) in nodes.iter().enumerate() {
                    if index > 0 {
                        self.out.push('|');
                    }
                    self.node(node);
                }
            }
        }
    }

    fn word_boundary(&mut self, negated: bool) {
        // The word boundary of `fancy-regex` is that of Unicode, and cannot be made that of ASCII.
        self.out.push_str(match (self.backtracks, negated) {
            (false, false) => r"(?-u:\b)",
            (false, true) => r"(?-u:\B)",
            (true, false) => "(?:(?<=[0-9A-Z_a-z])(?![0-9A-Z_a-z])|(?<![0-9A-Z_a-z])(?=[0-9A-Z_a-z]))",
            (true, true) => "(?:(?<=[0-9A-Z_a-z])(?=[0-9A-Z_a-z])|(?<![0-9A-Z_a-z])(?![0-9A-Z_a-z]))",
        });
    }

    fn class(&mut self, negated: bool, set: &Set) {
        let ranges: Vec<(char, char)> = set.characters().collect();
        if let ([(first, last)], false) = (ranges.as_slice(), negated)
            && first == last
        {
            self.character(*first, r"\.+*?()|[]{}^$");
            return;
        }
        self.out.push_str(match (ranges.is_empty(), negated) {
            // Nothing at all, or all but that.
            (true, false) => r"[^\x00-\x{10FFFF}]",
            (true, true) => r"[\x00-\x{10FFFF}]",
            (false, false) => "[",
            (false, true) => "[^",
        });
        for (first, last) in &ranges {
            self.character(*first, r"\[]^-&~");
            if first != last {
                self.out.push('-');
                self.character(*last, r"\[]^-&~");
            }
        }
        if !ranges.is_empty() {
            self.out.push(']');
        }
    }

    fn character(&mut self, character: char, special: &str) {
        match character {
            _ if special.contains(character) => self.out.extend(['\\', character]),
            ' '..='~' => self.out.push(character),
            _ if character.is_alphanumeric() => self.out.push(character),
            _ => self.out.push_str(&format!("\\x{{{:X}}}", u32::from(character))),
        }
    }
}
