//! `enum`: lists of values in, open enumerations out.

use std::collections::BTreeSet;

use serde_json::Value;

use super::context::Context;
use super::example;
use super::facets::Facets;
use super::names::{Scope, variant_name};
use super::schema::{Lowered, Shape};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir;
use crate::pointer::Pointer;

/// The enumeration that `enum` makes of a schema; `None` if its values make none, so that `type` decides.
pub fn lower_enumeration(cx: &mut Context<'_>, facets: &Facets<'_>) -> Option<Shape> {
    let values: Vec<&Value> = facets.enumeration.iter().filter(|value| !value.is_null()).collect();
    let has_null = values.len() < facets.enumeration.len();
    if values.is_empty() {
        // Nothing but null is allowed.
        return Some(Shape::Plain(Lowered::plain(ir::Type::Null)));
    }
    if has_null && !facets.nullable {
        let place = facets.pointer.child("enum");
        let message = "`enum` lists null, but the schema is not `nullable`; null is not expected";
        let help = "add `nullable: true`, or take null out of the list";
        let mut diagnostic = Diagnostic::warning(Code::ConflictingSchema, &place, message, help);
        if let Some(null) = facets.enumeration.iter().position(|value| value.is_null()) {
            diagnostic = diagnostic.remove(&place.child(null));
        }
        cx.diagnostics.push(diagnostic);
    }
    let pointer = facets.pointer.child("enum");
    if values.iter().all(|value| value.is_string()) {
        let values = facets.enumeration.iter().enumerate();
        let values = values.filter_map(|(index, value)| Some((value.as_str()?, "", pointer.child(index))));
        return Some(Shape::definition(string_enum(values, false)));
    }
    if values.iter().all(|value| value.is_i64()) {
        let values = facets.enumeration.iter().enumerate();
        let values = values.filter_map(|(index, value)| Some((value.as_i64()?, "", pointer.child(index))));
        return Some(Shape::definition(integer_enum(values)));
    }
    if values.iter().all(|value| value.is_boolean()) {
        return Some(Shape::Plain(Lowered::plain(ir::Type::Boolean)));
    }
    if values.iter().all(|value| example::whole(value).is_some()) && facets.typ.as_deref() == Some("integer") {
        cx.diagnostics.warn(
            Code::IgnoredKeyword,
            &facets.pointer.child("enum"),
            "this `enum` lists integers beyond `i64`, so it becomes a plain integer",
            "nothing needs to be done; the server checks which integers are allowed",
        );
        return None;
    }
    cx.diagnostics.warn(
        Code::IgnoredKeyword,
        &facets.pointer.child("enum"),
        "this `enum` lists neither only texts nor only integers, so it becomes a plain value",
        "list values of one type, and quote texts that YAML takes for something else",
    );
    None
}

/// An enumeration of texts with their docs.
pub fn string_enum<'a>(values: impl Iterator<Item = (&'a str, &'a str, Pointer)>, allows_others: bool) -> ir::TypeKind {
    let mut scope = Scope::with(&["Unknown"]);
    let mut seen = BTreeSet::new();
    let mut listed: Vec<ir::EnumValue<String>> = Vec::new();
    for (wire, docs, pointer) in values.filter(|(wire, ..)| seen.insert(*wire)) {
        let rust = variant_name(wire);
        let rust = scope.claim(&[rust.clone(), format!("{rust}Value")]);
        listed.push(ir::EnumValue { rust, wire: wire.to_owned(), docs: docs.to_owned(), pointer });
    }
    ir::TypeKind::StringEnum(ir::StringEnum { values: listed, allows_others })
}

/// An enumeration of integers with their docs.
pub fn integer_enum<'a>(numbers: impl Iterator<Item = (i64, &'a str, Pointer)>) -> ir::TypeKind {
    let mut scope = Scope::with(&["Unknown"]);
    let mut seen = BTreeSet::new();
    let mut values: Vec<ir::EnumValue<i64>> = Vec::new();
    for (wire, docs, pointer) in numbers.filter(|(wire, ..)| seen.insert(*wire)) {
        let rust = scope.claim(&[variant_name(&wire.to_string())]);
        values.push(ir::EnumValue { rust, wire, docs: docs.to_owned(), pointer });
    }
    ir::TypeKind::IntegerEnum(ir::IntegerEnum { values })
}
