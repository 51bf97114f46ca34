//! Reading files: what a document may refer to, and how large a file may be. Documents are untrusted, so that they name no file
//! outside of the directories that are allowed, and nothing that is not a regular file. What is in a file is not decided here.

use std::fs;
use std::io::{self, ErrorKind, Read as _};
use std::path::{Component, Path, PathBuf};

use anyhow::Result;
use generator::{File, Refusal, leaves_directory};

use crate::failure::cannot_run;

/// The largest file that is read unless another limit is given.
const MAX_BYTES: u64 = 64 << 20;

/// What may be read.
#[derive(Debug, Clone)]
pub struct Access {
    /// The directories, with links resolved, that documents may refer to beside their own.
    directories: Vec<PathBuf>,
    max_bytes: u64,
}

impl Default for Access {
    fn default() -> Self {
        Self { directories: Vec::new(), max_bytes: MAX_BYTES }
    }
}

impl Access {
    /// What the command line allows.
    ///
    /// # Errors
    /// Returns an error if a directory does not exist.
    pub fn new(directories: &[PathBuf], max_bytes: Option<u64>) -> Result<Self> {
        let resolve = |path: &PathBuf| match path.canonicalize() {
            Ok(directory) if directory.is_dir() => Ok(directory),
            Ok(_) => Err(cannot_run(format!("--allow-dir {} is not a directory", path.display()))),
            Err(error) => Err(cannot_run(format!("cannot use --allow-dir {}: {error}", path.display()))),
        };
        let directories = directories.iter().map(resolve).collect::<Result<_>>()?;
        Ok(Self { directories, max_bytes: max_bytes.unwrap_or(MAX_BYTES) })
    }

    /// How large a file may be.
    pub fn max_bytes(&self) -> u64 {
        self.max_bytes
    }

    /// Whether this absolute path is in one of the directories that are allowed; links are not followed.
    pub fn allows(&self, path: &Path) -> bool {
        let path = normalized(path);
        self.directories.iter().any(|directory| path.starts_with(directory))
    }

    /// The text of the document itself, which may be a pipe.
    ///
    /// # Errors
    /// Returns the reason if the file cannot be read or is too large.
    pub fn document(&self, path: &Path) -> Result<String, String> {
        let metadata = fs::metadata(path).map_err(|error| error.to_string())?;
        if metadata.is_file() {
            return self.regular(path);
        }
        let file = fs::File::open(path).map_err(|error| error.to_string())?;
        self.text(file)
    }

    /// The text of a file that the command line names.
    ///
    /// # Errors
    /// Returns the reason if the file cannot be read, is too large, or is not a regular file.
    pub fn regular(&self, path: &Path) -> Result<String, String> {
        let file = open(path).map_err(|error| error.to_string())?;
        let length = file.metadata().map_err(|error| error.to_string())?.len();
        if length > self.max_bytes { Err(self.too_large()) } else { self.text(file) }
    }

    /// The file that a document in `folder` refers to by `name`. A document that is a pipe has no directory of its own.
    pub fn referenced(&self, folder: &Path, has_directory: bool, name: &str) -> File {
        let given = folder.join(name);
        let own = Some(folder).filter(|_| has_directory);
        // Whether a file exists is not told of places where it must not be read.
        if (own.is_none() || leaves_directory(name)) && !self.allows_name(folder, name) {
            return outside(&given);
        }
        let path = match given.canonicalize() {
            Ok(path) => path,
            Err(error) if error.kind() == ErrorKind::NotFound => return File::NotFound,
            Err(error) => return refused(error.to_string(), "correct the reference, or make the file readable"),
        };
        let own = own.and_then(|folder| or_here(folder).canonicalize().ok());
        if !own.is_some_and(|own| path.starts_with(own)) && !self.allows(&path) {
            return outside(&path);
        }
        match self.regular(&path) {
            Ok(text) => File::Text(text),
            Err(reason) => refused(reason, "correct the reference or the file; `--max-file-size` allows larger files"),
        }
    }

    /// Whether a name that leaves its folder leads to a directory that is allowed, before any link is followed.
    fn allows_name(&self, folder: &Path, name: &str) -> bool {
        or_here(folder).canonicalize().is_ok_and(|folder| self.allows(&folder.join(name)))
    }

    fn text(&self, file: fs::File) -> Result<String, String> {
        let mut bytes = Vec::new();
        file.take(self.max_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        if u64::try_from(bytes.len()).is_ok_and(|length| length > self.max_bytes) {
            return Err(self.too_large());
        }
        String::from_utf8(bytes).map_err(|_| "it is not UTF-8; save it as such".to_owned())
    }

    fn too_large(&self) -> String {
        format!("it is larger than {} bytes; `--max-file-size` allows more", self.max_bytes)
    }
}

/// Opens a regular file. Opening anything else, such as a pipe that nobody writes to, may wait forever.
pub fn open(path: &Path) -> io::Result<fs::File> {
    require_regular(&fs::metadata(path)?)?;
    let mut options = fs::File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        // The file may have been replaced in the meantime.
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    let file = options.open(path)?;
    require_regular(&file.metadata()?)?;
    Ok(file)
}

/// The bytes of a regular file.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn require_regular(metadata: &fs::Metadata) -> io::Result<()> {
    match metadata.is_file() {
        true => Ok(()),
        false => Err(io::Error::other("it is not a regular file")),
    }
}

fn outside(path: &Path) -> File {
    let shown = normalized(path);
    let folder = or_here(shown.parent().unwrap_or(Path::new("")));
    let reason = format!("{} is outside of the document's directory", shown.display());
    let help = match shown.to_string_lossy().contains('%') {
        true => "write the path without percent-encoding".to_owned(),
        false => format!("add `--allow-dir {}`, or move the file below the directory", folder.display()),
    };
    refused(reason, &help)
}

fn refused(reason: String, help: &str) -> File {
    File::Refused(Refusal { reason, help: help.to_owned() })
}

fn or_here(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

/// A path without `.` and, as far as there are folders to leave, without `..`.
fn normalized(path: &Path) -> PathBuf {
    let mut parts: Vec<Component<'_>> = Vec::new();
    for part in path.components() {
        match (part, parts.last()) {
            (Component::CurDir, _) | (Component::ParentDir, Some(Component::RootDir)) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    parts.into_iter().collect()
}

#[cfg(test)]
mod tests;
