//! cargo as a program that is started: a package's folder in, a command that works on it out, and what cargo writes about itself
//! as values. What the messages mean is decided elsewhere.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::workspace::Workspace;

/// Where and how packages outside of the workspace are built.
#[derive(Debug, Clone)]
pub struct Cargo {
    lock: PathBuf,
    target: PathBuf,
    lean: bool,
}

impl Cargo {
    /// Builds where the project builds, and the same way, so that what both need is built once.
    pub fn shared(workspace: &Workspace) -> Self {
        Self { lock: workspace.root().join("Cargo.lock"), target: workspace.target(), lean: false }
    }

    /// Builds in a folder of its own, and leaves out what costs disk and helps only those who debug or build again.
    pub fn lean(workspace: &Workspace, target: PathBuf) -> Self {
        Self { target, lean: true, ..Self::shared(workspace) }
    }

    /// The command `cargo <word>` for the package in this folder. With the project's lock file, dependencies have the versions
    /// that the project is tested with, and nothing is resolved anew.
    pub fn command(&self, word: &str, package: &Path) -> Result<Command> {
        let lock = package.join("Cargo.lock");
        if self.lock.is_file() {
            fs::copy(&self.lock, &lock).with_context(|| format!("cannot write {}", lock.display()))?;
        }
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args([word, "--quiet", "--manifest-path"]).arg(package.join("Cargo.toml"));
        command.env("CARGO_TARGET_DIR", &self.target);
        if self.lean {
            command.env("CARGO_INCREMENTAL", "0").env("CARGO_PROFILE_DEV_DEBUG", "0");
        }
        Ok(command)
    }
}

/// The messages of `--message-format=json`, one JSON object per line.
pub fn messages(stdout: &[u8]) -> Vec<Value> {
    String::from_utf8_lossy(stdout).lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}
