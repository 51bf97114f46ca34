//! How the double answers: what a call is to yield in, the expression of a response out.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::is_bytes;
use crate::emit::call::event_format_name;
use crate::emit::ty::From;
use crate::emit::{Context, features, literal, runtime};
use crate::ir::{Case, CaseOutcome, ReadFormat, Resource, Responses, Success, SuccessVariant};

/// The names of the bodies of documented errors, for the double.
pub fn emit_error_bodies(cx: &Context<'_>) -> TokenStream {
    let (body_trait, content) = (runtime::double_error_body(), runtime::double_content());
    let arms = cx.api.error_bodies.iter().map(|body| {
        let (name, variant) = (&body.variant, literal::ident(&body.variant));
        let kind = literal::ident(if is_bytes(&body.ty) { "bytes" } else { "json" });
        let gate = features::attribute(&body.gate);
        quote!(#gate Self::#variant(ref body) => (#name, #content::#kind(body)),)
    });
    quote! {
        impl #body_trait for ErrorBody {
            fn content(&self) -> (&'static str, #content) {
                // Not of a reference, which would have a value even where all variants are left out.
                match *self { #(#arms)* }
            }
        }
    }
}

impl Context<'_> {
    /// What a call is told to yield: a list where it is a stream.
    pub fn emit_doubled_success(&self, resource: &Resource, success: &Success) -> TokenStream {
        match success {
            Success::Events(ty, _) => {
                let ty = self.ty(ty, From::Elsewhere);
                quote!(Vec<#ty>)
            }
            Success::OneOf { type_name, .. } => one_of(resource, type_name),
            _ => self.emit_success_type(success),
        }
    }

    /// The name of the success, and the response that is made of it.
    pub fn emit_answer(&self, resource: &Resource, responses: &Responses) -> (Ident, TokenStream) {
        let success = literal::ident("success");
        let with_body = || find(responses, |body, _| body.is_some()).map(|case| written(case, &quote!(success)));
        let without_body = || bare(find(responses, |body, _| body.is_none()));
        let answer = match &responses.success {
            Success::Nothing => return (literal::ident("_"), without_body()),
            Success::Always(_) | Success::Events(..) => with_body().unwrap_or_else(without_body),
            Success::Maybe(_) => {
                let (with, without) = (with_body(), without_body());
                quote!(match success { Some(success) => #with, None => #without })
            }
            Success::List(_) => {
                let (with, without) = (with_body(), without_body());
                quote!(if success.is_empty() { #without } else { #with })
            }
            Success::OneOf { type_name, variants } => {
                let name = one_of(resource, type_name);
                let arms =
                    variants.iter().enumerate().map(|(index, variant)| emit_arm(responses, &name, index, variant));
                quote!(match success { #(#arms)* })
            }
        };
        (success, answer)
    }
}

fn emit_arm(responses: &Responses, name: &TokenStream, index: usize, variant: &SuccessVariant) -> TokenStream {
    let case = find(responses, |_, found| found == Some(index));
    let rust = literal::ident(&variant.rust);
    match (case, &variant.ty) {
        (Some(case), Some(_)) => {
            let answer = written(case, &quote!(success));
            quote!(#name::#rust(success) => #answer,)
        }
        (case, _) => {
            let answer = bare(case);
            quote!(#name::#rust => #answer,)
        }
    }
}

/// The enum of what a call yields, which stands with its operation.
fn one_of(resource: &Resource, type_name: &str) -> TokenStream {
    let (module, name) = (literal::ident(&resource.accessor), literal::ident(type_name));
    quote!(operations::#module::#name)
}

/// The first successful case of that kind.
fn find(responses: &Responses, is_wanted: impl Fn(Option<ReadFormat>, Option<usize>) -> bool) -> Option<&Case> {
    responses.cases.iter().find(|case| match case.outcome {
        CaseOutcome::Success { body, variant } => is_wanted(body, variant),
        _ => false,
    })
}

/// A response without a body; where the document has none, the one that HTTP has.
fn bare(case: Option<&Case>) -> TokenStream {
    let (answer, status) =
        (runtime::double_answer(), literal::count(case.map_or(200, |case| case.sample.status.into())));
    quote!(#answer::new(#status))
}

/// A response with a body.
fn written(case: &Case, body: &TokenStream) -> TokenStream {
    let (bare, media_type) = (bare(Some(case)), &case.sample.media_type);
    let CaseOutcome::Success { body: Some(format), .. } = case.outcome else { return bare };
    match format {
        ReadFormat::Json => quote!(#bare.json(#media_type, #body)),
        ReadFormat::Any => quote!(#bare.any(#media_type, #body)),
        ReadFormat::Text => quote!(#bare.text(#media_type, #body)),
        ReadFormat::Bytes => quote!(#bare.bytes(#media_type, #body.clone())),
        ReadFormat::Events(format) => {
            let (ty, format) = (runtime::event_format(), literal::ident(event_format_name(format)));
            quote!(#bare.events(#media_type, #ty::#format, #body))
        }
    }
}
