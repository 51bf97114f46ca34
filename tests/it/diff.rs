//! What an edit means for callers: small edits of one document, each with all that has to be said of it.

mod pairs;
mod semver;

use generator::{Change, Side, Source};
use xtask::diff::{Format, Order};
use xtask::workspace::Workspace;

use self::pairs::pairs;

fn changes(name: &str, documents: [&str; 2]) -> Vec<Change> {
    let [old, new] = documents.map(|text| Source::new("pets.yaml", text));
    generator::diff(&old, &new, None).unwrap_or_else(|(side, report)| {
        let source = if side == Side::Old { old } else { new };
        panic!("{name}:\n{}", report.render(&source, generator::Format::PLAIN))
    })
}

#[test]
fn edits_mean_what_their_pairs_say() {
    let mut wrong = String::new();
    for pair in pairs() {
        let line = |change: &Change| format!("{} `{}`: {}", change.effect().name(), change.item, change.what);
        let [old, new] = pair.documents();
        let found: Vec<String> = changes(&pair.name, [&old, &new]).iter().map(line).collect();
        if found != pair.means {
            wrong += &format!("{}\n  found    {found:#?}\n  expected {:#?}\n", pair.name, pair.means);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn changes_have_their_places_in_both_documents() {
    let source = |text: &str| Source::new("pets.yaml", text);
    let old = source(include_str!("../fixtures/diff/pets.yaml"));
    let new = source(&format!(
        "# A line more.\n{}",
        old.text.replace("birthDay: { type: string, format: date }", "chip: {}")
    ));
    let changes = generator::diff(&old, &new, None).expect("documents without errors");
    let places = changes.iter().map(|change| {
        let place = |place: &Option<generator::Location>| {
            place.as_ref().map(|place| format!("{}:{}:{} {}", place.file, place.line, place.column, place.pointer))
        };
        (change.item.as_str(), place(&change.old), place(&change.new))
    });
    let pet = "#/components/schemas/Pet/properties";
    let expected = [
        ("types::Pet::birth_day", Some(format!("pets.yaml:104:9 {pet}/birthDay")), None),
        ("types::Pet::chip", None, Some(format!("pets.yaml:105:9 {pet}/chip"))),
    ];
    assert_eq!(places.collect::<Vec<_>>(), expected);
}

#[test]
fn same_document_has_not_changed() {
    insta::glob!("../fixtures/ok", "*.yaml", |path| {
        let source = crate::fixtures::source(path);
        assert_eq!(generator::diff(&source, &source, None).expect("a fixture without errors"), []);
    });
}

#[test]
fn report_is_that_of_its_snapshot() {
    let file = |name: &str| format!("fixtures/diff/{name}.yaml");
    let order = Order { old: file("pets"), new: Some(file("pets_next")), format: Format::Text };
    let report = xtask::diff::report(&Workspace::here(), &order).expect("documents without errors");
    insta::assert_snapshot!("diff_report", report.text);
    let json = xtask::diff::report(&Workspace::here(), &Order { format: Format::Json, ..order }).expect("the same");
    let effects =
        json.text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("one object per line"));
    assert_eq!(effects.filter(|change| change["effect"] == "breaking").count(), report.breaking);
}
