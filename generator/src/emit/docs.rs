//! Documentation: what the document says, made fit for rustdoc, and what the types alone do not say.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, features};
use crate::ir::{Case, CaseOutcome, Field, Fixed, Limit, Operation, StatusPattern, TypeDef};

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

fn lines(text: &str) -> Vec<String> {
    let mut fenced = false;
    // What the lines of an item or a quote begin with behind its first.
    let mut hanging = String::new();
    let mut lines = Vec::new();
    for line in text.trim().lines().map(str::trim_end) {
        let is_fence = line.trim_start().starts_with("```");
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
    lines.into_iter().map(|line| if line.is_empty() { line } else { format!(" {line}") }).collect()
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

/// Paragraphs joined by empty lines, without those that are empty.
pub fn paragraphs(parts: &[String]) -> String {
    let parts: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

/// A first line that reads as a sentence.
pub fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '!', '?', ':', '`']) { text.to_owned() } else { format!("{text}.") }
}

/// Markdown of the document as rustdoc reads it: no stray tags, links or tests.
pub fn clean(text: &str) -> String {
    let mut fenced = false;
    let lines = text.lines().map(|line| {
        let trimmed = line.trim_start();
        if let Some(info) = trimmed.strip_prefix("```") {
            fenced = !fenced;
            // A fence that names no language would be taken for Rust, and run.
            let info = info.split([' ', ',', '{']).next().unwrap_or_default();
            let info = if fenced && matches!(info, "" | "rust") { "text" } else { info };
            return if fenced { format!("```{info}") } else { "```".to_owned() };
        }
        if fenced { line.to_owned() } else { clean_line(line) }
    });
    let mut cleaned = lines.collect::<Vec<_>>().join("\n");
    if fenced {
        cleaned.push_str("\n```");
    }
    cleaned
}

fn clean_line(line: &str) -> String {
    let line = line.replace('\t', "    ");
    let line = line.as_str();
    let indent = line.len() - line.trim_start().len();
    // Deeper indentation would make a code block, which rustdoc would run as a test.
    let line = if indent > 3 { format!("  {}", line.trim_start()) } else { line.to_owned() };
    let mut cleaned = String::with_capacity(line.len());
    for (index, part) in line.split('`').enumerate() {
        if index > 0 {
            cleaned.push('`');
        }
        // Between backticks everything stands for itself.
        cleaned.push_str(&if index % 2 == 0 { clean_prose(part) } else { part.to_owned() });
    }
    cleaned
}

fn clean_prose(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if let Some(length) = url_length(rest) {
            let (url, tail) = rest.split_at(length);
            let is_marked = cleaned.ends_with('<') || cleaned.ends_with("](") || cleaned.ends_with('"');
            if is_marked {
                cleaned.push_str(url)
            } else {
                cleaned.push_str(&format!("<{url}>"))
            }
            rest = tail;
            continue;
        }
        let tail = &rest[letter.len_utf8()..];
        match letter {
            '<' if !tail.starts_with("http") => cleaned.push_str("\\<"),
            '[' if !is_link(rest) => cleaned.push_str("\\["),
            _ => cleaned.push(letter),
        }
        rest = tail;
    }
    cleaned
}

/// The length of the URL that `text` begins with.
fn url_length(text: &str) -> Option<usize> {
    if !(text.starts_with("http://") || text.starts_with("https://")) {
        return None;
    }
    let end =
        text.find(|letter: char| letter.is_whitespace() || "<>()[]\"'`{}|".contains(letter)).unwrap_or(text.len());
    let url = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
    Some(url.len()).filter(|&length| length > "https://".len())
}

/// Whether a bracket opens a link with an absolute target.
fn is_link(text: &str) -> bool {
    let Some((_, target)) = text.split_once("](") else { return false };
    let before = &text[1..text.len() - target.len() - 2];
    !before.contains(['[', ']']) && (target.starts_with("http://") || target.starts_with("https://"))
}

