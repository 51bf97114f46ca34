//! `codegen --spec FILE --out DIR`: any document in, a crate of its own out. Which files may be touched is decided in `sync`; what
//! the manifests say is in `manifest`, and the copy of the runtime in `runtime`.

mod manifest;
mod runtime;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use generator::{Files, Root};

use crate::access;
use crate::codegen::{Mode, changes, is_in, report, summary};
use crate::console::count;
use crate::document::{Document, Generated, Rejected};
use crate::sync::{self, Lock, Plan, Wanted, is_marked};
use crate::voice::Voice;
use crate::workspace::Workspace;

pub use manifest::{entry, quoted};

/// A crate that was asked for.
#[derive(Debug, Clone)]
pub struct Order {
    /// The document.
    pub spec: PathBuf,
    /// The overlays that are applied to it, in their order.
    pub overlays: Vec<PathBuf>,
    /// The folder of the crate.
    pub out: PathBuf,
    /// Its package name; made from the document's file name if not given.
    pub name: Option<String>,
    /// Where the runtime comes from.
    pub runtime: Runtime,
    /// Whether warnings are errors.
    pub strict: bool,
    /// Who reads what the generator says.
    pub voice: Voice,
}

impl Order {
    /// A crate for a trial: it shares this checkout's runtime, so that many of them build it once.
    pub fn sharing_runtime(workspace: &Workspace, document: &Document, name: &str, out: PathBuf) -> Self {
        let runtime = Runtime::Path(workspace.runtime());
        Self {
            spec: document.path.clone(),
            overlays: Vec::new(),
            out,
            name: Some(name.to_owned()),
            runtime,
            strict: false,
            voice: Voice::default(),
        }
    }
}

/// Where the runtime of a crate comes from.
#[derive(Debug, Clone)]
pub enum Runtime {
    /// A copy in the crate's own `runtime/`.
    Copy,
    /// A folder that several crates share.
    Path(PathBuf),
    /// A published version.
    Version(String),
}

/// Generates the crate and writes or checks it. Gives the report; warnings are printed at once.
pub fn run(workspace: &Workspace, order: &Order, mode: Mode) -> Result<String> {
    // What another run writes in the meantime would be compared with a document that it has not read.
    let target = Target::open(&order.out, mode)?;
    let document = Document::read_with(&order.spec, &order.overlays, workspace.access())?;
    let draft = draft_aloud(workspace, order, &document, &target)?;
    let shown = order.out.display().to_string();
    let warnings = draft.generated.output.warnings.len();
    if order.strict && warnings > 0 {
        bail!("{} has {}, and --strict wants none; nothing was written", document.shown, count(warnings, "warning"));
    }
    match mode {
        Mode::Check => draft.plan.require_fresh(&shown, &command(order))?,
        Mode::Write => target.write(&draft)?,
    }
    let sources = report(&document.shown, &draft.plan, &shown, "src");
    let others = changes(&draft.plan, &shown, |path| !is_in(path, "src"));
    Ok(sources + &others + &summary(&draft.generated))
}

/// The folder of a crate. No other run writes into it as long as this exists, unless it is only compared.
pub struct Target {
    root: PathBuf,
    lock: Option<Lock>,
}

impl Target {
    /// Waits until no other run writes into the folder.
    pub fn open(out: &Path, mode: Mode) -> Result<Self> {
        let root = resolve(out)?;
        let lock = if mode == Mode::Write { Some(Lock::acquire(&root)?) } else { None };
        Ok(Self { root, lock })
    }

    /// Writes a crate that was drafted for this folder.
    pub fn write(&self, draft: &Draft) -> Result<()> {
        let lock = self.lock.as_ref().context("bug: the folder was opened to be compared")?;
        draft.plan.apply(lock)
    }
}

/// A crate that is generated and compared, and not yet written.
pub struct Draft {
    /// What the generator made.
    pub generated: Generated,
    /// What has to happen to the folder.
    pub plan: Plan,
}

