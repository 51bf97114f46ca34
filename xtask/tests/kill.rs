//! Runs that are ended at any moment: `codegen` writes a crate while somebody kills it. Afterwards there is the old client or the
//! new one, whole, and the next run goes on as if nothing had happened.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How many runs are ended, at moments that are spread over the time that a run takes.
const RUNS: u32 = 60;

/// A document with so many schemas, each of them a file.
fn document(schemas: u32, property: &str) -> String {
    let schemas = (0..schemas)
        .map(|number| format!("    S{number}: {{ type: object, properties: {{ {property}: {{ type: string }} }} }}\n"));
    format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n{}",
        schemas.collect::<String>()
    )
}

struct Place {
    _dir: tempfile::TempDir,
    root: PathBuf,
}

impl Place {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let root = dir.path().canonicalize().expect("a folder");
        Self { _dir: dir, root }
    }

    fn codegen(&self, spec: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generator/runtime");
        command.arg("codegen").arg("--spec").arg(self.root.join(spec)).arg("--out").arg(self.root.join("out"));
        command.args(["--name", "client", "--runtime-path"]).arg(runtime);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// The files of the client by their paths.
    fn client(&self) -> BTreeMap<PathBuf, String> {
        let mut files = BTreeMap::new();
        collect(&self.root.join("out/src"), &mut files);
        files
    }

    /// Whatever else lies about.
    fn leftovers(&self) -> Vec<String> {
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

#[test]
fn client_is_whole_whenever_a_run_is_killed() {
    let place = Place::new();
    fs::write(place.root.join("one.yaml"), document(150, "one")).expect("a document");
    fs::write(place.root.join("two.yaml"), document(120, "two")).expect("a document");
    // The header of each file names its document.
    let whole = ["two.yaml", "one.yaml"].map(|spec| {
        let started = Instant::now();
        assert!(place.codegen(spec).status().expect("a run").success());
        (place.client(), started.elapsed())
    });
    let time = whole.iter().map(|(_, time)| *time).max().unwrap_or_default();
    let mut ended = 0;
    for run in 0..RUNS {
        let spec = if run % 2 == 0 { "two.yaml" } else { "one.yaml" };
        let mut child = place.codegen(spec).spawn().expect("a run");
        std::thread::sleep(time.mul_f64(f64::from(run + 1) / f64::from(RUNS)) + Duration::from_micros(u64::from(run)));
        ended += u32::from(child.try_wait().expect("a child").is_none());
        let _ = child.kill();
        child.wait().expect("a child");
        let found = place.client();
        assert!(whole.iter().any(|(client, _)| *client == found), "run {run} left {} files", found.len());
    }
    assert!(ended > 0, "no run was ended before it was done");
    assert!(place.codegen("two.yaml").status().expect("a run").success());
    assert!(place.client() == whole[0].0);
    assert_eq!(place.leftovers(), Vec::<String>::new());
}
