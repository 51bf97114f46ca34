//! `diff OLD NEW`: two documents in, or those of `spec/` at two moments; what changed for callers out, and a failure if any of it
//! breaks them. Which documents are meant is settled in `sides`, what changed by the generator, what is shown in `report`.

mod git;
mod proposal;
mod report;
mod sides;
#[cfg(test)]
mod tests;

use anyhow::{Result, bail};
use generator::{Change, Effect, Side};

use crate::console::{count, say, say_json};
use crate::document::Document;
use crate::failure::cannot_run;
use crate::voice::Voice;
use crate::workspace::Workspace;

pub use proposal::proposal;
use report::Compared;

/// What was asked for.
#[derive(Debug, Clone)]
pub struct Order {
    /// A document, or a revision, as it was written.
    pub old: String,
    /// What it is compared with; the working tree if nothing was given.
    pub new: Option<String>,
    /// How the changes are written.
    pub format: Format,
}

/// How changes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs: one JSON object per change and line.
    Json,
}

/// Two documents of one name.
enum Pair {
    /// Both are there; in a crate with other clients they are this module.
    Both { old: Document, new: Document, module: Option<String> },
    /// Only the old one is there.
    Gone(Document),
    /// Only the new one is there.
    New(Document),
}

/// What changed.
#[derive(Debug)]
pub struct Report {
    /// All of it, as it was asked for.
    pub text: String,
    /// How many changes break callers.
    pub breaking: usize,
}

/// Compares the documents, and prints what changed. Fails at the end if anything breaks callers.
pub fn run(workspace: &Workspace, order: &Order) -> Result<()> {
    let report = report(workspace, order)?;
    match order.format {
        Format::Text => say(&report.text),
        Format::Json => say_json(&report.text),
    }
    match report.breaking {
        0 => Ok(()),
        breaking => bail!("{} for callers", count(breaking, "breaking change")),
    }
}

/// Compares the documents.
pub fn report(workspace: &Workspace, order: &Order) -> Result<Report> {
    let compared = compare_all(workspace, &order.old, order.new.as_deref())?;
    let text = match order.format {
        Format::Text => report::text(&compared),
        Format::Json => report::json(&compared),
    };
    Ok(Report { text, breaking: compared.iter().map(|one| one.of(Effect::Breaking).count()).sum() })
}

/// Compares what two sides stand for.
fn compare_all(workspace: &Workspace, old: &str, new: Option<&str>) -> Result<Vec<Compared>> {
    sides::pairs(workspace, old, new)?.iter().map(compare).collect()
}

fn compare(pair: &Pair) -> Result<Compared> {
    match pair {
        Pair::Gone(old) => Ok(Compared::whole(old, Side::Old)),
        Pair::New(new) => Ok(Compared::whole(new, Side::New)),
        Pair::Both { old, new, module } => {
            let changes = changes(old, new, module.as_deref()).map_err(|(side, report)| {
                let document = if side == Side::Old { old } else { new };
                document.tell(&report, Voice::default());
                cannot_run(format!("{} gives no client that could be compared", document.shown))
            })?;
            Ok(Compared { document: format!("{} -> {}", old.shown, new.shown), changes })
        }
    }
}

fn changes(
    old: &Document,
    new: &Document,
    module: Option<&str>,
) -> Result<Vec<Change>, (Side, generator::Diagnostics)> {
    generator::diff(&old.source(&old.shown), &new.source(&new.shown), module)
}
