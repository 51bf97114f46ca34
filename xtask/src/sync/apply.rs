//! Carries out a plan: all of it, or nothing. Each owned folder is made anew beside the old one, then the two change places in one
//! step: at every moment, whatever ends the program, there is the old folder or the new one and nothing between. Every step is
//! written down so that it can be taken back.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::exchange::{exchange, lock};
use super::walk::{join, walk};
use super::{Action, Plan, is_marked};

impl Plan {
    /// Makes the tree what the plan says. On an error everything is as it was before, or the error says what is not.
    pub fn apply(&self) -> Result<()> {
        if self.changes.is_empty() && self.empty_folders.is_empty() {
            return self.clear();
        }
        let mut journal = Journal::default();
        match self.carry_out(&mut journal) {
            Ok(()) => journal.forget(),
            Err(error) => Err(journal.take_back(error)),
        }
    }

    /// Nothing is to be written; what another run has left beside what it was to write goes.
    fn clear(&self) -> Result<()> {
        let first = |path: &'_ str| path.find('/').unwrap_or(path.len());
        let owned: BTreeSet<&str> = self.unchanged.iter().map(|path| &path[..first(path)]).collect();
        let left = owned.into_iter().map(|name| Ok(beside(&join(&self.root, name)?))).collect::<Result<Vec<_>>>()?;
        if left.iter().any(|left| left.exists()) {
            let _lock = lock(&self.root).with_context(|| format!("cannot lock {}", self.root.display()))?;
            left.iter().try_for_each(|left| sweep(&self.root, left))?;
        }
        Ok(())
    }

    fn carry_out(&self, journal: &mut Journal) -> Result<()> {
        journal.make_folder(&self.root)?;
        let _lock = lock(&self.root).with_context(|| format!("cannot lock {}", self.root.display()))?;
        let mut staged = Vec::new();
        for folder in self.changed_folders() {
            let target = join(&self.root, folder)?;
            let fresh = beside(&target);
            sweep(&self.root, &fresh)?;
            staged.push((self.stage(folder, &target, &fresh, journal)?, target));
        }
        for (path, text) in self.changed_files() {
            let target = join(&self.root, path)?;
            let fresh = beside(&target);
            journal.write(&fresh, text)?;
            staged.push((Some(fresh), target));
        }
        staged.iter().try_for_each(|(fresh, target)| journal.put(fresh.as_deref(), target))
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

    /// Makes a folder with all that it should hold; `None` if that is nothing. A file that stays as it is keeps its time.
    fn stage(&self, folder: &str, target: &Path, fresh: &Path, journal: &mut Journal) -> Result<Option<PathBuf>> {
        let within = |path: &'_ str| path.strip_prefix(folder)?.strip_prefix('/').map(str::to_owned);
        let mut is_empty = true;
        for path in &self.unchanged {
            let Some(name) = within(path) else { continue };
            journal.link(&join(target, &name)?, &join(fresh, &name)?)?;
            is_empty = false;
        }
        for change in &self.changes {
            let (Some(name), Action::Add(text) | Action::Replace(text)) = (within(&change.path), &change.action) else {
                continue;
            };
            journal.write(&join(fresh, &name)?, text)?;
            is_empty = false;
        }
        Ok((!is_empty).then(|| fresh.to_owned()))
    }
}

/// The steps done so far, in order.
#[derive(Default)]
struct Journal(Vec<Step>);

enum Step {
    /// This folder did not exist before.
    MadeFolder(PathBuf),
    /// This file did not exist before.
    MadeFile(PathBuf),
    /// What was there has this other name now, under which something else may have been before.
    Swapped { target: PathBuf, other: PathBuf, was_there: bool },
}

impl Journal {
    fn write(&mut self, file: &Path, text: &str) -> Result<()> {
        self.make(file)?;
        fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
    }

    /// A second name for a file. Not every file system can.
    fn link(&mut self, file: &Path, other: &Path) -> Result<()> {
        self.make(other)?;
        let linked = fs::hard_link(file, other).or_else(|_| copy(file, other));
        linked.with_context(|| format!("cannot write {}", other.display()))
    }

    /// Makes room for a file. It is written down first: a disk that is full leaves half a file behind.
    fn make(&mut self, file: &Path) -> Result<()> {
        if let Some(folder) = file.parent() {
            self.make_folder(folder)?;
        }
        self.0.push(Step::MadeFile(file.to_owned()));
        Ok(())
    }

