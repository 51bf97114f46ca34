//! How a diagnostic looks: in go a bag and the texts it speaks of, out comes what a maintainer reads.

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::position::{Positions, offset};
use super::{Diagnostic, Diagnostics, Place, Severity};
use crate::Source;

impl Diagnostics {
    /// The text for people, without colours: each diagnostic with file, line, column, excerpt, pointer and help.
    pub fn render(&self, source: &Source) -> String {
        let mut files = Files { source, positions: BTreeMap::new() };
        let texts: Vec<String> =
            self.iter().map(|diagnostic| render(diagnostic, &self.excerpt(diagnostic, &mut files))).collect();
        texts.join("\n\n")
    }

    fn excerpt<'s>(&self, diagnostic: &Diagnostic, files: &mut Files<'s>) -> Excerpt<'s> {
        match &diagnostic.place {
            Place::Node(pointer) => {
                let (file, pointer) = self.origin(pointer);
                files.excerpt_of_node(file, &pointer)
            }
            Place::Position { line, column } => {
                let text = files.source.text.as_str();
                let start = offset(text, *line, *column);
                Excerpt::new(files.source.name.clone(), text, start..start, String::new())
            }
        }
    }
}

fn render(diagnostic: &Diagnostic, excerpt: &Excerpt<'_>) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let annotation = AnnotationKind::Primary.span(excerpt.marked.clone()).label(&excerpt.label);
    let snippet = Snippet::source(excerpt.lines).path(&excerpt.file).line_start(excerpt.first_line);
    let group = level
        .primary_title(&diagnostic.message)
        .id(diagnostic.code.name())
        .element(snippet.annotation(annotation))
        .element(Level::HELP.message(&diagnostic.help));
    Renderer::plain().render(&[group])
}

/// The document and the files it refers to, with the places in them that somebody asked for before.
struct Files<'s> {
    source: &'s Source,
    positions: BTreeMap<&'s str, Positions>,
}

impl<'s> Files<'s> {
    fn excerpt_of_node(&mut self, file: Option<&str>, pointer: &crate::pointer::Pointer) -> Excerpt<'s> {
        let source = self.source;
        let (name, text, shown) = match file.and_then(|file| source.others.get_key_value(file)) {
            Some((file, text)) => {
                let folder = source.name.rfind(['/', '\\']).map_or("", |end| &source.name[..=end]);
                (file.as_str(), text.as_str(), format!("{folder}{file}"))
            }
            None => ("", source.text.as_str(), source.name.clone()),
        };
        let positions = self.positions.entry(name).or_insert_with(|| Positions::new(text));
        Excerpt::new(shown, text, positions.locate(pointer), pointer.to_string())
    }
}

/// The lines around a place.
struct Excerpt<'s> {
    file: String,
    lines: &'s str,
    first_line: usize,
    /// The bytes of `lines` that are meant.
    marked: Range<usize>,
    /// What is written beside them.
    label: String,
}

impl<'s> Excerpt<'s> {
    fn new(file: String, text: &'s str, marked: Range<usize>, label: String) -> Self {
        let start = text[..marked.start].rfind('\n').map_or(0, |end| end + 1);
        let end = text[marked.end..].find('\n').map_or(text.len(), |length| marked.end + length);
        let first_line = text[..start].bytes().filter(|byte| *byte == b'\n').count() + 1;
        let marked = marked.start - start..marked.end - start;
        Self { file, lines: &text[start..end], first_line, marked, label }
    }
}
