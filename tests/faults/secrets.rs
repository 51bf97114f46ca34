//! What is written down when things go wrong, by this client and by all that it is made of: no secret.

use std::cell::RefCell;
use std::io;
use std::sync::Once;

use shipping_client::bigcommerce::{Client, Error, types};
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
