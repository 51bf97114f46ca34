//! A document in which every object is broken in turn, in every way that is common. Whatever is broken costs itself and what
//! needs it: the operation beside it is always there.

use generator::{Format, Root, Source};
use serde_json::{Value, json};

use super::mutate::pointers;

/// What stands in place of an object.
fn replacements() -> [Value; 5] {
    [json!(null), json!("text"), json!([]), json!({}), json!({ "$ref": "missing.yaml#/part" })]
}

/// Names of properties whose values are not objects of OpenAPI.
const DATA: &[&str] = &["example", "default", "enum", "value", "required", "x-extra", "openapi", "info"];

fn is_part(pointer: &str) -> bool {
    let mut tokens = pointer.split('/').skip(1);
    let is_data = pointer.split('/').any(|token| DATA.contains(&token));
    let is_inside = tokens.next().is_some() && tokens.next().is_some();
    is_inside && !is_data && !pointer.starts_with("/paths/~1kept")
}

/// What is wrong with the client of a document, if anything is.
fn fault(document: &Value) -> Option<String> {
    let source = Source::new("broken.json", document.to_string());
    let root = Root::Crate { crate_name: "client".to_owned() };
    match generator::generate(&source, &root) {
        Ok(output) => {
            let is_kept = output.files.iter().any(|(_, text)| text.contains("pub fn kept("));
            (!is_kept).then(|| "the operation beside it is gone".to_owned())
        }
        Err(report) => Some(report.render(&source, Format::PLAIN).lines().take(3).collect::<Vec<_>>().join(" ")),
    }
}

#[test]
fn a_broken_part_costs_itself_alone() {
    let text = include_str!("parts.json");
    let document: Value = serde_json::from_str(text).expect("a document");
    assert_eq!(fault(&document), None);
    let mut all = Vec::new();
    pointers(&document, "", &mut all);
    let is_object =
        |pointer: &String| document.pointer(pointer).is_some_and(|value| value.is_object() || value.is_array());
    let mut faults = Vec::new();
    for pointer in all.iter().filter(|pointer| is_part(pointer) && is_object(pointer)) {
        for replacement in replacements() {
            let mut broken = document.clone();
            if let Some(node) = broken.pointer_mut(pointer) {
                *node = replacement.clone();
            }
            faults.extend(fault(&broken).map(|fault| format!("{pointer} = {replacement}: {fault}")));
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
