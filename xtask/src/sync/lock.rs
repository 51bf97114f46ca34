//! One run at a time: a folder in, the right to write into it out. What is written there has to be planned while the lock is
//! held, or two runs mix what they write.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::console::warn;

/// How often a folder may vanish before that is an error.
const MAX_TRIES: u32 = 1000;

/// The right to write into a folder. Another run waits until it is dropped.
pub struct Lock {
    /// The folders that did not exist before, the outermost first.
    made: Vec<PathBuf>,
    _folder: fs::File,
}

impl Lock {
    /// Waits until nobody else writes into a folder. One that does not exist is created, and removed again if nothing is written.
    ///
    /// # Errors
    /// Returns an error if the folder cannot be created or locked.
    pub fn acquire(root: &Path) -> Result<Self> {
        let mut made = Vec::new();
        // Another run may remove a folder that it made as soon as it is seen here.
        let mut tries = 0;
        loop {
            tries += 1;
            let opened = make_folders(root, &mut made).and_then(|()| fs::File::open(root));
            let folder = match opened {
                Err(error) if has_vanished(&error) && tries < MAX_TRIES => continue,
                opened => opened.with_context(|| format!("cannot make or open the folder {}", root.display()))?,
            };
            lock(&folder, root).with_context(|| format!("cannot lock {}", root.display()))?;
            // Another run may have removed the folder that it made, while this one waited for it.
            if is_at(&folder, root) {
                return Ok(Self { made, _folder: folder });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Folders that hold anything stay.
        self.made.iter().rev().for_each(|folder| drop(fs::remove_dir(folder)));
    }
}

/// A folder that was there when it was to be made, or was not when it was to be opened.
fn has_vanished(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::AlreadyExists)
}

fn make_folders(folder: &Path, made: &mut Vec<PathBuf>) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        make_folders(parent, made)?;
    }
    match fs::create_dir(folder) {
        Ok(()) => made.push(folder.to_owned()),
        Err(_) if folder.is_dir() => {}
        Err(error) => return Err(error),
    }
    Ok(())
}

#[cfg(unix)]
fn lock(folder: &fs::File, root: &Path) -> io::Result<()> {
    use rustix::fs::{FlockOperation, flock};
    use rustix::io::Errno;

    match flock(folder, FlockOperation::NonBlockingLockExclusive) {
        Err(Errno::WOULDBLOCK) => {
            warn(&format!("waiting for another run that writes into {}\n", root.display()));
            flock(folder, FlockOperation::LockExclusive).map_err(Into::into)
        }
        locked => locked.map_err(Into::into),
    }
}

/// Elsewhere a folder cannot be locked.
#[cfg(not(unix))]
fn lock(_folder: &fs::File, _root: &Path) -> io::Result<()> {
    Ok(())
}

/// Whether a path still leads to this folder.
#[cfg(unix)]
fn is_at(folder: &fs::File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    let identity = |metadata: &fs::Metadata| (metadata.dev(), metadata.ino());
    matches!((folder.metadata(), fs::metadata(path)), (Ok(one), Ok(other)) if identity(&one) == identity(&other))
}

#[cfg(not(unix))]
fn is_at(_folder: &fs::File, path: &Path) -> bool {
    path.is_dir()
}
