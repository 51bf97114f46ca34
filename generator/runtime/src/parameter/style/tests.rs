//! The style table of OpenAPI 3.0.4 and 3.1.1 with the values it uses, and the cases it leaves open.

use serde_json::{Value as Json, json};

use crate::codec::Limit;
use crate::error::{Fault, RequestError};
use crate::parameter::{Parameter, Style};

#[track_caller]
fn check(parameter: Parameter, value: Json, expected: &str) {
    match parameter.write(&value) {
        Ok(text) => assert_eq!(text.as_deref(), Some(expected), "{parameter:?}"),
        Err(fault) => panic!("{parameter:?}: {fault:?}"),
    }
}

#[track_caller]
fn check_refused(parameter: Parameter, value: Json, expected: &str) {
    match parameter.write(&value) {
        Err(Fault::Request(error @ RequestError::InvalidParameter { .. })) => {
            assert!(error.to_string().contains(expected))
        }
        other => panic!("{other:?}"),
    }
}

/// One row of the table: empty, string, array, object.
#[track_caller]
fn check_row(parameter: Parameter, expected: [&str; 4]) {
    check(parameter, json!(""), expected[0]);
    check(parameter, json!("blue"), expected[1]);
    check(parameter, json!(["blue", "black", "brown"]), expected[2]);
    check(parameter, json!({ "R": 100, "G": 200, "B": 150 }), expected[3]);
}

const PATH: Parameter = Parameter::path("color");
const QUERY: Parameter = Parameter::query("color");

