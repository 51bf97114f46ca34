//! Whole calls against a server on a socket that sends what each test says, byte for byte.

mod continues;
mod events;
mod token;
mod upload;

use std::error::Error as _;

use http::{Method, StatusCode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::*;
use crate::parameter::Parameter;
use crate::secret::Secret;
use crate::security::{Credential, Location, SecurityScheme};
use crate::server::{Server, ServerVariable};

const KEY: SecurityScheme = SecurityScheme::api_key("key", Location::Query, "key");
const SERVER: Server = Server::new("https://example.com/{store}", &[ServerVariable::new("store", "", &[])]);

type TestError = Error<String>;
type TestResult = Result<(), Box<dyn std::error::Error>>;

/// Answers one connection with `response`, closes it, and gives back the request.
async fn serve(response: impl AsRef<[u8]> + Send + 'static) -> std::io::Result<(String, JoinHandle<String>)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/{{store}}/", listener.local_addr()?);
    let served = tokio::spawn(async move {
        let mut request = vec![0; 8192];
        let Ok((mut socket, _)) = listener.accept().await else { return String::new() };
        let length = socket.read(&mut request).await.unwrap_or_default();
        let _ = socket.write_all(response.as_ref()).await;
        let _ = socket.shutdown().await;
        String::from_utf8_lossy(&request[..length]).into_owned()
    });
    Ok((url, served))
}

fn core(url: &str) -> Result<Core, TestError> {
    let http_client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build();
    let builder = CoreBuilder::new(SERVER)
        .base_url(url)
        .variable("store", "s1")
        .user_agent("test/1")
        .credential("key", Credential::api_key(Secret::new("hush")));
    builder.http_client(http_client.unwrap_or_default()).retry(Retry::off()).build()
}

fn numbers(core: &Core, method: Method) -> Call<'_, Vec<i64>, String> {
    let request = Request::new("listNumbers", method, "/numbers")
        .security(&[&[KEY]])
        .optional(Parameter::query("page"), &Some(2_i64));
    core.send(request, CallOptions::new()).read(|status, body| match status {
        200 => body.json().map(Outcome::Success),
        204 => Ok(Outcome::Success(Vec::new())),
        400 | 404 => body.json().map(Outcome::Failure),
        401 | 500..=599 => Ok(Outcome::Documented),
        _ => Ok(Outcome::Undocumented),
    })
}

async fn answered(response: &'static str) -> Result<Result<Response<Vec<i64>>, TestError>, Box<dyn std::error::Error>> {
    let (url, served) = serve(response).await?;
    let core = core(&url)?;
    let result = numbers(&core, Method::GET).await;
    served.await?;
    Ok(result)
}

async fn failed(response: &'static str) -> Result<TestError, Box<dyn std::error::Error>> {
    let error = answered(response).await?.err().ok_or("the call succeeded")?;
    let mut text = format!("{error} {error:?}");
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(&format!(" {cause} {cause:?}"));
        source = cause.source();
    }
    assert!(!text.contains("hush") && !text.contains("page"), "{text}");
    Ok(error)
}

#[tokio::test]
async fn request_goes_out_as_written() -> TestResult {
    let (url, served) = serve("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Id: 9\r\n\r\n[1,2]").await?;
    let core = core(&url)?;
    let response = numbers(&core, Method::GET).await?;
    assert_eq!((response.as_slice(), response.status()), ([1, 2].as_slice(), StatusCode::OK));
    assert_eq!(response.headers()["x-id"], "9");
    let request = served.await?;
    assert!(request.starts_with("GET /s1/numbers?page=2&key=hush HTTP/1.1\r\n"), "{request}");
    assert!(
        request.contains("accept: application/json\r\n") && request.contains("user-agent: test/1\r\n"),
        "{request}"
    );
    Ok(())
}

#[tokio::test]
async fn request_without_body_says_so() -> TestResult {
    let (url, served) = serve("HTTP/1.1 204 No Content\r\n\r\n").await?;
    assert!(numbers(&core(&url)?, Method::POST).await?.is_empty());
    let request = served.await?;
    assert!(request.to_ascii_lowercase().contains("content-length: 0\r\n"), "{request}");
    Ok(())
}

#[tokio::test]
async fn truncated_body_is_a_transport_error() -> TestResult {
    let error = failed("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n[1,2").await?;
    assert_eq!(error.to_string(), "`listNumbers` failed: the connection broke within the body of 200 OK");
    assert!(error.is_transport() && error.source().is_some());
    Ok(())
}

