//! What is written down when things go wrong, by this client and by all that it is made of: no secret.

use std::cell::RefCell;
use std::io;
use std::sync::Once;

use client_runtime::codec::Decode;
use shipping_client::bigcommerce::{Client, Error, types};
use shipping_client::shipstation::types as shipstation;
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::prelude::*;

use crate::client::{SECRET, client, make, read};
use crate::server::{Server, Step, answer, json};

/// A secret within a body.
const PASSWORD: &str = "hush-hush-password";

/// A secret that the server repeats.
const REPEATED: &str = "hush-hush-cookie";

thread_local! {
    /// What this thread has logged, if anybody wants to know.
    static LOG: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

/// Where logs go. There is one subscriber for all tests, since `tracing` remembers what nobody wanted to know.
struct Log;

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.with_borrow_mut(|log| log.get_or_insert_default().extend_from_slice(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Begins to write down what this thread logs.
fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let written =
            tracing_subscriber::fmt::layer().with_span_events(FmtSpan::FULL).with_ansi(false).with_writer(|| Log);
        let wanted = dynamic_filter_fn(|_, _| LOG.with_borrow(Option::is_some));
        tracing_subscriber::registry().with(written.with_filter(wanted)).init();
    });
    LOG.set(Some(Vec::new()));
}

/// What this thread has logged.
fn heard() -> String {
    String::from_utf8_lossy(&LOG.take().unwrap_or_default()).into_owned()
}

async fn connect(client: &Client) -> Result<(), Error> {
    let connection = types::CarrierConnection::Fedex(types::FedexConnection {
        key: PASSWORD.into(),
        password: PASSWORD.into(),
        account_number: PASSWORD.into(),
        meter_number: PASSWORD.into(),
    });
    let call = client.carrier_connections().create(connection);
    assert!(!format!("{call:?} {call:#?}").contains("hush"), "{call:?}");
    call.await.map(drop)
}

#[test]
fn free_form_values_beside_credentials_are_not_shown() {
    let texts = [
        shown::<types::CarrierConnection>(r#"{"carrier_id":"new","connection":{"key":"hush"}}"#),
        shown::<types::ShippingProviderSetting>(r#"{"key":"hush"}"#),
        shown::<types::ShippingProviderConnection>(
            r#"{"carrier_id":"carrier_1","connection":{"a":"hush","b":["hush"],"c":{"d":"hush"}}}"#,
        ),
        shown::<shipstation::OtherCarrierAccount>(r#"{"nickname":"n","key":"hush","more":{"key":"hush"}}"#),
        shown::<shipstation::CarrierAccount>(r#"{"nickname":"n","key":"hush"}"#),
        shown::<shipstation::CarrierAccountUpdate>(r#"{"key":"hush"}"#),
    ];
    for text in texts {
        assert!(!text.contains("hush") && text.contains("[redacted]"), "{text}");
    }
}

fn shown<T: Decode + std::fmt::Debug>(json: &str) -> String {
    let value: T = client_runtime::from_json(json).unwrap_or_else(|error| panic!("{json}: {error}"));
    format!("{value:?} {value:#?}")
}

#[test]
fn identifiers_of_accounts_are_secret_at_both_vendors() {
    let text = [
        shown::<shipstation::UpsAccount>(
            r#"{"nickname":"n","account_number":"hush","account_postal_code":"1","account_country_code":"US"}"#,
        ),
        shown::<shipstation::Carrier>(r#"{"account_number":"hush"}"#),
        shown::<shipstation::UpsAccountUpdate>(
            r#"{"nickname":"n","account_postal_code":"1","account_country_code":"US","account_number":"hush",
            "mail_innovations_customer_id":"hush","mail_innovations_customer_guid":"hush",
            "invoice":{"invoice_number":"hush","control_id":"hush"}}"#,
        ),
        shown::<shipstation::EndiciaAccount>(r#"{"nickname":"n","account":"hush","passphrase":"hush"}"#),
        shown::<types::EndiciaConnection>(r#"{"account_id":"hush","pass_phrase":"hush"}"#),
    ];
    assert!(text.iter().all(|text| !text.contains("hush")), "{text:?}");
}

/// Everything that can be printed of an error.
fn told(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text.push_str(&format!(" {cause} {cause:?} {cause:#?}"));
        source = cause.source();
    }
    text
}

fn faults() -> Vec<Vec<Step>> {
    let cookie = format!("sid={REPEATED}");
    let headers = [("set-cookie", cookie.as_str()), ("content-type", "application/json")];
    vec![
        vec![Step::Reset],
        vec![Step::Send(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".to_vec()), Step::Close],
        vec![Step::Send(answer(200, &headers, REPEATED))],
        vec![Step::Send(answer(400, &headers, REPEATED))],
        vec![Step::Send(answer(401, &headers, REPEATED))],
        vec![Step::Send(answer(418, &headers, REPEATED))],
        vec![Step::Send(answer(429, &[("retry-after-ms", "1"), headers[0]], REPEATED))],
        vec![Step::Send(json(200, "[]"))],
    ]
}

#[tokio::test]
async fn nothing_that_is_written_down_holds_a_secret() {
    listen();
    let mut errors = 0;
    for fault in faults() {
        let server = Server::script(vec![fault]).await;
        let client = client(&server.url);
        assert!(!format!("{client:?} {client:#?}").contains("hush"), "{client:?}");
        let found = [read(&client).await.err(), make(&client).await.err(), connect(&client).await.err()];
        for error in found.iter().flatten() {
            errors += 1;
            assert!(!told(error).contains("hush"), "{}", told(error));
        }
        assert!(server.requests().iter().all(|request| request.head.contains(SECRET)), "the secret was sent");
    }
    assert!(errors > 15, "{errors} errors");
    let text = heard();
    assert!(text.contains("countOrderShipments") && text.contains("waiting before another attempt"), "{text}");
    assert!(!text.contains("hush"), "{text}");
}

#[tokio::test]
async fn spans_follow_the_conventions_of_open_telemetry() {
    listen();
    let server =
        Server::script(vec![vec![Step::Send(json(500, "{}"))], vec![Step::Send(json(200, r#"{"count":3}"#))]]).await;
    assert!(read(&client(&server.url)).await.is_ok());
    let text = heard();
    for field in [
        "http.client.request{",
        "otel.name=GET /orders/{order_id}/shipments/count",
        r#"otel.kind="client""#,
        r#"http.request.method="GET""#,
        r#"url.template="/orders/{order_id}/shipments/count""#,
        r#"server.address="127.0.0.1""#,
        "http.response.status_code=500",
        r#"error.type="500""#,
        "http.response.status_code=200",
        "http.request.resend_count=1",
        r#"openapi.operation.id="countOrderShipments""#,
    ] {
        assert!(text.contains(field), "{field} is in {text}");
    }
}
