//! What has to hold of a client, whatever its document says.

use std::collections::BTreeMap;

use generator::{Output, Root, Source};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use super::template::document;

/// The client of the document with these texts.
pub fn client(texts: &[String]) -> Output {
    let source = Source::new("hostile.json", document(texts).to_string());
    let root = Root::Module { crate_name: "docs".to_owned(), module: "api".to_owned() };
    generator::generate(&source, &root)
        .unwrap_or_else(|report| panic!("{texts:?}: {}", report.render(&source, generator::Format::PLAIN)))
}

/// Asserts that a client is Rust, and that its documentation runs and shows nothing but what the generator says.
pub fn check(texts: &[String]) {
    let output = client(texts);
    let mut examples = 0;
    for (path, text) in &output.files {
        syn::parse_file(text).unwrap_or_else(|error| panic!("{texts:?}: {path}: {error}\n{text}"));
        assert!(path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_/.".contains(&byte)), "{path}");
        assert!(path.split('/').all(|part| part.len() <= 200 && !part.starts_with('.')), "{path}");
        assert!(!text.contains(is_hidden), "{texts:?}: {path}: {text}");
        examples += comments(text).iter().map(|comment| examples_of(comment, texts)).sum::<usize>();
    }
    // An example for each operation, and one for the double.
    assert_eq!(examples, output.summary.operations + 1, "{texts:?}");
}

/// Whether rustc refuses a character in source text, or a terminal acts on it.
fn is_hidden(letter: char) -> bool {
    let is_direction = matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    is_direction || (letter.is_control() && letter != '\n')
}

/// How many tests rustdoc finds in a comment, in which nothing is live.
fn examples_of(comment: &str, texts: &[String]) -> usize {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let mut examples = 0;
    for event in Parser::new_ext(comment, options) {
        let is_live = match &event {
            Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::Image { .. }) => true,
            Event::Start(Tag::Link { dest_url, .. }) => {
                dest_url.contains(':') && !dest_url.contains("::") && !dest_url.starts_with("http")
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                examples += usize::from(&**language != "text");
                false
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => true,
            _ => false,
        };
        assert!(!is_live, "{texts:?}: {event:?} in {comment}");
    }
    examples
}

/// The documentation comments of a file, each without its marks.
pub fn comments(file: &str) -> Vec<String> {
    assert!(!file.contains("#[doc") && !file.contains("/**"), "{file}");
    let mut comments: BTreeMap<usize, String> = BTreeMap::new();
    let mut begin = None;
    for (number, line) in file.lines().enumerate() {
        let line = line.trim_start();
        let Some(doc) = line.strip_prefix("///").or_else(|| line.strip_prefix("//!")) else {
            begin = None;
            continue;
        };
        let comment = comments.entry(*begin.get_or_insert(number)).or_default();
        *comment += doc;
        comment.push('\n');
    }
    comments.into_values().collect()
}
