//! Sends an order on its way: looks at its shipments, adds one, and corrects its tracking number.
//!
//! ```text
//! cargo run -p shipping-client --example ship_order
//! ```
//!
//! talks to a mock that the example starts itself. With `BIGCOMMERCE_STORE_HASH` and `BIGCOMMERCE_ACCESS_TOKEN` set it
//! talks to that store, and needs three numbers: the order, its shipping address, and a row of the order to ship:
//!
//! ```text
//! cargo run -p shipping-client --example ship_order -- 228 131 194
//! ```

mod mock;

use std::env;
use std::error::Error;

use shipping_client::ErrorKind;
use shipping_client::bigcommerce::{Client, ErrorBody, types};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let numbers: Vec<i64> = env::args().skip(1).map(|number| number.parse()).collect::<Result<_, _>>()?;
    let store = (env::var("BIGCOMMERCE_STORE_HASH"), env::var("BIGCOMMERCE_ACCESS_TOKEN"));
    let (client, order) = match (store, numbers.as_slice()) {
        ((Ok(store_hash), Ok(token)), &[id, address, row]) => {
            let client = Client::builder().store_hash(store_hash).access_token(token).build()?;
            (client, Order { id, address, row })
        }
        ((Ok(_), Ok(_)), _) => return Err("give the order, its shipping address and a row of it: 228 131 194".into()),
        _ => {
            let url = mock::start().await?;
            println!("no store is set, so this is a mock at {url}\n");
            let base_url = format!("{url}/stores/{{store_hash}}/v2");
            let client = Client::builder().base_url(base_url).store_hash("mock").access_token("mock").build()?;
            (client, Order { id: 228, address: 131, row: 194 })
        }
    };
    ship(&client, &order).await
}

struct Order {
    id: i64,
    address: i64,
    row: i64,
}

async fn ship(client: &Client, order: &Order) -> Result<(), Box<dyn Error>> {
    let shipments = client.order_shipments();
    for shipment in shipments.list(order.id).limit(10).await?.iter() {
        println!("shipment {} of {}", shipment.id, shipment.date_created);
    }

    let items = vec![types::CreateShipmentItem { order_product_id: order.row, quantity: 1 }];
    let created = shipments
        .create(order.id, order.address, items)
        .shipping_provider(types::ShippingProvider::Usps)
        .merchant_shipping_cost("4.50".parse()?)
        .await?;
    println!("created shipment {}", created.id);

    let updated = shipments.update(order.id, created.id).tracking_number("EJ958083578US").await?;
    println!("it is tracked at {}", updated.generated_tracking_link.as_deref().unwrap_or("no link yet"));

    // The document allows 50 characters, so this never leaves the program.
    let refused = shipments.update(order.id, created.id).tracking_number("1".repeat(51)).await;
    println!("{}", refused.err().map(|error| error.to_string()).unwrap_or_default());

    match shipments.get(order.id, 1_000_000).await {
        Ok(shipment) => println!("shipment {}", shipment.id),
        Err(error) => match error.kind() {
            ErrorKind::Documented(status, Some(ErrorBody::ErrorList(problems))) => {
                println!("{status}: {}", problems.first().map_or("", |problem| &problem.message));
            }
            _ => return Err(error.into()),
        },
    }
    Ok(())
}
