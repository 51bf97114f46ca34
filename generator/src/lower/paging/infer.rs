//! How an operation pages by all that names and types tell; nothing where they leave a doubt.

use super::marks::{Settable, body_properties, is_mark, is_number, parameters};
use super::properties::{Property, body, items, properties, structure};
use super::words::{
    is_cursor, is_done, is_last_item, is_limit, is_more, is_next, is_next_link, is_offset, is_page, is_total_items,
    is_total_pages, plain,
};
use crate::ir::{
    Arity, CaseOutcome, End, Location, MarkPlace, Method, NextPage, Operation, Paging, PropertyPath, Type, Types,
};
use crate::lower::names::split;

/// What a document may say of a page that is counted from zero.
const FROM_ZERO: &[&str] = &[
    "zero-based",
    "zero based",
    "0-based",
    "0 based",
    "zero-indexed",
    "zero indexed",
    "0-indexed",
    "0 indexed",
    "starts at 0",
    "starting at 0",
    "starting from 0",
    "starts from 0",
    "starts with 0",
    "start at 0",
    "begins at 0",
    "from zero",
    "first page is 0",
];

/// What operations that read are called, where the method does not say that they do.
const READING: &[&str] = &["fetch", "filter", "find", "list", "lookup", "query", "read", "scroll", "search"];

/// What is known of an operation.
struct Evidence<'t> {
    operation: &'t Operation,
    types: &'t Types,
    settable: Vec<Settable<'t>>,
    properties: Vec<Property<'t>>,
    items: PropertyPath,
    item: &'t Type,
}

/// How an operation pages, if nothing speaks against it.
pub fn infer(operation: &Operation, types: &Types) -> Option<Paging> {
    let (path, ty) = body(&operation.responses.success, types)?;
    let (items, item) = items(types, &path, ty, &operation.path)?;
    let query = |settable: &Settable<'_>| match &settable.mark.place {
        MarkPlace::Parameter(rust) => operation
            .parameters
            .iter()
            .any(|parameter| parameter.location == Location::Query && parameter.rust == *rust),
        MarkPlace::Property(_) => true,
    };
    let mut settable = parameters(operation, types);
    settable.retain(|settable| !is_deprecated(settable) && query(settable));
    let reads = operation.method == Method::Get;
    if !reads {
        settable.extend(body_properties(operation, types).into_iter().filter(|settable| !is_deprecated(settable)));
    }
    let properties = properties(types, &path, ty);
    let evidence = Evidence { operation, types, settable, properties, items, item };
    let (next, ends) = if reads { evidence.of_reading() } else { evidence.of_search() }?;
    Some(Paging { items: evidence.items, item: item.clone(), next, ends, page: None })
}

type Found = (NextPage, Vec<End>);

