//! Statements as text, for examples within documentation: tokens in, formatted lines out. Whole files are `render`'s.

use proc_macro2::TokenStream;

/// Statements without a function around them.
pub fn statements(tokens: TokenStream) -> String {
    let function = quote::quote!(fn f() { #tokens });
    let Ok(file) = syn::parse2(function) else { return tokens.to_string() };
    let text = prettyplease::unparse(&file);
    let lines = text.lines().skip(1).map(|line| line.strip_prefix("    ").unwrap_or(line));
    let lines: Vec<&str> = lines.collect();
    lines[..lines.len().saturating_sub(1)].join("\n")
}
