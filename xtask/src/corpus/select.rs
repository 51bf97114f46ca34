//! Which documents to try: a folder and what was asked for in, the files that are wanted out. No document is opened.

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use super::Order;
use crate::document::document_paths;
use crate::failure::cannot_run;

/// A document to try.
#[derive(Debug)]
pub struct Entry {
    /// The file name without its ending.
    pub stem: String,
    /// Where it is.
    pub path: PathBuf,
    /// How large it is.
    pub bytes: u64,
}

/// What was found.
#[derive(Debug)]
pub struct Selected {
    /// The documents to try, sorted by name.
    pub entries: Vec<Entry>,
    /// The names of those that are wanted but too large.
    pub too_large: Vec<String>,
}

/// The documents of the folder that were asked for.
pub fn select(order: &Order) -> Result<Selected> {
    let entries = document_paths(&order.folder)?.into_iter().map(entry).collect::<Result<Vec<_>>>()?;
    if entries.is_empty() {
        return Err(cannot_run(format!("there is no .yaml, .yml or .json document in {}", order.folder.display())));
    }
    let stems: Vec<&str> = entries.iter().map(|entry| entry.stem.as_str()).collect();
    if let Some(unknown) = order.only.iter().find(|name| !stems.contains(&name.as_str())) {
        let (folder, similar) = (order.folder.display(), similar(unknown, &stems).join(", "));
        return Err(cannot_run(format!("there is no document `{unknown}` in {folder}; there are {similar}")));
    }
    let wanted = entries.into_iter().filter(|entry| order.only.is_empty() || order.only.contains(&entry.stem));
    let (entries, too_large): (Vec<_>, Vec<_>) =
        wanted.partition(|entry| order.max_size.is_none_or(|limit| entry.bytes <= limit));
    Ok(Selected { entries, too_large: too_large.into_iter().map(|entry| entry.stem).collect() })
}

/// A number of bytes as people write it: `300k`, `2m`, `4096`.
pub fn size(text: &str) -> Result<u64, String> {
    let lower = text.to_ascii_lowercase();
    let (digits, unit) = match (lower.strip_suffix('k'), lower.strip_suffix('m')) {
        (Some(digits), _) => (digits, 1_000),
        (_, Some(digits)) => (digits, 1_000_000),
        _ => (lower.as_str(), 1),
    };
    let bytes = digits.parse::<u64>().ok().and_then(|number| number.checked_mul(unit));
    bytes.ok_or_else(|| "give a number of bytes such as `300k`, `2m` or `4096`".to_owned())
}

fn entry(path: PathBuf) -> Result<Entry> {
    let unreadable = || format!("cannot look at {}", path.display());
    let bytes = path.metadata().with_context(unreadable)?.len();
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Entry { stem, bytes, path })
}

/// The names that begin in the same way or hold the other; all of them if there is none such.
fn similar<'a>(name: &str, known: &[&'a str]) -> Vec<&'a str> {
    let start: String = name.chars().take(3).collect();
    let is_similar = |other: &&&str| other.starts_with(&start) || other.contains(name) || name.contains(**other);
    let found: Vec<&str> = known.iter().filter(is_similar).copied().collect();
    if found.is_empty() { known.to_vec() } else { found }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::Depth;
    use super::*;

    fn order(folder: &Path, only: &[&str], max_size: Option<u64>) -> Order {
        let only = only.iter().map(|name| (*name).to_owned()).collect();
        Order {
            folder: folder.to_owned(),
            only,
            max_size,
            depth: Depth::Generate,
            features: None,
            values: None,
            pages: false,
            out: None,
        }
    }

    fn folder(files: &[(&str, usize)]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            std::fs::write(dir.path().join(name), "x".repeat(*bytes)).unwrap();
        }
        dir
    }

    #[test]
    fn documents_by_name_and_size() {
        let dir = folder(&[("b.json", 9), ("a.yaml", 5), ("c.yml", 1), ("notes.txt", 1)]);
        let stems = |only: &[&str], max| {
            let selected = select(&order(dir.path(), only, max)).unwrap();
            (selected.entries.into_iter().map(|entry| entry.stem).collect::<Vec<_>>().join(" "), selected.too_large)
        };
        assert_eq!(stems(&[], None), ("a b c".to_owned(), vec![]));
        assert_eq!(stems(&["c", "b"], Some(5)), ("c".to_owned(), vec!["b".to_owned()]));
    }

    #[test]
    fn unknown_name_is_answered_with_similar_ones() {
        let dir = folder(&[("orders-v2.json", 1), ("orders-v3.json", 1), ("users.json", 1)]);
        let said = |name| select(&order(dir.path(), &[name], None)).unwrap_err().to_string();
        assert!(said("orders").ends_with("there are orders-v2, orders-v3"), "{}", said("orders"));
        assert!(said("x").ends_with("there are orders-v2, orders-v3, users"), "{}", said("x"));
    }

    #[test]
    fn sizes() {
        assert_eq!((size("300k"), size("2M"), size("17")), (Ok(300_000), Ok(2_000_000), Ok(17)));
        for bad in ["", "k", "-1", "2g", "99999999999999999999m"] {
            assert!(size(bad).is_err(), "{bad:?} was taken");
        }
    }
}
