//! Carries out a plan: all of it, or nothing. Each owned folder is made anew in a [`Stage`], then the two change places in one
//! step: at every moment, whatever ends the program, there is the old folder or the new one and nothing between. Every step is
//! written down so that it can be taken back.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::exchange::{exchange, place};
use super::stage::{Stage, sweep};
use super::walk::{is_there, join, read, walk};
use super::{Action, Lock, Plan, is_marked};

impl Plan {
    /// Makes the tree what the plan says, for which the lock has to be held since before the plan was made. On an error everything
    /// is as it was before, or the error says what is not.
    pub fn apply(&self, _lock: &Lock) -> Result<()> {
        sweep(&self.root)?;
        if self.changes.is_empty() && self.empty_folders.is_empty() {
            return Ok(());
        }
        let stage = Stage::new(&self.root)?;
        let mut journal = Journal::default();
        match self.carry_out(&stage, &mut journal) {
            Ok(()) => stage.remove().context("all files were written"),
            Err(error) => Err(journal.take_back(stage, error)),
        }
    }

    fn carry_out(&self, stage: &Stage, journal: &mut Journal) -> Result<()> {
        let mut staged = Vec::new();
        for folder in self.changed_folders() {
            staged.push((folder, self.stage(folder, &stage.path(folder))?));
        }
        for (name, text) in self.changed_files() {
            join(&self.root, name)?;
            write_new(&stage.path(name), text)?;
            staged.push((name, true));
        }
        for (name, is_wanted) in staged {
            journal.put(is_wanted, stage.path(name), join(&self.root, name)?)?;
        }
        journal.require_ours()
    }

    /// The owned folders in which something is not as it should be.
    fn changed_folders(&self) -> BTreeSet<&str> {
        let first = |path: &'_ str| path.split_once('/').map(|(folder, _)| folder.len());
        let of_files = self.changes.iter().filter_map(|change| Some(&change.path[..first(&change.path)?]));
        let empty = self.empty_folders.iter().filter_map(|folder| folder.strip_prefix(&self.root).ok());
        let of_folders = empty.filter_map(|path| path.iter().next()?.to_str());
        of_files.chain(of_folders).collect()
    }

    /// The owned files beside them that are not what they should be.
    fn changed_files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.changes.iter().filter(|change| !change.path.contains('/')).filter_map(|change| match &change.action {
            Action::Add(text) | Action::Replace(text) => Some((change.path.as_str(), text.as_str())),
            Action::Remove => None,
        })
    }

    /// Makes a folder with all that it should hold; whether that is anything. A file that stays as it is keeps its time.
    fn stage(&self, folder: &str, fresh: &Path) -> Result<bool> {
        let target = join(&self.root, folder)?;
        let within = |path: &'_ str| path.strip_prefix(folder)?.strip_prefix('/').map(str::to_owned);
        let mut is_wanted = false;
        for path in &self.unchanged {
            let Some(name) = within(path) else { continue };
            link(&join(&target, &name)?, &join(fresh, &name)?)?;
            is_wanted = true;
        }
        for change in &self.changes {
            let (Some(name), Action::Add(text) | Action::Replace(text)) = (within(&change.path), &change.action) else {
                continue;
            };
            write_new(&join(fresh, &name)?, text)?;
            is_wanted = true;
        }
        Ok(is_wanted)
    }
}

/// The steps done so far, in order.
#[derive(Default)]
struct Journal(Vec<Step>);

/// What is at `target` was at `other`, and what was at `target` before, if anything was, is at `other`.
struct Step {
    target: PathBuf,
    other: PathBuf,
    was_there: bool,
}

