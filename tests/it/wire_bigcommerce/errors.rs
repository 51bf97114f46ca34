//! What every operation makes of every error that the document lists for it.

use std::pin::Pin;

use shipping_client::ErrorKind;
use shipping_client::bigcommerce::{Client, Error, ErrorBody, types};

use super::{call, client};
use crate::server::{Server, answer, answer_with, empty, json};

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
            let [problem] = problems.as_slice() else { panic!("{problems:?}") };
            assert_eq!((found.as_u16(), problem.status), (*status, Some(i32::from(*status))));
            assert_eq!(problem.message, "Required fields missing [key]");
            assert_eq!(problem.details.as_ref().map(|details| details["a"].to_string()).as_deref(), Some("1"));
        }
    }
}

#[tokio::test]
async fn statuses_without_a_described_body_keep_what_came() {
    for operation in OPERATIONS {
        for (status, body) in
            [(401, "\"Unauthorized\""), (403, ""), (429, r#"{"time":"5"}"#), (500, "<html>"), (503, ""), (599, "")]
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
        for status in [203, 301, 418] {
            let error = fail(operation, empty(status)).await;
            assert!(matches!(error.kind(), ErrorKind::Undocumented(found) if found == status), "{error:?}");
        }
    }
}

#[tokio::test]
async fn error_has_the_headers_that_say_when_to_try_again() {
    let headers =
        [("X-Rate-Limit-Requests-Left", "0"), ("X-Rate-Limit-Time-Reset-Ms", "15000"), ("X-Retry-After", "15")];
    let (_, result) =
        call(answer_with(429, &headers, ""), async |client| client.order_shipments().count(1).await).await;
    let error = result.expect_err("429 is an error");
    for (name, value) in headers {
        let found = error.headers().and_then(|headers| headers.get(name)).map(|value| value.as_bytes());
        assert_eq!(found, Some(value.as_bytes()), "{name}");
    }
}
