//! A folder in which `codegen` writes a crate.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A document with so many schemas, each of them a file.
pub fn document(schemas: u32, property: &str) -> String {
    let schemas = (0..schemas)
        .map(|number| format!("    S{number}: {{ type: object, properties: {{ {property}: {{ type: string }} }} }}\n"));
    format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n{}",
        schemas.collect::<String>()
    )
}

/// A folder for documents and a crate.
pub struct Place {
    _dir: tempfile::TempDir,
    /// The folder.
    pub root: PathBuf,
}

impl Place {
    /// An empty folder.
    pub fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let root = dir.path().canonicalize().expect("a folder");
        Self { _dir: dir, root }
    }

    /// The command that writes the crate of a document.
    pub fn codegen(&self, spec: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generator/runtime");
        command.arg("codegen").arg("--spec").arg(self.root.join(spec)).arg("--out").arg(self.root.join("out"));
        command.args(["--name", "client", "--runtime-path"]).arg(runtime);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// The files of the client by their paths.
    pub fn client(&self) -> BTreeMap<PathBuf, String> {
        let mut files = BTreeMap::new();
        collect(&self.root.join("out/src"), &mut files);
        files
    }

    /// Whatever else lies about.
    pub fn leftovers(&self) -> Vec<String> {
        let names =
            fs::read_dir(self.root.join("out")).expect("a folder").map(|entry| entry.expect("an entry").file_name());
        names.map(|name| name.to_string_lossy().into_owned()).filter(|name| name.starts_with('.')).collect()
    }
}

fn collect(folder: &Path, files: &mut BTreeMap<PathBuf, String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.insert(path.clone(), fs::read_to_string(&path).expect("a text"));
        }
    }
}
