//! What a maintainer sees of a document that is not right: one document per code, one snapshot per document.

use std::collections::BTreeSet;
use std::path::Path;

use generator::{Code, Detail, Diagnostics, Format, Palette, Root, Source};

use crate::fixtures::source;

fn diagnostics(path: &Path) -> Diagnostics {
    report(&source(path))
}

fn report(source: &Source) -> Diagnostics {
    let root = Root::Crate { crate_name: "client".to_owned() };
    match generator::generate(source, &root) {
        Ok(output) => output.warnings,
        Err(diagnostics) => diagnostics,
    }
}

#[test]
fn reports_are_those_of_their_snapshots() {
    insta::glob!("../fixtures/err", "*.yaml", |path| {
        insta::assert_snapshot!(diagnostics(path).render(&source(path), Format::PLAIN));
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

/// The documents of an explanation: one that brings it about, and one that does not.
fn examples(code: Code) -> [Source; 2] {
    let mut texts = code.explanation().split("```yaml\n").skip(1).map(|rest| rest.split("```").next().expect("an end"));
    let mut next = || Source::new("example.yaml", texts.next().expect("two documents"));
    [next(), next()]
}

#[test]
fn explanations_show_what_brings_a_code_about_and_what_does_not() {
    for code in Code::ALL {
        let [bad, good] = examples(*code);
        let found = report(&bad);
        assert!(
            found.iter().any(|diagnostic| diagnostic.code == *code),
            "{code}: {}",
            found.render(&bad, Format::PLAIN)
        );
        let found = report(&good);
        assert!(found.is_empty(), "{code}: {}", found.render(&good, Format::PLAIN));
    }
}

#[test]
fn programs_can_read_reports() {
    insta::glob!("../fixtures/err", "{duplicate-operation-id,syntax}.yaml", |path| {
        let (report, source) = (diagnostics(path), source(path));
        insta::assert_snapshot!(report.render(&source, Format::Json) + &report.render(&source, Format::GitHub));
    });
}

#[test]
fn those_that_are_alike_are_told_once_and_counted() {
    let operations =
        (0..7).map(|number| format!("  /a{number}: {{ get: {{ responses: {{ 200: {{ description: Fine }} }} }} }}\n"));
    let text =
        format!("openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths:\n{}", operations.collect::<String>());
    let source = Source::new("many.yaml", text);
    let found = report(&source);
    assert_eq!((found.len(), found.kinds()), (7, 1));
    insta::assert_snapshot!(found.render(&source, Format::Human(Detail::Grouped, Palette::Plain)));
}

#[test]
fn place_in_a_very_long_line_is_shown_in_part() {
    let many: String = (0..2000).map(|number| format!(r#""/p{number}":{{}},"#)).collect();
    let text = format!(
        r#"{{"openapi":"3.0.3","info":{{"title":"T","version":"1"}},"paths":{{{many}"/z":{{"get":{{"responses":{{"200":{{"description":"Fine"}}}}}}}}}}}}"#
    );
    let source = Source::new("long.json", text);
    insta::assert_snapshot!(report(&source).render(&source, Format::PLAIN));
}
