//! Prism, the mock server: a folder in, an installed Prism out, then a document in, a running server out, and its log in the end.
//! What the log means is in `log`.
//!
//! Prism looks at the paths of a document alone and ignores the path in `servers`, so the base URL is the bare address.

use std::fs;
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::console::warn;
use crate::failure::cannot_run;

/// The newest version that runs on Node 18; those from 5.15.10 on ask for Node 24.
pub const VERSION: &str = "5.14.2";

const PACKAGE: &str = "@stoplight/prism-cli";

const NODE: u32 = 18;

/// How long Prism may take to read a document and listen.
const START: Duration = Duration::from_secs(120);

/// How long its log may take to catch up.
const FLUSH: Duration = Duration::from_secs(10);

/// How long to wait for a further line once there should be none.
const DRAIN: Duration = Duration::from_millis(50);

/// A path that no document has, asked for last: once it is in the log, everything before it is.
const LAST_PATH: &str = "/-xtask-end-of-log-";

/// Ends Prism when its standard input is closed, which the system does however this program ends: Ctrl-C and `kill -9` included.
const GUARD: &str = "process.stdin.on('end', () => process.exit(0)).on('error', () => process.exit(0)).resume();\n";

/// What Prism answers with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answers {
    /// The examples of the document, where it has some.
    Examples,
    /// Values made from the schemas.
    Made,
}

/// Prism on this machine.
pub struct Prism {
    entry: PathBuf,
    guard: PathBuf,
}

/// Finds Prism in this folder, or installs it there.
pub fn install(folder: &Path) -> Result<Prism> {
    require_node()?;
    // Written last, so that an installation that was interrupted is done again.
    let stamp = folder.join(format!("installed-{VERSION}"));
    let package = folder.join("node_modules").join(PACKAGE);
    if !stamp.is_file() {
        install_with_npm(folder)?;
        fs::write(&stamp, "").with_context(|| format!("cannot write {}", stamp.display()))?;
    }
    let guard = folder.join("guard.cjs");
    fs::write(&guard, GUARD).with_context(|| format!("cannot write {}", guard.display()))?;
    let entry = entry(&package).ok_or_else(|| {
        cannot_run(format!("the Prism in {} is not complete; remove that folder and run this again", folder.display()))
    })?;
    Ok(Prism { entry, guard })
}

impl Prism {
    /// Starts a server for the document on a free port and waits until it listens.
    pub fn serve(&self, document: &Path, answers: Answers) -> Result<Server> {
        let address = free_address().map_err(|error| cannot_run(format!("no free port: {error}")))?;
        let mut child = Command::new("node")
            .arg("--require")
            .arg(&self.guard)
            .arg(&self.entry)
            // With CORS on, Prism answers every OPTIONS request by itself, documented or not.
            .args(["mock", "--cors=false", "-h", &address.ip().to_string(), "-p", &address.port().to_string()])
            // What Prism itself makes is not always of the schema either; that is not to be an error of its own then.
            .arg(if answers == Answers::Made { "--ignoreExamples" } else { "--errors" })
            .arg(document)
            .env("NO_COLOR", "1")
            // In production Prism logs from a process of its own, which the guard would not end.
            .env("NODE_ENV", "development")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| cannot_run(format!("cannot start node: {error}")))?;
        let (sender, lines) = channel();
        follow(child.stdout.take(), sender.clone());
        follow(child.stderr.take(), sender);
        let guard = child.stdin.take();
        let mut server =
            Server { child, lines, log: Vec::new(), address, url: format!("http://{address}"), _guard: guard };
        server.read_until("Prism is listening", START).map_err(|reason| {
            // After its own words Prism prints how it is used, which is none of the user's business here.
            let words: Vec<_> = server.log.iter().take_while(|line| !line.starts_with("prism mock")).cloned().collect();
            cannot_run(format!("Prism does not serve {}: {reason}\n{}", document.display(), words.join("\n")))
        })?;
        Ok(server)
    }
}

