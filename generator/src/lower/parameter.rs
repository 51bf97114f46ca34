//! Parameters.

use std::borrow::Cow;

use openapiv3 as oas;
use openapiv3::ReferenceOr;
use serde_json::{Value, json};

use super::context::Context;
use super::facets::{SchemaAt, facets};
use super::media::{Given, given, is_json, media_example};
use super::names::{Scope, value_name, with_suffix};
use super::path::{SentPath, sent_path};
use super::schema::{Hint, Lowered, lower_schema};
use super::server::template_names;
use crate::diagnostics::{Code, Diagnostic};
use crate::ir;
use crate::load::Located;
use crate::pointer::Pointer;

/// A parameter and the example that the document gives for it.
#[derive(Clone)]
pub struct Draft {
    /// The parameter.
    pub parameter: ir::Parameter,
    /// The example.
    pub example: Option<Given>,
}

/// The names that a parameter cannot have.
pub const RESERVED: &[&str] = &["client", "self_", "body", "call_options", "with"];

/// Lowers the parameters of an operation together with those of its path item, which it may override; gives the path
/// template that their values go into.
pub fn lower_parameters<'a>(
    cx: &mut Context<'a>,
    path: &str,
    sources: [(&'a [ReferenceOr<oas::Parameter>], Pointer); 2],
    hint: &Hint,
) -> (String, Vec<Draft>) {
    let operation = sources[1].1.clone();
    let mut located: Vec<Located<'a, oas::Parameter>> = Vec::new();
    for (parameters, pointer) in sources {
        let from = located.len();
        for (index, parameter) in parameters.iter().enumerate() {
            let pointer = pointer.child("parameters").child(index);
            let Some(found) = cx.document.resolve(parameter, &pointer, cx.diagnostics) else { continue };
            match located.iter().position(|known| identity(known.object) == identity(found.object)) {
                Some(known) if known < from => located[known] = found,
                Some(known) => {
                    let name = &found.object.parameter_data_ref().name;
                    let message = format!("the parameter `{name}` is listed twice; the first counts");
                    let diagnostic =
                        Diagnostic::warning(Code::DuplicateParameter, &pointer, message, "remove one of the two");
                    let first = &located[known].pointer;
                    cx.diagnostics.push(diagnostic.note(first, "it is listed here first").remove(&pointer));
                }
                None => located.push(found),
            }
        }
    }
    let objects: Vec<&oas::Parameter> = located.iter().map(|parameter| parameter.object).collect();
    let SentPath { template: path, fixed } = sent_path(path, &objects);
    let path = path.as_str();
    located.retain(|parameter| is_sent(cx, &fixed, parameter));
    let mut scope = Scope::with(RESERVED);
    let lowered = located.iter().map(|parameter| lower_parameter(cx, parameter, hint, &mut scope));
    let mut drafts: Vec<Draft> = lowered.collect();
    drafts.sort_by_key(|draft| draft.parameter.location != ir::Location::Path);
    drafts.retain(|draft| is_in_template(cx, path, &operation, &draft.parameter));
    drafts.extend(undeclared(cx, path, &operation, &drafts, &mut scope));
    drafts.sort_by_key(|draft| draft.parameter.location != ir::Location::Path);
    (path.to_owned(), drafts)
}

/// What tells parameters apart. The names of headers do not depend on case.
fn identity(parameter: &oas::Parameter) -> (ir::Location, Cow<'_, str>) {
    let (location, name) = (location(parameter), parameter.parameter_data_ref().name.as_str());
    match location {
        ir::Location::Header => (location, Cow::Owned(name.to_ascii_lowercase())),
        _ => (location, Cow::Borrowed(name)),
    }
}

/// Whether a parameter has a place in the request; if not, it is reported.
fn is_sent(cx: &mut Context<'_>, fixed: &[String], located: &Located<'_, oas::Parameter>) -> bool {
    let name = &located.object.parameter_data_ref().name;
    let (message, help) = match location(located.object) {
        ir::Location::Header if is_reserved(cx, name) => (
            format!("OpenAPI ignores a header parameter called `{name}`"),
            "describe it by the media types of the bodies, or by a security scheme",
        ),
        ir::Location::Header if is_framing(name) => (
            format!("the header `{name}` is set by the transport, so this parameter is ignored"),
            "remove the parameter",
        ),
        ir::Location::Query if fixed.contains(name) => (
            format!("the path fixes the query parameter `{name}`, so this parameter is ignored"),
            "remove the parameter, or its value from the path",
        ),
        _ => return true,
    };
    let diagnostic = Diagnostic::warning(Code::IgnoredParameter, &located.pointer, message, help);
    // Others may refer to a component.
    let is_component = located.pointer.tokens().next().is_some_and(|first| first == "components");
    cx.diagnostics.push(if is_component { diagnostic } else { diagnostic.remove(&located.pointer) });
    false
}

/// Headers that say how a message or a connection is delimited (RFC 9110 and 9112). Whoever sends the message computes
/// them; another value truncates it, or lets the server wait for the rest.
fn is_framing(name: &str) -> bool {
    const NAMES: [&str; 10] = [
        "connection",
        "content-length",
        "expect",
        "host",
        "keep-alive",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ];
    NAMES.iter().any(|framing| name.eq_ignore_ascii_case(framing))
}

fn location(parameter: &oas::Parameter) -> ir::Location {
    match parameter {
        oas::Parameter::Query { .. } => ir::Location::Query,
        oas::Parameter::Header { .. } => ir::Location::Header,
        oas::Parameter::Path { .. } => ir::Location::Path,
        oas::Parameter::Cookie { .. } => ir::Location::Cookie,
    }
}

fn lower_parameter<'a>(
    cx: &mut Context<'a>,
    located: &Located<'a, oas::Parameter>,
    hint: &Hint,
    scope: &mut Scope,
) -> Draft {
    let parameter = located.object;
    let data = parameter.parameter_data_ref();
    let location = location(parameter);
    let (schema, serialization) = serialization(parameter, &located.pointer);
    let own = schema.as_ref().and_then(|schema| facets(cx, schema));
    let lowered = match &schema {
        _ if location == ir::Location::Header && holds_credential(&data.name) => Lowered::plain(ir::Type::Secret),
        Some(schema) => lower_schema(cx, schema, &hint.part(&data.name)),
        None => Lowered::plain(ir::Type::Json),
    };
    let own_value = own.as_ref().and_then(|own| {
        let of = |value: Option<&Value>, keyword: &str| {
            Some(Given { value: value?.clone(), pointer: own.pointer.child(keyword) })
        };
        of(own.example, "example").or_else(|| of(own.default, "default"))
    });
    let rust = value_name(&data.name);
    let suffix = match location {
        ir::Location::Path => "path",
        ir::Location::Query => "query",
        ir::Location::Header | ir::Location::Part { .. } => "header",
        ir::Location::Cookie => "cookie",
    };
    let rust = scope.claim(&[rust.clone(), with_suffix(&rust, suffix)]);
    let required = arity(cx, data, &location, &located.pointer);
    Draft {
        example: example(cx, data, &located.pointer).or(own_value),
        parameter: ir::Parameter {
            wire: data.name.clone(),
            rust,
            location,
            serialization,
            arity: required,
            ty: lowered.ty,
            limits: lowered.limits,
            default: own.as_ref().and_then(|own| own.default).map(ToString::to_string),
            spread: false,
            deprecated: data.deprecated.unwrap_or_default() || own.as_ref().is_some_and(|own| own.deprecated),
            docs: data.description.as_deref().or(own.and_then(|own| own.description)).unwrap_or_default().to_owned(),
            pointer: located.pointer.clone(),
        },
    }
}

