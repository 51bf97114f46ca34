//! The files of types: one for every component schema, with the types that it needs in the same file.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::From;
use super::{Context, Module, docs, enums, imports, literal, runtime};
use crate::ir::{Alias, Gate, TypeDef, TypeKind};

/// All files of types.
pub fn emit_types(cx: &Context<'_>) -> Vec<Module> {
    let mut files: BTreeMap<&str, Vec<&TypeDef>> = BTreeMap::new();
    for definition in cx.api.types.iter() {
        files.entry(&definition.module).or_default().push(definition);
    }
    let mut modules = vec![index(&files)];
    modules.extend(files.into_iter().map(|(file, definitions)| {
        let own: Vec<&str> = definitions.iter().map(|definition| definition.name.as_str()).collect();
        let items = definitions.iter().map(|definition| cx.emit_type(definition));
        let tokens = imports::resolve(quote!(#(#items)*), &own);
        Module { path: format!("types/{}.rs", file.trim_start_matches("r#")), tokens }
    }));
    modules
}

/// The list of the files, with those together that the same builds have.
fn index(files: &BTreeMap<&str, Vec<&TypeDef>>) -> Module {
    let mut open = Vec::new();
    let mut gated: BTreeMap<(usize, &[String]), Vec<_>> = BTreeMap::new();
    for (file, definitions) in files {
        match definitions.first().map(|first| &first.gate) {
            Some(Gate::AnyOf(features)) => {
                gated.entry((features.len(), features)).or_default().push((*file, definitions));
            }
            _ => open.push((*file, definitions)),
        }
    }
    let open = entries(&open);
    let macro_name = runtime::needed_by_macro();
    let gated = gated.iter().map(|((_, features), files)| {
        let entries = entries(files);
        quote!(#macro_name! { [#(#features),*]; #entries })
    });
    let tokens = imports::resolve(quote!(#open #(#gated)*), &[]);
    let tokens = quote! {
        //! The types of requests and responses.
        //!
        //! A value becomes JSON text by its method `to_json`, and text becomes a value by the type's `from_json`. For lists,
        //! maps and tuples there are functions, [`to_json`](client_runtime::to_json) and
        //! [`from_json`](client_runtime::from_json). With this crate's feature `serde`, all of them implement serde's
        //! `Serialize` and `Deserialize` as well, in the same form; credentials are then written in clear.
        #tokens
    };
    Module { path: "types/mod.rs".to_owned(), tokens }
}

/// The lines of some files: their modules, then what is in them.
fn entries(files: &[(&str, &Vec<&TypeDef>)]) -> TokenStream {
    let modules = files.iter().map(|(file, _)| {
        let file = literal::ident(file);
        quote!(mod #file;)
    });
    let exports = files.iter().map(|(file, definitions)| {
        let file = literal::ident(file);
        let mut names: Vec<&str> = definitions.iter().map(|definition| definition.name.as_str()).collect();
        names.sort_unstable();
        let names: Vec<_> = names.into_iter().map(literal::ident).collect();
        match names.as_slice() {
            [name] => quote!(pub use self::#file::#name;),
            names => quote!(pub use self::#file::{#(#names),*};),
        }
    });
    quote!(#(#modules)* #(#exports)*)
}

impl Context<'_> {
    fn emit_type(&self, definition: &TypeDef) -> TokenStream {
        match &definition.kind {
            TypeKind::Struct(object) => self.emit_struct(definition, object),
            TypeKind::StringEnum(listed) => enums::emit_string_enum(definition, listed),
            TypeKind::IntegerEnum(listed) => enums::emit_integer_enum(definition, listed),
            TypeKind::Union(union) => self.emit_union(definition, union),
            TypeKind::Alias(alias) => self.emit_alias(definition, alias),
            TypeKind::Newtype(alias) => self.emit_newtype(definition, alias),
        }
    }

    fn emit_newtype(&self, definition: &TypeDef, alias: &Alias) -> TokenStream {
        let (name, ty) = (literal::ident(&definition.name), self.ty(&alias.ty, From::Types));
        let docs = docs::outer(&docs::type_docs(definition));
        let macro_name = runtime::newtype_macro();
        let debug = self.emit_debug(definition);
        let derived = debug.is_none().then(|| quote!(, Debug));
        quote! {
            #docs
            #[derive(Clone #derived, PartialEq)]
            pub struct #name(
                /// The value.
                pub #ty,
            );

            #debug

            #macro_name! { #name }
        }
    }

    fn emit_alias(&self, definition: &TypeDef, alias: &Alias) -> TokenStream {
        let (name, ty) = (literal::ident(&definition.name), self.ty(&alias.ty, From::Types));
        let docs = docs::outer(&docs::type_docs(definition));
        quote!(#docs pub type #name = #ty;)
    }
}
