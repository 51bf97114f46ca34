//! Sets of characters: what `.`, `\d`, `[a-z]` and the like match, as ECMA-262 defines them with the flag `u`.

/// The last code point.
const LAST: u32 = 0x0010_FFFF;

/// The code points of a class: ranges of code points, first and last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Set(pub Vec<(u32, u32)>);

impl Set {
    /// One code point.
    pub fn one(code: u32) -> Self {
        Self(vec![(code, code)])
    }

    /// What `.` does not match.
    pub fn line_terminators() -> Self {
        Self(vec![(0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029)])
    }

    /// The class of `\d`, `\w`, `\s` and their complements.
    pub fn of_escape(letter: char) -> Option<Self> {
        let set = match letter.to_ascii_lowercase() {
            'd' => Self(vec![(0x30, 0x39)]),
            'w' => Self(vec![(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)]),
            's' => Self(SPACES.to_vec()),
            _ => return None,
        };
        Some(if letter.is_ascii_uppercase() { set.complement() } else { set })
    }

    /// The class of `\p{name}`, if its name is known.
    pub fn of_property(name: &str) -> Option<Self> {
        let hir = regex_syntax::Parser::new().parse(&format!("\\p{{{name}}}")).ok()?;
        let regex_syntax::hir::HirKind::Class(regex_syntax::hir::Class::Unicode(class)) = hir.kind() else {
            return None;
        };
        Some(Self(class.ranges().iter().map(|range| (range.start().into(), range.end().into())).collect()))
    }

    /// Adds the code points of another set.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// All code points that are not in it.
    pub fn complement(mut self) -> Self {
        self.0.sort_unstable();
        let mut ranges = Vec::new();
        let mut next = 0;
        for (first, last) in self.0 {
            if first > next {
                ranges.push((next, first - 1));
            }
            next = next.max(last + 1);
        }
        if next <= LAST {
            ranges.push((next, LAST));
        }
        Self(ranges)
    }

    /// The ranges without surrogates, which no Rust string contains.
    pub fn characters(&self) -> impl Iterator<Item = (char, char)> {
        self.0.iter().filter_map(|&(first, last)| {
            let first = char::from_u32(first).unwrap_or('\u{E000}');
            let last = char::from_u32(last).unwrap_or('\u{D7FF}');
            (first <= last).then_some((first, last))
        })
    }
}

/// WhiteSpace and LineTerminator of ECMA-262.
const SPACES: [(u32, u32); 10] = [
    (0x09, 0x0D),
    (0x20, 0x20),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
    (0xFEFF, 0xFEFF),
];