/// The headers of parts under names that no parameter of the call has.
pub fn named_apart(mut headers: Vec<Draft>, parameters: &[Draft]) -> Vec<Draft> {
    let mut scope = Scope::with(RESERVED);
    for draft in parameters {
        scope.claim(std::slice::from_ref(&draft.parameter.rust));
    }
    for draft in &mut headers {
        let rust = &draft.parameter.rust;
        draft.parameter.rust = scope.claim(&[rust.clone(), with_suffix(rust, "header")]);
    }
    headers
}

/// The schema of a parameter and how its value is written.
fn serialization<'a>(parameter: &'a oas::Parameter, pointer: &Pointer) -> (Option<SchemaAt<'a>>, ir::Serialization) {
    match &parameter.parameter_data_ref().format {
        oas::ParameterSchemaOrContent::Schema(schema) => {
            let allow_reserved = matches!(parameter, oas::Parameter::Query { allow_reserved: true, .. });
            let explode = parameter.parameter_data_ref().explode;
            let serialization = ir::Serialization::Style { style: style(parameter), explode, allow_reserved };
            (Some(SchemaAt::new(schema, pointer.child("schema"))), serialization)
        }
        oas::ParameterSchemaOrContent::Content(content) => {
            let Some((name, media)) = content.first() else { return (None, ir::Serialization::DEFAULT) };
            let pointer = pointer.child("content").child(name).child("schema");
            let schema = media.schema.as_ref().map(|schema| SchemaAt::new(schema, pointer));
            // Any other media type is a text already.
            (schema, if is_json(name) { ir::Serialization::Json } else { ir::Serialization::DEFAULT })
        }
    }
}

/// Headers that show who calls.
fn holds_credential(name: &str) -> bool {
    name.eq_ignore_ascii_case("authorization") || name.eq_ignore_ascii_case("cookie")
}

/// Header parameters that the specification says to ignore. Without a security scheme there is no other way to show
/// who calls, so `Authorization` is one like any other then.
fn is_reserved(cx: &Context<'_>, name: &str) -> bool {
    match name.to_ascii_lowercase().as_str() {
        "accept" | "content-type" => true,
        "authorization" => !cx.document.components::<oas::SecurityScheme>().is_empty(),
        _ => false,
    }
}

