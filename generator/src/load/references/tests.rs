//! Documents with `$ref`s to anywhere, and the components that these become.

use serde_json::json;

use super::*;

fn gathered(document: Value, others: &[(&str, &str)]) -> Value {
    let others = others.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let source = Source { name: "api/main.json".to_owned(), others, ..Source::new("", document.to_string()) };
    let mut document = document;
    gather(&mut document, &source, &mut Diagnostics::default());
    document
}

#[test]
fn places_outside_of_components_become_components() {
    let document = gathered(
        json!({
            "paths": { "/a": { "get": { "responses": { "200": { "content": { "application/json": {
                "schema": { "$ref": "#/definitions/Pet" } } } } } } } },
            "definitions": { "Pet": { "properties": { "next": { "$ref": "#/definitions/Pet" } } } },
        }),
        &[],
    );
    let schema = &document["paths"]["/a"]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
    assert_eq!(schema["$ref"], "#/components/schemas/Pet");
    assert_eq!(document["components"]["schemas"]["Pet"]["properties"]["next"]["$ref"], "#/components/schemas/Pet");
}

#[test]
fn other_files_refer_relative_to_themselves() {
    let document = gathered(
        json!({
            "paths": { "/a": { "$ref": "paths/a.yaml", "summary": "own" } },
            "components": { "schemas": { "Pet": {} } },
        }),
        &[
            (
                "paths/a.yaml",
                "summary: theirs\nget: {parameters: [{schema: {$ref: ../../lib/shared.yaml#/components/schemas/Pet}}]}",
            ),
            ("../lib/shared.yaml", "components: {schemas: {Pet: {items: {$ref: '#/components/schemas/Pet'}}}}"),
        ],
    );
    let item = &document["paths"]["/a"];
    assert_eq!(item["summary"], "own");
    assert_eq!(item["get"]["parameters"][0]["schema"]["$ref"], "#/components/schemas/Pet2");
    assert_eq!(document["components"]["schemas"]["Pet2"]["items"]["$ref"], "#/components/schemas/Pet2");
}

#[test]
fn definitions_of_a_schema_are_found_from_within() {
    let document = gathered(
        json!({ "components": { "schemas": { "Tree": {
            "$defs": { "Leaf": { "type": "string" } },
            "properties": { "leaf": { "$ref": "#/$defs/Leaf" } },
        } } } }),
        &[],
    );
    let schemas = &document["components"]["schemas"];
    assert_eq!(schemas["Tree"]["properties"]["leaf"]["$ref"], "#/components/schemas/Leaf");
    assert_eq!(schemas["Leaf"], json!({ "type": "string" }));
}

#[test]
fn what_leads_nowhere_is_left_and_circles_end() {
    let document = json!({
        "paths": { "/a": { "$ref": "#/paths/~1a" } },
        "components": { "schemas": { "A": { "$ref": "https://a.bc/x.json" }, "B": { "$ref": "gone.yaml" } } },
    });
    assert_eq!(gathered(document.clone(), &[])["components"], document["components"]);
}

#[test]
fn missing_files_are_those_nobody_gave() {
    let text = r##"{"a": {"$ref": "x.json#/A"}, "b": [{"$ref": "./y.yaml"}, {"$ref": "#/c"}, {"$ref": "http://z"}]}"##;
    let others = BTreeMap::from([("y.yaml".to_owned(), "$ref: sub/z.yaml".to_owned())]);
    let source = Source { name: "main.json".to_owned(), others, ..Source::new("", text) };
    assert_eq!(missing_files(&source), ["sub/z.yaml", "x.json"]);
}

#[test]
fn path_items_within_path_items_have_no_more_room_than_there_is() {
    let item = |next: usize| {
        let again = json!({ "again": { "{$request.body#/url}": { "$ref": format!("#/paths/~1{next}") } } });
        json!({ "get": { "callbacks": again }, "put": { "callbacks": again } })
    };
    let paths: serde_json::Map<_, _> = (0..64).map(|at| (format!("/{at}"), item(at + 1))).collect();
    let start = json!({ "paths": { "/": { "$ref": "#/paths/~10" } } });
    let mut document = start.clone();
    document["paths"].as_object_mut().unwrap().extend(paths);
    assert_ne!(gathered(document, &[])["paths"]["/"], start["paths"]["/"]);
}
