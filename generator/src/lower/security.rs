//! Security schemes and requirements.

use openapiv3 as oas;

use super::context::Context;
use super::names::{Scope, value_name, with_suffix};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir;
use crate::load::{MUTUAL_TLS, component_pointer};
use crate::pointer::Pointer;

/// Methods of the builder that every client has.
pub const BUILDER_METHODS: &[&str] = &[
    "allow_http",
    "base_url",
    "build",
    "clock",
    "http_client",
    "middleware",
    "new",
    "rate_limit_header",
    "rate_limiter",
    "response_limit",
    "retry",
    "timeouts",
    "transport",
    "user_agent",
];

/// Lowers all security schemes.
pub fn lower_schemes(cx: &mut Context<'_>) -> Vec<ir::SecurityScheme> {
    let document = cx.document;
    let mut scope = Scope::with(BUILDER_METHODS);
    // The server is a constant beside those of the schemes.
    let mut constants = Scope::with(&["SERVER"]);
    let mut schemes = Vec::new();
    for (wire, scheme) in document.components::<oas::SecurityScheme>() {
        let pointer = component_pointer::<oas::SecurityScheme>(wire);
        let mark = cx.diagnostics.mark();
        let located = document.resolve(scheme, &pointer, cx.diagnostics);
        // A scheme that leads nowhere is one less; who asks for it is told.
        cx.diagnostics.forgive(mark);
        let Some(located) = located else { continue };
        let Some((kind, docs)) = lower_scheme(cx, located.object, &pointer) else { continue };
        let rust = value_name(wire);
        let rust = scope.claim(&[rust.clone(), with_suffix(&rust, "credential")]);
        let constant = rust.trim_start_matches("r#").to_uppercase();
        let constant = constants.claim(&[constant.clone(), format!("{constant}_CREDENTIAL")]);
        schemes.push(ir::SecurityScheme { wire: wire.clone(), rust, constant, kind, docs, pointer });
    }
    schemes
}

fn lower_scheme(
    cx: &mut Context<'_>,
    scheme: &oas::SecurityScheme,
    pointer: &Pointer,
) -> Option<(ir::CredentialKind, String)> {
    let (kind, docs) = match scheme {
        oas::SecurityScheme::APIKey { location, name, description, .. } => {
            let location = match location {
                oas::APIKeyLocation::Query => ir::Location::Query,
                oas::APIKeyLocation::Header => ir::Location::Header,
                oas::APIKeyLocation::Cookie => ir::Location::Cookie,
            };
            (ir::CredentialKind::ApiKey { location, name: name.clone() }, description)
        }
        oas::SecurityScheme::HTTP { scheme, description, .. } => match scheme.to_ascii_lowercase().as_str() {
            "basic" => (ir::CredentialKind::Basic, description),
            "bearer" => (ir::CredentialKind::Bearer, description),
            MUTUAL_TLS => {
                cx.diagnostics.warn(
                    Code::UnsupportedSecurityScheme,
                    pointer,
                    "`mutualTLS` is a matter of the connection, of which the client knows nothing",
                    "nothing needs to be done; give the certificate to the `http_client` of the client's builder",
                );
                return None;
            }
            _ => (ir::CredentialKind::Http { scheme: scheme.clone() }, description),
        },
        oas::SecurityScheme::OAuth2 { description, .. } | oas::SecurityScheme::OpenIDConnect { description, .. } => {
            (ir::CredentialKind::Bearer, description)
        }
    };
    Some((kind, docs.clone().unwrap_or_default()))
}

/// Lowers the requirement of an operation: alternatives of schemes.
pub fn lower_requirement(
    cx: &mut Context<'_>,
    operation: &oas::Operation,
    pointer: &Pointer,
    schemes: &[ir::SecurityScheme],
) -> Vec<Vec<usize>> {
    let document = cx.document;
    let (requirement, pointer) = match (&operation.security, &document.openapi.security) {
        (Some(own), _) => (own, pointer.child("security")),
        (None, Some(global)) => (global, Pointer::root().child("security")),
        (None, None) => return Vec::new(),
    };
    let mut alternatives = Vec::new();
    for (index, alternative) in requirement.iter().enumerate() {
        let mut set = Vec::new();
        for name in alternative.keys() {
            match schemes.iter().position(|scheme| scheme.wire == *name) {
                Some(scheme) => set.push(scheme),
                None if document.components::<oas::SecurityScheme>().contains_key(name) => {}
                None => {
                    let place = pointer.child(index).child(name);
                    let message = format!("there is no security scheme `{name}`, so no credential is sent for it");
                    let help = format!("add `{name}` to `components.securitySchemes`");
                    let diagnostic = Diagnostic::warning(Code::UnknownSecurityScheme, &place, message, help);
                    cx.diagnostics.push(diagnostic.remove(&place));
                }
            }
        }
        alternatives.push(set);
    }
    alternatives
}
