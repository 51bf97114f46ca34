//! What is shown of changes: for people by what they mean, for programs one object per line.

use generator::{Change, Effect, Location, Noun, Side, What, visible};
use serde_json::{Value, json};

use crate::console::count;
use crate::document::Document;

/// Two documents that were compared.
pub struct Compared {
    /// How messages call them.
    pub document: String,
    /// What changed, the worst first.
    pub changes: Vec<Change>,
}

impl Compared {
    /// A document that there is nothing to compare with.
    pub fn whole(document: &Document, side: Side) -> Self {
        let place = generator::Location {
            file: document.shown.clone(),
            line: 1,
            column: 1,
            pointer: generator::Pointer::root(),
        };
        let (what, old, new) = match side {
            Side::Old => (What::Gone(Noun::Module), Some(place), None),
            Side::New => (What::New(Noun::Module), None, Some(place)),
        };
        let change = Change { item: document.stem.clone(), what, old, new };
        Self { document: document.shown.clone(), changes: vec![change] }
    }

    /// How many changes there are of each effect.
    pub fn counts(&self) -> String {
        let counts = Effect::ALL.into_iter().map(|effect| (effect, self.of(effect).count())).filter(|(_, n)| *n > 0);
        let counts: Vec<String> =
            counts.map(|(effect, number)| count(number, &format!("{} change", effect.name()))).collect();
        if counts.is_empty() { "no change for callers".to_owned() } else { counts.join(", ") }
    }

    /// The changes with one effect.
    pub fn of(&self, effect: Effect) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.effect() == effect)
    }
}

/// The whole report for people.
pub fn text(compared: &[Compared]) -> String {
    compared.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn one(compared: &Compared) -> String {
    let mut text = format!("{}: {}\n", compared.document, compared.counts());
    for effect in Effect::ALL {
        let changes: Vec<String> = compared.of(effect).map(change).collect();
        if !changes.is_empty() {
            text += &format!("\n{} ({})\n\n{}", effect.name(), changes.len(), changes.concat());
        }
    }
    text
}

fn change(change: &Change) -> String {
    let place = |word: &str, place: &Option<Location>| {
        place.as_ref().map_or_else(String::new, |place| format!("    {word} {}\n", shown(place)))
    };
    format!("{}\n{}{}", sentence(change), place("was", &change.old), place("now", &change.new))
}

/// A change in one line.
pub fn sentence(change: &Change) -> String {
    visible::line(&format!("`{}`: {}", change.item, change.what))
}

fn shown(place: &Location) -> String {
    visible::line(&format!("{}:{}:{}", place.file, place.line, place.column))
}

/// The whole report for programs.
pub fn json(compared: &[Compared]) -> String {
    let line = |change: &Change, document: &str| {
        let value = json!({
            "document": document,
            "effect": change.effect().name(),
            "item": change.item,
            "change": change.what.kind(),
            "message": change.what.to_string(),
            "old": change.old.as_ref().map(place),
            "new": change.new.as_ref().map(place),
        });
        format!("{value}\n")
    };
    compared.iter().flat_map(|one| one.changes.iter().map(|change| line(change, &one.document))).collect()
}

fn place(place: &Location) -> Value {
    json!({
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "pointer": place.pointer.as_str(),
    })
}
