//! The order of arguments, which is all that tells those of one type apart.

use super::Comparison;
use super::change::{Turn, What};
use super::written::Held;

/// An argument of a method or of a constructor.
pub struct Argument<'a, T> {
    /// Its name, which callers do not write.
    pub name: &'a str,
    /// Its type.
    pub holds: &'a Held,
    /// What it is for.
    pub is: &'a T,
}

impl Comparison<'_> {
    /// Whether arguments have changed places, or some stand in the places of others.
    pub fn order<T>(
        &self,
        old: &[Argument<'_, T>],
        new: &[Argument<'_, T>],
        is_same: impl Fn(&T, &T) -> bool,
    ) -> Option<What> {
        let pairs = || old.iter().zip(new);
        if old.len() != new.len() || pairs().all(|(old, new)| is_same(old.is, new.is)) {
            return None;
        }
        let turn = Turn::new(list(old), list(new));
        if pairs().all(|(old, new)| self.holds_same(old.holds, new.holds)) {
            return Some(What::Mistakable(turn));
        }
        // What is gone or new is told for itself.
        let stays = |old: &Argument<'_, T>| new.iter().any(|new| is_same(old.is, new.is));
        old.iter().all(stays).then_some(What::Shuffled(turn))
    }
}

fn list<T>(arguments: &[Argument<'_, T>]) -> String {
    format!("({})", arguments.iter().map(|argument| argument.name).collect::<Vec<_>>().join(", "))
}
