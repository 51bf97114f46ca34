//! The pass that settles what can only be said of types once all are there: where they travel, which have a
//! value that goes without saying.

use super::operation::Draft;
use crate::ir::{BodyContent, CaseOutcome, Struct, Success, Type, TypeId, TypeKind, Types, Union};

/// Settles what has a value that goes without saying.
pub fn settle_defaults(types: &mut Types) {
    for index in 0..types.len() {
        let default = match &types.0[index].kind {
            TypeKind::Union(union) => empty_variant(types, union),
            _ => None,
        };
        if let TypeKind::Union(union) = &mut types.0[index].kind {
            union.default = default;
        }
    }
    let mut known = Known::new(types);
    for index in 0..types.len() {
        types.0[index].has_default = has_default(types, TypeId(index), &mut known);
    }
}

/// Settles where values travel.
pub fn settle_usage(types: &mut Types, drafts: &[Draft]) {
    for draft in drafts {
        let operation = &draft.operation;
        for parameter in &operation.parameters {
            mark(types, &parameter.ty, Direction::Request);
        }
        match operation.body.as_ref().map(|body| &body.content) {
            Some(BodyContent::Whole { ty, .. }) => mark(types, ty, Direction::Request),
            Some(BodyContent::Properties { ty }) => mark(types, &Type::Named(*ty), Direction::Request),
            None => {}
        }
    }
    response_types(drafts).for_each(|ty| mark(types, ty, Direction::Response));
}

/// The types of what servers send.
pub fn response_types(drafts: &[Draft]) -> impl Iterator<Item = &Type> {
    drafts.iter().flat_map(|draft| {
        let responses = &draft.operation.responses;
        let success: Vec<&Type> = match &responses.success {
            Success::Nothing => Vec::new(),
            Success::Always(ty) | Success::Maybe(ty) | Success::List(ty) | Success::Events(ty, _) => vec![ty],
            Success::OneOf { variants, .. } => variants.iter().filter_map(|variant| variant.ty.as_ref()).collect(),
        };
        let headers = responses.headers.iter().flat_map(|headers| &headers.headers).map(|header| &header.ty);
        let failures = responses.cases.iter().zip(&draft.failures).filter_map(|(case, ty)| match &case.outcome {
            CaseOutcome::Failure(..) => ty.as_ref(),
            _ => None,
        });
        success.into_iter().chain(headers).chain(failures)
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Request,
    Response,
}

fn mark(types: &mut Types, ty: &Type, direction: Direction) {
    let id = match ty {
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            return mark(types, inner, direction);
        }
        Type::Tuple(items) => return items.iter().for_each(|item| mark(types, item, direction)),
        Type::Named(id) => *id,
        _ => return,
    };
    let usage = &mut types.0[id.0].usage;
    let seen = match direction {
        Direction::Request => std::mem::replace(&mut usage.request, true),
        Direction::Response => std::mem::replace(&mut usage.response, true),
    };
    if !seen {
        for part in parts(&types[id].kind) {
            mark(types, &part, direction);
        }
    }
}

/// The types that a type is made of.
pub fn parts(kind: &TypeKind) -> Vec<Type> {
    match kind {
        TypeKind::Struct(object) => {
            let fields = object.fields.iter().map(|field| field.ty.clone());
            let flatten = object.flatten.iter().map(|flatten| flatten.ty.clone());
            fields.chain(flatten).chain(object.additional.iter().map(|additional| additional.ty.clone())).collect()
        }
        TypeKind::Union(union) => union.variants.iter().map(|variant| variant.ty.clone()).collect(),
        TypeKind::Alias(alias) | TypeKind::Newtype(alias) => vec![alias.ty.clone()],
        TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) => Vec::new(),
    }
}

/// What is known by now of the types with names; what goes round in circles is not so.
struct Known(Vec<Option<bool>>);

impl Known {
    fn new(types: &Types) -> Self {
        Self(vec![None; types.len()])
    }

    fn find(&mut self, id: TypeId, find: impl FnOnce(&mut Self) -> bool) -> bool {
        if let Some(known) = self.0[id.0] {
            return known;
        }
        self.0[id.0] = Some(false);
        let found = find(self);
        self.0[id.0] = Some(found);
        found
    }
}

/// The variant that is an object without properties.
fn empty_variant(types: &Types, union: &Union) -> Option<usize> {
    union.variants.iter().position(|variant| match &variant.ty {
        Type::Named(id) if variant.holds.content().is_none() => match &types[*id].kind {
            TypeKind::Struct(object) => object.is_empty(),
            _ => false,
        },
        _ => false,
    })
}

impl Struct {
    fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.constants.is_empty() && self.flatten.is_empty() && self.additional.is_none()
    }
}

fn has_default(types: &Types, id: TypeId, known: &mut Known) -> bool {
    known.find(id, |known| match &types[id].kind {
        TypeKind::Struct(object) => {
            let fields = object.fields.iter().all(|field| !field.is_given());
            fields && object.flatten.iter().all(|flatten| goes_without_saying(types, &flatten.ty, known))
        }
        TypeKind::Union(union) => union.default.is_some(),
        TypeKind::Alias(alias) => goes_without_saying(types, &alias.ty, known),
        TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) | TypeKind::Newtype(_) => false,
    })
}

fn goes_without_saying(types: &Types, ty: &Type, known: &mut Known) -> bool {
    match ty {
        Type::Named(id) => has_default(types, *id, known),
        Type::Boxed(inner) => goes_without_saying(types, inner, known),
        _ => false,
    }
}
