//! Lists in pages: the client of `fixtures/ok/paging.yaml` over a real socket, every kind of paging from the first item to
//! the last.

use client_runtime::{CallOptions, HeaderName, HeaderValue, Items, Paged, Retry};
use tests::paging::{Client, types};

use crate::server::{Server, answer_with, empty, json};

fn client(server: &Server) -> Client {
    Client::builder().base_url(&server.url).key("k").build().expect("a client")
}

/// The ids of a list, and the error behind them.
async fn read<P: Paged<Item = types::Thing>>(mut items: Items<P>) -> (Vec<String>, Option<String>) {
    let (mut ids, mut error) = (Vec::new(), None);
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => ids.push(item.id),
            Err(found) => error = Some(found.to_string()),
        }
    }
    assert!(items.next().await.is_none());
    (ids, error)
}

#[track_caller]
fn check((ids, error): (Vec<String>, Option<String>), expected: &[&str]) {
    assert_eq!(error, None);
    assert_eq!(ids, expected);
}

/// What was asked for; each time with the credential.
fn asked(server: &Server) -> Vec<String> {
    let requests = server.requests().into_iter();
    let lines = requests.map(|request| {
        assert_eq!(request.header("x-key").collect::<Vec<_>>(), ["k"]);
        if request.body.is_empty() { request.line().to_owned() } else { request.body }
    });
    lines.collect()
}

