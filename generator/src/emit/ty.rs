//! Types as they are written.

use proc_macro2::TokenStream;
use quote::quote;

use super::literal::ident;
use super::{Context, runtime};
use crate::ir::{Type, TypeId, TypeKind};

/// From where a type is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// From a file of types: by its name.
    Types,
    /// From a file that may name no type, depending on features: as `super::types::Name`.
    Beside,
    /// From anywhere else: as `types::Name`.
    Elsewhere,
}

impl Context<'_> {
    /// A type.
    pub fn ty(&self, ty: &Type, from: From) -> TokenStream {
        let simple = match ty {
            Type::Null => return quote!(()),
            Type::Boolean => return quote!(bool),
            Type::I32 => return quote!(i32),
            Type::I64 => return quote!(i64),
            Type::U32 => return quote!(u32),
            Type::U64 => return quote!(u64),
            Type::I128 => return quote!(i128),
            Type::F64 => return quote!(f64),
            Type::String => return quote!(String),
            Type::Secret => runtime::secret(),
            Type::Decimal => runtime::decimal(),
            Type::DecimalNumber => runtime::decimal_number(),
            Type::Rfc2822 => runtime::rfc2822(),
            Type::DateTime => runtime::date_time(),
            Type::Date => runtime::date(),
            Type::Bytes => runtime::bytes(),
            Type::File => runtime::file(),
            Type::Json => runtime::json_value(),
            Type::JsonObject => runtime::json_object(),
            Type::Named(id) => return self.named(*id, from),
            Type::List(inner) => {
                let inner = self.ty(inner, from);
                return quote!(Vec<#inner>);
            }
            Type::Tuple(items) => {
                let items = items.iter().map(|item| self.ty(item, from));
                return quote!((#(#items),*));
            }
            Type::Map(inner) => {
                let (map, inner) = (runtime::b_tree_map(), self.ty(inner, from));
                return quote!(#map<String, #inner>);
            }
            Type::Nullable(inner) => {
                let inner = self.ty(inner, from);
                return quote!(Option<#inner>);
            }
            Type::Boxed(inner) => {
                let inner = self.ty(inner, from);
                return quote!(Box<#inner>);
            }
        };
        quote!(#simple)
    }

    /// A type of the document.
    pub fn named(&self, id: TypeId, from: From) -> TokenStream {
        let name = &self.api.types[id].name;
        match from {
            From::Types => {
                let name = runtime::sibling(name);
                quote!(#name)
            }
            From::Beside => {
                let name = ident(name);
                quote!(super::types::#name)
            }
            From::Elsewhere => {
                let name = ident(name);
                quote!(types::#name)
            }
        }
    }

    /// The type of an argument, and the expression that makes a value of `ty` of it.
    pub fn argument(&self, ty: &Type, name: &proc_macro2::Ident, from: From) -> (TokenStream, TokenStream) {
        let written = self.ty(ty, from);
        if self.converts(ty) { (quote!(impl Into<#written>), quote!(#name.into())) } else { (written, quote!(#name)) }
    }

    /// Whether a caller is likely to have something else that converts.
    fn converts(&self, ty: &Type) -> bool {
        match ty {
            // A box is made of what it holds.
            Type::String | Type::Secret | Type::File | Type::Boxed(_) => true,
            Type::Named(id) => match &self.api.types[*id].kind {
                TypeKind::StringEnum(_) => true,
                TypeKind::Alias(alias) => self.converts(&alias.ty),
                _ => false,
            },
            _ => false,
        }
    }
}
