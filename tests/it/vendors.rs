//! Documents of vendors that their overlays make clean: each overlay of `fixtures/vendors` takes the warnings of the document
//! of its name to zero, where somebody keeps that document beside the project.

use std::path::Path;

use generator::{Format, Overlay, Root, Source};

/// The document of this name, if there is one.
fn document(name: &str) -> Option<Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let text = ["yaml", "json"].into_iter().find_map(|ending| {
        let file = format!("{name}.{ending}");
        Some((file.clone(), std::fs::read_to_string(folder.join(file)).ok()?))
    });
    text.map(|(file, text)| Source::new(file, text))
}

#[test]
fn overlays_take_warnings_to_zero() {
    insta::glob!("../fixtures/vendors", "*.yaml", |path| {
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name of letters");
        let Some(source) = document(name) else { return };
        let text = std::fs::read_to_string(path).expect("an overlay can be read");
        let root = Root::Crate { crate_name: "client".to_owned() };
        let before = generator::generate(&source, &root).expect("a client").warnings;
        assert!(!before.is_empty(), "{name} needs no overlay any more");
        let source = Source { overlays: vec![Overlay { name: "overlay.yaml".to_owned(), text }], ..source };
        let after = generator::generate(&source, &root).expect("a client").warnings;
        assert!(after.is_empty(), "{}", after.render(&source, Format::PLAIN));
    });
}
