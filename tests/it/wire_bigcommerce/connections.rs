//! Carrier connections.

use shipping_client::bigcommerce::types;

use super::{call, check};
use crate::server::empty;

fn every_carrier() -> Vec<(types::CarrierConnection, &'static str)> {
    use types::CarrierConnection;
    let text = |text: &str| types::ShippingProviderSetting::Text(text.into());
    vec![
        (
            CarrierConnection::AustraliaPost(types::AustraliaPostConnection {
                auth_key: "yourAusPostAuthKey".into(),
                test_mode: false,
            }),
            r#"{"carrier_id":"auspost","connection":{"auth_key":"yourAusPostAuthKey","test_mode":false}}"#,
        ),
        (
            CarrierConnection::Endicia(types::EndiciaConnection {
                account_id: "yourEndiciaAccountId".into(),
                pass_phrase: "yourEndiciaPassphrase".into(),
            }),
            r#"{"carrier_id":"endicia","connection":{"account_id":"yourEndiciaAccountId","pass_phrase":"yourEndiciaPassphrase"}}"#,
        ),
        (
            CarrierConnection::Fedex(types::FedexConnection {
                key: "yourFedexKey".into(),
                password: "yourFedexPassword".into(),
                account_number: "yourFedexAccountNumber".into(),
                meter_number: "yourFedexMeterNumber".into(),
            }),
            r#"{"carrier_id":"fedex","connection":{"key":"yourFedexKey","password":"yourFedexPassword","account_number":"yourFedexAccountNumber","meter_number":"yourFedexMeterNumber"}}"#,
        ),
        (
            CarrierConnection::RoyalMail(types::RoyalMailConnection::default()),
            r#"{"carrier_id":"royalmail","connection":{}}"#,
        ),
        (
            CarrierConnection::Zoom2u(types::Zoom2uConnection {
                auth_key: "yourZoom2uAuthKey".into(),
                test_mode: false,
            }),
            r#"{"carrier_id":"zoom2u","connection":{"auth_key":"yourZoom2uAuthKey","test_mode":false}}"#,
        ),
        (
            CarrierConnection::ShippingProvider(types::ShippingProviderConnection {
                carrier_id: "carrier_33".into(),
                connection: [
                    ("your_configured_key_1".to_owned(), text("value_1")),
                    ("your_configured_key_2".to_owned(), text("value_2")),
                ]
                .into(),
            }),
            r#"{"carrier_id":"carrier_33","connection":{"your_configured_key_1":"value_1","your_configured_key_2":"value_2"}}"#,
        ),
    ]
}

#[tokio::test]
async fn create_sends_tag_and_credentials_of_every_carrier() {
    for (connection, body) in every_carrier() {
        let (request, response) =
            call(empty(204), async |client| client.carrier_connections().create(connection).await).await;
        check(&request, "POST /stores/abc123/v2/shipping/carrier/connection", body);
        assert_eq!(response.expect("204 is a success").status(), 204);
    }
}

#[tokio::test]
async fn update_sends_tag_and_credentials_of_every_carrier() {
    for (connection, body) in every_carrier() {
        let (request, response) =
            call(empty(204), async |client| client.carrier_connections().update(connection).await).await;
        check(&request, "PUT /stores/abc123/v2/shipping/carrier/connection", body);
        assert_eq!(response.expect("204 is a success").status(), 204);
    }
}

#[tokio::test]
async fn delete_names_the_carrier_in_its_body() {
    let (request, response) =
        call(empty(204), async |client| client.carrier_connections().delete("auspost").await).await;
    check(&request, "DELETE /stores/abc123/v2/shipping/carrier/connection", r#"{"carrier_id":"auspost"}"#);
    assert_eq!(response.expect("204 is a success").status(), 204);
}

#[test]
fn debug_shows_no_credential() {
    for (connection, _) in every_carrier() {
        let shown = format!("{connection:?}");
        for secret in ["AuthKey", "Passphrase", "yourFedex", "value_1", "value_2"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}
