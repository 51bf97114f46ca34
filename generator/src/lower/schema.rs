//! Schemas in, types out: which kind of type a schema becomes, and the types of the components.

use openapiv3 as oas;

use super::context::{Context, Progress};
use super::example::whole;
use super::facets::{Facets, SchemaAt, SchemaRef, facets, resolve};
use super::inline::lower_inline;
use super::limits::lower_limits;
use super::union::base::lower_base;
use super::{enumeration, object, siblings, union};
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
        if self.nullable && !self.ty.is_nullable() { ir::Type::Nullable(Box::new(self.ty)) } else { self.ty }
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
    Definition {
        /// What it is.
        kind: ir::TypeKind,
        /// Whether an alternative is null.
        nullable: bool,
    },
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
        Shape::Definition { kind, nullable: has_null } => (kind, nullable || has_null),
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

/// The component that a schema is a mere `$ref` to, with the bounds that stand beside the `$ref`; `None` if it is more.
pub fn lower_only_ref<'a>(cx: &mut Context<'a>, facets: &Facets<'a>) -> Option<Option<Lowered>> {
    // What narrows alternatives makes others of them.
    let reference = facets.only_ref.filter(|_| !facets.narrows_ref || facets.alternatives.is_empty())?;
    let schema = SchemaAt { schema: SchemaRef::Reference(reference), pointer: facets.pointer.clone() };
    let lowered = lower_reference(cx, reference, &schema);
    if !facets.narrows_ref {
        return Some(lowered);
    }
    Some(lowered.map(|lowered| siblings::narrow_limits(cx, facets, lowered)))
}

/// The runtime knows no longer tuples.
const MAX_TUPLE: usize = 8;

impl Shape {
    /// A type that needs a name, of which no alternative is null.
    pub fn definition(kind: ir::TypeKind) -> Self {
        Self::Definition { kind, nullable: false }
    }
}

/// What a schema turns out to be.
pub fn shape<'a>(cx: &mut Context<'a>, facets: &Facets<'a>, hint: &Hint) -> Shape {
    if let Some(lowered) = lower_only_ref(cx, facets) {
        return Shape::Plain(lowered.unwrap_or_else(|| Lowered::plain(ir::Type::Json)));
    }
    let is_listed = facets.enumeration.iter().all(|value| value.is_string() || value.is_null());
    if !facets.enumeration.is_empty()
        && (facets.alternatives.is_empty() || is_listed)
        && let Some(shape) = enumeration::lower_enumeration(cx, facets)
    {
        return shape;
    }
    let is_object = facets.is_object();
    let mut constrained = Vec::new();
    if let [alternatives] = facets.alternatives.as_slice() {
        constrained.extend(siblings::only_constrain(cx, facets, alternatives).then(|| facets.clone()));
        if constrained.is_empty() && (!is_object || siblings::has_other_types(cx, facets, alternatives)) {
            return union::lower_alternatives(cx, alternatives, facets, hint);
        }
    }
    constrained.iter_mut().for_each(|facets| facets.alternatives.clear());
    let facets = constrained.first().unwrap_or(facets);
    let mut inner = Vec::new();
    let plain = match facets.typ.as_deref() {
        Some("object") => return object::lower_object(cx, facets, hint),
        None if is_object || !facets.alternatives.is_empty() => return object::lower_object(cx, facets, hint),
        Some("array") if (2..=MAX_TUPLE).contains(&facets.tuple.len()) => {
            let items = facets.tuple.iter().enumerate();
            let items = items.map(|(index, item)| lower_schema(cx, item, &hint.part(&format!("item {}", index + 1))));
            let items: Vec<Lowered> = items.collect();
            inner = items
                .iter()
                .enumerate()
                .filter(|(_, item)| !item.limits.is_empty())
                .map(|(index, item)| ir::Limit::Item(index, item.limits.clone()))
                .collect();
            ir::Type::Tuple(items.into_iter().map(Lowered::standalone).collect())
        }
        Some("array") => list(cx, facets, hint, &mut inner),
        None if facets.items.is_some() => list(cx, facets, hint, &mut inner),
        Some("string") if cx.holds_files && facets.format.as_deref() == Some("binary") => ir::Type::File,
        Some("string") => string(facets.format.as_deref()),
        Some("integer") => integer(facets),
        Some("number") => number(facets.format.as_deref()),
        Some("boolean") => ir::Type::Boolean,
        // Whatever else may be allowed, a secret is a string.
        None if facets.format.as_deref() == Some("password") => ir::Type::Secret,
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

/// A list; the constraints of its items are added.
fn list<'a>(cx: &mut Context<'a>, facets: &Facets<'a>, hint: &Hint, limits: &mut Vec<ir::Limit>) -> ir::Type {
    let item = match &facets.items {
        Some(items) => lower_schema(cx, items, &hint.part("item")),
        None => Lowered::plain(ir::Type::Json),
    };
    limits.extend((!item.limits.is_empty()).then(|| ir::Limit::Items(item.limits.clone())));
    ir::Type::List(Box::new(item.standalone()))
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

/// The narrowest type that `format` asks for and that holds all that bounds and `enum` allow.
fn integer(facets: &Facets<'_>) -> ir::Type {
    let (from, to) = range(facets);
    let by_format = match facets.format.as_deref() {
        Some("int8" | "int16" | "int32") => ir::Type::I32,
        Some("uint8" | "uint16" | "uint32") => ir::Type::U32,
        Some("uint" | "uint64") => ir::Type::U64,
        _ => ir::Type::I64,
    };
    let holds = |ty: &ir::Type| {
        let (least, most) = match ty {
            ir::Type::I32 => (i32::MIN.into(), i32::MAX.into()),
            ir::Type::U32 => (0, u32::MAX.into()),
            ir::Type::U64 => (0, u64::MAX.into()),
            _ => (i64::MIN.into(), i64::MAX.into()),
        };
        from.is_none_or(|from| (least..=most).contains(&from)) && to.is_none_or(|to| (least..=most).contains(&to))
    };
    let types = [by_format, ir::Type::I64];
    if let Some(ty) = types.into_iter().find(holds) {
        return ty;
    }
    // Without a least value, negative ones are allowed too.
    if from.is_none_or(|from| from >= i64::MIN.into()) && to == Some(ROUNDED_I64) {
        return if from.is_some_and(|from| from >= 0) { ir::Type::U64 } else { ir::Type::I64 };
    }
    let is_unsigned = from.is_some_and(|from| from >= 0) && to.is_none_or(|to| to <= ROUNDED_MAX);
    if is_unsigned { ir::Type::U64 } else { ir::Type::I128 }
}

/// What `i64::MAX` becomes where numbers are floating point numbers.
const ROUNDED_I64: i128 = 9_223_372_036_854_776_000;

/// What `u64::MAX` becomes where numbers are floating point numbers, as they are for whoever writes documents in JavaScript.
const ROUNDED_MAX: i128 = 1 << 64;

/// The least and the greatest integer that bounds and `enum` allow, as far as they say.
fn range(facets: &Facets<'_>) -> (Option<i128>, Option<i128>) {
    let listed = facets.enumeration.iter().filter_map(whole);
    let (least, most) = (listed.clone().min(), listed.max());
    let from = facets.bounds.minimum.map(|edge| edge.number.ceil().saturating_add(edge.exclusive.into()));
    let to = facets.bounds.maximum.map(|edge| edge.number.floor().saturating_sub(edge.exclusive.into()));
    (least.or(from), most.or(to))
}

fn number(format: Option<&str>) -> ir::Type {
    if format == Some("decimal") { ir::Type::DecimalNumber } else { ir::Type::F64 }
}
