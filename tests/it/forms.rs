//! Forms, the headers of parts, and lists in objects: the clients of `fixtures/ok` over a real socket, compared as literal
//! bytes, and read back by their doubles.

use client_runtime::File;
use tests::{forms, forms_3_1};

use crate::server::{Server, empty};

fn card(number: i64) -> forms::types::Card {
    forms::types::Card { number }
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn address() -> forms::types::Address {
    forms::types::Address { city: Some("Ulm".to_owned()), lines: Some(strings(&["a b"])) }
}

fn stay() -> forms::types::Stay {
    forms::types::Stay { from: "Bonn".to_owned(), via: Some(strings(&["Köln", "Trier"])) }
}

fn book(client: &forms::Client) -> forms::operations::general::Book<'_> {
    let call = client.general().book("A & B").nights(strings(&["1,2", "3"])).rooms(vec![1, 2]);
    let call = call.extras(strings(&["x", "y"])).wishes(strings(&["w"])).address(address()).stay(stay());
    call.card(card(1)).party(card(2)).others(vec![card(3), card(4)]).link("https://a.b/c?d")
}

/// The body of a multipart request, with `B` for the boundary and `|` for line ends.
fn parts(body: &str) -> String {
    let boundary = body.lines().next().expect("a boundary").trim_start_matches("--");
    body.replace(boundary, "B").replace("Content-Disposition: form-data; ", "").replace("\r\n", "|")
}

#[tokio::test]
async fn urlencoded_forms_are_written_by_their_encoding() {
    let server = Server::start(vec![empty(204)]).await;
    let client = forms::Client::builder().base_url(&server.url).build().expect("a client");
    book(&client).await.expect("204");
    assert_eq!(
        server.request().body,
        "guest=A%20%26%20B&nights=1%2C2,3&rooms=1%202&extras=x%7Cy&wishes=%5B%22w%22%5D\
         &address%5Bcity%5D=Ulm&address%5Blines%5D%5B0%5D=a%20b&from=Bonn&via=K%C3%B6ln&via=Trier\
         &card=%7B%22number%22%3A1%7D&party=%7B%22number%22%3A2%7D\
         &others=%7B%22number%22%3A3%7D&others=%7B%22number%22%3A4%7D&link=https://a.b/c?d"
    );
}

#[tokio::test]
async fn urlencoded_forms_are_read_back() {
    let server = forms::double::server();
    let client = forms::double::builder(&server).build().expect("a client");
    server.on::<forms::double::Book>().answer(());
    book(&client).await.expect("204");
    let sent = &server.requests::<forms::double::Book>().expect("it can be read")[0].body;
    assert_eq!((sent.guest.as_str(), &sent.nights), ("A & B", &Some(strings(&["1,2", "3"]))));
    assert_eq!((&sent.rooms, &sent.extras), (&Some(vec![1, 2]), &Some(strings(&["x", "y"]))));
    assert_eq!((&sent.wishes, &sent.address, &sent.stay), (&Some(strings(&["w"])), &Some(address()), &Some(stay())));
    assert_eq!((&sent.card, &sent.party), (&Some(card(1)), &Some(card(2))));
    assert_eq!((&sent.others, sent.link.as_deref()), (&Some(vec![card(3), card(4)]), Some("https://a.b/c?d")));
}

#[tokio::test]
async fn styles_of_parts_are_ignored_in_3_0_but_for_deep_object() {
    let server = Server::start(vec![empty(204)]).await;
    let client = forms::Client::builder().base_url(&server.url).build().expect("a client");
    let call =
        client.general().send_parcel(vec!["1a".to_owned(), "2b".to_owned()], card(1), vec!["x".into(), "y".into()]);
    let call = call.items(vec![card(2), card(3)]).options(address()).manifest("m");
    call.manifest_x_checksum("3c").manifest_x_tags(strings(&["t", "u"])).await.expect("204");
    let json = "|Content-Type: application/json||{\"number\":";
    let file = "name=\"scans\"; filename=\"file\"|Content-Type: application/octet-stream|X-Kind: scan|X-Checksum: ";
    assert_eq!(
        parts(&server.request().body),
        format!(
            "--B|name=\"Label\"{json}1}}|--B|name=\"Items\"{json}2}}|--B|name=\"Items\"{json}3}}\
             |--B|name=\"options[city]\"||Ulm|--B|name=\"options[lines][0]\"||a b\
             |--B|{file}1a||x|--B|{file}2b||y\
             |--B|name=\"manifest\"|Content-Type: text/csv|X-Checksum: 3c|X-Tags: t,u||m|--B--|"
        )
    );
}

