//! Unions and their codec tables.

use proc_macro2::TokenStream;
use quote::quote;

use super::markdown::{block, code};
use super::structs::emit_limit_list;
use super::ty::From;
use super::{Context, docs, literal, runtime, sizes};
use crate::ir::{Holds, Type, TypeDef, Union, Variant};

impl Context<'_> {
    /// A union, its conversions and its codec.
    pub fn emit_union(&self, definition: &TypeDef, union: &Union) -> TokenStream {
        let name = literal::ident(&definition.name);
        let docs = docs::outer(&docs::type_docs(definition));
        let variants = union.variants.iter().map(|variant| self.emit_variant(variant));
        let unknown = runtime::json_value();
        // What is none of the variants is held beside them.
        let held = union.variants.iter().map(|variant| &variant.ty).chain([&Type::Json]);
        let allow = sizes::allow_uneven(&self.api.types, held);
        let default = union.default.map(|default| self.emit_default(&name, &union.variants[default]));
        let codec = emit_codec(&name, union);
        let debug = self.emit_debug(definition);
        let derived = debug.is_none().then(|| quote!(, Debug));
        quote! {
            #docs
            #[derive(Clone #derived, PartialEq)]
            #allow
            #[non_exhaustive]
            pub enum #name {
                #(#variants)*
                /// A value that is none of the above, as it came.
                Unknown(#unknown),
            }

            #debug

            #default

            #codec
        }
    }

    fn emit_variant(&self, variant: &Variant) -> TokenStream {
        let text = block(&variant.docs);
        let docs = match (variant.tags.first(), &variant.constant, text.trim()) {
            (Some(tag), _, "") => code(&tag.to_string()),
            (None, Some(value), "") => {
                format!("A [`{}`]; the only documented value is {}.", self.link(variant), code(&value.to_string()))
            }
            (None, None, "") => format!("See [`{}`].", self.link(variant)),
            (_, _, text) => text.to_owned(),
        };
        let (docs, name, ty) = (docs::outer(&docs), literal::ident(&variant.rust), self.ty(&variant.ty, From::Types));
        quote!(#docs #name(#ty),)
    }

    /// What the docs of a variant link to.
    fn link(&self, variant: &Variant) -> String {
        match &variant.ty {
            Type::Named(id) => self.api.types[*id].name.clone(),
            Type::Boxed(inner) => match inner.as_ref() {
                Type::Named(id) => self.api.types[*id].name.clone(),
                _ => "Box".to_owned(),
            },
            Type::Null => "unit".to_owned(),
            Type::Boolean => "bool".to_owned(),
            Type::I32 => "i32".to_owned(),
            Type::I64 => "i64".to_owned(),
            Type::U32 => "u32".to_owned(),
            Type::U64 => "u64".to_owned(),
            Type::I128 => "i128".to_owned(),
            Type::F64 => "f64".to_owned(),
            Type::String => "String".to_owned(),
            Type::List(_) => "Vec".to_owned(),
            Type::Tuple(_) => "tuple".to_owned(),
            Type::Map(_) => "BTreeMap".to_owned(),
            Type::Nullable(_) => "Option".to_owned(),
            Type::Secret => "Secret".to_owned(),
            Type::Decimal => "Decimal".to_owned(),
            Type::DecimalNumber => "DecimalNumber".to_owned(),
            Type::Rfc2822 => "Rfc2822".to_owned(),
            Type::DateTime => "DateTime".to_owned(),
            Type::Date => "Date".to_owned(),
            Type::Bytes => "Bytes".to_owned(),
            Type::File => "File".to_owned(),
            Type::Json => "JsonValue".to_owned(),
            Type::JsonObject => "JsonObject".to_owned(),
        }
    }

    fn emit_default(&self, name: &proc_macro2::Ident, variant: &Variant) -> TokenStream {
        let (variant, ty) = (literal::ident(&variant.rust), self.ty(&variant.ty, From::Types));
        quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::#variant(#ty::default())
                }
            }
        }
    }
}

fn emit_codec(name: &proc_macro2::Ident, union: &Union) -> TokenStream {
    let macro_name = runtime::union_macro();
    let is_decisive = union.is_discriminated || union.variants.iter().all(|variant| !variant.tags.is_empty());
    let tag = union.tag.as_ref().map(|tag| if is_decisive { quote!(by #tag) } else { quote!(hinted by #tag) });
    let variants = union.variants.iter().map(|variant| {
        let name = literal::ident(&variant.rust);
        let constant = variant.constant.as_ref().map(literal::json).map(|value| quote!(is #value));
        let tags = variant.tags.iter().map(literal::json);
        let value = (!variant.tags.is_empty()).then(|| quote!(= #(#tags)|*));
        let content = match &variant.holds {
            Holds::Whole => None,
            Holds::WithoutTag => union.tag.as_ref().map(|tag| quote!(beside #tag)),
            Holds::Content(content) => Some(quote!(in #content)),
        };
        let limits = emit_limit_list(&variant.limits);
        quote!(#name #constant #value #content #limits,)
    });
    quote!(#macro_name! { #name #tag { #(#variants)* } })
}
