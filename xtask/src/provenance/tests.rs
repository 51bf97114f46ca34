//! Questions about our own client, and their answers.

use super::*;

fn ask(query: Option<&str>, is_json: bool) -> Result<String> {
    run(&Workspace::here(), &Order { query: query.map(str::to_owned), spec: None, is_json })
}

#[test]
fn item_is_found_by_the_end_of_its_name() {
    let answer = ask(Some("types::Shipment::tracking_number"), false).unwrap();
    let mut lines = answer.lines();
    assert_eq!(lines.next(), Some("shipping_client::bigcommerce::types::Shipment::tracking_number"));
    let place = lines.next().unwrap().trim();
    assert!(place.starts_with("spec/bigcommerce.yaml:"), "{place}");
    assert!(place.ends_with("#/components/schemas/Shipment/properties/tracking_number"), "{place}");
}

#[test]
fn line_of_a_document_leads_back_to_its_items() {
    let answer = ask(Some("OrderShipments::list"), true).unwrap();
    let item: serde_json::Value = serde_json::from_str(answer.lines().next().unwrap()).unwrap();
    let line = format!("spec/bigcommerce.yaml:{}", item["place"]["line"]);
    let back = ask(Some(&line), false).unwrap();
    assert!(back.contains("OrderShipments::list\n"), "{back}");
    // Within an operation, the operation is meant.
    let inside = format!("spec/bigcommerce.yaml:{}", item["place"]["line"].as_u64().unwrap() + 1);
    assert!(ask(Some(&inside), false).unwrap().contains("OrderShipments::list\n"));
}

#[test]
fn line_of_generated_code_leads_to_the_document() {
    let file = Workspace::here().generated_src().join("bigcommerce/operations/order_shipments.rs");
    let text = std::fs::read_to_string(&file).unwrap();
    let line = text.lines().position(|line| line.contains("pub fn list(")).unwrap() + 2;
    let answer = ask(Some(&format!("{}:{line}", file.display())), false).unwrap();
    assert!(answer.contains("OrderShipments::list\n"), "{answer}");
}

#[test]
fn what_does_not_exist_is_said_with_what_does() {
    let error = ask(Some("Shipment::tracking_numbr"), false).unwrap_err().to_string();
    assert!(error.contains("`Shipment::tracking_number`"), "{error}");
    let error = ask(Some("spec/nothing.yaml:1"), false).unwrap_err().to_string();
    assert!(error.contains("spec/bigcommerce.yaml"), "{error}");
}

#[test]
fn whole_map_has_every_item_once() {
    let map = ask(None, false).unwrap();
    let items: Vec<_> = map.lines().map(|line| line.split('\t').next().unwrap()).collect();
    let different: std::collections::BTreeSet<_> = items.iter().collect();
    assert!(items.len() > 500 && different.len() == items.len(), "{} of {}", different.len(), items.len());
}
