//! What `codegen` says at its end: the changes since the last commit, and lines for the changelog that tell callers of them.
//!
//! It is a service and no check: without git, or where the last commit has no such document, there is nothing to say.

use generator::{Change, Effect, What, visible};

use super::git::Git;
use super::report::{Compared, sentence};
use super::{changes, sides};
use crate::document::Document;
use crate::workspace::Workspace;

/// How many changes are listed.
const SHOWN: usize = 20;

/// How long a line of the changelog may be.
const WIDTH: usize = 124;

/// The changes of these documents since the last commit; empty if there is none.
pub fn proposal(workspace: &Workspace, documents: &[Document]) -> String {
    let compared: Vec<(&Document, Compared)> =
        documents.iter().filter_map(|document| Some((document, since_commit(workspace, document)?))).collect();
    if compared.is_empty() {
        return String::new();
    }
    let summaries = compared.iter().map(|(_, one)| summary(one));
    let lines = compared.iter().flat_map(|(document, one)| lines(&document.stem, one));
    let lines: String = lines.map(|line| wrapped(&line)).collect();
    format!("{}Proposed for generated/CHANGELOG.md:\n{lines}", summaries.collect::<String>())
}

/// What changed since the last commit, if anything did.
fn since_commit(workspace: &Workspace, document: &Document) -> Option<Compared> {
    let git = Git::at(workspace.root());
    let old = sides::blob(&git, "HEAD", &format!("./spec/{}", document.file_name()), workspace.access()).ok()?;
    if old.text == document.text && old.others == document.others {
        return None;
    }
    let changes = changes(&old, document, Some(&document.stem)).ok()?;
    let compared = Compared { document: format!("{} since the last commit", document.shown), changes };
    (!compared.changes.is_empty()).then_some(compared)
}

fn summary(compared: &Compared) -> String {
    let line = |change: &Change| format!("    {:<10} {}\n", change.effect().name(), sentence(change));
    let mut text = format!("{}: {}\n", compared.document, compared.counts());
    text.extend(compared.changes.iter().take(SHOWN).map(line));
    if let Some(more) = compared.changes.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        text += &format!("    and {more} more; `cargo xtask diff HEAD` lists all, with their places\n");
    }
    text
}

/// A line for what breaks callers, one for what they should look at, one for what they have.
fn lines(module: &str, compared: &Compared) -> Vec<String> {
    let list = |effect: Effect| compared.of(effect).map(told).collect::<Vec<_>>().join(", ");
    let line = |(effect, before): (Effect, &str)| {
        let list = list(effect);
        (!list.is_empty()).then(|| format!("- `{module}`{before}: {list}."))
    };
    let kinds = [(Effect::Breaking, ", breaking"), (Effect::Behaviour, ", behaviour"), (Effect::Compatible, "")];
    kinds.into_iter().filter_map(line).collect()
}

fn told(change: &Change) -> String {
    let told = match &change.what {
        What::New(_) => format!("`{}` (new)", change.item),
        What::Gone(_) => format!("`{}` (gone)", change.item),
        what => format!("`{}` ({what})", change.item),
    };
    visible::line(&told)
}

/// An item of a list, over several lines if one is too short.
fn wrapped(item: &str) -> String {
    let mut text = String::new();
    let mut width = 0;
    for word in item.split(' ') {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > WIDTH {
            text += "\n ";
            width = 1;
        }
        if width > 0 {
            text.push(' ');
            width += 1;
        }
        text += word;
        width += length;
    }
    text + "\n"
}

#[cfg(test)]
mod tests {
    use super::{WIDTH, wrapped};

    #[test]
    fn long_items_go_on_below_their_text() {
        let text = wrapped(&format!("- {}", "word ".repeat(60).trim_end()));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| line.len() <= WIDTH), "{text}");
        assert!(lines[0].starts_with("- word") && lines[1].starts_with("  word"), "{text}");
    }
}
