//! Shipping methods.

use client_runtime::codec::{Encode, decode_slice, encode_checked};
use shipping_client::Nullable;
use shipping_client::bigcommerce::types::{self, ShippingMethodSettings as Settings};

use super::{call, check};
use crate::server::{empty, json};

const TOTAL: &str = r#"{"id":5,"name":"Per Total or Free","enabled":true,"handling_fees":{"fixed_surcharge":"0"},"is_fallback":false,"channel_ids":[1],"type":"total","settings":{"default_cost":12,"default_cost_type":"fixed_amount","range":[{"lower_limit":0,"upper_limit":5,"shipping_cost":5},{"lower_limit":5,"upper_limit":10,"shipping_cost":8},{"lower_limit":10,"upper_limit":20,"shipping_cost":10},{"lower_limit":20,"upper_limit":49.99,"shipping_cost":15},{"lower_limit":50,"upper_limit":100000,"shipping_cost":0}]}}"#;

/// The body of the page on updating a method.
const EMPTY_SETTINGS: &str = r#"{"channel_ids":[1],"enabled":true,"handling_fees":{"fixed_surcharge":2},"id":8176684,"is_fallback":false,"name":"Endicia Priority Shipping","settings":{},"type":"endicia"}"#;

/// Settings of every type that the document lists.
const LISTED: &[(&str, &str)] = &[
    ("perorder", r#"{"rate":7}"#),
    ("peritem", r#"{"rate":8.50}"#),
    ("weight", r#"{"default_cost":null,"default_cost_type":"percentage_of_total","range":[]}"#),
    ("total", "{}"),
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
];

/// A type that the document does not list.
const FREE: (&str, &str) = ("carrier_33", r#"{"rate":8.3,"deep":{"er":[null,"x"]}}"#);

fn method((kind, settings): (&str, &str)) -> String {
    format!(r#"{{"id":1,"name":"n","type":"{kind}","settings":{settings}}}"#)
}

#[track_caller]
fn read(text: &str) -> types::ShippingMethod {
    decode_slice(text.as_bytes()).expect("a method")
}

fn written(value: &dyn Encode) -> String {
    String::from_utf8(encode_checked(value, &[]).expect("what was read can be written")).expect("JSON is UTF-8")
}

#[tokio::test]
async fn list_reads_every_type_of_method() {
    let methods: Vec<_> = LISTED.iter().copied().chain([FREE]).map(method).collect();
    let body = format!("[{}]", methods.join(","));
    let (request, result) = call(json(200, &body), async |client| client.shipping_methods().list(3).await).await;
    check(&request, "GET /stores/abc123/v2/shipping/zones/3/methods", "");
    let list = result.expect("200 is a success");
    assert_eq!((list.status().as_u16(), list.headers()["x-request"].as_bytes()), (200, b"7".as_slice()));
    for (read, text) in list.iter().zip(&methods) {
        let listed = !matches!(read.settings, Settings::Other(_) | Settings::Unknown(_));
        assert_eq!(listed, !text.contains("carrier_33"), "{text}");
        assert_eq!(&written(read), text);
    }
    assert_eq!(list.len(), 14);
}

#[test]
fn method_of_a_type_that_is_not_listed_keeps_its_settings() {
    let Settings::Other(other) = read(&method(FREE)).settings else { panic!("not listed") };
    assert_eq!((other.r#type.as_str(), written(&other.settings).as_str()), FREE);
}

#[test]
fn ups_options_keep_the_text_that_stands_for_a_switch() {
    let text = r#"{"carrier_options":{"delivery_services":["Ground","Next_Day_Air"],"destination_type":"residential","packing_method":"separate","packaging_type":"02","show_transit_time":"1","packaging":[]}}"#;
    let Settings::UpsReady(ups) = read(&method(("upsready", text))).settings else { panic!("not UPS") };
    let options = ups.carrier_options.as_ref().expect("options");
    assert_eq!(options.show_transit_time, Some(types::Flag::Text(types::FlagText::Value1)));
    assert_eq!(options.delivery_services, Some(vec![types::UpsService::Ground, types::UpsService::NextDayAir]));
    assert_eq!((options.include_package_value.as_ref(), options.packaging.as_deref()), (None, Some([].as_slice())));
    assert_eq!(written(&ups), text);
}

#[tokio::test]
async fn list_is_empty_for_204() {
    let (_, methods) = call(empty(204), async |client| client.shipping_methods().list(3).await).await;
    assert_eq!(*methods.expect("204 is a success"), []);
}

fn total() -> Settings {
    let range = |(lower, upper, cost): (&str, &str, &str)| types::Range {
        lower_limit: lower.parse().expect("a number"),
        upper_limit: upper.parse().expect("a number"),
        shipping_cost: cost.parse().expect("a number"),
    };
    let ranges = [("0", "5", "5"), ("5", "10", "8"), ("10", "20", "10"), ("20", "49.99", "15"), ("50", "100000", "0")];
    Settings::Total(types::TotalSettings {
        default_cost: Nullable::Value(12.into()),
        default_cost_type: Some("fixed_amount".into()),
        range: Some(ranges.map(range).into()),
    })
}

#[tokio::test]
async fn create_sends_the_total_method_with_its_ranges() {
    for status in [200, 201] {
        let (request, method) = call(json(status, TOTAL), async |client| {
            let call = client.shipping_methods().create(3, "Per Total or Free", total());
            call.enabled(true).is_fallback(false).channel_ids(vec![1, 3]).await
        })
        .await;
        check(
            &request,
            "POST /stores/abc123/v2/shipping/zones/3/methods",
            r#"{"name":"Per Total or Free","enabled":true,"is_fallback":false,"channel_ids":[1,3],"type":"total","settings":{"default_cost":12,"default_cost_type":"fixed_amount","range":[{"lower_limit":0,"upper_limit":5,"shipping_cost":5},{"lower_limit":5,"upper_limit":10,"shipping_cost":8},{"lower_limit":10,"upper_limit":20,"shipping_cost":10},{"lower_limit":20,"upper_limit":49.99,"shipping_cost":15},{"lower_limit":50,"upper_limit":100000,"shipping_cost":0}]}}"#,
        );
        let method = method.expect("a success");
        assert_eq!((method.status().as_u16(), &method.settings), (status, &total()));
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
    assert_eq!(written(&method), TOTAL);
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
    assert_eq!(
        written(&*method),
        r#"{"id":8176684,"name":"Endicia Priority Shipping","enabled":true,"handling_fees":{"fixed_surcharge":2},"is_fallback":false,"channel_ids":[1],"type":"endicia","settings":{}}"#
    );
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
async fn update_sends_settings_of_a_type_that_is_not_listed() {
    let settings = types::ShippingMethodSettingsUpdateOther {
        r#type: "carrier_33".into(),
        settings: serde_json::json!({"rate": 8.3}).as_object().cloned(),
    };
    let (request, _) = call(json(200, TOTAL), async |client| {
        let settings = types::ShippingMethodSettingsUpdate::Other(settings);
        client.shipping_methods().update(3, 5).name("n").settings(settings).await
    })
    .await;
    assert_eq!(request.body, r#"{"name":"n","type":"carrier_33","settings":{"rate":8.3}}"#);
}

#[tokio::test]
async fn delete_reads_204() {
    let (request, response) = call(empty(204), async |client| client.shipping_methods().delete(3, 5).await).await;
    check(&request, "DELETE /stores/abc123/v2/shipping/zones/3/methods/5", "");
    assert_eq!(response.expect("204 is a success").status(), 204);
}

#[test]
fn null_default_cost_is_read_as_null() {
    let cost = |settings| match read(&method(("weight", settings))).settings {
        Settings::Weight(weight) => weight.default_cost,
        other => panic!("{other:?}"),
    };
    assert_eq!(cost(r#"{"default_cost":null}"#), Nullable::Null);
    assert_eq!(cost("{}"), Nullable::Absent);
    assert_eq!(cost(r#"{"default_cost":0.10}"#), Nullable::Value("0.10".parse().expect("a number")));
}

#[test]
fn handling_fees_keep_number_and_text_apart() {
    use types::{HandlingFees, Surcharge};

    for (text, fees) in [
        (r#"{"fixed_surcharge":2}"#, HandlingFees::Fixed(Surcharge::Number(2.into()))),
        (r#"{"fixed_surcharge":"0"}"#, HandlingFees::Fixed(Surcharge::Text(0.into()))),
        (r#"{"percentage_surcharge":3.50}"#, HandlingFees::Percentage(Surcharge::Number("3.50".parse().unwrap()))),
        (r#"{"percentage_surcharge":"3"}"#, HandlingFees::Percentage(Surcharge::Text(3.into()))),
    ] {
        let read: HandlingFees = decode_slice(text.as_bytes()).expect("fees");
        assert_eq!((written(&read).as_str(), &read), (text, &fees));
    }
}
