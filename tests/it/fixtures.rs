//! Documents of `fixtures/` as sources, under names that do not depend on the machine.

use std::path::Path;

use generator::{Overlay, Source};

/// A document, with the overlay that has its name.
#[track_caller]
pub fn source(path: &Path) -> Source {
    let name = path.file_name().and_then(|name| name.to_str()).expect("a name of letters");
    let text = std::fs::read_to_string(path).expect("a fixture can be read");
    let overlay = path.ancestors().nth(2).map(|fixtures| fixtures.join("overlays").join(name));
    let overlay = overlay.and_then(|path| std::fs::read_to_string(path).ok());
    let overlays = overlay.map(|text| Overlay { name: format!("overlays/{name}"), text });
    Source { overlays: overlays.into_iter().collect(), ..Source::new(name, text) }
}
