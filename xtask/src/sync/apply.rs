//! Carries out a plan: all of it, or nothing. Every new text is written beside its target before the first target is replaced,
//! what is replaced is kept until the end, and every step is written down so that it can be taken back.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::walk::join;
use super::{Action, Plan};

impl Plan {
    /// Makes the tree what the plan says. On an error everything is as it was before, or the error says what is not.
    pub fn apply(&self) -> Result<()> {
        let mut journal = Journal::default();
        match self.carry_out(&mut journal) {
            Ok(()) => journal.forget().and_then(|()| self.remove_empty_folders()),
            Err(error) => Err(journal.take_back(error)),
        }
    }

    fn carry_out(&self, journal: &mut Journal) -> Result<()> {
        let mut ready = Vec::new();
        for change in &self.changes {
            let target = join(&self.root, &change.path)?;
            if let Action::Add(text) | Action::Replace(text) = &change.action {
                ready.push((journal.write_beside(&target, text)?, target));
            }
        }
        for (fresh, target) in &ready {
            journal.put(fresh, target)?;
        }
        for change in self.changes.iter().filter(|change| change.action == Action::Remove) {
            journal.remove(&join(&self.root, &change.path)?)?;
        }
        Ok(())
    }

    fn remove_empty_folders(&self) -> Result<()> {
        for folder in &self.empty_folders {
            fs::remove_dir(folder).with_context(|| {
                format!("all files were written, but the empty folder {} could not be removed", folder.display())
            })?;
        }
        Ok(())
    }
}

/// The steps done so far, in order.
#[derive(Default)]
struct Journal(Vec<Step>);

enum Step {
    /// This folder did not exist before.
    MadeFolder(PathBuf),
    /// This file did not exist before: a text waiting to be put in place, or one put where nothing was.
    MadeFile(PathBuf),
    /// What `target` held is kept under another name.
    Kept { target: PathBuf, kept: PathBuf },
}

impl Journal {
    fn write_beside(&mut self, target: &Path, text: &str) -> Result<PathBuf> {
        if let Some(folder) = target.parent() {
            self.make_folder(folder)?;
        }
        let fresh = beside(target, "new");
        // Written down first: a disk that is full leaves half a file behind.
        self.0.push(Step::MadeFile(fresh.clone()));
        let write = || {
            let mut file = fs::File::create(&fresh)?;
            file.write_all(text.as_bytes())
        };
        write().with_context(|| format!("cannot write {}", fresh.display()))?;
        Ok(fresh)
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

    fn put(&mut self, fresh: &Path, target: &Path) -> Result<()> {
        let was_there = target.is_file();
        if was_there {
            let kept = beside(target, "old");
            self.0.push(Step::Kept { target: target.to_owned(), kept: kept.clone() });
            // A second name for the same file, so that at no moment the target is missing. Not every file system can.
            fs::hard_link(target, &kept)
                .or_else(|_| fs::copy(target, &kept).map(drop))
                .with_context(|| format!("cannot keep a copy of {}", target.display()))?;
        }
        fs::rename(fresh, target).with_context(|| format!("cannot write {}", target.display()))?;
        if !was_there {
            self.0.push(Step::MadeFile(target.to_owned()));
        }
        Ok(())
    }

    fn remove(&mut self, target: &Path) -> Result<()> {
        let kept = beside(target, "old");
        fs::rename(target, &kept).with_context(|| format!("cannot remove {}", target.display()))?;
        self.0.push(Step::Kept { target: target.to_owned(), kept });
        Ok(())
    }

    /// The plan is carried out: what was kept goes.
    fn forget(self) -> Result<()> {
        for step in self.0 {
            if let Step::Kept { kept, .. } = step {
                remove_file(&kept)
                    .with_context(|| format!("all files were written, but {} could not be removed", kept.display()))?;
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
            // Renaming one name of a file over its other name leaves both, hence the removal.
            Self::Kept { target, kept } => match fs::rename(&kept, &target) {
                Err(reason) if reason.kind() != io::ErrorKind::NotFound => Err((target, reason)),
                _ => remove_file(&kept).map_err(|reason| (kept, reason)),
            },
        }
    }
}

/// A name in the same folder, hence on the same disk. With the process in it, two runs at once do not write the same file.
fn beside(target: &Path, what: &str) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.{}.{what}", std::process::id()))
}

fn remove_file(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}