#[tokio::test]
async fn headers_of_parts_must_be_what_the_document_says() {
    let server = forms::double::server();
    let client = forms::double::builder(&server).build().expect("a client");
    let parcel = |sums: &[&str]| client.general().send_parcel(strings(sums), card(1), vec!["x".into(), "y".into()]);
    for (call, message) in [
        (parcel(&["1"]), "parameter `X-Checksum` does not have one value for each part"),
        (parcel(&["1", "2", "3"]), "parameter `X-Checksum` does not have one value for each part"),
        (parcel(&["1", "too much!"]), "`$[1]` of parameter `X-Checksum` is longer than 8 characters"),
        (parcel(&["1", "2\r\nX-Evil: 1"]), "`$[1]` of parameter `X-Checksum` is longer than 8 characters"),
        (parcel(&["1", "2\r\n3"]), "parameter `X-Checksum` holds a character that no header can carry"),
        (
            parcel(&["1", "2"]).manifest("m"),
            "parameter `X-Checksum` is a header that is required for a part of the body",
        ),
        (
            parcel(&["1", "2"]).manifest_x_tags(strings(&["t"])),
            "parameter `X-Tags` is a header of a part that the body does not have",
        ),
    ] {
        let error = call.await.expect_err(message);
        assert!(error.to_string().contains(message), "{error}");
    }
    assert!(server.unexpected().is_empty());

    server.on::<forms::double::SendPhoto>().answer(());
    client.general().send_photo(640, "png").photo_x_camera(card(9)).await.expect("204");
    let sent = server.requests::<forms::double::SendPhoto>().expect("it can be read");
    assert_eq!((sent[0].photo_x_width, &sent[0].photo_x_camera), (640, &Some(card(9))));
    server.on::<forms::double::SendParcel>().answer(());
    parcel(&["1", "2"]).manifest("m").manifest_x_checksum("3").await.expect("204");
    let sent = server.requests::<forms::double::SendParcel>().expect("it can be read");
    assert_eq!(sent[0].scans_x_checksum, strings(&["1", "2"]));
    assert_eq!((sent[0].manifest_x_checksum.as_deref(), &sent[0].manifest_x_tags), (Some("3"), &None));
    assert_eq!(sent[0].body.scans, [File::from("x"), File::from("y")]);
}

#[tokio::test]
async fn lists_in_objects_repeat_the_name() {
    let server = Server::start(vec![empty(204)]).await;
    let client = forms::Client::builder().base_url(&server.url).build().expect("a client");
    let page = || forms::types::Page { index: Some(2), order: Some(strings(&["name", "-age"])) };
    client.general().find_stays(stay()).page(page()).shown(stay()).await.expect("204");
    assert_eq!(
        server.request().text(&["cookie"]),
        "GET /stays/;from=Bonn;via=K%C3%B6ln;via=Trier?index=2&order=name&order=-age\n\
         cookie: from=Bonn; via=K%C3%B6ln; via=Trier"
    );
    let server = forms::double::server();
    let client = forms::double::builder(&server).build().expect("a client");
    server.on::<forms::double::FindStays>().answer(());
    client.general().find_stays(stay()).page(page()).shown(stay()).await.expect("204");
    let sent = server.requests::<forms::double::FindStays>().expect("it can be read");
    assert_eq!((&sent[0].span, &sent[0].page, &sent[0].shown), (&stay(), &Some(page()), &Some(stay())));
}

fn route() -> forms_3_1::types::Route {
    forms_3_1::types::Route { from: Some("a".to_owned()), via: Some(strings(&["b", "c"])) }
}

fn send_parcel(client: &forms_3_1::Client) -> forms_3_1::operations::general::SendParcel<'_> {
    let call = client.general().send_parcel().stops(strings(&["x y", "z"])).route(route()).digest("d");
    call.label(forms_3_1::types::SendParcelBodyLabel { number: Some(1) })
}

#[tokio::test]
async fn styles_of_parts_apply_in_3_1() {
    let server = Server::start(vec![empty(204)]).await;
    let client = forms_3_1::Client::builder().base_url(&server.url).build().expect("a client");
    send_parcel(&client).await.expect("204");
    assert_eq!(
        parts(&server.request().body),
        "--B|name=\"stops\"||x y,z|--B|name=\"from\"||a|--B|name=\"via\"||b|--B|name=\"via\"||c\
         |--B|name=\"label\"|Content-Type: application/json||{\"number\":1}\
         |--B|name=\"digest\"|X-Algorithm: sha-256||d|--B--|"
    );
    let server = forms_3_1::double::server();
    let client = forms_3_1::double::builder(&server).build().expect("a client");
    server.on::<forms_3_1::double::SendParcel>().answer(());
    send_parcel(&client).await.expect("204");
    let sent = &server.requests::<forms_3_1::double::SendParcel>().expect("it can be read")[0].body;
    assert_eq!((&sent.stops, &sent.route), (&Some(strings(&["x y", "z"])), &Some(route())));
}
