//! Operations: names, resources, and whether a body is given in one piece or by its properties.

use openapiv3 as oas;
use serde_json::{Value, json};

use super::context::Context;
use super::ids::Ids;
use super::media::Given;
use super::names::{
    RESERVED_CALLS, RESERVED_DOUBLES, RESERVED_TYPES, Scope, module_name, same_word, split, type_name, value_name,
    with_suffix,
};
use super::repeat::lower_repeat;
use super::schema::Hint;
use super::server::Servers;
use super::{body, paging, parameter, response, security};
use crate::diagnostics::{Code, Diagnostic, Note, left_out};
use crate::ir::{self, BodyContent, TypeKind};
use crate::load::Document;
use crate::pointer::Pointer;

/// More arguments than this are hard to tell apart at a call, so a body with so many is given in one piece.
const MAX_ARGUMENTS: usize = 4;

/// What every prepared call has.
const CALL_NAMES: &[&str] = &["call_options", "client", "with"];

/// The accessor of the operations without a tag.
const UNTAGGED: &str = "general";

/// An operation, and what is known of it until all types are there.
pub struct Draft {
    /// The operation.
    pub operation: ir::Operation,
    /// Its first tag.
    pub tag: String,
    /// The bodies of its responses, case by case.
    pub failures: Vec<Option<ir::Type>>,
    /// The document's examples of its parameters.
    pub parameter_examples: Vec<Option<Given>>,
    /// The document's example of its body.
    pub body_example: Option<Given>,
    /// What the document says of its pages.
    pub pagination: Option<Value>,
}

/// Lowers all operations in the order of the document.
pub fn lower_operations(cx: &mut Context<'_>, schemes: &[ir::SecurityScheme], servers: &mut Servers) -> Vec<Draft> {
    let document = cx.document;
    let calls = Scope::with(&[RESERVED_CALLS, RESERVED_DOUBLES, RESERVED_TYPES].concat());
    let mut surroundings = Surroundings { schemes, servers, ids: Ids::default(), calls };
    let mut drafts = Vec::new();
    for (path, item) in document.openapi.paths.iter() {
        let pointer = Pointer::root().child("paths").child(path);
        let item = match item {
            oas::ReferenceOr::Item(item) => item,
            oas::ReferenceOr::Reference { reference } => {
                cx.diagnostics.warn(
                    Code::UnresolvedRef,
                    &pointer.child("$ref"),
                    format!("there is no path item `{reference}`, so its operations are left out"),
                    "write the path item here, or correct the reference",
                );
                continue;
            }
        };
        for (method, operation) in methods(item) {
            let pointer = pointer.child(method.as_str().to_lowercase());
            let place = OperationAt { path, item, method, operation, pointer };
            let mark = cx.diagnostics.mark();
            let calls = lower_operation(cx, &place, &mut surroundings);
            let reasons = cx.diagnostics.forgive(mark);
            if reasons.is_empty() {
                drafts.extend(calls);
            } else {
                leave_out(cx, &place, reasons);
            }
        }
    }
    drafts
}

/// What operations share: schemes and servers, and the names that they have taken.
struct Surroundings<'s> {
    schemes: &'s [ir::SecurityScheme],
    servers: &'s mut Servers,
    ids: Ids,
    calls: Scope,
}

impl Surroundings<'_> {
    /// A name for a call whose types with a word behind it are free too.
    fn claim_call(&mut self, name: &str) -> String {
        let parts = |name: &str| [format!("{name}Success"), format!("{name}Headers")];
        let mut candidates = vec![name.to_owned(), format!("{name}Call")];
        candidates.retain(|name| parts(name).iter().all(|part| self.calls.is_free(part)));
        candidates.push(format!("{name}Operation"));
        let name = self.calls.claim(&candidates);
        parts(&name).into_iter().for_each(|part| drop(self.calls.claim(&[part])));
        name
    }
}

struct OperationAt<'a> {
    path: &'a str,
    item: &'a oas::PathItem,
    method: ir::Method,
    operation: &'a oas::Operation,
    pointer: Pointer,
}

