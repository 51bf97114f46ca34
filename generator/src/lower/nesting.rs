//! Reports what a style cannot write: a list or an object inside another, for which neither OpenAPI nor RFC 6570 defines a
//! text. The client refuses such a value when a call gives it.

use std::collections::BTreeSet;

use super::operation::Draft;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{
    Access, BodyContent, BodyFormat, Location, Parameter, Serialization, Struct, Style, Type, TypeKind, Types,
};
use crate::pointer::Pointer;

/// How many aliases and alternatives are followed.
const MAX_DEPTH: usize = 16;

/// Reports the parameters of calls and the properties of forms whose values may be nested more deeply than their style allows.
pub fn report_nesting(drafts: &[Draft], types: &Types, diagnostics: &mut Diagnostics) {
    let mut reported = BTreeSet::new();
    for draft in drafts {
        let of_parameters = draft.operation.parameters.iter().filter_map(|parameter| of_parameter(types, parameter));
        for (pointer, what, nested) in of_parameters.chain(of_form(types, draft)) {
            if reported.insert(pointer.clone()) {
                report(&pointer, &what, &nested, diagnostics);
            }
        }
    }
}

/// A value, what it is called, and what is nested in it.
type Found = (Pointer, String, Nested);

fn of_parameter(types: &Types, parameter: &Parameter) -> Option<Found> {
    let Serialization::Style { style, explode, .. } = parameter.serialization else { return None };
    let style = Written::new(&parameter.location, style, explode);
    let ty = match (&parameter.location, &parameter.ty) {
        (Location::Part { each: true, .. }, Type::List(item)) => item,
        (_, ty) => ty,
    };
    let nested = style.nested(types, ty)?;
    Some((parameter.pointer.clone(), format!("the parameter `{}`", parameter.wire), nested))
}

fn of_form(types: &Types, draft: &Draft) -> Vec<Found> {
    let Some(body) = &draft.operation.body else { return Vec::new() };
    let (BodyFormat::Form(parts) | BodyFormat::Multipart(parts)) = &body.format else { return Vec::new() };
    let (BodyContent::Whole { ty: Type::Named(id), .. } | BodyContent::Properties { ty: id }) = body.content else {
        return Vec::new();
    };
    let TypeKind::Struct(object) = &types[id].kind else { return Vec::new() };
    let found = parts.iter().filter(|part| part.style.is_some() || part.explode.is_some()).filter_map(|part| {
        let field = object.fields.iter().find(|field| field.name.wire == part.name)?;
        let style = Written::new(&Location::Query, part.style, part.explode);
        let nested = style.nested(types, &field.ty)?;
        Some((field.pointer.clone(), format!("the property `{}`", part.name), nested))
    });
    found.collect()
}

fn report(pointer: &Pointer, what: &str, nested: &Nested, diagnostics: &mut Diagnostics) {
    let Nested { name, is_object, style } = nested;
    let inner = if *is_object { "an object" } else { "a list" };
    let subject = name.as_ref().map_or_else(|| format!("what is in {what}"), |name| format!("`{name}` of {what}"));
    let message = format!("{subject} can be {inner}, which style `{style}` cannot write");
    let help = "the client refuses such a value; describe it by `style: deepObject`, or as JSON by `content`";
    diagnostics.push(Diagnostic::warning(Code::UnsupportedStyle, pointer, message, help));
}

/// Something that a style cannot write.
struct Nested {
    /// The property that holds it.
    name: Option<String>,
    /// Whether it is an object, not a list.
    is_object: bool,
    /// The style as the document writes it.
    style: &'static str,
}

/// What a style can write.
struct Written {
    style: &'static str,
    reach: Reach,
}

/// How deeply values may be nested.
#[derive(PartialEq)]
enum Reach {
    /// A list or an object of primitives.
    Flat,
    /// The properties of an object may be lists too.
    ListsInObjects,
    /// Anything.
    Nested,
}

