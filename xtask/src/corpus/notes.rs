//! Things that were said of places: one by one in, grouped text out, so that what was said a hundred times takes one line.

use generator::{Code, Diagnostic, Diagnostics, Place, Severity};

use crate::console::count;

/// How many places are named for one thing that was said.
const SHOWN_PLACES: usize = 8;

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
        let lines = self.0.iter().map(|(text, places)| format!("- {text}: {}\n", shown(places)));
        format!("\n{heading}:\n\n{}", lines.collect::<String>())
    }
}

fn shown(places: &[String]) -> String {
    let mut text = places.iter().take(SHOWN_PLACES).map(|place| format!("`{place}`")).collect::<Vec<_>>().join(", ");
    if let Some(more) = places.len().checked_sub(SHOWN_PLACES).filter(|more| *more > 0) {
        text += &format!(" and {more} more");
    }
    text
}

/// What the generator said of a document.
#[derive(Debug, Default)]
pub struct Said {
    /// Why operations were left out, each reason with their names.
    pub left_out: Notes,
    /// What was said of schemas.
    pub schemas: Notes,
    /// What was said of the rest.
    pub rest: Notes,
}

impl Said {
    /// Sorts the warnings. That an operation is left out is said after its reasons.
    pub fn of(warnings: &Diagnostics) -> Self {
        let mut said = Self::default();
        let mut before = Vec::new();
        for warning in warnings.iter() {
            if warning.code == Code::OperationLeftOut {
                said.leave_out(warning, &mut before);
            } else {
                before.push(warning);
            }
        }
        before.iter().for_each(|warning| said.keep(warning));
        said
    }

    /// The reasons are among what was said since the last operation that was left out; the others among it stay warnings.
    fn leave_out(&mut self, operation: &Diagnostic, before: &mut Vec<&Diagnostic>) {
        let at = place(operation);
        let (reasons, others): (Vec<_>, Vec<_>) =
            before.drain(..).partition(|one| place(one).starts_with(&at) && !is_remark(one));
        others.iter().for_each(|one| self.keep(one));
        if reasons.is_empty() {
            // The generator says the same thing of a component once, however many operations it costs.
            self.left_out.add("for something that they refer to, of which a warning tells", name(operation));
        }
        reasons.iter().for_each(|one| self.left_out.add(text(one), name(operation)));
    }

    fn keep(&mut self, warning: &Diagnostic) {
        match schema(warning) {
            Some(schema) => self.schemas.add(text(warning), schema),
            None => self.rest.add(text(warning), place(warning)),
        }
    }
}

/// The errors among what was said.
pub fn errors(report: &Diagnostics) -> Notes {
    let mut notes = Notes::default();
    let errors = report.iter().filter(|one| one.severity == Severity::Error);
    errors.for_each(|one| notes.add(text(one), place(one)));
    notes
}

/// Whether this costs no operation, whatever else is wrong.
fn is_remark(warning: &Diagnostic) -> bool {
    warning.code.name().starts_with("ignored-")
}

fn text(one: &Diagnostic) -> String {
    format!("{}: {}", one.code, one.message)
}

fn place(one: &Diagnostic) -> String {
    match &one.place {
        Place::Node(pointer) => pointer.to_string(),
        Place::Position { line, column } => format!("{line}:{column}"),
    }
}

/// `GET /pets` of `#/paths/~1pets/get`.
fn name(operation: &Diagnostic) -> String {
    let Place::Node(pointer) = &operation.place else { return place(operation) };
    match &pointer.tokens().collect::<Vec<_>>()[..] {
        [_, path, method] => format!("{} {path}", method.to_uppercase()),
        _ => pointer.to_string(),
    }
}

/// The component schema that this is about.
fn schema(one: &Diagnostic) -> Option<String> {
    let Place::Node(pointer) = &one.place else { return None };
    let mut tokens = pointer.tokens();
    let is_schema = tokens.next()? == "components" && tokens.next()? == "schemas";
    tokens.next().filter(|_| is_schema)
}

#[cfg(test)]
mod tests {
    use generator::Pointer;

    use super::*;

    fn said(warnings: &[(Code, &str, &str)]) -> Said {
        let mut bag = Diagnostics::default();
        for (code, place, message) in warnings {
            bag.warn(*code, &Pointer::parse(place).unwrap(), *message, "");
        }
        Said::of(&bag)
    }

    #[test]
    fn what_was_said_often_takes_one_line() {
        let mut notes = Notes::default();
        (0..10).for_each(|at| notes.add("bad", format!("p{at}")));
        notes.add("odd", "q");
        let expected =
            "\n11 warnings:\n\n- bad: `p0`, `p1`, `p2`, `p3`, `p4`, `p5`, `p6`, `p7` and 2 more\n- odd: `q`\n";
        assert_eq!(notes.render("warning"), expected);
        assert_eq!(Notes::default().render("warning"), "");
    }

    #[test]
    fn reasons_are_those_inside_of_the_operation() {
        let said = said(&[
            (Code::UnsupportedMediaType, "#/paths/~1a/get/responses", "aside"),
            (Code::InvalidObject, "#/components/schemas/S/items", "odd"),
            (Code::IgnoredServer, "#/paths/~1b/post/servers", "server"),
            (Code::UnsupportedMediaType, "#/paths/~1b/post/requestBody", "form"),
            (Code::OperationLeftOut, "#/paths/~1b/post", "left out"),
        ]);
        assert_eq!(said.left_out.0, [("unsupported-media-type: form".to_owned(), vec!["POST /b".to_owned()])]);
        assert_eq!(said.schemas.0, [("invalid-object: odd".to_owned(), vec!["S".to_owned()])]);
        assert_eq!(said.rest.len(), 2);
    }

    #[test]
    fn reason_in_a_component_stays_a_warning() {
        let said = said(&[
            (Code::UnsupportedMediaType, "#/components/requestBodies/B", "form"),
            (Code::OperationLeftOut, "#/paths/~1b/post", "left out"),
        ]);
        assert_eq!((said.left_out.len(), said.rest.len()), (1, 1));
    }
}
