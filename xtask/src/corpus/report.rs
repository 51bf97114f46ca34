//! The report: what came of all documents in, Markdown out. Nothing is judged here.

use super::Depth;
use super::check::Check;
use super::examples::Examples;
use super::features::Builds;
use super::generate::Generation;
use super::pages::Lists;
use super::step::{Came, Row};
use super::values::{Fault as ValueFault, Values};
use crate::conformance::{Outcome, Tally, failures};
use crate::console::count;

/// A column of numbers; the last row has their sum.
struct Column {
    title: &'static str,
    /// How far documents have to go for it; none if it is there where any of them has something for it.
    depth: Option<Depth>,
    /// None where a document did not come so far.
    value: fn(&Row) -> Option<f64>,
    decimals: usize,
}

const COLUMNS: &[Column] = &[
    column("KB", Depth::Generate, |row| Some(row.bytes as f64 / 1000.0), 0),
    column("operations in", Depth::Generate, |row| Some(generation(row)?.counts.operations_in as f64), 0),
    column("operations out", Depth::Generate, |row| Some(generation(row)?.counts.operations_out as f64), 0),
    column("schemas in", Depth::Generate, |row| Some(generation(row)?.counts.schemas_in as f64), 0),
    column("schemas out", Depth::Generate, |row| Some(generation(row)?.counts.schemas_out as f64), 0),
    column("warnings", Depth::Generate, |row| Some(generation(row)?.warnings as f64), 0),
    column("generation s", Depth::Generate, |row| Some(generation(row)?.elapsed.as_secs_f64()), 2),
    column("lines of Rust", Depth::Generate, |row| Some(generation(row)?.lines as f64), 0),
    column("check s", Depth::Check, |row| Some(checked(row)?.elapsed.as_secs_f64()), 1),
    Column {
        depth: None,
        ..column("builds with few features", Depth::Check, |row| Some(divided(row)?.number as f64), 0)
    },
    Column { depth: None, ..column("longest s", Depth::Check, |row| Some(divided(row)?.longest.as_secs_f64()), 1) },
    column("examples", Depth::Check, |row| Some(examples(row)?.total() as f64), 0),
    column("same again", Depth::Check, |row| Some(examples(row)?.same as f64), 0),
    Column { depth: None, ..column("values", Depth::Check, |row| Some(values(row)?.tried as f64), 0) },
    Column { depth: None, ..column("exact", Depth::Check, |row| Some(values(row)?.same as f64), 0) },
    Column { depth: None, ..column("digits", Depth::Check, |row| Some(values(row)?.digits as f64), 0) },
    Column { depth: None, ..column("unclear", Depth::Check, |row| Some(values(row)?.unclear as f64), 0) },
    Column { depth: None, ..column("rejected", Depth::Check, |row| Some(values(row)?.count(ValueFault::Rejected)), 0) },
    Column { depth: None, ..column("changed", Depth::Check, |row| Some(values(row)?.count(ValueFault::Changed)), 0) },
    Column {
        depth: None,
        ..column("unreported", Depth::Check, |row| Some(values(row)?.count(ValueFault::Unreported)), 0)
    },
    Column { depth: None, ..column("sent anyway", Depth::Check, |row| Some(values(row)?.count(ValueFault::Sent)), 0) },
    Column { depth: None, ..column("lists", Depth::Check, |row| Some(lists(row)?.total() as f64), 0) },
    Column { depth: None, ..column("read to the end", Depth::Check, |row| Some(lists(row)?.read as f64), 0) },
    column("sent", Depth::Call, |row| Some(tally(row)?.sent as f64), 0),
    column("accepted", Depth::Call, |row| Some(tally(row)?.accepted as f64), 0),
    column("decoded", Depth::Call, |row| Some(tally(row)?.decoded as f64), 0),
];

const fn column(title: &'static str, depth: Depth, value: fn(&Row) -> Option<f64>, decimals: usize) -> Column {
    Column { title, depth: Some(depth), value, decimals }
}

/// The table, then what there is to say of each document, then which were not tried.
pub fn render(rows: &[Row], depth: Depth, too_large: &[String]) -> String {
    let mut text = table(rows, depth) + &rows.iter().map(details).collect::<String>();
    if !too_large.is_empty() {
        text += &format!("\n{} too large to be tried: {}\n", count(too_large.len(), "document"), too_large.join(", "));
    }
    text
}

