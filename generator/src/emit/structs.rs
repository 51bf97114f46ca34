//! Structs and their codec tables.

use proc_macro2::TokenStream;
use quote::quote;

use super::literal::shorthand;
use super::markdown::block;
use super::ty::From;
use super::{Context, docs, literal, runtime};
use crate::ir::{
    Access, Additional, Bound, Field, Fixed, Flatten, Limit, Literal, Pattern, PatternCheck, Presence, Struct, Type,
    TypeDef, TypeKind,
};

impl Context<'_> {
    /// A struct, its constructor and its codec.
    pub fn emit_struct(&self, definition: &TypeDef, object: &Struct) -> TokenStream {
        let name = literal::ident(&definition.name);
        let docs = docs::outer(&docs::type_docs(definition));
        let presets = object.fields.iter().any(|field| field.preset().is_some());
        let default = (definition.has_default && !presets).then(|| quote!(, Default));
        let is_made_by_server = definition.is_made_by_server();
        let non_exhaustive = is_made_by_server.then(|| quote!(#[non_exhaustive]));
        let fields = object.fields.iter().map(|field| self.emit_field(field));
        let flatten = object.flatten.iter().map(|flatten| self.emit_flatten(flatten));
        let additional = object.additional.iter().map(|additional| self.emit_additional(additional));
        let constructor = match definition.has_default && presets {
            true => self.emit_struct_default(&name, object),
            false => self.emit_constructor(&name, object, is_made_by_server),
        };
        let codec = self.emit_codec(&name, object);
        let debug = self.emit_debug(definition);
        let derived = debug.is_none().then(|| quote!(, Debug));
        quote! {
            #docs
            #[derive(Clone #derived #default, PartialEq)]
            #non_exhaustive
            pub struct #name {
                #(#fields,)*
                #(#flatten,)*
                #(#additional,)*
            }

            #debug

            #constructor

            #codec
        }
    }

    fn emit_field(&self, field: &Field) -> TokenStream {
        let docs = docs::field_docs(field);
        let docs = docs::outer(&docs);
        let deprecated = field.deprecated.then(|| quote!(#[deprecated]));
        let name = literal::ident(&field.name.rust);
        let ty = self.field_type(field);
        quote!(#docs #deprecated pub #name: #ty)
    }

    /// The type of a field with its presence.
    pub fn field_type(&self, field: &Field) -> TokenStream {
        let ty = self.ty(&field.ty, From::Types);
        match field.presence {
            Presence::Required => ty,
            Presence::Nullable | Presence::Optional => quote!(Option<#ty>),
            Presence::OptionalNullable => {
                let nullable = runtime::nullable();
                quote!(#nullable<#ty>)
            }
        }
    }

    fn emit_flatten(&self, flatten: &Flatten) -> TokenStream {
        let docs = block(&flatten.docs);
        let docs = if docs.trim().is_empty() { "The properties that depend on each other.".to_owned() } else { docs };
        let docs = docs::outer(&docs);
        let (name, ty) = (literal::ident(&flatten.rust), self.ty(&flatten.ty, From::Types));
        quote!(#docs pub #name: #ty)
    }

    fn emit_additional(&self, additional: &Additional) -> TokenStream {
        let (name, ty) = (literal::ident(&additional.rust), self.ty(&additional.ty, From::Types));
        quote! {
            /// The properties that the schema does not name.
            pub #name: #ty
        }
    }

    /// `new` with what must be given, for a struct that has more than that, or that nobody else can make otherwise.
    fn emit_constructor(&self, name: &proc_macro2::Ident, object: &Struct, is_made_by_server: bool) -> TokenStream {
        if !object.has_constructor(&self.api.types, is_made_by_server) {
            return TokenStream::new();
        }
        let mut arguments = Vec::new();
        let mut values = Vec::new();
        for field in &object.fields {
            let ident = literal::ident(&field.name.rust);
            if let Some(preset) = field.preset() {
                values.push(self.emit_preset(field, preset));
                continue;
            }
            match field.presence {
                Presence::Required => {
                    let (argument, value) = self.argument(&field.ty, &ident, From::Types);
                    arguments.push(quote!(#ident: #argument));
                    values.push(shorthand(&ident, value));
                }
                Presence::Nullable => {
                    let ty = self.field_type(field);
                    arguments.push(quote!(#ident: #ty));
                    values.push(quote!(#ident));
                }
                Presence::Optional => values.push(quote!(#ident: None)),
                Presence::OptionalNullable => {
                    let nullable = runtime::nullable();
                    values.push(quote!(#ident: #nullable::Absent));
                }
            }
        }
        for part in &object.flatten {
            let (ident, ty) = (literal::ident(&part.rust), self.ty(&part.ty, From::Types));
            if part.has_default(&self.api.types) {
                values.push(quote!(#ident: Default::default()));
            } else {
                arguments.push(quote!(#ident: #ty));
                values.push(quote!(#ident));
            }
        }
        values.extend(object.additional.iter().map(|additional| {
            let ident = literal::ident(&additional.rust);
            quote!(#ident: Default::default())
        }));
        let allow = allow_deprecated(object);
        quote! {
            impl #name {
                /// What must be given, and nothing else.
                #allow
                pub fn new(#(#arguments),*) -> Self {
                    Self { #(#values),* }
                }
            }
        }
    }

    /// `Default` where a property has a value by then.
    fn emit_struct_default(&self, name: &proc_macro2::Ident, object: &Struct) -> TokenStream {
        let fields = object.fields.iter().map(|field| match field.preset() {
            Some(preset) => self.emit_preset(field, preset),
            None => {
                let ident = literal::ident(&field.name.rust);
                quote!(#ident: Default::default())
            }
        });
        let others =
            object.flatten.iter().map(|part| &part.rust).chain(object.additional.iter().map(|rest| &rest.rust));
        let others = others.map(|rust| {
            let ident = literal::ident(rust);
            quote!(#ident: Default::default())
        });
        let allow = allow_deprecated(object);
        quote! {
            impl Default for #name {
                #allow
                fn default() -> Self {
                    Self { #(#fields,)* #(#others,)* }
                }
            }
        }
    }

    /// A field with the value that it has at first.
    fn emit_preset(&self, field: &Field, preset: &Literal) -> TokenStream {
        let (ident, value) = (literal::ident(&field.name.rust), literal::preset(preset, &field.ty));
        match field.presence {
            Presence::Required => quote!(#ident: #value),
            Presence::Nullable | Presence::Optional => quote!(#ident: Some(#value)),
            Presence::OptionalNullable => {
                let nullable = runtime::nullable();
                quote!(#ident: #nullable::Value(#value))
            }
        }
    }

    /// Whether null is a value like any other.
    fn holds_null(&self, ty: &Type) -> bool {
        match ty {
            Type::Named(id) => match &self.api.types[*id].kind {
                TypeKind::Alias(alias) => self.holds_null(&alias.ty),
                _ => false,
            },
            _ => ty.is_nullable(),
        }
    }

    fn emit_codec(&self, name: &proc_macro2::Ident, object: &Struct) -> TokenStream {
        let macro_name = runtime::object_macro();
        let fields = object.fields.iter().map(|field| {
            let ident = literal::ident(&field.name.rust);
            let wire = &field.name.wire;
            let is_read_only = field.access == Access::ReadOnly;
            let role = literal::ident(match field.presence {
                Presence::Required => "required",
                Presence::Nullable => "nullable",
                Presence::Optional if self.holds_null(&field.ty) && is_read_only => "read_only_json",
                Presence::Optional if self.holds_null(&field.ty) => "optional_json",
                Presence::Optional if is_read_only => "read_only",
                Presence::Optional => "optional",
                Presence::OptionalNullable if is_read_only => "read_only_nullable",
                Presence::OptionalNullable => "optional_nullable",
            });
            // What is not sent is not checked.
            let limits = if is_read_only { TokenStream::new() } else { emit_limit_list(&field.limits) };
            let constant = match &field.fixed {
                Fixed::Constant(value) => {
                    let value = literal::json(value);
                    quote!(= #value)
                }
                Fixed::No | Fixed::Tag(_) => TokenStream::new(),
            };
            quote!(#ident: #role #wire #constant #limits,)
        });
        let constants = object.constants.iter().map(|(name, value)| {
            let value = literal::json(value);
            quote!(constant #name = #value;)
        });
        let flatten = object.flatten.iter().map(|flatten| {
            let ident = literal::ident(&flatten.rust);
            quote!(flatten #ident;)
        });
        let additional = object.additional.iter().map(|additional| {
            let ident = literal::ident(&additional.rust);
            quote!(additional #ident;)
        });
        quote! {
            #macro_name! {
                #name { #(#fields)* }
                #(#constants)*
                #(#flatten)*
                #(#additional)*
            }
        }
    }
}

/// What a function needs that names all fields.
pub fn allow_deprecated(object: &Struct) -> Option<TokenStream> {
    let reason = "the field is there for as long as the document has it";
    object.fields.iter().any(|field| field.deprecated).then(|| quote!(#[allow(deprecated, reason = #reason)]))
}

/// `[limits]`, or nothing.
pub fn emit_limit_list(limits: &[Limit]) -> TokenStream {
    let limits: Vec<TokenStream> = emit_limits(limits);
    if limits.is_empty() { TokenStream::new() } else { quote!([#(#limits),*]) }
}

/// The constraints that the codec checks.
pub fn emit_limits(limits: &[Limit]) -> Vec<TokenStream> {
    limits.iter().filter_map(emit_limit).collect()
}

fn emit_limit(limit: &Limit) -> Option<TokenStream> {
    let name = runtime::limit();
    let (variant, value) = match limit {
        Limit::MinLength(count) => ("MinLength", count_of(*count)),
        Limit::MaxLength(count) => ("MaxLength", count_of(*count)),
        Limit::MinItems(count) => ("MinItems", count_of(*count)),
        Limit::MaxItems(count) => ("MaxItems", count_of(*count)),
        Limit::MinProperties(count) => ("MinProperties", count_of(*count)),
        Limit::MaxProperties(count) => ("MaxProperties", count_of(*count)),
        Limit::Minimum(number) => bound_of(*number, "Minimum", "MinimumInteger", 0),
        Limit::Maximum(number) => bound_of(*number, "Maximum", "MaximumInteger", 0),
        Limit::ExclusiveMinimum(number) => bound_of(*number, "ExclusiveMinimum", "MinimumInteger", 1),
        Limit::ExclusiveMaximum(number) => bound_of(*number, "ExclusiveMaximum", "MaximumInteger", -1),
        Limit::MultipleOf(number) => ("MultipleOf", float_of(*number)),
        Limit::Pattern(pattern) => return Some(emit_pattern(pattern)),
        Limit::Items(limits) => ("Items", list_of(limits)?),
        Limit::Item(index, limits) => {
            let (index, limits) = (literal::count(*index), list_of(limits)?);
            ("Item", quote!(#index, #limits))
        }
        Limit::Values(limits) => ("Values", list_of(limits)?),
        Limit::UniqueItems => return Some(quote!(#name::UniqueItems)),
        Limit::Format(_) => return None,
    };
    let variant = literal::ident(variant);
    Some(quote!(#name::#variant(#value)))
}

fn emit_pattern(pattern: &Pattern) -> TokenStream {
    let (name, source) = (runtime::limit(), &pattern.source);
    match &pattern.check {
        PatternCheck::AsWritten => quote!(#name::Pattern(#source)),
        PatternCheck::Linear(regex) => quote!(#name::Translated(#source, #regex)),
        PatternCheck::Backtracking(regex) => quote!(#name::Backtracking(#source, #regex)),
    }
}

fn count_of(count: usize) -> TokenStream {
    let count = literal::count(count);
    quote!(#count)
}

/// The limit of a bound, which for a number that `f64` cannot tell from its neighbors is `wide`, an inclusive one that is
/// `step` further.
fn bound_of(number: Bound, name: &'static str, wide: &'static str, step: i128) -> (&'static str, TokenStream) {
    match number.wide() {
        Some(number) => (wide, literal::integer(number.saturating_add(step))),
        None => (name, float_of(number.to_f64())),
    }
}

fn float_of(number: f64) -> TokenStream {
    let number = literal::float(number);
    quote!(#number)
}

fn list_of(limits: &[Limit]) -> Option<TokenStream> {
    let limits = emit_limits(limits);
    (!limits.is_empty()).then(|| quote!(&[#(#limits),*]))
}
