//! The lines of doc comments: no longer than is easy to read, and checked as a whole.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::markdown::{is_inert, verbatim};

/// `///` lines; nothing for an empty text.
pub fn outer(text: &str) -> TokenStream {
    let lines = lines(text);
    quote!(#(#[doc = #lines])*)
}

/// `//!` lines.
pub fn inner(text: &str) -> TokenStream {
    let lines = lines(text);
    quote!(#(#![doc = #lines])*)
}

/// The section of an example, which `cargo test` compiles and does not run.
pub fn outer_example(code: &str) -> TokenStream {
    let lines = indented(code);
    quote!(#[doc = " # Example"] #[doc = ""] #[doc = " ```no_run"] #(#[doc = #lines])* #[doc = " ```"] #[doc = ""])
}

/// An example, which `cargo test` runs.
pub fn inner_example(code: &str) -> TokenStream {
    let lines = indented(code);
    quote!(#![doc = " ```"] #(#![doc = #lines])* #![doc = " ```"])
}

fn indented(text: &str) -> Vec<String> {
    text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") }).collect()
}

/// The lines of a text. Its parts are harmless, and if they are not together, it is shown verbatim.
fn lines(text: &str) -> Vec<String> {
    let text = wrapped(text).join("\n");
    indented(&if is_inert(&text) { text } else { verbatim(text.trim()) })
}

fn wrapped(text: &str) -> Vec<String> {
    let mut fenced = false;
    // What the lines of an item or a quote begin with behind its first.
    let mut hanging = String::new();
    let mut lines = Vec::new();
    for line in text.trim().lines().map(str::trim_end) {
        let is_fence = is_fence(line);
        if line.is_empty() || is_fence || fenced {
            hanging.clear();
        }
        fenced ^= is_fence;
        // Headings, tables and code end with their line.
        if fenced || is_fence || line.starts_with(['#', '|', '`']) {
            lines.push(line.to_owned());
            continue;
        }
        let line = continued(line, &hanging);
        hanging = hanging_of(&line);
        wrap(&line, &hanging, &mut lines);
    }
    lines
}

/// A line that goes on with what the line before has begun, and does not say so.
fn continued(line: &str, hanging: &str) -> String {
    let text = line.trim_start();
    let word = text.split(' ').next().unwrap_or_default();
    let indent = line.len() - text.len();
    if hanging.is_empty() || begins_block(word) || (indent >= hanging.len() && !hanging.contains('>')) {
        return line.to_owned();
    }
    format!("{hanging}{text}")
}

/// What further lines of the same item, quote or paragraph begin with.
fn hanging_of(line: &str) -> String {
    let text = line.trim_start();
    let indent = &line[..line.len() - text.len()];
    let word = text.split(' ').next().unwrap_or_default();
    if text.starts_with('>') {
        return format!("{indent}> ");
    }
    let is_number = word.ends_with(['.', ')']) && word.starts_with(|letter: char| letter.is_ascii_digit());
    if matches!(word, "-" | "*" | "+") || (is_number && word.len() < 4) {
        return format!("{indent}{}", " ".repeat(word.len() + 1));
    }
    indent.to_owned()
}

/// Longer lines are hard to read in an editor.
const WIDTH: usize = 100;

/// Breaks a line of prose between words, though not between backticks.
fn wrap(line: &str, hanging: &str, lines: &mut Vec<String>) {
    let text = line.trim_start();
    let mut current = line[..line.len() - text.len()].to_owned();
    let mut quoted = false;
    for (index, word) in text.split(' ').enumerate() {
        let is_full = current.chars().count() + 1 + word.chars().count() > WIDTH;
        if index > 0 && is_full && !quoted && !begins_block(word) {
            lines.push(std::mem::replace(&mut current, hanging.to_owned()));
        } else if index > 0 {
            current.push(' ');
        }
        current.push_str(word);
        quoted ^= word.matches('`').count() % 2 == 1;
    }
    lines.push(current);
}

/// Whether a word at the beginning of a line would make something else of the line.
fn begins_block(word: &str) -> bool {
    word.starts_with(['#', '-', '+', '*', '>', '|', '=', '~'])
        || word.ends_with(['.', ')']) && word.starts_with(|letter: char| letter.is_ascii_digit())
}

fn is_fence(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '>']);
    line.starts_with("```") || line.starts_with("~~~")
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn items_and_quotes_hang_together() {
        let text = "- one\ngoes on\n  and on\n\nnot here\n> quoted\ngoes on\n\n1. first\nmore\n2. second";
        let expected = [
            "- one",
            "  goes on",
            "  and on",
            "",
            "not here",
            "> quoted",
            "> goes on",
            "",
            "1. first",
            "   more",
            "2. second",
        ];
        assert_eq!(wrapped(text), expected);
    }
}
