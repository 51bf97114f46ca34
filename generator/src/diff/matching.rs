//! Which of the new things is which of the old: by the name that callers know it by, and what is then left by what the document
//! knows it by. Nothing is guessed where more than one could be meant.

use std::collections::{BTreeMap, BTreeSet};

/// Old and new things by index.
#[derive(Debug, Default)]
pub struct Matching {
    /// What is in both.
    pub both: Vec<(usize, usize)>,
    /// What is only in the old one.
    pub gone: Vec<usize>,
    /// What is only in the new one.
    pub came: Vec<usize>,
}

impl Matching {
    /// So many old and new things, of which none is known to be the same.
    pub fn new(old: usize, new: usize) -> Self {
        Self { both: Vec::new(), gone: (0..old).collect(), came: (0..new).collect() }
    }

    /// Matches what is left by a key; a thing without one, or with one that is not its own, is left as it is.
    #[must_use]
    pub fn by<K: Ord>(mut self, old: impl Fn(usize) -> Option<K>, new: impl Fn(usize) -> Option<K>) -> Self {
        let (old, new) = (owners(&self.gone, old), owners(&self.came, new));
        let found = old.into_iter().filter_map(|(key, old)| Some((old?, (*new.get(&key)?)?)));
        self.both.extend(found);
        self.both.sort_unstable();
        let (old, new): (BTreeSet<usize>, BTreeSet<usize>) = self.both.iter().copied().unzip();
        self.gone.retain(|at| !old.contains(at));
        self.came.retain(|at| !new.contains(at));
        self
    }

    /// The new thing that an old one is.
    pub fn of(&self, old: usize) -> Option<usize> {
        self.both.iter().find(|(known, _)| *known == old).map(|(_, new)| *new)
    }
}

/// The keys, each with the thing that it belongs to, if that is one alone.
fn owners<K: Ord>(things: &[usize], key: impl Fn(usize) -> Option<K>) -> BTreeMap<K, Option<usize>> {
    let mut owners = BTreeMap::new();
    for at in things {
        if let Some(key) = key(*at) {
            owners.entry(key).and_modify(|owner| *owner = None).or_insert(Some(*at));
        }
    }
    owners
}

/// What a thing is known by, if it is known.
type Key<'k, T, K> = &'k dyn Fn(&T) -> Option<K>;

/// Matches two lists by one key, then by others.
pub fn matching<T, K: Ord>(old: &[T], new: &[T], keys: &[Key<'_, T, K>]) -> Matching {
    let first = Matching::new(old.len(), new.len());
    keys.iter().fold(first, |matching, key| matching.by(|at| key(&old[at]), |at| key(&new[at])))
}

#[cfg(test)]
mod tests {
    use super::matching;

    #[test]
    fn what_is_left_goes_by_the_next_key_if_that_is_its_own() {
        let (old, new) = ([("a", 1), ("b", 2), ("c", 3), ("d", 3)], [("b", 9), ("x", 1), ("y", 3)]);
        let name = |item: &(&str, i32)| Some(item.0.to_owned());
        let number = |item: &(&str, i32)| Some(item.1.to_string());
        let matching = matching(&old, &new, &[&name, &number]);
        assert_eq!(matching.both, [(0, 1), (1, 0)]);
        assert_eq!((matching.gone, matching.came), (vec![2, 3], vec![2]));
    }
}
