//! Lists of every kind, on a transport that answers by a script.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use super::*;
use crate::client::{Call, Core, CoreBuilder};
use crate::clock::SkippingClock;
use crate::error::TransportError;
use crate::options::CallOptions;
use crate::parameter::Parameter;
use crate::request::Request;
use crate::response::Outcome;
use crate::security::{Credential, Location, SecurityScheme};
use crate::server::Server;
use crate::transport::{IncomingBody, OutgoingBody, Transport, TransportFuture};

/// An answer: status, headers, body.
type Answer = (u16, &'static [(&'static str, &'static str)], &'static str);

/// Gives its answers in order, the last one again and again.
#[derive(Clone)]
struct Script {
    answers: Arc<Mutex<VecDeque<Answer>>>,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Transport for Script {
    fn send(&self, request: http::Request<OutgoingBody>) -> TransportFuture<'_> {
        self.seen.lock().expect("no panic").push(request.uri().to_string());
        let mut answers = self.answers.lock().expect("no panic");
        let next = if answers.len() > 1 { answers.pop_front() } else { answers.front().copied() };
        Box::pin(async move {
            let Some((status, headers, body)) = next else { return Err(TransportError::exchange("no answer")) };
            let mut response = http::Response::builder().status(status);
            for (name, value) in headers {
                response = response.header(*name, *value);
            }
            Ok(response.body(IncomingBody::from(body)).expect("a response"))
        })
    }
}

const KEY: SecurityScheme = SecurityScheme::api_key("key", Location::Query, "key");

/// How a list pages.
#[derive(Clone, Copy)]
enum Kind {
    Page(i64),
    Pages(i64),
    Total(i64),
    Offset,
    More(bool),
    Cursor,
    Link,
    Url,
}

/// A prepared call, as one is emitted.
#[derive(Clone)]
struct List<'a> {
    core: &'a Core,
    kind: Kind,
    call_options: CallOptions,
    page: Option<i32>,
    cursor: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct Page {
    items: Vec<i64>,
    next: Option<String>,
}

impl<'a> IntoFuture for List<'a> {
    type Output = Result<Response<Page>, Error<()>>;
    type IntoFuture = Call<'a, Page, ()>;

    fn into_future(self) -> Self::IntoFuture {
        let request = Request::get("listThings", "/things")
            .security(&[&[KEY]])
            .optional(Parameter::query("page"), &self.page)
            .optional(Parameter::query("cursor"), &self.cursor);
        self.core.send(request, self.call_options).read(|status, body| match status {
            200 => {
                let text = body.text()?;
                let (items, next) = text.split_once('|').unwrap_or((&text, ""));
                let items = items.split(',').filter_map(|item| item.parse().ok()).collect();
                let next = (!next.is_empty()).then(|| next.to_owned());
                Ok(Outcome::Success(Page { items, next }))
            }
            _ => Ok(Outcome::Undocumented),
        })
    }
}

impl Paged for List<'_> {
    type Page = Page;
    type Item = i64;
    type ErrorBody = ();

    fn items(page: &mut Page) -> Option<&mut Vec<i64>> {
        Some(&mut page.items)
    }

    fn turn(&mut self, page: &Response<Page>, turn: Turn) -> NextPage {
        match self.kind {
            Kind::Page(first) => turn.page(&mut self.page, first),
            Kind::Pages(total) => turn.page(&mut self.page, 1).of_pages(Some(&total)),
            Kind::Total(total) => turn.page(&mut self.page, 1).of_items(Some(&total)),
            Kind::Offset => turn.offset(&mut self.page, 0),
            Kind::More(more) => turn.cursor(&mut self.cursor, page.next.as_ref()).more(Some(&more)),
            Kind::Cursor => turn.cursor(&mut self.cursor, page.next.as_ref()),
            Kind::Link => turn.link(&mut self.call_options, page.headers()),
            Kind::Url => turn.url(&mut self.call_options, page.next.as_ref()),
        }
    }
}

