//! What schemas allow goes through the clients of `fixtures/ok` without loss, and what they forbid is not sent: literal JSON in
//! and out, and what a request is refused for.

use client_runtime::Secret;
use client_runtime::codec::{Encode, encode_checked};
use generator::{Format, Root};
use tests::{identifiers, narrowed, open_values, wide_integers};

use crate::fixtures::source;
use crate::server::{Server, json};

/// A value that comes back as it was.
macro_rules! keeps {
    ($ty:ty, $json:expr) => {{
        let value = <$ty>::from_json($json).unwrap_or_else(|error| panic!("{}: {error}", $json));
        assert_eq!(value.to_json().expect("JSON of the type"), $json);
        value
    }};
}

/// What is wrong with a value that must not be sent.
fn refusal(value: &impl Encode) -> String {
    encode_checked(value, &[]).expect_err("a value that breaks a rule").to_string()
}

fn account() -> narrowed::types::Account {
    narrowed::types::Account::default()
}

#[tokio::test]
async fn keywords_beside_alternatives_are_checked() {
    use narrowed::types::{Account, AccountLogin, AccountText};
    let refused = [
        (Account { pin: Some("12345".into()).into(), ..account() }, "`$.pin` is longer than 4 characters"),
        (Account { pin: Some("a".into()).into(), ..account() }, "`$.pin` does not match the pattern `^[0-9]+$`"),
        (
            Account { login: Some(AccountLogin::Token("abcd".into())), ..account() },
            "`$.login` is longer than 3 characters",
        ),
        (Account { login: Some(AccountLogin::Integer(9)), ..account() }, "`$.login` is less than 10"),
        (
            Account { login: Some(AccountLogin::List(vec!["abcd".into(); 2])), ..account() },
            "`$.login` has more than 1 item",
        ),
        (Account { short: Some("abcdef".into()), ..account() }, "`$.short` is longer than 5 characters"),
        (Account { text: Some(AccountText::Text("ab".into())), ..account() }, "`$.text` is longer than 1 character"),
        (Account { all: Some("ab".into()), ..account() }, "`$.all` does not match the pattern `z$`"),
        (Account { tags: Some(Vec::new()).into(), ..account() }, "`$.tags` has fewer than 1 item"),
        (Account { one: Some(4), ..account() }, "`$.one` is less than 5"),
    ];
    for (account, message) in refused {
        assert_eq!(refusal(&account), message);
    }
    let server = Server::start(vec![json(200, "{}")]).await;
    let client = narrowed::Client::builder().base_url(&server.url).build().expect("a client");
    let login = AccountLogin::List(vec!["abcd".into()]);
    client
        .general()
        .create_account()
        .pin(Secret::from("1234"))
        .login(login)
        .code("ab")
        .await
        .expect("all is in bounds");
    assert_eq!(server.request().body, r#"{"pin":"1234","login":["abcd"],"code":"ab"}"#);
}

#[test]
fn secrets_of_alternatives_are_not_shown() {
    let json = r#"{"pin":"4711","token":"hush","hidden":"hush","key":"hush"}"#;
    let account = keeps!(narrowed::types::Account, json);
    let debug = format!("{account:?}");
    assert!(!debug.contains("hush") && !debug.contains("4711"), "{debug}");
}

#[test]
fn alternatives_keep_to_what_stands_beside_them() {
    use narrowed::types::{Account, AccountLevel};
    for json in [
        r#"{"pin":null,"token":null,"tags":null,"owner":null}"#,
        r#"{"owner":{"id":7},"either":{"id":8}}"#,
        r#"{"level":"low","either":"ab"}"#,
        r#"{"seen":"2020-02-29","level":2}"#,
        r#"{"seen":"2020-02-29T16:35:37Z","code":"zz"}"#,
    ] {
        keeps!(Account, json);
    }
    let account = Account::from_json(r#"{"level":1}"#).expect("JSON of the type");
    assert!(matches!(account.level, Some(AccountLevel::Integer(_))), "{account:?}");
}

#[test]
fn undescribed_items_and_properties_are_kept() {
    for json in [
        r#"{"open":["a",5]}"#,
        r#"{"open":[],"closed":[]}"#,
        r#"{"open":[1],"openAny":["a",2,{"b":null}]}"#,
        r#"{"openTyped":["a",1,2],"bounded":["a"],"short":["a",1]}"#,
        r#"{"exact":["ab",1],"sealed":[1,true],"single":[1],"none":[],"any":[1,"a"]}"#,
        r#"{"named":{"id":1,"other":[true],"x-a":"b"}}"#,
        r#"{"extra":{"count":5,"x-k":"v"},"strict":{"x-a":"b"},"several":{"n-a":1,"s-a":"b"}}"#,
        r#"{"others":{"a":1,"s-a":"b"},"all":{"":1,"a":2}}"#,
    ] {
        keeps!(open_values::types::Values, json);
    }
}

#[test]
fn items_of_tuples_are_checked_by_position() {
    let values = open_values::types::Values { exact: Some(("abc".to_owned(), 1)), ..Default::default() };
    assert_eq!(refusal(&values), "`$.exact[0]` is longer than 2 characters");
}

#[test]
fn identified_schemas_are_those_that_are_meant() {
    let json = r#"{"from":{"street":"a"},"to":{"platform":{"number":1},"line":{"color":"red"},"sign":{"text":"b"},"place":{"street":"c"}},"via":[{"number":2}],"plan":{"next":{"days":1},"days":2},"tree":{"name":"d","children":[{"name":"e"}]}}"#;
    let trip = keeps!(identifiers::types::Trip, json);
    assert_eq!(trip.from.and_then(|place| place.street).as_deref(), Some("a"));
    assert_eq!(trip.via, Some(vec![identifiers::types::StopPlatform { number: Some(2) }]));
}

#[test]
fn integers_beyond_i64_are_kept() {
    for json in [
        r#"{"unsigned":18446744073709551615,"exclusive":18446744073709551615}"#,
        r#"{"huge":1180591620717411303424,"float":-1000000000000000000000000000000}"#,
        r#"{"narrow":4294967295,"listed":18446744073709551615,"format":18446744073709551615}"#,
    ] {
        keeps!(wide_integers::types::Numbers, json);
    }
    let numbers = wide_integers::types::Numbers::from_json(r#"{"float":1e30}"#).expect("JSON of the type");
    assert_eq!(numbers.float, Some(10_i128.pow(30)));
}

#[tokio::test]
async fn bounds_of_wide_integers_are_exact() {
    use wide_integers::types::Numbers;
    let refused = [
        (Numbers { rounded: Some((1 << 53) + 1), ..Numbers::default() }, "is more than 9007199254740992"),
        (Numbers { huge: Some((1 << 70) + 1), ..Numbers::default() }, "is more than 1180591620717411303424"),
        (Numbers { even: Some(10_000_000_000_000_001), ..Numbers::default() }, "is not a multiple of 2"),
    ];
    for (numbers, message) in refused {
        assert!(refusal(&numbers).ends_with(message), "{numbers:?}");
    }
    let server = Server::start(vec![json(200, "{}")]).await;
    let client = wide_integers::Client::builder().base_url(&server.url).build().expect("a client");
    let call = client.general().echo_numbers(u64::MAX).unsigned(u64::MAX).huge(1 << 70);
    call.await.expect("in bounds");
    let request = server.request();
    assert_eq!(request.line(), "POST /numbers/18446744073709551615");
    assert_eq!(request.body, r#"{"unsigned":18446744073709551615,"huge":1180591620717411303424}"#);
}

#[test]
fn every_operation_has_an_example_whose_schemas_end() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/ok/example_values.yaml");
    let source = source(path.as_ref());
    let root = Root::Crate { crate_name: "client".to_owned() };
    let output = generator::generate(&source, &root)
        .unwrap_or_else(|report| panic!("{}", report.render(&source, Format::PLAIN)));
    assert!(output.warnings.is_empty(), "{}", output.warnings.render(&source, Format::PLAIN));
    let (_, operations) =
        output.files.iter().find(|(path, _)| path.ends_with("operations/general.rs")).expect("a file");
    // An example that is the text of JSON is read as JSON.
    assert!(operations.contains(".count(7)") && operations.contains(".text(\"7\")"), "{operations}");
    assert!(operations.contains("FormVariant::Circle"), "{operations}");
    let area = operations.split("types::GetAreaArea {").nth(1).expect("an area");
    assert!(area.trim_start_matches([' ', '/', '\n']).starts_with("size: Some(1)"), "{area}");
}
