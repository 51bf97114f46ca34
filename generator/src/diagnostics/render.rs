//! How a diagnostic looks: in go a bag and the text it speaks of, out comes what a maintainer reads.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::position::{locate, offset};
use super::{Diagnostic, Diagnostics, Place, Severity};
use crate::Source;

impl Diagnostics {
    /// The text for people, without colours: each diagnostic with file, line, column, excerpt, pointer and help.
    pub fn render(&self, source: &Source) -> String {
        let texts: Vec<String> = self.iter().map(|diagnostic| render(diagnostic, source)).collect();
        texts.join("\n\n")
    }
}

fn render(diagnostic: &Diagnostic, source: &Source) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let (span, label) = match &diagnostic.place {
        Place::Node(pointer) => (locate(&source.text, pointer), pointer.as_str()),
        Place::Position { line, column } => {
            let start = offset(&source.text, *line, *column);
            (start..start, "")
        }
    };
    let annotation = AnnotationKind::Primary.span(span).label(label);
    let snippet = Snippet::source(&source.text).path(&source.name).annotation(annotation);
    let group = level
        .primary_title(&diagnostic.message)
        .id(diagnostic.code.name())
        .element(snippet)
        .element(Level::HELP.message(&diagnostic.help));
    Renderer::plain().render(&[group])
}
