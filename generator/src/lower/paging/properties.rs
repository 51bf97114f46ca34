//! The properties of a response: in go the types, out come paths to what pages are made of.

use super::words::{LISTS, is_aside, is_container, is_envelope, is_link, plain};
use crate::ir::{Access, Field, Limit, PathStep, PropertyPath, Struct, Success, Type, TypeKind, Types};
use crate::lower::names::{same_word, split};

/// Meta data do not stand deeper.
const MAX_DEPTH: usize = 3;

/// A property of a response.
pub struct Property<'t> {
    /// Where it is.
    pub path: PropertyPath,
    /// Its name behind those that it stands in, without case and punctuation.
    pub names: Vec<String>,
    /// Its type, without aliases.
    pub ty: &'t Type,
    /// The field.
    pub field: &'t Field,
}

impl Property<'_> {
    /// Its own name.
    pub fn name(&self) -> &str {
        self.names.last().map_or("", String::as_str)
    }

    /// Whether it holds a URL.
    pub fn is_url(&self) -> bool {
        let is_url = |limit: &Limit| matches!(limit, Limit::Format(format) if ["uri", "uri-reference", "url"].contains(&format.as_str()));
        *self.ty == Type::String && (self.field.limits.iter().any(is_url) || is_link(&self.names))
    }
}

/// What a call yields, and the way to it.
pub fn body<'t>(success: &'t Success, types: &'t Types) -> Option<(PropertyPath, &'t Type)> {
    let (path, ty) = match success {
        Success::Always(ty) | Success::List(ty) => (Vec::new(), ty),
        Success::Maybe(ty) => (vec![PathStep::Body], ty),
        Success::Nothing | Success::Events(..) | Success::OneOf { .. } => return None,
    };
    Some((PropertyPath(path), resolved(types, ty)))
}

/// A type without aliases and boxes.
pub fn resolved<'t>(types: &'t Types, mut ty: &'t Type) -> &'t Type {
    // An alias of an alias of itself is no type, but nothing here relies on that.
    for _ in 0..types.len() {
        ty = match ty {
            Type::Boxed(inner) => inner,
            Type::Named(id) => match &types[*id].kind {
                TypeKind::Alias(alias) => &alias.ty,
                _ => return ty,
            },
            _ => return ty,
        };
    }
    ty
}

/// The properties of a type, if it has some.
pub fn structure<'t>(types: &'t Types, ty: &Type) -> Option<&'t Struct> {
    match resolved_id(types, ty)? {
        TypeKind::Struct(object) => Some(object),
        _ => None,
    }
}

fn resolved_id<'t>(types: &'t Types, ty: &Type) -> Option<&'t TypeKind> {
    match resolved(types, ty) {
        Type::Named(id) => Some(&types[*id].kind),
        _ => None,
    }
}

/// The property that a step leads to.
pub fn child<'t>(types: &'t Types, path: &PropertyPath, field: &'t Field) -> (PropertyPath, &'t Type) {
    let step = PathStep::Property {
        wire: field.name.wire.clone(),
        rust: field.name.rust.clone(),
        presence: field.presence,
        deprecated: field.deprecated,
    };
    (PropertyPath([path.0.as_slice(), &[step]].concat()), resolved(types, &field.ty))
}

/// Whether a response has a property for everybody to read.
fn is_readable(field: &&Field) -> bool {
    !field.deprecated && field.access != Access::WriteOnly
}

/// The properties of a response, and those within what usually holds something of pages.
pub fn properties<'t>(types: &'t Types, path: &PropertyPath, ty: &Type) -> Vec<Property<'t>> {
    let mut found = Vec::new();
    collect(types, path, ty, &[], &mut found);
    found
}

fn collect<'t>(types: &'t Types, path: &PropertyPath, ty: &Type, names: &[String], found: &mut Vec<Property<'t>>) {
    let Some(object) = structure(types, ty) else { return };
    for field in object.fields.iter().filter(is_readable) {
        let (path, ty) = child(types, path, field);
        let names = [names, &[plain(&field.name.wire)]].concat();
        if names.len() < MAX_DEPTH && is_container(names.last().map_or("", String::as_str)) {
            collect(types, &path, ty, &names, found);
        }
        found.push(Property { path, names, ty, field });
    }
}

/// The list of items in what a call yields; `template` is the path of the operation.
pub fn items<'t>(
    types: &'t Types,
    path: &PropertyPath,
    ty: &'t Type,
    template: &str,
) -> Option<(PropertyPath, &'t Type)> {
    if let Type::List(item) = ty {
        return Some((path.clone(), item));
    }
    let object = structure(types, ty)?;
    let named = named_in_path(template);
    // Some lists are within a property that has the name of the path.
    let holder = object.fields.iter().filter(is_readable).find(|field| is_named(field, &named));
    if let Some(holder) = holder {
        let (path, ty) = child(types, path, holder);
        return match ty {
            Type::List(item) => Some((path, item)),
            _ => only_list(types, &path, ty, &named),
        };
    }
    only_list(types, path, ty, &named).or_else(|| {
        let mut envelopes =
            object.fields.iter().filter(is_readable).filter(|field| is_envelope(&plain(&field.name.wire)));
        let (path, ty) = child(types, path, envelopes.next()?);
        only_list(types, &path, ty, &named)
    })
}

/// The words of the last part of a path that is no variable.
fn named_in_path(template: &str) -> Vec<String> {
    let last = template.split('/').rfind(|segment| !segment.is_empty() && !segment.contains('{'));
    split(last.unwrap_or_default())
}

fn is_named(field: &Field, words: &[String]) -> bool {
    let own = split(&field.name.wire);
    !own.is_empty() && own.len() == words.len() && own.iter().zip(words).all(|(own, word)| same_word(own, word))
}

/// The list among the properties of a type that must be meant.
fn only_list<'t>(
    types: &'t Types,
    path: &PropertyPath,
    ty: &Type,
    words: &[String],
) -> Option<(PropertyPath, &'t Type)> {
    let object = structure(types, ty)?;
    let fields = object.fields.iter().filter(is_readable);
    let mut lists: Vec<(&Field, PropertyPath, &Type)> = Vec::new();
    for field in fields {
        if let (path, Type::List(item)) = child(types, path, field)
            && (!is_aside(&plain(&field.name.wire)) || is_named(field, words))
        {
            lists.push((field, path, item));
        }
    }
    let position = LISTS.iter().find_map(|name| lists.iter().position(|(field, ..)| plain(&field.name.wire) == *name));
    let index = match (position, lists.len()) {
        (Some(index), _) => index,
        // A thing that has an id may have a list, and is none.
        (None, 1) if !object.fields.iter().any(|field| field.name.wire == "id") => 0,
        _ => return None,
    };
    let (_, path, item) = lists.swap_remove(index);
    Some((path, item))
}
