//! The error type of the client, and the bodies that documented errors come with.

use quote::quote;

use super::markdown::block;
use super::ty::From;
use super::{Context, Module, docs, features, imports, literal, sizes};

/// The file of errors.
pub fn emit_error(cx: &Context<'_>) -> Module {
    let bodies = cx.api.error_bodies.iter().map(|body| {
        let text = docs::sentence(&block(&body.docs));
        let docs = docs::outer(if text.is_empty() { "A documented error." } else { &text });
        let (variant, ty) = (literal::ident(&body.variant), cx.ty(&body.ty, From::Beside));
        let gate = features::attribute(&body.gate);
        quote!(#docs #gate #variant(#ty),)
    });
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
        #tokens
    };
    Module { path: "error.rs".to_owned(), tokens }
}
