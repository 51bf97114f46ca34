//! `type: object`: properties in, a struct or a map out.

use openapiv3 as oas;
use serde_json::json;

use super::context::Context;
use super::facets::{Alternatives, Facets, SchemaAt, facets};
use super::inline::define_inline;
use super::limits::lower_limits;
use super::names::{Scope, split, value_name, with_suffix};
use super::schema::{Hint, Lowered, Shape, component, lower_schema};
use super::union;
use crate::diagnostics::{Code, Diagnostic, left_out};
use crate::ir;

/// What an object becomes.
pub fn lower_object<'a>(cx: &mut Context<'a>, facets: &Facets<'a>, hint: &Hint) -> Shape {
    if facets.properties.is_empty() && facets.alternatives.is_empty() && facets.required.is_empty() {
        return lower_map(cx, facets, hint);
    }
    let mut scope = Scope::default();
    let mut object = ir::Struct::default();
    for (name, schema) in &facets.properties {
        lower_property(cx, facets, name, schema, hint, &mut scope, &mut object);
    }
    let undescribed = facets.required.iter().filter(|name| !facets.properties.contains_key(*name));
    for name in undescribed.filter(|_| facets.alternatives.is_empty()) {
        lower_undescribed(cx, facets, name, &mut scope, &mut object);
    }
    for alternatives in &facets.alternatives {
        if let Some(flatten) = lower_flattened(cx, facets, alternatives, hint, &mut scope) {
            object.flatten.push(flatten);
        }
    }
    object.additional = lower_additional(cx, facets, hint, &mut scope);
    Shape::definition(ir::TypeKind::Struct(object))
}

/// An object that names no properties.
fn lower_map<'a>(cx: &mut Context<'a>, facets: &Facets<'a>, hint: &Hint) -> Shape {
    let (ty, inner) = match &facets.additional {
        Some((oas::AdditionalProperties::Any(false), _)) => {
            return Shape::definition(ir::TypeKind::Struct(ir::Struct::default()));
        }
        Some((oas::AdditionalProperties::Schema(schema), pointer)) => {
            let values = SchemaAt::new(schema.as_ref(), pointer.clone());
            let value = lower_schema(cx, &values, &hint.part("value"));
            let limits = (!value.limits.is_empty()).then(|| ir::Limit::Values(value.limits.clone()));
            match value.standalone() {
                ir::Type::Json => (ir::Type::JsonObject, None),
                value => (ir::Type::Map(Box::new(value)), limits),
            }
        }
        _ => (ir::Type::JsonObject, None),
    };
    let mut limits = lower_limits(cx, facets, &ty);
    limits.extend(inner);
    Shape::Plain(Lowered { limits, ..Lowered::plain(ty) })
}

fn lower_property<'a>(
    cx: &mut Context<'a>,
    object_facets: &Facets<'a>,
    name: &str,
    schema: &SchemaAt<'a>,
    hint: &Hint,
    scope: &mut Scope,
    object: &mut ir::Struct,
) {
    let mark = cx.diagnostics.mark();
    let known = facets(cx, schema);
    let reasons = cx.diagnostics.forgive(mark);
    if known.is_none() {
        let message = format!("the property `{name}` becomes free-form JSON");
        cx.diagnostics.push(left_out(Code::SchemaLeftOut, &schema.pointer, message, reasons));
    }
    let own = known.unwrap_or_else(|| Facets::anything(&schema.pointer));
    let required = object_facets.required.contains(&name);
    // An optional property is an enumeration, which says by itself what it allows.
    let is_boolean = |value: &ir::Literal| matches!(value, ir::Literal::Boolean(_));
    let constant = constant(&own).filter(|value| required || is_boolean(value));
    let lowered = match &constant {
        Some(value) => Lowered::plain(type_of(value)),
        None => lower_schema(cx, schema, &hint.part(name)),
    };
    let presence = match (required, lowered.nullable && !lowered.ty.is_nullable()) {
        (true, false) => ir::Presence::Required,
        (true, true) => ir::Presence::Nullable,
        (false, false) => ir::Presence::Optional,
        (false, true) => ir::Presence::OptionalNullable,
    };
    let rust = value_name(name);
    let rust = scope.claim(&[rust.clone(), with_suffix(&rust, "property")]);
    object.fields.push(ir::Field {
        name: ir::Name { wire: name.to_owned(), rust },
        ty: lowered.ty,
        presence,
        access: match (own.read_only, own.write_only) {
            (true, false) => ir::Access::ReadOnly,
            (false, true) => ir::Access::WriteOnly,
            _ => ir::Access::ReadWrite,
        },
        fixed: constant.map_or(ir::Fixed::No, ir::Fixed::Constant),
        limits: lowered.limits,
        default: own.default.map(ToString::to_string),
        example: own.example.cloned(),
        deprecated: own.deprecated,
        docs: property_docs(&own),
        pointer: schema.pointer.clone(),
    });
}

/// A property that is required and of which nothing else is said.
fn lower_undescribed(
    cx: &mut Context<'_>,
    facets: &Facets<'_>,
    name: &str,
    scope: &mut Scope,
    object: &mut ir::Struct,
) {
    let pointer = facets.pointer.child("required");
    let message = format!("`{name}` is required, but there is no such property; it is taken for any JSON");
    let help = format!("add `{name}` to `properties`, or take it out of `required`");
    let diagnostic = Diagnostic::warning(Code::ConflictingSchema, &pointer, message, help);
    cx.diagnostics.push(diagnostic.update(&facets.pointer, json!({ "properties": { name: {} } })));
    if object.fields.iter().any(|field| field.name.wire == name) {
        return;
    }
    let rust = value_name(name);
    object.fields.push(ir::Field {
        name: ir::Name { wire: name.to_owned(), rust: scope.claim(&[rust.clone(), with_suffix(&rust, "property")]) },
        ty: ir::Type::Json,
        presence: ir::Presence::Required,
        access: ir::Access::ReadWrite,
        fixed: ir::Fixed::No,
        limits: Vec::new(),
        default: None,
        example: None,
        deprecated: false,
        docs: String::new(),
        pointer,
    });
}

