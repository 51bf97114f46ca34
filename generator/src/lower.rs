//! [`Document`] in, [`ir::Api`] out: every decision about the client is made here, none of it is printed.
//!
//! Schemas are lowered on demand, components under ids that are handed out first, so that circles close.
//! What needs to see all types is a pass of its own afterwards: [`constants`], [`circles`], [`boxes`], [`facts`], [`access`], then
//! [`paging`] and [`example`] for every operation, and [`features`] at the end.

mod access;
mod body;
mod boxes;
mod circles;
mod constants;
mod context;
mod encoding;
mod enumeration;
mod example;
mod facets;
mod facts;
mod features;
mod files;
mod ids;
mod inline;
mod limits;
mod media;
mod names;
mod nesting;
mod object;
mod operation;
mod paging;
mod parameter;
mod path;
mod pattern;
mod repeat;
mod response;
mod schema;
mod security;
mod server;
mod siblings;
mod spread;
mod typed;
mod union;

use self::context::Context;
use crate::Root;
use crate::diagnostics::Diagnostics;
use crate::ir;
use crate::load::Document;

/// Lowers a document for where its code will live. Where something is wrong, `diagnostics` has an error and the result is of no
/// use.
pub fn lower(document: &Document, root: &Root, diagnostics: &mut Diagnostics) -> ir::Api {
    let mut cx = Context::new(document, diagnostics);
    let security_schemes = security::lower_schemes(&mut cx);
    let mut servers = server::Servers::new(&mut cx, &security_schemes);
    schema::lower_components(&mut cx);
    let mut drafts = operation::lower_operations(&mut cx, &security_schemes, &mut servers);
    let mut types = cx.types.finish();

    facts::settle_usage(&mut types, &drafts);
    constants::settle_constants(&mut types, &drafts);
    circles::end_circles(&mut types, cx.diagnostics);
    boxes::break_cycles(&mut types);
    access::settle_access(&mut types);
    boxes::limit_sizes(&mut types);
    facts::settle_defaults(&mut types);
    operation::spread_bodies(&mut drafts, &types);
    spread::settle_spread(&mut drafts, &types);
    nesting::report_nesting(&drafts, &types, cx.diagnostics);
    paging::lower_paging(&mut drafts, &types, cx.diagnostics);
    example::lower_examples(&mut drafts, &types, cx.diagnostics);

    let info = &document.openapi.info;
    let mut resources = operation::group(document, drafts);
    let error_bodies = cx.errors.finish(&mut resources);
    let mut api = ir::Api {
        title: info.title.clone(),
        version: info.version.clone(),
        docs: info.description.clone().unwrap_or_default(),
        servers: servers.finish(),
        security_schemes,
        resources,
        left_out: cx.left_out,
        schemas: cx.components.len(),
        schemas_left_out: cx.schemas_left_out,
        error_bodies,
        values: example::values(cx.values, &types),
        schemas_by_type: typed::typed_schemas(cx.media_schemas, &types, cx.components.len()),
        types,
        features: ir::Features::default(),
    };
    match root {
        Root::Crate { .. } => features::settle_features(&mut api, None),
        Root::Module { module, .. } => features::settle_features(&mut api, Some(module)),
        // A build script has no say in the features of its crate.
        Root::Included { .. } => {}
    }
    api
}
