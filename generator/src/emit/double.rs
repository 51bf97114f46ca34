//! The module of the double: for every operation the type of its requests, how one is read back, and how its answers are
//! written. How answers look is in `double/answer.rs`.

mod answer;

use proc_macro2::TokenStream;
use quote::quote;

use super::call::{emit_part, parameter_kind};
use super::markdown::{code, phrase};
use super::{Context, Module, docs, features, imports, literal, runtime};
use crate::ir::{
    Arity, BodyContent, BodyFormat, Case, CaseOutcome, CredentialKind, Location, Operation, Parameter, RequestBody,
    Resource, StatusPattern, Type,
};

/// All files of the double: one for every resource, and the one that brings them together.
pub fn emit_double(cx: &Context<'_>) -> Vec<Module> {
    let mut modules = vec![emit_root(cx)];
    modules.extend(cx.api.resources.iter().map(|resource| emit_resource(cx, resource)));
    modules
}

fn emit_root(cx: &Context<'_>) -> Module {
    let docs = root_docs(cx);
    let names: Vec<_> = cx.api.resources.iter().map(|resource| literal::ident(&resource.accessor)).collect();
    let gates: Vec<_> = cx.api.resources.iter().map(|resource| features::attribute(&resource.gate)).collect();
    let exports = cx.api.resources.iter().zip(&names).map(|(resource, name)| {
        let gate = features::attribute(&resource.gate);
        let mut types: Vec<&str> = resource.operations.iter().map(|one| one.type_name.as_str()).collect();
        types.sort_unstable();
        let types: Vec<_> = types.into_iter().map(literal::ident).collect();
        match types.as_slice() {
            [ty] => quote!(#gate pub use self::#name::#ty;),
            types => quote!(#gate pub use self::#name::{#(#types),*};),
        }
    });
    let shared = runtime::DOUBLE_EXPORTS.iter().map(|name| literal::ident(name));
    let credentials = cx.api.security_schemes.iter().map(|scheme| {
        let name = literal::ident(&scheme.rust);
        match scheme.kind {
            CredentialKind::Basic => quote!(.#name("double", "double")),
            _ => quote!(.#name("double")),
        }
    });
    let bodies = answer::emit_error_bodies(cx);
    let own = cx.root.own_path();
    let tokens = imports::resolve(
        quote! {
            #(#exports)*
            pub use client_runtime::double::{#(#shared),*};

            /// A server of this API that answers nothing yet.
            pub fn server() -> Server {
                Server::new(&[#(#gates #names::OPERATIONS),*])
            }

            /// Begins to build a client of `server`, with made-up credentials, on the server's clock.
            pub fn builder(server: &Server) -> ClientBuilder {
                ClientBuilder::new()
                    .base_url("https://double.invalid")
                    .transport(server.clone())
                    .clock(server.clock())
                    #(#credentials)*
            }

            #bodies
        },
        &[],
    );
    let tokens = quote! {
        #docs
        #(#gates mod #names;)*

        use #own::client::ClientBuilder;
        use #own::error::ErrorBody;
        #tokens
    };
    Module { path: "double/mod.rs".to_owned(), tokens }
}

fn root_docs(cx: &Context<'_>) -> TokenStream {
    let path = cx.root.path().to_string().replace(' ', "");
    let first = cx.api.operations().next().map(|operation| operation.type_name.as_str()).unwrap_or_default();
    let text = docs::inner(&docs::paragraphs(&[
        "A server in place of the real one, for tests: no socket, and waiting takes no time.".to_owned(),
        "Every operation has a type here, which is what a request of it says. [`Server::on`] begins the script of what is \
         answered, [`Server::requests`] gives what was sent. The client is a whole one: it encodes, decodes and tries again \
         as it does with the real server."
            .to_owned(),
    ]));
    let example = docs::inner_example(&format!(
        "use {path}::double::{{self, Fault}};\n\n\
         # fn main() -> Result<(), Box<dyn std::error::Error>> {{\n\
         let server = double::server();\n\
         server.on::<double::{first}>().fails(Fault::Reset);\n\
         let client = double::builder(&server).build()?;\n\n\
         // Here the code under test calls `client`; then comes what it sent.\n\
         let sent = server.requests::<double::{first}>()?;\n\
         assert!(sent.is_empty());\n\
         # drop(client);\n\
         # Ok(())\n\
         # }}"
    ));
    quote!(#text #![doc = ""] #example)
}

fn emit_resource(cx: &Context<'_>, resource: &Resource) -> Module {
    let title = docs::sentence(&phrase(if resource.tag.is_empty() { "General" } else { &resource.tag }));
    let docs =
        docs::inner(&docs::paragraphs(&["What the double knows of the operations of a resource.".to_owned(), title]));
    let operation_trait = runtime::double_operation();
    let about = runtime::double_about();
    let abouts = resource.operations.iter().map(|operation| {
        let name = literal::ident(&operation.type_name);
        quote!(<#name as #operation_trait>::ABOUT)
    });
    let operations = resource.operations.iter().map(|operation| cx.emit_doubled(resource, operation));
    let tokens = imports::resolve(
        quote! {
            /// All of them.
            pub(super) const OPERATIONS: &[#about] = &[#(#abouts),*];

            #(#operations)*
        },
        &[],
    );
    let own = cx.root.own_path();
    let used = tokens.to_string();
    let others = ["operations", "types"].into_iter().filter(|name| used.contains(&format!("{name} :: ")));
    let others = others.map(|name| {
        let name = literal::ident(name);
        quote!(use #own::#name;)
    });
    let tokens = quote! {
        #docs
        use #own::error::ErrorBody;
        #(#others)*
        #tokens
    };
    Module { path: format!("double/{}.rs", resource.accessor), tokens }
}

impl Context<'_> {
    fn emit_doubled(&self, resource: &Resource, operation: &Operation) -> TokenStream {
        let name = literal::ident(&operation.type_name);
        let path = self.root.own_path().to_string().replace(' ', "");
        let (ty, method) = (&resource.type_name, operation.method_name.trim_start_matches("r#"));
        let docs = docs::outer(&format!(
            "A request of [`{ty}::{method}`]({path}::operations::{}::{ty}::{method}).",
            resource.accessor
        ));
        let parameters = operation.parameters.iter().map(|parameter| {
            let docs = docs::outer(&told(parameter));
            let (name, ty) = (literal::ident(&parameter.rust), self.parameter_type(parameter));
            quote!(#docs pub #name: #ty,)
        });
        let body = operation.body.as_ref().map(|body| {
            let ty = self.body_type(body);
            quote!(#[doc = " The body."] pub body: #ty,)
        });
        let (operation_trait, request) = (runtime::double_operation(), runtime::double_request());
        let (unreadable, answer) = (runtime::double_unreadable(), runtime::double_answer());
        let about_ty = runtime::double_about();
        let about = self.emit_about(operation);
        let fields = self.emit_fields(operation);
        let request_name = literal::ident(if fields.is_empty() { "_" } else { "request" });
        let success = self.emit_doubled_success(resource, &operation.responses.success);
        let (success_name, written) = self.emit_answer(resource, &operation.responses);
        quote! {
            #docs
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub struct #name {
                #(#parameters)*
                #body
            }

            impl #operation_trait for #name {
                type Success = #success;
                type ErrorBody = ErrorBody;

                const ABOUT: #about_ty = #about;

                #[inline]
                fn read(#request_name: &#request) -> Result<Self, #unreadable> {
                    Ok(Self { #(#fields),* })
                }

                #[inline]
                fn answer(#success_name: &Self::Success) -> #answer {
                    #written
                }
            }
        }
    }

    fn emit_about(&self, operation: &Operation) -> TokenStream {
        let about = runtime::double_about();
        let (id, name) = (&operation.id, &operation.type_name);
        let is_one_of_several = self.api.operations().filter(|other| other.id == operation.id).count() > 1;
        let several = is_one_of_several.then(|| {
            let accept = operation.responses.accept.as_ref().map(|accept| quote!(.accepts(#accept)));
            let sends = operation.body.as_ref().map(|body| {
                let media_type = &body.media_type;
                let method = if body.format == BodyFormat::File { "sends_file" } else { "sends" };
                let method = literal::ident(method);
                quote!(.#method(#media_type))
            });
            quote!(#sends #accept)
        });
        let failures = self.emit_failures(&operation.responses.cases);
        let failures = (!failures.is_empty()).then(|| quote!(.failures(&[#(#failures),*])));
        quote!(#about::new(#id, #name) #several #failures)
    }

    /// The documented errors; one without a body counts only where a wider pattern could take its status for its own.
    fn emit_failures(&self, cases: &[Case]) -> Vec<TokenStream> {
        let failure = runtime::double_failure();
        let is_wide = |case: &Case| !matches!(case.status, StatusPattern::Code(_));
        let has_wide = cases.iter().any(|case| is_wide(case) && matches!(case.outcome, CaseOutcome::Failure(..)));
        let failures = cases.iter().filter_map(|case| {
            let body = match case.outcome {
                CaseOutcome::Failure(index, _) => {
                    let (variant, media_type) = (&self.api.error_bodies[index].variant, &case.sample.media_type);
                    quote!(.body(#variant, #media_type))
                }
                CaseOutcome::BareFailure if has_wide => TokenStream::new(),
                CaseOutcome::BareFailure | CaseOutcome::Success { .. } => return None,
            };
            Some(match case.status {
                StatusPattern::Code(code) => {
                    let code = literal::count(code.into());
                    quote!(#failure::code(#code) #body)
                }
                StatusPattern::Range(range) => {
                    let range = literal::count(range.into());
                    quote!(#failure::range(#range) #body)
                }
                StatusPattern::Default => quote!(#failure::any() #body),
            })
        });
        failures.collect()
    }

    /// The fields of a request, each with the expression that reads it.
    fn emit_fields(&self, operation: &Operation) -> Vec<TokenStream> {
        let parameters = operation.parameters.iter().map(|parameter| {
            let (name, kind) = (literal::ident(&parameter.rust), parameter_kind(parameter));
            let method = match parameter.arity {
                Arity::Required => "required",
                Arity::Optional => "optional",
            };
            if parameter.spread || is_cookie_header(parameter) {
                let (method, others) =
                    (literal::ident(&format!("{method}_beside")), self.names_beside(operation, parameter));
                return quote!(#name: request.#method(&#kind, &[#(#others),*])?);
            }
            let method = literal::ident(method);
            quote!(#name: request.#method(&#kind)?)
        });
        let body = operation.body.iter().map(|body| {
            let read = read_body(body);
            match body.content {
                BodyContent::Whole { arity: Arity::Optional, .. } => {
                    quote!(body: request.has_body().then(|| #read).transpose()?)
                }
                _ => quote!(body: #read?),
            }
        });
        parameters.chain(body).collect()
    }

    /// What else may stand where a parameter does: other parameters, and credentials.
    fn names_beside<'s>(&'s self, operation: &'s Operation, own: &Parameter) -> Vec<&'s str> {
        let location = if is_cookie_header(own) { &Location::Cookie } else { &own.location };
        let parameters =
            operation.parameters.iter().filter(|other| other.location == *location && other.rust != own.rust);
        let keys = self.api.security_schemes.iter().filter_map(|scheme| match &scheme.kind {
            CredentialKind::ApiKey { location: other, name } if other == location => Some(name.as_str()),
            _ => None,
        });
        parameters.map(|other| other.wire.as_str()).chain(keys).collect()
    }
}

/// Whether a parameter is a header that cookies go into too.
fn is_cookie_header(parameter: &Parameter) -> bool {
    parameter.location == Location::Header && parameter.wire.eq_ignore_ascii_case("cookie")
}

fn told(parameter: &Parameter) -> String {
    let wire = code(&parameter.wire);
    match &parameter.location {
        Location::Path => format!("{wire} of the path."),
        Location::Query => format!("{wire} of the query."),
        Location::Header => format!("The header {wire}."),
        Location::Cookie => format!("The cookie {wire}."),
        Location::Part { property, .. } => format!("The header {wire} of the part {}.", code(property)),
    }
}

fn read_body(body: &RequestBody) -> TokenStream {
    match &body.format {
        BodyFormat::Json => quote!(request.json()),
        BodyFormat::Form(parts) if parts.is_empty() => quote!(request.form()),
        BodyFormat::Form(parts) => {
            let parts = parts.iter().map(emit_part);
            quote!(request.encoded_form(&[#(#parts),*]))
        }
        BodyFormat::Text | BodyFormat::TextInCharset => quote!(request.text()),
        BodyFormat::File => {
            let media_type = &body.media_type;
            quote!(request.file(#media_type))
        }
        BodyFormat::Multipart(parts) => {
            let parts = parts.iter().map(emit_part);
            quote!(request.multipart(&[#(#parts),*]))
        }
    }
}

/// Whether a body is bytes as they are.
fn is_bytes(ty: &Type) -> bool {
    *ty == Type::Bytes
}