impl Written {
    fn new(location: &Location, style: Option<Style>, explode: Option<bool>) -> Self {
        let has_pairs = matches!(location, Location::Query | Location::Cookie);
        let (style, reach) = match style {
            Some(Style::DeepObject) => return Self { style: "deepObject", reach: Reach::Nested },
            Some(Style::Form) => ("form", explode.unwrap_or(true)),
            None if has_pairs => ("form", explode.unwrap_or(true)),
            None => ("simple", false),
            Some(Style::Label) => ("label", false),
            Some(Style::Matrix) => ("matrix", explode.unwrap_or_default()),
            Some(Style::SpaceDelimited) => ("spaceDelimited", explode.unwrap_or_default()),
            Some(Style::PipeDelimited) => ("pipeDelimited", explode.unwrap_or_default()),
        };
        Self { style, reach: if reach { Reach::ListsInObjects } else { Reach::Flat } }
    }

    /// The first part of a value that cannot be written.
    fn nested(&self, types: &Types, ty: &Type) -> Option<Nested> {
        if self.reach == Reach::Nested {
            return None;
        }
        shapes(types, ty, 0).into_iter().find_map(|shape| match shape {
            Shape::List(items) => items.into_iter().find_map(|item| self.inner(types, None, item, false)),
            Shape::Map(value) => self.inner(types, None, value, true),
            Shape::Struct(object) => self.in_struct(types, object),
        })
    }

    fn in_struct(&self, types: &Types, object: &Struct) -> Option<Nested> {
        let fields = object.fields.iter().filter(|field| field.access != Access::ReadOnly);
        let mut fields = fields.filter_map(|field| self.inner(types, Some(&field.name.wire), &field.ty, true));
        fields.next().or_else(|| match object.additional.as_ref().map(|additional| &additional.ty) {
            Some(Type::Map(value)) => self.inner(types, None, value, true),
            _ => None,
        })
    }

    fn inner(&self, types: &Types, name: Option<&str>, ty: &Type, in_object: bool) -> Option<Nested> {
        shapes(types, ty, 0).into_iter().find_map(|shape| {
            let is_written = match &shape {
                Shape::List(items) if in_object && self.reach == Reach::ListsInObjects => {
                    items.iter().all(|item| shapes(types, item, 0).is_empty())
                }
                _ => false,
            };
            let is_object = !matches!(shape, Shape::List(_));
            (!is_written).then(|| Nested { name: name.map(str::to_owned), is_object, style: self.style })
        })
    }
}

/// A list or an object that a value can be.
enum Shape<'t> {
    List(Vec<&'t Type>),
    Map(&'t Type),
    Struct(&'t Struct),
}

/// The lists and objects that a value of a type can be, as far as the type says. Free-form JSON says nothing.
fn shapes<'t>(types: &'t Types, ty: &'t Type, depth: usize) -> Vec<Shape<'t>> {
    match ty {
        _ if depth > MAX_DEPTH => Vec::new(),
        Type::List(item) => vec![Shape::List(vec![&**item])],
        Type::Tuple(items) => vec![Shape::List(items.iter().collect())],
        Type::Map(value) => vec![Shape::Map(value)],
        Type::Nullable(inner) | Type::Boxed(inner) => shapes(types, inner, depth + 1),
        Type::Named(id) => match &types[*id].kind {
            TypeKind::Struct(object) => {
                let flatten = object.flatten.iter().flat_map(|part| shapes(types, &part.ty, depth + 1));
                [Shape::Struct(object)].into_iter().chain(flatten).collect()
            }
            TypeKind::Union(union) => {
                union.variants.iter().flat_map(|variant| shapes(types, &variant.ty, depth + 1)).collect()
            }
            TypeKind::Alias(alias) | TypeKind::Newtype(alias) => shapes(types, &alias.ty, depth + 1),
            TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) => Vec::new(),
        },
        _ => Vec::new(),
    }
}
