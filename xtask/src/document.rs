//! Documents: paths in, named texts out, and what the generator said of each. What is inside a document, this does not know.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use generator::{Diagnostics, Files, Output, Overlay, Refusal, Root, Severity, Source};
use heck::ToKebabCase as _;

use crate::access::Access;
use crate::console::count;
use crate::failure::cannot_run;
use crate::voice::Voice;
use crate::workspace::Workspace;

/// A document that was read.
pub struct Document {
    /// The file name without its ending.
    pub stem: String,
    /// Where it is.
    pub path: PathBuf,
    /// How messages call it; `spec/bigcommerce.yaml` for the project's own.
    pub shown: String,
    /// Its text.
    pub text: String,
    /// The files that it refers to, by their paths as seen from its folder.
    pub others: Files,
    /// The files that it refers to and that must not be read.
    pub refused: BTreeMap<String, Refusal>,
    /// What is changed in it before anything else.
    pub overlays: Vec<Overlay>,
}

/// What the generator made of one document.
pub struct Generated {
    /// The files, the conformance program and the counts.
    pub output: Output,
    /// How long it took.
    pub elapsed: Duration,
}

impl Document {
    /// Reads a document from anywhere. Messages call it as it was given.
    pub fn read(path: &Path, access: &Access) -> Result<Self> {
        Self::read_with(path, &[], access)
    }

    /// Reads a document, the overlays for it, and the files that it refers to as far as that is allowed.
    pub fn read_with(path: &Path, overlays: &[PathBuf], access: &Access) -> Result<Self> {
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        let stem = stem.ok_or_else(|| cannot_run(format!("{} has no file name that can be read", path.display())))?;
        let unreadable =
            |path: &Path, what: &str, error| cannot_run(format!("cannot read the {what} {}: {error}", path.display()));
        let text = access.document(path).map_err(|error| unreadable(path, "document", error))?;
        let overlay = |path: &PathBuf| {
            let text = access.regular(path).map_err(|error| unreadable(path, "overlay", error))?;
            Ok(Overlay { name: path.display().to_string(), text })
        };
        let overlays = overlays.iter().map(overlay).collect::<Result<Vec<_>>>()?;
        let shown = path.display().to_string();
        let source = Source { overlays: overlays.clone(), ..Source::new(&shown, &text) };
        let (folder, has_directory) = directory(path);
        let Source { others, refused, .. } = source.gather_with(|name| access.referenced(folder, has_directory, name));
        Ok(Self { stem: stem.to_owned(), path: path.to_owned(), shown, text, others, refused, overlays })
    }

    /// Generates, and prints nothing. The files name the document by its name in `header`, which must not depend on the
    /// machine or the current directory, or a later check would see a difference.
    pub fn generate(&self, header: &str, root: &Root) -> Result<Generated, Rejected> {
        let started = Instant::now();
        let source = self.source(header);
        match generator::generate(&source, root) {
            Ok(output) => Ok(Generated { output, elapsed: started.elapsed() }),
            Err(report) => Err(Rejected { document: self.shown.clone(), report }),
        }
    }

    /// Tells what the generator said of the document, which messages call as it is shown.
    pub fn tell(&self, report: &Diagnostics, voice: Voice) {
        voice.tell(report, &self.source(&self.shown));
    }

    /// The document under a name.
    pub fn source(&self, name: &str) -> Source {
        let (others, refused, overlays) = (self.others.clone(), self.refused.clone(), self.overlays.clone());
        Source { others, refused, overlays, ..Source::new(name, &self.text) }
    }