/// The docs of the whole.
pub fn root(cx: &Context<'_>) -> String {
    let api = cx.api;
    let title = format!("{}, version {}.", clean(api.title.trim_end_matches('.')), api.version);
    let resources = api.resources.iter().map(|resource| {
        format!("- [`Client::{0}`] – {1}", resource.accessor, clean(&first_line(&resource.docs, &resource.tag)))
    });
    let list = resources.collect::<Vec<_>>().join("\n");
    let heading = if list.is_empty() { "" } else { "# Resources" };
    paragraphs(&[title, clean(&api.docs), heading.to_owned(), list, features::section(cx)])
}

fn first_line(docs: &str, fallback: &str) -> String {
    let line = docs.trim().lines().next().unwrap_or_default().trim();
    sentence(if line.is_empty() { fallback } else { line })
}

/// The docs of a type.
pub fn type_docs(definition: &TypeDef) -> String {
    let docs = clean(&definition.docs);
    let docs = if docs.trim().is_empty() { format!("`{}`.", definition.name) } else { sentence_first(&docs) };
    // The attribute would warn wherever the client itself names the type.
    let deprecated = if definition.deprecated { "**Deprecated.**" } else { "" };
    paragraphs(&[docs, deprecated.to_owned(), format!("`{}`", definition.pointer)])
}

fn sentence_first(docs: &str) -> String {
    match docs.trim().split_once('\n') {
        None => sentence(docs),
        Some(_) => docs.trim().to_owned(),
    }
}

/// The docs of a property or a parameter: what it is, what bounds it, what stands for it if it is missing.
pub fn value_docs(docs: &str, wire: &str, limits: &[Limit], default: Option<&str>) -> String {
    let docs = clean(docs);
    let docs = if docs.trim().is_empty() { format!("`{wire}`.") } else { sentence_first(&docs) };
    let mut facts: Vec<String> = limits.iter().filter_map(limit_sentence).collect();
    facts.extend(default.map(|default| format!("Defaults to `{default}`.")));
    paragraphs(&[docs, facts.join(" ")])
}

/// The docs of a field.
pub fn field_docs(field: &Field) -> String {
    let docs = value_docs(&field.docs, &field.name.wire, &field.limits, field.default.as_deref());
    let fixed = match &field.fixed {
        Fixed::No => String::new(),
        Fixed::Constant(value) => format!("The only documented value is `{value}`."),
        Fixed::Tag(value) => format!("Preset to `{value}`."),
    };
    paragraphs(&[docs, fixed])
}

fn limit_sentence(limit: &Limit) -> Option<String> {
    let plural = |count: usize, word: &str| if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") };
    Some(match limit {
        Limit::MinLength(min) => format!("At least {}.", plural(*min, "character")),
        Limit::MaxLength(max) => format!("At most {}.", plural(*max, "character")),
        Limit::Format(format) => format!("{}.", format_word(format)),
        Limit::Pattern(pattern) if pattern.source.contains(['`', '\n']) => return None,
        Limit::Pattern(pattern) => format!("Matches `{}`.", pattern.source),
        Limit::Minimum(min) => format!("At least {min}."),
        Limit::Maximum(max) => format!("At most {max}."),
        Limit::ExclusiveMinimum(min) => format!("More than {min}."),
        Limit::ExclusiveMaximum(max) => format!("Less than {max}."),
        Limit::MultipleOf(unit) => format!("A multiple of {unit}."),
        Limit::MinItems(min) => format!("At least {}.", plural(*min, "item")),
        Limit::MaxItems(max) => format!("At most {}.", plural(*max, "item")),
        Limit::UniqueItems => "No two items are the same.".to_owned(),
        Limit::MinProperties(min) => format!("At least {min} properties."),
        Limit::MaxProperties(max) => format!("At most {max} properties."),
        Limit::Items(_) | Limit::Item(..) | Limit::Values(_) => return None,
    })
}

/// What a text of a format is.
fn format_word(format: &str) -> String {
    let word = match format {
        "byte" => "Base64",
        "duration" => "A duration of ISO 8601",
        "email" | "idn-email" => "An e-mail address",
        "hostname" | "idn-hostname" => "A host name",
        "ip" => "An IP address",
        "ipv4" => "An IPv4 address",
        "ipv6" => "An IPv6 address",
        "iri" | "uri" | "url" => "A URL",
        "iri-reference" | "uri-reference" => "A URL, absolute or relative",
        "time" => "A time of day of RFC 3339",
        "uuid" => "A UUID",
        other => return format!("Format `{other}`"),
    };
    word.to_owned()
}