fn table(rows: &[Row], depth: Depth) -> String {
    let is_shown = |column: &&Column| match column.depth {
        Some(least) => least <= depth,
        None => column.sum(rows).is_some(),
    };
    let columns: Vec<&Column> = COLUMNS.iter().filter(is_shown).collect();
    let titles: Vec<_> = columns.iter().map(|column| column.title.to_owned()).collect();
    let rules: Vec<_> = columns.iter().map(|_| "--:".to_owned()).collect();
    let mut text = line("document", &titles, "verdict") + &line("---", &rules, "---");
    for row in rows {
        let cells: Vec<_> = columns.iter().map(|column| column.show((column.value)(row))).collect();
        text += &line(&row.name, &cells, &row.verdict());
    }
    let sums: Vec<_> = columns.iter().map(|column| column.show(column.sum(rows))).collect();
    let fine = rows.iter().filter(|row| row.is_fine()).count();
    text + &line("**total**", &sums, &format!("{fine} of {} ok", rows.len()))
}

impl Column {
    fn show(&self, value: Option<f64>) -> String {
        value.map_or_else(|| "–".to_owned(), |value| format!("{value:.*}", self.decimals))
    }

    /// None if no document came so far.
    fn sum(&self, rows: &[Row]) -> Option<f64> {
        rows.iter().filter_map(self.value).reduce(|sum, value| sum + value)
    }
}

fn line(first: &str, cells: &[String], last: &str) -> String {
    format!("| {first} | {} | {last} |\n", cells.join(" | "))
}

/// What was said of a document, under its name; nothing if that is nothing.
fn details(row: &Row) -> String {
    let text: String = row.came.iter().map(detail).collect();
    if text.is_empty() { text } else { format!("\n## {}: {}\n{text}", row.name, row.verdict()) }
}

fn detail(came: &Came) -> String {
    match came {
        Came::Generated(generation) => said(generation),
        Came::Checked(check) => check.errors.render("compiler error") + &check.warnings.render("compiler warning"),
        Came::Divided(builds) => builds.problems.render("problem with few features"),
        Came::Read(examples) => {
            examples.lost.render("lost example") + &examples.invalid.render("example against its own schema")
        }
        Came::Tried(values) => values.render(),
        Came::Paged(lists) => lists.failed.render("unread list") + &lists.unmade.render("untried list"),
        Came::Called(outcome) if outcome.is_fine() => String::new(),
        Came::Called(outcome) => format!("\n```text{}```\n", failures(outcome)),
        Came::Stopped(stop) => format!("\n{}\n", stop.reason.trim()),
    }
}

fn said(generation: &Generation) -> String {
    let (counts, said) = (&generation.counts, &generation.said);
    let left_out = counts.operations_in.saturating_sub(counts.operations_out);
    said.left_out.render_under(&format!("left out {}", count(left_out, "operation")))
        + &said.schemas.render("schema warning")
        + &said.rest.render("other warning")
}

fn generation(row: &Row) -> Option<&Generation> {
    row.came.iter().find_map(Came::generation)
}

fn checked(row: &Row) -> Option<&Check> {
    row.came.iter().find_map(Came::check)
}

fn divided(row: &Row) -> Option<&Builds> {
    row.came.iter().find_map(|came| if let Came::Divided(builds) = came { Some(builds) } else { None })
}

fn examples(row: &Row) -> Option<&Examples> {
    row.came.iter().find_map(|came| if let Came::Read(examples) = came { Some(examples) } else { None })
}

fn values(row: &Row) -> Option<&Values> {
    row.came.iter().find_map(|came| if let Came::Tried(values) = came { Some(values) } else { None })
}

fn lists(row: &Row) -> Option<&Lists> {
    row.came.iter().find_map(|came| if let Came::Paged(lists) = came { Some(lists) } else { None })
}

