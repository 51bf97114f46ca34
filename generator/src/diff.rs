//! What the edit of a document changes for callers: two documents in, every [`Change`] of the Rust API out, with what it means
//! for them and with its places in both documents.
//!
//! It is the API that is compared, so items are known by the paths that callers write; what is left then goes by what the
//! document knows it by, so that an item with another name is told as one. Whatever callers cannot see is not told: docs,
//! examples, the order of fields. What emitted code looks like is known here, so a change of `emit` may need one here.

mod arguments;
mod body;
mod call;
mod change;
mod client;
mod enums;
mod features;
mod limits;
mod matching;
mod operations;
mod place;
mod responses;
mod security;
mod structs;
mod types;
mod written;

use std::collections::{BTreeMap, BTreeSet};

pub use self::change::{Effect, Noun, What};
use self::matching::Matching;
pub use self::place::Location;
use crate::diagnostics::Diagnostics;
use crate::ir::{Api, TypeId};
use crate::pointer::Pointer;
use crate::room::with_room;
use crate::{Root, Source, load, lower};

/// One change of one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The item by its path from the root of the code, as in `types::Pet::name`; that of the old one if it has two. Resources
    /// and calls go by their own names, as in `Pets::list`.
    pub item: String,
    /// What changed.
    pub what: What,
    /// Its place in the old document, if it has one.
    pub old: Option<Location>,
    /// Its place in the new document, if it has one.
    pub new: Option<Location>,
}

impl Change {
    /// What it means for callers.
    pub fn effect(&self) -> Effect {
        self.what.effect()
    }
}

/// One of two documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The one that was.
    Old,
    /// The one that is.
    New,
}

/// Compares the clients of two documents, the worst changes first; in a crate with other clients they are this module.
///
/// # Errors
/// A document of which there is no client, and everything that is wrong with it.
pub fn diff(old: &Source, new: &Source, module: Option<&str>) -> Result<Vec<Change>, (Side, Diagnostics)> {
    with_room(|| diff_here(old, new, module))
}

fn diff_here(old: &Source, new: &Source, module: Option<&str>) -> Result<Vec<Change>, (Side, Diagnostics)> {
    let (old_api, old_bag) = read(old, module).map_err(|bag| (Side::Old, bag))?;
    let (new_api, new_bag) = read(new, module).map_err(|bag| (Side::New, bag))?;
    let found = Comparison::new(&old_api, &new_api).found();
    let mut olds = old_bag.spots(old, found.iter().filter_map(|found| found.old.as_ref())).into_iter();
    let mut news = new_bag.spots(new, found.iter().filter_map(|found| found.new.as_ref())).into_iter();
    let changes = found.into_iter().map(|found| Change {
        item: found.item,
        what: found.what,
        old: found.old.and_then(|_| olds.next()).map(Location::from),
        new: found.new.and_then(|_| news.next()).map(Location::from),
    });
    let mut changes: Vec<Change> = changes.collect();
    changes.sort_by_key(Change::effect);
    Ok(changes)
}

fn read(source: &Source, module: Option<&str>) -> Result<(Api, Diagnostics), Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let Some(document) = load::load(source, &mut diagnostics) else { return Err(diagnostics) };
    // The name of the crate is none of what is compared.
    let crate_name = "client".to_owned();
    let root = match module {
        Some(module) => Root::Module { crate_name, module: module.to_owned() },
        None => Root::Crate { crate_name },
    };
    let api = lower::lower(&document, &root, &mut diagnostics);
    if diagnostics.has_errors() { Err(diagnostics) } else { Ok((api, diagnostics)) }
}

/// Two clients, and what is known of their differences so far.
struct Comparison<'a> {
    old: &'a Api,
    new: &'a Api,
    /// Which new type an old one is.
    types: BTreeMap<TypeId, TypeId>,
    /// Which new resource an old one is.
    resources: Matching,
    found: Vec<Found>,
    /// Items and what was told of them.
    told: BTreeSet<(String, String)>,
}

/// A change, with places that are not looked up yet.
struct Found {
    item: String,
    what: What,
    old: Option<Pointer>,
    new: Option<Pointer>,
}

/// The places of an item in the old and in the new document.
#[derive(Clone, Copy)]
struct Places<'p>(Option<&'p Pointer>, Option<&'p Pointer>);

impl<'p> Places<'p> {
    fn both(old: &'p Pointer, new: &'p Pointer) -> Self {
        Self(Some(old), Some(new))
    }

    fn old(old: &'p Pointer) -> Self {
        Self(Some(old), None)
    }

    fn new(new: &'p Pointer) -> Self {
        Self(None, Some(new))
    }
}

impl<'a> Comparison<'a> {
    fn new(old: &'a Api, new: &'a Api) -> Self {
        Self {
            old,
            new,
            types: BTreeMap::new(),
            resources: Matching::default(),
            found: Vec::new(),
            told: BTreeSet::new(),
        }
    }

    /// Compares everything, in the order in which a caller meets it.
    fn found(mut self) -> Vec<Found> {
        self.pair_types();
        self.compare_client();
        self.compare_resources();
        self.compare_types();
        self.compare_features();
        self.found
    }

    /// Tells a change, unless it has been told already.
    fn tell(&mut self, item: impl Into<String>, what: What, places: Places<'_>) {
        let item = item.into();
        if self.told.insert((item.clone(), what.to_string())) {
            self.found.push(Found { item, what, old: places.0.cloned(), new: places.1.cloned() });
        }
    }

    /// Tells a change if there is one.
    fn tell_if(&mut self, item: &str, what: Option<What>, places: Places<'_>) {
        if let Some(what) = what {
            self.tell(item, what, places);
        }
    }

    /// Tells that an item is deprecated, if it was not.
    fn tell_deprecated(&mut self, item: &str, deprecated: [bool; 2], places: Places<'_>) {
        if deprecated == [false, true] {
            self.tell(item, What::Deprecated, places);
        }
    }
}
