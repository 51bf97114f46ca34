//! Enumerations of texts and of integers.

use proc_macro2::TokenStream;
use quote::quote;

use super::markdown::{code, phrase};
use super::{docs, literal, runtime};
use crate::ir::{EnumValue, IntegerEnum, StringEnum, TypeDef};

/// An enumeration of texts and its codec.
pub fn emit_string_enum(definition: &TypeDef, listed: &StringEnum) -> TokenStream {
    let name = literal::ident(&definition.name);
    let unknown = runtime::unknown_text();
    let item =
        emit_enum(definition, &listed.values, &quote!(#unknown), &quote!(#[derive(Clone, Debug, PartialEq, Eq, Hash)]));
    let macro_name = runtime::string_enum_macro();
    let values = listed.values.iter().map(|value| {
        let (variant, wire) = (literal::ident(&value.rust), &value.wire);
        quote!(#variant = #wire,)
    });
    let any = listed.allows_others.then(|| quote!(any));
    quote!(#item #macro_name! { #name { #(#values)* } #any })
}

/// An enumeration of integers and its codec.
pub fn emit_integer_enum(definition: &TypeDef, listed: &IntegerEnum) -> TokenStream {
    let name = literal::ident(&definition.name);
    let unknown = runtime::unknown_integer();
    let item = emit_enum(
        definition,
        &listed.values,
        &quote!(#unknown),
        &quote!(#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]),
    );
    let macro_name = runtime::integer_enum_macro();
    let values = listed.values.iter().map(|value| {
        let variant = literal::ident(&value.rust);
        let wire = proc_macro2::Literal::i64_unsuffixed(value.wire);
        quote!(#variant = #wire,)
    });
    quote!(#item #macro_name! { #name { #(#values)* } })
}

fn emit_enum<T: std::fmt::Display>(
    definition: &TypeDef,
    values: &[EnumValue<T>],
    unknown: &TokenStream,
    derives: &TokenStream,
) -> TokenStream {
    let name = literal::ident(&definition.name);
    let docs = docs::outer(&docs::type_docs(definition));
    let variants = values.iter().map(|value| {
        let text = value.docs.trim();
        let wire = if value.wire.to_string().is_empty() {
            "The empty text.".to_owned()
        } else {
            code(&value.wire.to_string())
        };
        let docs = if text.is_empty() { wire } else { format!("{wire}: {}", phrase(text)) };
        let (docs, variant) = (docs::outer(&docs), literal::ident(&value.rust));
        quote!(#docs #variant,)
    });
    quote! {
        #docs
        #derives
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value that the document does not list.
            Unknown(#unknown),
        }
    }
}
