//! The server: its URL template and its variables.

use super::context::Context;
use super::names::{Scope, value_name, with_suffix};
use super::security::BUILDER_METHODS;
use crate::diagnostics::Code;
use crate::ir;
use crate::pointer::Pointer;

/// Lowers the first server; without one, the specification's `/`, for which the caller must give a base URL.
pub fn lower_server(cx: &mut Context<'_>, schemes: &[ir::SecurityScheme]) -> ir::Server {
    let Some(server) = cx.document.openapi.servers.first() else {
        return ir::Server { url: "/".to_owned(), docs: String::new(), variables: Vec::new(), others: Vec::new() };
    };
    let pointer = Pointer::root().child("servers").child(0);
    let mut scope = Scope::with(BUILDER_METHODS);
    schemes.iter().for_each(|scheme| drop(scope.claim(std::slice::from_ref(&scheme.rust))));
    let mut variables = Vec::new();
    for (wire, variable) in server.variables.iter().flatten() {
        let rust = value_name(wire);
        variables.push(ir::ServerVariable {
            wire: wire.clone(),
            rust: scope.claim(&[rust.clone(), with_suffix(&rust, "variable")]),
            default: variable.default.clone(),
            values: variable.enumeration.clone(),
            docs: variable.description.clone().unwrap_or_default(),
            pointer: pointer.child("variables").child(wire),
        });
    }
    for name in template_names(&server.url) {
        if !variables.iter().any(|variable| variable.wire == name) {
            cx.diagnostics.warn(
                Code::InvalidServer,
                &pointer.child("url"),
                format!("the URL has a variable `{{{name}}}` that is not declared; whoever calls must give it"),
                format!("declare it: `variables: {{ {name}: {{ default: … }} }}`"),
            );
            let rust = value_name(name);
            variables.push(ir::ServerVariable {
                wire: name.to_owned(),
                rust: scope.claim(&[rust.clone(), with_suffix(&rust, "variable")]),
                default: String::new(),
                values: Vec::new(),
                docs: String::new(),
                pointer: pointer.child("url"),
            });
        }
    }
    let others = cx.document.openapi.servers.iter().skip(1);
    let others = others.map(|server| (server.url.clone(), server.description.clone().unwrap_or_default())).collect();
    ir::Server { url: server.url.clone(), docs: server.description.clone().unwrap_or_default(), variables, others }
}

/// The names in braces of a template.
pub fn template_names(template: &str) -> Vec<&str> {
    template.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect()
}
