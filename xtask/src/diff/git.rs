//! Documents of a git revision: names in, texts out, by way of the program `git`. Nothing in the repository is changed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Result;

use crate::failure::cannot_run;

/// A folder in a repository.
pub struct Git {
    folder: PathBuf,
}

impl Git {
    /// The repository that a folder is in. Paths that begin with `./` are taken from the folder.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Fails unless there is such a revision.
    pub fn require(&self, revision: &str) -> Result<()> {
        let commit = format!("{revision}^{{commit}}");
        match self.output(&["rev-parse", "--verify", "--quiet", "-s", &commit])? {
            Ok(_) => Ok(()),
            Err(reason) if reason.is_empty() => {
                let help = "give a file, a git revision, or a file of one as in `HEAD:spec/api.yaml`";
                Err(cannot_run(format!("there is no document and no revision `{revision}`; {help}")))
            }
            Err(reason) => Err(cannot_run(format!("git does not know the revision `{revision}`: {reason}"))),
        }
    }

    /// The text of a file at a revision.
    pub fn text(&self, revision: &str, path: &str, max_bytes: u64) -> Result<String> {
        let name = format!("{revision}:{path}");
        let size = self.output(&["cat-file", "-s", &name])?.unwrap_or_default();
        if String::from_utf8_lossy(&size).trim().parse::<u64>().is_ok_and(|size| size > max_bytes) {
            let help = "`--max-file-size` allows more";
            return Err(cannot_run(format!("`{name}` is larger than {max_bytes} bytes; {help}")));
        }
        let bytes = self
            .output(&["cat-file", "blob", &name])?
            .map_err(|reason| cannot_run(format!("git cannot read `{name}`: {reason}")))?;
        String::from_utf8(bytes).map_err(|_| cannot_run(format!("`{name}` is not a text in UTF-8")))
    }

    /// The names of the files in a folder at a revision, not of those in folders of it.
    pub fn files(&self, revision: &str, folder: &str) -> Result<Vec<String>> {
        let folder = format!("{folder}/");
        let listed = self
            .output(&["ls-tree", "--name-only", "-z", revision, "--", &folder])?
            .map_err(|reason| cannot_run(format!("git cannot list `{folder}` of `{revision}`: {reason}")))?;
        let listed = String::from_utf8_lossy(&listed).into_owned();
        Ok(listed.split('\0').filter_map(|path| path.strip_prefix(&folder)).map(str::to_owned).collect())
    }

    /// The folder that paths of the repository begin in.
    pub fn root(&self) -> Result<PathBuf> {
        let root = self
            .output(&["rev-parse", "--show-toplevel"])?
            .map_err(|reason| cannot_run(format!("git does not know {}: {reason}", self.folder.display())))?;
        Ok(Path::new(String::from_utf8_lossy(&root).trim_end_matches('\n')).to_owned())
    }

    /// The absolute path of a file that is called so. It need not exist.
    pub fn absolute(&self, path: &str) -> Result<PathBuf> {
        let base = if path.starts_with("./") { std::path::absolute(&self.folder)? } else { self.root()? };
        Ok(base.canonicalize().unwrap_or(base).join(path))
    }

    /// What it prints, or why it fails, in its own words.
    fn output(&self, arguments: &[&str]) -> Result<Result<Vec<u8>, String>> {
        // A revision that git would take for an option is none.
        if let Some(option) = arguments.iter().skip(1).find(|one| one.starts_with('-') && !OPTIONS.contains(one)) {
            return Err(cannot_run(format!("`{option}` is not a revision")));
        }
        let mut git = Command::new("git");
        // The folder says which repository is meant, also where a hook of another one starts this.
        for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
            git.env_remove(variable);
        }
        let output = git
            .arg("-C")
            .arg(&self.folder)
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .map_err(|error| cannot_run(format!("cannot start git, which reads revisions: {error}")))?;
        if output.status.success() {
            return Ok(Ok(output.stdout));
        }
        let words = String::from_utf8_lossy(&output.stderr);
        let words = words.lines().next().unwrap_or_default();
        Ok(Err(words.strip_prefix("fatal: ").unwrap_or(words).to_owned()))
    }
}

/// The options that are given here.
const OPTIONS: &[&str] = &["--verify", "--quiet", "-s", "--name-only", "-z", "--", "--show-toplevel"];
