//! Shipping methods.

use client_runtime::codec::{decode_slice, encode_checked};
use shipping_client::Nullable;
use shipping_client::bigcommerce::types::{self, ShippingMethodSettings as Settings};

use super::{call, check};
use crate::server::{empty, json};

const TOTAL: &str = r#"{"id":5,"name":"Per Total or Free","enabled":true,"handling_fees":{"fixed_surcharge":"0"},"is_fallback":false,"channel_ids":[1],"type":"total","settings":{"default_cost":12,"default_cost_type":"fixed_amount","range":[{"lower_limit":0,"upper_limit":5,"shipping_cost":5},{"lower_limit":5,"upper_limit":10,"shipping_cost":8},{"lower_limit":10,"upper_limit":20,"shipping_cost":10},{"lower_limit":20,"upper_limit":49.99,"shipping_cost":15},{"lower_limit":50,"upper_limit":100000,"shipping_cost":0}]}}"#;

const EMPTY_SETTINGS: &str = r#"{"channel_ids":[1],"enabled":true,"handling_fees":{"fixed_surcharge":2},"id":8176684,"is_fallback":false,"name":"Endicia Priority Shipping","settings":{},"type":"endicia"}"#;

#[track_caller]
fn read(text: &str) -> types::ShippingMethod {
    decode_slice(text.as_bytes()).expect("a method")
}

/// What is read is written again, whatever the order of the properties.
#[track_caller]
fn round_trips(text: &str) {
    let written = encode_checked(&read(text), &[]).expect("what was read can be written");
    let parse = |text: &[u8]| serde_json::from_slice::<serde_json::Value>(text).expect("JSON");
    assert_eq!(parse(&written), parse(text.as_bytes()));
}

#[tokio::test]
async fn list_reads_every_type_of_method() {
    let body = format!("[{TOTAL},{EMPTY_SETTINGS}]");
    let (request, methods) = call(json(200, &body), async |client| client.shipping_methods().list(3).await).await;
    check(&request, "GET /stores/abc123/v2/shipping/zones/3/methods", "");
    let methods = methods.expect("200 is a success");
    assert_eq!((methods.status().as_u16(), methods.headers()["x-request"].to_str().unwrap()), (200, "7"));
    assert_eq!(methods.iter().map(|method| method.id).collect::<Vec<_>>(), [5, 8_176_684]);
}

#[tokio::test]
async fn list_is_empty_for_204() {
    let (_, methods) = call(empty(204), async |client| client.shipping_methods().list(3).await).await;
    assert_eq!(*methods.expect("204 is a success"), []);
}

#[tokio::test]
async fn create_sends_the_total_method_with_its_ranges() {
    let range = |lower: &str, upper: &str, cost: &str| types::Range {
        lower_limit: lower.parse().unwrap(),
        upper_limit: upper.parse().unwrap(),
        shipping_cost: cost.parse().unwrap(),
    };
    let settings = Settings::Total(types::TotalSettings {
        default_cost: Nullable::Value(12.into()),
        default_cost_type: Some("fixed_amount".into()),
        range: Some(vec![range("20", "49.99", "15"), range("50", "100000", "0")]),
    });
    for status in [200, 201] {
        let settings = settings.clone();
        let (request, method) = call(json(status, TOTAL), async |client| {
            client
                .shipping_methods()
                .create(3, "Per Total or Free", settings)
                .enabled(true)
                .channel_ids(vec![1, 3])
                .await
        })
        .await;
        check(
            &request,
            "POST /stores/abc123/v2/shipping/zones/3/methods",
            r#"{"name":"Per Total or Free","enabled":true,"channel_ids":[1,3],"type":"total","settings":{"default_cost":12,"default_cost_type":"fixed_amount","range":[{"lower_limit":20,"upper_limit":49.99,"shipping_cost":15},{"lower_limit":50,"upper_limit":100000,"shipping_cost":0}]}}"#,
        );
        assert_eq!(method.expect("a success").status().as_u16(), status);
    }
}

#[tokio::test]
async fn get_reads_five_ranges_exactly() {
    let (request, method) = call(json(200, TOTAL), async |client| client.shipping_methods().get(3, 5).await).await;
    check(&request, "GET /stores/abc123/v2/shipping/zones/3/methods/5", "");
    let method = method.expect("200 is a success").into_body();
    let Settings::Total(total) = &method.settings else { panic!("{:?}", method.settings) };
    let range = total.range.as_ref().expect("ranges");
    assert_eq!(range.len(), 5);
    assert_eq!(range[3].upper_limit.to_string(), "49.99");
    assert_eq!(total.default_cost, Nullable::Value(12.into()));
    assert_eq!(total.default_cost_type, Some(types::DefaultCostType::FixedAmount));
    round_trips(TOTAL);
}

