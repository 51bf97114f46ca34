//! The project's commands as functions: documents in, files and reports out. The generator itself does no input or output;
//! everything that reads, writes, compares or starts a program is here. What the text of a generated file is, is not.
//!
//! - [`codegen`]: `spec/` to `generated/src/`, written or only compared.
//! - [`standalone`]: any document to a crate of its own.
//! - [`conformance`]: every operation called once against a mock server.
//! - [`corpus`]: a folder of any documents, each generated, compiled and called.
//! - `effective`: a document as its overlays make it.
//! - `explain`: what a diagnostic means.
//! - `provenance`: which line of a document an item of the client comes from.
//! - [`diff`]: what changed for callers between two documents.
//! - `watch`: `codegen` again after each change of what it reads.
//! - [`access`]: what documents may refer to.
//! - [`sync`]: makes folders hold exactly what was generated, all or nothing.

pub mod access;
pub mod cargo;
pub mod cli;
pub mod codegen;
pub mod conformance;
pub mod console;
pub mod corpus;
pub mod diff;
pub mod document;
mod effective;
mod explain;
pub mod failure;
mod notes;
mod provenance;
mod said;
pub mod standalone;
pub mod sync;
pub mod voice;
mod watch;
pub mod workspace;

use anyhow::Result;

use cli::{Arguments, CodegenArguments, Command};
use workspace::Workspace;

/// Runs one command line in the workspace that this program was built from.
pub fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::here().with_access(arguments.access()?);
    match &arguments.command {
        Command::Codegen(arguments) if arguments.watch => {
            watch::watch(arguments.voice(), || arguments.inputs(&workspace), || codegen(&workspace, arguments))?
        }
        Command::Codegen(arguments) => codegen(&workspace, arguments)?,
        Command::Conformance(conformance) => conformance::run(&workspace, &conformance.selection())?,
        Command::Where(arguments) => {
            let order = arguments.order();
            let answer = provenance::run(&workspace, &order)?;
            if order.is_json { console::say_json(&answer) } else { console::say(&answer) }
        }
        Command::Explain(explain) => console::say(&explain::run(explain.code)),
        Command::Corpus(corpus) => corpus::run(&workspace, &corpus.order())?,
        Command::Diff(diff) => diff::run(&workspace, &diff.order())?,
    }
    Ok(())
}

fn codegen(workspace: &Workspace, arguments: &CodegenArguments) -> Result<()> {
    let voice = arguments.voice();
    let (effective, standalone) = (arguments.effective(), arguments.standalone());
    if let (Some(order), Some(_)) = (&effective, &standalone) {
        document::require_rereadable(&order.spec, "--effective together with --out")?;
    }
    if let Some(order) = &effective {
        voice.report(&effective::run(workspace, order)?);
    }
    match (&standalone, &effective) {
        (Some(order), _) => voice.report(&standalone::run(workspace, order, arguments.mode())?),
        (None, Some(_)) => {}
        (None, None) => voice.report(&codegen::run(workspace, arguments.mode(), voice)?),
    }
    Ok(())
}
