//! What the generator makes Cargo features of, what each brings, and that each compiles without the others.

use generator::Root;
use xtask::corpus::{Depth, Order, try_all};
use xtask::workspace::Workspace;

use crate::fixtures::source;

/// The fixture with several resources.
fn output(root: &Root) -> generator::Output {
    let path = format!("{}/fixtures/ok/features.yaml", env!("CARGO_MANIFEST_DIR"));
    generator::generate(&source(path.as_ref()), root).expect("a fixture without errors")
}

fn of_crate() -> generator::Output {
    output(&Root::Crate { crate_name: "shop".to_owned() })
}

#[test]
fn resources_and_other_types_are_features() {
    let lines = |output: generator::Output| {
        let line = |feature: generator::Feature| {
            let mark = if feature.is_default { " (default)" } else { "" };
            format!("{}: {}{mark}", feature.name, feature.enables.join(" "))
        };
        output.features.into_iter().map(line).collect::<Vec<_>>()
    };
    let expected = [
        "full: orders shipments serde-resource other-types (default)",
        "orders: ",
        "shipments: ",
        "serde-resource: ",
        "other-types: ",
    ];
    assert_eq!(lines(of_crate()), expected);
    let expected = [
        "my-shop: ",
        "my-shop-full: my-shop-orders my-shop-shipments my-shop-serde my-shop-other-types (default)",
        "my-shop-orders: my-shop",
        "my-shop-shipments: my-shop",
        "my-shop-serde: my-shop",
        "my-shop-other-types: my-shop",
    ];
    let root = Root::Module { crate_name: "shops".to_owned(), module: "my_shop".to_owned() };
    assert_eq!(lines(output(&root)), expected);
}

#[test]
fn types_are_listed_with_the_features_that_need_them() {
    let files = of_crate().files;
    for (name, path) in [("root", "lib.rs"), ("types", "types/mod.rs"), ("operations", "operations/mod.rs")] {
        insta::assert_snapshot!(format!("features_{name}"), files[path]);
    }
}

#[test]
fn one_resource_has_no_feature_of_its_own() {
    let path = format!("{}/fixtures/ok/security.yaml", env!("CARGO_MANIFEST_DIR"));
    let source = source(path.as_ref());
    let of_crate = generator::generate(&source, &Root::Crate { crate_name: "one".to_owned() });
    let of_crate = of_crate.expect("a fixture without errors");
    assert_eq!(of_crate.features, []);
    // The double of the server is no part of an API.
    let texts = of_crate.files.values().map(|text| text.replace(r#"#[cfg(feature = "test-util")]"#, ""));
    assert!(!texts.into_iter().any(|text| text.contains("cfg(") || text.contains("needed_by")));
}

#[test]
fn each_feature_compiles_without_the_others_and_without_a_warning() {
    let workspace = Workspace::here();
    let order = Order {
        folder: workspace.root().join("tests/fixtures/ok"),
        only: vec!["features".to_owned()],
        max_size: None,
        // All together they are a module of this package's library.
        depth: Depth::Generate,
        features: Some(usize::MAX),
        values: None,
        pages: false,
        out: None,
    };
    let report = try_all(&workspace, &order).expect("cargo can be started");
    assert_eq!((report.tried, report.failed), (1, 0), "{}", report.text);
    // Without any, with each of four, and with two of them.
    assert!(report.text.contains("| 6 |"), "{}", report.text);
}
