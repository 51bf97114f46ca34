//! `codegen` for the project's own client: the documents of `spec/` in, `generated/src/<name>/` out, written or only compared.
//! Crates of their own are in `standalone`; how files get to the disk is in `sync`.

mod features;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use generator::{Files, Root, Summary};
use heck::ToKebabCase as _;

use crate::access;
use crate::console::count;
use crate::diff::proposal;
use crate::document::{Document, Generated, Rejected, read_spec};
use crate::failure::cannot_run;
use crate::said::Said;
use crate::sync::{self, Lock, Plan, Wanted, is_marked};
use crate::voice::Voice;
use crate::workspace::{CLIENT_CRATE, Workspace};

/// How messages call the folder that holds the generated ones.
const SHOWN_ROOT: &str = "generated/src";

/// The command that maintainers type.
const COMMAND: &str = "cargo xtask codegen";

/// How many changes of one folder are listed by name. A new document may have hundreds, all of them additions.
const SHOWN_CHANGES: usize = 40;

/// Whether to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Make the tree what it should be.
    Write,
    /// Fail if it is not.
    Check,
}

/// Generates the client from every document of `spec/`, and writes or checks it. Gives the report; warnings are printed at once.
pub fn run(workspace: &Workspace, mode: Mode, voice: Voice) -> Result<String> {
    let root = workspace.generated_src();
    require_inside(workspace, &root)?;
    // What another run writes in the meantime would be compared with documents that it has not read.
    let lock = if mode == Mode::Write { Some(Lock::acquire(&root)?) } else { None };
    let documents = read_spec(workspace)?;
    let generated = generate_all(&documents, voice)?;
    features::require_listed(workspace, &generated)?;
    let all: Vec<_> = documents.iter().zip(&generated).collect();
    let plan = sync::plan(&wanted(workspace, &all)?)?;
    match &lock {
        None => plan.require_fresh(SHOWN_ROOT, COMMAND)?,
        Some(lock) => plan.apply(lock)?,
    }
    let each = all
        .iter()
        .map(|(document, generated)| report(&document.shown, &plan, SHOWN_ROOT, &document.stem) + &summary(generated));
    let report = each.collect::<String>() + &orphans(&plan, &documents) + &undeclared(workspace, &documents);
    Ok(match mode {
        Mode::Check => report,
        Mode::Write => report + &proposal(workspace, &documents),
    })
}

/// Fails unless `generated/` holds what was just generated from this document.
pub fn require_fresh(workspace: &Workspace, document: &Document, generated: &Generated) -> Result<()> {
    let folders = [(document.stem.clone(), generated.output.files.clone())].into();
    let wanted = Wanted { root: workspace.generated_src(), folders, files: Files::new() };
    sync::plan(&wanted)?.require_fresh(SHOWN_ROOT, COMMAND)
}

/// Generates one document of `spec/` as a module of the client crate, printing what is wrong with it. The document is ours, so
/// a warning is one to heed.
pub fn generate(document: &Document, voice: Voice) -> Result<Generated, Rejected> {
    let root = Root::Module { crate_name: CLIENT_CRATE.to_owned(), module: document.stem.clone() };
    let generated = document.generate(&document.shown, &root).and_then(|generated| {
        let report = generated.output.warnings.clone();
        if report.is_empty() { Ok(generated) } else { Err(Rejected { document: document.shown.clone(), report }) }
    });
    generated.inspect_err(|rejected| document.tell(&rejected.report, voice))
}

/// What happened to the files of one owned folder, for people: the names of those that changed, and how many did not.
pub fn report(shown: &str, plan: &Plan, root: &str, folder: &str) -> String {
    let mut text = format!("{shown}\n") + &changes(plan, root, |path| is_in(path, folder));
    let unchanged = plan.unchanged().iter().filter(|path| is_in(path, folder)).count();
    if unchanged > 0 {
        text += &format!("    {} unchanged\n", count(unchanged, "file"));
    }
    text
}

/// How much of a document came in and went out, how long that took, and what was left out and why.
pub fn summary(generated: &Generated) -> String {
    let said = Said::of(&generated.output.warnings);
    let (coverage, seconds) = (coverage(&generated.output.summary), generated.elapsed.as_secs_f64());
    format!("    {coverage}, {seconds:.2} s\n")
        + &said.left_out.render_under("operations left out, and why")
        + &said.lost_schemas.render_under("schemas left out")
}

