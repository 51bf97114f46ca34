//! Documents of `fixtures/` as sources, under names that do not depend on the machine.

use std::path::Path;

use generator::Source;

/// A document.
#[track_caller]
pub fn source(path: &Path) -> Source {
    let name = path.file_name().and_then(|name| name.to_str()).expect("a name of letters");
    let text = std::fs::read_to_string(path).expect("a fixture can be read");
    Source::new(name, text)
}
