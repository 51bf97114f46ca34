//! `codegen --watch`: a run and the files that it reads in, the run again whenever one of them says something else. What is
//! written, and that it is written whole, is the business of the run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::access;
use crate::console::{count, warn};
use crate::document::require_rereadable;
use crate::failure::CannotRun;
use crate::voice::Voice;

/// Editors write a file in several steps; after this long without one they are done.
const QUIET: Duration = Duration::from_millis(20);

/// Somebody else may write beside the files all the time.
const LONGEST: Duration = Duration::from_millis(200);

/// What the files say. One that is not there says nothing.
type Contents = BTreeMap<PathBuf, Option<Vec<u8>>>;

/// Carries out `run`, and again after each change of what `inputs` names: files, and folders in which files may appear. Ends if
/// the first run cannot do its work at all; what fails later may be mended by the next change.
pub fn watch(voice: Voice, inputs: impl Fn() -> Vec<PathBuf>, run: impl Fn() -> Result<()>) -> Result<()> {
    let (mut folders, changes) = Folders::new()?;
    let mut noticed = None;
    inputs().iter().try_for_each(|input| require_rereadable(input, "--watch"))?;
    loop {
        folders.follow(&inputs())?;
        let contents = read(&inputs());
        match (run(), noticed) {
            (Err(error), None) if error.is::<CannotRun>() => return Err(error),
            (Err(error), _) => warn(&format!("error: {error:#}\n")),
            (Ok(()), _) => {}
        }
        let took =
            noticed.map(|noticed: Instant| format!(", done {:.2} s after the change", noticed.elapsed().as_secs_f64()));
        warn(&format!("watching {}{}; Ctrl-C ends it\n", count(contents.len(), "file"), took.unwrap_or_default()));
        noticed = Some(wait(&changes, || read(&inputs()) != contents)?);
        voice.begin_anew();
    }
}

/// Waits until something changed that counts; gives the moment when it was noticed.
fn wait(changes: &Receiver<()>, counts: impl Fn() -> bool) -> Result<Instant> {
    loop {
        changes.recv().context("the system no longer tells of changes")?;
        let noticed = Instant::now();
        while noticed.elapsed() < LONGEST && changes.recv_timeout(QUIET).is_ok() {}
        if counts() {
            return Ok(noticed);
        }
    }
}

fn read(files: &[PathBuf]) -> Contents {
    files.iter().filter(|path| !path.is_dir()).map(|path| (path.clone(), access::read(path).ok())).collect()
}

/// The folders that the system watches. A file may be replaced by another of its name, so it is not the file that is watched.
struct Folders {
    watcher: RecommendedWatcher,
    watched: BTreeSet<PathBuf>,
}

impl Folders {
    fn new() -> Result<(Self, Receiver<()>)> {
        let (sender, changes) = mpsc::channel();
        let tell = move |event: notify::Result<Event>| {
            // Who only reads changes nothing.
            if !event.is_ok_and(|event| event.kind.is_access()) {
                let _ = sender.send(());
            }
        };
        let watcher = notify::recommended_watcher(tell).context("the system cannot watch files")?;
        Ok((Self { watcher, watched: BTreeSet::new() }, changes))
    }

    /// Watches the folders of these files too.
    fn follow(&mut self, inputs: &[PathBuf]) -> Result<()> {
        for input in inputs {
            let folder = folder(input);
            if folder.is_dir() && self.watched.insert(folder.clone()) {
                let watched = self.watcher.watch(&folder, RecursiveMode::NonRecursive);
                watched.with_context(|| format!("cannot watch {}", folder.display()))?;
            }
        }
        Ok(())
    }
}

fn folder(input: &Path) -> PathBuf {
    let folder = if input.is_dir() { input } else { input.parent().unwrap_or(input) };
    if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() }
}