    fn make_folder(&mut self, folder: &Path) -> Result<()> {
        if folder.is_dir() {
            return Ok(());
        }
        if let Some(parent) = folder.parent() {
            self.make_folder(parent)?;
        }
        fs::create_dir(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
        self.0.push(Step::MadeFolder(folder.to_owned()));
        Ok(())
    }

    /// Puts what is new in its place, or takes away what is there.
    fn put(&mut self, fresh: Option<&Path>, target: &Path) -> Result<()> {
        let (other, was_there) = (beside(target), target.exists());
        if fresh.is_some_and(|fresh| was_there && fresh.is_dir() != target.is_dir()) {
            bail!("cannot write {}: something of another kind stands there", target.display());
        }
        let step = Step::Swapped { target: target.to_owned(), other: other.clone(), was_there };
        match fresh {
            Some(fresh) if was_there => exchange(fresh, target),
            Some(fresh) => fs::rename(fresh, target),
            None if was_there => fs::rename(target, &other),
            None => return Ok(()),
        }
        .with_context(|| format!("cannot write {}", target.display()))?;
        self.0.push(step);
        Ok(())
    }

    /// The plan is carried out: what was there before goes.
    fn forget(self) -> Result<()> {
        for step in self.0 {
            if let Step::Swapped { other, was_there: true, .. } = step {
                remove(&other)
                    .with_context(|| format!("all files were written, but {} could not be removed", other.display()))?;
            }
        }
        Ok(())
    }

    /// The plan failed: the last step first, everything goes back.
    fn take_back(self, error: anyhow::Error) -> anyhow::Error {
        let mut left = Vec::new();
        for step in self.0.into_iter().rev() {
            if let Err((path, reason)) = step.take_back() {
                left.push(format!("{} ({reason})", path.display()));
            }
        }
        if left.is_empty() {
            return error.context("nothing was written, the files are as they were");
        }
        error.context(format!("writing failed, and this could not be put back: {}", left.join(", ")))
    }
}

impl Step {
    fn take_back(self) -> Result<(), (PathBuf, io::Error)> {
        match self {
            Self::MadeFolder(folder) => fs::remove_dir(&folder).map_err(|reason| (folder, reason)),
            Self::MadeFile(file) => remove_file(&file).map_err(|reason| (file, reason)),
            Self::Swapped { target, other, was_there } => {
                let back = match (was_there, other.exists(), target.exists()) {
                    (true, _, true) => exchange(&other, &target),
                    (true, _, false) => fs::rename(&other, &target),
                    (false, ..) => fs::rename(&target, &other),
                };
                back.map_err(|reason| (target, reason))
            }
        }
    }
}

/// Writes one file: all of it, or nothing.
pub fn write(file: &Path, text: &str) -> io::Result<()> {
    let fresh = beside(file);
    fs::write(&fresh, text).and_then(|()| fs::rename(&fresh, file)).inspect_err(|_| drop(fs::remove_file(&fresh)))
}

/// Where what is new is made, and what was there before goes: in the same folder, hence on the same disk.
fn beside(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.new"))
}

/// Removes what a run that was ended in the middle has left there.
fn sweep(root: &Path, left: &Path) -> Result<()> {
    let Some(name) = left.file_name().and_then(|name| name.to_str()).filter(|_| left.exists()) else { return Ok(()) };
    // A disk that was full has left files without a word.
    let is_foreign = |text: &[u8]| !is_marked(text) && !text.is_empty();
    let foreign = match left.is_file() {
        true => fs::read(left).is_ok_and(|text| is_foreign(&text)).then(|| left.to_owned()),
        false => walk(root, name)?.files.iter().find(|(_, text)| is_foreign(text)).map(|(path, _)| left.join(path)),
    };
    if let Some(foreign) = foreign {
        bail!("{} was not generated; move it out", foreign.display());
    }
    let removed = if left.is_file() { fs::remove_file(left) } else { fs::remove_dir_all(left) };
    removed.with_context(|| format!("cannot remove {}", left.display()))
}

/// A file, or a folder that was generated. What somebody put there since then stays, and is an error.
fn remove(path: &Path) -> Result<()> {
    if path.is_file() {
        return remove_file(path).map_err(Into::into);
    }
    let (Some(root), Some(name)) = (path.parent(), path.file_name().and_then(|name| name.to_str())) else {
        return Ok(());
    };
    let found = walk(root, name)?;
    let is_foreign = |text: &Vec<u8>| !is_marked(text);
    if let Some((foreign, _)) = found.files.iter().find(|(_, text)| is_foreign(text)) {
        bail!("{foreign} in it was not generated");
    }
    fs::remove_dir_all(path).map_err(Into::into)
}

fn copy(file: &Path, other: &Path) -> io::Result<()> {
    let modified = fs::metadata(file)?.modified()?;
    fs::copy(file, other)?;
    fs::File::options().write(true).open(other)?.set_modified(modified)
}

fn remove_file(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}