struct Stage {
    core: Core,
    script: Script,
}

fn stage(answers: &[Answer]) -> Stage {
    let script = Script { answers: Arc::new(Mutex::new(answers.iter().copied().collect())), seen: Arc::default() };
    let builder = CoreBuilder::new(Server::new("https://example.com/v1", &[]));
    let builder = builder.transport(script.clone()).clock(SkippingClock::new());
    let core = builder.credential("key", Credential::api_key("k".into())).build::<()>().expect("a client");
    Stage { core, script }
}

impl Stage {
    fn list(&self, kind: Kind) -> List<'_> {
        List { core: &self.core, kind, call_options: CallOptions::new(), page: None, cursor: None }
    }

    /// What was asked for, without the credential, which is always there once.
    fn seen(&self) -> Vec<String> {
        let seen = self.script.seen.lock().expect("no panic");
        let shown = seen.iter().map(|url| {
            assert_eq!(url.matches("key=k").count(), 1, "{url}");
            let url = url.trim_start_matches("https://example.com/v1").replace("key=k", "");
            url.trim_end_matches(['?', '&']).to_owned()
        });
        shown.collect()
    }
}

/// All items, or the error behind them; and what was asked for.
async fn read(kind: Kind, answers: &[Answer]) -> (Vec<i64>, Option<String>, Vec<String>) {
    let stage = stage(answers);
    let mut items = Pages::new("listThings", stage.list(kind)).into_items();
    let (mut found, mut fault) = (Vec::new(), None);
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => found.push(item),
            Err(error) => fault = Some(error.to_string()),
        }
    }
    assert!(items.next().await.is_none(), "the end is the end");
    let seen = stage.seen();
    (found, fault, seen)
}

const fn page(body: &'static str) -> Answer {
    (200, &[], body)
}

const NO_CONTENT: Answer = (204, &[], "");

#[tokio::test]
async fn pages_are_counted_until_one_is_empty() {
    for end in [page(""), NO_CONTENT] {
        let (items, fault, seen) = read(Kind::Page(1), &[page("1,2"), page("3"), end]).await;
        assert_eq!((items, fault), (vec![1, 2, 3], None));
        assert_eq!(seen, ["/things", "/things?page=2", "/things?page=3"]);
    }
    let (.., seen) = read(Kind::Page(0), &[page("1"), page("")]).await;
    assert_eq!(seen, ["/things", "/things?page=1"]);
}

#[tokio::test]
async fn offset_grows_by_what_came() {
    let (items, fault, seen) = read(Kind::Offset, &[page("1,2,3"), page("4"), page("")]).await;
    assert_eq!((items, fault), (vec![1, 2, 3, 4], None));
    assert_eq!(seen, ["/things", "/things?page=3", "/things?page=4"]);
}

#[tokio::test]
async fn totals_save_the_last_call() {
    let answers = [page("1,2"), page("3,4"), page("5")];
    let (items, _, seen) = read(Kind::Pages(2), &answers).await;
    assert_eq!((items, seen.len()), (vec![1, 2, 3, 4], 2));
    let (items, _, seen) = read(Kind::Total(4), &answers).await;
    assert_eq!((items, seen.len()), (vec![1, 2, 3, 4], 2));
    // One that is not reached yet, or passed already.
    for (total, calls) in [(5, 3), (3, 2)] {
        assert_eq!(read(Kind::Total(total), &answers).await.2.len(), calls);
    }
    for (total, calls) in [(3, 3), (1, 1)] {
        assert_eq!(read(Kind::Pages(total), &answers).await.2.len(), calls);
    }
    let (items, _, seen) = read(Kind::Pages(-1), &[page("1"), page("")]).await;
    assert_eq!((items, seen.len()), (vec![1], 2));
}

