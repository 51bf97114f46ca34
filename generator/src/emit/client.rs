//! The client and its builder.

use proc_macro2::TokenStream;
use quote::quote;

use super::markdown::{block, code, phrase};
use super::{Context, Module, docs, features, imports, literal, runtime};
use crate::ir::{CredentialKind, Location, Resource, SecurityScheme, Server, ServerVariable};

/// The file of the client.
pub fn emit_client(cx: &Context<'_>) -> Module {
    let api = cx.api;
    let server = api.server();
    let (core, core_builder, settings) = (runtime::core(), runtime::core_builder(), runtime::settings_macro());
    let is_used =
        |index: &usize| api.operations().any(|operation| operation.security.iter().flatten().any(|used| used == index));
    let schemes = api
        .security_schemes
        .iter()
        .enumerate()
        .filter(|(index, _)| is_used(index))
        .map(|(_, scheme)| emit_scheme(cx, scheme));
    let servers = api.servers.iter().map(|server| emit_server(cx, server));
    let accessors = api.resources.iter().map(emit_accessor);
    let variables = api.server_variables().into_iter().map(emit_variable);
    let credentials = api.security_schemes.iter().map(emit_credential);
    let (own, allow_unused) = (cx.root.own_path(), cx.allow_unused());
    let title = docs::outer(&docs::paragraphs(&[
        format!("A client of {}.", phrase(api.title.trim_end_matches('.'))),
        format!("Calls {}. {}", code(&server.url), phrase(&server.docs)),
        "Clones share their connections.".to_owned(),
    ]));
    let base_url_docs = docs::outer(&base_url_docs(cx));
    let tokens = imports::resolve(
        quote! {
            #(#servers)*
            #(#schemes)*

            #title
            #[derive(Clone, Debug)]
            pub struct Client {
                #allow_unused
                pub(super) core: #core,
            }

            impl Client {
                /// Begins to build a client.
                pub fn builder() -> ClientBuilder {
                    ClientBuilder::new()
                }

                #(#accessors)*
            }

            /// What a [`Client`] is made of.
            #[derive(Clone, Debug)]
            pub struct ClientBuilder {
                builder: #core_builder,
            }

            impl ClientBuilder {
                /// A builder with the settings of the document.
                pub fn new() -> Self {
                    Self { builder: #core_builder::new(SERVER) }
                }

                #(#variables)*
                #(#credentials)*

                #base_url_docs
                #[must_use]
                pub fn base_url(self, url: impl Into<String>) -> Self {
                    Self { builder: self.builder.base_url(url) }
                }

                /// Makes the client.
                ///
                /// # Errors
                /// A setting is missing, or the URL that comes of the settings is none.
                pub fn build(self) -> Result<Client, Error> {
                    Ok(Client { core: self.builder.build()? })
                }
            }

            #settings! { ClientBuilder }

            impl Default for ClientBuilder {
                fn default() -> Self {
                    Self::new()
                }
            }
        },
        &[],
    );
    let tokens = quote! {
        //! The client and its builder.
        use #own::error::Error;
        #tokens
    };
    Module { path: "client.rs".to_owned(), tokens }
}

fn base_url_docs(cx: &Context<'_>) -> String {
    let server = cx.api.server();
    let variables = if server.variables.is_empty() { "" } else { "Variables in braces are filled in there too." };
    let own = if cx.api.servers.len() > 1 { ", for all operations, those with servers of their own too" } else { "" };
    let others = server.others.iter().map(|(url, docs)| {
        let docs = docs::sentence(&phrase(docs.trim().lines().next().unwrap_or_default()));
        let url = code(url);
        if docs.is_empty() { format!("- {url}") } else { format!("- {url}: {docs}") }
    });
    let others = others.collect::<Vec<_>>().join("\n");
    docs::paragraphs(&[
        format!("Calls another server than {}{own}. {variables}", code(&server.url)),
        if others.is_empty() { others } else { format!("The document also names:\n\n{others}") },
    ])
}

fn emit_server(cx: &Context<'_>, found: &Server) -> TokenStream {
    let (server, variable) = (runtime::server(), runtime::server_variable());
    let (constant, url) = (literal::ident(&found.constant), &found.url);
    // The document's own server is the client's affair, those of operations are used by them.
    let visibility = (found.constant != "SERVER").then(|| {
        let allow_unused = cx.allow_unused();
        quote!(#allow_unused pub(super))
    });
    let variables = found.variables.iter().map(|found| {
        let (name, default, values) = (&found.wire, &found.default, &found.values);
        quote!(#variable::new(#name, #default, &[#(#values),*]))
    });
    quote!(#visibility const #constant: #server = #server::new(#url, &[#(#variables),*]);)
}

fn emit_scheme(cx: &Context<'_>, scheme: &SecurityScheme) -> TokenStream {
    let ty = runtime::security_scheme();
    let (constant, wire) = (literal::ident(&scheme.constant), &scheme.wire);
    let value = match &scheme.kind {
        CredentialKind::ApiKey { location, name } => {
            let (enum_, location) = (runtime::location(), literal::ident(location_name(location)));
            quote!(#ty::api_key(#wire, #enum_::#location, #name))
        }
        CredentialKind::Basic => quote!(#ty::basic(#wire)),
        CredentialKind::Bearer => quote!(#ty::bearer(#wire)),
        CredentialKind::Http { scheme } => quote!(#ty::http(#wire, #scheme)),
    };
    let allow_unused = cx.allow_unused();
    quote!(#allow_unused pub(super) const #constant: #ty = #value;)
}

fn location_name(location: &Location) -> &'static str {
    match location {
        Location::Path => "Path",
        Location::Query => "Query",
        Location::Header | Location::Part { .. } => "Header",
        Location::Cookie => "Cookie",
    }
}

fn emit_accessor(resource: &Resource) -> TokenStream {
    let docs = block(&resource.docs);
    let docs = docs::outer(&if docs.trim().is_empty() { docs::sentence(&phrase(&resource.tag)) } else { docs });
    let (accessor, ty) = (literal::ident(&resource.accessor), literal::ident(&resource.type_name));
    let gate = features::attribute(&resource.gate);
    quote! {
        #docs
        #gate
        pub fn #accessor(&self) -> super::operations::#accessor::#ty<'_> {
            super::operations::#accessor::#ty::new(self)
        }
    }
}

fn emit_variable(variable: &ServerVariable) -> TokenStream {
    let text = block(&variable.docs);
    let default = if variable.default.is_empty() {
        "It must be given.".to_owned()
    } else {
        format!("Defaults to {}.", code(&variable.default))
    };
    let values: Vec<String> = variable.values.iter().map(|value| code(value)).collect();
    let values = if values.is_empty() { String::new() } else { format!("One of {}.", values.join(", ")) };
    let first = if text.trim().is_empty() {
        format!("Sets {} of the server's URL.", code(&format!("{{{}}}", variable.wire)))
    } else {
        text
    };
    let docs = docs::outer(&docs::paragraphs(&[first, format!("{default} {values}")]));
    let (name, wire) = (literal::ident(&variable.rust), &variable.wire);
    quote! {
        #docs
        #[must_use]
        pub fn #name(self, value: impl Into<String>) -> Self {
            Self { builder: self.builder.variable(#wire, value) }
        }
    }
}

fn emit_credential(scheme: &SecurityScheme) -> TokenStream {
    let (secret, credential) = (runtime::secret(), runtime::credential());
    let text = block(&scheme.docs);
    let sent = match &scheme.kind {
        CredentialKind::ApiKey { location: Location::Query, name } => {
            format!("Sent as the query parameter {}.", code(name))
        }
        CredentialKind::ApiKey { location: Location::Cookie, name } => format!("Sent as the cookie {}.", code(name)),
        CredentialKind::ApiKey { name, .. } => format!("Sent in the header {}.", code(name)),
        CredentialKind::Basic => "Sent as HTTP basic authentication.".to_owned(),
        CredentialKind::Bearer => "Sent as a bearer token in the header `Authorization`: a token, or \
                                   [`Token::provider`](client_runtime::Token::provider) with something that gets one."
            .to_owned(),
        CredentialKind::Http { scheme } => {
            format!("Sent in the header `Authorization`, behind the word {}.", code(scheme))
        }
    };
    let docs = docs::outer(&docs::paragraphs(&[text, format!("{sent} It is never shown in logs or errors.")]));
    let (name, wire) = (literal::ident(&scheme.rust), &scheme.wire);
    let (arguments, value) = match &scheme.kind {
        CredentialKind::ApiKey { .. } => (quote!(key: impl Into<#secret>), quote!(#credential::api_key(key.into()))),
        CredentialKind::Bearer => {
            let token = runtime::token();
            (quote!(token: impl Into<#token>), quote!(#credential::token(token)))
        }
        CredentialKind::Http { .. } => {
            (quote!(credentials: impl Into<#secret>), quote!(#credential::http(credentials.into())))
        }
        CredentialKind::Basic => (
            quote!(user: impl Into<String>, password: impl Into<#secret>),
            quote!(#credential::basic(user.into(), password.into())),
        ),
    };
    quote! {
        #docs
        #[must_use]
        pub fn #name(self, #arguments) -> Self {
            Self { builder: self.builder.credential(#wire, #value) }
        }
    }
}
