//! How an operation pages in, a made-up page out: with one item, and with a value in every property that it goes by, be it
//! one that may be missing.

use serde_json::Value;

use super::expr::{Position, expression};
use super::marks::marks;
use super::sample::sample;
use crate::ir::{NextPage, Operation, Paging, PathStep, PropertyPath, SamplePage, Success, Type, Types};
use crate::lower::paging::{settable, structure};

/// A page; `None` if the types do not end, or a constraint leaves no room for different pages.
pub fn sample_page(types: &Types, operation: &Operation, paging: &Paging) -> Option<SamplePage> {
    let (Success::Always(ty) | Success::List(ty) | Success::Maybe(ty)) = &operation.responses.success else {
        return None;
    };
    let mut body = sample(types, ty, &[]);
    for path in paging.ends.iter().map(|end| end.path()) {
        fill(types, ty, &mut body, path)?;
    }
    let items = fill(types, ty, &mut body, &paging.items)?.as_array_mut()?;
    let mut item = items.first().cloned().unwrap_or_else(|| sample(types, &paging.item, &[]));
    let found = match &paging.next {
        NextPage::LastItem { mark, property } => Some((mark, fill(types, &paging.item, &mut item, property)?.clone())),
        _ => None,
    };
    *items = vec![item];
    let found = match &paging.next {
        NextPage::Cursor { mark, found } => Some((mark, fill(types, ty, &mut body, found)?.clone())),
        NextPage::Url(url) => {
            fill(types, ty, &mut body, url)?;
            None
        }
        _ => found,
    };
    expression(types, ty, &body, Position::Field)?;
    let marks = match found {
        Some((mark, found)) => marks(types, &settable(operation, types, mark)?, &found)?,
        None => Vec::new(),
    };
    Some(SamplePage { body, marks })
}

/// What a path leads to, made up if nothing is there.
fn fill<'v>(types: &Types, ty: &Type, value: &'v mut Value, path: &PropertyPath) -> Option<&'v mut Value> {
    let (mut ty, mut value) = (ty, value);
    for step in &path.0 {
        let PathStep::Property { wire, .. } = step else { continue };
        let field = structure(types, ty)?.fields.iter().find(|field| field.name.wire == *wire)?;
        let found = value.as_object_mut()?.entry(wire.as_str()).or_insert(Value::Null);
        if found.is_null() {
            *found = sample(types, &field.ty, &field.limits);
        }
        (ty, value) = (&field.ty, found);
    }
    Some(value)
}
