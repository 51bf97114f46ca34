//! Servers: their URL templates and variables, those of the document and those of paths and operations.

use openapiv3 as oas;

use super::context::Context;
use super::names::{Scope, value_name, with_suffix};
use super::security::BUILDER_METHODS;
use crate::diagnostics::Code;
use crate::ir;
use crate::pointer::Pointer;

/// The servers so far, of which the document's is the first.
pub struct Servers {
    known: Vec<ir::Server>,
    setters: Scope,
    constants: Scope,
}

impl Servers {
    /// Lowers the document's first server; without one, the specification's `/`, for which a base URL must be given.
    pub fn new(cx: &mut Context<'_>, schemes: &[ir::SecurityScheme]) -> Self {
        let (mut setters, mut constants) = (Scope::with(BUILDER_METHODS), Scope::default());
        for scheme in schemes {
            setters.claim(std::slice::from_ref(&scheme.rust));
            constants.claim(std::slice::from_ref(&scheme.constant));
        }
        let mut servers = Self { known: Vec::new(), setters, constants };
        let document = cx.document;
        match document.openapi.servers.split_first() {
            Some((first, others)) => {
                let others = others.iter().map(|other| (other.url.clone(), docs(other))).collect();
                servers.add(cx, first, &Pointer::root().child("servers").child(0), others);
            }
            None => servers.push("/".to_owned(), String::new(), Vec::new(), Vec::new()),
        }
        servers
    }

    /// The server of an operation, if it has another than the document: the first of its own, or of its path item.
    pub fn of_operation(&mut self, cx: &mut Context<'_>, places: [(&[oas::Server], Pointer); 2]) -> Option<usize> {
        let (servers, pointer) = places.into_iter().find(|(servers, _)| !servers.is_empty())?;
        let pointer = pointer.child("servers").child(0);
        let index = self.add(cx, servers.first()?, &pointer, Vec::new());
        (index > 0).then_some(index)
    }

    /// All of them.
    pub fn finish(self) -> Vec<ir::Server> {
        self.known
    }

    /// The index of a server, which is added if it is new.
    fn add(
        &mut self,
        cx: &mut Context<'_>,
        server: &oas::Server,
        pointer: &Pointer,
        others: Vec<(String, String)>,
    ) -> usize {
        let mut variables = Vec::new();
        for (wire, variable) in server.variables.iter().flatten() {
            variables.push(ir::ServerVariable {
                wire: wire.clone(),
                rust: self.setter(wire),
                default: variable.default.clone(),
                values: variable.enumeration.clone(),
                docs: variable.description.clone().unwrap_or_default(),
                pointer: pointer.child("variables").child(wire),
            });
        }
        for name in template_names(&server.url) {
            if variables.iter().any(|variable| variable.wire == name) {
                continue;
            }
            cx.diagnostics.warn(
                Code::InvalidServer,
                &pointer.child("url"),
                format!("the URL has a variable `{{{name}}}` that is not declared; whoever calls must give it"),
                format!("declare it: `variables: {{ {name}: {{ default: … }} }}`"),
            );
            variables.push(ir::ServerVariable {
                wire: name.to_owned(),
                rust: self.setter(name),
                default: String::new(),
                values: Vec::new(),
                docs: String::new(),
                pointer: pointer.child("url"),
            });
        }
        let is_same = |known: &ir::Server| {
            let same = |(one, other): (&ir::ServerVariable, &ir::ServerVariable)| {
                (&one.wire, &one.default, &one.values) == (&other.wire, &other.default, &other.values)
            };
            known.url.trim_end_matches('/') == server.url.trim_end_matches('/')
                && known.variables.len() == variables.len()
                && known.variables.iter().zip(&variables).all(same)
        };
        if let Some(index) = self.known.iter().position(is_same) {
            return index;
        }
        self.push(server.url.clone(), docs(server), variables, others);
        self.known.len() - 1
    }

    fn push(&mut self, url: String, docs: String, variables: Vec<ir::ServerVariable>, others: Vec<(String, String)>) {
        let constant = match self.known.len() {
            0 => "SERVER".to_owned(),
            known => self.constants.claim(&[format!("SERVER_{}", known + 1), format!("OTHER_SERVER_{}", known + 1)]),
        };
        self.known.push(ir::Server { constant, url, docs, variables, others });
    }

    /// The setter of a variable; variables of one name share it.
    fn setter(&mut self, wire: &str) -> String {
        let mut known = self.known.iter().flat_map(|server| &server.variables);
        if let Some(known) = known.find(|variable| variable.wire == wire) {
            return known.rust.clone();
        }
        let rust = value_name(wire);
        self.setters.claim(&[rust.clone(), with_suffix(&rust, "variable")])
    }
}

fn docs(server: &oas::Server) -> String {
    server.description.clone().unwrap_or_default()
}

/// The names in braces of a template.
pub fn template_names(template: &str) -> Vec<&str> {
    template.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect()
}
