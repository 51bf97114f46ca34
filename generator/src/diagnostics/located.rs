//! Diagnostics and the texts that they speak of in, the same with files, lines and columns out.
//!
//! A text is walked once, when the first of its places is asked for.

use std::collections::BTreeMap;
use std::ops::Range;

use super::characters::Characters;
use super::edit::Action;
use super::position::{Positions, offset};
use super::{Diagnostic, Diagnostics, Origin, Place, Text};
use crate::Source;
use crate::pointer::Pointer;

/// A diagnostic with its places.
#[derive(Clone, Debug)]
pub struct Located<'d> {
    /// What is said.
    pub diagnostic: &'d Diagnostic,
    /// Where.
    pub spot: Spot,
    /// The places of its notes, in their order.
    pub notes: Vec<Spot>,
    /// The actions of an overlay that cure it.
    pub actions: Vec<Action>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The file, as messages call it.
    pub file: String,
    /// The node, if the text can be read.
    pub pointer: Option<Pointer>,
    /// The line and the column of the first character, both counted from one.
    pub start: (usize, usize),
    /// Those of the character behind the last one.
    pub end: (usize, usize),
    /// The lines that it is in, without their end.
    pub(super) lines: Range<usize>,
    /// Its bytes.
    pub(super) bytes: Range<usize>,
    /// The text.
    pub text: Text,
}

impl Diagnostics {
    /// All of them with their places.
    pub fn locate<'d>(&'d self, source: &Source) -> Vec<Located<'d>> {
        let mut texts = Texts { source, walked: BTreeMap::new() };
        self.iter().map(|diagnostic| self.locate_one(diagnostic, &mut texts)).collect()
    }

    /// Where nodes of the document stand that was generated from `source` when this was said of it.
    pub fn spots<'p>(&self, source: &Source, pointers: impl IntoIterator<Item = &'p Pointer>) -> Vec<Spot> {
        let mut texts = Texts { source, walked: BTreeMap::new() };
        pointers.into_iter().map(|pointer| self.spot(pointer, &mut texts)).collect()
    }

    fn locate_one<'d>(&self, diagnostic: &'d Diagnostic, texts: &mut Texts<'_>) -> Located<'d> {
        let spot = match &diagnostic.place {
            Place::Node(pointer) => self.spot(pointer, texts),
            Place::NodeOf(text, pointer) => texts.spot_of_node(text.clone(), pointer.clone()),
            Place::Position { text, line, column } => texts.spot_of_position(text.clone(), *line, *column),
        };
        let notes = diagnostic.notes.iter().map(|note| self.spot(&note.place, texts)).collect();
        let actions = diagnostic.edits.iter().map(|edit| {
            let origin = self.origin(edit.node());
            // An overlay changes the document, not the files that it refers to; another one has changed this place before.
            let is_there =
                origin.text == Text::Document && (self.memory.trace.is_empty() || origin.pointer == *edit.node());
            is_there.then(|| texts.json_path(&origin.pointer).map(|target| edit.action(target))).flatten()
        });
        // Some of them alone would be no cure.
        let actions = actions.collect::<Option<_>>().unwrap_or_default();
        Located { diagnostic, spot, notes, actions }
    }

    fn spot(&self, pointer: &Pointer, texts: &mut Texts<'_>) -> Spot {
        let Origin { text, pointer } = self.origin(pointer);
        texts.spot_of_node(text, pointer)
    }
}

/// The document and the files that it refers to.
struct Texts<'s> {
    source: &'s Source,
    walked: BTreeMap<Text, Walked<'s>>,
}

/// A text, and where things stand in it.
struct Walked<'s> {
    shown: String,
    text: &'s str,
    positions: Positions,
    characters: Characters<'s>,
}

impl<'s> Texts<'s> {
    fn spot_of_node(&mut self, text: Text, pointer: Pointer) -> Spot {
        let walked = self.walk(&text);
        let bytes = walked.positions.locate(&pointer);
        Spot { text, pointer: Some(pointer), ..walked.spot(bytes) }
    }

    fn spot_of_position(&mut self, text: Text, line: usize, column: usize) -> Spot {
        let walked = self.walk(&text);
        let start = offset(walked.text, line, column);
        Spot { text, ..walked.spot(start..start) }
    }

    fn json_path(&mut self, pointer: &Pointer) -> Option<String> {
        self.walk(&Text::Document).positions.json_path(pointer)
    }

    fn walk(&mut self, text: &Text) -> &Walked<'s> {
        let source = self.source;
        self.walked.entry(text.clone()).or_insert_with(|| {
            let (text, shown) = source.text_of(text);
            Walked { positions: Positions::new(&shown, text), shown, text, characters: Characters::new(text) }
        })
    }
}

impl Walked<'_> {
    fn spot(&self, bytes: Range<usize>) -> Spot {
        let before = self.text[..bytes.start].rfind('\n').map_or(0, |end| end + 1);
        let end = self.text[bytes.end..].find('\n').map_or(self.text.len(), |length| bytes.end + length);
        let at = |byte| self.characters.line_and_column(byte);
        let (start, behind) = (at(bytes.start), at(bytes.end));
        Spot {
            file: self.shown.clone(),
            pointer: None,
            start,
            end: behind,
            lines: before..end,
            bytes,
            text: Text::Document,
        }
    }
}

impl Source {
    /// The nodes that begin on a line of one of its texts; if there are none, the one that goes on there.
    pub fn nodes_on_line(&self, text: &Text, line: usize) -> Vec<Pointer> {
        let (text, name) = self.text_of(text);
        let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
        Positions::new(&name, text).nodes_in(start..end)
    }

    /// Its texts, and what messages call their files.
    pub fn texts(&self) -> Vec<(Text, String)> {
        let others = self.others.keys().cloned().map(Text::Other);
        let overlays = self.overlays.iter().map(|overlay| Text::Overlay(overlay.name.clone()));
        let texts = [Text::Document].into_iter().chain(others).chain(overlays);
        texts.map(|text| (text.clone(), self.text_of(&text).1)).collect()
    }

    /// A text, and what messages call its file. One that is not there is empty.
    pub(super) fn text_of(&self, text: &Text) -> (&str, String) {
        match text {
            Text::Document => (&self.text, self.name.clone()),
            Text::Other(file) => {
                let folder = self.name.rfind(['/', '\\', ':']).map_or("", |end| &self.name[..=end]);
                (self.others.get(file).map_or("", String::as_str), format!("{folder}{file}"))
            }
            Text::Overlay(name) => {
                let overlay = self.overlays.iter().find(|overlay| overlay.name == *name);
                (overlay.map_or("", |overlay| &overlay.text), name.clone())
            }
        }
    }
}
