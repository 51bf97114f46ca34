//! The lists that come in pages, as whoever stands in for their server has to know them: operations in, plain data out.

use serde_json::Value;

use crate::ir;

/// A list that comes in pages, by one way to call its operation.
#[derive(Clone, Debug)]
pub struct List {
    /// `operationId`
    pub id: String,
    /// What asks for the next page.
    pub next: Next,
    /// What a page says of the end beside that.
    pub ends: Vec<(Sign, Property)>,
    /// The list of items; the whole page if there are no names.
    pub items: Property,
    /// A page with one item, in which every property is there that is named here; none if none can be made up.
    pub page: Option<Value>,
    /// Six values of the property that [`Next::Cursor`] and [`Next::LastItem`] name, all of them different.
    pub marks: Vec<Value>,
    /// The status of a page.
    pub status: u16,
    /// The media type of a page.
    pub media_type: String,
}

/// What asks for the next page.
#[derive(Clone, Debug)]
pub enum Next {
    /// Its number, and that of the page that is given if none is asked for.
    Number(Taker, i64),
    /// The number of its first item, and that of the item that a list begins with if none is asked for.
    Offset(Taker, i64),
    /// What the page before has in this property.
    Cursor(Taker, Property),
    /// This property of the last item of the page before.
    LastItem(Taker, Property),
    /// The header `Link` of the page before.
    LinkHeader,
    /// The URL that the page before has in this property.
    Url(Property),
}

/// What takes a number or a cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taker {
    /// Where it stands.
    pub location: Location,
    /// Its name.
    pub name: String,
}

/// Where in a request something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the query.
    Query,
    /// Among the headers.
    Header,
    /// In the header `Cookie`.
    Cookie,
    /// In a body of JSON.
    Json,
    /// In a body that is a form.
    Form,
}

/// What a property says of the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Whether there is another page.
    More,
    /// Whether this is the last page.
    Done,
    /// A link to the next page, if there is one.
    Link,
    /// The number of all items.
    Items,
    /// The number of all pages.
    Pages,
}

/// A property of a page or of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// Its name behind those of the properties that it stands in.
    pub names: Vec<String>,
    /// What it may be without a value.
    pub without: Without,
}

/// What a property may be without a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Without {
    /// Missing.
    Missing,
    /// Null.
    Null,
    /// Nothing else than a value; an empty text is none.
    Never,
}

/// All of them that can be asked for with example data, in the order of the operations.
pub fn list(api: &ir::Api) -> Vec<List> {
    let callable = api.operations().filter(|operation| operation.example.is_some());
    callable.filter_map(|operation| Some(of_operation(operation, operation.paging.as_ref()?))).collect()
}

fn of_operation(operation: &ir::Operation, paging: &ir::Paging) -> List {
    let taker = |mark| taker(operation, mark);
    let next = match &paging.next {
        ir::NextPage::Number { mark, first } => Next::Number(taker(mark), *first),
        ir::NextPage::Offset { mark, first } => Next::Offset(taker(mark), *first),
        ir::NextPage::Cursor { mark, found } => Next::Cursor(taker(mark), property(found)),
        ir::NextPage::LastItem { mark, property: found } => Next::LastItem(taker(mark), property(found)),
        ir::NextPage::LinkHeader => Next::LinkHeader,
        ir::NextPage::Url(found) => Next::Url(property(found)),
    };
    use ir::ReadFormat::{Any, Json};
    let cases = &operation.responses.cases;
    let is_page = |case: &&ir::Case| matches!(case.outcome, ir::CaseOutcome::Success { body: Some(Json | Any), .. });
    let sample = cases.iter().find(is_page).map(|case| &case.sample);
    List {
        id: operation.id.clone(),
        next,
        ends: paging.ends.iter().map(|end| (sign(end), property(end.path()))).collect(),
        items: property(&paging.items),
        page: paging.page.as_ref().map(|page| page.body.clone()),
        marks: paging.page.as_ref().map_or_else(Vec::new, |page| page.marks.clone()),
        status: sample.map_or(200, |sample| sample.status),
        media_type: sample.map_or_else(|| "application/json".to_owned(), |sample| sample.media_type.clone()),
    }
}

fn taker(operation: &ir::Operation, mark: &ir::Mark) -> Taker {
    let location = match &mark.place {
        ir::MarkPlace::Parameter(rust) => {
            let parameter = operation.parameters.iter().find(|parameter| parameter.rust == *rust);
            match parameter.map(|parameter| &parameter.location) {
                Some(ir::Location::Header) => Location::Header,
                Some(ir::Location::Cookie) => Location::Cookie,
                // None of a path or a part is ever counted up.
                Some(ir::Location::Query | ir::Location::Path | ir::Location::Part { .. }) | None => Location::Query,
            }
        }
        ir::MarkPlace::Property(_) => match operation.body.as_ref().map(|body| &body.format) {
            Some(ir::BodyFormat::Form(_)) => Location::Form,
            _ => Location::Json,
        },
    };
    Taker { location, name: mark.wire.clone() }
}

fn property(path: &ir::PropertyPath) -> Property {
    let mut without = Without::Never;
    let mut names = Vec::new();
    for step in &path.0 {
        let ir::PathStep::Property { wire, presence, .. } = step else { continue };
        names.push(wire.clone());
        without = match presence {
            ir::Presence::Required => Without::Never,
            ir::Presence::Nullable => Without::Null,
            ir::Presence::Optional | ir::Presence::OptionalNullable => Without::Missing,
        };
    }
    Property { names, without }
}

fn sign(end: &ir::End) -> Sign {
    match end {
        ir::End::More(_) => Sign::More,
        ir::End::Done(_) => Sign::Done,
        ir::End::Link(_) => Sign::Link,
        ir::End::Items(_) => Sign::Items,
        ir::End::Pages(_) => Sign::Pages,
    }
}