fn tally(row: &Row) -> Option<Tally> {
    row.came.iter().find_map(Came::outcome).map(Outcome::tally)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::generate::Counts;
    use super::super::step::Stop;
    use super::*;
    use crate::notes::Notes;
    use crate::said::Said;

    fn row(name: &str, came: Vec<Came>) -> Row {
        Row { name: name.to_owned(), bytes: 2000, came }
    }

    fn generated(said: Said) -> Came {
        let counts = Counts { operations_in: 3, operations_out: 2, schemas_in: 5, schemas_out: 4, calls: 2 };
        let elapsed = Duration::from_millis(1500);
        Came::Generated(Generation {
            counts,
            warnings: 1,
            said,
            elapsed,
            lines: 70,
            examples: Vec::new(),
            schemas: Vec::new(),
            warned: Default::default(),
            features: Vec::new(),
            lists: Vec::new(),
        })
    }

    #[test]
    fn table_with_sums_and_reasons() {
        let mut said = Said::default();
        said.left_out.add("odd: it is odd", "GET /a");
        let mut warnings = Notes::default();
        warnings.add("unused", "src/a.rs:1");
        let check = Check { elapsed: Duration::from_secs(2), warnings, ..Check::default() };
        let stop = Stop { verdict: "refused", reason: "not one".to_owned() };
        let mut read = Examples { same: 1, ..Examples::default() };
        read.lost.add("the property `x` is lost", "#/x");
        let rows = [
            row("a", vec![generated(said), Came::Checked(check), Came::Read(read)]),
            row("b", vec![Came::Stopped(stop)]),
        ];
        let expected = "\
| document | KB | operations in | operations out | schemas in | schemas out | warnings | generation s | lines of Rust | check s | examples | same again | verdict |
| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --- |
| a | 2 | 3 | 2 | 5 | 4 | 1 | 1.50 | 70 | 2.0 | 2 | 1 | 1 compiler warning, 1 lost example |
| b | 2 | – | – | – | – | – | – | – | – | – | – | refused |
| **total** | 4 | 3 | 2 | 5 | 4 | 1 | 1.50 | 70 | 2.0 | 2 | 1 | 0 of 2 ok |

## a: 1 compiler warning, 1 lost example

left out 1 operation:

- odd: it is odd: `GET /a`

1 compiler warning:

- unused: `src/a.rs:1`

1 lost example:

- the property `x` is lost: `#/x`

## b: refused

not one

1 document too large to be tried: c
";
        assert_eq!(render(&rows, Depth::Check, &["c".to_owned()]), expected);
    }

    #[test]
    fn builds_with_few_features_are_shown_where_there_are_some() {
        let mut problems = Notes::default();
        problems.add("[a] E1: wrong", "src/a.rs:1");
        let builds = Builds { number: 3, longest: Duration::from_secs(2), problems };
        let text = render(&[row("a", vec![Came::Divided(builds)])], Depth::Check, &[]);
        assert!(text.contains("| check s | builds with few features | longest s | examples |"), "{text}");
        assert!(text.contains("| – | 3 | 2.0 | – | – | 1 problem with few features |"), "{text}");
        assert!(text.contains("- [a] E1: wrong: `src/a.rs:1`"), "{text}");
    }

    #[test]
    fn lists_are_shown_where_they_were_read() {
        let mut lists = Lists { read: 2, ..Lists::default() };
        lists.failed.add("`page` is missing", "GET /a by page");
        lists.unmade.add("no page can be made up", "GET /b by url");
        let text = render(&[row("a", vec![Came::Paged(lists)])], Depth::Generate, &[]);
        assert!(text.contains("| lines of Rust | lists | read to the end | verdict |"), "{text}");
        assert!(text.contains("| – | 4 | 2 | 1 unread list |"), "{text}");
        for expected in [
            "1 unread list:\n\n- `page` is missing: `GET /a by page`\n",
            "1 untried list:\n\n- no page can be made up: `GET /b by url`\n",
        ] {
            assert!(text.contains(expected), "{text}");
        }
    }

    #[test]
    fn values_are_shown_where_they_were_tried() {
        let mut values = Values { tried: 9, same: 4, digits: 1, unclear: 1, ..Values::default() };
        values.faults.insert(ValueFault::Sent, 3);
        values.new.entry(ValueFault::Sent).or_default().add("a string breaks maxLength", "#/components/schemas/A $.b");
        values.stale.add("no value is changed", "#/components/schemas/B");
        let text = render(&[row("a", vec![Came::Tried(values)])], Depth::Generate, &[]);
        assert!(text.contains("| 9 | 4 | 1 | 1 | 0 | 0 | 0 | 3 | 1 value fault, 1 stale value fault |"), "{text}");
        for expected in [
            "1 invalid and sent value:\n\n- a string breaks maxLength: `#/components/schemas/A $.b`\n",
            "1 stale entry in the list of known values:\n\n- no value is changed: `#/components/schemas/B`\n",
        ] {
            assert!(text.contains(expected), "{text}");
        }
    }

    #[test]
    fn document_of_which_nothing_was_said_is_in_the_table_alone() {
        let text = render(&[row("a", vec![generated(Said::default())])], Depth::Generate, &[]);
        assert_eq!(text.lines().count(), 4, "{text}");
    }
}
