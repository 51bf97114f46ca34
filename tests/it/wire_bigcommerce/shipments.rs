//! Order shipments.

use client_runtime::codec::encode_checked;
use shipping_client::bigcommerce::types;

use super::{call, check, client};
use crate::server::{Server, empty, json};

/// The body of the page on updating a shipment.
const SHIPMENT: &str = r#"{
  "id": 11, "order_id": 228, "customer_id": 11, "order_address_id": 131,
  "date_created": "Wed, 13 Mar 2019 16:35:37 +0000",
  "tracking_number": "EJ958083578US", "merchant_shipping_cost": "0.0000", "shipping_method": "None",
  "shipping_provider": "usps", "tracking_carrier": "", "tracking_link": "", "comments": "Ready to go...",
  "billing_address": {
    "zip": "78751", "first_name": "Jane", "last_name": "Doe", "company": "", "street_1": "123 Main Street",
    "street_2": "", "city": "Austin", "state": "Texas", "country": "United States", "country_iso2": "US",
    "phone": "", "email": "janedoe@example.com"
  },
  "shipping_address": {
    "first_name": "Trishy", "last_name": "Test", "company": "Acme Pty Ltd", "street_1": "666 Sussex St",
    "street_2": "", "city": "Anywhere", "state": "Some State", "zip": "12345", "country": "United States",
    "country_iso2": "US", "phone": "", "email": "elsie@example.com"
  },
  "items": [
    { "order_product_id": 194, "product_id": 0, "quantity": 1 },
    { "order_product_id": 195, "product_id": 0, "quantity": 1 }
  ],
  "shipping_provider_display_name": "USPS",
  "generated_tracking_link": "http://trkcnfrm1.smi.usps.com/PTSInternetWeb/InterLabelInquiry.do?strOrigTrackNum=EJ958083578US"
}"#;

/// All properties of an address in the order of the document, `-` for what is not there.
fn text(address: Option<&types::Address>) -> String {
    let address = address.expect("an address");
    let types::Address { first_name, last_name, company, street_1, street_2, city, .. } = address;
    let types::Address { state, zip, country, country_iso2, phone, email, .. } = address;
    [first_name, last_name, company, street_1, street_2, city, state, zip, country, country_iso2, phone, email]
        .map(|text| text.as_deref().unwrap_or("-"))
        .join("|")
}

fn check_shipment(shipment: &types::Shipment) {
    let ids = (shipment.id, shipment.order_id, shipment.customer_id, shipment.order_address_id);
    assert_eq!(ids, (11, 228, Some(11), Some(131)));
    assert_eq!(shipment.date_created.as_str(), "Wed, 13 Mar 2019 16:35:37 +0000");
    let moment = shipment.date_created.timestamp().expect("a moment");
    assert_eq!(moment.to_string(), "2019-03-13T16:35:37Z");
    assert_eq!(shipment.merchant_shipping_cost.map(|cost| cost.to_string()).as_deref(), Some("0.0000"));
    assert_eq!(shipment.tracking_number.as_deref(), Some("EJ958083578US"));
    assert_eq!(shipment.shipping_method.as_deref(), Some("None"));
    assert_eq!(shipment.shipping_provider, Some(types::ShippingProvider::Usps));
    assert_eq!((shipment.tracking_carrier.as_deref(), shipment.tracking_link.as_deref()), (Some(""), Some("")));
    assert_eq!(shipment.comments.as_deref(), Some("Ready to go..."));
    assert_eq!(
        text(shipment.billing_address.as_ref()),
        "Jane|Doe||123 Main Street||Austin|Texas|78751|United States|US||janedoe@example.com"
    );
    assert_eq!(
        text(shipment.shipping_address.as_ref()),
        "Trishy|Test|Acme Pty Ltd|666 Sussex St||Anywhere|Some State|12345|United States|US||elsie@example.com"
    );
    let items: Vec<_> =
        shipment.items.iter().map(|item| (item.order_product_id, item.product_id, item.quantity)).collect();
    assert_eq!(items, [(194, Some(0), 1), (195, Some(0), 1)]);
    assert_eq!(shipment.shipping_provider_display_name.as_deref(), Some("USPS"));
    assert_eq!(
        shipment.generated_tracking_link.as_deref(),
        Some("http://trkcnfrm1.smi.usps.com/PTSInternetWeb/InterLabelInquiry.do?strOrigTrackNum=EJ958083578US")
    );
}

#[test]
fn shipment_round_trips() {
    let shipment: types::Shipment = client_runtime::codec::decode_slice(SHIPMENT.as_bytes()).expect("a shipment");
    let written = encode_checked(&shipment, &[]).expect("what was read can be written");
    let parse = |text: &[u8]| serde_json::from_slice::<serde_json::Value>(text).expect("JSON");
    assert_eq!(parse(&written), parse(SHIPMENT.as_bytes()));
}

#[tokio::test]
async fn list_sends_page_and_limit() {
    let (request, shipments) = call(json(200, &format!("[{SHIPMENT}]")), async |client| {
        client.order_shipments().list(228).page(2).limit(250).await
    })
    .await;
    check(&request, "GET /stores/abc123/v2/orders/228/shipments?page=2&limit=250", "");
    let shipments = shipments.expect("200 is a success");
    assert_eq!(shipments.len(), 1);
    check_shipment(&shipments[0]);
}

