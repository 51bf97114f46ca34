//! The types of the shipping client, through serde and as JSON text without it.

use serde::{Deserialize, Serialize};
use shipping_client::bigcommerce::types::{CarrierConnection, DeleteCarrierConnection, Shipment, UpdateShipment};
use shipping_client::{bigcommerce, shipstation};

const SHIPMENT: &str = r#"{"id":11,"order_id":228,"date_created":"Wed, 13 Mar 2019 16:35:37 +0000","merchant_shipping_cost":"0.0000","shipping_provider":"acme","items":[{"order_product_id":194,"product_id":0,"quantity":1}]}"#;

const CONNECTION: &str = r#"{"carrier_id":"auspost","connection":{"auth_key":"hush","test_mode":true}}"#;

#[test]
fn text_is_the_wire_form() {
    let shipment = Shipment::from_json(SHIPMENT).expect("a shipment");
    assert_eq!(shipment.id, 11);
    assert_eq!(shipment.to_json().expect("a value with JSON"), SHIPMENT);
    let error = Shipment::from_json(br#"{"id":"11"}"#).expect_err("no number");
    assert_eq!((error.path().as_str(), error.offset()), ("$.id", 6));
}

#[test]
fn limits_are_not_checked() {
    let json = format!(r#"{{"tracking_number":"{}"}}"#, "9".repeat(51));
    assert_eq!(UpdateShipment::from_json(&json).expect("a text").to_json().expect("a value with JSON"), json);
    assert_eq!(DeleteCarrierConnection::from_json(r#"{"carrier_id":""}"#).expect("a text").carrier_id, "");
}

#[derive(Serialize, Deserialize)]
struct Row {
    seen: u32,
    #[serde(flatten)]
    shipment: Shipment,
    connection: Option<CarrierConnection>,
}

#[test]
fn types_of_users_hold_them() {
    let shipment = SHIPMENT.strip_prefix('{').and_then(|text| text.strip_suffix('}')).expect("an object");
    let json = format!(r#"{{"seen":3,{shipment},"connection":{CONNECTION}}}"#);
    let row: Row = serde_json::from_str(&json).expect("a row");
    assert_eq!(serde_json::to_string(&row).expect("a value with JSON"), json);
    let yaml = serde_yaml::to_string(&row).expect("YAML holds all that JSON does");
    let again: Row = serde_yaml::from_str(&yaml).expect("a row");
    assert_eq!((again.shipment, again.connection), (row.shipment, row.connection));
}

#[test]
fn credentials_are_written_in_clear_and_shown_nowhere() {
    let connection: CarrierConnection = serde_json::from_str(CONNECTION).expect("a connection");
    assert!(!format!("{connection:?}").contains("hush"));
    assert_eq!(serde_json::to_string(&connection).expect("a value with JSON"), CONNECTION);
    let error = serde_json::from_str::<CarrierConnection>(&CONNECTION.replace("true", "\"hush\"")).err();
    assert!(error.is_none_or(|error| !error.to_string().contains("hush")));
}

/// That every type has serde's traits is what the signature says; what does not would not compile.
#[test]
fn every_kind_of_type_has_the_traits() {
    fn check<T: Serialize + serde::de::DeserializeOwned>() {}
    check::<bigcommerce::types::Flag>();
    check::<bigcommerce::types::ErrorList>();
    check::<bigcommerce::types::ShippingMethodSettings>();
    check::<shipstation::types::CarrierSettings>();
    check::<shipstation::types::Carrier>();
}
