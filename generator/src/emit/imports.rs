//! The `use` lines of a file: tokens with markers in, tokens with names and the lines that bring them in out.

use std::collections::BTreeSet;

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::quote;

use super::literal::ident;
use super::runtime::{RUNTIME, STD, TYPE};

/// The names that a file takes from elsewhere.
#[derive(Default)]
struct Imports {
    runtime: BTreeSet<String>,
    types: BTreeSet<String>,
    std: BTreeSet<String>,
}

/// Replaces the markers, and puts `use` lines in front; `own` are the types that the file itself defines.
pub fn resolve(tokens: TokenStream, own: &[&str]) -> TokenStream {
    let mut imports = Imports::default();
    let tokens = replace(tokens, &mut imports);
    imports.types.retain(|name| !own.contains(&name.as_str()));
    let std = lines(&imports.std, &quote!(std::collections));
    let runtime = lines(&imports.runtime, &quote!(client_runtime));
    let types = lines(&imports.types, &quote!(super));
    quote!(#std #runtime #types #tokens)
}

/// Replaces the markers by full paths, for code that stands alone.
pub fn spell_out(tokens: TokenStream, runtime: &TokenStream) -> TokenStream {
    let trees = tokens.into_iter().flat_map(|tree| match tree {
        TokenTree::Group(group) => {
            let inner = spell_out(group.stream(), runtime);
            TokenStream::from(TokenTree::Group(Group::new(group.delimiter(), inner)))
        }
        TokenTree::Ident(marker) => match marked(&marker) {
            Some((RUNTIME, name)) => {
                let name = ident(&name);
                quote!(#runtime::#name)
            }
            Some((STD, name)) => {
                let name = ident(&name);
                quote!(std::collections::#name)
            }
            Some((_, name)) => TokenStream::from(TokenTree::Ident(ident(&name))),
            None => TokenStream::from(TokenTree::Ident(marker)),
        },
        other => TokenStream::from(other),
    });
    trees.collect()
}

fn lines(names: &BTreeSet<String>, path: &TokenStream) -> TokenStream {
    let names: Vec<Ident> = names.iter().map(|name| ident(name)).collect();
    match names.as_slice() {
        [] => TokenStream::new(),
        [name] => quote!(use #path::#name;),
        names => quote!(use #path::{#(#names),*};),
    }
}

fn replace(tokens: TokenStream, imports: &mut Imports) -> TokenStream {
    tokens.into_iter().map(|tree| replace_tree(tree, imports)).collect()
}

fn replace_tree(tree: TokenTree, imports: &mut Imports) -> TokenTree {
    match tree {
        TokenTree::Group(group) => TokenTree::Group(Group::new(group.delimiter(), replace(group.stream(), imports))),
        TokenTree::Ident(marker) => {
            let Some((kind, name)) = marked(&marker) else { return TokenTree::Ident(marker) };
            let names = match kind {
                RUNTIME => &mut imports.runtime,
                TYPE => &mut imports.types,
                _ => &mut imports.std,
            };
            names.insert(name.clone());
            TokenTree::Ident(ident(&name))
        }
        other => other,
    }
}

fn marked(marker: &Ident) -> Option<(&'static str, String)> {
    let text = marker.to_string();
    [RUNTIME, TYPE, STD].into_iter().find_map(|kind| text.strip_prefix(kind).map(|name| (kind, name.to_owned())))
}
