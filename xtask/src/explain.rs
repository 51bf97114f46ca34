//! `explain`: the name of a diagnostic in, what it means out, with a document that brings it about and one that does not.

use generator::Code;

/// The text for one code, or the list of all of them.
pub fn run(code: Option<Code>) -> String {
    match code {
        Some(code) => format!("{code}\n\n{}", code.explanation()),
        None => Code::ALL.iter().map(|code| format!("{:<28} {}\n", code.name(), in_short(*code))).collect(),
    }
}

/// The first sentence.
fn in_short(code: Code) -> String {
    let paragraph = code.explanation().split("\n\n").next().unwrap_or_default().replace('\n', " ");
    let end = paragraph.find([':', ',', ';']).into_iter().chain(paragraph.find(". ")).min();
    let sentence = end.map_or(paragraph.as_str(), |end| &paragraph[..end]);
    sentence.trim_end_matches('.').to_owned()
}
