//! Features: the `#[cfg(…)]` of items, and what the docs say of them.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::docs::paragraphs;
use crate::ir::{Feature, FeatureContent, Gate};

/// With more features, the docs do not give each a line of its own.
const MAX_LINES: usize = 12;

/// The attribute of an item that not every build has.
pub fn attribute(gate: &Gate) -> TokenStream {
    match gate {
        Gate::Open => TokenStream::new(),
        Gate::AnyOf(features) => match features.as_slice() {
            [feature] => quote!(#[cfg(feature = #feature)]),
            features => quote!(#[cfg(any(#(feature = #features),*))]),
        },
    }
}

impl Context<'_> {
    /// The attribute of what every build has, and only resources use.
    pub fn allow_unused(&self) -> TokenStream {
        if self.api.resources.iter().any(|resource| resource.gate == Gate::Open) {
            return TokenStream::new();
        }
        quote!(#[allow(dead_code, reason = "the resources that use it may be left out")])
    }
}

/// The section of the docs that tells of features; nothing if there are none.
pub fn section(cx: &Context<'_>) -> String {
    let features = &cx.api.features;
    let Some(first) = features.parts.first() else { return String::new() };
    let intro = format!(
        "All features below are on by default. To compile less, turn default features off and name what is called beside a TLS \
         implementation, as in `features = [\"{}\", \"rustls\"]`. What a feature needs comes with it.",
        first.name
    );
    let module = features.module.as_ref().map(|module| format!("`{module}`: the client, which all of them need"));
    let full = features.full.as_ref().map(|full| format!("`{full}`: all of them"));
    let lines = module.into_iter().chain(full).chain(features.parts.iter().map(|part| line(cx, part)));
    let list = if features.parts.len() <= MAX_LINES {
        lines.map(|line| format!("- {line}")).collect::<Vec<_>>().join("\n")
    } else {
        let names = features.module.iter().chain(&features.full).chain(features.parts.iter().map(|part| &part.name));
        names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ") + "."
    };
    paragraphs(&["# Features".to_owned(), intro, list])
}

fn line(cx: &Context<'_>, part: &Feature) -> String {
    let content = match &part.content {
        FeatureContent::OtherTypes => "the types that no operation needs".to_owned(),
        FeatureContent::Resources(resources) => {
            let resources = resources.iter().map(|index| format!("[`Client::{}`]", cx.api.resources[*index].accessor));
            resources.collect::<Vec<_>>().join(", ")
        }
    };
    format!("`{}`: {content}", part.name)
}
