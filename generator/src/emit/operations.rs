//! The files of operations: one for every resource, with a prepared call for every operation. Setters are in `setters`,
//! how a call is sent in `call`.

use proc_macro2::TokenStream;
use quote::quote;

use super::literal::shorthand;
use super::markdown::{block, phrase};
use super::ty::From;
use super::{Context, Module, docs, example, features, imports, literal, runtime, sizes};
use crate::ir::{
    Arity, BodyContent, Flatten, Operation, Parameter, Presence, RequestBody, Resource, ResponseHeaders, Struct,
    Success, Type, TypeId, TypeKind,
};

/// All files of operations.
pub fn emit_operations(cx: &Context<'_>) -> Vec<Module> {
    let files = cx.api.resources.iter().map(|resource| {
        let (name, gate) = (literal::ident(&resource.accessor), features::attribute(&resource.gate));
        quote!(#gate pub mod #name;)
    });
    let index = quote! {
        //! The operations by resource.
        #(#files)*
    };
    let mut modules = vec![Module { path: "operations/mod.rs".to_owned(), tokens: index }];
    modules.extend(cx.api.resources.iter().map(|resource| emit_resource(cx, resource)));
    modules
}

fn emit_resource(cx: &Context<'_>, resource: &Resource) -> Module {
    let ty = literal::ident(&resource.type_name);
    let methods = resource.operations.iter().map(|operation| cx.emit_method(operation));
    let calls = resource.operations.iter().map(|operation| cx.emit_call_type(resource, operation));
    let title = docs::sentence(&phrase(if resource.tag.is_empty() { "General" } else { &resource.tag }));
    let accessor = literal::ident(&resource.accessor).to_string();
    let file_docs = docs::inner(&docs::paragraphs(&[title, block(&resource.docs)]));
    let type_docs = docs::outer(&format!("See [`Client::{accessor}`]."));
    let tokens = imports::resolve(
        quote! {
            #type_docs
            #[derive(Clone, Copy, Debug)]
            pub struct #ty<'a> {
                client: &'a Client,
            }

            impl<'a> #ty<'a> {
                pub(in super::super) fn new(client: &'a Client) -> Self {
                    Self { client }
                }

                #(#methods)*
            }

            #(#calls)*
        },
        &[],
    );
    let own = cx.root.own_path();
    let used = tokens.to_string();
    let mentions = |word: &str| used.contains(word);
    let types = mentions("types :: ").then(|| quote!(use #own::types;));
    let constants = cx.constants(resource);
    let client = if constants.is_empty() {
        quote!(use #own::client::Client;)
    } else {
        quote!(use #own::client::{Client, #(#constants),*};)
    };
    let tokens = quote! {
        #file_docs
        #client
        use #own::error::{Error, ErrorBody};
        #types
        #tokens
    };
    Module { path: format!("operations/{}.rs", resource.accessor), tokens }
}

/// So many arguments beside `self` are too many for clippy.
const MANY_ARGUMENTS: usize = 7;

/// A part of a call: an argument or a setter, and the field that it fills.
struct Part {
    arguments: Vec<TokenStream>,
    values: Vec<TokenStream>,
}

impl Context<'_> {
    /// The constants of schemes and servers that the operations of a resource use.
    fn constants(&self, resource: &Resource) -> Vec<proc_macro2::Ident> {
        let operations = &resource.operations;
        let mut schemes: Vec<_> = operations.iter().flat_map(|one| one.security.iter().flatten().copied()).collect();
        let mut servers: Vec<_> = operations.iter().filter_map(|one| one.server).collect();
        for indices in [&mut schemes, &mut servers] {
            indices.sort_unstable();
            indices.dedup();
        }
        let schemes = schemes.iter().map(|index| &self.api.security_schemes[*index].constant);
        schemes
            .chain(servers.iter().map(|index| &self.api.servers[*index].constant))
            .map(|name| literal::ident(name))
            .collect()
    }

    fn emit_method(&self, operation: &Operation) -> TokenStream {
        let example = example::text(self, operation);
        let docs = docs::operation(self, operation, example.as_deref());
        let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
        let allow = self
            .fills_deprecated(operation)
            .then(|| quote!(#[allow(deprecated, reason = "the property is there for as long as the document has it")]));
        let (name, ty) = (literal::ident(&operation.method_name), literal::ident(&operation.type_name));
        let Part { arguments, values } = self.emit_arguments(operation);
        let options = runtime::call_options();
        let many = (arguments.len() >= MANY_ARGUMENTS)
            .then(|| quote!(#[allow(clippy::too_many_arguments, reason = "the server wants them all")]));
        quote! {
            #docs
            #deprecated
            #allow
            #many
            pub fn #name(&self, #(#arguments),*) -> #ty<'a> {
                #ty { client: self.client, call_options: #options::new(), #(#values),* }
            }
        }
    }

    /// Whether a method fills in a property that is deprecated.
    fn fills_deprecated(&self, operation: &Operation) -> bool {
        let Some(BodyContent::Properties { ty }) = operation.body.as_ref().map(|body| &body.content) else {
            return false;
        };
        self.structure(*ty).is_some_and(|object| object.given_fields().any(|field| field.deprecated))
    }

    fn emit_arguments(&self, operation: &Operation) -> Part {
        let mut part = Part { arguments: Vec::new(), values: Vec::new() };
        for parameter in &operation.parameters {
            let name = literal::ident(&parameter.rust);
            match parameter.arity {
                Arity::Required => self.push_argument(&mut part, &name, &parameter.ty),
                Arity::Optional => part.values.push(quote!(#name: None)),
            }
        }
        match operation.body.as_ref().map(|body| &body.content) {
            Some(BodyContent::Whole { arity: Arity::Required, ty, .. }) => {
                self.push_argument(&mut part, &literal::ident("body"), ty);
            }
            Some(BodyContent::Whole { arity: Arity::Optional, .. }) => part.values.push(quote!(body: None)),
            Some(BodyContent::Properties { ty }) => self.push_properties(&mut part, *ty),
            None => {}
        }
        part
    }

    fn push_argument(&self, part: &mut Part, name: &proc_macro2::Ident, ty: &Type) {
        let (argument, value) = self.argument(ty, name, From::Elsewhere);
        part.arguments.push(quote!(#name: #argument));
        part.values.push(shorthand(name, value));
    }

    /// The required properties of a body as arguments, and the body made of them.
    fn push_properties(&self, part: &mut Part, id: TypeId) {
        let Some(object) = self.structure(id) else { return };
        let ty = self.named(id, From::Elsewhere);
        if self.api.types[id].has_default {
            part.values.push(quote!(body: #ty::default()));
            return;
        }
        let mut fields = Vec::new();
        for field in object.given_fields() {
            let name = literal::ident(&field.name.rust);
            let inner = self.ty(&field.ty, From::Elsewhere);
            if field.presence == Presence::Nullable {
                part.arguments.push(quote!(#name: Option<#inner>));
                fields.push((name.clone(), quote!(#name)));
            } else {
                let (argument, value) = self.argument(&field.ty, &name, From::Elsewhere);
                part.arguments.push(quote!(#name: #argument));
                fields.push((name, value));
            }
        }
        for flatten in self.required_flatten(object) {
            let (name, ty) = (literal::ident(&flatten.rust), self.ty(&flatten.ty, From::Elsewhere));
            part.arguments.push(quote!(#name: #ty));
            fields.push((name.clone(), quote!(#name)));
        }
        if fields.len() < object.fields.len() + object.flatten.len() {
            // The constructor takes the same arguments in the same order, and converts them itself.
            let values = fields.iter().map(|(name, _)| name);
            part.values.push(quote!(body: #ty::new(#(#values),*)));
        } else {
            let values = fields.iter().map(|(name, value)| shorthand(name, value.clone()));
            part.values.push(quote!(body: #ty { #(#values),* }));
        }
    }

    /// The properties of a type, if it has some.
    pub fn structure(&self, id: TypeId) -> Option<&Struct> {
        match &self.api.types[id].kind {
            TypeKind::Struct(object) => Some(object),
            _ => None,
        }
    }

    fn required_flatten<'s>(&'s self, object: &'s Struct) -> impl Iterator<Item = &'s Flatten> {
        object.flatten.iter().filter(|flatten| !flatten.has_default(&self.api.types))
    }

    fn emit_call_type(&self, resource: &Resource, operation: &Operation) -> TokenStream {
        let ty = literal::ident(&operation.type_name);
        let docs = docs::outer(&format!(
            "A prepared call of [`{}::{}`]: await it to send it.",
            resource.type_name,
            operation.method_name.trim_start_matches("r#")
        ));
        let fields = operation.parameters.iter().map(|parameter| {
            let (name, ty) = (literal::ident(&parameter.rust), self.parameter_type(parameter));
            quote!(#name: #ty)
        });
        let body = operation.body.as_ref().map(|body| self.body_type(body)).map(|ty| quote!(body: #ty,));
        let setters: Vec<TokenStream> = self.emit_setters(operation);
        let options = runtime::call_options();
        let future = self.emit_future(operation);
        let pages = operation.paging.as_ref().map(|paging| self.emit_pages(operation, paging));
        let paged = operation.paging.as_ref().map(|paging| self.emit_paged(operation, paging));
        let is_first = resource.operations.iter().find(|other| yields_same(other, operation));
        let success = is_first.filter(|first| std::ptr::eq(*first, operation)).map(|first| self.emit_success(first));
        let headers = operation.responses.headers.as_ref().map(|headers| self.emit_headers(operation, headers));
        quote! {
            #docs
            #[derive(Clone, Debug)]
            #[must_use = "a call is sent when it is awaited"]
            pub struct #ty<'a> {
                client: &'a Client,
                call_options: #options,
                #(#fields,)*
                #body
            }

            impl #ty<'_> {
                #(#setters)*

                /// How this call is sent: time limits, retries, headers.
                pub fn with(mut self, options: #options) -> Self {
                    self.call_options = options;
                    self
                }

                #pages
            }

            #future

            #paged

            #success

            #headers
        }
    }

    /// The type of a parameter that may not be there.
    pub fn parameter_type(&self, parameter: &Parameter) -> TokenStream {
        self.optional(&parameter.ty, parameter.arity)
    }

    /// The type of a body that may not be there.
    pub fn body_type(&self, body: &RequestBody) -> TokenStream {
        match &body.content {
            BodyContent::Whole { arity, ty, .. } => self.optional(ty, *arity),
            BodyContent::Properties { ty } => self.named(*ty, From::Elsewhere),
        }
    }

    fn optional(&self, ty: &Type, arity: Arity) -> TokenStream {
        let ty = self.ty(ty, From::Elsewhere);
        match arity {
            Arity::Required => ty,
            Arity::Optional => quote!(Option<#ty>),
        }
    }

    /// The headers of a response as a struct.
    fn emit_headers(&self, operation: &Operation, found: &ResponseHeaders) -> TokenStream {
        let (name, macro_name) = (literal::ident(&found.type_name), runtime::headers_macro());
        let docs = docs::outer(&format!(
            "The headers of a response of [`{}`], which `response.typed_headers::<{}>()` gives.",
            operation.type_name, found.type_name
        ));
        let fields = found.headers.iter().map(|header| {
            let docs = docs::outer(&docs::value_docs(&header.docs, &header.wire, &[], None));
            let (name, ty) = (literal::ident(&header.rust), self.ty(&header.ty, From::Elsewhere));
            let ty = if header.arity == Arity::Required { ty } else { quote!(Option<#ty>) };
            quote!(#docs pub #name: #ty)
        });
        let table = found.headers.iter().map(|header| {
            let (name, wire) = (literal::ident(&header.rust), &header.wire);
            let role = literal::ident(if header.arity == Arity::Required { "required" } else { "optional" });
            quote!(#name: #role #wire,)
        });
        quote! {
            #docs
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub struct #name {
                #(#fields,)*
            }

            #macro_name! { #name { #(#table)* } }
        }
    }

    /// The enum of what a call may yield, if that is one of several things.
    fn emit_success(&self, operation: &Operation) -> TokenStream {
        let Success::OneOf { type_name, variants } = &operation.responses.success else { return TokenStream::new() };
        let name = literal::ident(type_name);
        let docs = docs::outer(&format!("What [`{}`] yields, by status.", operation.type_name));
        let allow = sizes::allow_uneven(&self.api.types, variants.iter().filter_map(|variant| variant.ty.as_ref()));
        let variants = variants.iter().map(|variant| {
            let docs = docs::outer(&docs::sentence(&block(&variant.docs)));
            let name = literal::ident(&variant.rust);
            match &variant.ty {
                Some(ty) => {
                    let ty = self.ty(ty, From::Elsewhere);
                    quote!(#docs #name(#ty),)
                }
                None => quote!(#docs #name,),
            }
        });
        quote! {
            #docs
            #[derive(Clone, Debug, PartialEq)]
            #allow
            #[non_exhaustive]
            pub enum #name {
                #(#variants)*
            }
        }
    }
}

/// Whether two calls yield the same enum, which is written with the first.
fn yields_same(one: &Operation, other: &Operation) -> bool {
    match (&one.responses.success, &other.responses.success) {
        (Success::OneOf { type_name: one, .. }, Success::OneOf { type_name: other, .. }) => one == other,
        _ => false,
    }
}
