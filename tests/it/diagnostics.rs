//! What a maintainer sees of a document that is not right: one document per code, one snapshot per document.

use std::collections::BTreeSet;
use std::path::Path;

use generator::{Action, Code, Detail, Diagnostic, Diagnostics, Format, Located, Overlay, Palette, Root, Source};

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
    let mut next = || example(texts.next().expect("two documents"));
    [next(), next()]
}

/// A document, or an overlay of one.
fn example(text: &str) -> Source {
    if !text.starts_with("overlay") {
        return Source::new("example.yaml", text);
    }
    let overlay = Overlay { name: "overlay.yaml".to_owned(), text: text.to_owned() };
    let document = "openapi: 3.0.3\ninfo: { title: Pets, version: '1' }\npaths: {}\n";
    Source { overlays: vec![overlay], ..Source::new("example.yaml", document) }
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

/// What the edits that are advised make of a document, as one overlay more.
fn cured(mut source: Source, advised: &[Located<'_>]) -> Source {
    let actions = advised.iter().flat_map(|one| &one.actions);
    let is_item = |action: &&Action| action.target.ends_with(']') && !action.target.ends_with("']");
    let (items, mut actions): (Vec<_>, Vec<_>) = actions.partition(is_item);
    // From the last one on, so that the others stay where their actions look for them.
    actions.extend(items.into_iter().rev());
    let actions: Vec<_> = actions.into_iter().map(Action::to_json).collect();
    let overlay =
        serde_json::json!({ "overlay": "1.1.0", "info": { "title": "Advice", "version": "1" }, "actions": actions });
    source.overlays.push(Overlay { name: "advice.json".to_owned(), text: overlay.to_string() });
    source
}

#[test]
fn what_is_advised_as_an_overlay_cures() {
    insta::glob!("../fixtures/err", "*.yaml", |path| {
        let (source, report) = (source(path), diagnostics(path));
        let mut advised = report.locate(&source);
        advised.retain(|one| !one.actions.is_empty());
        let cured = cured(source.clone(), &advised);
        let after = crate::diagnostics::report(&cured);
        for one in &advised {
            let (code, message) = (one.diagnostic.code, &one.diagnostic.message);
            let stays = after.iter().any(|left| (left.code, &left.message) == (code, message));
            assert!(!stays, "{code}: {message}\n{}", after.render(&cured, Format::PLAIN));
        }
        let is_new = |one: &&Diagnostic| one.code == Code::InvalidOverlay && !report.iter().any(|known| known == *one);
        assert!(after.iter().find(is_new).is_none(), "{}", after.render(&cured, Format::PLAIN));
    });
}

#[test]
fn places_in_other_files_and_in_overlays_are_shown() {
    let text =
        "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths:\n  /a: { $ref: 'parts/a.yaml#/a' }\n  /b: {}\n";
    let part =
        "a:\n  get:\n    operationId: a\n    x-idempotent: perhaps\n    responses: { 204: { description: Done } }\n";
    let actions = "- target: $.paths['/b']\n  update:\n    get: { responses: { 204: { description: Done } } }\n";
    let overlay = format!("overlay: 1.1.0\ninfo: {{ title: T, version: '1' }}\nactions:\n{actions}");
    let source = Source {
        others: [("parts/a.yaml".to_owned(), part.to_owned())].into(),
        overlays: vec![Overlay { name: "fixes.yaml".to_owned(), text: overlay }],
        ..Source::new("spec/main.yaml", text)
    };
    insta::assert_snapshot!(report(&source).render(&source, Format::PLAIN));
}
