//! `codegen --watch` as a maintainer uses it: files are saved, and what was generated follows. Nothing here depends on how fast.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// Long enough for the slowest machine; a test that passes never waits for it.
const PATIENCE: Duration = Duration::from_secs(60);

struct Watched {
    child: Child,
    folder: tempfile::TempDir,
}

impl Watched {
    fn start(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            fs::write(folder.path().join(name), text).expect("a file");
        }
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generator/runtime");
        let said = fs::File::create(folder.path().join("said")).expect("a file");
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.current_dir(folder.path()).args(["codegen", "--watch", "--spec", "api.yaml", "--out", "out"]);
        command.arg("--runtime-path").arg(runtime);
        command.stdout(said.try_clone().expect("a second handle")).stderr(said);
        Self { child: command.spawn().expect("a run"), folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn save(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("a file");
    }

    fn said(&self) -> String {
        fs::read_to_string(self.path("said")).expect("a text")
    }

    /// The types of the client.
    fn types(&self) -> String {
        let texts = ["thing", "part"].map(|name| fs::read_to_string(self.path(&format!("out/src/types/{name}.rs"))));
        texts.map(Result::unwrap_or_default).concat()
    }

    #[track_caller]
    fn wait_until(&self, what: &str, is_so: impl Fn() -> bool) {
        let started = Instant::now();
        while !is_so() {
            assert!(started.elapsed() < PATIENCE, "waited in vain: {what}\n{}", self.said());
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn document(property: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n    Thing:\n      \
         type: object\n      properties:\n        {property}: {{ $ref: 'parts.yaml#/Part' }}\n"
    )
}

#[test]
fn each_save_is_followed_and_an_error_changes_nothing() {
    let watched = Watched::start(&[("api.yaml", &document("first")), ("parts.yaml", "Part: { type: string }\n")]);
    watched.wait_until("the first run", || watched.types().contains("pub first:"));

    watched.save("api.yaml", &document("second"));
    watched.wait_until("the run after a save", || watched.types().contains("pub second:"));

    watched.save("parts.yaml", "Part: { type: integer }\n");
    watched.wait_until("the run after a save of another file", || watched.types().contains("pub type Part = i64;"));

    let before = watched.types();
    watched.save("api.yaml", "openapi: 3.0.3\ninfo: {{\n");
    watched.wait_until("what is wrong", || watched.said().contains("error[syntax]"));
    assert_eq!(watched.types(), before);

    // As editors do it: another file takes the name.
    watched.save("fresh.yaml", &document("third"));
    fs::rename(watched.path("fresh.yaml"), watched.path("api.yaml")).expect("a name");
    watched.wait_until("the run after a replacement", || watched.types().contains("pub third:"));
}

#[test]
fn nothing_is_watched_that_is_not_there() {
    let mut watched = Watched::start(&[]);
    let status = watched.child.wait().expect("a child");
    assert_eq!(status.code(), Some(2), "{}", watched.said());
    assert!(watched.said().contains("cannot read the document api.yaml"), "{}", watched.said());
}