#[tokio::test]
async fn list_is_empty_for_204() {
    let (request, shipments) = call(empty(204), async |client| client.order_shipments().list(228).await).await;
    check(&request, "GET /stores/abc123/v2/orders/228/shipments", "");
    let shipments = shipments.expect("204 is a success");
    assert_eq!((shipments.status().as_u16(), shipments.len()), (204, 0));
}

#[tokio::test]
async fn list_is_read_page_by_page_until_204() {
    let page = |ids: &[&str]| {
        let shipments = ids.iter().map(|id| SHIPMENT.replacen("\"id\": 11", &format!("\"id\": {id}"), 1));
        json(200, &format!("[{}]", shipments.collect::<Vec<_>>().join(",")))
    };
    let server = Server::start(vec![page(&["1", "2"]), page(&["3"]), empty(204)]).await;
    let client = client(&server.url);
    let mut all = client.order_shipments().list(228).limit(2).items();
    let mut ids = Vec::new();
    while let Some(shipment) = all.next().await {
        ids.push(shipment.expect("a shipment").id);
    }
    assert_eq!(ids, [1, 2, 3]);
    let target = "GET /stores/abc123/v2/orders/228/shipments";
    let expected = ["?limit=2", "?page=2&limit=2", "?page=3&limit=2"].map(|query| format!("{target}{query}"));
    let requests = server.requests();
    assert_eq!(requests.iter().map(|request| request.line()).collect::<Vec<_>>(), expected);
    assert!(requests.iter().all(|request| request.header("x-auth-token").count() == 1));
}

#[tokio::test]
async fn list_ends_at_204_also_where_it_begins() {
    let server = Server::start(vec![empty(204)]).await;
    let client = client(&server.url);
    let mut pages = client.order_shipments().list(228).pages();
    let first = pages.next().await.expect("the first page").expect("204 is a success");
    assert_eq!((first.status().as_u16(), first.len()), (204, 0));
    assert!(pages.next().await.is_none());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn create_sends_arguments_and_setters() {
    let items = vec![types::CreateShipmentItem { order_product_id: 16, quantity: 2 }];
    let (request, shipment) = call(json(201, SHIPMENT), async |client| {
        client
            .order_shipments()
            .create(228, 131, items)
            .tracking_number("EJ958083578US")
            .tracking_link("https://example.com/t?n=1&m=\"2\"")
            .merchant_shipping_cost("1.0000".parse().unwrap())
            .shipping_method("Standard")
            .shipping_provider("carrier_33")
            .tracking_carrier("australia-post")
            .comments("Grüße\n")
            .await
    })
    .await;
    check(
        &request,
        "POST /stores/abc123/v2/orders/228/shipments",
        r#"{"order_address_id":131,"items":[{"order_product_id":16,"quantity":2}],"tracking_number":"EJ958083578US","tracking_link":"https://example.com/t?n=1&m=\"2\"","merchant_shipping_cost":"1.0000","shipping_method":"Standard","shipping_provider":"carrier_33","tracking_carrier":"australia-post","comments":"Grüße\n"}"#,
    );
    check_shipment(&shipment.expect("201 is a success"));
}

#[tokio::test]
async fn delete_all_reads_204() {
    let (request, response) = call(empty(204), async |client| client.order_shipments().delete_all(228).await).await;
    check(&request, "DELETE /stores/abc123/v2/orders/228/shipments", "");
    assert_eq!(response.expect("204 is a success").status(), 204);
}

#[tokio::test]
async fn count_reads_a_number() {
    let (request, count) =
        call(json(200, r#"{"count":27}"#), async |client| client.order_shipments().count(228).await).await;
    check(&request, "GET /stores/abc123/v2/orders/228/shipments/count", "");
    assert_eq!(count.expect("200 is a success").count, 27);
}

#[tokio::test]
async fn get_reads_a_shipment() {
    let (request, shipment) =
        call(json(200, SHIPMENT), async |client| client.order_shipments().get(228, 11).await).await;
    check(&request, "GET /stores/abc123/v2/orders/228/shipments/11", "");
    check_shipment(&shipment.expect("200 is a success"));
}

#[tokio::test]
async fn update_sends_the_body_of_the_vendors_page() {
    let (request, shipment) = call(json(200, SHIPMENT), async |client| {
        client
            .order_shipments()
            .update(228, 11)
            .order_address_id(1)
            .tracking_number("EJ958083578US")
            .merchant_shipping_cost("1.0000".parse().unwrap())
            .shipping_provider(types::ShippingProvider::Fedex)
            .await
    })
    .await;
    check(
        &request,
        "PUT /stores/abc123/v2/orders/228/shipments/11",
        r#"{"order_address_id":1,"tracking_number":"EJ958083578US","merchant_shipping_cost":"1.0000","shipping_provider":"fedex"}"#,
    );
    check_shipment(&shipment.expect("200 is a success"));
}

#[tokio::test]
async fn delete_reads_204() {
    let (request, response) = call(empty(204), async |client| client.order_shipments().delete(228, 11).await).await;
    check(&request, "DELETE /stores/abc123/v2/orders/228/shipments/11", "");
    assert_eq!(response.expect("204 is a success").status(), 204);
}
