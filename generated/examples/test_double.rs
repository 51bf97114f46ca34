//! How a shop tests what it does with this client: no socket, no mock server, and retries that take no time.
//!
//! ```text
//! cargo run -p shipping-client --example test_double --features test-util
//! ```
//!
//! In a shop these functions are tests; here `main` calls them, so that the example can be run.

use std::error::Error;
use std::time::Duration;

use shipping_client::bigcommerce::double::{self, Fault};
use shipping_client::bigcommerce::{Client, ErrorBody, types};

type Outcome = Result<(), Box<dyn Error>>;

/// The shop's own code: sends all of one row of an order, and tells the tracking number or why there is none.
async fn ship(client: &Client, order: i64, row: i64) -> Result<String, String> {
    let items = vec![types::CreateShipmentItem { order_product_id: row, quantity: 1 }];
    let shipment = client.order_shipments().create(order, 131, items).shipping_provider("usps").await;
    match shipment {
        Ok(shipment) => Ok(shipment.tracking_number.clone().unwrap_or_default()),
        Err(error) if error.may_have_taken_effect() => Err(format!("look up the order before you try again: {error}")),
        Err(error) => Err(error.to_string()),
    }
}

/// What the store answers.
fn shipment() -> Result<types::Shipment, Box<dyn Error>> {
    let mut shipment = types::Shipment::new(11, 228, "Thu, 03 Jan 2019 19:38:15 +0000".parse()?, Vec::new());
    shipment.tracking_number = Some("EJ958083578US".to_owned());
    Ok(shipment)
}

/// The whole of a test: a server, its answer, a client, the shop's code, and what it sent.
async fn a_row_is_shipped() -> Outcome {
    let server = double::server();
    server.on::<double::CreateOrderShipment>().answer(shipment()?);
    assert_eq!(ship(&double::builder(&server).build()?, 228, 194).await?, "EJ958083578US");
    let sent = server.requests::<double::CreateOrderShipment>()?;
    assert_eq!((sent[0].order_id, sent[0].body.items[0].quantity), (228, 1));
    Ok(())
}

/// The store has had enough twice, so the call is sent three times, after the waits that it asks for.
async fn a_busy_store_is_asked_again() -> Outcome {
    let server = double::server();
    let busy = Fault::RateLimited(Duration::from_secs(20));
    server.on::<double::CreateOrderShipment>().fails(busy).fails(busy).answer(shipment()?);
    let client = double::builder(&server).build()?;
    assert!(ship(&client, 228, 194).await.is_ok());
    assert_eq!(server.requests::<double::CreateOrderShipment>()?.len(), 3);
    Ok(())
}

/// A connection that breaks leaves it open whether there is a shipment, so the shop is told to look.
async fn a_lost_answer_is_not_asked_for_again() -> Outcome {
    let server = double::server();
    server.on::<double::CreateOrderShipment>().fails(Fault::Reset);
    let said = ship(&double::builder(&server).build()?, 228, 194).await;
    assert!(said.is_err_and(|said| said.starts_with("look up the order")));
    assert_eq!(server.requests::<double::CreateOrderShipment>()?.len(), 1);
    Ok(())
}

/// The store refuses one order, as its document says that it may, and takes all others.
async fn an_unknown_order_is_told() -> Outcome {
    let server = double::server();
    let shipment = shipment()?;
    server.on::<double::CreateOrderShipment>().respond_with(move |request| match request.order_id {
        404 => request.error(404, &ErrorBody::ErrorList(Vec::new())),
        _ => request.answer(&shipment),
    });
    let client = double::builder(&server).build()?;
    assert!(ship(&client, 404, 194).await.is_err_and(|said| said.contains("404 Not Found")));
    assert!(ship(&client, 228, 194).await.is_ok());
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    a_row_is_shipped().await?;
    a_busy_store_is_asked_again().await?;
    a_lost_answer_is_not_asked_for_again().await?;
    an_unknown_order_is_told().await?;
    println!("four tests passed");
    Ok(())
}
