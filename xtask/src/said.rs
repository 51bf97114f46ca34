//! What the generator said of a document: its warnings or errors in, notes out, sorted by what they cost.

use std::collections::BTreeSet;

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
    /// Sorts the warnings.
    pub fn of(warnings: &Diagnostics) -> Self {
        let mut said = Self::default();
        let is_left_out = |one: &&Diagnostic| matches!(one.code, Code::OperationLeftOut | Code::SchemaLeftOut);
        let (left_out, others): (Vec<_>, Vec<_>) = warnings.iter().partition(is_left_out);
        // A reason is told with what it costs, and not once more by itself.
        let reasons: BTreeSet<_> = left_out
            .iter()
            .filter(|one| one.code == Code::OperationLeftOut)
            .flat_map(|one| &one.notes)
            .map(|note| (note.place.as_str(), note.message.as_str()))
            .collect();
        left_out.iter().for_each(|one| said.leave_out(one));
        others.iter().filter(|one| !is_reason(one, &reasons)).for_each(|one| said.keep(one));
        said
    }

    fn leave_out(&mut self, one: &Diagnostic) {
        for reason in &one.notes {
            match schema(one) {
                Some(schema) => self.lost_schemas.add(reason.message.clone(), schema),
                None => self.left_out.add(reason.message.clone(), name(one)),
            }
        }
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

fn is_reason(one: &Diagnostic, reasons: &BTreeSet<(&str, &str)>) -> bool {
    matches!(&one.place, Place::Node(place) if reasons.contains(&(place.as_str(), one.message.as_str())))
}

fn text(one: &Diagnostic) -> String {
    format!("{}: {}", one.code, one.message)
}

fn place(one: &Diagnostic) -> String {
    match &one.place {
        Place::Node(pointer) | Place::NodeOf(_, pointer) => pointer.to_string(),
        Place::Position { line, column, .. } => format!("{line}:{column}"),
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

    fn at(place: &str) -> Pointer {
        Pointer::parse(place).unwrap()
    }

    #[test]
    fn reasons_are_told_with_what_they_cost() {
        let mut bag = Diagnostics::default();
        bag.warn(Code::UnsupportedMediaType, &at("#/paths/~1a/get/responses"), "aside", "");
        bag.warn(Code::InvalidObject, &at("#/components/schemas/S/items"), "odd", "");
        bag.warn(Code::UnresolvedRef, &at("#/paths/~1b/post/requestBody"), "no body", "");
        let left_out = Diagnostic::warning(Code::OperationLeftOut, &at("#/paths/~1b/post"), "left out", "");
        bag.push(left_out.note(&at("#/paths/~1b/post/requestBody"), "no body"));
        let lost = Diagnostic::warning(Code::SchemaLeftOut, &at("#/components/schemas/T"), "becomes JSON", "");
        bag.push(lost.note(&at("#/components/schemas/T/allOf/0"), "a circle"));
        let said = Said::of(&bag);
        assert_eq!(said.left_out.render("reason"), "\n1 reason:\n\n- no body: `POST /b`\n");
        assert_eq!(said.lost_schemas.render("reason"), "\n1 reason:\n\n- a circle: `T`\n");
        assert_eq!(said.schemas.render("note"), "\n1 note:\n\n- invalid-object: odd: `S`\n");
        assert_eq!(said.rest.len(), 1);
    }
}