/// What cannot be expressed costs its operation, not the others.
fn leave_out(cx: &mut Context<'_>, at: &OperationAt<'_>, reasons: Vec<Note>) {
    cx.left_out += 1;
    let message = format!("`{} {}` is left out of the client", at.method.as_str(), at.path);
    cx.diagnostics.push(left_out(Code::OperationLeftOut, &at.pointer, message, reasons));
}

/// The operations of a path item, in the order in which one usually meets them: the typed document does not know theirs.
fn methods(item: &oas::PathItem) -> impl Iterator<Item = (ir::Method, &oas::Operation)> {
    let methods = [
        (ir::Method::Get, &item.get),
        (ir::Method::Post, &item.post),
        (ir::Method::Put, &item.put),
        (ir::Method::Patch, &item.patch),
        (ir::Method::Delete, &item.delete),
        (ir::Method::Head, &item.head),
        (ir::Method::Options, &item.options),
        (ir::Method::Trace, &item.trace),
    ];
    methods.into_iter().filter_map(|(method, operation)| Some((method, operation.as_ref()?)))
}

/// An operation as a call with what is preferred, then one for every other way to send its body or to read its response.
fn lower_operation<'a>(cx: &mut Context<'a>, at: &OperationAt<'a>, surroundings: &mut Surroundings<'_>) -> Vec<Draft> {
    let operation = at.operation;
    let pointer = &at.pointer;
    let id = operation_id(cx, at, &mut surroundings.ids);
    let hint = Hint { name: surroundings.claim_call(&type_name(&id)), module: module_name(&id) };
    let item_pointer = Pointer::root().child("paths").child(at.path);
    let sources = [(at.item.parameters.as_slice(), item_pointer), (operation.parameters.as_slice(), pointer.clone())];
    let (path, parameters) = parameter::lower_parameters(cx, at.path, sources, &hint);
    let bodies = operation
        .request_body
        .as_ref()
        .and_then(|body| body::lower_bodies(cx, body, &pointer.child("requestBody"), &hint.part("body")));
    let responses = response::lower_responses(cx, at.method, &operation.responses, &pointer.child("responses"), &hint);
    let server = surroundings.servers.of_operation(
        cx,
        [(&operation.servers, pointer.clone()), (&at.item.servers, Pointer::root().child("paths").child(at.path))],
    );
    let call_name = hint.name.clone();
    let security = requirement(cx, at, surroundings);
    let repeat = lower_repeat(cx, operation, &parameters, pointer);
    let call = Call { at, id, name: hint.name, path, parameters, server, security, repeat };
    let mut claim = |suffix: &str| surroundings.claim_call(&type_name(&format!("{call_name} {suffix}")));
    call.drafts(bodies.unwrap_or_default(), responses, &mut claim)
}

fn requirement(cx: &mut Context<'_>, at: &OperationAt<'_>, surroundings: &Surroundings<'_>) -> Vec<Vec<usize>> {
    security::lower_requirement(cx, at.operation, &at.pointer, surroundings.schemes)
}

/// What all calls of an operation share.
struct Call<'c, 'a> {
    at: &'c OperationAt<'a>,
    id: String,
    name: String,
    path: String,
    parameters: Vec<parameter::Draft>,
    server: Option<usize>,
    security: Vec<Vec<usize>>,
    repeat: ir::Repeat,
}

impl Call<'_, '_> {
    /// One call with what is preferred, and one for everything that can be instead.
    fn drafts(
        &self,
        bodies: Vec<body::Draft>,
        responses: Vec<response::Draft>,
        claim: &mut dyn FnMut(&str) -> String,
    ) -> Vec<Draft> {
        let mut pairs: Vec<(Option<body::Draft>, response::Draft)> = Vec::new();
        let first_body = bodies.first().cloned();
        let first_response = responses.first().cloned();
        pairs.extend(responses.into_iter().map(|response| (first_body.clone(), response)));
        for body in bodies.into_iter().skip(1) {
            // Another body brings the same response, whose headers have their type already.
            pairs.extend(first_response.clone().map(|response| (Some(body), response.without_headers())));
        }
        pairs.into_iter().map(|(body, response)| self.draft(body, response, claim)).collect()
    }