/// The docs of an operation's method, with an example that compiles.
pub fn operation(cx: &Context<'_>, operation: &Operation, example: Option<&str>) -> String {
    let summary = sentence(&clean(&operation.summary));
    let description = clean(&operation.description);
    let same = description.trim().trim_end_matches('.') == operation.summary.trim().trim_end_matches('.');
    let is_error = |case: &&Case| !matches!(case.outcome, CaseOutcome::Success { .. });
    let cases = &operation.responses.cases;
    let successes: Vec<String> = cases.iter().filter(|case| !is_error(case)).map(|case| case_line(cx, case)).collect();
    let errors: Vec<String> = cases.iter().filter(is_error).map(|case| case_line(cx, case)).collect();
    let section = |title: &str, lines: &[String]| {
        if lines.is_empty() { String::new() } else { format!("# {title}\n\n{}", lines.join("\n")) }
    };
    paragraphs(&[
        if summary.is_empty() { format!("`{}`.", operation.id) } else { summary },
        if same { String::new() } else { description },
        format!("`{} {}`{}", operation.method.as_str(), operation.path, media_types(operation)),
        section("Returns", &successes),
        match &operation.paging {
            Some(_) => format!("[`items`]({}::items) reads on behind the first page.", operation.type_name),
            None => String::new(),
        },
        match &operation.responses.headers {
            Some(headers) => format!("The headers are read by [`{}`].", headers.type_name),
            None => String::new(),
        },
        section("Errors", &errors),
        example.map_or_else(String::new, |example| format!("# Example\n\n```no_run\n{example}\n```")),
        format!("`{}`", operation.pointer),
    ])
}

/// What is said of media types where an operation can be called in several ways.
fn media_types(operation: &Operation) -> String {
    if operation.variant.is_none() {
        return String::new();
    }
    let sent = operation.body.as_ref().map(|body| format!(", sent as `{}`", body.media_type));
    let asked = operation.responses.accept.as_ref().map(|accept| format!(", asking for `{accept}`"));
    [sent, asked].into_iter().flatten().collect()
}

fn case_line(cx: &Context<'_>, case: &Case) -> String {
    let docs = case.docs.trim().lines().map(str::trim).collect::<Vec<_>>().join(" ");
    let mut line = format!("- {}: {}", status(case.status), sentence(&clean(&docs)));
    if let CaseOutcome::Failure(body, _) = case.outcome {
        line.push_str(&format!(" Body: [`ErrorBody::{}`].", cx.api.error_bodies[body].variant));
    }
    if !case.headers.is_empty() {
        let headers: Vec<String> = case.headers.iter().map(|header| format!("`{header}`")).collect();
        line.push_str(&format!(" Headers: {}.", headers.join(", ")));
    }
    line
}

fn status(status: StatusPattern) -> String {
    match status {
        StatusPattern::Code(code) => format!("`{code}`"),
        StatusPattern::Range(range) => format!("`{range}XX`"),
        StatusPattern::Default => "any other status".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{clean, lines};

    #[test]
    fn items_and_quotes_hang_together() {
        let text = "- one\ngoes on\n  and on\n\nnot here\n> quoted\ngoes on\n\n1. first\nmore\n2. second";
        let expected = [
            " - one",
            "   goes on",
            "   and on",
            "",
            " not here",
            " > quoted",
            " > goes on",
            "",
            " 1. first",
            "    more",
            " 2. second",
        ];
        assert_eq!(lines(text), expected);
    }

    #[test]
    fn markdown_becomes_what_rustdoc_takes() {
        for (text, expected) in [
            ("see https://a.b/c.", "see <https://a.b/c>."),
            ("see [the page](https://a.b/c) and [this](#there)", "see [the page](https://a.b/c) and \\[this](#there)"),
            ("an <id> and `Vec<T>` [x]", "an \\<id> and `Vec<T>` \\[x]"),
            ("```\nlet x;\n```", "```text\nlet x;\n```"),
            ("```json\n{}\n", "```json\n{}\n```"),
            ("a\n      b", "a\n  b"),
            ("<https://a.b>", "<https://a.b>"),
        ] {
            assert_eq!(clean(text), expected);
        }
    }
}