#[tokio::test]
async fn update_without_a_type_reads_empty_settings() {
    let (request, method) = call(json(200, EMPTY_SETTINGS), async |client| {
        client
            .shipping_methods()
            .update(3, 5)
            .settings(types::ShippingMethodSettingsUpdate::Untyped(Default::default()))
            .handling_fees(types::HandlingFees::Fixed(types::Surcharge::Number(2.into())))
            .channel_ids(vec![1])
            .await
    })
    .await;
    check(
        &request,
        "PUT /stores/abc123/v2/shipping/zones/3/methods/5",
        r#"{"handling_fees":{"fixed_surcharge":2},"channel_ids":[1],"settings":{}}"#,
    );
    let method = method.expect("200 is a success");
    assert!(matches!(&method.settings, Settings::Endicia(settings) if settings.carrier_options.is_none()));
    assert_eq!(method.handling_fees, Some(types::HandlingFees::Fixed(types::Surcharge::Number(2.into()))));
    round_trips(EMPTY_SETTINGS);
}

#[tokio::test]
async fn update_sends_nothing_that_was_not_set() {
    let (request, _) = call(json(200, TOTAL), async |client| client.shipping_methods().update(3, 5).await).await;
    check(&request, "PUT /stores/abc123/v2/shipping/zones/3/methods/5", "{}");
}

#[tokio::test]
async fn update_tells_null_from_absent() {
    for (default_cost, text) in [(Nullable::Null, r#""default_cost":null,"#), (Nullable::Absent, "")] {
        let settings = types::WeightSettings { default_cost, default_cost_type: None, range: Some(Vec::new()) };
        let (request, _) = call(json(200, TOTAL), async |client| {
            let settings = types::ShippingMethodSettingsUpdate::Weight(settings);
            client.shipping_methods().update(3, 5).settings(settings).await
        })
        .await;
        assert_eq!(request.body, format!(r#"{{"type":"weight","settings":{{{text}"range":[]}}}}"#));
    }
}

#[tokio::test]
async fn delete_reads_204() {
    let (request, response) = call(empty(204), async |client| client.shipping_methods().delete(3, 5).await).await;
    check(&request, "DELETE /stores/abc123/v2/shipping/zones/3/methods/5", "");
    assert_eq!(response.expect("204 is a success").status(), 204);
}

#[test]
fn every_documented_type_is_a_variant_that_round_trips() {
    for (kind, settings) in [
        ("perorder", r#"{"rate":7}"#),
        ("total", "{}"),
        ("peritem", r#"{"rate":8.50}"#),
        ("weight", r#"{"default_cost":null,"default_cost_type":"percentage_of_total","range":[]}"#),
        ("freeshipping", "{}"),
        ("auspost", r#"{"carrier_options":{"delivery_services":["AUS_PARCEL_REGULAR"]}}"#),
        ("canadapost", r#"{"carrier_options":{"delivery_services":["DOM.XP.CERT"]}}"#),
        (
            "endicia",
            r#"{"carrier_options":{"delivery_services":["Priority"],"packaging_type":"Parcel","show_transit_time":true}}"#,
        ),
        ("usps", r#"{"anything":[1]}"#),
        (
            "fedex",
            r#"{"carrier_options":{"delivery_services":["FEDEX_GROUND"],"rate_type":"LIST","include_package_value":false}}"#,
        ),
        ("royalmail", r#"{"carrier_options":{"delivery_services":["Express24"]}}"#),
        ("upsready", r#"{"carrier_options":{"packaging_type":"02","show_transit_time":"1","packaging":[]}}"#),
        ("zoom2u", r#"{"carrier_options":{"delivery_services":["3_hour","VIP"]}}"#),
    ] {
        let text = format!(r#"{{"id":1,"name":"n","type":"{kind}","settings":{settings}}}"#);
        assert!(!matches!(read(&text).settings, Settings::Other(_) | Settings::Unknown(_)), "{kind}");
        round_trips(&text);
    }
}

#[test]
fn a_type_that_is_not_listed_round_trips_with_its_settings() {
    let text = r#"{"id":1,"name":"n","type":"carrier_33","settings":{"rate":8.3,"deep":{"er":[null,"x"]}}}"#;
    let method = read(text);
    assert!(matches!(&method.settings, Settings::Other(other) if other.r#type == "carrier_33"));
    round_trips(text);
}

#[test]
fn handling_fees_keep_number_and_text_apart() {
    for fees in [
        r#"{"fixed_surcharge":2}"#,
        r#"{"fixed_surcharge":"0"}"#,
        r#"{"percentage_surcharge":3.50}"#,
        r#"{"percentage_surcharge":"3"}"#,
    ] {
        let fees_read: types::HandlingFees = decode_slice(fees.as_bytes()).expect("fees");
        assert_eq!(String::from_utf8(encode_checked(&fees_read, &[]).unwrap()).unwrap(), fees);
        round_trips(&format!(
            r#"{{"id":1,"name":"n","handling_fees":{fees},"type":"perorder","settings":{{"rate":7}}}}"#
        ));
    }
}
