//! The doubles of the clients of `fixtures/ok`: what a call sends is read back, and what is answered is yielded, for every
//! style, format and kind of response.

use std::time::Duration;

use client_runtime::File;
use tests::{media_types, parameter_styles, request_bodies, responses, security};

/// A client, and the double that it calls.
macro_rules! stage {
    ($api:ident) => {{
        let server = $api::double::server();
        let client = $api::double::builder(&server).build().expect("a client");
        (server, client)
    }};
}

#[tokio::test]
async fn parameters_are_read_back_from_their_styles() {
    use parameter_styles::{double, types::Color};
    let (server, client) = stage!(parameter_styles);
    server.on::<double::PathStyles>().answer(());
    server.on::<double::QueryStyles>().answer(());
    server.on::<double::HeaderStyles>().answer(());
    let color = || Color { r: 100, g: 200 };

    client.general().path_styles("a/b?c#d%e é", vec![1, 2], color(), 5, vec![3, 4], vec![6, 7]).await.expect("204");
    let sent = server.requests::<double::PathStyles>().expect("it can be read");
    let double::PathStyles { simple, list, object, label, labels, matrix, .. } = (*sent[0]).clone();
    assert_eq!((simple.as_str(), list, object), ("a/b?c#d%e é", vec![1, 2], color()));
    assert_eq!((label, labels, matrix), (5, vec![3, 4], vec![6, 7]));

    let call = client.general().query_styles().exploded(vec![1]).joined(vec![1, 2]).spaced(vec![1, 2]);
    let call = call.piped(vec![1, 2]).deep(color()).object(color()).reserved("a/b:c&d").filter(color()).page(2);
    call.await.expect("204");
    client.general().query_styles().await.expect("204");
    let sent = server.requests::<double::QueryStyles>().expect("they can be read");
    let double::QueryStyles { exploded, joined, spaced, piped, deep, object, reserved, filter, page, .. } =
        (*sent[0]).clone();
    assert_eq!((exploded, joined), (Some(vec![1]), Some(vec![1, 2])));
    assert_eq!((spaced, piped), (Some(vec![1, 2]), Some(vec![1, 2])));
    assert_eq!((deep, object, filter), (Some(color()), Some(color()), Some(color())));
    assert_eq!((reserved.as_deref(), page), (Some("a/b:c&d"), Some(2)));
    assert_eq!((sent[1].exploded.as_ref(), sent[1].object.as_ref(), sent[1].page), (None, None, None));

    client.general().header_styles("t 1").x_numbers(vec![1, 2]).session("a b").await.expect("204");
    let sent = server.requests::<double::HeaderStyles>().expect("it can be read");
    let double::HeaderStyles { x_trace, x_numbers, session, .. } = (*sent[0]).clone();
    assert_eq!((x_trace.as_str(), x_numbers, session.as_deref()), ("t 1", Some(vec![1, 2]), Some("a b")));
    assert!(server.unexpected().is_empty());
}

#[tokio::test]
async fn bodies_are_read_back_from_their_formats() {
    use media_types::{double, types};
    let (server, client) = stage!(media_types);
    server.on::<double::SendForm>().answer(());
    server.on::<double::PutFile>().answer("kept".to_owned());
    server.on::<double::SendNote>().answer("noted".to_owned());
    server.on::<double::Upload>().answer(());

    let mut form = types::SendFormBody::new("A & B");
    form.tags = Some(vec!["x".to_owned()]);
    form.address = Some(types::SendFormBodyAddress { city: Some("Austin".to_owned()) });
    let call = client.general().send_form("A & B").tags(vec!["x".to_owned()]);
    call.address(form.address.clone().expect("it is set")).await.expect("204");
    assert_eq!(server.requests::<double::SendForm>().expect("it can be read")[0].body, form);

    let file = File::new(vec![0, 255]);
    assert_eq!(client.general().put_file("a/b", file.clone()).await.expect("201").into_body(), "kept");
    let sent = server.requests::<double::PutFile>().expect("it can be read");
    assert_eq!((sent[0].name.as_str(), &sent[0].body), ("a/b", &file));

    client.general().send_note().await.expect("200");
    client.general().send_note().body("*").await.expect("200");
    let sent = server.requests::<double::SendNote>().expect("they can be read");
    assert_eq!([&sent[0].body, &sent[1].body], [&None, &Some("*".to_owned())]);

    let about = types::About::new("A");
    let file = || File::new(vec![0, 255]).name("a.png");
    let call = client.general().upload(file(), "photo").labels(vec!["x".to_owned()]).about(about.clone());
    call.await.expect("204");
    let sent = server.requests::<double::Upload>().expect("it can be read");
    assert_eq!((&sent[0].body.file, sent[0].body.purpose.as_str()), (&file(), "photo"));
    assert_eq!((&sent[0].body.labels, &sent[0].body.about), (&Some(vec!["x".to_owned()]), &Some(about)));
    assert_eq!(sent[0].request().body().windows(2).filter(|pair| *pair == [0, 255]).count(), 1);
}

