//! Two names of the disk in, what they stand for the other way round out, in one step where the system has one.

use std::fs;
use std::io;
use std::path::Path;

/// Lets two names change places.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;

    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => exchange_in_steps(one, other),
        done => done.map_err(Into::into),
    }
}

/// Lets two names change places.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    exchange_in_steps(one, other)
}

/// Gives something another name that nothing has.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(super) fn place(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;

    match renameat_with(CWD, one, CWD, other, RenameFlags::NOREPLACE) {
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => place_in_steps(one, other),
        done => done.map_err(Into::into),
    }
}

/// Gives something another name that nothing has.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(super) fn place(one: &Path, other: &Path) -> io::Result<()> {
    place_in_steps(one, other)
}

fn place_in_steps(one: &Path, other: &Path) -> io::Result<()> {
    if other.symlink_metadata().is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    fs::rename(one, other)
}

/// For a moment there is nothing under `other`; the next run makes it anew if this one ends there. `one` is in a folder that
/// nobody else writes to.
fn exchange_in_steps(one: &Path, other: &Path) -> io::Result<()> {
    let name = one.file_name().unwrap_or_default().to_string_lossy();
    let third = one.with_file_name(format!("{name}.old"));
    fs::rename(other, &third)?;
    fs::rename(one, other).inspect_err(|_| drop(fs::rename(&third, other)))?;
    fs::rename(third, one)
}