    /// The files that a document is read from, be they there or not.
    pub fn files(path: &Path, overlays: &[PathBuf], access: &Access) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> = std::iter::once(path.to_owned()).chain(overlays.iter().cloned()).collect();
        if !is_special(path)
            && let Ok(document) = Self::read_with(path, overlays, access)
        {
            let missing = document.source(&document.shown).missing_files();
            let folder = path.parent().unwrap_or(Path::new(""));
            files.extend(document.others.keys().chain(&missing).map(|name| folder.join(name)));
        }
        files
    }

    /// The file name alone, which is the same on every machine. It goes into comments, so it is kept on one line.
    pub fn file_name(&self) -> String {
        let name = self.path.file_name().map(|name| name.to_string_lossy().into_owned());
        name.unwrap_or_else(|| self.stem.clone()).replace(char::is_control, "?")
    }

    /// The package name for a crate of this document: `name` if one was given, else its file name in kebab-case,
    /// with a word added where that alone could not be a name.
    pub fn crate_name(&self, name: Option<&str>) -> Result<String> {
        if let Some(name) = name {
            if !is_package_name(name) {
                bail!("`{name}` cannot be the name of a crate; give one such as `--name my-client`");
            }
            return Ok(name.to_owned());
        }
        let stem = self.stem.to_kebab_case();
        // `box.json` and `1password.json` are documents that people have.
        let names = [stem.clone(), format!("{stem}-client"), format!("api-{stem}")];
        let usable = names.into_iter().find(|name| !stem.is_empty() && is_package_name(name));
        usable.with_context(|| format!("{} gives no name for a crate; give one with `--name my-client`", self.shown))
    }
}

/// A document that the generator refused.
#[derive(Debug)]
pub struct Rejected {
    /// How messages call the document.
    pub document: String,
    /// Why.
    pub report: Diagnostics,
}

impl Rejected {
    /// The one error for everything that was refused.
    pub fn into_error(rejected: &[Self]) -> anyhow::Error {
        let each = rejected.iter().map(Self::in_short).collect::<Vec<_>>().join(", ");
        anyhow::anyhow!("cannot generate from {each}; nothing was written")
    }

    fn in_short(&self) -> String {
        let errors = self.report.count(Severity::Error);
        // Where every warning is one to heed, there need not be an error.
        let reasons = if errors > 0 { count(errors, "error") } else { count(self.report.len(), "warning") };
        format!("{} ({reasons})", self.document)
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot generate from {}; nothing was written", self.in_short())
    }
}

impl std::error::Error for Rejected {}

/// The documents of `spec/`, sorted by name. Each name is the name of a module, and no two are the same.
pub fn read_spec(workspace: &Workspace) -> Result<Vec<Document>> {
    let mut by_stem: BTreeMap<String, Document> = BTreeMap::new();
    for path in document_paths(&workspace.spec())? {
        let mut document = Document::read(&path, workspace.access())?;
        document.shown = format!("spec/{}", document.file_name());
        check_module_name(&document)?;
        if let Some(other) = by_stem.get(&document.stem) {
            let (one, two) = (&other.shown, &document.shown);
            bail!("{one} and {two} would both be the module `{}`; rename one of them", document.stem);
        }
        by_stem.insert(document.stem.clone(), document);
    }
    if by_stem.is_empty() {
        let spec = workspace.spec();
        return Err(cannot_run(format!("there is no .yaml, .yml or .json document in {}", spec.display())));
    }
    Ok(by_stem.into_values().collect())
}

/// The files that the documents of `spec/` are read from, and their folder.
pub fn spec_files(workspace: &Workspace) -> Vec<PathBuf> {
    let paths = document_paths(&workspace.spec()).unwrap_or_default();
    let files = paths.iter().flat_map(|path| Document::files(path, &[], workspace.access()));
    files.chain([workspace.spec()]).collect()
}