#[test]
fn table_of_the_specification() {
    check_row(
        PATH.style(Style::Matrix),
        [";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"],
    );
    check_row(
        PATH.style(Style::Matrix).explode(true),
        [";color", ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"],
    );
    check_row(PATH.style(Style::Label), [".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"]);
    check_row(PATH.style(Style::Label).explode(true), [".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"]);
    check_row(PATH, ["", "blue", "blue,black,brown", "R,100,G,200,B,150"]);
    check_row(PATH.explode(true), ["", "blue", "blue,black,brown", "R=100,G=200,B=150"]);
    check_row(Parameter::header("color"), ["", "blue", "blue,black,brown", "R,100,G,200,B,150"]);
    check_row(QUERY.explode(false), ["color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"]);
    check_row(QUERY, ["color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"]);
    check_row(
        QUERY.style(Style::SpaceDelimited),
        ["color=", "color=blue", "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"],
    );
    check_row(
        QUERY.style(Style::PipeDelimited),
        ["color=", "color=blue", "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"],
    );
    check(
        QUERY.style(Style::DeepObject),
        json!({ "R": 100, "G": 200, "B": 150 }),
        "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
    );
}

#[test]
fn exploded_delimited_styles_are_written_as_form() {
    let expected = ["color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"];
    check_row(QUERY.style(Style::SpaceDelimited).explode(true), expected);
    check_row(QUERY.style(Style::PipeDelimited).explode(true), expected);
}

#[test]
fn cookie_pairs_are_separated_by_semicolons() {
    let cookie = Parameter::cookie("color");
    check_row(cookie, ["color=", "color=blue", "color=blue; color=black; color=brown", "R=100; G=200; B=150"]);
    check(cookie, json!("a; admin=1"), "color=a%3B%20admin%3D1");
}

#[test]
fn deep_object_nests_and_numbers_lists() {
    let value = json!({ "a": { "b": [1, { "c": null }] }, "e": [] });
    check(
        Parameter::query("f").style(Style::DeepObject),
        value,
        "f%5Ba%5D%5Bb%5D%5B0%5D=1&f%5Ba%5D%5Bb%5D%5B1%5D%5Bc%5D=",
    );
    check(Parameter::query("expand").style(Style::DeepObject), json!(["data"]), "expand%5B0%5D=data");
    check(Parameter::query("created").style(Style::DeepObject), json!(1), "created=1");
}

#[test]
fn lists_in_exploded_objects_repeat_the_name() {
    let value = json!({ "a": ["b", "c"], "d": 1, "e": [] });
    check(QUERY, value.clone(), "a=b&a=c&d=1");
    check(QUERY.style(Style::PipeDelimited).explode(true), value.clone(), "a=b&a=c&d=1");
    check(Parameter::cookie("x"), value.clone(), "a=b; a=c; d=1");
    check(PATH.style(Style::Matrix).explode(true), value, ";a=b;a=c;d=1");
    assert!(matches!(PATH.style(Style::Matrix).explode(true).write(&json!({ "a": [] })), Ok(None)));
}

#[test]
fn nested_values_are_refused_elsewhere() {
    let nested = json!({ "a": ["b"] });
    check_refused(QUERY, json!({ "a": [["b"]] }), "another");
    check_refused(QUERY, json!({ "a": { "b": 1 } }), "another");
    check_refused(PATH.explode(true), nested.clone(), "another");
    check_refused(PATH.style(Style::Label).explode(true), nested.clone(), "another");
    check_refused(QUERY.explode(false), nested.clone(), "another");
    check_refused(PATH, nested, "another");
    check_refused(QUERY.style(Style::Label), json!([["b"]]), "another");
}

#[test]
fn empty_lists_and_objects_are_left_out() {
    for parameter in [PATH, QUERY, QUERY.explode(false), QUERY.style(Style::DeepObject), PATH.style(Style::Matrix)] {
        assert!(matches!(parameter.write(&json!([])), Ok(None)));
        assert!(matches!(parameter.write(&json!({})), Ok(None)));
    }
}

#[test]
fn values_are_written_without_json() {
    check(QUERY, json!(null), "color=");
    check(QUERY, json!(true), "color=true");
    check(QUERY, json!([null, 1.5, "\"\n"]), "color=&color=1.5&color=%22%0A");
}

#[test]
fn numbers_are_kept_digit_by_digit() {
    let price: crate::Decimal = "12345678901234567.10".parse().unwrap_or_default();
    assert!(matches!(QUERY.write(&price), Ok(Some(text)) if text == "color=12345678901234567.10"));
    check(QUERY, json!(9_007_199_254_740_993_i64), "color=9007199254740993");
}

#[test]
fn everything_but_unreserved_is_encoded() {
    check(PATH, json!("a/b?c#d é%20-._~"), "a%2Fb%3Fc%23d%20%C3%A9%2520-._~");
    check(Parameter::query("id:in"), json!("a+b=c&d"), "id%3Ain=a%2Bb%3Dc%26d");
    check(QUERY, json!({ "a b": 1 }), "a%20b=1");
}

#[test]
fn allow_reserved_keeps_what_a_query_can_hold() {
    check(QUERY.allow_reserved(), json!("/a:b?c@d,e;%2F 100%"), "color=/a:b?c@d,e;%2F%20100%25");
    check(QUERY.allow_reserved(), json!("a&b=c+d#e[f]"), "color=a%26b%3Dc%2Bd%23e%5Bf%5D");
    check(PATH.allow_reserved(), json!("../a"), "..%2Fa");
}

#[test]
fn header_values_are_not_percent_encoded() {
    check(Parameter::header("X-Date"), json!(["a b", "c/d"]), "a b,c/d");
}

#[test]
fn json_content_is_one_value() {
    check(QUERY.json(), json!({ "a": [1] }), "color=%7B%22a%22%3A%5B1%5D%7D");
}

#[test]
fn limits_name_the_parameter() {
    match QUERY.limits(&[Limit::MaxLength(2)]).write(&"blue".to_owned()) {
        Err(Fault::Constraint(violation)) => {
            assert_eq!(violation.to_string(), "parameter `color` is longer than 2 characters");
        }
        other => panic!("{other:?}"),
    }
}