fn property_docs(own: &Facets<'_>) -> String {
    let docs = own.description.or(own.title).unwrap_or_default();
    let note = match (own.read_only, own.write_only) {
        (true, _) => "Read-only: the server sets it, and it is not sent.",
        (_, true) => "Write-only: the server does not send it back.",
        _ => "",
    };
    if note.is_empty() { docs.to_owned() } else { format!("{docs}\n\n{note}").trim().to_owned() }
}

/// The one value that a schema allows.
pub fn constant(facets: &Facets<'_>) -> Option<ir::Literal> {
    match facets.enumeration.as_slice() {
        [value] if !facets.nullable => ir::Literal::of(value),
        _ => None,
    }
}

fn type_of(literal: &ir::Literal) -> ir::Type {
    match literal {
        ir::Literal::String(_) => ir::Type::String,
        ir::Literal::Integer(_) => ir::Type::I64,
        ir::Literal::Boolean(_) => ir::Type::Boolean,
    }
}

/// `oneOf` or `anyOf` beside properties: a type whose properties stand among those of the object.
fn lower_flattened<'a>(
    cx: &mut Context<'a>,
    object: &Facets<'a>,
    alternatives: &Alternatives<'a>,
    hint: &Hint,
    scope: &mut Scope,
) -> Option<ir::Flatten> {
    let (id, rust) = match alternatives.component {
        Some(name) => (component(cx, name)?, field_name(name, &hint.name)),
        None => {
            if only_constrains(alternatives) {
                cx.diagnostics.warn(
                    Code::IgnoredKeyword,
                    &alternatives.pointer,
                    "these alternatives only say which properties go together, which is not checked",
                    "nothing needs to be done; the server will check it",
                );
                return None;
            }
            let hint = hint.part("variant");
            let part = Facets {
                properties: indexmap::IndexMap::new(),
                additional: None,
                example: None,
                description: None,
                title: None,
                ..object.clone()
            };
            match union::lower_flattened(cx, alternatives, object, &hint) {
                Shape::Definition { kind, .. } => (define_inline(cx, &part, kind, &hint), "variant".to_owned()),
                // There is one alternative, whose properties are there.
                Shape::Plain(Lowered { ty: ir::Type::Named(id), .. }) => {
                    let rust = field_name(cx.types.name(id), &hint.name);
                    (id, rust)
                }
                Shape::Plain(_) => {
                    cx.diagnostics.warn(
                        Code::IgnoredKeyword,
                        &alternatives.pointer,
                        "these alternatives are no objects, so they add nothing to this one",
                        "let each alternative have properties, or put them into a property",
                    );
                    return None;
                }
            }
        }
    };
    let docs = cx.types.get(id).map(|definition| definition.docs.clone()).unwrap_or_default();
    let rust = scope.claim(&[rust.clone(), with_suffix(&rust, "variant")]);
    Some(ir::Flatten { rust, ty: ir::Type::Named(id), docs, pointer: alternatives.pointer.clone() })
}

/// Whether alternatives say nothing but which properties are required.
fn only_constrains(alternatives: &Alternatives<'_>) -> bool {
    alternatives.members.iter().all(|member| match member.schema {
        super::facets::SchemaRef::Reference(_) => false,
        super::facets::SchemaRef::Item(schema) => match &schema.schema_kind {
            oas::SchemaKind::Not { .. } => true,
            oas::SchemaKind::Any(any) => {
                any.properties.is_empty() && any.one_of.is_empty() && any.any_of.is_empty() && any.all_of.is_empty()
            }
            oas::SchemaKind::Type(oas::Type::Object(object)) => {
                object.properties.is_empty() && !object.required.is_empty()
            }
            _ => false,
        },
    })
}

/// The name of a flattened component: its words without those of the type that it stands in.
fn field_name(component: &str, parent: &str) -> String {
    let parent = split(parent);
    let words = split(component);
    let own: Vec<String> = words.iter().filter(|word| !parent.contains(word)).cloned().collect();
    value_name(&if own.is_empty() { words } else { own }.join("_"))
}

/// The map of the properties that are not named, where the schema says that there are some.
fn lower_additional<'a>(
    cx: &mut Context<'a>,
    facets: &Facets<'a>,
    hint: &Hint,
    scope: &mut Scope,
) -> Option<ir::Additional> {
    let ty = match &facets.additional {
        None | Some((oas::AdditionalProperties::Any(false), _)) => return None,
        Some((oas::AdditionalProperties::Any(true), _)) => ir::Type::JsonObject,
        Some((oas::AdditionalProperties::Schema(schema), pointer)) => {
            let values = SchemaAt::new(schema.as_ref(), pointer.clone());
            match lower_schema(cx, &values, &hint.part("value")).standalone() {
                ir::Type::Json => ir::Type::JsonObject,
                value => ir::Type::Map(Box::new(value)),
            }
        }
    };
    let rust = scope.claim(&["additional_properties".to_owned(), "other_properties".to_owned()]);
    Some(ir::Additional { rust, ty })
}
