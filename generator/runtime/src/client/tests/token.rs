//! Tokens that a provider gives, as a server reads them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::security::{Token, TokenFuture, TokenProvider};

const TOKEN: SecurityScheme = SecurityScheme::bearer("token");
const ANSWER: &str = "HTTP/1.1 204 No Content\r\n\r\n";

/// A provider that is no function.
struct Counting(AtomicUsize);

impl TokenProvider for Counting {
    fn token(&self) -> TokenFuture<'_> {
        Box::pin(async { Ok(Secret::new(format!("t{}", self.0.fetch_add(1, Ordering::Relaxed)))) })
    }
}

fn core(url: &str, token: impl Into<Token>) -> Result<Core, TestError> {
    let client = reqwest::Client::builder().no_proxy().build().unwrap_or_default();
    let builder = CoreBuilder::new(Server::new("/", &[])).base_url(url).http_client(client);
    builder.credential("token", Credential::token(token)).build()
}

async fn call(core: &Core, request: Request) -> Result<(), TestError> {
    let call = core
        .send(request.security(&[&[TOKEN]]), CallOptions::new())
        .read::<(), String>(|_, _| Ok(Outcome::Success(())));
    call.await.map(|_| ())
}

fn get() -> Request {
    Request::get("get", "/")
}

async fn check(token: impl Into<Token>, expected: &str) -> TestResult {
    let (url, served) = serve(ANSWER).await?;
    call(&core(&url.replace("/{store}/", ""), token)?, get()).await?;
    let request = served.await?;
    assert!(request.contains(&format!("authorization: Bearer {expected}\r\n")), "{request}");
    Ok(())
}

#[tokio::test]
async fn tokens_come_from_texts_and_providers() -> TestResult {
    check("a", "a").await?;
    check("b".to_owned(), "b").await?;
    check(Secret::new("c"), "c").await?;
    check(Token::provider(|| async { Ok::<_, std::io::Error>(Secret::new("d")) }), "d").await?;
    let shared = Arc::new(String::from("e"));
    let closure = move || {
        let shared = Arc::clone(&shared);
        async move { Ok::<_, String>(Secret::new(shared.as_str())) }
    };
    check(Token::provider(closure), "e").await
}

#[tokio::test]
async fn provider_is_asked_for_every_request() -> TestResult {
    let provider = Token::provider(Counting(AtomicUsize::new(0)));
    for expected in ["t0", "t1"] {
        check(provider.clone(), expected).await?;
    }
    Ok(())
}

#[tokio::test]
async fn failing_provider_is_told() -> TestResult {
    // Nobody listens there: a connection would be another error.
    let core = core("http://127.0.0.1:1", Token::provider(|| async { Err::<Secret, _>("hush: no grant") }))?;
    let error = call(&core, get()).await.err().ok_or("a token")?;
    assert_eq!(error.to_string(), "`get` could not be built: the provider of the token `token` gave none");
    assert!(!format!("{error:?}").contains("hush"), "{error:?}");
    assert_eq!(error.source().map(ToString::to_string).as_deref(), Some("hush: no grant"));
    Ok(())
}

#[tokio::test]
async fn provider_is_not_asked_in_vain() -> TestResult {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let provider = Token::provider(move || {
        count.fetch_add(1, Ordering::Relaxed);
        async { Ok::<_, String>(Secret::new("a\nb")) }
    });
    let core = core("http://127.0.0.1:1", provider)?;
    let refused = get().parameter(Parameter::header("a b"), &1_i64);
    assert!(call(&core, refused).await.is_err_and(|error| error.is_request()));
    assert_eq!(asked.load(Ordering::Relaxed), 0);
    let error = call(&core, get()).await.err().ok_or("sent")?;
    let expected = "`get` could not be built: the credential `token` holds a character that no header can carry";
    assert_eq!(error.to_string(), expected);
    assert_eq!(asked.load(Ordering::Relaxed), 1);
    Ok(())
}
