//! `where`: an item of the client in, the line of the document that it comes from out; or a line in, its items out. How generated
//! code is taken apart is in `code`.

mod code;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use anyhow::{Result, bail};
use generator::{Pointer, Root, Source, Spot, visible};
use serde_json::json;

use crate::document::{Document, Rejected, read_spec};
use crate::failure::cannot_run;
use crate::workspace::{CLIENT_CRATE, Workspace};

/// How many items are proposed that are much like one that does not exist.
const PROPOSED: usize = 3;

/// A question.
#[derive(Debug, Clone)]
pub struct Order {
    /// An item or a line; all items if there is none.
    pub query: Option<String>,
    /// A document and its overlays; those of `spec/` if there is none.
    pub spec: Option<(PathBuf, Vec<PathBuf>)>,
    /// Whether a program reads the answer.
    pub is_json: bool,
}

/// Answers a question.
pub fn run(workspace: &Workspace, order: &Order) -> Result<String> {
    let maps = maps(workspace, order)?;
    let found = match &order.query {
        None => maps.iter().flat_map(|map| &map.items).collect(),
        Some(query) => find(&maps, query)?,
    };
    let is_map = order.query.is_none();
    Ok(found.into_iter().map(|item| item.render(order.is_json, is_map)).collect())
}

/// The items of a document.
struct Map {
    source: Source,
    items: Vec<Item>,
}

/// Something that code can name, and where it comes from.
struct Item {
    path: String,
    pointer: Pointer,
    spot: Spot,
}

impl Item {
    fn render(&self, is_json: bool, is_map: bool) -> String {
        let (path, Spot { file, start: (line, column), .. }) = (&self.path, &self.spot);
        let pointer = self.spot.pointer.as_ref().unwrap_or(&self.pointer);
        if is_json {
            let place = json!({ "file": file, "line": line, "column": column, "pointer": pointer.as_str() });
            return format!("{}\n", json!({ "item": path, "place": place }));
        }
        let (path, file, pointer) = (visible::line(path), visible::line(file), visible::line(pointer.as_str()));
        match is_map {
            true => format!("{path}\t{file}:{line}:{column}\t{pointer}\n"),
            false => format!("{path}\n    {file}:{line}:{column} {pointer}\n"),
        }
    }

    /// Whether this is what somebody calls by these words.
    fn is_called(&self, name: &str) -> bool {
        self.path.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with("::"))
    }
}

fn maps(workspace: &Workspace, order: &Order) -> Result<Vec<Map>> {
    let Some((spec, overlays)) = &order.spec else {
        let documents = read_spec(workspace)?;
        return documents
            .iter()
            .map(|document| {
                let root = Root::Module { crate_name: CLIENT_CRATE.to_owned(), module: document.stem.clone() };
                map(document, &root, &format!("{CLIENT_CRATE}::{}", document.stem))
            })
            .collect();
    };
    let document = Document::read_with(spec, overlays, workspace.access())?;
    let crate_name = document.crate_name(None)?.replace('-', "_");
    let root = Root::Crate { crate_name: crate_name.clone() };
    Ok(vec![map(&document, &root, &crate_name)?])
}

fn map(document: &Document, root: &Root, prefix: &str) -> Result<Map> {
    let source = document.source(&document.shown);
    let output =
        generator::generate(&source, root).map_err(|report| Rejected { document: document.shown.clone(), report })?;
    let spots = output.warnings.spots(&source, output.places.iter().map(|(_, pointer)| pointer));
    let items = output.places.into_iter().zip(spots);
    let items =
        items.map(|((path, pointer), spot)| Item { path: format!("{prefix}::{path}"), pointer, spot }).collect();
    Ok(Map { source, items })
}

fn find<'m>(maps: &'m [Map], query: &str) -> Result<Vec<&'m Item>> {
    let line = query.rsplit_once(':').and_then(|(file, line)| Some((file, line.parse::<usize>().ok()?)));
    let found = match line {
        Some((file, line)) if file.ends_with(".rs") => named(maps, &code::item_at(file, line)?),
        Some((file, line)) => on_line(maps, file, line)?,
        None => named(maps, query),
    };
    if found.is_empty() {
        bail!("{}", nothing(maps, query, line.is_some()));
    }
    Ok(found)
}

fn named<'m>(maps: &'m [Map], name: &str) -> Vec<&'m Item> {
    maps.iter().flat_map(|map| &map.items).filter(|item| item.is_called(name)).collect()
}

/// The items of the nodes on a line, or of what is around them.
fn on_line<'m>(maps: &'m [Map], file: &str, line: usize) -> Result<Vec<&'m Item>> {
    let mut known = Vec::new();
    for map in maps {
        for (text, shown) in map.source.texts() {
            if shown == file || same_file(&shown, file) {
                let nodes = map.source.nodes_on_line(&text, line);
                let items: Vec<_> = map.items.iter().filter(|item| item.spot.text == text).collect();
                return Ok(nodes.iter().flat_map(|node| around(&items, node)).fold(Vec::new(), unique));
            }
            known.push(shown);
        }
    }
    Err(cannot_run(format!("{file} is none of the documents, which are {}", known.join(", "))))
}

fn same_file(one: &str, other: &str) -> bool {
    let resolve = |path: &str| PathBuf::from(path).canonicalize();
    matches!((resolve(one), resolve(other)), (Ok(one), Ok(other)) if one == other)
}

/// The items of a node, or of the nearest one around it that has any.
fn around<'m>(items: &[&'m Item], node: &Pointer) -> Vec<&'m Item> {
    let place = |item: &&&Item| item.spot.pointer.clone();
    let is_around = |item: &&&Item| place(item).is_some_and(|place| node.strip_prefix(&place).is_some());
    let length = |item: &&Item| item.spot.pointer.as_ref().map_or(0, |pointer| pointer.as_str().len());
    let around: Vec<_> = items.iter().filter(is_around).copied().collect();
    let nearest = around.iter().map(length).max().unwrap_or_default();
    around.into_iter().filter(|item| length(item) == nearest).collect()
}

fn unique<'m>(mut known: Vec<&'m Item>, item: &'m Item) -> Vec<&'m Item> {
    if !known.iter().any(|other| std::ptr::eq(*other, item)) {
        known.push(item);
    }
    known
}

/// What to say of a question without an answer.
fn nothing(maps: &[Map], query: &str, is_line: bool) -> String {
    if is_line {
        return format!("nothing is generated from {query}");
    }
    let words = query.split("::").count();
    let tail = |item: &Item| {
        let parts: Vec<_> = item.path.split("::").collect();
        parts[parts.len().saturating_sub(words)..].join("::")
    };
    let items = maps.iter().flat_map(|map| &map.items);
    let mut similar: Vec<_> = items.map(tail).map(|name| (strsim::osa_distance(&name, query), name)).collect();
    similar.sort();
    similar.dedup();
    similar.retain(|(distance, name)| *distance <= name.len() / 3 + 1);
    let names: Vec<_> = similar.into_iter().take(PROPOSED).map(|(_, name)| format!("`{name}`")).collect();
    let proposal = if names.is_empty() { String::new() } else { format!("; there is {}", names.join(", ")) };
    format!("there is no item `{query}`{proposal}")
}
