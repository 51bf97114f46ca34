//! Things that were said of places: one by one in, grouped text out, so that what was said a hundred times takes one line.

use std::collections::BTreeSet;

use generator::{nameless, visible};

use crate::console::count;

/// How many places are named for one thing that was said.
const SHOWN_PLACES: usize = 5;

/// How many things are told one by one that differ only in the names they are said with.
const SHOWN_VARIANTS: usize = 4;

/// What was said, each with its places, in the order in which it was said first.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Notes(Vec<(String, Vec<String>)>);

impl Notes {
    /// Adds one thing.
    pub fn add(&mut self, text: impl Into<String>, place: impl Into<String>) {
        let (text, place) = (text.into(), place.into());
        match self.0.iter_mut().find(|(other, _)| *other == text) {
            Some((_, places)) => places.push(place),
            None => self.0.push((text, vec![place])),
        }
    }

    /// Adds what was said elsewhere, with a text in front of each thing.
    pub fn add_all(&mut self, before: &str, others: &Self) {
        for (text, places) in &others.0 {
            places.iter().for_each(|place| self.add(format!("{before}{text}"), place));
        }
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many things were said, those counted that were said of several places.
    pub fn len(&self) -> usize {
        self.0.iter().map(|(_, places)| places.len()).sum()
    }

    /// A heading that counts, and a line for each thing; nothing if nothing was said.
    pub fn render(&self, noun: &str) -> String {
        self.render_under(&count(self.len(), noun))
    }

    /// A heading, and a line for each thing; nothing if nothing was said.
    pub fn render_under(&self, heading: &str) -> String {
        if self.is_empty() {
            return String::new();
        }
        let lines = self.variants().0.iter().map(|(text, places)| line(text, places)).collect::<String>();
        format!("\n{heading}:\n\n{lines}")
    }

    /// The same, with those made one that differ only in names, where there are many.
    fn variants(&self) -> Self {
        let alike = |text: &str| self.0.iter().filter(|(other, _)| nameless(other) == nameless(text)).count();
        let mut notes = Self::default();
        for (text, places) in &self.0 {
            let text = if alike(text) > SHOWN_VARIANTS { nameless(text) } else { text.clone() };
            places.iter().for_each(|place| notes.add(text.clone(), place));
        }
        notes
    }
}

fn line(text: &str, places: &[String]) -> String {
    let mut seen = BTreeSet::new();
    let distinct: Vec<_> =
        places.iter().filter(|place| seen.insert(*place)).map(|place| format!("`{place}`")).collect();
    let times = if distinct.len() < places.len() { format!(", {} times", places.len()) } else { String::new() };
    let more = match distinct.len().saturating_sub(SHOWN_PLACES) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let shown = distinct.iter().take(SHOWN_PLACES).map(String::as_str).collect::<Vec<_>>().join(", ");
    visible::line(&format!("- {text}{times}: {shown}{more}")) + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_often_takes_one_line() {
        let mut notes = Notes::default();
        (0..10).for_each(|at| notes.add("bad", format!("p{at}")));
        notes.add("odd", "q");
        let expected = "\n11 warnings:\n\n- bad: `p0`, `p1`, `p2`, `p3`, `p4` and 5 more\n- odd: `q`\n";
        assert_eq!(notes.render("warning"), expected);
        assert_eq!(Notes::default().render("warning"), "");
    }

    #[test]
    fn place_is_named_once() {
        let mut notes = Notes::default();
        ["a", "b", "a"].iter().for_each(|place| notes.add("bad", *place));
        assert_eq!(notes.render_under("x"), "\nx:\n\n- bad, 3 times: `a`, `b`\n");
    }

    #[test]
    fn names_make_many_variants_one() {
        let render = |number: usize| {
            let mut notes = Notes::default();
            (0..number).for_each(|at| notes.add(format!("no `{at}`"), "p"));
            notes.render_under("x")
        };
        assert!(render(4).contains("- no `3`: `p`\n"), "{}", render(4));
        assert!(render(5).contains("- no `…`, 5 times: `p`\n"), "{}", render(5));
    }
}
