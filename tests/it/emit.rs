//! What the generator writes: a snapshot per feature, and the same bytes each time.

use generator::Root;

use crate::fixtures::source;

fn root() -> Root {
    Root::Module { crate_name: "tests".to_owned(), module: "feature".to_owned() }
}

#[test]
fn features_become_the_code_of_their_snapshots() {
    insta::glob!("../fixtures/ok", "*.yaml", |path| {
        let source = source(path);
        let output = match generator::generate(&source, &root()) {
            Ok(output) => output,
            Err(diagnostics) => panic!("{}", diagnostics.render(&source, generator::Format::PLAIN)),
        };
        // The order in which a reader meets them: what is called first, then what it is called with.
        let order = |path: &str| (path.starts_with("types/"), path.to_owned());
        let is_shown = |path: &str| !path.ends_with("mod.rs") && !path.starts_with("double/");
        let mut files: Vec<_> = output.files.iter().filter(|(path, _)| is_shown(path)).collect();
        files.sort_by_key(|(path, _)| order(path));
        let texts = files.iter().map(|(path, text)| {
            let text = text.split_once('\n').map_or("", |(_, text)| text);
            format!("// {path}\n{text}")
        });
        insta::assert_snapshot!(texts.collect::<Vec<_>>().join("\n"));
    });
}

#[test]
fn doubles_are_those_of_their_snapshots() {
    for name in ["media_types", "parameter_styles", "responses", "security"] {
        let path = format!("{}/fixtures/ok/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
        let output = generator::generate(&source(path.as_ref()), &root()).expect("a fixture without errors");
        let files = output.files.iter().filter(|(path, _)| path.starts_with("double/"));
        let texts = files.map(|(path, text)| {
            let text = text.split_once('\n').map_or("", |(_, text)| text);
            format!("// {path}\n{text}")
        });
        insta::assert_snapshot!(format!("double_{name}"), texts.collect::<Vec<_>>().join("\n"));
    }
}

#[test]
fn lowering_makes_the_decisions_of_its_snapshots() {
    for name in ["parameter_styles", "unions", "nullable"] {
        let path = format!("{}/fixtures/ok/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
        let ir = generator::explain(&source(path.as_ref())).expect("a fixture without errors");
        insta::assert_snapshot!(format!("ir_{name}"), ir);
    }
}

#[test]
fn schemas_with_values_are_listed_once_and_without_files() {
    let schemas = |name: &str| {
        let path = format!("{}/fixtures/ok/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
        let output = generator::generate(&source(path.as_ref()), &root()).expect("a fixture without errors");
        assert_eq!(output.values.is_some(), !output.schemas.is_empty());
        output.schemas
    };
    let all_of = schemas("all_of");
    let is_nothing = |schema: &&generator::Schema| schema.place.as_str() == "#/components/schemas/Nothing";
    assert_eq!(all_of.iter().filter(is_nothing).count(), 1);
    let bodies = schemas("request_bodies");
    let inline: Vec<_> = bodies
        .iter()
        .filter(|schema| schema.place.as_str().starts_with("#/paths/"))
        .map(|schema| &schema.place)
        .collect();
    assert!(!inline.is_empty() && inline.iter().all(|place| place.as_str().ends_with("/schema")), "{inline:?}");
    assert!(inline.iter().all(|place| !place.as_str().contains("multipart")), "{inline:?}");
    let account = schemas("access");
    assert!(account.iter().any(|schema| schema.sent && schema.received), "{account:?}");
}

#[test]
fn every_item_knows_its_place_in_the_document() {
    let path = format!("{}/fixtures/ok/unions.yaml", env!("CARGO_MANIFEST_DIR"));
    let source = source(path.as_ref());
    let places = generator::generate(&source, &root()).expect("a fixture without errors").places;
    let lines: Vec<_> = places.iter().map(|(item, pointer)| format!("{item}  {pointer}")).collect();
    insta::assert_snapshot!("places", lines.join("\n"));
}

#[test]
fn included_code_is_one_file_without_cargo_features() {
    insta::glob!("../fixtures/ok", "*.yaml", |path| {
        let root = Root::Included { crate_name: "tests".to_owned(), module: "feature".to_owned() };
        let output = generator::generate(&source(path), &root).expect("a fixture without errors");
        let [(name, text)]: [_; 1] = output.files.into_iter().collect::<Vec<_>>().try_into().expect("one file");
        assert_eq!((name.as_str(), output.features.len()), ("feature.rs", 0));
        let elsewhere = text.lines().find(|line| {
            let declaration = line.trim().trim_start_matches("pub ").trim_start_matches("pub(super) ");
            declaration.starts_with("mod ") && declaration.ends_with(';')
        });
        assert_eq!(elsewhere, None);
        let feature = text.lines().find(|line| line.contains("cfg(") && !line.contains("feature = \"test-util\""));
        assert_eq!(feature, None);
    });
}

#[test]
fn generating_twice_gives_the_same_bytes() {
    insta::glob!("../fixtures/ok", "*.yaml", |path| {
        let first = generator::generate(&source(path), &root()).expect("a fixture without errors");
        let second = generator::generate(&source(path), &root()).expect("a fixture without errors");
        assert_eq!(first.files, second.files);
        assert_eq!(first.conformance, second.conformance);
    });
}

#[test]
fn json_and_yaml_say_the_same() {
    let yaml = source(format!("{}/fixtures/ok/unions.yaml", env!("CARGO_MANIFEST_DIR")).as_ref());
    let value = xtask_yaml(&yaml.text);
    let json = generator::Source::new(yaml.name.replace(".yaml", ".json"), value);
    let strip = |files: generator::Files| -> Vec<String> {
        files
            .into_values()
            .map(|text| text.split_once('\n').map_or(String::new(), |(_, text)| text.to_owned()))
            .collect()
    };
    let from_yaml = generator::generate(&yaml, &root()).expect("a fixture without errors");
    let from_json = generator::generate(&json, &root()).expect("a fixture without errors");
    assert_eq!(strip(from_yaml.files), strip(from_json.files));
}

fn xtask_yaml(text: &str) -> String {
    let value: serde_json::Value = serde_yaml::from_str(text).expect("a fixture is YAML");
    serde_json::to_string(&value).expect("YAML of strings is JSON")
}
