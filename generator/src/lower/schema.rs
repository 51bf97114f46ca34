//! Schemas in, types out: which kind of type a schema becomes, and the types of the components.

use openapiv3 as oas;

use super::context::{Context, Progress};
use super::facets::{Facets, SchemaAt, SchemaRef, facets, resolve};
use super::inline::lower_inline;
use super::limits::lower_limits;
use super::union::base::lower_base;
use super::{enumeration, object, union};
use crate::diagnostics::{Code, left_out};
use crate::ir;
use crate::load::component_pointer;

/// A schema as it is used.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// Its type.
    pub ty: ir::Type,
    /// Whether null is a value of it.
    pub nullable: bool,
    /// Its constraints.
    pub limits: Vec<ir::Limit>,
}

impl Lowered {
    /// A type without constraints.
    pub fn plain(ty: ir::Type) -> Self {
        Self { ty, nullable: false, limits: Vec::new() }
    }

    /// The type for a place that has no presence to say that a value may be null.
    pub fn standalone(self) -> ir::Type {
        if self.nullable && self.ty != ir::Type::Json { ir::Type::Nullable(Box::new(self.ty)) } else { self.ty }
    }
}

/// Where a schema without a name of its own finds one.
#[derive(Clone, Debug)]
pub struct Hint {
    /// The name it gets if it becomes a type.
    pub name: String,
    /// The module it then goes to.
    pub module: String,
}

impl Hint {
    /// The hint for a part of what this hint names.
    pub fn part(&self, name: &str) -> Self {
        Self { name: format!("{}{}", self.name, super::names::type_name(name)), module: self.module.clone() }
    }
}

/// What a schema turns out to be.
pub enum Shape {
    /// A type that needs a name.
    Definition(ir::TypeKind),
    /// A type that needs none.
    Plain(Lowered),
}

/// Lowers all component schemas.
pub fn lower_components(cx: &mut Context<'_>) {
    for name in cx.document.components::<oas::Schema>().keys() {
        component(cx, name);
    }
}

/// The type of a component schema, which is lowered if nobody asked for it before.
pub fn component(cx: &mut Context<'_>, name: &str) -> Option<ir::TypeId> {
    let state = *cx.components.get(name)?;
    if state.progress == Progress::Untouched {
        cx.components[name].progress = Progress::Started;
        let mark = cx.diagnostics.mark();
        let holds_files = cx.file_components.contains(name);
        let around = std::mem::replace(&mut cx.holds_files, holds_files);
        define_component(cx, name, state.id);
        cx.holds_files = around;
        let reasons = cx.diagnostics.forgive(mark);
        if cx.types.get(state.id).is_none() {
            cx.schemas_left_out += 1;
            let (place, message) =
                (component_pointer::<oas::Schema>(name), format!("the schema `{name}` becomes free-form JSON"));
            cx.diagnostics.push(left_out(Code::SchemaLeftOut, &place, message, reasons));
        }
        cx.components[name].progress = Progress::Done;
    }
    Some(state.id)
}

fn define_component(cx: &mut Context<'_>, name: &str, id: ir::TypeId) {
    let document = cx.document;
    let pointer = component_pointer::<oas::Schema>(name);
    let Some((name, schema)) = document.components::<oas::Schema>().get_key_value(name) else { return };
    let schema = SchemaAt::new(schema, pointer.clone());
    let hint = Hint { name: cx.types.name(id).to_owned(), module: cx.types.module(id).to_owned() };
    if let SchemaRef::Reference(reference) = schema.schema {
        let Some(lowered) = lower_reference(cx, reference, &schema) else { return };
        let alias = ir::Alias { ty: lowered.ty, limits: lowered.limits };
        let definition = definition(cx, id, None, ir::TypeKind::Alias(alias), &pointer);
        cx.types.define(id, ir::TypeDef { nullable: lowered.nullable, ..definition });
        return;
    }
    let Some(mut facets) = facets(cx, &schema) else { return };
    // To include a base and nothing else is to be one of its alternatives, not another name for all of them.
    facets.only_ref = facets.only_ref.filter(|reference| !is_base(cx, reference));
    let nullable = facets.nullable;
    let shape = match cx.bases.get(name.as_str()).cloned() {
        Some(base) => lower_base(cx, name, &base, &hint),
        None => shape(cx, &facets, &hint),
    };
    let (kind, nullable) = match shape {
        Shape::Definition(kind) => (kind, nullable),
        Shape::Plain(lowered) => {
            let alias = ir::Alias { ty: lowered.ty, limits: lowered.limits };
            (ir::TypeKind::Alias(alias), nullable || lowered.nullable)
        }
    };
    let definition = definition(cx, id, Some(&facets), kind, &pointer);
    cx.types.define(id, ir::TypeDef { nullable, ..definition });
}

fn is_base(cx: &Context<'_>, reference: &str) -> bool {
    reference.strip_prefix("#/components/schemas/").is_some_and(|name| cx.bases.contains_key(name))
}

/// A definition that has all but what is known of null.
pub fn definition(
    cx: &Context<'_>,
    id: ir::TypeId,
    facets: Option<&Facets<'_>>,
    kind: ir::TypeKind,
    pointer: &crate::pointer::Pointer,
) -> ir::TypeDef {
    ir::TypeDef {
        name: cx.types.name(id).to_owned(),
        module: cx.types.module(id).to_owned(),
        docs: facets.and_then(|facets| facets.description.or(facets.title)).unwrap_or_default().to_owned(),
        deprecated: facets.is_some_and(|facets| facets.deprecated),
        nullable: false,
        usage: ir::Usage::default(),
        gate: ir::Gate::default(),
        has_default: false,
        kind,
        example: facets.and_then(|facets| facets.example.cloned()),
        pointer: pointer.clone(),
    }
}

