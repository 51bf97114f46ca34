//! The report of a document: what came of it in, text for people out. Nothing is judged here.

use std::fmt::Write as _;

use super::outcome::{Operation, Outcome, Tally};
use super::prism;
use crate::console::count;

/// A table with a line per operation, then a count, then for each failure what both sides said.
pub fn render(shown: &str, outcome: &Outcome) -> String {
    let operations = &outcome.operations;
    let width =
        operations.iter().map(|one| label(one).chars().count()).max().unwrap_or_default().max("operation".len());
    let mut text = format!("\n{shown} against Prism {}\n\n", prism::VERSION);
    let _ = writeln!(text, "  {:width$}  sent  accepted  decoded", "operation");
    for one in operations {
        let mark = if one.example.is_some() { " *" } else { "" };
        let decoded = format!("{}{mark}", one.decoded.as_deref().unwrap_or("no"));
        let _ = writeln!(
            text,
            "  {:width$}  {:4}  {:8}  {decoded}",
            label(one),
            word(one.is_sent()),
            word(one.is_accepted())
        );
    }
    let Tally { sent, accepted, decoded } = outcome.tally();
    let total = count(operations.iter().filter(|one| one.variant.is_empty()).count(), "operation");
    let _ = writeln!(text, "\n  {total}: {sent} sent, {accepted} accepted, {decoded} decoded");
    text + &failures(outcome) + &examples(outcome) + "\n"
}

/// What both sides said of every operation that failed, and what else is wrong; nothing if all is fine.
pub fn failures(outcome: &Outcome) -> String {
    let failed = outcome.operations.iter().filter(|one| !one.is_fine()).map(failure);
    let problems = outcome.problems.iter().map(|problem| format!("\n  {}\n", problem.replace('\n', "\n  ")));
    let ended =
        outcome.ended.iter().map(|reason| format!("\n  once, {reason}; the calls after that were made again\n"));
    failed.chain(problems).chain(ended).collect()
}

/// What was said of examples in whose place another answer was read.
fn examples(outcome: &Outcome) -> String {
    let odd = outcome.operations.iter().filter_map(|one| Some((one, one.example.as_ref()?)));
    let lines: String = odd.map(|(one, message)| format!("\n  * {}: {message}\n", one.id)).collect();
    if lines.is_empty() {
        return lines;
    }
    format!("\n  * read an answer made from the schema, since the document's example is not of it:\n{lines}")
}

fn failure(one: &Operation) -> String {
    let mut text = format!("\n  {}: {} {}\n", label(one), one.method, one.path);
    if let Err(message) = &one.decoded {
        let _ = writeln!(text, "    client: {message}");
    }
    match &one.request {
        Some(request) => {
            let _ = writeln!(text, "    Prism received {} {}", request.method, request.path);
            request.words.iter().for_each(|words| text += &format!("    Prism: {words}\n"));
        }
        None => text += "    Prism received no such request\n",
    }
    text
}

/// An operation, and how it was called if there are several ways.
fn label(one: &Operation) -> String {
    if one.variant.is_empty() { one.id.clone() } else { format!("{} ({})", one.id, one.variant) }
}

fn word(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

#[cfg(test)]
mod tests {
    use super::super::prism::Log;
    use super::super::program::Answer;
    use super::*;

    #[test]
    fn table_counts_and_shows_both_sides_of_a_failure() {
        let lines = "getThing\t\tGET\t/things/{id}\tok\t200\nmake\t\tPOST\t/things\tfailed\tstatus 422\n".to_owned();
        let log = [
            "[1] › [HTTP SERVER] get /things/1 ℹ  info  Request received",
            "[1] ›   [VALIDATOR] ✔  success   The request passed the validation rules.",
            "[1] › [HTTP SERVER] post /things ℹ  info  Request received",
            "[1] ›   [VALIDATOR] ✖  error     Request body must have required property 'a'",
        ];
        let log = Log { lines: log.map(str::to_owned).to_vec(), failure: None };
        let outcome = Outcome::new(&Answer { lines, failure: None }, &log, 2);
        let expected = format!(
            "\nspec/x.yaml against Prism {}\n\
             \n\
             \x20 operation  sent  accepted  decoded\n\
             \x20 getThing   yes   yes       200\n\
             \x20 make       yes   no        no\n\
             \n\
             \x20 2 operations: 2 sent, 1 accepted, 1 decoded\n\
             \n\
             \x20 make: POST /things\n\
             \x20   client: status 422\n\
             \x20   Prism received POST /things\n\
             \x20   Prism: Request body must have required property 'a'\n\
             \n",
            prism::VERSION
        );
        assert_eq!(render("spec/x.yaml", &outcome), expected);
    }
}
