//! What does not work, and how it is told: nothing is sent that breaks a rule, and nothing a server answers goes unexplained.

use shipping_client::ErrorKind;
use shipping_client::bigcommerce::{Client, Error, types};
use shipping_client::shipstation;

use crate::server::{Server, answer, empty, json};

fn client(url: &str) -> Client {
    let base_url = format!("{url}/stores/{{store_hash}}/v2");
    Client::builder().base_url(base_url).store_hash("abc").access_token("secret-token").build().expect("all settings")
}

/// The error of a call that never leaves the program.
async fn unsent<T>(call: impl AsyncFnOnce(&Client) -> Result<T, Error>) -> String {
    let server = Server::start(vec![empty(204)]).await;
    let error = call(&client(&server.url)).await.err().expect("the call is refused");
    assert!(matches!(error.kind(), ErrorKind::Constraint(_)), "{error:?}");
    assert_eq!(server.connections().await, 0);
    error.to_string()
}

/// The error of a call that is answered so.
async fn refused(answer: Vec<u8>) -> Error {
    let server = Server::start(vec![answer]).await;
    client(&server.url).order_shipments().list(1).await.expect_err("the answer is no list")
}

#[tokio::test]
async fn missing_credential_is_named_and_nothing_is_sent() {
    let server = Server::start(vec![empty(204)]).await;
    let client =
        Client::builder().base_url(&server.url).store_hash("abc").build().expect("a client without credentials");
    let error = client.order_shipments().list(1).await.expect_err("there is no credential");
    assert!(error.is_request());
    assert!(error.to_string().contains(".access_token(..)"), "{error}");
    assert_eq!(server.connections().await, 0);
}

#[test]
fn missing_store_is_named_when_the_client_is_built() {
    let error = Client::builder().access_token("secret-token").build().expect_err("there is no store");
    assert!(error.to_string().contains(".store_hash(..)"), "{error}");
}

#[tokio::test]
async fn violated_limits_are_told_with_property_and_rule() {
    let item = |quantity| vec![types::CreateShipmentItem { order_product_id: 1, quantity }];
    assert_eq!(
        unsent(async |client| client.order_shipments().update(1, 2).tracking_number("1".repeat(51)).await).await,
        "`updateOrderShipment` was not sent: `$.tracking_number` is longer than 50 characters"
    );
    assert_eq!(
        unsent(async |client| client.order_shipments().update(1, 2).tracking_link("x".repeat(501)).await).await,
        "`updateOrderShipment` was not sent: `$.tracking_link` is longer than 500 characters"
    );
    assert_eq!(
        unsent(async |client| client.order_shipments().update(1, 2).comments("é".repeat(65_536)).await).await,
        "`updateOrderShipment` was not sent: `$.comments` is longer than 65535 characters"
    );
    assert_eq!(
        unsent(async |client| client.order_shipments().create(1, 2, Vec::new()).await).await,
        "`createOrderShipment` was not sent: `$.items` has fewer than 1 item"
    );
    assert_eq!(
        unsent(async |client| client.order_shipments().create(1, 2, item(0)).await).await,
        "`createOrderShipment` was not sent: `$.items[0].quantity` is less than 1"
    );
    assert_eq!(
        unsent(async |client| client.order_shipments().list(1).limit(251).await).await,
        "`listOrderShipments` was not sent: parameter `limit` is more than 250"
    );
    assert_eq!(
        unsent(async |client| client.order_shipments().list(0).await).await,
        "`listOrderShipments` was not sent: parameter `order_id` is less than 1"
    );
}

#[tokio::test]
async fn violated_limits_of_shipstation_are_told() {
    let server = Server::start(vec![empty(204)]).await;
    let client = shipstation::Client::builder().base_url(&server.url).api_key("k").build().expect("all settings");
    let relay = shipstation::types::MondialRelayAccountUpdate {
        nickname: "n".into(),
        api_key: "1234567".into(),
        enseigne: "e".into(),
    };
    let update = shipstation::types::CarrierAccountUpdate::MondialRelay(relay);
    let short = client.carriers().update("mondial_relay", "se-1", update.clone()).await.expect_err("a short key");
    assert!(short.to_string().ends_with("`$.api_key` is shorter than 8 characters"), "{short}");
    let id = client.carriers().update("mondial_relay", "12345", update).await.expect_err("not an id");
    assert!(id.to_string().ends_with("parameter `carrier_id` does not match the pattern `^se(-[a-z0-9]+)+$`"), "{id}");
    assert_eq!(server.connections().await, 0);
}

