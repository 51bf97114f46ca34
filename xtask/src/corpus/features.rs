//! A step that is taken if asked for: a crate with features in, what the compiler said of it with few of them out.

use std::time::Duration;

use anyhow::Result;
use generator::Feature;

use super::check::compile;
use super::step::Subject;
use crate::cargo::Cargo;
use crate::console::count;
use crate::notes::Notes;

/// What the compiler said of builds with a part of the features.
#[derive(Debug, Default)]
pub struct Builds {
    /// How many there were.
    pub number: usize,
    /// How long the longest took.
    pub longest: Duration,
    /// Errors and warnings, with the features that were on in front.
    pub problems: Notes,
}

impl Builds {
    /// What is wrong, in a few words, if anything is.
    pub fn fault(&self) -> Option<String> {
        (!self.problems.is_empty()).then(|| format!("{} with few features", count(self.problems.len(), "problem")))
    }
}

/// Compiles the client with each of the selected features alone, and with some together.
pub fn check(cargo: &Cargo, subject: &Subject<'_>, features: &[Feature], most: usize) -> Result<Builds> {
    let mut builds = Builds::default();
    for chosen in selections(features, most) {
        let chosen = chosen.join(",");
        let check = compile(cargo, subject, &["--no-default-features", "--features", &chosen])?;
        builds.number += 1;
        builds.longest = builds.longest.max(check.elapsed);
        let before = if chosen.is_empty() { "[none] ".to_owned() } else { format!("[{chosen}] ") };
        [&check.errors, &check.warnings].into_iter().for_each(|notes| builds.problems.add_all(&before, notes));
    }
    Ok(builds)
}

/// Which features to try: none, at most so many alone from all over the list, and every other one of the list together.
fn selections(features: &[Feature], most: usize) -> Vec<Vec<&str>> {
    // What only turns on others brings nothing of its own.
    let parts: Vec<&str> =
        features.iter().filter(|feature| feature.enables.is_empty()).map(|feature| feature.name.as_str()).collect();
    if parts.is_empty() {
        return Vec::new();
    }
    let alone = most.clamp(1, parts.len());
    let last = parts.len() - 1;
    let mut selections = vec![Vec::new()];
    selections.extend((0..alone).map(|at| vec![parts[if alone == 1 { last } else { at * last / (alone - 1) }]]));
    if parts.len() > 2 {
        selections.push(parts.iter().copied().step_by(2).collect());
    }
    selections
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_are_taken_from_all_over_the_list() {
        let feature = |name: &str, enables: &[&str]| Feature {
            name: name.to_owned(),
            docs: String::new(),
            enables: enables.iter().map(|name| (*name).to_owned()).collect(),
            is_default: false,
        };
        let features =
            [feature("full", &["a"]), feature("a", &[]), feature("b", &[]), feature("c", &[]), feature("d", &[])];
        let tried = |features: &[Feature], most| {
            selections(features, most).into_iter().map(|names| names.join("+")).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(tried(&features, 9), " a b c d a+c");
        assert_eq!(tried(&features, 2), " a d a+c");
        assert_eq!(tried(&features, 1), " d a+c");
        assert_eq!(tried(&features[1..3], 5), " a b");
        assert_eq!(tried(&[], 5), "");
    }
}