#[tokio::test]
async fn pages_are_counted() {
    let answers = vec![json(200, r#"[{"id":"a"},{"id":"b"}]"#), json(200, r#"[{"id":"c"}]"#), empty(204)];
    let server = Server::start(answers).await;
    check(read(client(&server).general().by_page().limit(2).items()).await, &["a", "b", "c"]);
    assert_eq!(asked(&server), ["GET /by-page?limit=2", "GET /by-page?page=2&limit=2", "GET /by-page?page=3&limit=2"]);
}

#[tokio::test]
async fn pages_are_counted_from_zero_up_to_the_last() {
    let page = |id| json(200, &format!(r#"{{"items":[{{"id":"{id}"}}],"meta":{{"pagination":{{"total_pages":2}}}}}}"#));
    let server = Server::start(vec![page("a"), page("b"), page("c")]).await;
    check(read(client(&server).general().by_page_from_zero().items()).await, &["a", "b"]);
    assert_eq!(asked(&server), ["GET /by-page-from-zero", "GET /by-page-from-zero?page%5Bnumber%5D=1"]);
}

#[tokio::test]
async fn offset_goes_up_to_the_total() {
    let server = Server::start(vec![
        json(200, r#"{"results":[{"id":"a"},{"id":"b"}],"total":3}"#),
        json(200, r#"{"results":[{"id":"c"}],"total":3}"#),
    ])
    .await;
    check(read(client(&server).general().by_offset().items()).await, &["a", "b", "c"]);
    assert_eq!(asked(&server), ["GET /by-offset", "GET /by-offset?%24skip=2"]);
}

#[tokio::test]
async fn cursor_is_taken_from_the_body() {
    let pages = || {
        vec![
            json(200, r#"{"data":[{"id":"a"}],"next_cursor":"x/1","has_more":true}"#),
            json(200, r#"{"data":[],"next_cursor":"y"}"#),
            json(200, r#"{"data":[{"id":"b"}],"next_cursor":"z","has_more":false}"#),
        ]
    };
    let server = Server::start(pages()).await;
    check(read(client(&server).general().by_cursor().items()).await, &["a", "b"]);
    assert_eq!(asked(&server), ["GET /by-cursor", "GET /by-cursor?cursor=x%2F1", "GET /by-cursor?cursor=y"]);

    let server = Server::start(pages()).await;
    check(read(client(&server).general().search_things("q").items()).await, &["a", "b"]);
    let bodies = [r#"{"query":"q"}"#, r#"{"query":"q","cursor":"x/1"}"#, r#"{"query":"q","cursor":"y"}"#];
    assert_eq!(asked(&server), bodies);
}

#[tokio::test]
async fn cursor_and_list_may_be_within_something_that_is_not_always_there() {
    let page = json(200, r#"{"result":{"things":[{"id":"a"}],"next_page_token":"t","warnings":["w"]}}"#);
    for last in
        [empty(204), json(200, r#"{"result":null}"#), json(200, "{}"), json(200, r#"{"result":{"things":null}}"#)]
    {
        let server = Server::start(vec![page.clone(), last]).await;
        let client = client(&server);
        let call = client.general().by_token(7).pages_parameter("p").items_parameter("i");
        check(read(call.items()).await, &["a"]);
        let rest = "?pages=p&items=i";
        let second = "?pageToken=t&pages=p&items=i";
        let path = "GET /by-token/7/things";
        assert_eq!(asked(&server), [format!("{path}{rest}"), format!("{path}{second}")]);
    }
}

#[tokio::test]
async fn last_item_says_where_to_go_on() {
    let server = Server::start(vec![
        json(200, r#"{"data":[{"id":"a"},{"id":"b"}],"has_more":true}"#),
        json(200, r#"{"data":[{"id":"c"}],"has_more":false}"#),
    ])
    .await;
    check(read(client(&server).general().by_last_item().items()).await, &["a", "b", "c"]);
    assert_eq!(asked(&server), ["GET /by-last-item", "GET /by-last-item?starting_after=b"]);
}

/// A page with a link, which may hold `{url}`.
fn linked(server: &str, link: &str, id: &str) -> Vec<u8> {
    let link = link.replace("{url}", server);
    answer_with(200, &[("content-type", "application/json"), ("link", &link)], &format!(r#"[{{"id":"{id}"}}]"#))
}

#[tokio::test]
async fn link_header_is_followed_on_the_own_server() {
    let (first, second) = (r#"</things/7?page=2&x=1>; rel="next", </x>; rel="first""#, "<?page=3>; rel=next");
    let answers = vec![linked("", first, "a"), linked("", second, "b"), json(200, "[]")];
    let server = Server::start(answers).await;
    check(read(client(&server).general().by_link().per_page(1).items()).await, &["a", "b"]);
    assert_eq!(asked(&server), ["GET /by-link?per_page=1", "GET /things/7?page=2&x=1", "GET /things/7?page=3"]);

    let other = Server::start(vec![json(200, "[]")]).await;
    let server = Server::start(vec![linked(&other.url, "<{url}/by-link?page=2>; rel=next", "a")]).await;
    let (ids, error) = read(client(&server).general().by_link().items()).await;
    let text = "`byLink` could not be built: the next page is on another server, where the credentials must not go";
    assert_eq!((ids, error.as_deref()), (vec!["a".to_owned()], Some(text)));
    assert_eq!(other.connections().await, 0);
}

#[tokio::test]
async fn url_in_the_body_is_followed() {
    let server = Server::start(vec![
        json(200, r#"{"count":2,"next":"/by-url?offset=1","results":[{"id":"a"}]}"#),
        json(200, r#"{"count":2,"next":null,"results":[{"id":"b"}]}"#),
    ])
    .await;
    check(read(client(&server).general().by_url().limit(1).items()).await, &["a", "b"]);
    assert_eq!(asked(&server), ["GET /by-url?limit=1", "GET /by-url?offset=1"]);
}

#[tokio::test]
async fn document_says_what_names_do_not() {
    let server = Server::start(vec![
        json(200, r#"{"all":{"of-it":[{"id":"a"}]},"go.on":5,"fin":false}"#),
        json(200, r#"{"all":{"of-it":[{"id":"b"}]},"go.on":6,"fin":true}"#),
    ])
    .await;
    check(read(client(&server).general().documented().items()).await, &["a", "b"]);
    assert_eq!(asked(&server), ["GET /documented", "GET /documented?from-here=5"]);

    let page = |id, cursor| json(200, &format!(r#"{{"things":[{{"id":"{id}"}}],"continue":"{cursor}"}}"#));
    let server = Server::start(vec![page("a", "abcdefg7"), page("b", "")]).await;
    check(read(client(&server).general().documented_by_header().items()).await, &["a", "b"]);
    let sent: Vec<_> =
        server.requests().iter().map(|request| request.header("x-continue").collect::<String>()).collect();
    assert_eq!(sent, ["", "abcdefg7"]);

    let server = Server::start(vec![json(200, r#"[{"id":"a"}]"#), json(200, "[]")]).await;
    check(read(client(&server).general().documented_by_text().items()).await, &["a"]);
    assert_eq!(asked(&server), ["GET /documented-by-text", "GET /documented-by-text?pages=2"]);
}

#[tokio::test]
async fn server_that_gives_the_same_page_for_ever_does_not_hold_anybody_up() {
    let server = Server::start(vec![json(200, r#"[{"id":"a"}]"#)]).await;
    let (ids, error) = read(client(&server).general().by_page().items()).await;
    assert_eq!((ids.len(), server.requests().len()), (1, 2));
    assert!(error.is_some_and(|error| error.contains("no end")));
    let server = Server::start(vec![json(200, r#"{"data":[{"id":"a"}],"next_cursor":"x"}"#)]).await;
    let (ids, error) = read(client(&server).general().by_cursor().items()).await;
    assert_eq!((ids.len(), server.requests().len()), (2, 2));
    assert!(error.is_some_and(|error| error.contains("no end")));
}

#[tokio::test]
async fn every_page_is_a_call_with_the_same_options() {
    let busy = answer_with(503, &[("retry-after", "0")], "");
    let answers = vec![json(200, r#"[{"id":"a"}]"#), busy, json(200, r#"[{"id":"b"}]"#), empty(404)];
    let server = Server::start(answers).await;
    let options = CallOptions::new()
        .header(HeaderName::from_static("x-run"), HeaderValue::from_static("7"))
        .retry(Retry::standard());
    let client = client(&server);
    let mut pages = client.general().by_page().page(5).with(options).pages();
    let mut statuses = Vec::new();
    while let Some(page) = pages.next().await {
        statuses.push(match page {
            Ok(page) => page.status().as_u16(),
            Err(error) => error.status().map_or(0, |status| status.as_u16()),
        });
    }
    assert_eq!(statuses, [200, 200, 404]);
    assert!(server.requests().iter().all(|request| request.header("x-run").eq(["7"])));
    let lines = ["GET /by-page?page=5", "GET /by-page?page=6", "GET /by-page?page=6", "GET /by-page?page=7"];
    assert_eq!(asked(&server), lines);
}
