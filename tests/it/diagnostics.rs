//! What a maintainer sees of a document that is not right: one document per code, one snapshot per document.

use std::collections::BTreeSet;
use std::path::Path;

use generator::{Code, Diagnostics, Root};

use crate::fixtures::source;

fn diagnostics(path: &Path) -> Diagnostics {
    let root = Root::Crate { crate_name: "client".to_owned() };
    match generator::generate(&source(path), &root) {
        Ok(output) => output.warnings,
        Err(diagnostics) => diagnostics,
    }
}

#[test]
fn reports_are_those_of_their_snapshots() {
    insta::glob!("../fixtures/err", "*.yaml", |path| {
        insta::assert_snapshot!(diagnostics(path).render(&source(path)));
    });
}

#[test]
fn every_code_has_the_document_of_its_name() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/err");
    let mut documented = BTreeSet::new();
    for entry in std::fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a name of letters").to_owned();
        let found: Vec<&str> = diagnostics(&path).iter().map(|diagnostic| diagnostic.code.name()).collect();
        assert!(found.contains(&name.as_str()), "{name} reports {found:?}");
        documented.insert(name);
    }
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| code.name().to_owned()).collect();
    assert_eq!(codes, documented);
}
