//! The client whose calls go wrong: one that reads and one that makes something, with secrets in both.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use client_runtime::{Clock, Sleep};
use shipping_client::bigcommerce::{Client, ClientBuilder, Error, types};
use shipping_client::{Response, Retry};

/// Must be seen by nobody.
pub const SECRET: &str = "hush-hush-token";

/// What a count looks like.
pub const COUNT: &str = r#"{"count":3}"#;

/// What a shipment looks like.
pub const SHIPMENT: &str = r#"{"id":7,"order_id":1,"date_created":"Wed, 13 Mar 2019 16:35:37 +0000","items":[]}"#;

/// A client of a server, with settings to come.
pub fn builder(url: &str) -> ClientBuilder {
    let retry = Retry::standard().backoff(Duration::from_millis(1), Duration::from_millis(5));
    Client::builder().base_url(url).store_hash("s").access_token(SECRET).retry(retry)
}

/// A client of a server.
pub fn client(url: &str) -> Client {
    builder(url).build().expect("all settings are there")
}

/// Reads something.
pub async fn read(client: &Client) -> Result<Response<types::ShipmentCount>, Error> {
    client.order_shipments().count(1).await
}

/// A part of what is made.
pub fn item() -> types::CreateShipmentItem {
    types::CreateShipmentItem { order_product_id: 3, quantity: 4 }
}

/// Makes something.
pub async fn make(client: &Client) -> Result<Response<types::Shipment>, Error> {
    client.order_shipments().create(1, 2, vec![item()]).await
}

/// A clock that tells how long anybody wanted to wait, and lets nobody wait but for time limits.
#[derive(Clone, Default)]
pub struct Impatient(Arc<Mutex<Vec<Duration>>>);

impl Impatient {
    /// The waits so far.
    pub fn waits(&self) -> Vec<Duration> {
        self.0.lock().expect("nobody panics").clone()
    }
}

/// The time limit of an attempt, which no server of these tests is slow enough for.
const LIMIT: Duration = Duration::from_secs(59);

impl Clock for Impatient {
    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }

    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        if duration > LIMIT {
            return Box::pin(std::future::pending());
        }
        self.0.lock().expect("nobody panics").push(duration);
        Box::pin(std::future::ready(()))
    }
}
