//! How operations page. In go the finished types, an operation's parameters, its response and its extension
//! `x-pagination`, out comes an [`ir::Paging`], or nothing.
//!
//! What a document does not say is inferred from names and types (`infer`, with the words of `words`). A list that ends
//! too early is worse than one that must be paged by hand, so in doubt an operation does not page.

mod extension;
mod infer;
mod marks;
mod properties;
mod words;

use serde_json::Value;

use self::extension::lower_extension;
use self::infer::infer;
pub use self::marks::{Settable, settable};
pub use self::properties::structure;
use super::names::with_suffix;
use super::operation::Draft;
use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Access, Arity, BodyContent, Limit, MarkPlace, Operation, Paging, Presence, Type, TypeKind, Types};

/// The extension in which a document says how an operation pages, or that it does not.
pub const EXTENSION: &str = "x-pagination";

/// The methods that a prepared call has if its operation pages.
const METHODS: &[&str] = &["items", "pages"];

/// Decides for every operation whether it pages, and how.
pub fn lower_paging(drafts: &mut [Draft], types: &Types, diagnostics: &mut Diagnostics) {
    for draft in drafts {
        let operation = &draft.operation;
        let mut paging = match &draft.pagination {
            Some(Value::Bool(false)) => None,
            Some(Value::Bool(true)) => infer(operation, types).or_else(|| {
                diagnostics.warn(
                    Code::InvalidExtension,
                    &operation.pointer.child(EXTENSION),
                    format!("how `{}` pages cannot be told from its parameters and its response", operation.id),
                    "write an object with `by`, `parameter` and what else is needed",
                );
                None
            }),
            Some(value) => lower_extension(operation, types, value, diagnostics),
            None => infer(operation, types),
        };
        if let Some(paging) = &mut paging {
            make_room(&mut draft.operation, paging, types);
        }
        draft.operation.paging = paging;
    }
}

/// Setters give way to the methods that page; what pages by one of them knows its new name.
fn make_room(operation: &mut Operation, paging: &mut Paging, types: &Types) {
    let mut taken: Vec<String> = operation.parameters.iter().map(|parameter| parameter.rust.clone()).collect();
    for parameter in operation.parameters.iter_mut().filter(|parameter| parameter.arity == Arity::Optional) {
        if METHODS.contains(&parameter.rust.as_str()) {
            let mut rust = with_suffix(&parameter.rust, "parameter");
            while taken.contains(&rust) {
                rust.push('_');
            }
            taken.push(rust.clone());
            let before = std::mem::replace(&mut parameter.rust, rust.clone());
            if let Some(mark) = paging.next.mark_mut().filter(|mark| mark.place == MarkPlace::Parameter(before)) {
                mark.place = MarkPlace::Parameter(rust);
            }
        }
    }
    let Some(body) = &mut operation.body else { return };
    let BodyContent::Properties { ty } = body.content else { return };
    let TypeKind::Struct(object) = &types[ty].kind else { return };
    let mut setters = object.fields.iter().filter(|field| {
        field.access != Access::ReadOnly && !matches!(field.presence, Presence::Required | Presence::Nullable)
    });
    if setters.any(|field| METHODS.contains(&field.name.rust.as_str())) {
        let limits: Vec<Limit> = Vec::new();
        body.content = BodyContent::Whole { arity: Arity::Required, ty: Type::Named(ty), limits };
    }
}
