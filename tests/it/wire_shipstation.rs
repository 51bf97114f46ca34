//! Every operation of the ShipStation client over a real socket: the request as literal text, and what each documented
//! response becomes.

use client_runtime::codec::{decode_slice, encode_checked};
use shipping_client::shipstation::{Client, Error, ErrorBody, types};
use shipping_client::{ErrorKind, Nullable};

use crate::server::{Recorded, Server, answer, empty, json};

const HEADERS: &[&str] = &["api-key", "accept", "content-type"];

fn client(url: &str) -> Client {
    Client::builder().base_url(url).api_key("secret-key").build().expect("all settings are there")
}

async fn call<R>(answer: Vec<u8>, call: impl AsyncFnOnce(&Client) -> R) -> (Recorded, R) {
    let server = Server::start(vec![answer]).await;
    let result = call(&client(&server.url)).await;
    (server.request(), result)
}

#[track_caller]
fn check(request: &Recorded, line: &str, body: &str) {
    let bare = format!("{line}\napi-key: secret-key\naccept: application/json");
    let expected = if body.is_empty() { bare } else { format!("{bare}\ncontent-type: application/json\n\n{body}") };
    assert_eq!(request.text(HEADERS), expected);
}

const CARRIER: &str = r#"{"carrier_id":"se-28529731","carrier_code":"stamps_com","account_number":"account_570827","requires_funded_amount":true,"balance":3799.52,"nickname":"ShipEngine Account - Stamps.com","friendly_name":"Stamps.com","funding_source_id":null,"primary":false,"services":[{"carrier_id":"se-28529731","carrier_code":"stamps_com","service_code":"usps_first_class_mail","name":"USPS First Class Mail","domestic":true,"international":false,"is_multi_package_supported":false}],"packages":[{"package_id":null,"package_code":"cubic","name":"Cubic","dimensions":{"unit":"inch","length":1.50,"width":2,"height":3}}],"options":[{"name":"non_machinable","default_value":"false","description":""},{"name":"bill_to_account","default_value":null}],"connection_status":"approved"}"#;

