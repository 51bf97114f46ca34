//! Text of the document as Markdown that rustdoc shows and never runs.
//!
//! [`block`], [`phrase`] and [`code`] are the only ways from a document into documentation. They parse the text as rustdoc
//! does. Code blocks become `text`, raw HTML is escaped, images become links, and links lead to the web or are shown as text.
//! Each pass over the text corrects its source; what is not corrected after a few passes is shown verbatim.

mod correct;
mod visible;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use self::correct::{apply, corrections};
use self::visible::visible;

/// A correction can reveal something else, as the end of a raw tag does. More passes than this are never needed by text that
/// means well.
const MAX_PASSES: usize = 8;

/// What rustdoc makes of Markdown beside CommonMark.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
}

/// Markdown of the document, as paragraphs, lists and tables.
pub fn block(text: &str) -> String {
    let mut text = visible(text.trim()).into_owned();
    for _ in 0..MAX_PASSES {
        if !is_suspicious(&text) {
            return text;
        }
        let corrections = corrections(&text);
        if corrections.is_empty() {
            return text;
        }
        text = apply(&text, corrections);
    }
    verbatim(&text)
}

/// Markdown of the document on one line, for the middle of a sentence.
pub fn phrase(text: &str) -> String {
    let line = visible(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut text = line.clone();
    for _ in 0..MAX_PASSES {
        if !is_suspicious(&text) && !begins_block(&text) {
            return text;
        }
        if !is_paragraph(&text) {
            text = escape_beginning(&text);
            continue;
        }
        let corrections = corrections(&text);
        if corrections.is_empty() {
            return text;
        }
        text = apply(&text, corrections);
    }
    code(&line)
}

/// Text of the document between backticks, in which everything stands for itself.
pub fn code(text: &str) -> String {
    let text = visible(text).replace('\n', " ");
    if !text.contains('`') {
        return format!("`{text}`");
    }
    let fence = "`".repeat(longest_run(&text, '`') + 1);
    format!("{fence} {text} {fence}")
}

/// Whether rustdoc shows Markdown and does nothing else with it. Links are not looked at.
pub fn is_inert(markdown: &str) -> bool {
    if !is_suspicious(markdown) {
        return true;
    }
    visible(markdown) == markdown
        && Parser::new_ext(markdown, options()).all(|event| match event {
            Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::Image { .. }) => false,
            Event::Start(Tag::CodeBlock(kind)) => matches!(kind, CodeBlockKind::Fenced(info) if &*info == TEXT),
            _ => true,
        })
}

/// Text of the document as a code block, in which everything stands for itself.
pub fn verbatim(text: &str) -> String {
    let text = visible(text);
    let fence = fence_around(&text);
    format!("{fence}{TEXT}\n{text}\n{fence}")
}

/// The language of code blocks that rustdoc does not run.
const TEXT: &str = "text";

/// A fence that nothing in `text` closes.
fn fence_around(text: &str) -> String {
    "`".repeat((longest_run(text, '`') + 1).max(3))
}

fn longest_run(text: &str, letter: char) -> usize {
    text.split(|other| other != letter).map(str::len).max().unwrap_or_default()
}

/// Whether something in a text might be other than plain paragraphs, lists and headings. Most texts are not, and need no parser.
fn is_suspicious(text: &str) -> bool {
    text.contains(['<', '[', '`', '~', '\t'])
        || text.contains("    ")
        || text.contains("://")
        || visible::has_hidden(text)
}

/// Whether a line may begin with something else than words.
fn begins_block(line: &str) -> bool {
    line.starts_with(|letter: char| letter.is_ascii_punctuation() || letter.is_ascii_digit())
}

/// Whether a line is one paragraph.
fn is_paragraph(line: &str) -> bool {
    let mut events = Parser::new_ext(line, options());
    matches!(events.next(), Some(Event::Start(Tag::Paragraph)))
}

/// Takes the meaning from what a line begins with.
fn escape_beginning(line: &str) -> String {
    let digits = line.len() - line.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    let (number, rest) = line.split_at(digits);
    format!("{number}\\{rest}")
}

#[cfg(test)]
mod tests;
