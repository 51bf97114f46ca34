//! The text of a codec table: a macro call with braces, of which every entry gets a line of its own.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// A macro call.
pub fn render(mac: &syn::Macro) -> String {
    let name = mac.path.segments.iter().map(|segment| segment.ident.to_string()).collect::<Vec<_>>().join("::");
    let mut text = format!("{name}! {{\n");
    block(&mac.tokens, 1, &mut text);
    text.push_str("}\n");
    text
}

/// What stands between braces: entries that end with a comma, a semicolon or a block.
fn block(tokens: &TokenStream, depth: usize, text: &mut String) {
    let mut line = String::new();
    let mut joint = true;
    for tree in tokens.clone() {
        match &tree {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                push_line(&format!("{line} {{"), depth, text);
                block(&group.stream(), depth + 1, text);
                push_line("}", depth, text);
                line.clear();
                joint = true;
            }
            TokenTree::Punct(punct) if matches!(punct.as_char(), ',' | ';') => {
                line.push(punct.as_char());
                push_line(&line, depth, text);
                line.clear();
                joint = true;
            }
            _ => joint = push_tree(&tree, joint, &mut line),
        }
    }
    if !line.is_empty() {
        push_line(&line, depth, text);
    }
}

fn push_line(line: &str, depth: usize, text: &mut String) {
    text.push_str(&"    ".repeat(depth));
    text.push_str(line.trim());
    text.push('\n');
}

/// Adds a token to a line; says whether the next one follows without a space.
fn push_tree(tree: &TokenTree, joint: bool, line: &mut String) -> bool {
    match tree {
        TokenTree::Group(group) => {
            let (open, close, spaced) = match group.delimiter() {
                Delimiter::Bracket => ('[', ']', !line.ends_with(['&', '('])),
                _ => ('(', ')', false),
            };
            if spaced && !joint {
                line.push(' ');
            }
            line.push(open);
            let mut joint = true;
            for tree in group.stream() {
                joint = push_tree(&tree, joint, line);
            }
            line.push(close);
            false
        }
        TokenTree::Punct(punct) => {
            let mark = punct.as_char();
            if !matches!(mark, ',' | ':' | ';') && !joint {
                line.push(' ');
            }
            line.push(mark);
            let ends_path = mark == ':' && line.ends_with("::");
            matches!(mark, '&' | '-') || ends_path || punct.spacing() == Spacing::Joint
        }
        other => {
            if !joint {
                line.push(' ');
            }
            line.push_str(&other.to_string());
            false
        }
    }
}
