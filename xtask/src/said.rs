//! What the generator said of a document: its warnings or errors in, notes out, sorted by what they cost.

use generator::{Code, Diagnostic, Diagnostics, Place, Severity};

use crate::notes::Notes;

/// What the generator said of a document.
#[derive(Debug, Default)]
pub struct Said {
    /// Why operations were left out, each reason with their names.
    pub left_out: Notes,
    /// Why schemas became free-form JSON, each reason with their names.
    pub lost_schemas: Notes,
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
            Some(schema) if warning.code == Code::SchemaLeftOut => self.lost_schemas.add(text(warning), schema),
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

/// Whether this never costs an operation, so that it is no reason even inside of one that is left out.
fn is_remark(warning: &Diagnostic) -> bool {
    use Code::{DuplicateOperationId, InvalidExample, InvalidPattern, MissingOperationId, NoResponses};
    let remarks = [DuplicateOperationId, InvalidExample, InvalidPattern, MissingOperationId, NoResponses];
    remarks.contains(&warning.code) || warning.code.name().starts_with("ignored-")
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
    fn reasons_are_those_inside_of_the_operation() {
        let said = said(&[
            (Code::UnsupportedMediaType, "#/paths/~1a/get/responses", "aside"),
            (Code::InvalidObject, "#/components/schemas/S/items", "odd"),
            (Code::IgnoredKeyword, "#/paths/~1b/post/servers", "server"),
            (Code::UnsupportedMediaType, "#/paths/~1b/post/requestBody", "form"),
            (Code::OperationLeftOut, "#/paths/~1b/post", "left out"),
        ]);
        assert_eq!(said.left_out.render("reason"), "\n1 reason:\n\n- unsupported-media-type: form: `POST /b`\n");
        assert_eq!(said.schemas.render("note"), "\n1 note:\n\n- invalid-object: odd: `S`\n");
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
