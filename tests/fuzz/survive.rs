//! A document in; out comes nothing, but neither a panic nor a wait. What is said of it can be rendered in every form.

use generator::{Detail, Format, Palette, Root, Source};

/// Generates, and renders what is said.
pub fn survive(source: &Source) {
    let root = Root::Crate { crate_name: "client".to_owned() };
    let report = match generator::generate(source, &root) {
        Ok(output) => output.warnings,
        Err(report) => report,
    };
    let said =
        report.iter().map(|one| one.message.as_str()).find(|said| said.starts_with("a mistake of the generator"));
    assert_eq!(said, None);
    for format in [Format::Human(Detail::Grouped, Palette::Plain), Format::Json, Format::GitHub] {
        report.render(source, format);
    }
}
