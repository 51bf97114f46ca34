//! What the programs share that call operations: the client that they build, the names that calls use, and errors as text.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, literal};
use crate::ir::CredentialKind;

/// An expression for a client that calls `base_url` once for each call, with credentials and whatever servers ask for.
pub fn client(cx: &Context<'_>) -> TokenStream {
    let path = cx.root.path();
    let credentials = cx.api.security_schemes.iter().map(|scheme| {
        let name = literal::ident(&scheme.rust);
        match scheme.kind {
            CredentialKind::Basic => quote!(.#name("user", "conformance")),
            _ => quote!(.#name("conformance")),
        }
    });
    let variables = cx.api.server_variables().into_iter().map(|variable| {
        let name = literal::ident(&variable.rust);
        let value = variable.values.first().unwrap_or(&variable.default);
        let value = if value.is_empty() { "conformance" } else { value };
        quote!(.#name(#value))
    });
    quote! {
        Client::builder() #(#variables)* #(#credentials)* .base_url(base_url).retry(#path::runtime::Retry::off()).build()?
    }
}

/// The `use` lines for what these example calls name.
pub fn imports(cx: &Context<'_>, calls: &[TokenStream]) -> TokenStream {
    let path = cx.root.path();
    let used: String = calls.iter().map(ToString::to_string).collect();
    let names = [("runtime", "runtime ::"), ("types", "types ::")].into_iter().filter(|(_, mark)| used.contains(mark));
    let lines = names.map(|(name, _)| {
        let name = literal::ident(name);
        quote!(use #path::#name;)
    });
    lines.collect()
}

/// The function that makes a line of an error and all that it came from.
pub fn chain() -> TokenStream {
    quote! {
        fn chain(error: &dyn std::error::Error) -> String {
            let mut text = error.to_string();
            let mut source = error.source();
            while let Some(error) = source {
                text = format!("{text}: {error}");
                source = error.source();
            }
            text.replace(['\n', '\t'], " ")
        }
    }
}
