//! The `[features]` of the client crate, whose manifest is written by hand: features as they were generated in, an error out that
//! says which lines the manifest lacks or has too many.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context as _, Result, bail};
use generator::Feature;
use toml::{Table, Value};

use crate::document::Generated;
use crate::failure::cannot_run;
use crate::standalone::entry;
use crate::workspace::Workspace;

/// How messages call the manifest.
const SHOWN: &str = "generated/Cargo.toml";

/// Fails unless the manifest lists the features of these clients, and no others that would be theirs.
pub fn require_listed(workspace: &Workspace, generated: &[Generated]) -> Result<()> {
    let listed = read(workspace)?;
    let features: Vec<&Feature> = generated.iter().flat_map(|one| &one.output.features).collect();
    let mut names = BTreeSet::new();
    if let Some(twice) = features.iter().find(|feature| !names.insert(feature.name.as_str())) {
        bail!("two documents have the feature `{}`; rename the document or the tag that it is named after", twice.name);
    }
    // The first feature of a client is that of its module, with which the names of the others begin.
    let modules: Vec<&str> =
        generated.iter().filter_map(|one| one.output.features.first()).map(|first| first.name.as_str()).collect();
    let is_theirs =
        |name: &&String| modules.iter().any(|module| *name == module || name.starts_with(&format!("{module}-")));
    let missing =
        features.iter().filter(|feature| !listed.get(&feature.name).is_some_and(|enables| same(feature, enables)));
    let extra = listed.keys().filter(is_theirs).filter(|name| !names.contains(name.as_str()));
    let default = listed.get("default").map(Vec::as_slice).unwrap_or_default();
    let off = features.iter().filter(|feature| feature.is_default && !default.contains(&feature.name));
    let problems = [
        lines("has to have", missing.map(|feature| entry(feature))),
        lines("has no longer to have", extra.map(|name| format!("{name}\n"))),
        lines("has to turn on by `default`", off.map(|feature| format!("\"{}\"\n", feature.name))),
    ];
    match problems.concat().as_str() {
        "" => Ok(()),
        problems => {
            bail!("{SHOWN} does not list the features of the client; nothing was written\n{}", problems.trim_end())
        }
    }
}

/// The features of the manifest and what each turns on.
fn read(workspace: &Workspace) -> Result<BTreeMap<String, Vec<String>>> {
    let path = workspace.generated().join("Cargo.toml");
    let text = fs::read_to_string(path).map_err(|error| cannot_run(format!("cannot read {SHOWN}: {error}")))?;
    let manifest: Table = text.parse().with_context(|| format!("{SHOWN} is not TOML"))?;
    let features = manifest.get("features").and_then(Value::as_table).cloned().unwrap_or_default();
    let names = |enables: Value| match enables {
        Value::Array(names) => names.into_iter().filter_map(|name| name.as_str().map(str::to_owned)).collect(),
        _ => Vec::new(),
    };
    Ok(features.into_iter().map(|(name, enables)| (name, names(enables))).collect())
}

/// Whether a feature turns on what it should, in whatever order.
fn same(feature: &Feature, enables: &[String]) -> bool {
    BTreeSet::from_iter(&feature.enables) == BTreeSet::from_iter(enables)
}

/// What is wrong in one way, in lines that can be pasted.
fn lines(what: &str, entries: impl Iterator<Item = String>) -> String {
    let entries: String = entries.collect();
    if entries.is_empty() {
        return entries;
    }
    let indented: String = entries.lines().map(|line| format!("    {line}\n")).collect();
    format!("its `[features]` {what}:\n{indented}")
}
