//! The program that reads values of the document's schemas, each as the type of its schema, and reports what the client
//! makes of them. It judges nothing: whoever chose the values knows what they should become.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::From;
use super::{Context, Module, imports, structs};
use crate::Root;
use crate::ir::{Api, TypedSchema};

/// The program; none for a document without schemas. Its argument is a file with a line per value: the number of the schema,
/// a tab, and JSON. For each it prints a line of fields with tabs between them:
///
/// - `failed` and the reason, if the type of the schema cannot be read from the value as a response is read, or cannot be
///   written again;
/// - `panicked`;
/// - `read`, why reading it exactly fails (empty if it does not), the deviations, the JSON of what was read, and what a
///   request would contain: `sent` and the JSON, or `refused` and the reason.
pub fn values(api: &Api, root: &Root) -> Option<Module> {
    if api.schemas_by_type.is_empty() {
        return None;
    }
    let cx = Context::new(api, root);
    let path = root.path();
    let checks = api.schemas_by_type.iter().map(|schema| check(&cx, schema));
    let body = imports::spell_out(quote!(const CHECKS: &[Check] = &[#(#checks),*];), &quote!(runtime));
    let types = body.to_string().contains("types ::").then(|| quote!(use #path::types;));
    let tokens = quote! {
        //! Reads values of the schemas and writes them again.
        #![allow(deprecated, reason = "a deprecated schema still has values")]
        use std::{fs::File, io::{BufRead, BufReader, BufWriter, Write}};
        use #path::runtime;
        #types
        use runtime::codec::{self, Decode, Encode};

        type Check = fn(&str) -> String;

        fn main() -> Result<(), Box<dyn std::error::Error>> {
            let values = std::env::args().nth(1).ok_or("usage: values FILE")?;
            let mut out = BufWriter::new(std::io::stdout().lock());
            for line in BufReader::new(File::open(values)?).lines() {
                let line = line?;
                let (number, text) = line.split_once('\t').ok_or("a line has no tab")?;
                let check = CHECKS.get(number.parse::<usize>()?).ok_or("there is no such schema")?;
                let answer = std::panic::catch_unwind(|| check(text)).unwrap_or_else(|_| "panicked".to_owned());
                writeln!(out, "{answer}")?;
            }
            Ok(out.flush()?)
        }

        fn check<T: Decode + Encode>(text: &str, limits: &'static [runtime::Limit]) -> String {
            let exactly = runtime::from_json::<T>(text).err().map(|error| line(&error));
            let (value, deviations) = match codec::decode_tolerant::<T>(text.as_bytes()) {
                Ok(read) => read,
                Err(error) => return format!("failed\t{}", line(&error)),
            };
            let written = match runtime::to_json(&value) {
                Ok(written) => written,
                Err(violation) => return format!("failed\tit cannot be written: {}", line(&violation)),
            };
            let sent = match codec::encode_checked(&value, limits) {
                Ok(sent) => format!("sent\t{}", String::from_utf8_lossy(&sent)),
                Err(violation) => format!("refused\t{}", line(&violation)),
            };
            let deviations: Vec<_> = deviations.iter().map(|deviation| line(&format!("{deviation:?}"))).collect();
            format!("read\t{}\t{}\t{written}\t{sent}", exactly.unwrap_or_default(), deviations.join("; "))
        }

        fn line(text: &dyn std::fmt::Display) -> String {
            text.to_string().replace(['\n', '\t', '\r'], " ")
        }

        #body
    };
    Some(Module { path: "main.rs".to_owned(), tokens })
}

fn check(cx: &Context<'_>, schema: &TypedSchema) -> TokenStream {
    let (ty, limits) = (cx.ty(&schema.ty, From::Elsewhere), structs::emit_limits(&schema.limits));
    quote!(|text| check::<#ty>(text, &[#(#limits),*]))
}