/// The documents in a folder, sorted by path.
pub fn document_paths(folder: &Path) -> Result<Vec<PathBuf>> {
    let unreadable = || format!("cannot list the documents in {}", folder.display());
    let entries = std::fs::read_dir(folder).map_err(|error| cannot_run(format!("{}: {error}", unreadable())))?;
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.with_context(unreadable)?.path();
        if is_document(&path) && path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Whether something is there that is neither a regular file nor a folder: a pipe, which can be read once.
pub fn is_special(path: &Path) -> bool {
    path.metadata().is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}

/// The directory from which a document refers to files, and whether it may. One that comes from a pipe or another program has
/// none, so that the current directory stands in, and what may be read is up to the command line.
fn directory(path: &Path) -> (&Path, bool) {
    let is_passed = is_special(path) || ["/dev", "/proc"].iter().any(|system| path.starts_with(system));
    if is_passed { (Path::new(""), false) } else { (path.parent().unwrap_or(Path::new("")), true) }
}

/// Fails if a document can be read only once.
pub fn require_rereadable(path: &Path, option: &str) -> Result<()> {
    if is_special(path) {
        let help = "save the document to a file first";
        return Err(cannot_run(format!(
            "{option} reads {} more than once, and it is not a regular file; {help}",
            path.display()
        )));
    }
    Ok(())
}

/// Whether a file of this name may be a document.
pub fn is_document(path: &Path) -> bool {
    matches!(path.extension().and_then(|ending| ending.to_str()), Some("yaml" | "yml" | "json"))
}

fn check_module_name(document: &Document) -> Result<()> {
    if syn::parse_str::<syn::Ident>(&document.stem).is_err() {
        bail!(
            "{} cannot become a module: `{}` is not a Rust identifier; rename the file, for example to `my_api.yaml`",
            document.shown,
            document.stem
        );
    }
    Ok(())
}

/// What cargo takes as a package name and rustc as a crate name, without the names that generated code needs for itself.
fn is_package_name(name: &str) -> bool {
    let taken = ["std", "core", "alloc", "proc-macro", "test", "client-runtime"];
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    plain && !taken.contains(&&*name.replace('_', "-")) && syn::parse_str::<syn::Ident>(&name.replace('-', "_")).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(names: &[&str]) -> (tempfile::TempDir, Workspace) {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("spec")).unwrap();
        for name in names {
            std::fs::write(dir.path().join("spec").join(name), "x").unwrap();
        }
        let workspace = Workspace::at(dir.path());
        (dir, workspace)
    }

    #[track_caller]
    fn check_refused(names: &[&str], expected: &str) {
        let (_dir, workspace) = spec(names);
        let error = read_spec(&workspace).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains(expected), "{error:?} does not say {expected:?}");
    }

    #[test]
    fn documents_are_sorted_and_other_files_ignored() {
        let (_dir, workspace) = spec(&["b.json", "README.md", "a.yaml", "c.yml"]);
        let shown: Vec<_> = read_spec(&workspace).unwrap().into_iter().map(|document| document.shown).collect();
        assert_eq!(shown, ["spec/a.yaml", "spec/b.json", "spec/c.yml"]);
    }

    #[test]
    fn file_name_must_be_an_identifier() {
        check_refused(&["big-commerce.yaml"], "`big-commerce` is not a Rust identifier");
        check_refused(&["type.yaml"], "`type` is not a Rust identifier");
    }

    #[test]
    fn same_name_twice_is_refused() {
        check_refused(&["a.json", "a.yaml"], "spec/a.json and spec/a.yaml would both be the module `a`");
    }

    #[test]
    fn no_document_at_all_is_said() {
        check_refused(&[], "there is no .yaml, .yml or .json document");
    }

    #[test]
    fn crate_name_from_file_or_given() {
        let document = |stem: &str| Document {
            stem: stem.to_owned(),
            path: PathBuf::from(format!("{stem}.json")),
            shown: String::new(),
            text: String::new(),
            others: Files::new(),
            refused: BTreeMap::new(),
            overlays: Vec::new(),
        };
        assert_eq!(document("Box API_v2").crate_name(None).unwrap(), "box-api-v2");
        assert_eq!(document("1password").crate_name(Some("one_password")).unwrap(), "one_password");
        for bad in ["1password", "type", "std", "client-runtime", "", "ümlaut", "a/b"] {
            assert!(document("x").crate_name(Some(bad)).is_err(), "{bad:?} was taken");
        }
        assert_eq!(document("box").crate_name(None).unwrap(), "box-client");
        assert_eq!(document("1password").crate_name(None).unwrap(), "api-1password");
        assert!(document("ümlaut").crate_name(None).is_err() && document("...").crate_name(None).is_err());
    }
}
