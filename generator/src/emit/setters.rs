//! The setters of a prepared call: one for every optional parameter, and for what is optional in its body.

use proc_macro2::TokenStream;
use quote::quote;

use super::markdown::block;
use super::ty::From;
use super::{Context, docs, literal, runtime};
use crate::ir::{Access, Arity, BodyContent, Field, Flatten, Operation, Parameter, Presence, RequestBody};

impl Context<'_> {
    /// All setters of a call.
    pub fn emit_setters(&self, operation: &Operation) -> Vec<TokenStream> {
        let optional = operation.parameters.iter().filter(|parameter| parameter.arity == Arity::Optional);
        let mut setters: Vec<TokenStream> = optional.map(|parameter| self.emit_parameter_setter(parameter)).collect();
        if let Some(body) = &operation.body {
            setters.extend(self.emit_body_setters(body));
        }
        setters
    }

    fn emit_parameter_setter(&self, parameter: &Parameter) -> TokenStream {
        let docs = docs::value_docs(&parameter.docs, &parameter.wire, &parameter.limits, parameter.default.as_deref());
        let docs = docs::outer(&docs);
        let deprecated = parameter.deprecated.then(|| quote!(#[deprecated]));
        let name = literal::ident(&parameter.rust);
        let (argument, value) = self.argument(&parameter.ty, &name, From::Elsewhere);
        quote! {
            #docs
            #deprecated
            pub fn #name(mut self, #name: #argument) -> Self {
                self.#name = Some(#value);
                self
            }
        }
    }

    fn emit_body_setters(&self, body: &RequestBody) -> Vec<TokenStream> {
        match &body.content {
            BodyContent::Whole { arity: Arity::Required, .. } => Vec::new(),
            BodyContent::Whole { arity: Arity::Optional, ty, .. } => {
                let docs = block(&body.docs);
                let docs = docs::outer(if docs.trim().is_empty() { "The request body." } else { &docs });
                let (argument, value) = self.argument(ty, &literal::ident("body"), From::Elsewhere);
                vec![quote! {
                    #docs
                    pub fn body(mut self, body: #argument) -> Self {
                        self.body = Some(#value);
                        self
                    }
                }]
            }
            BodyContent::Properties { ty } => {
                let Some(object) = self.structure(*ty) else { return Vec::new() };
                let fields = object.fields.iter().filter_map(|field| self.emit_property_setter(field));
                let flatten = object.flatten.iter().filter(|flatten| flatten.has_default(&self.api.types));
                fields.chain(flatten.map(|flatten| self.emit_flatten_setter(flatten))).collect()
            }
        }
    }

    fn emit_property_setter(&self, field: &Field) -> Option<TokenStream> {
        let name = literal::ident(&field.name.rust);
        if field.access == Access::ReadOnly {
            return None;
        }
        let (argument, value) = match field.presence {
            Presence::Required if field.preset().is_some() => self.argument(&field.ty, &name, From::Elsewhere),
            Presence::Required | Presence::Nullable => return None,
            Presence::Optional => {
                let (argument, value) = self.argument(&field.ty, &name, From::Elsewhere);
                (argument, quote!(Some(#value)))
            }
            Presence::OptionalNullable => {
                let (nullable, ty) = (runtime::nullable(), self.ty(&field.ty, From::Elsewhere));
                (quote!(impl Into<#nullable<#ty>>), quote!(#name.into()))
            }
        };
        let docs = docs::value_docs(&field.docs, &field.name.wire, &field.limits, field.default.as_deref());
        let docs = docs::outer(&docs);
        let deprecated = field.deprecated.then(|| quote!(#[deprecated]));
        let allow =
            field.deprecated.then(|| quote!(#[allow(deprecated, reason = "the field is deprecated with its setter")]));
        Some(quote! {
            #docs
            #deprecated
            #allow
            pub fn #name(mut self, #name: #argument) -> Self {
                self.body.#name = #value;
                self
            }
        })
    }

    fn emit_flatten_setter(&self, flatten: &Flatten) -> TokenStream {
        let docs = block(&flatten.docs);
        let docs =
            docs::outer(if docs.trim().is_empty() { "The properties that depend on each other." } else { &docs });
        let (name, ty) = (literal::ident(&flatten.rust), self.ty(&flatten.ty, From::Elsewhere));
        quote! {
            #docs
            pub fn #name(mut self, #name: #ty) -> Self {
                self.body.#name = #name;
                self
            }
        }
    }
}