impl Evidence<'_> {
    /// The surer comes first: what a page says of the next one goes before what can only be counted.
    fn of_reading(&self) -> Option<Found> {
        let total = self.total();
        // Where there are numbers and a total too, a cursor may be given to those alone who have asked for one.
        let counted = self.numbered().filter(|(next, _)| total.as_ref().is_some_and(|total| tells(next, total)));
        if let (None, Some(found)) = (&counted, self.cursor()) {
            return Some(found);
        }
        self.link_header()
            .or_else(|| counted.zip(total).map(|((next, _), total)| (next, vec![total])))
            .or_else(|| self.last_item())
            .or_else(|| self.numbered().zip(self.last_page()).map(|((next, _), end)| (next, vec![end])))
            .or_else(|| self.url())
            .or_else(|| self.numbered())
    }

    /// A search that has its parameters in the body, by cursor only.
    fn of_search(&self) -> Option<Found> {
        let last = self.operation.path.split('/').next_back().unwrap_or_default();
        let words = [split(&self.operation.id), split(last)].concat();
        let is_search =
            self.operation.method == Method::Post && words.iter().any(|word| READING.contains(&word.as_str()));
        if is_search { self.cursor() } else { None }
    }

    fn has_limit(&self) -> bool {
        self.settable.iter().any(|settable| is_limit(&settable.name) && settable.is_number())
    }

    fn find(&self, is_meant: impl Fn(&Property<'_>) -> bool) -> Option<PropertyPath> {
        self.properties.iter().find(|property| is_meant(property)).map(|property| property.path.clone())
    }

    /// What says outright whether there is another page.
    fn last_page(&self) -> Option<End> {
        let more = self.find(|property| *property.ty == Type::Boolean && is_more(property.name()));
        let done = || self.find(|property| *property.ty == Type::Boolean && is_done(property.name()));
        more.map(End::More).or_else(|| done().map(End::Done))
    }

    /// What says how many there are.
    fn total(&self) -> Option<End> {
        let pages = self.find(|property| is_number(property.ty) && is_total_pages(property.name()));
        let items = || self.find(|property| is_number(property.ty) && is_total_items(property.name()));
        let is_by_page = matches!(self.numbered(), Some((NextPage::Number { .. }, _)));
        pages.filter(|_| is_by_page).map(End::Pages).or_else(|| items().map(End::Items))
    }

    fn cursor(&self) -> Option<Found> {
        let end = self.last_page();
        let mut free = self.settable.iter().filter(|settable| settable.arity == Arity::Optional);
        free.find_map(|settable| {
            if self.is_on_request(&settable.name) {
                return None;
            }
            let is_found = |property: &Property<'_>| {
                is_mark(property.ty)
                    && !property.is_url()
                    && (is_next(&settable.name, &property.names, end.is_some()) || is_place(settable, property))
                    // A number goes on with a number; what takes a text takes both.
                    && (!settable.is_number() || is_number(property.ty))
            };
            let next = NextPage::Cursor { mark: settable.mark.clone(), found: self.find(is_found)? };
            Some((next, end.clone().into_iter().collect()))
        })
    }

    /// Whether a cursor is given to those alone who have asked for one, as in `use_cursor`.
    fn is_on_request(&self, cursor: &str) -> bool {
        self.operation.parameters.iter().any(|parameter| {
            let ty = match &parameter.ty {
                Type::Nullable(inner) => inner,
                ty => ty,
            };
            *ty == Type::Boolean && plain(&parameter.wire).contains(cursor)
        })
    }

    /// By the header that the document says there is.
    fn link_header(&self) -> Option<Found> {
        let has_header = self.operation.responses.cases.iter().any(|case| {
            matches!(case.outcome, CaseOutcome::Success { .. })
                && case.headers.iter().any(|header| header.eq_ignore_ascii_case("link"))
        });
        (has_header && self.is_of_pages()).then(|| (NextPage::LinkHeader, Vec::new()))
    }

    /// Whether any parameter speaks of pages.
    fn is_of_pages(&self) -> bool {
        self.settable.iter().any(|settable| {
            let name = settable.name.as_str();
            is_limit(name) || is_page(name) || is_offset(name) || is_cursor(name)
        })
    }

    /// After the last item, by its id.
    fn last_item(&self) -> Option<Found> {
        let end = self.last_page()?;
        let mut settable = self.settable.iter().filter(|settable| settable.arity == Arity::Optional);
        let settable = settable.find(|settable| is_last_item(&settable.name))?;
        let object = structure(self.types, self.item)?;
        let id = object.fields.iter().find(|field| field.name.wire == "id")?;
        let (property, ty) = super::properties::child(self.types, &PropertyPath::default(), id);
        let fits = is_mark(ty) && (!settable.is_number() || is_number(ty));
        fits.then(|| (NextPage::LastItem { mark: settable.mark.clone(), property }, vec![end]))
    }

    /// By a URL that the page has.
    fn url(&self) -> Option<Found> {
        let found = self.find(|property| property.is_url() && is_next_link(&property.names))?;
        self.is_of_pages().then(|| (NextPage::Url(found), Vec::new()))
    }

    /// By counting pages or items.
    fn numbered(&self) -> Option<Found> {
        let numbers = || self.settable.iter().filter(|settable| settable.is_number());
        if !(self.has_limit() || self.properties.iter().any(|property| is_end(property))) {
            return None;
        }
        // A text that may be missing leads to the next page, or says that there is none.
        let link = self.find(|property| *property.ty == Type::String && is_next_link(&property.names));
        let ends = || link.clone().map(End::Link).into_iter().collect();
        if let Some(page) = numbers().find(|settable| is_page(&settable.name)) {
            return Some((NextPage::Number { mark: page.mark.clone(), first: first_page(page)? }, ends()));
        }
        let mut offsets = numbers().filter(|settable| settable.arity == Arity::Optional);
        let offset = offsets.find(|settable| is_offset(&settable.name))?;
        // A start may be a time as well as a number.
        let is_sure = offset.name != "start" || self.properties.iter().any(|property| is_end(property));
        let first = offset.default().unwrap_or(i64::from(offset.name == "startindex"));
        is_sure.then(|| (NextPage::Offset { mark: offset.mark.clone(), first }, ends()))
    }
}

/// Some documents say so in words alone.
fn is_deprecated(settable: &Settable<'_>) -> bool {
    settable.deprecated || settable.docs.to_lowercase().contains("deprecated")
}

/// Whether a property says how many there are.
fn is_end(property: &Property<'_>) -> bool {
    is_number(property.ty) && (is_total_items(property.name()) || is_total_pages(property.name()))
}

/// Whether a total helps with what is counted.
fn tells(next: &NextPage, total: &End) -> bool {
    matches!((next, total), (NextPage::Number { .. }, _) | (NextPage::Offset { .. }, End::Items(_)))
}

/// Whether both are the number of an item, as in `from` and `next`.
fn is_place(settable: &Settable<'_>, property: &Property<'_>) -> bool {
    settable.name == "from" && property.names == ["next"] && settable.is_number() && is_number(property.ty)
}

/// The number of the first page, unless it could be one or the other.
pub fn first_page(page: &Settable<'_>) -> Option<i64> {
    let docs = page.docs.to_lowercase();
    match (page.default(), page.minimum()) {
        (Some(default), _) => Some(default),
        _ if FROM_ZERO.iter().any(|words| docs.contains(words)) => Some(0),
        (None, Some(minimum)) if minimum >= 1.0 => Some(1),
        (None, Some(_)) => None,
        (None, None) => (page.name != "pageindex").then_some(1),
    }
}
