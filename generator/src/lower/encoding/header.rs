//! `encoding.*.headers`: the headers of a part, each a parameter of the call unless it has only one value.
//!
//! An argument stands for a header that every call sends. Any other is a setter, and the client refuses to send a part
//! without a header that is required.

use openapiv3 as oas;
use openapiv3::ReferenceOr;
use serde_json::Value;

use super::{FormAt, Property};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{Arity, Limit, Location, Parameter, PartEncoding, Serialization, Type};
use crate::load::EXPLODE;
use crate::lower::context::Context;
use crate::lower::facets::{Facets, SchemaAt, facets};
use crate::lower::media::{Given, given, is_json};
use crate::lower::names::value_name;
use crate::lower::parameter;
use crate::lower::schema::{Hint, Lowered, lower_schema};
use crate::pointer::Pointer;

/// Lowers a header. One that always has the same value becomes a part of `part`.
pub fn lower_header<'a>(
    cx: &mut Context<'a>,
    (form, property): (&FormAt<'_, 'a>, &Property),
    part: &mut PartEncoding,
    (name, header): (&str, &'a ReferenceOr<oas::Header>),
    place: &Pointer,
    hint: &Hint,
) -> Option<parameter::Draft> {
    if is_written_anyway(cx, name, place) {
        return None;
    }
    let mark = cx.diagnostics.mark();
    let located = cx.document.resolve(header, place, cx.diagnostics);
    // A header that leads nowhere is one less.
    cx.diagnostics.forgive(mark);
    let located = located?;
    let (header, place) = (located.object, located.pointer);
    let (schema, is_text) = schema(header, &place);
    let own = schema.as_ref().and_then(|schema| facets(cx, schema));
    if let Some(value) = own.as_ref().and_then(only_value).filter(|_| header.required) {
        part.headers.push((name.to_owned(), value));
        return None;
    }
    let hint = hint.part(&part.name).part(name);
    let lowered = match &schema {
        Some(schema) => lower_schema(cx, schema, &hint),
        None => Lowered::plain(Type::String),
    };
    let (each, is_always_there) = match property {
        Property::Known { ty, is_required } => {
            (matches!(ty, Type::List(_)) && is_one_part_each(part), *is_required && form.arity == Arity::Required)
        }
        _ => (false, false),
    };
    let arity = if header.required && is_always_there { Arity::Required } else { Arity::Optional };
    if header.required && arity == Arity::Optional {
        part.required_headers.push(name.to_owned());
    }
    let example = given(cx, header.example.as_ref(), &header.examples, &place).or_else(|| own_example(own.as_ref()?));
    let (ty, limits) = if each { listed(lowered) } else { (lowered.ty, lowered.limits) };
    Some(parameter::Draft {
        example: example
            .map(|given| if each { Given { value: Value::Array(vec![given.value]), ..given } } else { given }),
        parameter: Parameter {
            wire: name.to_owned(),
            rust: value_name(&format!("{} {name}", part.name)),
            location: Location::Part { property: part.name.clone(), each },
            serialization: if is_text { style(header) } else { Serialization::Json },
            arity,
            ty,
            limits,
            default: own.as_ref().and_then(|own| own.default).filter(|_| !each).map(ToString::to_string),
            deprecated: header.deprecated.unwrap_or_default(),
            spread: false,
            docs: docs(header, &part.name, each),
            pointer: place,
        },
    })
}

/// Whether the client writes a header itself, which is then reported.
fn is_written_anyway(cx: &mut Context<'_>, name: &str, place: &Pointer) -> bool {
    let help = match name.to_ascii_lowercase().as_str() {
        "content-type" => "describe it by `contentType`",
        "content-disposition" => "remove it; a file has its name from `File::name`",
        _ => return false,
    };
    let message = format!("the header `{name}` of a part is ignored, since the client writes it itself");
    cx.diagnostics.push(Diagnostic::warning(Code::IgnoredParameter, place, message, help).remove(place));
    true
}

/// The schema of a header, and whether its value is text and not JSON.
fn schema<'a>(header: &'a oas::Header, place: &Pointer) -> (Option<SchemaAt<'a>>, bool) {
    match &header.format {
        oas::ParameterSchemaOrContent::Schema(schema) => (Some(SchemaAt::new(schema, place.child("schema"))), true),
        oas::ParameterSchemaOrContent::Content(content) => {
            let Some((name, media)) = content.first() else { return (None, true) };
            let place = place.child("content").child(name).child("schema");
            (media.schema.as_ref().map(|schema| SchemaAt::new(schema, place)), !is_json(name))
        }
    }
}

fn style(header: &oas::Header) -> Serialization {
    let explode = header.extensions.get(EXPLODE).and_then(Value::as_bool);
    Serialization::Style { style: None, explode, allow_reserved: false }
}

/// The one value that a schema allows, as a header has it.
fn only_value(own: &Facets<'_>) -> Option<String> {
    match own.enumeration.as_slice() {
        _ if own.nullable => None,
        [Value::String(value)] => Some(value.clone()),
        [value @ (Value::Number(_) | Value::Bool(_))] => Some(value.to_string()),
        _ => None,
    }
}

fn own_example(own: &Facets<'_>) -> Option<Given> {
    let of = |value: Option<&Value>, keyword: &str| {
        Some(Given { value: value?.clone(), pointer: own.pointer.child(keyword) })
    };
    of(own.example, "example").or_else(|| of(own.default, "default"))
}

/// Whether a list becomes a part for each of its items.
fn is_one_part_each(part: &PartEncoding) -> bool {
    let is_whole = part.media_type.as_deref().is_some_and(is_json);
    part.style.is_none() && part.explode.is_none() && !is_whole
}

fn listed(lowered: Lowered) -> (Type, Vec<Limit>) {
    let limits = if lowered.limits.is_empty() { Vec::new() } else { vec![Limit::Items(lowered.limits.clone())] };
    (Type::List(Box::new(lowered.standalone())), limits)
}

fn docs(header: &oas::Header, property: &str, each: bool) -> String {
    let told = header.description.clone().unwrap_or_default();
    let note = match each {
        true => format!("A header of the parts `{property}`: one value for each of them."),
        false => format!("A header of the part `{property}`."),
    };
    if told.trim().is_empty() { note } else { format!("{}\n\n{note}", told.trim_end()) }
}