/// [`draft`], printing what the generator said of the document.
pub fn draft_aloud(workspace: &Workspace, order: &Order, document: &Document, target: &Target) -> Result<Draft> {
    draft(workspace, order, document, target)
        .inspect(|draft| document.tell(&draft.generated.output.warnings, order.voice))
        .inspect_err(|error| {
            error.downcast_ref::<Rejected>().iter().for_each(|one| document.tell(&one.report, order.voice))
        })
}

/// Generates the crate and compares it with what is in its folder. Prints nothing: what the generator said is in the draft, or in
/// the [`Rejected`] that is the error.
pub fn draft(workspace: &Workspace, order: &Order, document: &Document, target: &Target) -> Result<Draft> {
    let name = document.crate_name(order.name.as_deref())?;
    let root = target.root.clone();
    require_ours(&root)?;
    let crate_root = Root::Crate { crate_name: name.replace('-', "_") };
    let header = document.file_name();
    let generated = document.generate(&header, &crate_root)?;
    let dependency = runtime::dependency(&order.runtime, &root)?;
    let copied = match order.runtime {
        Runtime::Copy => runtime::copy(&workspace.runtime())?,
        Runtime::Path(_) | Runtime::Version(_) => Files::new(),
    };
    let manifest = manifest::text(&name, &header, &dependency, &generated.output.features);
    let wanted = Wanted {
        folders: folders(&root, &generated.output.files, copied),
        files: [("Cargo.toml".to_owned(), manifest)].into(),
        root,
    };
    Ok(Draft { generated, plan: sync::plan(&wanted)? })
}

fn folders(root: &Path, src: &Files, copied: Files) -> std::collections::BTreeMap<String, Files> {
    let mut folders = std::collections::BTreeMap::from([("src".to_owned(), src.clone())]);
    // A copy from an earlier run goes away when the runtime is shared now, but a folder of that name by hand is left alone.
    let is_copy = access::read(&root.join("runtime/Cargo.toml")).is_ok_and(|text| is_marked(&text));
    if !copied.is_empty() || is_copy {
        folders.insert("runtime".to_owned(), copied);
    }
    folders
}

/// The folder with everything in its path resolved that exists: that the user names a link is fine, links inside are not.
fn resolve(out: &Path) -> Result<PathBuf> {
    let absolute = std::path::absolute(out).with_context(|| format!("cannot use {} as --out", out.display()))?;
    let mut missing = Vec::new();
    let mut existing = absolute.as_path();
    while let Err(error) = existing.canonicalize() {
        let (Some(parent), Some(name)) = (existing.parent(), existing.file_name()) else {
            return Err(error).with_context(|| format!("cannot use {} as --out", out.display()));
        };
        missing.push(name);
        existing = parent;
    }
    let resolved = existing.canonicalize().with_context(|| format!("cannot use {} as --out", out.display()))?;
    Ok(missing.into_iter().rev().fold(resolved, |path, name| path.join(name)))
}

/// A folder that holds anything must say in its `Cargo.toml` that it was generated.
fn require_ours(root: &Path) -> Result<()> {
    if !root.exists() {
        return Ok(());
    }
    let mut entries = fs::read_dir(root).with_context(|| format!("cannot list {}", root.display()))?;
    let ours = access::read(&root.join("Cargo.toml")).is_ok_and(|text| is_marked(&text));
    if entries.next().is_some() && !ours {
        bail!(
            "{} is not empty and was not generated (its Cargo.toml does not begin with `# @generated by`); give another \
             folder as --out, or empty this one",
            root.display()
        );
    }
    Ok(())
}

/// The command line that writes this crate.
fn command(order: &Order) -> String {
    let mut command = format!("cargo xtask codegen --spec {} --out {}", word(&order.spec), word(&order.out));
    order.overlays.iter().for_each(|overlay| command += &format!(" --overlay {}", word(overlay)));
    if let Some(name) = &order.name {
        command += &format!(" --name {name}");
    }
    match &order.runtime {
        Runtime::Copy => {}
        Runtime::Path(path) => command += &format!(" --runtime-path {}", word(path)),
        Runtime::Version(version) => command += &format!(" --runtime-version {version}"),
    }
    command
}

/// A path as one word of a shell.
fn word(path: &Path) -> String {
    let path = path.display().to_string();
    if path.contains(char::is_whitespace) { format!("\"{path}\"") } else { path }
}
