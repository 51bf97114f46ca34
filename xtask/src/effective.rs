//! `codegen --effective FILE`: a document and its overlays in, the document that comes of them out, in a file.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

use crate::document::{Document, Rejected};
use crate::sync;
use crate::voice::Voice;
use crate::workspace::Workspace;

/// A document that was asked for.
#[derive(Debug, Clone)]
pub struct Order {
    /// The document.
    pub spec: PathBuf,
    /// Its overlays.
    pub overlays: Vec<PathBuf>,
    /// The file that is written.
    pub file: PathBuf,
    /// Who reads what is wrong.
    pub voice: Voice,
}

/// Writes the document. Gives the report; what is wrong is told at once.
pub fn run(workspace: &Workspace, order: &Order) -> Result<String> {
    require_other(order)?;
    let document = Document::read_with(&order.spec, &order.overlays, workspace.access())?;
    let value = match generator::effective(&document.source(&document.shown)) {
        Ok(value) => value,
        Err(report) => {
            document.tell(&report, order.voice);
            return Err(Rejected { document: document.shown.clone(), report }.into());
        }
    };
    let is_json = order.file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let text = if is_json { serde_json::to_string_pretty(&value)? + "\n" } else { generator::to_yaml(&value)? };
    sync::write(&order.file, &text).with_context(|| format!("cannot write {}", order.file.display()))?;
    Ok(format!(
        "{}\n    written with {} applied\n",
        order.file.display(),
        crate::console::count(order.overlays.len(), "overlay")
    ))
}

/// What is read must not be written.
fn require_other(order: &Order) -> Result<()> {
    let Ok(file) = order.file.canonicalize() else { return Ok(()) };
    let mut inputs = [&order.spec].into_iter().chain(&order.overlays);
    if inputs.any(|input| input.canonicalize().is_ok_and(|input| input == file)) {
        bail!("--effective {} is one of the files that are read; give another one", order.file.display());
    }
    Ok(())
}
