//! The program that reads every example of the document into its type and writes it again.

use quote::quote;

use super::ty::From;
use super::{Context, Module, imports};
use crate::Root;
use crate::ir::Api;

/// The program; none for a document without examples. It prints a line for each: its number, `read` with the JSON that
/// was written, or `failed` with the reason.
pub fn round_trip(api: &Api, root: &Root) -> Option<Module> {
    if api.values.is_empty() {
        return None;
    }
    let cx = Context { api, root };
    let path = root.path();
    let checks = api.values.iter().enumerate().map(|(index, value)| {
        let index = super::literal::count(index);
        let (ty, text) = (cx.ty(&value.ty, From::Elsewhere), value.value.to_string());
        quote!(check::<#ty>(#index, #text);)
    });
    let checks: Vec<_> = checks.collect();
    // One function of thousands of lines takes rustc longer than many short ones.
    let functions = checks.chunks(50).enumerate().map(|(index, checks)| {
        let name = super::literal::ident(&format!("part_{index}"));
        quote!(fn #name() { #(#checks)* })
    });
    let names: Vec<_> =
        (0..checks.len().div_ceil(50)).map(|index| super::literal::ident(&format!("part_{index}"))).collect();
    let body = quote! {
        #(#functions)*
    };
    let body = imports::spell_out(body, &quote!(runtime));
    let types = body.to_string().contains("types ::").then(|| quote!(use #path::types;));
    let tokens = quote! {
        //! Reads every example and writes it again.
        #![allow(deprecated, reason = "an example may be of a type that is")]
        use #path::runtime;
        #types
        use runtime::codec::{Decode, Encode, decode_slice, encode};

        fn main() {
            #(#names();)*
        }

        fn check<T: Decode + Encode>(number: usize, text: &str) {
            let again = decode_slice::<T>(text.as_bytes())
                .map_err(|error| error.to_string())
                .and_then(|value| encode(&value).map_err(|error| error.to_string()));
            match again {
                Ok(json) => println!("{number}\tread\t{}", String::from_utf8_lossy(&json)),
                Err(error) => println!("{number}\tfailed\t{}", error.replace(['\n', '\t'], " ")),
            }
        }

        #body
    };
    Some(Module { path: "main.rs".to_owned(), tokens })
}