#[tokio::test]
async fn json_bodies_keep_null_apart_from_absence() {
    use request_bodies::double;
    let (server, client) = stage!(request_bodies);
    server.on::<double::UpdatePet>().answer(());
    client.pets().update().owner(client_runtime::Nullable::Null).await.expect("204");
    client.pets().update().name("Tom").await.expect("204");
    let sent = server.requests::<double::UpdatePet>().expect("they can be read");
    assert_eq!(sent[0].body.owner, client_runtime::Nullable::Null);
    assert_eq!(
        (sent[1].body.owner.clone(), sent[1].body.name.as_deref()),
        (client_runtime::Nullable::Absent, Some("Tom"))
    );
}

#[tokio::test]
async fn all_ways_to_call_an_operation_are_told_apart() {
    use media_types::{double, types::About};
    let (server, client) = stage!(media_types);
    server.on::<double::Report>().answer(About::new("json")).header("x-pages", "2");
    server.on::<double::ReportStream>().answer(vec![About::new("a"), About::new("b")]);
    server.on::<double::ReportText>().answer("text".to_owned());
    server.on::<double::ReportMultipart>().answer(About::new("multipart"));
    server.on::<double::ReportFile>().answer(About::new("file"));

    let report = client.general().report("t").await.expect("200");
    let headers = report.typed_headers::<media_types::operations::general::ReportHeaders>().expect("headers");
    assert_eq!((report.title.as_str(), headers.x_pages), ("json", 2));
    let mut records = client.general().report_stream("t").await.expect("200").into_body();
    let mut titles = Vec::new();
    while let Some(record) = records.next().await {
        titles.push(record.expect("a record").title);
    }
    assert_eq!(titles, ["a", "b"]);
    assert_eq!(client.general().report_text("t").await.expect("200").into_body(), "text");
    let call = client.general().report_multipart().scans(vec![File::from("scan")]);
    assert_eq!(call.await.expect("200").title, "multipart");
    let scan = File::from("scan").media_type("image/png");
    assert_eq!(client.general().report_file(scan.clone()).await.expect("200").title, "file");

    assert_eq!(server.requests::<double::Report>().expect("it can be read").len(), 1);
    let scans = server.requests::<double::ReportMultipart>().expect("it can be read")[0].body.scans.clone();
    assert_eq!(scans, Some(vec![File::from("scan")]));
    assert_eq!(server.requests::<double::ReportFile>().expect("it can be read")[0].body, scan);
}

#[tokio::test]
async fn events_come_one_by_one_and_break() {
    use media_types::double;
    let (server, client) = stage!(media_types);
    let event = |number: i64| [("n".to_owned(), number.into())].into_iter().collect::<client_runtime::JsonObject>();
    server.on::<double::EventsCall>().answer(vec![event(1), event(2)]).answer((1..=4).map(event).collect()).broken();
    let mut seen = Vec::new();
    for _ in 0..2 {
        let mut events = client.general().events().await.expect("200").into_body();
        while let Some(event) = events.next().await {
            seen.push(event.map(|event| event["n"].to_string()).map_err(|error| error.is_transport()));
        }
    }
    let items = ["1", "2", "1", "2"].map(|number| Ok(number.to_owned()));
    assert_eq!(seen, [&items[..], &[Err(true)]].concat());
}

