//! How an operation pages: where a page has its items, and what asks for the next one.

use super::{Presence, Type};

/// How an operation pages.
#[derive(Clone, Debug)]
pub struct Paging {
    /// The list in what a call yields.
    pub items: PropertyPath,
    /// The type of an item.
    pub item: Type,
    /// What asks for the next page.
    pub next: NextPage,
    /// What a page says of the end, beside what asks for the next one.
    pub ends: Vec<End>,
    /// A page; none if none can be made up.
    pub page: Option<SamplePage>,
}

/// A made-up page.
#[derive(Clone, Debug, PartialEq)]
pub struct SamplePage {
    /// The page with one item, and with all properties that it goes by.
    pub body: serde_json::Value,
    /// Values of the property that tells the next page, all of them different; none where no property tells it.
    pub marks: Vec<serde_json::Value>,
}

/// What asks for the next page.
#[derive(Clone, Debug)]
pub enum NextPage {
    /// Its number.
    Number {
        /// What takes the number.
        mark: Mark,
        /// The number of the page that is given if none is asked for.
        first: i64,
    },
    /// The number of its first item.
    Offset {
        /// What takes the number.
        mark: Mark,
        /// The number of the item that a list begins with if none is asked for.
        first: i64,
    },
    /// What the page before it calls it.
    Cursor {
        /// What takes the cursor.
        mark: Mark,
        /// Where the page before it has the cursor.
        found: PropertyPath,
    },
    /// The last item of the page before it.
    LastItem {
        /// What takes the property.
        mark: Mark,
        /// The property of an item that tells it from the others.
        property: PropertyPath,
    },
    /// The link with the relation `next` in the header `Link`.
    LinkHeader,
    /// A URL in the body.
    Url(PropertyPath),
}

impl NextPage {
    /// What takes a number or a cursor, if it is that which asks.
    pub fn mark_mut(&mut self) -> Option<&mut Mark> {
        match self {
            Self::Number { mark, .. }
            | Self::Offset { mark, .. }
            | Self::Cursor { mark, .. }
            | Self::LastItem { mark, .. } => Some(mark),
            Self::LinkHeader | Self::Url(_) => None,
        }
    }
}

/// What takes a number or a cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its name on the wire.
    pub wire: String,
    /// Where it stands in the call.
    pub place: MarkPlace,
}

/// Where in a call a mark stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkPlace {
    /// A parameter.
    Parameter(String),
    /// A property of the request body.
    Property(String),
}

/// What a page says of the end.
#[derive(Clone, Debug)]
pub enum End {
    /// A boolean that is false on the last page.
    More(PropertyPath),
    /// A boolean that is true on the last page.
    Done(PropertyPath),
    /// A link that is missing on the last page.
    Link(PropertyPath),
    /// The number of all items.
    Items(PropertyPath),
    /// The number of all pages.
    Pages(PropertyPath),
}

/// A property, and those that it stands in.
#[derive(Clone, Debug, Default)]
pub struct PropertyPath(pub Vec<PathStep>);

impl PropertyPath {
    /// The names on the wire, as in `meta.next`; empty for the whole.
    pub fn wire(&self) -> String {
        let names = self.0.iter().filter_map(|step| match step {
            PathStep::Body => None,
            PathStep::Property { wire, .. } => Some(wire.as_str()),
        });
        names.collect::<Vec<_>>().join(".")
    }
}

impl Paging {
    /// All properties of the response that it goes by.
    pub fn paths(&self) -> Vec<&PropertyPath> {
        let next = match &self.next {
            NextPage::Cursor { found: path, .. } | NextPage::LastItem { property: path, .. } | NextPage::Url(path) => {
                Some(path)
            }
            NextPage::Number { .. } | NextPage::Offset { .. } | NextPage::LinkHeader => None,
        };
        let ends = self.ends.iter().map(End::path);
        [&self.items].into_iter().chain(next).chain(ends).collect()
    }
}

impl End {
    /// The property that says it.
    pub fn path(&self) -> &PropertyPath {
        let (Self::More(path) | Self::Done(path) | Self::Link(path) | Self::Items(path) | Self::Pages(path)) = self;
        path
    }
}

/// A step on the way to a property.
#[derive(Clone, Debug)]
pub enum PathStep {
    /// To the body, which some responses do not have.
    Body,
    /// To a property.
    Property {
        /// Its name on the wire.
        wire: String,
        /// The field.
        rust: String,
        /// Whether it may be missing or null.
        presence: Presence,
        /// `deprecated`
        deprecated: bool,
    },
}
