//! The program that calls every operation: its text in, a built executable out, and what that prints. Its lines are read in
//! `outcome`.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::cargo::{Cargo, messages};
use crate::console::warn;
use crate::failure::cannot_run;
use crate::standalone::quoted;
use crate::sync::{self, Lock, MARKER, Wanted, is_marked};

/// How long all calls together may take. A call to a server on the same machine takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(300);

/// A package with one `main.rs`, in a workspace of its own so that it never becomes part of the project's.
pub struct Program {
    /// Where it is written.
    pub folder: PathBuf,
    /// The document's name, which its package name ends with.
    pub name: String,
    /// The package of the client that it calls.
    pub client: String,
    /// Where that package is.
    pub client_path: PathBuf,
    /// What else it needs.
    pub needs: Needs,
}

/// What a program does with its client.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// It calls operations.
    Calls,
    /// It has values read and written, by serde too.
    Formats,
    /// It has values read and written by the client alone.
    Codec,
}

impl Needs {
    /// Features of the client, and the crates that the program depends on beside it.
    fn text(self) -> (&'static str, &'static str) {
        match self {
            Self::Calls => ("", "tokio = { version = \"1\", features = [\"macros\", \"rt\"] }\n"),
            Self::Codec => ("", ""),
            Self::Formats => ("\"serde\"", "rmp-serde = \"1.3\"\nserde = \"1\"\nserde_json = \"1\"\n"),
        }
    }
}

/// What a run of the program gave.
pub struct Answer {
    /// Its standard output.
    pub lines: String,
    /// Why it did not come to its end, if it did not.
    pub failure: Option<String>,
}

impl Program {
    /// Writes the package; files that do not change keep their time, so that cargo has nothing to do for them.
    pub fn write(&self, main: &str) -> Result<()> {
        let marked = is_marked(main.as_bytes());
        let main = if marked { main.to_owned() } else { format!("// {MARKER} cargo xtask conformance.\n{main}") };
        let wanted = Wanted {
            root: self.folder.clone(),
            folders: [("src".to_owned(), [("main.rs".to_owned(), main)].into())].into(),
            files: [("Cargo.toml".to_owned(), self.manifest())].into(),
        };
        let lock = Lock::acquire(&self.folder)?;
        sync::plan(&wanted)?.apply(&lock)
    }

    /// Builds it with cargo, and says where the executable is. If it does not compile, the error has the compiler's words.
    pub fn build(&self, cargo: &Cargo) -> Result<PathBuf> {
        let output = cargo
            .command("build", &self.folder)?
            .arg("--message-format=json-render-diagnostics")
            .output()
            .map_err(|error| cannot_run(format!("cannot start cargo: {error}")))?;
        let words = String::from_utf8_lossy(&output.stderr);
        if !output.status.success() {
            let words = words.trim_end();
            bail!("the calls of {} do not compile; they are in {}\n{words}", self.name, self.folder.display());
        }
        warn(&words);
        let messages = messages(&output.stdout);
        let executable = messages.iter().rev().find_map(|message| message["executable"].as_str());
        executable.map(PathBuf::from).context("bug: cargo did not say where the program is")
    }

    /// The name of its package.
    pub fn package(&self) -> String {
        format!("conformance-{}", self.name)
    }

    fn manifest(&self) -> String {
        let (features, dependencies) = self.needs.text();
        format!(
            "# {MARKER} cargo xtask conformance. Do not edit.\n\
             [package]\n\
             name = {}\n\
             version = \"0.0.0\"\n\
             edition = \"2024\"\n\
             publish = false\n\
             \n\
             [workspace]\n\
             \n\
             [dependencies]\n\
             {} = {{ path = {}, features = [{features}] }}\n\
             {dependencies}",
            quoted(&self.package()),
            self.client,
            quoted(&self.client_path.display().to_string()),
        )
    }
}

/// Runs the program against the server, for a bounded time, with the calls of these numbers or with all. It is killed if this ends early for any reason.
pub fn call(executable: &Path, url: &str, numbers: &[usize]) -> Result<Answer> {
    let child = Command::new(executable)
        .arg(url)
        .args(numbers.iter().map(ToString::to_string))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", executable.display()))?;
    let mut running = Running(child);
    let (out, errors) = (collect(running.0.stdout.take()), collect(running.0.stderr.take()));
    let failure = running.wait()?;
    let (lines, errors) = (out.join().unwrap_or_default(), errors.join().unwrap_or_default());
    Ok(Answer { lines, failure: failure.map(|reason| format!("{reason}\n{errors}").trim_end().to_owned()) })
}

struct Running(Child);

impl Running {
    /// Why it failed, if it did.
    fn wait(&mut self) -> Result<Option<String>> {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            if let Some(status) = self.0.try_wait().context("cannot wait for the calls")? {
                return Ok((!status.success()).then(|| format!("the calls ended early: {status}")));
            }
            thread::sleep(Duration::from_millis(20));
        }
        let _ = self.0.kill();
        Ok(Some(format!("the calls were stopped after {} seconds", PATIENCE.as_secs())))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Reads to the end in a thread of its own, so that a full pipe never stops the program.
fn collect(stream: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut stream) = stream {
            let _ = stream.read_to_end(&mut bytes);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}
