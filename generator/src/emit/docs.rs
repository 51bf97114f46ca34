//! Documentation: what the document says, made fit for rustdoc, and what the types alone do not say.

mod lines;

use proc_macro2::TokenStream;
use quote::quote;

pub use self::lines::{inner, inner_example, outer};
use super::markdown::{block, code, phrase};
use super::{Context, features};
use crate::ir::{Case, CaseOutcome, Field, Fixed, Limit, Operation, StatusPattern, TypeDef};

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

/// The docs of the whole.
pub fn root(cx: &Context<'_>) -> String {
    let api = cx.api;
    let title = format!("{}, version {}.", phrase(api.title.trim_end_matches('.')), phrase(&api.version));
    let resources = api.resources.iter().map(|resource| {
        format!("- [`Client::{0}`] – {1}", resource.accessor, phrase(&first_line(&resource.docs, &resource.tag)))
    });
    let list = resources.collect::<Vec<_>>().join("\n");
    let heading = if list.is_empty() { "" } else { "# Resources" };
    paragraphs(&[title, block(&api.docs), heading.to_owned(), list, features::section(cx)])
}

fn first_line(docs: &str, fallback: &str) -> String {
    let line = docs.trim().lines().next().unwrap_or_default().trim();
    sentence(if line.is_empty() { fallback } else { line })
}

/// The docs of a type.
pub fn type_docs(definition: &TypeDef) -> String {
    let docs = block(&definition.docs);
    let docs = if docs.trim().is_empty() { format!("`{}`.", definition.name) } else { sentence_first(&docs) };
    // The attribute would warn wherever the client itself names the type.
    let deprecated = if definition.deprecated { "**Deprecated.**" } else { "" };
    paragraphs(&[docs, deprecated.to_owned(), code(&definition.pointer.to_string())])
}

fn sentence_first(docs: &str) -> String {
    match docs.trim().split_once('\n') {
        None => sentence(docs),
        Some(_) => docs.trim().to_owned(),
    }
}

/// The docs of a property or a parameter: what it is, what bounds it, what stands for it if it is missing.
pub fn value_docs(docs: &str, wire: &str, limits: &[Limit], default: Option<&str>) -> String {
    let docs = block(docs);
    let docs = if docs.trim().is_empty() { format!("{}.", code(wire)) } else { sentence_first(&docs) };
    let mut facts: Vec<String> = limits.iter().filter_map(limit_sentence).collect();
    facts.extend(default.map(|default| format!("Defaults to {}.", code(default))));
    // The Rust name may be a transliteration.
    let name = code(wire);
    facts.extend((!wire.is_ascii() && !docs.contains(&name)).then(|| format!("On the wire: {name}.")));
    paragraphs(&[docs, facts.join(" ")])
}

/// The docs of a field.
pub fn field_docs(field: &Field) -> String {
    let docs = value_docs(&field.docs, &field.name.wire, &field.limits, field.default.as_deref());
    let fixed = match &field.fixed {
        Fixed::No => String::new(),
        Fixed::Constant(value) => format!("The only documented value is {}.", code(&value.to_string())),
        Fixed::Tag(value) => format!("Preset to {}.", code(&value.to_string())),
    };
    paragraphs(&[docs, fixed])
}

fn limit_sentence(limit: &Limit) -> Option<String> {
    let plural = |count: usize, word: &str| if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") };
    Some(match limit {
        Limit::MinLength(min) => format!("At least {}.", plural(*min, "character")),
        Limit::MaxLength(max) => format!("At most {}.", plural(*max, "character")),
        Limit::Format(format) => format!("{}.", format_word(format)),
        Limit::Pattern(pattern) => format!("Matches {}.", code(&pattern.source)),
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
        other => return format!("Format {}", code(other)),
    };
    word.to_owned()
}

/// The docs of an operation's method, with an example that compiles.
pub fn operation(cx: &Context<'_>, operation: &Operation, example: Option<&str>) -> TokenStream {
    let summary = sentence(&phrase(&operation.summary));
    let description = block(&operation.description);
    let same = description.trim().trim_end_matches('.') == operation.summary.trim().trim_end_matches('.');
    let is_error = |case: &&Case| !matches!(case.outcome, CaseOutcome::Success { .. });
    let cases = &operation.responses.cases;
    let successes: Vec<String> = cases.iter().filter(|case| !is_error(case)).map(|case| case_line(cx, case)).collect();
    let errors: Vec<String> = cases.iter().filter(is_error).map(|case| case_line(cx, case)).collect();
    let section = |title: &str, lines: &[String]| {
        if lines.is_empty() { String::new() } else { format!("# {title}\n\n{}", lines.join("\n")) }
    };
    let request = format!("{} {}", operation.method.as_str(), operation.path);
    let text = outer(&paragraphs(&[
        if summary.is_empty() { format!("{}.", code(&operation.id)) } else { summary },
        if same { String::new() } else { description },
        code(&request) + &media_types(operation),
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
    ]));
    let example = example.map(lines::outer_example);
    let place = outer(&code(&operation.pointer.to_string()));
    quote!(#text #[doc = ""] #example #place)
}

/// What is said of media types where an operation can be called in several ways.
fn media_types(operation: &Operation) -> String {
    if operation.variant.is_none() {
        return String::new();
    }
    let sent = operation.body.as_ref().map(|body| format!(", sent as {}", code(&body.media_type.to_string())));
    let asked = operation.responses.accept.as_ref().map(|accept| format!(", asking for {}", code(accept)));
    [sent, asked].into_iter().flatten().collect()
}

fn case_line(cx: &Context<'_>, case: &Case) -> String {
    let mut line = format!("- {}: {}", status(case.status), sentence(&phrase(&case.docs)));
    if let CaseOutcome::Failure(body, _) = case.outcome {
        line.push_str(&format!(" Body: [`ErrorBody::{}`].", cx.api.error_bodies[body].variant));
    }
    if !case.headers.is_empty() {
        let headers: Vec<String> = case.headers.iter().map(|header| code(header)).collect();
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
