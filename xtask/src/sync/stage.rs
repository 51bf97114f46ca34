//! Where files are made before they take their places, and where those go that were there before: a folder beside them, hence on
//! the same disk, with a name that nobody else has. It is known as ours by a file in it, which is there first and goes last.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::walk::walk;
use super::{MARKER, is_ours};

/// How the names of such folders begin.
const PREFIX: &str = ".codegen-";

/// How many random letters and digits follow.
const RANDOM: usize = 12;

/// The file that says whose folder it is.
const NOTE: &str = "NOTE.txt";

/// The folder in it that holds what is made.
const CONTENT: &str = "content";

/// A folder for one run.
pub(super) struct Stage {
    folder: PathBuf,
}

impl Stage {
    /// Creates a folder in `root`. The caller holds the lock of `root`.
    pub fn new(root: &Path) -> Result<Self> {
        let cannot = || format!("cannot write into {}", root.display());
        let folder =
            tempfile::Builder::new().prefix(PREFIX).rand_bytes(RANDOM).tempdir_in(root).with_context(cannot)?;
        let note = format!("# {MARKER} cargo xtask codegen while it writes. The next run removes this folder.\n");
        fs::write(folder.path().join(NOTE), note).with_context(cannot)?;
        fs::create_dir(folder.path().join(CONTENT)).with_context(cannot)?;
        // From now on files of somebody else may be in it, so it is not removed with all that it holds.
        Ok(Self { folder: folder.keep() })
    }

    /// Where something with this name is made.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(CONTENT).join(name)
    }

    /// Removes the folder. What was not generated stays, and is an error.
    pub fn remove(self) -> Result<()> {
        clean(&self.folder)
    }
}

/// Removes what runs have left in `root` that were ended in the middle. The caller holds the lock, so that none of them is active.
pub(super) fn sweep(root: &Path) -> Result<()> {
    let cannot = || format!("cannot list {}", root.display());
    for entry in fs::read_dir(root).with_context(cannot)? {
        let entry = entry.with_context(cannot)?;
        let name = entry.file_name();
        let random = name.to_str().and_then(|name| name.strip_prefix(PREFIX));
        let has_name = random.is_some_and(|random| random.len() == RANDOM);
        if has_name && entry.file_type().with_context(cannot)?.is_dir() {
            sweep_one(&entry.path())?;
        }
    }
    Ok(())
}

fn sweep_one(folder: &Path) -> Result<()> {
    let note = folder.join(NOTE);
    let has_note = note.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
    if has_note && fs::read(&note).is_ok_and(|text| is_ours(&text)) {
        return clean(folder);
    }
    // A run may have ended before it wrote the note. A folder that holds anything else is not ours.
    let _ = fs::remove_dir(folder);
    Ok(())
}

/// Removes a folder and the generated files in it, or nothing if there are others.
fn clean(folder: &Path) -> Result<()> {
    let (Some(root), Some(name)) = (folder.parent(), folder.file_name().and_then(|name| name.to_str())) else {
        return Ok(());
    };
    let found = walk(root, name)?;
    if let Some((foreign, _)) = found.files.iter().find(|(_, text)| !is_ours(text)) {
        let foreign = folder.join(foreign);
        bail!("{} was not generated, and a run has left it in its own folder; move it out", foreign.display());
    }
    let cannot = |path: &Path| format!("cannot remove {}", path.display());
    let remove = |name: &str| {
        let path = folder.join(name);
        fs::remove_file(&path).with_context(|| cannot(&path))
    };
    found.files.keys().filter(|name| *name != NOTE).try_for_each(|name| remove(name))?;
    // Those in a folder come behind it.
    for name in found.folders.iter().rev().filter(|name| !name.is_empty()) {
        let path = folder.join(name);
        fs::remove_dir(&path).with_context(|| cannot(&path))?;
    }
    if found.files.contains_key(NOTE) {
        remove(NOTE)?;
    }
    fs::remove_dir(folder).with_context(|| cannot(folder))
}
