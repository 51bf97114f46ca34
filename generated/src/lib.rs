//! Carrier connections, shipping methods and order shipments at BigCommerce, and carrier connections at ShipStation.
//!
//! Each API is a module with a `Client` of its own: [`bigcommerce`] and [`shipstation`]. A client gives access to its
//! resources, a resource to its operations; what must be given are arguments, what may be given has setters, and
//! `.await` sends the call.
//!
//! ```no_run
//! use shipping_client::bigcommerce::{Client, types};
//!
//! # async fn example(token: String) -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder().store_hash("abc123").access_token(token).build()?;
//!
//! client
//!     .carrier_connections()
//!     .create(types::CarrierConnection::AustraliaPost(types::AustraliaPostConnection {
//!         auth_key: "key".into(),
//!         test_mode: false,
//!     }))
//!     .await?;
//!
//! let shipment = client.order_shipments().update(228, 11).tracking_number("EJ958083578US").await?;
//! println!("{} was sent for {:?}", shipment.id, shipment.merchant_shipping_cost);
//! # Ok(())
//! # }
//! ```
//!
//! # Responses
//!
//! A call yields a [`Response`], which derefs to its body and also carries status and headers.
//!
//! Enumerations that a server may add to have a variant `Unknown` that keeps the value, unknown properties are passed
//! over, and a property that is both optional and nullable is a [`Nullable`] with three states. Money is a [`Decimal`] or
//! a [`DecimalNumber`](client_runtime::DecimalNumber), dates keep the text that they were read from: nothing is lost between
//! reading and writing.
//!
//! A response that differs from its document is accepted where the meaning is certain, and reported by
//! [`deviations`](client_runtime::Response::deviations): [`guide::deviations`].
//!
//! # Pages
//!
//! Calls of operations that give a list page by page have `items()` and `pages()`, which read on to the end of the list:
//! [`guide::pages`].
//!
//! # Errors
//!
//! All calls of an API fail with one type, an [`Error`](client_runtime::Error) around the API's documented error bodies. Its
//! [`kind`](client_runtime::Error::kind) tells apart what was never sent (a missing credential, a constraint of the
//! document that a value breaks), what broke on the way, what the server answered as documented or not, and bodies that
//! do not decode.
//!
//! ```no_run
//! use shipping_client::{ErrorKind, bigcommerce::{Client, ErrorBody}};
//!
//! # async fn example(client: &Client) {
//! match client.order_shipments().get(228, 11).await {
//!     Ok(shipment) => println!("{:?}", shipment.tracking_number),
//!     Err(error) => match error.kind() {
//!         ErrorKind::Documented(_, Some(ErrorBody::ErrorList(problems))) => {
//!             problems.iter().for_each(|problem| eprintln!("{}", problem.message));
//!         }
//!         ErrorKind::Constraint(violation) => eprintln!("not sent: {violation}"),
//!         _ => eprintln!("{error}"),
//!     },
//! }
//! # }
//! ```
//!
//! A call that fails is sent again where that can help and cannot do harm, and
//! [`may_have_taken_effect`](client_runtime::Error::may_have_taken_effect) says of an error whether anything came of the
//! call. The [`guide`] has chapters on errors, deviations, retries, time limits, quotas, logs and tests.
//!
//! # JSON and other formats
//!
//! Every type writes itself as JSON text and is read from it, as it goes over the wire. Lists, maps and tuples have
//! [`to_json`] and [`from_json`] instead of methods.
//!
//! ```
//! use shipping_client::{bigcommerce::types::CreateShipmentItem, from_json, to_json};
//!
//! let item = CreateShipmentItem { order_product_id: 194, quantity: 1 };
//! let json = item.to_json()?;
//! assert_eq!(json, r#"{"order_product_id":194,"quantity":1}"#);
//! assert_eq!(CreateShipmentItem::from_json(&json)?, item);
//!
//! let items: Vec<CreateShipmentItem> = from_json(to_json(&vec![item])?)?;
//! # assert_eq!(items.len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! With the feature `serde` they have serde's traits too, so that they go into types of your own and through any format
//! that says itself what it holds.
//!
#![cfg_attr(feature = "serde", doc = "```")]
#![cfg_attr(not(feature = "serde"), doc = "```ignore")]
//! use serde::{Deserialize, Serialize};
//! use shipping_client::{Nullable, bigcommerce::types::CreateShipmentItem};
//!
//! #[derive(Serialize, Deserialize)]
//! struct Pick {
//!     shelf: String,
//!     #[serde(flatten)]
//!     item: CreateShipmentItem,
//!     #[serde(default, skip_serializing_if = "Nullable::is_absent")]
//!     note: Nullable<String>,
//! }
//!
//! let json = r#"{"shelf":"B7","order_product_id":194,"quantity":1}"#;
//! let pick: Pick = serde_json::from_str(json)?;
//! assert_eq!(serde_json::to_string(&pick)?, json);
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # Credentials
//!
//! Tokens, and properties that the documents mark as credentials, are [`Secret`]s: never shown by `Debug`, in errors or
//! in logs, and wiped from memory when they are dropped. In JSON, and in what serde writes, they are in clear: that is what
//! is sent.
//!
//! # Tests
//!
//! With the feature `test-util`, code that uses a client is tested against a double of the server: typed answers and faults
//! by operation, typed requests back, no socket, and no waiting. The guide has a chapter `testing`.
//!
//! # Features
//!
//! The parts of the APIs and `rustls` are on by default.
//!
//! - `bigcommerce-carrier-connections`, `bigcommerce-shipping-methods`, `bigcommerce-order-shipments`: a resource of
//!   [`bigcommerce`] with all that it needs. `bigcommerce-full` is all of them.
//! - `shipstation`: the module [`shipstation`].
//! - `rustls` (default), `native-tls`, `rustls-no-provider`: reqwest with this TLS implementation.
//! - `reqwest`: reqwest without TLS, which is in each of those. Without it a transport must be given.
//! - `blocking`: calls for programs without async.
//! - `tracing`: a span for each attempt of a call.
//! - `test-util`: a double of each server, for tests.
//! - `serde`: `Serialize` and `Deserialize` for all types, in their wire form.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod guide;

// These belong to `cargo xtask codegen`, which formats them in its own way.
#[cfg(feature = "bigcommerce")]
#[rustfmt::skip]
pub mod bigcommerce;
#[cfg(feature = "shipstation")]
#[rustfmt::skip]
pub mod shipstation;

/// The examples of the README compile too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

#[cfg(feature = "blocking")]
pub use client_runtime::Wait;
pub use client_runtime::{
    CallOptions, Decimal, ErrorKind, Items, Nullable, Pages, RateLimit, RateLimiter, Response, Retry, Secret, Timeouts,
    from_json, to_json,
};