#[tokio::test]
async fn successes_are_answered_by_status() {
    use responses::{double, operations::general::SeveralSuccess, types};
    let (server, client) = stage!(responses);
    let thing = || types::Thing::new(7);
    server.on::<double::Always>().answer(thing());
    server.on::<double::Maybe>().answer(Some(thing())).answer(None);
    server.on::<double::List>().answer(vec![thing()]).answer(Vec::new());
    server.on::<double::OnlyDefault>().answer(Some(types::Problem::new("none")));
    let several = [SeveralSuccess::Ok(thing()), SeveralSuccess::Accepted(types::Ticket::new("t"))];
    let [first, second] = several.clone();
    server.on::<double::Several>().answer(first).answer(second).answer(SeveralSuccess::NoContent);

    assert_eq!(client.general().always().await.expect("200").id, 7);
    let calls = [client.general().maybe().await.expect("200"), client.general().maybe().await.expect("204")];
    assert_eq!(calls.map(|call| (call.status().as_u16(), call.into_body())), [(200, Some(thing())), (204, None)]);
    let calls = [client.general().list().await.expect("200"), client.general().list().await.expect("204")];
    assert_eq!(calls.map(|call| (call.status().as_u16(), call.len())), [(200, 1), (204, 0)]);
    let none = client.general().only_default().await.expect("200").into_body();
    assert_eq!(none.map(|none| none.title).as_deref(), Some("none"));
    for (status, expected) in [200, 202, 204].into_iter().zip(several.into_iter().chain([SeveralSuccess::NoContent])) {
        let response = client.general().several().await.expect("a success");
        assert_eq!((response.status().as_u16(), response.into_body()), (status, expected));
    }
}

#[tokio::test]
async fn documented_errors_are_answered_with_their_bodies() {
    use responses::{ErrorBody, double, types::Problem};
    let (server, client) = stage!(responses);
    let problem = || ErrorBody::Problem(Problem::new("gone"));
    server
        .on::<double::Always>()
        .answer_error(404, problem())
        .answer_error(501, problem())
        .answer_error(418, problem());
    let error = client.general().always().await.expect_err("404");
    assert_eq!((error.status().map(|status| status.as_u16()), error.body()), (Some(404), Some(&problem())));
    let error = client.general().always().with(client_runtime::CallOptions::new().no_retries()).await.expect_err("501");
    assert_eq!((error.status().map(|status| status.as_u16()), error.body()), (Some(501), Some(&problem())));
    // The document has a `4XX` without a body, which comes before `default`.
    let error = client.general().always().await.expect_err("no such error");
    let text = "`always` failed: `always` documents no error 418 with the body `Problem`; `respond` answers anything";
    assert_eq!(error.to_string(), text);
    assert_eq!(server.unexpected().len(), 1);

    let (server, client) = stage!(media_types);
    let text = media_types::ErrorBody::Text("no such file".to_owned());
    server.on::<media_types::double::GetFile>().answer_error(404, text.clone()).answer(vec![1, 2].into());
    assert_eq!(client.general().get_file("a").await.expect_err("404").into_body(), Some(text));
    assert_eq!(client.general().get_file("a").await.expect("200").into_body()[..], [1, 2]);
}

#[tokio::test]
async fn calls_without_an_answer_say_what_to_write() {
    use responses::double;
    let (server, client) = stage!(responses);
    let error = client.general().always().await.expect_err("nothing is prepared");
    let text = "`always` failed: the test double has no answer, or none any more, for `always` (GET /always); write \
                `server.on::<double::Always>().answer(..)` before the call";
    assert_eq!(error.to_string(), text);
    assert_eq!((error.attempts(), error.may_have_taken_effect()), (1, false));
    server.on::<double::Maybe>().answer(None).then_nothing();
    assert!(client.general().maybe().await.is_ok());
    assert!(client.general().maybe().await.is_err());
    assert_eq!(server.unexpected().len(), 2);
    assert_eq!(server.all_requests().len(), 3);
}

