//! Reads a pattern of ECMA-262 that is known to be valid with the flag `u`.

use super::class::Set;

const UNREADABLE: &str = "it uses syntax that is not supported";
const UNSET: &str = "it has a backreference to a group that may not have matched";

/// A pattern.
pub struct Parsed {
    /// What it matches.
    pub node: Node,
    /// Whether only an engine that backtracks can match it.
    pub backtracks: bool,
}

/// A part of a pattern.
pub enum Node {
    /// A character of a set, or one that is not in it.
    Class {
        /// Whether it is not in the set.
        negated: bool,
        /// The set.
        set: Set,
    },
    /// `^`
    Start,
    /// `$`
    End,
    /// `\b` or `\B`
    WordBoundary {
        /// `\B`
        negated: bool,
    },
    /// A group or a lookaround, with all that opens it.
    Group(&'static str, Box<Self>),
    /// `\1`
    Backreference(usize),
    /// A repetition.
    Repeat {
        /// What is repeated.
        inner: Box<Self>,
        /// How often, as in `{2,}?`.
        quantifier: String,
    },
    /// One after the other.
    Sequence(Vec<Self>),
    /// One of several.
    Alternatives(Vec<Self>),
}

type Read<T> = Result<T, &'static str>;

/// Reads a pattern.
pub fn parse(source: &str) -> Read<Parsed> {
    let mut parser =
        Parser { rest: source, groups: 0, names: Vec::new(), set: Vec::new(), behind: 0, backtracks: false };
    let node = parser.alternatives()?;
    if parser.rest.is_empty() { Ok(Parsed { node, backtracks: parser.backtracks }) } else { Err(UNREADABLE) }
}

struct Parser<'p> {
    rest: &'p str,
    /// How many capturing groups were opened.
    groups: usize,
    /// The groups with names.
    names: Vec<(&'p str, usize)>,
    /// The groups that have matched wherever the pattern gets to this place. A backreference to any other matches the
    /// empty string in ECMA-262, and nothing elsewhere.
    set: Vec<usize>,
    /// How many lookbehinds are around this place. ECMA-262 matches them from right to left.
    behind: usize,
    backtracks: bool,
}

impl<'p> Parser<'p> {
    fn eat(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn next(&mut self) -> Read<char> {
        let mut chars = self.rest.chars();
        let next = chars.next().ok_or(UNREADABLE)?;
        self.rest = chars.as_str();
        Ok(next)
    }

    fn until(&mut self, end: char) -> Read<&'p str> {
        let (text, rest) = self.rest.split_once(end).ok_or(UNREADABLE)?;
        self.rest = rest;
        Ok(text)
    }

    fn alternatives(&mut self) -> Read<Node> {
        let before = self.set.len();
        let mut nodes = vec![self.sequence()?];
        while self.eat("|") {
            self.set.truncate(before);
            nodes.push(self.sequence()?);
        }
        if nodes.len() == 1 {
            return Ok(nodes.remove(0));
        }
        self.set.truncate(before);
        Ok(Node::Alternatives(nodes))
    }

    fn sequence(&mut self) -> Read<Node> {
        let mut nodes = Vec::new();
        while !self.rest.is_empty() && !self.rest.starts_with(['|', ')']) {
            nodes.push(self.term()?);
        }
        Ok(Node::Sequence(nodes))
    }

    fn term(&mut self) -> Read<Node> {
        let before = self.set.len();
        let inner = self.atom()?;
        let Some((quantifier, is_optional)) = self.quantifier()? else { return Ok(inner) };
        if is_optional {
            self.set.truncate(before);
        }
        Ok(Node::Repeat { inner: Box::new(inner), quantifier })
    }

    /// A quantifier, and whether it lets the atom match no time at all.
    fn quantifier(&mut self) -> Read<Option<(String, bool)>> {
        let (mut text, is_optional) = match self.rest.chars().next() {
            Some(mark @ ('*' | '+' | '?')) => {
                self.next()?;
                (mark.to_string(), mark != '+')
            }
            Some('{') => {
                let text = self.until('}')?;
                let least = text[1..].split(',').next().unwrap_or_default();
                (format!("{text}}}"), least.bytes().all(|digit| digit == b'0'))
            }
            _ => return Ok(None),
        };
        if self.eat("?") {
            text.push('?');
        }
        Ok(Some((text, is_optional)))
    }

    fn atom(&mut self) -> Read<Node> {
        let set = match self.next()? {
            '^' => return Ok(Node::Start),
            '$' => return Ok(Node::End),
            '(' => return self.group(),
            '[' => return self.class(),
            '\\' => return self.escape(),
            '.' => return Ok(Node::Class { negated: true, set: Set::line_terminators() }),
            other => Set::one(other.into()),
        };
        Ok(Node::Class { negated: false, set })
    }

