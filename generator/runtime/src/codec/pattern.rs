//! Matches strings against patterns, in bounded time.
//!
//! The generator translates patterns from ECMA-262 and compiles each of them with the limits below, so that none is too large
//! here. Each is compiled once, when it is first needed; no lock is held while one is compiled or matched.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use crate::trace;

/// How large a compiled pattern may be, in bytes.
const MAX_SIZE: usize = 4 << 20;

/// How often `fancy-regex` backtracks before it gives up.
const MAX_BACKTRACKS: usize = 20_000;

/// The longest string, in bytes, that is matched by backtracking: each step may look at all of it.
const MAX_BACKTRACKED: usize = 2 << 10;

/// Compiled patterns, each of which is `None` if it cannot be compiled.
struct Cache<T>(OnceLock<RwLock<HashMap<&'static str, Slot<T>>>>);

type Slot<T> = Arc<OnceLock<Option<T>>>;

static LINEAR: Cache<regex::Regex> = Cache(OnceLock::new());
static BACKTRACKING: Cache<fancy_regex::Regex> = Cache(OnceLock::new());

/// Whether a string matches a pattern in the syntax of `regex`.
pub(super) fn matches(pattern: &'static str, text: &str) -> bool {
    let slot = LINEAR.slot(pattern);
    let regex = slot.get_or_init(|| regex::RegexBuilder::new(pattern).size_limit(MAX_SIZE).build().ok());
    regex.as_ref().is_none_or(|regex| regex.is_match(text))
}

/// Whether a string matches a pattern in the syntax of `fancy-regex`, or cannot be matched within the limits.
pub(super) fn matches_backtracking(pattern: &'static str, text: &str) -> bool {
    let slot = BACKTRACKING.slot(pattern);
    let regex = slot.get_or_init(|| {
        let mut builder = fancy_regex::RegexBuilder::new(pattern);
        builder.delegate_size_limit(MAX_SIZE).backtrack_limit(MAX_BACKTRACKS).build().ok()
    });
    let Some(regex) = regex else { return true };
    let found = if text.len() > MAX_BACKTRACKED { None } else { regex.is_match(text).ok() };
    found.unwrap_or_else(|| {
        trace::unchecked(pattern);
        true
    })
}

impl<T> Cache<T> {
    fn slot(&self, pattern: &'static str) -> Slot<T> {
        let slots = self.0.get_or_init(RwLock::default);
        let known = slots.read().unwrap_or_else(PoisonError::into_inner).get(pattern).cloned();
        known.unwrap_or_else(|| {
            let mut slots = slots.write().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(slots.entry(pattern).or_default())
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn no_pattern_blocks() {
        let start = Instant::now();
        let text = format!("{}!", "a".repeat(2_000));
        assert!(!matches("^(a+)+$", &text));
        assert!(!matches_backtracking("^(?!x)(a+)+$", &text));
        // It takes too many steps to find out that this does not match.
        assert!(matches_backtracking("^(?:(?=a)a|a(?=.))+$", &text));
        assert!(matches_backtracking("^(?!a)", &"a".repeat(MAX_BACKTRACKED + 1)));
        // Each step looks at all of the string.
        assert!(!matches_backtracking("^(?:(?=.*b)a|a(?=.))+$", &text));
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    }

    #[test]
    fn patterns_are_compiled_once() {
        assert!(matches("^once$", "once") && !matches("^once$", "twice"));
        let (first, second) = (LINEAR.slot("^once$"), LINEAR.slot("^once$"));
        assert!(Arc::ptr_eq(&first, &second) && first.get().is_some());
    }
}