#[tokio::test]
async fn faults_are_met_as_in_earnest() {
    use responses::double::{self, Fault};
    let (server, client) = stage!(responses);
    let thing = || responses::types::Thing::new(7);
    let seconds = Duration::from_secs;
    let script = server.on::<double::Always>().fails(Fault::Refused).fails(Fault::RateLimited(seconds(3)));
    script.answer(thing());
    assert_eq!(client.general().always().await.expect("the third attempt").id, 7);
    assert_eq!(server.requests::<double::Always>().expect("they can be read").len(), 3);
    assert_eq!(server.all_requests()[2].attempt(), 3);

    server.on::<double::Several>().fails(Fault::Reset).fails(Fault::WrongMediaType).fails(Fault::WrongJson);
    let error = client.general().several().await.expect_err("reset");
    assert!(error.is_transport() && error.may_have_taken_effect());
    assert!(client.general().several().await.expect_err("HTML").is_decode());
    assert!(client.general().several().await.expect_err("true").is_decode());

    let script = server.on::<double::Several>().answer(responses::operations::general::SeveralSuccess::Ok(thing()));
    let script = script.truncated().answer(responses::operations::general::SeveralSuccess::Ok(thing())).broken();
    let script = script.fails(Fault::Unavailable(seconds(1))).fails(Fault::Unavailable(seconds(1)));
    script.fails(Fault::Unavailable(seconds(1))).fails(Fault::Silence);
    assert!(client.general().several().await.expect_err("half of JSON").is_decode());
    assert!(client.general().several().await.expect_err("a broken body").is_transport());
    assert!(client.general().several().await.expect_err("503").is_rate_limited());
    assert!(client.general().several().await.expect_err("silence").is_timeout());
}

#[tokio::test]
async fn slow_answers_run_into_time_limits() {
    use responses::double;
    let server = double::server();
    let limits = client_runtime::Timeouts::standard().attempt(Duration::from_secs(5));
    let client =
        double::builder(&server).timeouts(limits).retry(client_runtime::Retry::off()).build().expect("a client");
    let thing = responses::types::Thing::new(7);
    server
        .on::<double::Always>()
        .answer(thing.clone())
        .after(Duration::from_secs(4))
        .answer(thing)
        .after(Duration::from_secs(6));
    assert!(client.general().always().await.is_ok());
    assert!(client.general().always().await.expect_err("it is late").is_timeout());
}

#[tokio::test]
async fn handlers_see_the_request() {
    use request_bodies::{double, types};
    let (server, client) = stage!(request_bodies);
    let inner = server.clone();
    server.on::<double::ReplacePets>().respond_with(move |request| {
        // The server can be asked from within.
        assert_eq!(inner.all_requests().len(), 1);
        let status = if request.body.is_empty() { 204 } else { 202 };
        double::Answer::new(status)
    });
    let pet = types::Pet { name: "Tom".to_owned(), owner: None, born: None };
    let error = client.pets().replace(vec![pet]).await.expect_err("202 is not documented");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(202));
}

#[tokio::test]
async fn credentials_are_made_up_and_can_be_looked_at() {
    use security::double;
    let (server, client) = stage!(security);
    server.on::<double::Both>().answer(());
    client.general().both().await.expect("204");
    let request = server.all_requests().remove(0);
    assert_eq!(request.uri().query(), Some("key=double"));
    assert_eq!(request.headers()["cookie"], "key=double");
    assert_eq!(format!("{server:?}").matches("double").count(), 0);
}

#[test]
fn answers_are_made_of_json() {
    let problem: responses::types::Problem = responses::double::from_json(r#"{"title":"gone"}"#).expect("a problem");
    assert_eq!(problem.title, "gone");
    assert!(responses::double::from_json::<responses::types::Problem>("{}").is_err());
}
