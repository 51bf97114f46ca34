//! `enum`: lists of values in, open enumerations out.

use serde_json::Value;

use super::context::Context;
use super::facets::Facets;
use super::names::{Scope, variant_name};
use super::schema::{Lowered, Shape};
use crate::diagnostics::Code;
use crate::ir;

/// The enumeration that `enum` makes of a schema; `None` if its values make none, so that `type` decides.
pub fn lower_enumeration(cx: &mut Context<'_>, facets: &Facets<'_>) -> Option<Shape> {
    let values: Vec<&Value> = facets.enumeration.iter().filter(|value| !value.is_null()).collect();
    let has_null = values.len() < facets.enumeration.len();
    if values.is_empty() {
        // Nothing but null is allowed.
        return Some(Shape::Plain(Lowered { nullable: true, ..Lowered::plain(ir::Type::Json) }));
    }
    if has_null && !facets.nullable {
        cx.diagnostics.warn(
            Code::ConflictingSchema,
            &facets.pointer.child("enum"),
            "`enum` lists null, but the schema is not `nullable`; null is not expected",
            "add `nullable: true`, or take null out of the list",
        );
    }
    if values.iter().all(|value| value.is_string()) {
        let values = values.iter().filter_map(|value| value.as_str()).map(|value| (value, ""));
        return Some(Shape::Definition(string_enum(values)));
    }
    if values.iter().all(|value| value.is_i64()) {
        let values: Vec<i64> = values.iter().filter_map(|value| value.as_i64()).collect();
        return Some(Shape::Definition(integer_enum(&values)));
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
pub fn string_enum<'a>(values: impl Iterator<Item = (&'a str, &'a str)>) -> ir::TypeKind {
    let mut scope = Scope::with(&["Unknown"]);
    let mut listed: Vec<ir::EnumValue<String>> = Vec::new();
    for (wire, docs) in values {
        if listed.iter().any(|value| value.wire == wire) {
            continue;
        }
        let rust = variant_name(wire);
        let rust = scope.claim(&[rust.clone(), format!("{rust}Value")]);
        listed.push(ir::EnumValue { rust, wire: wire.to_owned(), docs: docs.to_owned() });
    }
    ir::TypeKind::StringEnum(ir::StringEnum { values: listed })
}

fn integer_enum(numbers: &[i64]) -> ir::TypeKind {
    let mut scope = Scope::with(&["Unknown"]);
    let mut values: Vec<ir::EnumValue<i64>> = Vec::new();
    for &wire in numbers {
        if values.iter().any(|value| value.wire == wire) {
            continue;
        }
        let rust = scope.claim(&[variant_name(&wire.to_string())]);
        values.push(ir::EnumValue { rust, wire, docs: String::new() });
    }
    ir::TypeKind::IntegerEnum(ir::IntegerEnum { values })
}
