//! The edits in `fixtures/diff/pairs.yaml`: a document in its two states, and what the edit means.

use serde::Deserialize;

/// The document that is edited.
const DOCUMENT: &str = include_str!("../../fixtures/diff/pets.yaml");

/// An edit, and all that has to be said of it.
#[derive(Deserialize)]
pub struct Pair {
    /// What is edited.
    #[serde(rename = "edit")]
    pub name: String,
    /// What makes the old document, if that is not the one in the file.
    #[serde(default)]
    before: Vec<Replacement>,
    /// What makes the new document.
    #[serde(default)]
    after: Vec<Replacement>,
    /// The changes.
    pub means: Vec<String>,
}

#[derive(Deserialize)]
struct Replacement {
    from: String,
    to: String,
}

impl Pair {
    /// The old document and the new one.
    pub fn documents(&self) -> [String; 2] {
        [&self.before, &self.after]
            .map(|edits| edits.iter().fold(DOCUMENT.to_owned(), |text, edit| self.edited(&text, edit)))
    }

    fn edited(&self, text: &str, edit: &Replacement) -> String {
        let (from, to) = (edit.from.trim_end(), edit.to.trim_end());
        assert_eq!(text.matches(from).count(), 1, "{}: {from:?} stands in the document once", self.name);
        text.replace(from, to)
    }
}

/// All of them.
pub fn pairs() -> Vec<Pair> {
    let pairs: Vec<Pair> =
        serde_yaml::from_str(include_str!("../../fixtures/diff/pairs.yaml")).expect("a list of edits");
    for pair in &pairs {
        assert_eq!(pairs.iter().filter(|other| other.name == pair.name).count(), 1, "{} is there once", pair.name);
    }
    pairs
}
