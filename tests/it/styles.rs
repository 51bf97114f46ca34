//! Parameters, credentials, servers and bodies as generated code writes them: the clients of `fixtures/ok` over a real
//! socket, compared as literal request lines and headers.

use tests::{access, media_types, parameter_styles, request_bodies, responses, security, servers};

use crate::server::{Recorded, Server, answer, answer_with, empty, json};

async fn styles<R>(call: impl AsyncFnOnce(&parameter_styles::Client) -> R) -> Recorded {
    let server = Server::start(vec![empty(204)]).await;
    let client = parameter_styles::Client::builder().base_url(&server.url).build().expect("a client");
    call(&client).await;
    server.request()
}

#[tokio::test]
async fn path_parameters_are_written_by_style() {
    let color = parameter_styles::types::Color { r: 100, g: 200 };
    let request = styles(async |client| {
        client.general().path_styles("a/b?c#d%e é", vec![1, 2], color, 5, vec![3, 4], vec![6, 7]).await.expect("204")
    })
    .await;
    assert_eq!(request.line(), "GET /path/a%2Fb%3Fc%23d%25e%20%C3%A9/1,2/r=100,g=200/.5/.3.4/;matrix=6,7");
}

#[tokio::test]
async fn query_parameters_are_written_by_style() {
    let color = || parameter_styles::types::Color { r: 100, g: 200 };
    let request = styles(async |client| {
        let call = client.general().query_styles().exploded(vec![1, 2]).joined(vec![1, 2]).spaced(vec![1, 2]);
        let call = call.piped(vec![1, 2]).deep(color()).object(color()).reserved("a/b:c&d").filter(color()).page(2);
        call.await.expect("204")
    })
    .await;
    assert_eq!(
        request.line(),
        "GET /query?exploded=1&exploded=2&joined=1,2&spaced=1%202&piped=1%7C2&deep%5Br%5D=100&deep%5Bg%5D=200&r=100&g=200&reserved=a/b:c%26d&filter=%7B%22r%22%3A100%2C%22g%22%3A200%7D&page=2"
    );
}

#[tokio::test]
async fn parameters_that_are_not_set_are_not_sent() {
    let request = styles(async |client| client.general().query_styles().await.expect("204")).await;
    assert_eq!(request.line(), "GET /query");
}

#[tokio::test]
async fn header_and_cookie_parameters_are_written() {
    let request = styles(async |client| {
        client.general().header_styles("t 1").x_numbers(vec![1, 2]).session("a b").await.expect("204")
    })
    .await;
    assert_eq!(
        request.text(&["x-trace", "x-numbers", "cookie"]),
        "GET /headers\nx-trace: t 1\nx-numbers: 1,2\ncookie: session=a%20b"
    );
}

#[tokio::test]
async fn values_that_would_change_the_request_are_refused() {
    let server = Server::start(vec![empty(204)]).await;
    let client = parameter_styles::Client::builder().base_url(&server.url).build().expect("a client");
    let color = || parameter_styles::types::Color { r: 1, g: 2 };
    for bad in ["..", ".", ""] {
        let result = client.general().path_styles(bad, vec![1], color(), 5, vec![3], vec![6]).await;
        assert!(result.expect_err("the path would change").is_request(), "{bad:?}");
    }
    let result = client.general().header_styles("a\r\nx-evil: 1").await;
    assert!(result.expect_err("a header would be added").is_request());
    assert_eq!(server.requests().len(), 0);
}

async fn secured<R>(call: impl AsyncFnOnce(&security::Client) -> R) -> String {
    let server = Server::start(vec![empty(204)]).await;
    let builder = security::Client::builder().base_url(&server.url).header_key("hk").query_key("q k").cookie_key("ck");
    let client = builder.basic("user", "pass").token("tk").build().expect("a client");
    call(&client).await;
    server.request().text(&["x-key", "cookie", "authorization"])
}

#[tokio::test]
async fn credentials_go_where_their_scheme_says() {
    assert_eq!(secured(async |client| client.general().global().await.expect("204")).await, "GET /global\nx-key: hk");
    assert_eq!(secured(async |client| client.general().none().await.expect("204")).await, "GET /none");
    assert_eq!(secured(async |client| client.general().either().await.expect("204")).await, "GET /either?key=q%20k");
    assert_eq!(
        secured(async |client| client.general().both().await.expect("204")).await,
        "GET /both?key=q%20k\ncookie: key=ck"
    );
    assert_eq!(
        secured(async |client| client.general().bearer().await.expect("204")).await,
        "GET /bearer\nauthorization: Bearer tk"
    );
}

#[tokio::test]
async fn the_first_alternative_with_all_credentials_is_taken() {
    let server = Server::start(vec![empty(204)]).await;
    let client = security::Client::builder().base_url(&server.url).basic("user", "pass").build().expect("a client");
    client.general().either().await.expect("204");
    client.general().bearer().await.expect("anonymous calls are allowed");
    let texts: Vec<_> = server.requests().iter().map(|request| request.text(&["authorization"])).collect();
    assert_eq!(texts, ["GET /either\nauthorization: Basic dXNlcjpwYXNz", "GET /bearer"]);
    let error = client.general().both().await.expect_err("two credentials are missing");
    assert!(error.is_request(), "{error}");
}