/// How much of a document became code.
fn coverage(summary: &Summary) -> String {
    let Summary { operations, left_out, schemas, schemas_left_out, types, .. } = *summary;
    let of = |out: usize, all: usize, noun: &str| {
        if out == all { count(all, noun) } else { format!("{out} of {}", count(all, noun)) }
    };
    let operations = of(operations, operations + left_out, "operation");
    let schemas = of(schemas - schemas_left_out, schemas, "schema");
    format!("{operations}, {schemas}, {}", count(types, "type"))
}

/// One line for each change that `selects` picks, up to a number that still can be read.
pub fn changes(plan: &Plan, root: &str, selects: impl Fn(&str) -> bool) -> String {
    let picked: Vec<_> = plan.changes().iter().filter(|change| selects(&change.path)).collect();
    let line = |change: &&sync::Change| format!("    {:<8} {root}/{}\n", change.action.done(), change.path);
    let mut text: String = picked.iter().take(SHOWN_CHANGES).map(line).collect();
    if let Some(more) = picked.len().checked_sub(SHOWN_CHANGES).filter(|more| *more > 0) {
        text += &format!("    and {} more\n", count(more, "file"));
    }
    text
}

/// Whether a path of a plan is in this folder.
pub fn is_in(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// All of them, so that every error of every document is told in one run.
fn generate_all(documents: &[Document], voice: Voice) -> Result<Vec<Generated>> {
    let (mut generated, mut rejected) = (Vec::new(), Vec::new());
    for document in documents {
        match generate(document, voice) {
            Ok(one) => generated.push(one),
            Err(one) => rejected.push(one),
        }
    }
    if rejected.is_empty() { Ok(generated) } else { Err(Rejected::into_error(&rejected)) }
}

fn wanted(workspace: &Workspace, all: &[(&Document, &Generated)]) -> Result<Wanted> {
    let root = workspace.generated_src();
    let mut wanted = Wanted { root: root.clone(), folders: Default::default(), files: Files::new() };
    for folder in generated_folders(&root)? {
        wanted.folders.insert(folder, Files::new());
    }
    for (document, generated) in all {
        wanted.folders.insert(document.stem.clone(), generated.output.files.clone());
    }
    Ok(wanted)
}

/// Links inside owned folders are refused later; this is about the way to them.
fn require_inside(workspace: &Workspace, folder: &Path) -> Result<()> {
    let resolve = |path: &Path| {
        path.canonicalize().map_err(|error| cannot_run(format!("cannot use {}: {error}", path.display())))
    };
    if !resolve(folder)?.starts_with(resolve(workspace.root())?) {
        bail!("{SHOWN_ROOT} is a symbolic link that leads out of the workspace; make it a plain folder");
    }
    Ok(())
}

/// The folders that some earlier run wrote, told by the marker in their `mod.rs`. Other folders are written by hand.
fn generated_folders(root: &Path) -> Result<Vec<String>> {
    let unreadable = || format!("cannot list {}", root.display());
    let entries = fs::read_dir(root).map_err(|error| cannot_run(format!("{}: {error}", unreadable())))?;
    let mut folders = Vec::new();
    for entry in entries {
        let entry = entry.with_context(unreadable)?;
        // A link is not followed: what it leads to is not ours.
        if !entry.file_type().with_context(unreadable)?.is_dir() {
            continue;
        }
        let marked = access::read(&entry.path().join("mod.rs")).is_ok_and(|text| is_marked(&text));
        if let (true, Ok(name)) = (marked, entry.file_name().into_string()) {
            folders.push(name);
        }
    }
    Ok(folders)
}

/// What was removed because its document is gone.
fn orphans(plan: &Plan, documents: &[Document]) -> String {
    changes(plan, SHOWN_ROOT, |path| !documents.iter().any(|document| is_in(path, &document.stem)))
}

/// The crate's root is written by hand, so a new module has to be named there by hand.
fn undeclared(workspace: &Workspace, documents: &[Document]) -> String {
    let Ok(lib) = fs::read_to_string(workspace.generated_src().join("lib.rs")) else { return String::new() };
    let missing = documents.iter().filter(|document| !lib.contains(&format!("mod {};", document.stem)));
    let line = |stem: &str| format!("#[cfg(feature = \"{}\")] pub mod {stem};", stem.to_kebab_case());
    missing.map(|document| format!("note: add `{}` to {SHOWN_ROOT}/lib.rs\n", line(&document.stem))).collect()
}
