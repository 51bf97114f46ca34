//! The error type of the client, and the bodies that documented errors come with.

use quote::quote;

use super::ty::From;
use super::{Context, Module, docs, imports, literal, sizes};

/// The file of errors.
pub fn emit_error(cx: &Context<'_>) -> Module {
    let bodies = cx.api.error_bodies.iter().map(|body| {
        let text = docs::sentence(&docs::clean(&body.docs));
        let docs = docs::outer(if text.is_empty() { "A documented error." } else { &text });
        let (variant, ty) = (literal::ident(&body.variant), cx.ty(&body.ty, From::Elsewhere));
        quote!(#docs #variant(#ty),)
    });
    let own = cx.root.own_path();
    let types = cx.api.error_bodies.iter().any(|body| names_type(&body.ty)).then(|| quote!(use #own::types;));
    let allow = sizes::allow_uneven(&cx.api.types, cx.api.error_bodies.iter().map(|body| &body.ty));
    let tokens = imports::resolve(
        quote! {
            /// What can go wrong with a call; see [`kind`](client_runtime::Error::kind) for the ways to tell apart.
            pub type Error = client_runtime::Error<ErrorBody>;

            /// The body of an error that the document describes.
            #[derive(Clone, Debug, PartialEq)]
            #allow
            #[non_exhaustive]
            pub enum ErrorBody {
                #(#bodies)*
            }
        },
        &[],
    );
    let tokens = quote! {
        //! The error type of all calls.
        #types
        #tokens
    };
    Module { path: "error.rs".to_owned(), tokens }
}

fn names_type(ty: &crate::ir::Type) -> bool {
    use crate::ir::Type;
    match ty {
        Type::Named(_) => true,
        Type::Tuple(items) => items.iter().any(names_type),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => names_type(inner),
        _ => false,
    }
}
