//! The text of items that some builds leave out: a macro call around them, with the names of features in front.

use proc_macro2::{TokenStream, TokenTree};

use super::items;

/// A longer list gets a line for every name.
const WIDTH: usize = 100;

/// A macro call.
pub fn render(name: &str, tokens: TokenStream) -> syn::Result<String> {
    let mut trees = tokens.into_iter();
    let features = trees.next().map(list).unwrap_or_default();
    let semicolon = trees.next().map(|tree| tree.to_string()).unwrap_or_default();
    let inner = format!("{features}{semicolon}\n{}", items(syn::parse2(trees.collect())?)?);
    let lines = inner.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") });
    Ok(format!("{name}! {{\n{}}}\n", lines.collect::<String>()))
}

fn list(features: TokenTree) -> String {
    let TokenTree::Group(group) = features else { return features.to_string() };
    let names = group.stream().into_iter().filter(|tree| matches!(tree, TokenTree::Literal(_)));
    let names: Vec<String> = names.map(|name| name.to_string()).collect();
    let line = format!("[{}]", names.join(", "));
    if line.len() <= WIDTH {
        return line;
    }
    format!("[\n{}]", names.iter().map(|name| format!("    {name},\n")).collect::<String>())
}