#[tokio::test]
async fn server_variables_are_checked_and_filled_in() {
    let missing = servers::Client::builder().build().expect_err("the store must be given");
    assert!(missing.to_string().contains(".store(..)"), "{missing}");
    let unknown = servers::Client::builder().store("s").region("mars").build().expect_err("no such region");
    assert!(unknown.to_string().contains("region"), "{unknown}");
    let spaced = servers::Client::builder().store("a b").region("us").build().expect_err("a space in the path");
    assert!(spaced.to_string().contains("`store`") && !spaced.to_string().contains("a b"), "{spaced}");
    let client = servers::Client::builder().store("a@b").region("us").build().expect("all variables");
    assert!(format!("{client:?}").contains("https://us.example.com/stores/a%40b"), "{client:?}");
}

async fn answered<R>(response: Vec<u8>, call: impl AsyncFnOnce(&responses::Client) -> R) -> R {
    let server = Server::start(vec![response]).await;
    let client = responses::Client::builder().base_url(&server.url).build().expect("a client");
    call(&client).await
}

#[tokio::test]
async fn responses_become_what_their_status_says() {
    use responses::operations::general::SeveralSuccess;

    let thing = json(200, r#"{"id":1}"#);
    let maybe = answered(thing.clone(), async |client| client.general().maybe().await.expect("200")).await;
    assert_eq!(maybe.as_ref().map(|thing| thing.id), Some(1));
    let nothing = answered(empty(204), async |client| client.general().maybe().await.expect("204")).await;
    assert!(nothing.is_none());
    let several = answered(thing, async |client| client.general().several().await.expect("200")).await;
    assert!(matches!(*several, SeveralSuccess::Ok(_)));
    let later = json(202, r#"{"ticket":"t"}"#);
    let later = answered(later, async |client| client.general().several().await.expect("202")).await;
    assert!(matches!(&*later, SeveralSuccess::Accepted(ticket) if ticket.ticket == "t"));
    let none = answered(empty(204), async |client| client.general().several().await.expect("204")).await;
    assert!(matches!(*none, SeveralSuccess::NoContent));
}

#[tokio::test]
async fn ranges_and_default_apply_to_what_nothing_else_names() {
    use client_runtime::ErrorKind;

    let problem = |status| answer(status, "application/problem+json; charset=utf-8", r#"{"title":"t"}"#);
    let call = async |client: &responses::Client| client.general().always().await.expect_err("an error status");
    let error = answered(problem(404), call).await;
    assert!(matches!(error.kind(), ErrorKind::Documented(status, Some(_)) if status == 404), "{error:?}");
    let error = answered(problem(409), call).await;
    assert!(matches!(error.kind(), ErrorKind::Documented(status, None) if status == 409), "{error:?}");
    let error = answered(problem(500), call).await;
    assert!(matches!(error.kind(), ErrorKind::Documented(status, Some(_)) if status == 500), "{error:?}");
    let body = json(299, r#"{"title":"fine"}"#);
    let fine = answered(body, async |client| client.general().only_default().await.expect("a success")).await;
    assert_eq!(fine.into_body().map(|fine| fine.title).as_deref(), Some("fine"));
}

#[tokio::test]
async fn optional_bodies_and_nulls_are_what_was_said() {
    let server = Server::start(vec![empty(204)]).await;
    let client = request_bodies::Client::builder().base_url(&server.url).build().expect("a client");
    client.pets().delete().await.expect("204");
    client.pets().delete().body(vec![1, 2]).await.expect("204");
    client.pets().update().name("Tom").owner(client_runtime::Nullable::Null).await.expect("204");
    let texts: Vec<_> = server.requests().iter().map(|request| request.text(&["content-type"])).collect();
    assert_eq!(
        texts,
        [
            "DELETE /pets".to_owned(),
            "DELETE /pets\ncontent-type: application/json\n\n[1,2]".to_owned(),
            "PATCH /pets\ncontent-type: application/merge-patch+json\n\n{\"name\":\"Tom\",\"owner\":null}".to_owned(),
        ]
    );
    let server = Server::start(vec![empty(201)]).await;
    let client = request_bodies::Client::builder().base_url(&server.url).build().expect("a client");
    client.pets().create("Tom", None).await.expect("201");
    assert_eq!(server.request().body, r#"{"name":"Tom","owner":null}"#);
}

#[tokio::test]
async fn bodies_other_than_json_are_sent_and_read() {
    let server =
        Server::start(vec![empty(204), answer(201, "text/plain", "receipt"), answer(200, "image/png", "\u{1}PNG")])
            .await;
    let client = media_types::Client::builder().base_url(&server.url).build().expect("a client");
    let address = media_types::types::SendFormBodyAddress { city: Some("Austin".into()) };
    let form = client.general().send_form("A & B").tags(vec!["x".into(), "y".into()]).address(address);
    form.await.expect("204");
    assert_eq!(*client.general().put_file("a", b"bytes".as_slice()).await.expect("201"), "receipt");
    assert_eq!(client.general().get_file("a").await.expect("200").as_ref(), b"\x01PNG");
    let texts: Vec<_> = server.requests().iter().map(|request| request.text(&["accept", "content-type"])).collect();
    assert_eq!(
        texts,
        [
            "POST /form\naccept: application/json\ncontent-type: application/x-www-form-urlencoded\n\nname=A%20%26%20B&tags=x&tags=y&address=%7B%22city%22%3A%22Austin%22%7D",
            "PUT /file/a\naccept: text/plain\ncontent-type: application/octet-stream\n\nbytes",
            "GET /file/a\naccept: image/png, image/jpeg, text/plain;q=0.9",
        ]
    );
}

#[tokio::test]
async fn read_only_properties_are_read_and_not_sent() {
    let body = r#"{"id":7,"name":"Ann","seen":null}"#;
    let server = Server::start(vec![json(200, body)]).await;
    let client = access::Client::builder().base_url(&server.url).build().expect("a client");
    let mut account = client.general().create_account("Ann").password("hush").await.expect("200").into_body();
    assert_eq!((account.id, account.seen.is_null(), account.password.is_some()), (Some(7), true, false));

    account.name = "Bob".to_owned();
    client.general().create_account(account.name).await.expect("200");
    client.general().update_account("Bob").await.expect("200");
    let bodies: Vec<_> = server.requests().into_iter().map(|request| request.body).collect();
    assert_eq!(bodies, [r#"{"name":"Ann","password":"hush"}"#, r#"{"name":"Bob"}"#, r#"{"name":"Bob"}"#]);
}

#[tokio::test]
async fn operations_with_servers_of_their_own_go_there() {
    let server = Server::start(vec![empty(204)]).await;
    let address = server.url.trim_start_matches("http://");
    let client = servers::Client::builder().store("s").tenant("t").build().expect("a client");
    // The hosts do not exist, which the error tells without saying more than the host.
    let error = client.general().file("1").await.expect_err("nobody answers there");
    assert!(error.is_transport(), "{error}");

    let client = servers::Client::builder().base_url(format!("http://{address}/all")).build().expect("a client");
    client.general().file("1").await.expect("204");
    client.general().delete_file("1").await.expect("204");
    let lines: Vec<_> = server.requests().iter().map(|request| request.line().to_owned()).collect();
    assert_eq!(lines, ["GET /all/files/1", "DELETE /all/files/1"]);
}

#[tokio::test]
async fn forms_with_files_are_written_part_by_part() {
    use client_runtime::File;
    let server = Server::start(vec![empty(204)]).await;
    let client = media_types::Client::builder().base_url(&server.url).build().expect("a client");
    let about = media_types::types::About::new("A");
    let call = client.general().upload(File::from("png").name("a.png"), "photo");
    call.labels(vec!["x".to_owned(), "y".to_owned()]).about(about).await.expect("204");
    let request = server.request();
    let boundary = request.body.lines().next().expect("a boundary").trim_start_matches("--").to_owned();
    let media_type = format!("multipart/form-data; boundary={boundary}");
    assert_eq!(request.header("content-type").collect::<Vec<_>>(), [media_type]);
    insta::assert_snapshot!("multipart_body", request.body.replace(&boundary, "boundary").replace('\r', ""));
}

#[tokio::test]
async fn each_media_type_that_says_more_has_a_call() {
    use media_types::types::{About, ReportBodyMultipart};
    let lines = "{\"title\":\"a\"}\n{\"title\":\"b\"}\n";
    let headers = [("content-type", "application/json"), ("x-pages", "2"), ("x-tags", "a, b")];
    let server = Server::start(vec![
        answer(200, "application/x-ndjson", lines),
        answer_with(200, &headers, r#"{"title":"c"}"#),
        answer(200, "text/csv", "d"),
    ])
    .await;
    let client = media_types::Client::builder().base_url(&server.url).build().expect("a client");

    let mut records = client.general().report_stream("t").await.expect("200").into_body();
    let mut titles = Vec::new();
    while let Some(record) = records.next().await {
        titles.push(record.expect("a record").title);
    }
    assert_eq!(titles, ["a", "b"]);

    let scans = ReportBodyMultipart { scans: Some(vec!["scan".into()]) };
    let response = client.general().report_multipart().scans(scans.scans.expect("scans")).await.expect("200");
    let headers = response.typed_headers::<media_types::operations::general::ReportHeaders>().expect("headers");
    assert_eq!((headers.x_pages, headers.x_tags, headers.e_tag), (2, Some(vec!["a".to_owned(), "b".to_owned()]), None));
    assert_eq!(response.into_body(), About::new("c"));

    assert_eq!(client.general().report_text("t").await.expect("200").into_body(), "d");
    let accepted: Vec<_> = server.requests().iter().map(|request| request.text(&["accept"])).collect();
    assert!(accepted[0].contains("accept: application/x-ndjson") && accepted[2].contains("accept: text/csv"));
}
