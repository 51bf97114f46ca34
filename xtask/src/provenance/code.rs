//! A line of generated code in, the name of the item that it belongs to out.

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use syn::{Fields, ImplItem, Item, Type};

use crate::access::Access;
use crate::failure::cannot_run;

/// The item on a line, as in `Shipment::id`: the innermost one that has a name.
pub fn item_at(file: &str, line: usize) -> Result<String> {
    let text = Access::default().regular(Path::new(file));
    let text = text.map_err(|error| cannot_run(format!("cannot read {file}: {error}")))?;
    let code = syn::parse_file(&text).with_context(|| format!("{file} is not Rust"))?;
    let found = code.items.iter().filter(|item| has(*item, line)).find_map(|item| name(item, line));
    match found {
        Some(name) => Ok(name),
        None => bail!("there is nothing at {file}:{line} that comes from a document"),
    }
}

fn has(node: &impl syn::spanned::Spanned, line: usize) -> bool {
    let span = node.span();
    (span.start().line..=span.end().line).contains(&line)
}

fn name(item: &Item, line: usize) -> Option<String> {
    match item {
        Item::Struct(item) => Some(with(&item.ident, field(&item.fields, line))),
        Item::Enum(item) => {
            let variant = item.variants.iter().find(|variant| has(*variant, line));
            Some(with(&item.ident, variant.map(|variant| variant.ident.to_string())))
        }
        Item::Type(item) => Some(item.ident.to_string()),
        Item::Impl(item) => {
            let Type::Path(ty) = &*item.self_ty else { return None };
            let methods = item.items.iter().filter(|part| has(*part, line)).find_map(|part| match part {
                ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
                _ => None,
            });
            // A method of a trait is not an item of the document.
            let method = methods.filter(|_| item.trait_.is_none());
            Some(with(&ty.path.segments.last()?.ident, method))
        }
        _ => None,
    }
}

fn field(fields: &Fields, line: usize) -> Option<String> {
    fields.iter().find(|field| has(*field, line)).and_then(|field| Some(field.ident.as_ref()?.to_string()))
}

fn with(owner: &syn::Ident, part: Option<String>) -> String {
    part.map_or_else(|| owner.to_string(), |part| format!("{owner}::{part}"))
}
