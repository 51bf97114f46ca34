//! The program that reads every example of the document into its type and writes it again, by the codec and by serde.

use quote::quote;

use super::ty::From;
use super::{Context, Module, imports};
use crate::Root;
use crate::ir::Api;

/// The program; none for a document without examples. It prints a line for each: its number, `read` with the JSON that
/// was written, or `failed` with the reason. Its package wants the feature `serde` of the client, `serde`, `serde_json` and
/// `rmp-serde`.
pub fn round_trip(api: &Api, root: &Root) -> Option<Module> {
    if api.values.is_empty() {
        return None;
    }
    let cx = Context::new(api, root);
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
        use std::error::Error;
        use #path::runtime;
        #types
        use runtime::codec::{Decode, Encode};
        use serde::Serialize;
        use serde::de::DeserializeOwned;

        fn main() {
            #(#names();)*
        }

        fn check<T: Decode + Encode + DeserializeOwned + Serialize>(number: usize, text: &str) {
            match again::<T>(text) {
                Ok(json) => println!("{number}\tread\t{json}"),
                Err(error) => println!("{number}\tfailed\t{}", error.to_string().replace(['\n', '\t'], " ")),
            }
        }

        /// What is written, of which all ways to read and write have to say the same.
        fn again<T: Decode + Encode + DeserializeOwned + Serialize>(text: &str) -> Result<String, Box<dyn Error>> {
            let value: T = runtime::from_json(text)?;
            let json = runtime::to_json(&value)?;
            // Read again, since a float by itself, which is no type of the client, is written as 7.0 by serde and as 7 here.
            let written = serde_json::to_string(&value)?;
            if written != json && runtime::to_json(&runtime::from_json::<T>(&written)?)? != json {
                return Err(format!("serde writes {written} and not {json}").into());
            }
            if runtime::to_json(&serde_json::from_str::<T>(text)?)? != json {
                return Err("serde reads something else".into());
            }
            let bytes = rmp_serde::to_vec(&value)?;
            let packed = runtime::to_json(&rmp_serde::from_slice::<T>(&bytes)?)?;
            // A binary format may lose the zeros that end a fraction, and nothing else.
            let parse = serde_json::from_str::<runtime::JsonValue>;
            if parse(&packed)? != parse(&json)? {
                return Err(format!("MessagePack makes {packed} of {json}").into());
            }
            Ok(json)
        }

        #body
    };
    Some(Module { path: "main.rs".to_owned(), tokens })
}
