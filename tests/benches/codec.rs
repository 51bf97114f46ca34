//! How fast the codec reads and writes a page of shipments, beside serde's derives with serde_json on the same text.
//!
//! ```text
//! cargo bench -p tests --bench codec
//! ```
//!
//! prints ratios: below 1 the codec is faster. Both sides run in turns in one process, and the best of each counts.

use std::hint::black_box;
use std::time::{Duration, Instant};

use client_runtime::codec::{decode_slice, encode_checked};
use serde::{Deserialize, Serialize};
use shipping_client::bigcommerce::types;

const ROUNDS: usize = 60;
const SHIPMENTS: usize = 250;

/// What a generator with derives would write for a shipment: the same properties, dates and money as texts.
#[derive(Serialize, Deserialize)]
struct Shipment {
    id: i64,
    order_id: i64,
    customer_id: Option<i64>,
    order_address_id: Option<i64>,
    date_created: String,
    tracking_number: Option<String>,
    merchant_shipping_cost: Option<String>,
    shipping_method: Option<String>,
    shipping_provider: Option<String>,
    tracking_carrier: Option<String>,
    tracking_link: Option<String>,
    comments: Option<String>,
    billing_address: Option<Address>,
    shipping_address: Option<Address>,
    items: Vec<Item>,
    shipping_provider_display_name: Option<String>,
    generated_tracking_link: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Address {
    first_name: Option<String>,
    last_name: Option<String>,
    company: Option<String>,
    street_1: Option<String>,
    street_2: Option<String>,
    city: Option<String>,
    state: Option<String>,
    zip: Option<String>,
    country: Option<String>,
    country_iso2: Option<String>,
    phone: Option<String>,
    email: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Item {
    order_product_id: i64,
    product_id: Option<i64>,
    quantity: i64,
}

fn text() -> String {
    let address = r#"{"first_name":"Jane","last_name":"Doe","company":"","street_1":"123 Main Street","street_2":"","city":"Austin","state":"Texas","zip":"78751","country":"United States","country_iso2":"US","phone":"","email":"janedoe@example.com"}"#;
    let shipment = format!(
        r#"{{"id":11,"order_id":228,"customer_id":11,"order_address_id":131,"date_created":"Wed, 13 Mar 2019 16:35:37 +0000","tracking_number":"EJ958083578US","merchant_shipping_cost":"0.0000","shipping_method":"None","shipping_provider":"usps","tracking_carrier":"","tracking_link":"","comments":"Ready to go...","billing_address":{address},"shipping_address":{address},"items":[{{"order_product_id":194,"product_id":0,"quantity":1}},{{"order_product_id":195,"product_id":0,"quantity":1}}],"shipping_provider_display_name":"USPS","generated_tracking_link":"http://example.com/track?n=EJ958083578US"}}"#
    );
    format!("[{}]", vec![shipment; SHIPMENTS].join(","))
}

/// The best time of each, measured in turns.
fn compare(mut ours: impl FnMut(), mut theirs: impl FnMut()) -> f64 {
    let time = |work: &mut dyn FnMut()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    let (mut best, mut rival) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        best = best.min(time(&mut ours));
        rival = rival.min(time(&mut theirs));
    }
    best.as_secs_f64() / rival.as_secs_f64()
}

fn main() {
    let text = text();
    let ours: Vec<types::Shipment> = decode_slice(text.as_bytes()).expect("the text is a list of shipments");
    let theirs: Vec<Shipment> = serde_json::from_str(&text).expect("the text is a list of shipments");
    assert_eq!(encode_checked(&ours, &[]).expect("JSON").len(), serde_json::to_vec(&theirs).expect("JSON").len());

    let decode = compare(
        || drop(black_box(decode_slice::<Vec<types::Shipment>>(black_box(text.as_bytes())))),
        || drop(black_box(serde_json::from_slice::<Vec<Shipment>>(black_box(text.as_bytes())))),
    );
    let encode = compare(
        || drop(black_box(encode_checked(black_box(&ours), &[]))),
        || drop(black_box(serde_json::to_vec(black_box(&theirs)))),
    );
    println!("decode, times serde_json: {decode:.2}");
    println!("encode, times serde_json: {encode:.2}");
}
