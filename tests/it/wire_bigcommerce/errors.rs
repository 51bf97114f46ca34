//! What every operation makes of every error that the document lists for it.

use std::pin::Pin;

use shipping_client::ErrorKind;
use shipping_client::bigcommerce::{Client, Error, ErrorBody, types};

use super::client;
use crate::server::{Server, answer, empty, json};

type Outcome<'a> = Pin<Box<dyn Future<Output = Result<u16, Error>> + 'a>>;
type Operation = (&'static str, &'static [u16], for<'a> fn(&'a Client) -> Outcome<'a>);

macro_rules! operation {
    ($name:literal, [$($typed:literal),*], |$client:ident| $call:expr) => {
        ($name, &[$($typed),*], |$client| Box::pin(async move { Ok($call.await?.status().as_u16()) }))
    };
}

fn connection() -> types::CarrierConnection {
    types::CarrierConnection::RoyalMail(types::RoyalMailConnection::default())
}

fn settings() -> types::ShippingMethodSettings {
    types::ShippingMethodSettings::FreeShipping(types::FreeShippingSettings::default())
}

fn items() -> Vec<types::CreateShipmentItem> {
    vec![types::CreateShipmentItem { order_product_id: 1, quantity: 1 }]
}

/// Every operation with the statuses of which the document describes the body.
const OPERATIONS: &[Operation] = &[
    operation!("createCarrierConnection", [400], |client| client.carrier_connections().create(connection())),
    operation!("updateCarrierConnection", [400], |client| client.carrier_connections().update(connection())),
    operation!("deleteCarrierConnection", [400], |client| client.carrier_connections().delete("fedex")),
    operation!("listShippingMethods", [404], |client| client.shipping_methods().list(1)),
    operation!("createShippingMethod", [400, 404, 422], |client| client.shipping_methods().create(1, "n", settings())),
    operation!("getShippingMethod", [404], |client| client.shipping_methods().get(1, 2)),
    operation!("updateShippingMethod", [400, 404, 422], |client| client.shipping_methods().update(1, 2)),
    operation!("deleteShippingMethod", [404], |client| client.shipping_methods().delete(1, 2)),
    operation!("listOrderShipments", [404], |client| client.order_shipments().list(1)),
    operation!("createOrderShipment", [400, 404], |client| client.order_shipments().create(1, 2, items())),
    operation!("deleteAllOrderShipments", [404], |client| client.order_shipments().delete_all(1)),
    operation!("countOrderShipments", [404], |client| client.order_shipments().count(1)),
    operation!("getOrderShipment", [404], |client| client.order_shipments().get(1, 2)),
    operation!("updateOrderShipment", [400, 404], |client| client.order_shipments().update(1, 2)),
    operation!("deleteOrderShipment", [404], |client| client.order_shipments().delete(1, 2)),
];

async fn fail(operation: &Operation, response: Vec<u8>) -> Error {
    let server = Server::start(vec![response]).await;
    let error = (operation.2)(&client(&server.url)).await.expect_err("an error status is an error");
    assert_eq!(error.operation(), operation.0);
    error
}

#[tokio::test]
async fn typed_bodies_are_read_for_the_statuses_that_have_them() {
    for operation in OPERATIONS {
        for status in operation.1 {
            let body =
                format!(r#"[{{"status":{status},"message":"Required fields missing [key]","details":{{"a":1}}}}]"#);
            let error = fail(operation, json(*status, &body)).await;
            let ErrorKind::Documented(found, Some(ErrorBody::ErrorList(problems))) = error.kind() else {
                panic!("{}: {error:?}", operation.0)
            };
            assert_eq!((found.as_u16(), problems[0].message.as_str()), (*status, "Required fields missing [key]"));
        }
    }
}

#[tokio::test]
async fn statuses_without_a_described_body_keep_what_came() {
    for operation in OPERATIONS {
        for (status, body) in
            [(401, "\"Unauthorized\""), (403, ""), (429, r#"{"time":"5"}"#), (500, "<html>"), (503, "")]
        {
            let error = fail(operation, answer(status, "text/plain", body)).await;
            assert!(
                matches!(error.kind(), ErrorKind::Documented(found, None) if found.as_u16() == status),
                "{error:?}"
            );
            assert_eq!(error.raw_body(), Some(body.as_bytes()));
        }
    }
}

#[tokio::test]
async fn other_statuses_are_undocumented() {
    for operation in OPERATIONS {
        let error = fail(operation, empty(418)).await;
        assert!(matches!(error.kind(), ErrorKind::Undocumented(status) if status == 418), "{error:?}");
    }
}