    fn group(&mut self) -> Read<Node> {
        for open in ["?=", "?!", "?<=", "?<!"] {
            if self.eat(open) {
                return self.lookaround(open);
            }
        }
        if self.eat("?:") {
            let inner = self.alternatives()?;
            return self.close("(?:", inner);
        }
        self.groups += 1;
        let number = self.groups;
        if self.eat("?<") {
            let name = self.until('>')?;
            self.names.push((name, number));
        } else if self.rest.starts_with('?') {
            return Err("it sets flags within the pattern");
        }
        let inner = self.alternatives()?;
        self.set.push(number);
        self.close("(", inner)
    }

    fn lookaround(&mut self, open: &'static str) -> Read<Node> {
        self.backtracks = true;
        let before = self.set.len();
        let behind = usize::from(open.starts_with("?<"));
        self.behind += behind;
        let inner = self.alternatives()?;
        self.behind -= behind;
        self.set.truncate(before);
        let open = match open {
            "?=" => "(?=",
            "?!" => "(?!",
            "?<=" => "(?<=",
            _ => "(?<!",
        };
        self.close(open, inner)
    }

    fn close(&mut self, open: &'static str, inner: Node) -> Read<Node> {
        if self.eat(")") { Ok(Node::Group(open, Box::new(inner))) } else { Err(UNREADABLE) }
    }

    fn escape(&mut self) -> Read<Node> {
        let set = match self.rest.chars().next() {
            Some('b' | 'B') => return Ok(Node::WordBoundary { negated: self.next()? == 'B' }),
            Some('k') => {
                let name = self.rest.strip_prefix("k<").ok_or(UNREADABLE)?;
                let (name, rest) = name.split_once('>').ok_or(UNREADABLE)?;
                self.rest = rest;
                let numbers: Vec<usize> =
                    self.names.iter().filter(|(known, _)| *known == name).map(|(_, number)| *number).collect();
                return if let [number] = numbers.as_slice() { self.backreference(*number) } else { Err(UNSET) };
            }
            Some('1'..='9') => {
                let digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
                let (number, rest) = self.rest.split_at(digits);
                self.rest = rest;
                return self.backreference(number.parse().map_err(|_| UNREADABLE)?);
            }
            _ => self.escaped_set()?,
        };
        Ok(Node::Class { negated: false, set })
    }

    fn backreference(&mut self, number: usize) -> Read<Node> {
        self.backtracks = true;
        if self.behind == 0 && self.set.contains(&number) { Ok(Node::Backreference(number)) } else { Err(UNSET) }
    }

    /// What a backslash makes of what follows, be it in a class or not.
    fn escaped_set(&mut self) -> Read<Set> {
        let letter = self.next()?;
        if let Some(set) = Set::of_escape(letter) {
            return Ok(set);
        }
        if matches!(letter, 'p' | 'P') {
            let name = self.until('}')?.strip_prefix('{').ok_or(UNREADABLE)?;
            let set = Set::of_property(name).ok_or("it names a Unicode property that is not supported")?;
            return Ok(if letter == 'P' { set.complement() } else { set });
        }
        self.escaped_code(letter).map(Set::one)
    }

    fn escaped_code(&mut self, letter: char) -> Read<u32> {
        Ok(match letter {
            'f' => 0x0C,
            'n' => 0x0A,
            'r' => 0x0D,
            't' => 0x09,
            'v' => 0x0B,
            '0' => 0,
            'c' => u32::from(self.next()?) % 32,
            'x' => self.hex(2)?,
            'u' if self.eat("{") => u32::from_str_radix(self.until('}')?, 16).map_err(|_| UNREADABLE)?,
            'u' => self.utf_16()?,
            other => other.into(),
        })
    }

    /// `\uXXXX`, or two of them that are a surrogate pair.
    fn utf_16(&mut self) -> Read<u32> {
        let first = self.hex(4)?;
        let rest = self.rest;
        if (0xD800..0xDC00).contains(&first) && self.eat("\\u") && !self.rest.starts_with('{') {
            let second = self.hex(4)?;
            if (0xDC00..0xE000).contains(&second) {
                return Ok(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00));
            }
        }
        self.rest = rest;
        Ok(first)
    }

    fn hex(&mut self, digits: usize) -> Read<u32> {
        let text = self.rest.get(..digits).ok_or(UNREADABLE)?;
        self.rest = &self.rest[digits..];
        u32::from_str_radix(text, 16).map_err(|_| UNREADABLE)
    }

    fn class(&mut self) -> Read<Node> {
        let negated = self.eat("^");
        let mut set = Set::default();
        while !self.eat("]") {
            let first = self.class_atom()?;
            let is_range = self.rest.starts_with('-') && !self.rest.starts_with("-]");
            if !is_range {
                set.extend(first);
                continue;
            }
            self.next()?;
            match (first.0.as_slice(), self.class_atom()?.0.as_slice()) {
                ([(first, _)], [(last, _)]) => set.extend(Set(vec![(*first, *last)])),
                _ => return Err(UNREADABLE),
            }
        }
        Ok(Node::Class { negated, set })
    }

    fn class_atom(&mut self) -> Read<Set> {
        match self.next()? {
            '\\' if self.eat("b") => Ok(Set::one(0x08)),
            '\\' => self.escaped_set(),
            other => Ok(Set::one(other.into())),
        }
    }
}
