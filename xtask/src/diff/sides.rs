//! Which documents are compared: what was written on the command line in, pairs of documents out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use generator::{File, Refusal, Source, leaves_directory};

use super::Pair;
use super::git::Git;
use crate::access::Access;
use crate::document::{Document, is_document, read_spec};
use crate::failure::cannot_run;
use crate::workspace::Workspace;

/// The folder of the project's documents, as git calls it.
const SPEC: &str = "spec";

/// What one side stands for.
enum Side {
    /// A file.
    File(PathBuf),
    /// A file at a revision, as in `HEAD:spec/api.yaml`.
    Blob { revision: String, path: String },
    /// All documents of `spec/` at a revision.
    Revision(String),
}

/// The documents of both sides; without a second one the working tree is meant.
pub fn pairs(workspace: &Workspace, old: &str, new: Option<&str>) -> Result<Vec<Pair>> {
    match (side(old)?, new.map(side).transpose()?) {
        (Side::Revision(old), None) => Ok(by_name(spec_at(workspace, &old)?, read_spec(workspace)?)),
        (Side::Revision(old), Some(Side::Revision(new))) => {
            Ok(by_name(spec_at(workspace, &old)?, spec_at(workspace, &new)?))
        }
        (Side::Revision(revision), Some(_)) | (_, Some(Side::Revision(revision))) => Err(cannot_run(format!(
            "a document is compared with a document; to take one of `{revision}`, write `{revision}:` and its path"
        ))),
        (Side::File(old), None) => Err(cannot_run(format!(
            "{} is compared with what? give a second document, as in `cargo xtask diff HEAD:{0} {0}`",
            old.display()
        ))),
        (Side::Blob { revision, path }, None) => {
            let git = here();
            let current = if path.starts_with("./") { PathBuf::from(&path) } else { git.root()?.join(&path) };
            let new = Document { shown: path.clone(), ..Document::read(&current, workspace.access())? };
            Ok(vec![pair(blob(&git, &revision, &path, workspace.access())?, new)])
        }
        (old, Some(new)) => Ok(vec![pair(document(old, workspace.access())?, document(new, workspace.access())?)]),
    }
}

/// The repository of the current folder.
fn here() -> Git {
    Git::at(".")
}

fn side(text: &str) -> Result<Side> {
    let path = Path::new(text);
    if path.is_file() {
        return Ok(Side::File(path.to_owned()));
    }
    if path.is_dir() {
        return Err(cannot_run(format!("{text} is a folder; give a document, or a git revision for all of {SPEC}/")));
    }
    match text.split_once(':') {
        Some((revision, path)) if !revision.is_empty() && !path.is_empty() => {
            Ok(Side::Blob { revision: revision.to_owned(), path: path.to_owned() })
        }
        _ if is_document(path) => Err(cannot_run(format!("there is no document {text}"))),
        _ => Ok(Side::Revision(text.to_owned())),
    }
}

fn document(side: Side, access: &Access) -> Result<Document> {
    match side {
        Side::File(path) => Document::read(&path, access),
        Side::Blob { revision, path } => blob(&here(), &revision, &path, access),
        Side::Revision(revision) => Err(cannot_run(format!("`{revision}` is not a document"))),
    }
}

/// A document at a revision, with the files that it refers to at that revision.
pub fn blob(git: &Git, revision: &str, path: &str, access: &Access) -> Result<Document> {
    let name = Path::new(path);
    let stem = name.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
    let shown = format!("{revision}:{}", path.trim_start_matches("./"));
    git.require(revision)?;
    let text = git.text(revision, path, access.max_bytes())?;
    let folder = path.rfind('/').map_or("", |end| &path[..=end]);
    let source = Source::new(&shown, &text).gather_with(|other| {
        let Some(path) = resolved(&format!("{folder}{other}")) else { return outside("the repository") };
        let is_allowed = || git.absolute(&path).is_ok_and(|path| access.allows(&path));
        if leaves_directory(other) && !is_allowed() {
            return outside("the document's directory");
        }
        git.text(revision, &path, access.max_bytes()).map_or(File::NotFound, File::Text)
    });
    let Source { others, refused, .. } = source;
    Ok(Document { stem, path: name.to_owned(), shown, text, others, refused, overlays: Vec::new() })
}

fn outside(of: &str) -> File {
    File::Refused(Refusal {
        reason: format!("it is outside of {of}"),
        help: "name its directory by `--allow-dir`, or move the file; files outside of the repository have no revision"
            .to_owned(),
    })
}

/// A path without `..`, which git does not follow; none if it leads out of the repository.
fn resolved(path: &str) -> Option<String> {
    let (start, path) = path.strip_prefix("./").map_or(("", path), |rest| ("./", rest));
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split('/').filter(|step| !matches!(*step, "" | ".")) {
        match step {
            // From the current folder one may go up, and git knows how far.
            ".." if start == "./" && steps.last().is_none_or(|last| *last == "..") => steps.push(step),
            ".." => drop(steps.pop()?),
            step => steps.push(step),
        }
    }
    Some(format!("{start}{}", steps.join("/")))
}

/// The documents of `spec/` at a revision.
fn spec_at(workspace: &Workspace, revision: &str) -> Result<Vec<Document>> {
    let git = Git::at(workspace.root());
    git.require(revision)?;
    let mut names = git.files(revision, SPEC)?;
    names.retain(|name| is_document(Path::new(name)));
    names.sort();
    names.iter().map(|name| blob(&git, revision, &format!("./{SPEC}/{name}"), workspace.access())).collect()
}

fn pair(old: Document, new: Document) -> Pair {
    Pair::Both { old, new, module: None }
}

/// The documents with the same name, which is that of a module.
fn by_name(old: Vec<Document>, new: Vec<Document>) -> Vec<Pair> {
    let mut new: BTreeMap<String, Document> = new.into_iter().map(|one| (one.stem.clone(), one)).collect();
    let mut pairs: Vec<Pair> = Vec::new();
    for old in old {
        pairs.push(match new.remove(&old.stem) {
            Some(new) => Pair::Both { module: Some(old.stem.clone()), old, new },
            None => Pair::Gone(old),
        });
    }
    pairs.extend(new.into_values().map(Pair::New));
    pairs
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn paths_go_up_no_further_than_the_repository() {
        assert_eq!(resolved("spec/../common/./a.yaml").as_deref(), Some("common/a.yaml"));
        assert_eq!(resolved("spec/../../a.yaml"), None);
        assert_eq!(resolved("./spec/../../a.yaml").as_deref(), Some("./../a.yaml"));
    }
}