/// A running Prism. It ends when this is dropped.
pub struct Server {
    child: Child,
    lines: Receiver<String>,
    log: Vec<String>,
    address: SocketAddr,
    url: String,
    _guard: Option<ChildStdin>,
}

/// What a server logged.
pub struct Log {
    /// Its lines, in order.
    pub lines: Vec<String>,
    /// Why there are not more of them, if it did not live to the end.
    pub failure: Option<String>,
}

impl Server {
    /// The base URL to call.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Everything that it logged about requests. Ends the server.
    pub fn finish(mut self) -> Log {
        let asked = self.ask_for_last_path().map_err(|error| format!("Prism is gone before the end: {error}"));
        let read = |()| self.read_until(LAST_PATH, FLUSH).map_err(|reason| format!("Prism's log has no end: {reason}"));
        let failure = asked.and_then(read).err();
        // What it said before it was gone is still to be read.
        while let Ok(line) = self.lines.recv_timeout(DRAIN) {
            self.log.push(line);
        }
        let lines = self.log.iter().filter(|line| !line.contains(LAST_PATH)).cloned().collect();
        Log { lines, failure }
    }

    fn ask_for_last_path(&self) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(self.address)?;
        stream.set_read_timeout(Some(FLUSH))?;
        write!(stream, "GET {LAST_PATH} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", self.address)?;
        stream.read_to_end(&mut Vec::new()).map(drop)
    }

    fn read_until(&mut self, text: &str, patience: Duration) -> Result<(), String> {
        let end = Instant::now() + patience;
        loop {
            match self.lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(line) => {
                    let found = line.contains(text);
                    self.log.push(line);
                    if found {
                        return Ok(());
                    }
                }
                Err(RecvTimeoutError::Timeout) => return Err(format!("nothing after {} seconds", patience.as_secs())),
                Err(RecvTimeoutError::Disconnected) => return Err("it ended".to_owned()),
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends each line on as it comes, so that a full pipe never stops Prism.
fn follow(stream: Option<impl Read + Send + 'static>, sender: Sender<String>) {
    let Some(stream) = stream else { return };
    thread::spawn(move || {
        for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
            if sender.send(String::from_utf8_lossy(&line).trim_end().to_owned()).is_err() {
                return;
            }
        }
    });
}

fn free_address() -> std::io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}

fn require_node() -> Result<()> {
    let need = |found: &str| {
        cannot_run(format!(
            "conformance needs Node {NODE} or newer with npm, to run the mock server Prism {VERSION}; {found}. Install Node \
             from your system's packages or from the project's own site, so that `node` and `npm` are on the PATH"
        ))
    };
    let node = version("node").ok_or_else(|| need("`node` is not there"))?;
    let major = node.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < NODE) {
        return Err(need(&format!("`node` is {node}")));
    }
    version(npm()).map(drop).ok_or_else(|| need("`npm` is not there"))
}

fn version(program: &str) -> Option<String> {
    let output = Command::new(program).arg("--version").stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

fn install_with_npm(folder: &Path) -> Result<()> {
    warn(&format!("installing Prism {VERSION} into {}\n", folder.display()));
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let output = Command::new(npm())
        .args(["install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--prefix"])
        .arg(folder)
        .arg(format!("{PACKAGE}@{VERSION}"))
        .stdin(Stdio::null())
        .output()
        .map_err(|error| cannot_run(format!("cannot start npm: {error}")))?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr).trim_end().to_owned();
        return Err(cannot_run(format!("npm could not install {PACKAGE}@{VERSION}:\n{words}")));
    }
    Ok(())
}

/// The file that node runs, as the package itself says.
fn entry(package: &Path) -> Option<PathBuf> {
    let manifest: Value = serde_json::from_str(&fs::read_to_string(package.join("package.json")).ok()?).ok()?;
    let bin = manifest["bin"]["prism"].as_str().or(manifest["bin"].as_str())?;
    Some(package.join(bin)).filter(|path| path.is_file())
}

fn npm() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}