#[tokio::test]
async fn truncated_chunks_are_a_transport_error() -> TestResult {
    let error = failed("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[1,2]\r\n").await?;
    assert!(error.is_transport(), "{error}");
    Ok(())
}

#[tokio::test]
async fn closed_connection_may_have_had_effect() -> TestResult {
    let error = failed("").await?;
    assert_eq!(error.to_string(), "`listNumbers` failed: the connection broke before the server answered");
    assert!(!error.is_connect() && error.status().is_none());
    Ok(())
}

#[tokio::test]
async fn reset_within_the_body_is_a_transport_error() -> TestResult {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let served = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await?;
        // The request is not read, so closing the socket resets the connection.
        socket.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n[1,").await
    });
    let error = numbers(&core(&url)?, Method::GET).await.err().ok_or("the call succeeded")?;
    let _ = served.await?;
    assert!(error.is_transport() && !error.is_connect(), "{error}");
    Ok(())
}

#[tokio::test]
async fn refused_connection_is_told() -> TestResult {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    drop(listener);
    let error = numbers(&core(&url)?, Method::GET).await.err().ok_or("the call succeeded")?;
    assert!(error.is_connect() && !error.is_timeout(), "{error}");
    assert_eq!(error.to_string(), "`listNumbers` failed: no connection to the server");
    Ok(())
}

#[tokio::test]
async fn slow_server_times_out() -> TestResult {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let core = CoreBuilder::new(Server::new("/", &[])).base_url(url).build::<String>()?;
    let request = Request::new("wait", Method::GET, "/");
    let options = CallOptions::new().attempt_timeout(std::time::Duration::from_millis(50)).no_retries();
    let error = core
        .send(request, options)
        .read::<(), String>(|_, _| Ok(Outcome::Undocumented))
        .await
        .err()
        .ok_or("an answer")?;
    assert!(error.is_timeout() && !error.is_connect(), "{error:?}");
    assert_eq!(error.to_string(), "`wait` failed: the server did not answer in time");
    Ok(())
}

#[tokio::test]
async fn html_is_not_json() -> TestResult {
    let error = failed("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>").await?;
    assert!(error.is_decode());
    assert_eq!((error.status(), error.raw_body()), (Some(StatusCode::OK), Some(b"<html>".as_slice())));
    let source = error.source().map(ToString::to_string).unwrap_or_default();
    assert!(source.contains("text/html"), "{source}");
    Ok(())
}

#[tokio::test]
async fn bare_string_is_a_typed_error() -> TestResult {
    let error =
        failed("HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n\"no such\"")
            .await?;
    assert_eq!(error.body().map(String::as_str), Some("no such"));
    Ok(())
}

#[tokio::test]
async fn redirects_are_not_followed() -> TestResult {
    let error = failed("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n").await?;
    assert!(error.is_undocumented());
    Ok(())
}

#[test]
fn calls_are_send_and_debug_is_safe() -> TestResult {
    fn check<T: Send>(_: T) {}
    let core = core("http://localhost/{store}")?;
    check(numbers(&core, Method::GET));
    assert_eq!(format!("{core:?}"), "Core { base_url: \"http://localhost/s1\", .. }");
    let builder = CoreBuilder::new(SERVER).credential("key", Credential::api_key(Secret::new("hush")));
    let builder = builder.variable("store", "hush");
    assert!(!format!("{builder:?}").contains("hush"));
    Ok(())
}

#[test]
fn client_that_cannot_be_built_says_why() {
    let error = CoreBuilder::new(SERVER).build::<String>().err().map(|error| error.to_string());
    let expected =
        "the client could not be built: the server's URL needs `store`; call `.store(..)` on the client's builder";
    assert_eq!(error.as_deref(), Some(expected));
}

#[tokio::test]
async fn connection_has_a_time_limit_of_its_own() -> TestResult {
    // An address of documentation (RFC 5737), which nobody answers at.
    let core = CoreBuilder::new(Server::new("https://192.0.2.1", &[])).build::<String>()?;
    let options = CallOptions::new().connect_timeout(std::time::Duration::from_millis(20)).no_retries();
    let call = core.send(Request::post("wait", "/"), options);
    let error = call.read::<(), String>(|_, _| Ok(Outcome::Undocumented)).await.err().ok_or("an answer")?;
    assert!(error.is_connect() && !error.may_have_taken_effect(), "{error:?}");
    Ok(())
}
