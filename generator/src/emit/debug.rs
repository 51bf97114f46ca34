//! `Debug` of types that are shown without their free-form values, since those may be credentials.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::structs::allow_deprecated;
use super::{Context, literal};
use crate::ir::{Struct, TypeDef, TypeKind, Union, is_free_form};

impl Context<'_> {
    /// The implementation of `Debug`, if the derived one would show what may be a credential.
    pub fn emit_debug(&self, definition: &TypeDef) -> Option<TokenStream> {
        if !self.secrecy.covers(definition) {
            return None;
        }
        let name = literal::ident(&definition.name);
        let (allow, body) = match &definition.kind {
            TypeKind::Struct(object) => (allow_deprecated(object), self.debug_of_struct(&definition.name, object)?),
            TypeKind::Union(union) => (None, self.debug_of_union(union)),
            TypeKind::Newtype(alias) if is_free_form(&self.api.types, &alias.ty) => {
                let shown = format!("{}([redacted])", definition.name);
                (None, quote!(f.write_str(#shown)))
            }
            _ => return None,
        };
        Some(quote! {
            impl std::fmt::Debug for #name {
                /// Leaves free-form values out, since they may be credentials.
                #allow
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    #body
                }
            }
        })
    }

    fn debug_of_struct(&self, name: &str, object: &Struct) -> Option<TokenStream> {
        let is_open = |field: &&crate::ir::Field| is_free_form(&self.api.types, &field.ty);
        if object.additional.is_none() && !object.fields.iter().any(|field| is_open(&field)) {
            return None;
        }
        let shown = |rust: &str| {
            let (text, ident) = (rust.trim_start_matches("r#"), literal::ident(rust));
            quote!(.field(#text, &self.#ident))
        };
        let redacted = |rust: &str| {
            let text = rust.trim_start_matches("r#");
            quote!(.field(#text, &format_args!("[redacted]")))
        };
        let fields = object.fields.iter().map(|field| match is_open(&field) {
            true => redacted(&field.name.rust),
            false => shown(&field.name.rust),
        });
        let flatten = object.flatten.iter().map(|part| shown(&part.rust));
        let additional = object.additional.iter().map(|additional| redacted(&additional.rust));
        Some(quote!(f.debug_struct(#name) #(#fields)* #(#flatten)* #(#additional)* .finish()))
    }

    fn debug_of_union(&self, union: &Union) -> TokenStream {
        let arms = union.variants.iter().map(|variant| {
            let ident: Ident = literal::ident(&variant.rust);
            let text = variant.rust.trim_start_matches("r#");
            if is_free_form(&self.api.types, &variant.ty) {
                let shown = format!("{text}([redacted])");
                quote!(Self::#ident(_) => f.write_str(#shown),)
            } else {
                quote!(Self::#ident(value) => f.debug_tuple(#text).field(value).finish(),)
            }
        });
        quote! {
            match self {
                #(#arms)*
                Self::Unknown(_) => f.write_str("Unknown([redacted])"),
            }
        }
    }
}