#[tokio::test]
async fn total_of_items_says_nothing_to_who_begins_in_the_middle() {
    let stage = stage(&[page("5,6"), page("7"), page("")]);
    let list = List { page: Some(3), ..stage.list(Kind::Total(2)) };
    let mut items = Pages::new("listThings", list).into_items();
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item.expect("an item"));
    }
    assert_eq!((found, stage.seen().len()), (vec![5, 6, 7], 3));
}

#[tokio::test]
async fn cursor_is_followed_as_long_as_there_is_one() {
    let (items, fault, seen) = read(Kind::Cursor, &[page("1|a b"), page("|c"), page("2|d"), page("3")]).await;
    assert_eq!((items, fault), (vec![1, 2, 3], None));
    assert_eq!(seen, ["/things", "/things?cursor=a%20b", "/things?cursor=c", "/things?cursor=d"]);
    let (items, _, seen) = read(Kind::More(false), &[page("1|a")]).await;
    assert_eq!((items, seen.len()), (vec![1], 1));
}

#[tokio::test]
async fn page_that_is_said_to_be_there_needs_a_name() {
    let (items, fault, _) = read(Kind::More(true), &[page("1|a"), page("2")]).await;
    let text = "`listThings` could not be built: the next page is said to be there, but not what it is called";
    assert_eq!((items, fault.as_deref()), (vec![1, 2], Some(text)));
    let (items, fault, _) = read(Kind::More(true), &[page("1|a"), page("")]).await;
    assert_eq!((items, fault), (vec![1], None));
}

#[tokio::test]
async fn server_that_goes_in_circles_is_told() {
    let circle = "`listThings` could not be built: the next page is one that the server has named before, so that \
                  there would be no end";
    let (items, fault, _) = read(Kind::Cursor, &[page("1|a"), page("2|b"), page("3|a")]).await;
    assert_eq!((items, fault.as_deref()), (vec![1, 2, 3], Some(circle)));
    let (items, fault, _) = read(Kind::Cursor, &[page("1|a")]).await;
    assert_eq!((items, fault.as_deref()), (vec![1, 1], Some(circle)));
    let next: &[(&str, &str)] = &[("link", "</v1/things?page=2>; rel=next")];
    let (items, fault, _) = read(Kind::Link, &[(200, next, "1")]).await;
    assert_eq!((items, fault.as_deref()), (vec![1, 1], Some(circle)));
    let same = "`listThings` could not be built: the next page has the same items as the one before it, so that there \
                would be no end";
    for kind in [Kind::Page(1), Kind::Offset, Kind::Total(9)] {
        let (items, fault, seen) = read(kind, &[page("1,2")]).await;
        assert_eq!((items, fault.as_deref(), seen.len()), (vec![1, 2], Some(same), 2));
    }
}

#[tokio::test]
async fn cursor_that_stays_behind_an_empty_page_is_the_end() {
    let (items, fault, seen) = read(Kind::Cursor, &[page("1|a"), page("|a")]).await;
    assert_eq!((items, fault, seen.len()), (vec![1], None, 2));
}

#[tokio::test]
async fn empty_pages_do_not_go_on_for_ever() {
    struct Fresh(Mutex<u32>);

    impl Transport for Fresh {
        fn send(&self, _: http::Request<OutgoingBody>) -> TransportFuture<'_> {
            let mut number = self.0.lock().expect("no panic");
            *number += 1;
            let body = format!("|{number}");
            Box::pin(async move { Ok(http::Response::new(IncomingBody::from(body))) })
        }
    }

    let builder = CoreBuilder::new(Server::new("https://example.com", &[])).transport(Fresh(Mutex::new(0)));
    let builder = builder.clock(SkippingClock::new()).credential("key", Credential::api_key("k".into()));
    let core = builder.build::<()>().expect("a client");
    let list = List { core: &core, kind: Kind::Cursor, call_options: CallOptions::new(), page: None, cursor: None };
    let mut items = Pages::new("listThings", list).into_items();
    let error = items.next().await.expect("an error").expect_err("no item");
    assert!(error.is_paging() && items.next().await.is_none(), "{error}");
}

