//! What is there: an owned folder in, the texts of its files and its folders out. Refuses symbolic links, so that nothing outside
//! the owned folders is ever read as theirs or written through them.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

/// What an owned folder holds.
#[derive(Default)]
pub(super) struct Found {
    /// Every file by its path in the folder, with `/` between the parts.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Every folder by such a path, itself as the empty one.
    pub folders: Vec<String>,
}

/// Everything in `root/folder`; nothing at all if it does not exist.
pub(super) fn walk(root: &Path, folder: &str) -> Result<Found> {
    let mut found = Found::default();
    let start = root.join(folder);
    if is_there(&start)? {
        if !start.is_dir() {
            bail!("{} stands where an owned folder should be; move it away", start.display());
        }
        collect(&start, "", &mut found)?;
    }
    Ok(found)
}

/// The bytes of one file, if it exists.
pub(super) fn read(path: &Path) -> Result<Option<Vec<u8>>> {
    if !is_there(path)? {
        return Ok(None);
    }
    fs::read(path).map(Some).with_context(|| format!("cannot read {}", path.display()))
}

/// `path` below `root`, part by part. A path that comes out of a document must not lead anywhere else.
pub(super) fn join(root: &Path, path: &str) -> Result<PathBuf> {
    let mut joined = root.to_owned();
    for part in path.split('/') {
        if part.is_empty() || part == "." || part == ".." || part.contains(['\\', ':', '\0']) {
            bail!("bug: a generated file is called {path:?}, which is not a plain relative path");
        }
        joined.push(part);
    }
    Ok(joined)
}

fn collect(folder: &Path, prefix: &str, found: &mut Found) -> Result<()> {
    let unreadable = || format!("cannot list {}", folder.display());
    found.folders.push(prefix.to_owned());
    for entry in fs::read_dir(folder).with_context(unreadable)? {
        let path = entry.with_context(unreadable)?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            bail!("{} was not generated, and its name is not UTF-8; move or remove it", path.display());
        };
        let name = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}/{name}") };
        if !is_there(&path)? {
            continue;
        }
        if path.is_dir() {
            collect(&path, &name, found)?;
        } else {
            let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            found.files.insert(name, bytes);
        }
    }
    Ok(())
}

/// Whether something is there that may be looked into: a symbolic link may not, wherever it leads.
pub(super) fn is_there(path: &Path) -> Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => bail!(
            "{} is a symbolic link, and generated files are only written to plain folders; remove it",
            path.display()
        ),
        // Reading a pipe or a device might never end.
        Ok(metadata) if !metadata.is_file() && !metadata.is_dir() => {
            bail!("{} is neither a file nor a folder, and was not generated; move or remove it", path.display())
        }
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error).with_context(|| format!("cannot look at {}", path.display())),
    }
}
