//! Patterns: how a client checks one. ECMA-262 in, syntax of the `regex` crate out.
//!
//! `regex` matches in linear time. Patterns with lookaround or backreferences go to `fancy-regex`, which backtracks up
//! to a limit. A pattern that neither can match as ECMA-262 does is not checked, and the reason is reported.

mod class;
mod parse;
mod print;

use crate::ir::{Pattern, PatternCheck};

/// How large a compiled pattern may be, in bytes. The runtime has the same limit.
const MAX_SIZE: usize = 4 << 20;

/// How often `fancy-regex` backtracks before it gives up. The runtime has the same limit.
const MAX_BACKTRACKS: usize = 20_000;

/// The longest string, in bytes, that `fancy-regex` matches. The runtime has the same limit.
const MAX_BACKTRACKED: usize = 2 << 10;

/// How deeply the groups of a pattern may be nested.
const MAX_DEPTH: usize = 100;

/// How a client checks a pattern, or the reason why it cannot.
pub fn lower_pattern(source: &str) -> Result<Pattern, String> {
    if depth(source) > MAX_DEPTH {
        return Err(format!("its groups are nested more than {MAX_DEPTH} levels deep"));
    }
    regress::Regex::with_flags(source, "u").map_err(|error| format!("it is not valid in ECMA-262: {error}"))?;
    let parsed = parse::parse(source).map_err(str::to_owned)?;
    let text = print::print(&parsed);
    let check = match parsed.backtracks {
        true => PatternCheck::Backtracking(text),
        false if means_the_same(source, &text) => PatternCheck::AsWritten,
        false => PatternCheck::Linear(text),
    };
    let pattern = Pattern { source: source.to_owned(), check };
    match Matcher::compile(&pattern) {
        Some(_) => Ok(pattern),
        None => Err("it is too large or too complex to compile".to_owned()),
    }
}

/// An upper bound of how deeply groups are nested.
fn depth(source: &str) -> usize {
    let depths = source.bytes().scan(0_usize, |depth, byte| {
        match byte {
            b'(' => *depth += 1,
            b')' => *depth = depth.saturating_sub(1),
            _ => {}
        }
        Some(*depth)
    });
    depths.max().unwrap_or_default()
}

/// Whether `regex` reads a pattern as its translation says. Clients have no tables for `\p`, so that is always translated.
fn means_the_same(source: &str, translation: &str) -> bool {
    let parse = |text: &str| regex_syntax::Parser::new().parse(text).ok();
    let has_property = source.contains(r"\p") || source.contains(r"\P");
    !has_property && parse(source).is_some_and(|read| parse(translation).as_ref() == Some(&read))
}

/// A pattern that is ready to match.
pub enum Matcher {
    /// In linear time.
    Linear(regex::Regex),
    /// With a limit.
    Backtracking(Box<fancy_regex::Regex>),
}

impl Matcher {
    /// Compiles a pattern; `None` if it is too large, which [`lower_pattern`] rules out.
    pub fn compile(pattern: &Pattern) -> Option<Self> {
        let linear = |text: &str| regex::RegexBuilder::new(text).size_limit(MAX_SIZE).build().ok().map(Self::Linear);
        match &pattern.check {
            PatternCheck::AsWritten => linear(&pattern.source),
            PatternCheck::Linear(text) => linear(text),
            PatternCheck::Backtracking(text) => {
                let mut builder = fancy_regex::RegexBuilder::new(text);
                builder.delegate_size_limit(MAX_SIZE).backtrack_limit(MAX_BACKTRACKS);
                Some(Self::Backtracking(Box::new(builder.build().ok()?)))
            }
        }
    }

    /// Whether a text is known to match.
    pub fn matches(&self, text: &str) -> bool {
        match self {
            Self::Linear(regex) => regex.is_match(text),
            Self::Backtracking(regex) => text.len() <= MAX_BACKTRACKED && regex.is_match(text).unwrap_or(false),
        }
    }
}

#[cfg(test)]
mod tests;
