//! Patterns as a client checks them: what `fixtures/ok/patterns.yaml` allows is sent, what it does not allow is refused, and
//! nothing takes long.

use std::time::{Duration, Instant};

use tests::patterns::operations::general::RegisterPlate;
use tests::patterns::{Client, double};

#[tokio::test]
async fn strings_are_checked_as_ecma_262_has_it() {
    let server = double::server();
    let client: Client = double::builder(&server).build().expect("a client");
    let call = || client.general().register_plate("AB");
    let allowed: [RegisterPlate<'_>; 6] = [
        call().digits("012"),
        call().line("a\u{85}b"),
        call().nested("aaa"),
        call().host("a-b"),
        call().twins("😀😀"),
        call().letters("Ä"),
    ];
    for call in allowed {
        server.on::<double::RegisterPlate>().answer(());
        call.await.expect("204");
    }
    for (call, pattern) in [
        (client.general().register_plate("AB\n"), "^[A-Z]{2}$"),
        (call().digits("٣"), r"^\d+$"),
        (call().line("a\u{2028}b"), "^.+$"),
        (call().nested("aab"), "^(a+)+$"),
        (call().host("a-"), "^(?!-)[a-z-]+(?<!-)$"),
        (call().twins("ab"), r"^(.)\1$"),
        (call().letters("ä"), r"^\p{Lu}$"),
    ] {
        let error = call.await.expect_err(pattern).to_string();
        assert!(error.contains(&format!("does not match the pattern `{pattern}`")), "{error}");
    }
}

#[tokio::test]
async fn no_pattern_blocks() {
    let server = double::server();
    let client: Client = double::builder(&server).build().expect("a client");
    let start = Instant::now();
    let call = client.general().register_plate("AB").nested(format!("{}b", "a".repeat(100_000)));
    assert!(call.await.is_err());
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}