    fn draft(
        &self,
        body: Option<body::Draft>,
        responses: response::Draft,
        claim: &mut dyn FnMut(&str) -> String,
    ) -> Draft {
        let operation = self.at.operation;
        let variant = body.as_ref().and_then(|body| body.suffix).or(responses.suffix);
        let type_name = variant.map_or_else(|| self.name.clone(), claim);
        let mut parameters = self.parameters.clone();
        let (body, body_example) = match body {
            Some(draft) => {
                parameters.extend(parameter::named_apart(draft.headers, &parameters));
                (Some(draft.body), draft.example)
            }
            None => (None, None),
        };
        Draft {
            tag: operation.tags.first().cloned().unwrap_or_default(),
            failures: responses.bodies,
            parameter_examples: parameters.iter().map(|draft| draft.example.clone()).collect(),
            body_example,
            pagination: operation.extensions.get(paging::EXTENSION).cloned(),
            operation: ir::Operation {
                id: self.id.clone(),
                variant,
                method_name: String::new(),
                type_name,
                method: self.at.method,
                path: self.path.clone(),
                summary: operation.summary.clone().unwrap_or_default(),
                description: operation.description.clone().unwrap_or_default(),
                deprecated: operation.deprecated,
                parameters: parameters.into_iter().map(|draft| draft.parameter).collect(),
                body,
                responses: responses.responses,
                security: self.security.clone(),
                server: self.server,
                repeat: self.repeat.clone(),
                paging: None,
                example: None,
                pointer: self.at.pointer.clone(),
            },
        }
    }
}

/// The operation id, or one made from method and path where there is none.
fn operation_id(cx: &mut Context<'_>, at: &OperationAt<'_>, ids: &mut Ids) -> String {
    let made = || format!("{} {}", at.method.as_str().to_lowercase(), at.path);
    let id = match at.operation.operation_id.as_deref().filter(|id| !id.trim().is_empty()) {
        Some(id) => id.to_owned(),
        None => {
            let id = value_name(&made());
            let message = format!("this operation has no `operationId`; `{id}` is used");
            let help = format!("add `operationId: {id}`, or a better name");
            let diagnostic = Diagnostic::warning(Code::MissingOperationId, &at.pointer, message, help);
            cx.diagnostics.push(diagnostic.update(&at.pointer, json!({ "operationId": id })));
            id
        }
    };
    if ids.claim(&id, &at.pointer) {
        return id;
    }
    let other = ids.claim_other(&made(), &at.pointer);
    let message = format!("the operation id `{id}` is taken by another operation; `{other}` is used");
    let help = "give every operation an id of its own";
    let place = at.pointer.child("operationId");
    let mut diagnostic = Diagnostic::warning(Code::DuplicateOperationId, &place, message, help);
    if let Some(first) = ids.operation(&id) {
        diagnostic = diagnostic.note(&first.child("operationId"), "it is taken here");
    }
    cx.diagnostics.push(diagnostic.update(&at.pointer, json!({ "operationId": other })));
    other
}

/// Gives a body by its properties where that makes a shorter call.
pub fn spread_bodies(drafts: &mut [Draft], types: &ir::Types) {
    for draft in drafts {
        let operation = &mut draft.operation;
        let Some(body) = &mut operation.body else { continue };
        let BodyContent::Whole { arity: ir::Arity::Required, ty: ir::Type::Named(id), .. } = body.content else {
            continue;
        };
        let TypeKind::Struct(object) = &types[id].kind else { continue };
        let parameters = operation.parameters.iter().filter(|parameter| parameter.arity == ir::Arity::Required).count();
        let taken = |name: &str| {
            operation.parameters.iter().any(|parameter| parameter.rust == name) || CALL_NAMES.contains(&name)
        };
        let names = object
            .fields
            .iter()
            .map(|field| &field.name.rust)
            .chain(object.flatten.iter().map(|flatten| &flatten.rust));
        let is_short = parameters + required_count(object, types) <= MAX_ARGUMENTS;
        if is_short
            && object.additional.is_none()
            && !object.fields.is_empty()
            && !names.into_iter().any(|name| taken(name))
        {
            body.content = BodyContent::Properties { ty: id };
        }
    }
}