impl Journal {
    /// Puts what is new in its place, or takes away what is there.
    fn put(&mut self, is_wanted: bool, fresh: PathBuf, target: PathBuf) -> Result<()> {
        let was_there = is_there(&target)?;
        if is_wanted && was_there && fresh.is_dir() != target.is_dir() {
            bail!("cannot write {}: something of another kind stands there", target.display());
        }
        match (is_wanted, was_there) {
            (true, true) => exchange(&fresh, &target),
            (true, false) => place(&fresh, &target),
            (false, true) => fs::rename(&target, &fresh),
            (false, false) => return Ok(()),
        }
        .with_context(|| format!("cannot write {}", target.display()))?;
        self.0.push(Step { target, other: fresh, was_there });
        Ok(())
    }

    /// Fails if something was put away that was not generated: since the plan was made, somebody wrote there by hand.
    fn require_ours(&self) -> Result<()> {
        for Step { target, other, .. } in self.0.iter().filter(|step| step.was_there) {
            if let Some(foreign) = foreign(other)? {
                let foreign = if foreign.is_empty() { target.clone() } else { target.join(foreign) };
                bail!("{} was not generated, and appeared in the meantime; move it out", foreign.display());
            }
        }
        Ok(())
    }

    /// The plan failed: the last step first, everything goes back.
    fn take_back(self, stage: Stage, error: anyhow::Error) -> anyhow::Error {
        let mut left = Vec::new();
        for step in self.0.into_iter().rev() {
            if let Err(reason) = step.take_back() {
                left.push(format!("{} ({reason})", step.target.display()));
            }
        }
        if !left.is_empty() {
            return error.context(format!("writing failed, and this could not be put back: {}", left.join(", ")));
        }
        match stage.remove() {
            Ok(()) => error.context("nothing was written, the files are as they were"),
            Err(reason) => error.context(format!("nothing was written, the files are as they were, but {reason:#}")),
        }
    }
}

impl Step {
    fn take_back(&self) -> io::Result<()> {
        match (self.was_there, self.other.exists(), self.target.exists()) {
            (true, true, true) => exchange(&self.other, &self.target),
            (true, _, _) => fs::rename(&self.other, &self.target),
            (false, ..) => fs::rename(&self.target, &self.other),
        }
    }
}

/// The path in a folder of a file that was not generated, or nothing before it if this is a file itself.
fn foreign(path: &Path) -> Result<Option<String>> {
    if !path.is_dir() {
        return Ok(read(path)?.filter(|text| !is_marked(text)).map(|_| String::new()));
    }
    let (Some(root), Some(name)) = (path.parent(), path.file_name().and_then(|name| name.to_str())) else {
        return Ok(None);
    };
    Ok(walk(root, name)?.files.into_iter().find(|(_, text)| !is_marked(text)).map(|(path, _)| path))
}

/// Writes a file that does not exist.
fn write_new(file: &Path, text: &str) -> Result<()> {
    let cannot = || format!("cannot write {}", file.display());
    make_parent(file)?;
    let mut created = fs::File::create_new(file).with_context(cannot)?;
    created.write_all(text.as_bytes()).with_context(cannot)
}

/// A second name for a file. Not every file system can.
fn link(file: &Path, other: &Path) -> Result<()> {
    make_parent(other)?;
    let linked = fs::hard_link(file, other).or_else(|_| copy(file, other));
    linked.with_context(|| format!("cannot write {}", other.display()))
}

fn make_parent(file: &Path) -> Result<()> {
    let folder = file.parent().unwrap_or(file);
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))
}

fn copy(file: &Path, other: &Path) -> io::Result<()> {
    let modified = fs::metadata(file)?.modified()?;
    fs::copy(file, other)?;
    fs::File::options().write(true).open(other)?.set_modified(modified)
}

/// Writes one file, all of it or nothing. A link is followed, and only a regular file is replaced.
pub fn write(file: &Path, text: &str) -> io::Result<()> {
    let file = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    if file.exists() && !file.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".codegen-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // Those of any new file, of which the system takes away what the user does not want.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut fresh = builder.tempfile_in(folder)?;
    fresh.write_all(text.as_bytes())?;
    fresh.persist(&file).map(drop).map_err(|error| error.error)
}
