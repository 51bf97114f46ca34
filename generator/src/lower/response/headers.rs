//! Headers of successful responses: what the document says of them in, a struct of typed values out.

use openapiv3 as oas;

use super::{Documented, is_success};
use crate::ir::{Arity, ResponseHeader, ResponseHeaders};
use crate::lower::context::Context;
use crate::lower::facets::SchemaAt;
use crate::lower::names::{Scope, value_name};
use crate::lower::schema::{Hint, Lowered, lower_schema};

/// The headers that successful responses have, if any are named.
pub fn lower_headers<'a>(cx: &mut Context<'a>, documented: &[Documented<'a>], hint: &Hint) -> Option<ResponseHeaders> {
    let successes: Vec<&Documented<'a>> = documented.iter().filter(|response| is_success(response.status)).collect();
    let mut scope = Scope::default();
    let mut headers: Vec<ResponseHeader> = Vec::new();
    for response in &successes {
        for (name, header) in &response.response.headers {
            if name.eq_ignore_ascii_case("content-type")
                || headers.iter().any(|known| known.wire.eq_ignore_ascii_case(name))
            {
                continue;
            }
            let mark = cx.diagnostics.mark();
            let place = response.pointer.child("headers").child(name);
            let located = cx.document.resolve(header, &place, cx.diagnostics);
            // A header that leads nowhere is one less.
            cx.diagnostics.forgive(mark);
            let Some(located) = located else { continue };
            let rust = scope.claim(&[value_name(name)]);
            let lowered = lower_header(cx, located.object, &located.pointer, &hint.part("header").part(name));
            let everywhere = successes.iter().all(|response| response.response.headers.contains_key(name));
            let arity = if located.object.required && everywhere { Arity::Required } else { Arity::Optional };
            let docs = located.object.description.clone().unwrap_or_default();
            headers.push(ResponseHeader { wire: name.clone(), rust, ty: lowered.standalone(), arity, docs });
        }
    }
    (!headers.is_empty()).then(|| ResponseHeaders { type_name: format!("{}Headers", hint.name), headers })
}

fn lower_header<'a>(
    cx: &mut Context<'a>,
    header: &'a oas::Header,
    pointer: &crate::pointer::Pointer,
    hint: &Hint,
) -> Lowered {
    let schema = match &header.format {
        oas::ParameterSchemaOrContent::Schema(schema) => Some(SchemaAt::new(schema, pointer.child("schema"))),
        oas::ParameterSchemaOrContent::Content(content) => content.first().and_then(|(name, media)| {
            let pointer = pointer.child("content").child(name).child("schema");
            media.schema.as_ref().map(|schema| SchemaAt::new(schema, pointer))
        }),
    };
    match schema {
        Some(schema) => lower_schema(cx, &schema, hint),
        None => Lowered::plain(crate::ir::Type::String),
    }
}