#[tokio::test]
async fn list_reads_carriers_and_what_is_wrong_with_them() {
    let problem = r#"{"error_source":"carrier","error_type":"wallet","error_code":"never_heard_of","message":"No.","carrier_id":"unknown","extra":1}"#;
    for (status, errors) in [(200, ""), (207, problem)] {
        let body = format!(r#"{{"carriers":[{CARRIER}],"request_id":"aa3d","errors":[{errors}]}}"#);
        let (request, list) = call(json(status, &body), async |client| client.carriers().list().await).await;
        check(&request, "GET /v1/carriers", "");
        let list = list.expect("a success");
        assert_eq!((list.status().as_u16(), list.carriers.len()), (status, 1));
        let codes: Vec<_> = list.errors.iter().flatten().map(|error| error.error_code.as_str()).collect();
        assert_eq!(codes, if status == 207 { vec!["never_heard_of"] } else { vec![] });
    }
}

#[tokio::test]
async fn get_reads_nulls_and_exact_numbers() {
    let (request, carrier) = call(json(200, CARRIER), async |client| client.carriers().get("se-28529731").await).await;
    check(&request, "GET /v1/carriers/se-28529731", "");
    let carrier = carrier.expect("200 is a success").into_body();
    assert_eq!(carrier.funding_source_id, Nullable::Null);
    assert_eq!(carrier.balance.map(|balance| balance.to_string()).as_deref(), Some("3799.52"));
    assert_eq!(carrier.connection_status, Some(types::ConnectionStatus::Approved));
    let package = &carrier.packages.as_ref().expect("packages")[0];
    assert_eq!((&package.package_id, &package.description), (&Nullable::Null, &Nullable::Absent));
    let defaults: Vec<_> = carrier.options.iter().flatten().map(|option| option.default_value.clone()).collect();
    assert_eq!(defaults, [Nullable::Value("false".to_owned()), Nullable::Null]);
    assert_eq!(String::from_utf8(encode_checked(&carrier, &[]).unwrap()).unwrap(), CARRIER);
}

#[tokio::test]
async fn connect_sends_the_fields_of_the_account() {
    let other = types::OtherCarrierAccount {
        nickname: "Canpar".into(),
        additional_properties: serde_json::json!({"client_id": "c", "flag": true}).as_object().unwrap().clone(),
    };
    for (name, account, body) in [
        (
            "stamps_com",
            types::CarrierAccount::StampsCom(types::StampsComAccount {
                nickname: "n".into(),
                username: "u".into(),
                password: "p".into(),
            }),
            r#"{"nickname":"n","username":"u","password":"p"}"#,
        ),
        (
            "ups",
            types::CarrierAccount::Ups(types::UpsAccount {
                nickname: "n".into(),
                account_number: "1A2B3C".into(),
                account_postal_code: "78756".into(),
                account_country_code: "US".into(),
            }),
            r#"{"nickname":"n","account_number":"1A2B3C","account_postal_code":"78756","account_country_code":"US"}"#,
        ),
        (
            "newgistics",
            types::CarrierAccount::Newgistics(types::NewgisticsAccount::new("n", "site")),
            r#"{"nickname":"n","induction_site":"site"}"#,
        ),
        ("canpar", types::CarrierAccount::Other(other), r#"{"nickname":"Canpar","client_id":"c","flag":true}"#),
    ] {
        let answer = json(200, r#"{"carrier_id":"se-12345678"}"#);
        let (request, connected) = call(answer, async |client| client.carriers().connect(name, account).await).await;
        check(&request, &format!("POST /v1/connections/carriers/{name}"), body);
        assert_eq!(connected.expect("200 is a success").carrier_id, "se-12345678");
    }
}

fn every_update() -> Vec<(types::CarrierAccountUpdate, &'static str)> {
    use types::CarrierAccountUpdate as Update;
    let heading = types::InjectionAddress { title: Some("Dock 4".into()), ..Default::default() };
    let mut chronopost = types::ChronopostAccountUpdate::new("n", "1", "p");
    chronopost.injection_address_heading = Some(heading);
    let mut ups = types::UpsAccountUpdate::new("n", "78756", "US");
    ups.pickup_type = Some(types::UpsPickupType::DailyPickup);
    ups.use_negotiated_rates = Some(true);
    ups.mail_innovations_endorsement = Some("leave_if_no_response".into());
    vec![
        (
            Update::Chronopost(chronopost),
            r#"{"nickname":"n","account_number":"1","password":"p","injection_address_heading":{"title":"Dock 4"}}"#,
        ),
        (
            Update::Colissimo(types::ColissimoAccountUpdate {
                nickname: "n".into(),
                username: "u".into(),
                password: "p".into(),
            }),
            r#"{"nickname":"n","username":"u","password":"p"}"#,
        ),
        (
            Update::Endicia(types::EndiciaAccountUpdate {
                nickname: "n".into(),
                account: "a".into(),
                passphrase: "p".into(),
            }),
            r#"{"nickname":"n","account":"a","passphrase":"p"}"#,
        ),
        (
            Update::MondialRelay(types::MondialRelayAccountUpdate {
                nickname: "n".into(),
                api_key: "12345678".into(),
                enseigne: "e".into(),
            }),
            r#"{"nickname":"n","api_key":"12345678","enseigne":"e"}"#,
        ),
        (
            Update::StampsCom(types::StampsComAccountUpdate {
                nickname: "new nickname".into(),
                username: "newusername".into(),
                password: "supersecretpassword".into(),
            }),
            r#"{"nickname":"new nickname","username":"newusername","password":"supersecretpassword"}"#,
        ),
        (
            Update::Ups(ups),
            r#"{"nickname":"n","account_postal_code":"78756","account_country_code":"US","pickup_type":"daily_pickup","mail_innovations_endorsement":"leave_if_no_response","use_negotiated_rates":true}"#,
        ),
    ]
}

#[tokio::test]
async fn update_sends_the_fields_of_the_account() {
    for (update, body) in every_update() {
        let answer = json(200, r#"{"carrier_id":"se-12345678"}"#);
        let (request, updated) =
            call(answer, async |client| client.carriers().update("stamps_com", "se-12345678", update).await).await;
        check(&request, "PUT /v1/connections/carriers/stamps_com/se-12345678", body);
        assert_eq!(updated.expect("200 is a success").carrier_id, "se-12345678");
    }
}

#[tokio::test]
async fn disconnect_reads_204() {
    let (request, response) = call(empty(204), async |client| client.carriers().disconnect("ups", "se-1").await).await;
    check(&request, "DELETE /v1/connections/carriers/ups/se-1", "");
    assert_eq!(response.expect("204 is a success").status(), 204);
}

#[tokio::test]
async fn get_settings_goes_by_the_properties() {
    let settings =
        r#"{"nickname":"n","pickup_type":"daily_pickup","use_negotiated_rates":true,"account_postal_code":"78756"}"#;
    let (request, read) =
        call(json(200, settings), async |client| client.carriers().get_settings("ups", "se-1").await).await;
    check(&request, "GET /v1/connections/carriers/ups/se-1/settings", "");
    let types::CarrierSettings::Ups(ups) = read.expect("200 is a success").into_body() else { panic!("not UPS") };
    assert_eq!((ups.use_negotiated_rates, ups.account_postal_code.as_deref()), (Some(true), Some("78756")));
    let fedex: types::CarrierSettings = decode_slice(br#"{"nickname":"n","smart_post_hub":"phoneix_az"}"#).unwrap();
    assert!(matches!(fedex, types::CarrierSettings::Fedex(_)), "{fedex:?}");
    let dhl: types::CarrierSettings = decode_slice(br#"{"should_hide_account_number_on_archive_doc":true}"#).unwrap();
    assert!(matches!(dhl, types::CarrierSettings::DhlExpress(_)), "{dhl:?}");
}

#[tokio::test]
async fn update_settings_sends_what_was_set() {
    let settings = types::NewgisticsSettings { include_barcode_with_order_number: Some(true), ..Default::default() };
    let settings = types::CarrierSettingsUpdate::Newgistics(settings);
    let (request, response) =
        call(empty(204), async |client| client.carriers().update_settings("newgistics", "se-1", settings).await).await;
    check(
        &request,
        "PUT /v1/connections/carriers/newgistics/se-1/settings",
        r#"{"include_barcode_with_order_number":true}"#,
    );
    assert_eq!(response.expect("204 is a success").status(), 204);
}

async fn every_operation(client: &Client) -> Vec<Error> {
    let carriers = client.carriers();
    let account = || {
        types::CarrierAccount::Apc(types::ApcAccount {
            nickname: "n".into(),
            username: "u".into(),
            password: "p".into(),
        })
    };
    let settings = || types::CarrierSettingsUpdate::Ups(types::UpsSettings::default());
    let (update, _) = every_update().remove(1);
    vec![
        carriers.list().await.err(),
        carriers.get("se-1").await.err(),
        carriers.connect("apc", account()).await.err(),
        carriers.update("colissimo", "se-1", update).await.err(),
        carriers.disconnect("apc", "se-1").await.err(),
        carriers.get_settings("ups", "se-1").await.err(),
        carriers.update_settings("ups", "se-1", settings()).await.err(),
    ]
    .into_iter()
    .map(|error| error.expect("an error status is an error"))
    .collect()
}

#[tokio::test]
async fn errors_are_read_with_codes_that_nobody_has_heard_of() {
    for status in [400, 404, 500] {
        let body = r#"{"request_id":"aa3d","errors":[{"error_source":"ShipStation","error_type":"wallet","error_code":"not_found","message":"m","carrier_name":"ups","path":"/x"}]}"#;
        let server = Server::start(vec![json(status, body)]).await;
        let errors = every_operation(&client(&server.url)).await;
        assert_eq!(errors.len(), 7);
        for error in errors {
            let ErrorKind::Documented(found, Some(ErrorBody::ErrorReport(report))) = error.kind() else {
                panic!("{error:?}")
            };
            assert_eq!((found.as_u16(), report.errors[0].error_code.as_str()), (status, "not_found"));
        }
    }
}

#[tokio::test]
async fn statuses_without_a_described_body_keep_what_came() {
    for status in [401, 429] {
        let server = Server::start(vec![answer(status, "text/html", "<html>")]).await;
        for error in every_operation(&client(&server.url)).await {
            assert!(
                matches!(error.kind(), ErrorKind::Documented(found, None) if found.as_u16() == status),
                "{error:?}"
            );
            assert_eq!(error.raw_body(), Some(b"<html>".as_slice()));
        }
    }
}

#[tokio::test]
async fn connecting_twice_is_a_documented_conflict() {
    let body = r#"{"request_id":"aa3d","errors":[]}"#;
    let account = types::CarrierAccount::Imex(types::ImexAccount {
        nickname: "n".into(),
        username: "u".into(),
        password: "p".into(),
    });
    let (_, result) = call(json(409, body), async |client| client.carriers().connect("imex", account).await).await;
    let error = result.expect_err("409 is an error");
    assert!(matches!(error.kind(), ErrorKind::Documented(status, Some(_)) if status == 409), "{error:?}");
}
