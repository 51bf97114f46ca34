//! `conformance`: documents in, a table per document out that says of every operation whether its request was sent, accepted by
//! Prism's validator, and its answer read. What is called with which data, the generator decides; nothing here knows an operation.

mod align;
mod log;
mod outcome;
mod prism;
mod program;
mod table;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::cargo::Cargo;
use crate::codegen::{self, Mode};
use crate::console::{count, say, warn};
use crate::document::{Document, Generated, Rejected, read_spec};
use crate::failure::cannot_run;
use crate::standalone::{self, Order, Target};
use crate::voice::Voice;
use crate::workspace::{CLIENT_PACKAGE, Workspace};

pub use outcome::{Outcome, Tally};
pub use prism::{Answers, Prism, install};
pub use program::{Answer, Needs, Program, call};
pub use table::failures;

/// Which documents to try.
#[derive(Debug, Clone)]
pub enum Selection {
    /// Every document of `spec/`.
    All,
    /// Documents of `spec/` by name.
    Named(Vec<String>),
    /// Any document, and the package name for its crate if the file name does not give one.
    File(PathBuf, Option<String>),
}

/// Tries each document and prints its table. Fails at the end if any operation of any of them did.
pub fn run(workspace: &Workspace, selection: &Selection) -> Result<()> {
    let documents = select(workspace, selection)?;
    let folder = workspace.target().join("conformance");
    // Asked for before anything is built: without Node the rest is in vain.
    let prism = install(&folder.join("prism"))?;
    let cargo = Cargo::shared(workspace);
    let mut failed = Vec::new();
    for document in &documents {
        let (program, generated) = match selection {
            Selection::File(_, name) => of_any_document(workspace, document, name.as_deref(), &folder)?,
            Selection::All | Selection::Named(_) => of_own_document(workspace, document, &folder)?,
        };
        warn(&format!("{}: building the calls\n", document.shown));
        let executable = program.build(&cargo)?;
        let outcome = call_all(&prism, &executable, &document.path, generated.output.summary.calls)?;
        say(&table::render(&document.shown, &outcome));
        if !outcome.is_fine() {
            failed.push(document.shown.clone());
        }
    }
    if !failed.is_empty() {
        bail!("{} did not conform: {}", count(failed.len(), "document"), failed.join(", "));
    }
    Ok(())
}

/// Runs the built calls against a mock of the document. `expected` is how many calls were generated.
///
/// Prism answers with the document's examples. A call whose answer could not be read is made again, with an answer that
/// Prism makes from the schemas: not every example keeps to its own schema, and not every one survives Prism.
pub fn call_all(prism: &Prism, executable: &Path, document: &Path, expected: usize) -> Result<Outcome> {
    if expected == 0 {
        return Ok(Outcome::default());
    }
    let call = |answers, numbers: &[usize]| -> Result<Outcome> {
        let server = prism.serve(document, answers)?;
        let answer = program::call(executable, server.url(), numbers)?;
        let expected = if numbers.is_empty() { expected } else { numbers.len() };
        Ok(Outcome::new(&answer, &server.finish(), expected))
    };
    let mut outcome = call(Answers::Examples, &[])?;
    let mut again = outcome.unread();
    while !again.is_empty() {
        again = outcome.take_over(call(Answers::Made, &again)?, &again);
    }
    Ok(outcome)
}

fn select(workspace: &Workspace, selection: &Selection) -> Result<Vec<Document>> {
    match selection {
        Selection::File(path, _) => Ok(vec![Document::read(path, workspace.access())?]),
        Selection::All => read_spec(workspace),
        Selection::Named(names) => {
            let mut documents = read_spec(workspace)?;
            for name in names {
                if !documents.iter().any(|document| &document.stem == name) {
                    let known: Vec<_> = documents.iter().map(|document| document.stem.as_str()).collect();
                    return Err(cannot_run(format!(
                        "there is no document `{name}` in spec/, only {}",
                        known.join(", ")
                    )));
                }
            }
            documents.retain(|document| names.contains(&document.stem));
            Ok(documents)
        }
    }
}

/// The calls of a document of `spec/` go through the client crate as it is committed, which therefore has to be fresh.
fn of_own_document(workspace: &Workspace, document: &Document, folder: &Path) -> Result<(Program, Generated)> {
    let generated = codegen::generate(document, Voice::default()).map_err(|one| Rejected::into_error(&[one]))?;
    codegen::require_fresh(workspace, document, &generated)?;
    let program = Program {
        folder: folder.join(&document.stem).join("program"),
        name: document.stem.clone(),
        client: CLIENT_PACKAGE.to_owned(),
        client_path: workspace.generated(),
        needs: Needs::Calls,
    };
    program.write(&generated.output.conformance)?;
    Ok((program, generated))
}

/// Any other document becomes a crate of its own first, which shares this checkout's runtime so that it is built once.
fn of_any_document(
    workspace: &Workspace,
    document: &Document,
    name: Option<&str>,
    folder: &Path,
) -> Result<(Program, Generated)> {
    let name = document.crate_name(name)?;
    let place = folder.join(&name);
    let client_path = place.join("client");
    let order = Order::sharing_runtime(workspace, document, &name, client_path.clone());
    let target = Target::open(&client_path, Mode::Write)?;
    let draft = standalone::draft_aloud(workspace, &order, document, &target)?;
    target.write(&draft)?;
    drop(target);
    let needs = Needs::Calls;
    let program = Program { folder: place.join("program"), client: name.clone(), name, client_path, needs };
    program.write(&draft.generated.output.conformance)?;
    Ok((program, draft.generated))
}