#[tokio::test]
async fn links_are_followed_with_the_credential() {
    let two: &[(&str, &str)] = &[("link", r#"<https://example.com/v1/all/things?page=2&key=old>; rel="next""#)];
    let three: &[(&str, &str)] = &[("link", "<?page=3>; rel=next")];
    let (items, fault, seen) = read(Kind::Link, &[(200, two, "1"), (200, three, "2"), page("3")]).await;
    assert_eq!((items, fault), (vec![1, 2, 3], None));
    assert_eq!(seen, ["/things", "/all/things?page=2", "/all/things?page=3"]);
    let (items, fault, seen) = read(Kind::Url, &[page("1|/v1/things?cursor=x"), page("2")]).await;
    assert_eq!((items, fault), (vec![1, 2], None));
    assert_eq!(seen, ["/things", "/things?cursor=x"]);
}

#[tokio::test]
async fn links_to_elsewhere_are_not_followed() {
    let (items, fault, seen) = read(Kind::Url, &[page("1|https://evil.com/v1/things")]).await;
    let text = "`listThings` could not be built: the next page is on another server, where the credentials must not go";
    assert_eq!((items, fault.as_deref(), seen.len()), (vec![1], Some(text), 1));
}

#[tokio::test]
async fn number_that_does_not_fit_is_told() {
    let stage = stage(&[page("1")]);
    let list = List { page: Some(i32::MAX), ..stage.list(Kind::Page(1)) };
    let mut pages = Pages::new("listThings", list);
    assert!(pages.next().await.is_some_and(|page| page.is_ok()));
    let error = pages.next().await.expect("an error").expect_err("an overflow");
    assert!(error.is_paging() && pages.next().await.is_none(), "{error}");
}

#[tokio::test]
async fn error_is_given_out_once_and_then_the_end() {
    let (items, fault, seen) = read(Kind::Page(1), &[page("1"), (404, &[], "")]).await;
    let text = "`listThings` was answered with 404 Not Found, which the document does not list";
    assert_eq!((items, fault.as_deref(), seen.len()), (vec![1], Some(text), 2));
}

#[tokio::test]
async fn retries_go_on_within_a_page() {
    let (items, fault, seen) = read(Kind::Page(1), &[page("1"), (503, &[], ""), page("2"), page("")]).await;
    assert_eq!((items, fault), (vec![1, 2], None));
    assert_eq!(seen, ["/things", "/things?page=2", "/things?page=2", "/things?page=3"]);
}

#[tokio::test]
async fn first_page_is_given_out_even_if_it_is_empty() {
    let stage = stage(&[page("")]);
    let mut pages = Pages::new("listThings", stage.list(Kind::Page(1)));
    assert!(pages.next().await.is_some_and(|page| page.is_ok_and(|page| page.items.is_empty())));
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn pages_are_asked_for_when_they_are_waited_for() {
    let stage = stage(&[page("1|hush"), page("2")]);
    let mut pages = Pages::new("listThings", stage.list(Kind::Cursor));
    assert!(pages.next().await.is_some() && stage.seen().len() == 1);
    assert!(!format!("{pages:?}").contains("hush"), "{pages:?}");
    let rest = async move { pages.next().await.is_some() };
    fn sends<T: Send>(value: T) -> T {
        value
    }
    assert!(sends(rest).await);
}

#[test]
fn marks_are_told_by_their_text() {
    use crate::nullable::Nullable;

    assert_eq!((Mark::text(&2.0), <f64 as Mark>::of("3")), (Some("2".to_owned()), Some(3.0)));
    assert_eq!(
        (Mark::text(&Nullable::<String>::Null), <Nullable<i64> as Mark>::of("3")),
        (None, Some(Nullable::Value(3)))
    );
    assert_eq!((<i32 as Mark>::of("3000000000"), <Option<u32> as Mark>::of("x")), (None, None));
}
