//! A `pattern` in, a text that matches it out, as long as asked for if that can be.
//!
//! The parser here knows patterns without lookaround and backreferences; whether the text matches is decided by the engine
//! that clients use.

use regex_syntax::hir::{Class, Hir, HirKind};

use crate::ir::{Pattern, PatternCheck};
use crate::lower::pattern::Matcher;

/// The longest text that is made, in bytes.
const LONGEST: usize = 10_000;

/// Repetitions that are tried beyond what a pattern asks for.
const MORE: [u32; 8] = [0, 1, 2, 5, 7, 11, 19, 31];

/// A text that matches, of at least `least` and at most `most` characters.
pub fn matching(pattern: &Pattern, least: usize, most: usize) -> Option<String> {
    let text = match &pattern.check {
        PatternCheck::AsWritten => &pattern.source,
        PatternCheck::Linear(text) | PatternCheck::Backtracking(text) => text,
    };
    let parsed = regex_syntax::Parser::new().parse(text).ok();
    let matcher = Matcher::compile(pattern)?;
    let texts = MORE.iter().filter_map(|more| {
        let mut text = String::new();
        write(parsed.as_ref()?, *more, &mut text).then_some(text)
    });
    let fits = |text: &String| (least..=most).contains(&text.chars().count()) && matcher.matches(text);
    texts.into_iter().find(fits)
}

/// Writes a text that matches; `false` if it becomes too long.
fn write(hir: &Hir, more: u32, text: &mut String) -> bool {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(literal) => {
            text.push_str(&String::from_utf8_lossy(&literal.0));
            text.len() <= LONGEST
        }
        HirKind::Class(class) => {
            text.extend(character(class));
            text.len() <= LONGEST
        }
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX);
            let count = repetition.min.saturating_add(more).min(most).min(repetition.min.max(64));
            // Whatever matches nothing is as good once.
            let count = if repetition.sub.properties().maximum_len() == Some(0) { count.min(1) } else { count };
            (0..count).all(|_| write(&repetition.sub, more, text))
        }
        HirKind::Capture(capture) => write(&capture.sub, more, text),
        HirKind::Concat(parts) => parts.iter().all(|part| write(part, more, text)),
        HirKind::Alternation(parts) => parts.first().is_none_or(|part| write(part, more, text)),
    }
}

/// A character of a class, rather one that people would write.
fn character(class: &Class) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class.ranges().iter().map(|range| (range.start(), range.end())).collect(),
        Class::Bytes(class) => {
            class.ranges().iter().map(|range| (char::from(range.start()), char::from(range.end()))).collect()
        }
    };
    let is_in = |letter: &char| ranges.iter().any(|(start, end)| (start..=end).contains(&letter));
    let liked = "a1A0-_ ".chars().find(is_in);
    liked.or_else(|| ranges.iter().map(|(start, _)| *start).find(|start| !start.is_control()))
}

#[cfg(test)]
mod tests {
    use super::matching;
    use crate::lower::pattern::lower_pattern;

    #[test]
    fn texts_match_their_patterns() {
        for (pattern, least, most) in [
            ("^[A-Z]{2}$", 0, 9),
            ("^se-[a-z0-9]+$", 0, 40),
            ("^(http|https)://.+", 12, 40),
            (r"^\d{4}-\d{2}-\d{2}$", 0, 10),
            (r"^[^\s/]+\/[^\s]+$", 5, 9),
            ("^[a-f0-9]{32}$", 32, 32),
            ("^#?[0-9A-Fa-f]{6}$", 0, 7),
            (r"^(([0-9]|[1-9][0-9])\.){3}([0-9]|1[0-9])/([0-9]|1[0-9])$", 0, 99),
            ("x", 3, 9),
        ] {
            let text = matching(&lower_pattern(pattern).expect("a pattern"), least, most);
            // An unanchored pattern needs no more than itself, which may be too short.
            assert_eq!(text.is_some(), pattern != "x", "{pattern}: {text:?}");
        }
    }
}