fn required_count(object: &ir::Struct, types: &ir::Types) -> usize {
    object.given_fields().count() + object.given_parts(types).count()
}

impl ir::Flatten {
    /// Whether there is a value that goes without saying.
    pub fn has_default(&self, types: &ir::Types) -> bool {
        matches!(&self.ty, ir::Type::Named(id) if types[*id].has_default)
    }
}

/// Sorts operations into resources by tag, in the order in which the document lists the tags.
pub fn group(document: &Document, drafts: Vec<Draft>) -> Vec<ir::Resource> {
    let mut tags: Vec<String> = document.openapi.tags.iter().map(|tag| tag.name.clone()).collect();
    for draft in &drafts {
        if !tags.contains(&draft.tag) {
            tags.push(draft.tag.clone());
        }
    }
    let mut groups: Vec<(String, Vec<ir::Operation>)> = tags.into_iter().map(|tag| (tag, Vec::new())).collect();
    for draft in drafts {
        if let Some((_, operations)) = groups.iter_mut().find(|(tag, _)| *tag == draft.tag) {
            operations.push(draft.operation);
        }
    }
    let mut accessors = Scope::with(&["builder"]);
    let mut types = Scope::with(&[RESERVED_CALLS, RESERVED_TYPES].concat());
    let used = groups.into_iter().filter(|(_, operations)| !operations.is_empty());
    used.map(|(tag, operations)| resource(document, tag, operations, &mut accessors, &mut types)).collect()
}

fn resource(
    document: &Document,
    tag: String,
    mut operations: Vec<ir::Operation>,
    accessors: &mut Scope,
    types: &mut Scope,
) -> ir::Resource {
    name_methods(&tag, &mut operations);
    let name = if tag.is_empty() { UNTAGGED } else { &tag };
    let described = document.openapi.tags.iter().find(|known| known.name == tag);
    let clashes = |name: &str| operations.iter().any(|operation| operation.type_name == name);
    let type_name = type_name(name);
    let candidates = [type_name.clone(), format!("{type_name}Resource")];
    let candidates: Vec<String> = candidates.into_iter().filter(|name| !clashes(name)).collect();
    ir::Resource {
        type_name: types.claim(&candidates),
        accessor: accessors.claim(&[module_name(name)]),
        docs: described.and_then(|tag| tag.description.clone()).unwrap_or_default(),
        tag,
        operations,
        gate: ir::Gate::default(),
    }
}

/// Names the methods of a resource: the operation ids without the resource's own words, if that leaves them unique. Calls
/// that are another way of the same operation are named after the one that is preferred, which comes before them.
fn name_methods(tag: &str, operations: &mut [ir::Operation]) {
    let short = |operation: &ir::Operation| value_name(&without_tag(&operation.id, tag));
    let preferred = operations.iter().filter(|operation| operation.variant.is_none());
    let all: Vec<String> = preferred.map(short).collect();
    let mut scope = Scope::default();
    let mut last = String::new();
    for operation in operations {
        let short = short(operation);
        operation.method_name = match operation.variant {
            Some(variant) => scope.claim(&[with_suffix(&last, variant)]),
            None => {
                let unique = all.iter().filter(|name| **name == short).count() == 1;
                let full = value_name(&operation.id);
                last = scope.claim(&if unique { vec![short, full] } else { vec![full] });
                last.clone()
            }
        };
    }
}

/// An operation id without the words of its tag, as in `list` for `listPets` of `Pets`.
fn without_tag(id: &str, tag: &str) -> String {
    let (words, tag) = (split(id), split(tag));
    if tag.is_empty() || words.len() <= tag.len() {
        return id.to_owned();
    }
    let matches = |window: &[String]| window.iter().zip(&tag).all(|(word, tag)| same_word(word, tag));
    match words.windows(tag.len()).position(matches) {
        Some(at) => [&words[..at], &words[at + tag.len()..]].concat().join("_"),
        None => id.to_owned(),
    }
}