/// Lowers a schema where it is used.
///
/// What cannot be lowered is reported and stands in as free-form JSON, so that the rest is looked at too.
pub fn lower_schema<'a>(cx: &mut Context<'a>, schema: &SchemaAt<'a>, hint: &Hint) -> Lowered {
    let mark = cx.diagnostics.mark();
    let lowered = match schema.schema {
        SchemaRef::Reference(reference) => lower_reference(cx, reference, schema),
        SchemaRef::Item(_) => lower_inline(cx, schema, hint),
    };
    cx.diagnostics.forgive(mark);
    lowered.unwrap_or_else(|| Lowered::plain(ir::Type::Json))
}

/// What a `$ref` leads to.
pub fn lower_reference<'a>(cx: &mut Context<'a>, reference: &str, schema: &SchemaAt<'a>) -> Option<Lowered> {
    let target = resolve(cx, reference, &schema.pointer)?;
    let id = component(cx, target.name)?;
    Some(match cx.types.get(id) {
        Some(definition) => Lowered {
            ty: ir::Type::Named(id),
            nullable: definition.nullable,
            limits: match &definition.kind {
                ir::TypeKind::Alias(alias) => alias.limits.clone(),
                _ => Vec::new(),
            },
        },
        // Still being lowered: the reference closes a circle.
        None => Lowered { nullable: target.located.object.schema_data.nullable, ..Lowered::plain(ir::Type::Named(id)) },
    })
}

/// The runtime knows no longer tuples.
const MAX_TUPLE: usize = 8;

/// What a schema turns out to be.
pub fn shape<'a>(cx: &mut Context<'a>, facets: &Facets<'a>, hint: &Hint) -> Shape {
    if let Some(reference) = facets.only_ref {
        let schema = SchemaAt { schema: SchemaRef::Reference(reference), pointer: facets.pointer.clone() };
        let lowered = lower_reference(cx, reference, &schema);
        return Shape::Plain(lowered.unwrap_or_else(|| Lowered::plain(ir::Type::Json)));
    }
    if !facets.enumeration.is_empty()
        && let Some(shape) = enumeration::lower_enumeration(cx, facets)
    {
        return shape;
    }
    let is_object = !facets.properties.is_empty() || facets.additional.is_some();
    if let ([alternatives], false) = (facets.alternatives.as_slice(), is_object) {
        return union::lower_alternatives(cx, alternatives, hint);
    }
    let mut inner = None;
    let mut list = |cx: &mut Context<'a>| {
        let (list, limits) = list(cx, facets, hint);
        inner = limits;
        list
    };
    let plain = match facets.typ.as_deref() {
        Some("object") => return object::lower_object(cx, facets, hint),
        None if is_object || !facets.alternatives.is_empty() => return object::lower_object(cx, facets, hint),
        Some("array") if (2..=MAX_TUPLE).contains(&facets.tuple.len()) => {
            let items = facets.tuple.iter().enumerate();
            let items = items.map(|(index, item)| lower_schema(cx, item, &hint.part(&format!("item {}", index + 1))));
            ir::Type::Tuple(items.map(Lowered::standalone).collect())
        }
        Some("array") => list(cx),
        None if facets.items.is_some() => list(cx),
        Some("string") if cx.holds_files && facets.format.as_deref() == Some("binary") => ir::Type::File,
        Some("string") => string(facets.format.as_deref()),
        Some("integer") => integer(facets.format.as_deref()),
        Some("number") => number(facets.format.as_deref()),
        Some("boolean") => ir::Type::Boolean,
        None => ir::Type::Json,
        Some(other) => {
            cx.diagnostics.error(
                Code::UnknownType,
                &facets.pointer.child("type"),
                format!("there is no type `{other}`"),
                "use `string`, `number`, `integer`, `boolean`, `array` or `object`",
            );
            ir::Type::Json
        }
    };
    let mut limits = lower_limits(cx, facets, &plain);
    limits.extend(inner);
    Shape::Plain(Lowered { limits, ..Lowered::plain(plain) })
}

/// A list and the constraints of its items.
fn list<'a>(cx: &mut Context<'a>, facets: &Facets<'a>, hint: &Hint) -> (ir::Type, Option<ir::Limit>) {
    let item = match &facets.items {
        Some(items) => lower_schema(cx, items, &hint.part("item")),
        None => Lowered::plain(ir::Type::Json),
    };
    let limits = (!item.limits.is_empty()).then(|| ir::Limit::Items(item.limits.clone()));
    (ir::Type::List(Box::new(item.standalone())), limits)
}

fn string(format: Option<&str>) -> ir::Type {
    match format {
        Some("password") => ir::Type::Secret,
        Some("decimal") => ir::Type::Decimal,
        Some("rfc2822") => ir::Type::Rfc2822,
        Some("date-time") => ir::Type::DateTime,
        Some("date") => ir::Type::Date,
        _ => ir::Type::String,
    }
}

fn integer(format: Option<&str>) -> ir::Type {
    match format {
        Some("int8" | "int16" | "int32") => ir::Type::I32,
        Some("uint8" | "uint16" | "uint32") => ir::Type::U32,
        Some("uint" | "uint64") => ir::Type::U64,
        _ => ir::Type::I64,
    }
}

fn number(format: Option<&str>) -> ir::Type {
    if format == Some("decimal") { ir::Type::DecimalNumber } else { ir::Type::F64 }
}
