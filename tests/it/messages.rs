//! What HTTP itself says of messages: statuses without content, media types and charsets, `Accept`, headers that the
//! transport sets, and what of a path is sent. The client of `fixtures/ok/messages.yaml`, over a real socket.

use client_runtime::{ErrorKind, File};
use tests::messages::operations::general::CopyLetterSuccess;
use tests::messages::types::{Letter, Ticket};
use tests::messages::{Client, double};

use crate::server::{Recorded, Server, answer, answer_bytes, answer_with, empty, json};

async fn answered<R>(answer: Vec<u8>, call: impl AsyncFnOnce(&Client) -> R) -> (Recorded, R) {
    let client = |url: &str| Client::builder().base_url(url).purse("p u").build().expect("a client");
    crate::server::exchange(answer, client, call).await
}

#[tokio::test]
async fn statuses_without_content_are_successes_without_a_body() {
    let (_, gone) = answered(empty(204), async |client| client.general().burn_letter(1).await).await;
    gone.expect("whatever the document says of its content").into_body();

    for status in [204, 205] {
        let (_, kept) = answered(empty(status), async |client| client.general().put_letter(1, "Ann").await).await;
        assert_eq!(kept.expect("a status of the range").into_body(), None);
        let (_, sealed) = answered(empty(status), async |client| client.general().seal_letter(1).await).await;
        assert_eq!(sealed.expect("a success of `default`").into_body(), []);
        let (_, copied) = answered(empty(status), async |client| client.general().copy_letter(1).await).await;
        assert_eq!(copied.expect("a status of the range").into_body(), CopyLetterSuccess::NoContent);
        let (_, copies) = answered(empty(status), async |client| client.general().watch_copies(1).await).await;
        assert!(copies.expect("a status of the range").into_body().next().await.is_none());
    }
    let (_, kept) =
        answered(json(200, r#"{"to":"Ann"}"#), async |client| client.general().put_letter(1, "Ann").await).await;
    assert_eq!(kept.expect("a body").into_body(), Some(Letter { to: "Ann".into() }));
}

#[tokio::test]
async fn errors_without_content_are_documented_errors() {
    let (_, kept) = answered(empty(304), async |client| client.general().put_letter(1, "Ann").await).await;
    let error = kept.expect_err("no success");
    assert!(matches!(error.kind(), ErrorKind::Documented(status, None) if status == 304), "{error:?}");
}

#[tokio::test]
async fn answers_to_head_have_no_content() {
    let head = answer_with(200, &[("content-type", "image/png")], "");
    let (request, found) = answered(head, async |client| client.general().has_letter(1).await).await;
    found.expect("a success without a body").into_body();
    assert_eq!(request.text(&["accept"]), "HEAD /letters/1\naccept: image/png, application/json;q=0.9");

    let (_, found) = answered(empty(404), async |client| client.general().has_letter(1).await).await;
    assert!(matches!(found.expect_err("404").kind(), ErrorKind::Documented(status, None) if status == 404));
}

#[tokio::test]
async fn accept_names_what_can_be_read() {
    let letter = answer(200, "application/vnd.post+json", r#"{"to":"Ann"}"#);
    let (request, letter) = answered(letter, async |client| client.general().get_letter(1).await).await;
    assert_eq!(letter.expect("200").into_body(), Letter { to: "Ann".into() });
    assert_eq!(
        request.text(&["accept"]),
        "GET /letters/1\naccept: application/vnd.post+json, application/problem+json;q=0.9, text/plain;q=0.9"
    );
    let (request, _) = answered(empty(204), async |client| client.general().put_letter(1, "Ann").await).await;
    assert_eq!(request.header("accept").collect::<Vec<_>>(), ["application/json"]);
}

#[tokio::test]
async fn the_received_media_type_decides_within_a_range() {
    let motto = async |answer| answered(answer, async |client: &Client| client.general().motto().await).await.1;
    for answer in [
        answer(200, "text/plain", "5 – true"),
        answer(200, "text/html; charset=utf-8", "5 – true"),
        json(200, r#""5 – true""#),
        answer_bytes(200, "text/plain; charset=windows-1252", b"5 \x96 true"),
    ] {
        assert_eq!(motto(answer).await.expect("200").into_body(), "5 – true");
    }
    let error = motto(answer(404, "text/plain", "none")).await.expect_err("404");
    assert_eq!(format!("{:?}", error.body()), "Some(Text(\"none\"))");
    assert!(motto(answer_bytes(200, "image/png", b"\x89PNG")).await.expect_err("no text").is_decode());

    let weight = async |answer| answered(answer, async |client: &Client| client.general().weight().await).await.1;
    assert_eq!(weight(answer(200, "text/plain", "12\n")).await.expect("200").into_body(), 12);
    assert_eq!(weight(json(200, "12")).await.expect("200").into_body(), 12);
    assert!(weight(answer(200, "text/plain", "twelve")).await.expect_err("no number").is_decode());

    let (request, open) =
        answered(answer(200, "text/csv", "true"), async |client| client.general().is_open().await).await;
    assert!(open.expect("200").into_body());
    assert_eq!(request.text(&["accept"]), "GET /open\naccept: text/*");
}

#[tokio::test]
async fn text_is_in_the_declared_charset() {
    let receipt = answer_bytes(200, "text/plain; charset=ISO-8859-1", b"r\xFCckw\xE4rts");
    let (request, receipt) = answered(receipt, async |client| client.general().send_telegram("5 € für").await).await;
    assert_eq!(receipt.expect("200").into_body(), "rückwärts");
    assert_eq!(request.header("content-type").collect::<Vec<_>>(), ["text/plain; charset=iso-8859-15"]);
    assert_eq!(request.bytes, b"5 \xA4 f\xFCr");

    let send =
        async |answer| answered(answer, async |client: &Client| client.general().send_telegram("a").await).await.1;
    let error = send(answer_bytes(400, "text/plain;charset=\"shift_jis\"", b"\x93\xFA")).await.expect_err("400");
    assert_eq!(format!("{:?}", error.body()), "Some(Text(\"日\"))");
    for (media_type, body, expected) in [
        ("text/plain", b"\xFC".as_slice(), "expected text, but the body is not in the charset \"utf-8\""),
        ("text/plain; charset=us-ascii", b"\xFC", "expected text, but the body is not in the charset \"us-ascii\""),
        ("text/plain; charset=ebcdic", b"a", "the charset \"ebcdic\" of the body is unknown"),
    ] {
        let error = send(answer_bytes(200, media_type, body)).await.expect_err("no text");
        assert!(matches!(error.kind(), ErrorKind::Decode(_, cause) if cause.message() == expected), "{error:?}");
        assert_eq!(error.raw_body(), Some(body));
    }
}

#[tokio::test]
async fn text_that_the_charset_lacks_is_not_sent() {
    let server = Server::start(vec![empty(204)]).await;
    let client = Client::builder().base_url(&server.url).build().expect("a client");
    let error = client.general().send_telegram("日").await.expect_err("no such character");
    assert_eq!(
        error.to_string(),
        "`sendTelegram` could not be built: the body cannot be encoded in `iso-8859-15`: it holds a character that this charset lacks"
    );
    assert!(client.general().sign_telegram().body("für").await.expect_err("no such character").is_request());
    assert_eq!(server.requests().len(), 0);
    client.general().sign_telegram().body("fur").await.expect("204");
    assert_eq!(
        server.request().text(&["content-type"]),
        "PATCH /telegrams\ncontent-type: text/plain; charset=us-ascii\n\nfur"
    );
}

#[tokio::test]
async fn json_is_in_the_declared_charset() {
    let receipt = answer_bytes(200, "application/json; charset=iso-8859-1", b"{\"number\":\"\xFC\"}");
    let (request, receipt) = answered(receipt, async |client| client.general().put_telegram("€日").await).await;
    assert_eq!(receipt.expect("200").into_body(), Ticket { number: "ü".into() });
    assert_eq!(request.bytes, b"{\"number\":\"\x80\\u65e5\"}");
}

#[tokio::test]
async fn the_same_schema_is_one_body() {
    let (request, _) = answered(empty(204), async |client| client.general().announce_parcel("7").await).await;
    assert_eq!(request.text(&["content-type"]), "POST /parcels\ncontent-type: application/json\n\n{\"number\":\"7\"}");
    let (request, _) = answered(empty(204), async |client| client.general().relabel_parcel("7").await).await;
    assert_eq!(request.text(&["content-type"]), "PATCH /parcels\ncontent-type: application/json\n\n{\"number\":\"7\"}");
}

#[tokio::test]
async fn binary_data_is_sent_as_parts() {
    let (request, sent) =
        answered(empty(204), async |client| client.general().send_parcel(File::new(vec![0, 255])).note("n").await)
            .await;
    sent.expect("204");
    let media_type = request.header("content-type").next().expect("a media type");
    assert!(media_type.starts_with("multipart/form-data; boundary="), "{media_type}");
    assert!(request.bytes.windows(6).any(|window| window == b"\r\n\0\xFF\r\n"), "{request:?}");
}

#[tokio::test]
async fn framing_is_computed_and_cookies_share_one_header() {
    let (request, bought) = answered(empty(204), async |client| {
        client.general().buy_stamps(File::new("album")).cookie("theme=dark; lang=en").counter(3).await
    })
    .await;
    bought.expect("204");
    assert_eq!(
        request.text(&["content-length", "cookie"]),
        "PUT /stamps\ncontent-length: 5\ncookie: theme=dark; lang=en; counter=3; purse=p%20u\n\nalbum"
    );
    assert!(request.header("host").all(|host| host.starts_with("127.0.0.1:")));
}

#[tokio::test]
async fn fragments_are_not_sent_and_queries_are_sent_once() {
    let (request, _) = answered(empty(204), async |client| client.general().open_session().await).await;
    assert_eq!(request.line(), "POST /session");
    let (request, _) = answered(empty(204), async |client| client.general().renew_session().await).await;
    assert_eq!(request.line(), "POST /session");
    let (request, _) =
        answered(empty(204), async |client| client.general().search_letters().limit(5).text("a&b").await).await;
    assert_eq!(request.line(), "GET /search?kind=letter&limit=5&text=a%26b");
}

#[tokio::test]
async fn the_double_reads_and_answers_alike() {
    let server = double::server();
    let client = double::builder(&server).build().expect("a client");
    server.on::<double::BurnLetter>().answer(());
    server
        .on::<double::PutLetter>()
        .answer(None)
        .answer(Some(Letter { to: "Ann".into() }))
        .status(204)
        .answer(Some(Letter { to: "Bob".into() }));
    server
        .on::<double::Motto>()
        .answer("é".to_owned())
        .respond(double::Answer::new(200).text("text/plain; charset=latin1", "é"));
    server.on::<double::IsOpen>().answer(true);
    server.on::<double::SendTelegram>().answer("ü".to_owned());
    server.on::<double::BuyStamps>().answer(());
    server.on::<double::SearchLetters>().answer(());

    client.general().burn_letter(1).await.expect("204");
    for expected in [None, None, Some(Letter { to: "Bob".into() })] {
        assert_eq!(client.general().put_letter(1, "Ann").await.expect("a success").into_body(), expected);
    }
    for _ in 0..2 {
        assert_eq!(client.general().motto().await.expect("200").into_body(), "é");
    }
    assert!(client.general().is_open().await.expect("200").into_body());
    assert_eq!(client.general().send_telegram("€").await.expect("200").into_body(), "ü");
    assert_eq!(server.requests::<double::SendTelegram>().expect("it can be read")[0].body, "€");

    client.general().buy_stamps(File::new("album")).cookie("theme=dark; lang=en").counter(3).await.expect("204");
    let sent = server.requests::<double::BuyStamps>().expect("it can be read");
    let cookie = sent[0].cookie.as_ref().map(|cookie| cookie.expose());
    assert_eq!((cookie, sent[0].counter), (Some("theme=dark; lang=en"), Some(3)));
    client.general().search_letters().limit(5).await.expect("204");
    assert_eq!(server.requests::<double::SearchLetters>().expect("it can be read")[0].limit, Some(5));
    assert!(server.unexpected().is_empty());
}
