//! Overlays as they are applied: what comes of a document, or what is said of an action.

use serde_json::json;

use super::*;

/// What comes of a document and the actions of an overlay, or what is said.
fn apply_to(document: &Value, version: &str, actions: &Value) -> Result<Value, String> {
    let overlay = json!({ "overlay": version, "info": { "title": "T", "version": "1" }, "actions": actions });
    let overlays = vec![Overlay { name: "o.json".to_owned(), text: overlay.to_string() }];
    let source = Source { overlays, ..Source::new("d.json", document.to_string()) };
    let (mut document, mut diagnostics) = (document.clone(), Diagnostics::default());
    apply(&mut document, &source, &mut diagnostics);
    let said: Vec<_> = diagnostics.iter().map(|one| format!("{}: {}", one.code, one.message)).collect();
    if said.is_empty() { Ok(document) } else { Err(said.join("; ")) }
}

#[track_caller]
fn check(version: &str, document: Value, actions: Value, expected: Value) {
    assert_eq!(apply_to(&document, version, &actions), Ok(expected));
}

#[track_caller]
fn check_refused(version: &str, document: Value, actions: Value, expected: &str) {
    let said = apply_to(&document, version, &actions).expect_err("something is said");
    assert!(said.contains(expected), "{said}");
}

#[test]
fn objects_are_merged_all_the_way() {
    let document = json!({ "info": { "title": "Old", "contact": { "name": "n" } }, "tags": [] });
    let update = json!({ "title": "New", "contact": { "url": "u" }, "x-new": null });
    let expected =
        json!({ "info": { "title": "New", "contact": { "name": "n", "url": "u" }, "x-new": null }, "tags": [] });
    check("1.0.0", document, json!([{ "target": "$.info", "update": update }]), expected);
}

#[test]
fn lists_get_longer() {
    let document = || json!({ "tags": [1], "in": { "tags": [1] } });
    let target = |update: Value| json!([{ "target": "$.tags", "update": update }]);
    check("1.0.0", document(), target(json!([2, 3])), json!({ "tags": [1, [2, 3]], "in": { "tags": [1] } }));
    check("1.1.0", document(), target(json!([2, 3])), json!({ "tags": [1, 2, 3], "in": { "tags": [1] } }));
    check("1.1.0", document(), target(json!({ "a": 1 })), json!({ "tags": [1, { "a": 1 }], "in": { "tags": [1] } }));
    let property = json!([{ "target": "$.in", "update": { "tags": [2] } }]);
    check("1.0.0", document(), property, json!({ "tags": [1], "in": { "tags": [1, 2] } }));
}

#[test]
fn several_nodes_are_changed_at_once() {
    let document = json!({ "paths": { "/a": { "get": {}, "put": {} }, "/b": { "get": {} } } });
    let actions =
        json!([{ "target": "$.paths.*.get", "update": { "x": 1 } }, { "target": "$.paths['/a'].put", "remove": true }]);
    let expected = json!({ "paths": { "/a": { "get": { "x": 1 } }, "/b": { "get": { "x": 1 } } } });
    check("1.0.0", document, actions, expected);
}

#[test]
fn items_are_removed_from_the_last_one_on() {
    let document = json!({ "list": ["a", "b", "c", "b"], "deep": [[1, 2], [3]] });
    let actions =
        json!([{ "target": "$.list[?@ == 'b']", "remove": true }, { "target": "$.deep[0,1][0]", "remove": true }]);
    check("1.1.0", document, actions, json!({ "list": ["a", "c"], "deep": [[2], []] }));
    let nested = json!({ "a": { "x": { "x": 1 } }, "x": [{ "x": 1 }] });
    check("1.1.0", nested, json!([{ "target": "$..x", "remove": true }]), json!({ "a": {} }));
}

#[test]
fn nodes_are_copied_and_single_values_replaced() {
    let document = json!({ "from": { "a": 1 }, "to": { "b": 2 }, "url": "old" });
    let actions = json!([{ "target": "$.to", "copy": "$.from" }, { "target": "$.url", "update": "new" }]);
    let expected = json!({ "from": { "a": 1 }, "to": { "b": 2, "a": 1 }, "url": "new" });
    check("1.1.0", document.clone(), actions, expected);
    check_refused("1.1.0", document.clone(), json!([{ "target": "$.to", "copy": "$.*" }]), "`$.*` selects 3 nodes");
    check_refused("1.0.0", document.clone(), json!([{ "target": "$.to", "copy": "$.from" }]), "has no `copy`");
    check_refused(
        "1.0.0",
        document,
        json!([{ "target": "$.url", "update": "new" }]),
        "a text cannot be merged into a text",
    );
}

#[test]
fn removal_counts_more_than_the_others() {
    let actions = json!([{ "target": "$.a", "remove": true, "update": { "b": 1 } }]);
    check("1.1.0", json!({ "a": {} }), actions, json!({}));
    let not_removed = json!([{ "target": "$.a", "remove": false, "update": { "b": 1 } }]);
    check("1.1.0", json!({ "a": {} }), not_removed, json!({ "a": { "b": 1 } }));
}

#[test]
fn what_does_not_go_together_changes_nothing() {
    let document = json!({ "info": { "a": 1, "b": [] } });
    let actions = json!([{ "target": "$.info", "update": { "a": 2, "b": {} } }]);
    check_refused("1.1.0", document, actions, "an object cannot be merged into a list, which `#/info/b` is");
}

#[test]
fn mistakes_are_told() {
    let document = || json!({ "a": {} });
    check_refused("2.0.0", document(), json!([]), "version 2.0.0 of the Overlay Specification is not supported");
    check_refused("1.1.0", document(), json!("no"), "an overlay has a list `actions`");
    check_refused("1.1.0", document(), json!([1]), "an action is an object");
    check_refused("1.1.0", document(), json!([{ "target": "$.a" }]), "this action changes nothing");
    check_refused("1.1.0", document(), json!([{ "update": 1 }]), "`target` is a JSONPath, and this action has none");
    check_refused("1.1.0", document(), json!([{ "target": "$.a[", "remove": true }]), "`$.a[` is not a JSONPath");
    check_refused("1.1.0", document(), json!([{ "target": "$.a", "remove": 1 }]), "`remove` is not a boolean");
    check_refused(
        "1.1.0",
        document(),
        json!([{ "target": "$", "remove": true }]),
        "the document itself cannot be removed",
    );
    check_refused(
        "1.1.0",
        document(),
        json!([{ "target": "$.b", "remove": true }]),
        "unmatched-target: `$.b` is nowhere",
    );
}
