//! The project's commands as functions: documents in, files and reports out. The generator itself does no input or output;
//! everything that reads, writes, compares or starts a program is here. What the text of a generated file is, is not.
//!
//! - [`codegen`]: `spec/` to `generated/src/`, written or only compared.
//! - [`standalone`]: any document to a crate of its own.
//! - [`conformance`]: every operation called once against a mock server.
//! - [`corpus`]: a folder of any documents, each generated, compiled and called.
//! - `explain`: what a diagnostic means.
//! - [`sync`]: makes folders hold exactly what was generated, all or nothing.

pub mod cargo;
pub mod cli;
pub mod codegen;
pub mod conformance;
pub mod console;
pub mod corpus;
pub mod document;
mod explain;
pub mod failure;
mod notes;
mod said;
pub mod standalone;
pub mod sync;
pub mod voice;
pub mod workspace;

use anyhow::Result;

use cli::{Arguments, Command};
use workspace::Workspace;

/// Runs one command line in the workspace that this program was built from.
pub fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::here();
    match &arguments.command {
        Command::Codegen(codegen) => match codegen.standalone() {
            Some(order) => codegen.voice().report(&standalone::run(&workspace, &order, codegen.mode())?),
            None => codegen.voice().report(&codegen::run(&workspace, codegen.mode(), codegen.voice())?),
        },
        Command::Conformance(conformance) => conformance::run(&workspace, &conformance.selection())?,
        Command::Explain(explain) => console::say(&explain::run(explain.code)),
        Command::Corpus(corpus) => corpus::run(&workspace, &corpus.order())?,
    }
    Ok(())
}