#[tokio::test]
async fn unknown_enumeration_values_are_kept_and_sent_back() {
    let body = r#"{"id":1,"order_id":2,"date_created":"Wed, 13 Mar 2019 16:35:37 +0000","items":[],"shipping_provider":"custom_x","new":{}}"#;
    let server = Server::start(vec![json(200, body)]).await;
    let client = client(&server.url);
    let shipment = client.order_shipments().get(2, 1).await.expect("extra properties do no harm").into_body();
    let provider = shipment.shipping_provider.expect("a provider");
    assert_eq!(provider.as_str(), "custom_x");
    client.order_shipments().update(2, 1).shipping_provider(provider).await.expect("200");
    assert_eq!(server.requests()[1].body, r#"{"shipping_provider":"custom_x"}"#);
}

#[tokio::test]
async fn undocumented_success_is_told_with_its_status() {
    let server = Server::start(vec![empty(204)]).await;
    let error = client(&server.url).order_shipments().get(1, 2).await.expect_err("200 is what is documented");
    assert!(matches!(error.kind(), ErrorKind::Undocumented(status) if status == 204), "{error:?}");
}

#[tokio::test]
async fn bodies_that_do_not_decode_name_path_and_status() {
    let item = |quantity: &str| {
        format!(
            r#"[{{"id":1,"order_id":2,"date_created":"Wed, 13 Mar 2019 16:35:37 +0000","items":[{{"order_product_id":1,"quantity":1}},{{"order_product_id":1{quantity}}}]}}]"#
        )
    };
    for (response, expected) in [
        (json(200, &item("")), "property `quantity` is missing at `$[0].items[1]` (byte 116)"),
        (
            json(200, &item(r#","quantity":"x""#)),
            "expected a number, found a string at `$[0].items[1].quantity` (byte 149)",
        ),
        (json(200, r#"[{"id":1,"#), "EOF while parsing a value at `$[0]` (byte 9)"),
        (json(200, ""), "EOF while parsing a value at `$` (byte 0)"),
        (
            answer(200, "text/html", "<html></html>"),
            "expected JSON, but the media type is \"text/html\" at `$` (byte 0)",
        ),
        (json(404, "\"Not here\""), "expected an array, found a string at `$` (byte 0)"),
    ] {
        let status: u16 = String::from_utf8_lossy(&response[9..12]).parse().expect("a status");
        let error = refused(response).await;
        let ErrorKind::Decode(found, decode) = error.kind() else { panic!("{error:?}") };
        assert_eq!((found.as_u16(), decode.to_string().as_str()), (status, expected));
        assert!(error.raw_body().is_some());
    }
}

#[tokio::test]
async fn html_from_a_gateway_is_a_documented_status_with_its_body() {
    let error = refused(answer(502, "text/html", "<html>Bad gateway</html>")).await;
    assert!(matches!(error.kind(), ErrorKind::Documented(status, None) if status == 502), "{error:?}");
    assert_eq!(error.raw_body(), Some(b"<html>Bad gateway</html>".as_slice()));
}

#[tokio::test]
async fn connection_that_breaks_in_the_body_is_a_transport_error() {
    let whole = json(200, r#"[{"id":1}]"#);
    let error = refused(whole[..whole.len() - 4].to_vec()).await;
    assert!(error.is_transport() && !error.is_connect(), "{error:?}");
}

#[tokio::test]
async fn refused_connection_is_told_apart() {
    let client = client("http://127.0.0.1:1");
    let error = client.order_shipments().list(1).await.expect_err("nobody listens");
    assert!(error.is_connect(), "{error:?}");
}

#[tokio::test]
async fn secrets_are_in_no_debug_output_and_no_error() {
    let server = Server::start(vec![json(400, r#"[{"message":"m"}]"#)]).await;
    let client = client(&server.url);
    let fedex = types::FedexConnection {
        key: "secret-key".into(),
        password: "secret-password".into(),
        account_number: "secret-account".into(),
        meter_number: "secret-meter".into(),
    };
    let call = client.carrier_connections().create(types::CarrierConnection::Fedex(fedex));
    let mut shown = format!("{client:?} {call:?}");
    let error = call.await.expect_err("400 is an error");
    shown.push_str(&format!("{error} {error:?}"));
    shown.push_str(&format!("{:?}", Client::builder().access_token("secret-token")));
    assert!(!shown.contains("secret-"), "{shown}");
}
