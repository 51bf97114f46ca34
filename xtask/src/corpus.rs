//! `corpus DIR`: a folder of anybody's documents in, a table out that says how far each came: generated, compiled, called. What
//! is done with a document is in `step`; one that fails costs its row and not the run.

mod check;
mod examples;
mod features;
mod generate;
mod pages;
mod report;
mod select;
mod step;
mod values;

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Result, bail};
use generator::visible;

use crate::cargo::Cargo;
use crate::conformance;
use crate::console::{count, say, warn};
use crate::document::Document;
use crate::failure::cannot_run;
use crate::workspace::Workspace;

pub use select::size;
use select::{Entry, select};
use step::{Bench, Came, Row, Step, Stop};
use values::Known;

/// What was asked for.
#[derive(Debug, Clone)]
pub struct Order {
    /// The folder of the documents.
    pub folder: PathBuf,
    /// The documents by file name without its ending; all of them if there is none.
    pub only: Vec<String>,
    /// How many bytes a document may have.
    pub max_size: Option<u64>,
    /// How far to go with each.
    pub depth: Depth,
    /// How many features to compile alone; none to compile no part of a crate.
    pub features: Option<usize>,
    /// How many values of each schema to try at least; none to try no values.
    pub values: Option<usize>,
    /// Whether to read every list that comes in pages.
    pub pages: bool,
    /// A file for the report, beside standard output.
    pub out: Option<PathBuf>,
}

/// How far to go with each document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// Write its crate.
    Generate,
    /// And compile it, and read the document's examples with it.
    Check,
    /// And call every operation against a mock server.
    Call,
}

/// Tries each document and prints the report. Fails at the end if anything was wrong with any of them.
pub fn run(workspace: &Workspace, order: &Order) -> Result<()> {
    let report = try_all(workspace, order)?;
    say(&report.text);
    if let Some(out) = &order.out {
        fs::write(out, &report.text).map_err(|error| cannot_run(format!("cannot write {}: {error}", out.display())))?;
    }
    match report.failed {
        0 => Ok(()),
        failed => bail!("{} of {} failed", failed, count(report.tried, "document")),
    }
}

/// What came of all documents.
#[derive(Debug)]
pub struct Report {
    /// In Markdown.
    pub text: String,
    /// How many documents were tried.
    pub tried: usize,
    /// How many of them something was wrong with.
    pub failed: usize,
}

/// Tries each document.
pub fn try_all(workspace: &Workspace, order: &Order) -> Result<Report> {
    let selected = select(order)?;
    let bench = bench(workspace, order)?;
    let total = selected.entries.len();
    let rows = selected.entries.into_iter().enumerate().map(|(at, entry)| {
        warn(&format!("[{}/{total}] {} … ", at + 1, visible::line(&entry.stem)));
        let started = Instant::now();
        let row = try_entry(&bench, entry);
        warn(&format!("{} {:.1} s\n", row.verdict(), started.elapsed().as_secs_f64()));
        row
    });
    let rows: Vec<Row> = rows.collect();
    let text = report::render(&rows, order.depth, &selected.too_large);
    Ok(Report { text, tried: total, failed: rows.iter().filter(|row| !row.is_fine()).count() })
}

/// Everything that the documents share. Node is asked for before anything is built: without it the rest is in vain.
fn bench(workspace: &Workspace, order: &Order) -> Result<Bench> {
    let mut steps = vec![Step::Generate];
    let whole = order.depth != Depth::Generate;
    steps.extend(whole.then_some(Step::Check));
    steps.extend(order.features.map(Step::Features));
    steps.extend(whole.then_some(Step::Examples));
    steps.extend(order.values.map(Step::Values));
    steps.extend(order.pages.then_some(Step::Pages));
    if order.depth == Depth::Call {
        steps.push(Step::Call(conformance::install(&workspace.target().join("conformance").join("prism"))?));
    }
    let folder = workspace.target().join("corpus");
    let cargo = Cargo::lean(workspace, folder.join("target"));
    let known = Known::read(&workspace.known_values())?;
    Ok(Bench { workspace: workspace.clone(), cargo, folder, steps, known })
}

fn try_entry(bench: &Bench, entry: Entry) -> Row {
    let read = Document::read(&entry.path, bench.workspace.access())
        .and_then(|document| Ok((document.crate_name(None)?, document)));
    let came = match read {
        Ok((name, document)) => bench.try_document(&document, &name),
        Err(error) => vec![Came::Stopped(Stop::of("not read", &error))],
    };
    Row { name: entry.stem, bytes: entry.bytes, came }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A bench that only generates, with the documents beside it.
    fn try_all(files: &[(&str, &str)]) -> Vec<Row> {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap();
        let workspace = Workspace::at(&root);
        for folder in [workspace.runtime(), workspace.spec()] {
            fs::create_dir_all(folder).unwrap();
        }
        fs::write(workspace.runtime().join("Cargo.toml"), "[package]\n").unwrap();
        files.iter().for_each(|(name, text)| fs::write(workspace.spec().join(name), text).unwrap());
        let depth = Depth::Generate;
        let order = Order {
            folder: workspace.spec(),
            only: vec![],
            max_size: None,
            depth,
            features: None,
            values: None,
            pages: false,
            out: None,
        };
        let cargo = Cargo::lean(&workspace, root.join("target"));
        let bench = Bench {
            workspace,
            cargo,
            folder: root.join("corpus"),
            steps: vec![Step::Generate],
            known: Known::default(),
        };
        let rows: Vec<Row> =
            select(&order).unwrap().entries.into_iter().map(|entry| try_entry(&bench, entry)).collect();
        let written = |row: &Row| root.join("corpus").join(&row.name).join("client/src/lib.rs").is_file();
        rows.iter().for_each(|row| assert_eq!(written(row), row.is_fine(), "{}", row.name));
        rows
    }

    #[test]
    fn document_that_fails_costs_its_row_alone() {
        let tiny = include_str!("tiny.yaml");
        let rows = try_all(&[("a.yaml", "openapi: ["), ("b.json", "{}"), ("c.yaml", tiny), ("ü.yaml", tiny)]);
        let verdicts: Vec<_> = rows.iter().map(|row| format!("{} {}", row.name, row.verdict())).collect();
        assert_eq!(verdicts, ["a refused", "b refused", "c ok", "ü not read"]);
        let report = report::render(&rows, Depth::Generate, &[]);
        for expected in ["| c | 1 | 1 | 1 |", "- syntax: this is not YAML", "ü.yaml gives no name for a crate"] {
            assert!(report.contains(expected), "{report}");
        }
    }
}
