//! The runtime of a crate: where it comes from in, a dependency and the files of a copy out.

use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use generator::Files;

use super::Runtime;
use super::manifest::Dependency;
use crate::failure::cannot_run;
use crate::sync::{MARKER, is_marked};

/// How a crate in `root` depends on the runtime.
pub fn dependency(runtime: &Runtime, root: &Path) -> Result<Dependency> {
    Ok(match runtime {
        Runtime::Copy => Dependency::Member,
        Runtime::Version(version) => Dependency::Version(version.clone()),
        Runtime::Path(path) => Dependency::Path(path_from(root, path)?),
    })
}

/// The runtime's files, each saying in its first line that it is a copy: its manifest and its sources. Its tests and what cargo
/// built stay behind.
pub fn copy(from: &Path) -> Result<Files> {
    let mut files = Files::new();
    add(&mut files, from, "Cargo.toml")?;
    add_folder(&mut files, from, "src")?;
    Ok(files)
}

fn add_folder(files: &mut Files, from: &Path, folder: &str) -> Result<()> {
    let unreadable = || format!("cannot list {}", from.join(folder).display());
    for entry in fs::read_dir(from.join(folder)).with_context(unreadable)? {
        let entry = entry.with_context(unreadable)?;
        let name = entry.file_name().into_string().unwrap_or_default();
        let path = format!("{folder}/{name}");
        if entry.file_type().with_context(unreadable)?.is_dir() {
            add_folder(files, from, &path)?;
        } else {
            add(files, from, &path)?;
        }
    }
    Ok(())
}

fn add(files: &mut Files, from: &Path, path: &str) -> Result<()> {
    let comment = match path.rsplit_once('.') {
        Some((_, "rs")) => "//",
        Some((_, "toml")) => "#",
        _ => bail!("{} cannot be copied: it cannot say in its first line that it is a copy", from.join(path).display()),
    };
    let unreadable = || cannot_run(format!("cannot read the runtime's {}", from.join(path).display()));
    let text = fs::read_to_string(from.join(path)).map_err(|error| unreadable().context(error))?;
    // The runtime of a generated crate is a copy already.
    let text = if is_marked(text.as_bytes()) {
        text
    } else {
        format!("{comment} {MARKER} cargo xtask codegen as a copy of the runtime. Do not edit.\n{text}")
    };
    files.insert(path.to_owned(), text);
    Ok(())
}

/// The path that a manifest in `root` names. cargo takes it from there and not from the current directory, so a relative path is
/// rewritten; an absolute one that leads out of the crate stays as it was given.
fn path_from(root: &Path, given: &Path) -> Result<String> {
    let target = given.canonicalize().ok().filter(|path| path.join("Cargo.toml").is_file());
    let target = target.ok_or_else(|| {
        cannot_run(format!("--runtime-path {} is not the folder of a crate: it has no Cargo.toml", given.display()))
    })?;
    let path =
        if given.is_absolute() && !target.starts_with(root) { given.to_owned() } else { relative(root, &target) };
    match path.to_str() {
        Some(path) => Ok(path.to_owned()),
        None => bail!("--runtime-path {} cannot be written into a manifest: it is not UTF-8", given.display()),
    }
}

fn relative(from: &Path, to: &Path) -> PathBuf {
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return to.to_owned();
    }
    let up = from.components().skip(shared).map(|_| Component::ParentDir);
    up.chain(to.components().skip(shared)).collect()
}