fn arity(cx: &mut Context<'_>, data: &oas::ParameterData, location: &ir::Location, pointer: &Pointer) -> ir::Arity {
    if *location == ir::Location::Path && !data.required {
        let message = format!("the path parameter `{}` is not `required`; it is taken to be", data.name);
        let diagnostic = Diagnostic::warning(Code::PathParameter, pointer, message, "add `required: true`");
        cx.diagnostics.push(diagnostic.update(pointer, json!({ "required": true })));
    }
    if data.required || *location == ir::Location::Path { ir::Arity::Required } else { ir::Arity::Optional }
}

/// The style, if it is not the one of its location.
fn style(parameter: &oas::Parameter) -> Option<ir::Style> {
    match parameter {
        oas::Parameter::Query { style: oas::QueryStyle::Form, .. } => None,
        oas::Parameter::Query { style, .. } => Some(query_style(style)),
        oas::Parameter::Path { style, .. } => match style {
            oas::PathStyle::Simple => None,
            oas::PathStyle::Label => Some(ir::Style::Label),
            oas::PathStyle::Matrix => Some(ir::Style::Matrix),
        },
        oas::Parameter::Header { .. } | oas::Parameter::Cookie { .. } => None,
    }
}

/// A style of a query parameter, and of a form's property.
pub fn query_style(style: &oas::QueryStyle) -> ir::Style {
    match style {
        oas::QueryStyle::Form => ir::Style::Form,
        oas::QueryStyle::SpaceDelimited => ir::Style::SpaceDelimited,
        oas::QueryStyle::PipeDelimited => ir::Style::PipeDelimited,
        oas::QueryStyle::DeepObject => ir::Style::DeepObject,
    }
}

fn example(cx: &mut Context<'_>, data: &oas::ParameterData, pointer: &Pointer) -> Option<Given> {
    if let Some(given) = given(cx, data.example.as_ref(), &data.examples, pointer) {
        return Some(given);
    }
    let oas::ParameterSchemaOrContent::Content(content) = &data.format else { return None };
    let (name, media) = content.first()?;
    media_example(cx, media, &pointer.child("content").child(name))
}

/// Whether the path has a place for a parameter, if it is one of the path.
fn is_in_template(cx: &mut Context<'_>, path: &str, operation: &Pointer, parameter: &ir::Parameter) -> bool {
    let fits = parameter.location != ir::Location::Path || template_names(path).contains(&parameter.wire.as_str());
    if !fits {
        let message = format!("the path parameter `{}` does not occur in the path, so it is not sent", parameter.wire);
        let help = format!("add `{{{}}}` to the path, or remove the parameter", parameter.wire);
        let diagnostic = Diagnostic::warning(Code::PathParameter, operation, message, help);
        let diagnostic = diagnostic.note(&parameter.pointer, "the parameter is declared here");
        // Elsewhere it may serve other paths.
        let is_own = parameter.pointer.strip_prefix(operation).is_some();
        cx.diagnostics.push(if is_own { diagnostic.remove(&parameter.pointer) } else { diagnostic });
    }
    fits
}

/// The parameters that the path has and nobody declares: texts, as far as anybody can tell.
fn undeclared(
    cx: &mut Context<'_>,
    path: &str,
    operation: &Pointer,
    declared: &[Draft],
    scope: &mut Scope,
) -> Vec<Draft> {
    let is_declared = |name: &str| {
        let mut paths = declared.iter().filter(|draft| draft.parameter.location == ir::Location::Path);
        paths.any(|draft| draft.parameter.wire == name)
    };
    let mut drafts: Vec<Draft> = Vec::new();
    for name in template_names(path) {
        if is_declared(name) || drafts.iter().any(|draft| draft.parameter.wire == name) {
            continue;
        }
        let message = format!(
            "the path has `{{{name}}}`, but no path parameter of that name is declared; it is taken for a text"
        );
        let help =
            format!("add `- {{ name: {name}, in: path, required: true, schema: {{ type: string }} }}` to `parameters`");
        let declared = json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } });
        let diagnostic = Diagnostic::warning(Code::PathParameter, operation, message, help);
        cx.diagnostics.push(diagnostic.update(operation, json!({ "parameters": [declared] })));
        let rust = value_name(name);
        drafts.push(Draft {
            example: None,
            parameter: path_text(name, scope.claim(&[rust.clone(), with_suffix(&rust, "path")]), operation),
        });
    }
    drafts
}

fn path_text(wire: &str, rust: String, operation: &Pointer) -> ir::Parameter {
    ir::Parameter {
        wire: wire.to_owned(),
        rust,
        location: ir::Location::Path,
        serialization: ir::Serialization::DEFAULT,
        arity: ir::Arity::Required,
        ty: ir::Type::String,
        limits: Vec::new(),
        default: None,
        deprecated: false,
        spread: false,
        docs: String::new(),
        pointer: operation.clone(),
    }
}
