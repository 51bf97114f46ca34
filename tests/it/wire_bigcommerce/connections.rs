//! Carrier connections.

use shipping_client::bigcommerce::types::{self, CarrierConnection, ShippingProviderSetting};

use super::{call, check};
use crate::server::empty;

fn provider(connection: impl IntoIterator<Item = (&'static str, ShippingProviderSetting)>) -> CarrierConnection {
    let connection = connection.into_iter().map(|(name, setting)| (name.to_owned(), setting)).collect();
    CarrierConnection::ShippingProvider(types::ShippingProviderConnection {
        carrier_id: "carrier_33".into(),
        connection,
    })
}

fn listed_carriers() -> Vec<(CarrierConnection, &'static str)> {
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
    ]
}

fn providers() -> Vec<(CarrierConnection, &'static str)> {
    let text = |text: &str| ShippingProviderSetting::Text(text.into());
    let texts = ShippingProviderSetting::Texts(vec!["value_3".into(), "value_4".into()]);
    vec![
        (
            provider([("your_configured_key_1", text("value_1")), ("your_configured_key_2", text("value_2"))]),
            r#"{"carrier_id":"carrier_33","connection":{"your_configured_key_1":"value_1","your_configured_key_2":"value_2"}}"#,
        ),
        (
            provider([("box", ShippingProviderSetting::Flag(true)), ("choices", texts)]),
            r#"{"carrier_id":"carrier_33","connection":{"box":true,"choices":["value_3","value_4"]}}"#,
        ),
        (provider([]), r#"{"carrier_id":"carrier_33","connection":{}}"#),
    ]
}

fn every_carrier() -> impl Iterator<Item = (CarrierConnection, &'static str)> {
    listed_carriers().into_iter().chain(providers())
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
fn connection_shows_no_credential() {
    for (connection, _) in every_carrier() {
        let shown = format!("{connection:?} {connection:#?}");
        for secret in ["AuthKey", "Passphrase", "yourFedex", "value_"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}
