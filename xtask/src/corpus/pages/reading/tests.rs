//! Lists of every kind, read rightly and wrongly.

use generator::lists::{Location, Without};

use super::super::request::tests::{asked, taker};
use super::*;

fn property(path: &str, without: Without) -> Property {
    let names = path.split('.').filter(|name| !name.is_empty()).map(str::to_owned).collect();
    Property { names, without }
}

/// A list whose pages are `{"items":[{"id":…}],"next":…,"total":…,"more":…}`.
fn reading(next: Next, ends: &[(Sign, &str)]) -> Reading {
    let ends = ends.iter().map(|(sign, path)| (*sign, property(path, Without::Missing))).collect();
    Reading::new(List {
        id: String::new(),
        next,
        ends,
        items: property("items", Without::Never),
        page: Some(json!({ "items": [{ "id": "x" }], "next": "x", "total": 0, "more": false })),
        marks: ["m1", "m2", "m3", "m4", "m5", "m6"].map(Value::from).to_vec(),
        status: 200,
        media_type: "application/json".to_owned(),
    })
}

fn page_parameter() -> Taker {
    taker(Location::Query, "page")
}

fn next(without: Without) -> Property {
    property("next", without)
}

/// Asks for each target in turn; gives the number of items of each page, and what was complained of at last.
fn read(mut reading: Reading, targets: &[&str]) -> (Vec<usize>, Option<String>, Option<Page>) {
    let mut last = None;
    let mut lengths = Vec::new();
    for target in targets {
        if let Ok(page) = reading.answer(&asked(&format!("GET {target}"), &[], "")) {
            lengths.push(page.body["items"].as_array().map_or(0, Vec::len));
            last = Some(page);
        }
    }
    (lengths, reading.complaint().map(str::to_owned), last)
}

#[track_caller]
fn check(reading: Reading, targets: &[&str], lengths: &[usize]) -> Value {
    let (found, complaint, last) = read(reading, targets);
    assert_eq!((found.as_slice(), complaint), (lengths, None));
    last.unwrap().body
}

#[track_caller]
fn check_complaint(reading: Reading, targets: &[&str], expected: &str) {
    assert_eq!(read(reading, targets).1.as_deref(), Some(expected));
}

const ENDED: &str = "page 4 is asked for, and the one before it said that it is the last";

#[test]
fn numbers_go_up_to_an_empty_page() {
    let reading = |first| reading(Next::Number(page_parameter(), first), &[]);
    check(reading(1), &["/a?q=1", "/a?q=1&page=2", "/a?page=3&q=1", "/a?q=1&page=4.0"], &[3, 2, 1, 0]);
    check(reading(0), &["/a", "/a?page=1", "/a?page=2", "/a?page=3"], &[3, 2, 1, 0]);
    check(reading(1), &["/a?page=7", "/a?page=8"], &[3, 2]);
    check_complaint(reading(1), &["/a", "/a?page=3"], "`page` is `3` and not `2`");
    check_complaint(reading(1), &["/a?page=2", "/a"], "`page` is missing, which should be `3`");
    check_complaint(reading(1), &["/a?q=1", "/a?page=2"], "beside `page`, `GET /a?q=1` became `GET /a`");
    check_complaint(reading(1), &["/a?page=x"], "`page` is `x` and no number");
    let all = ["/a", "/a?page=2", "/a?page=3", "/a?page=4", "/a?page=5"];
    check_complaint(reading(1), &all, "page 5 is asked for, and the one before it said that it is the last");
}

#[test]
fn totals_end_what_is_counted() {
    let three = ["/a", "/a?page=2", "/a?page=3", "/a?page=4"];
    let pages = || reading(Next::Number(page_parameter(), 1), &[(Sign::Pages, "total")]);
    assert_eq!(check(pages(), &three[..3], &[3, 2, 1])["total"], 3);
    check_complaint(pages(), &three, ENDED);
    assert_eq!(check(pages(), &["/a?page=5"], &[3])["total"], 7, "the pages before count");
    let items = || reading(Next::Number(page_parameter(), 1), &[(Sign::Items, "total")]);
    assert_eq!(check(items(), &three[..3], &[3, 2, 1])["total"], 6);
    check_complaint(items(), &three, ENDED);
    check(items(), &["/a?page=2", "/a?page=3", "/a?page=4", "/a?page=5"], &[3, 2, 1, 0]);
    let offset = || reading(Next::Offset(page_parameter(), 0), &[(Sign::Items, "total")]);
    assert_eq!(check(offset(), &["/a", "/a?page=3", "/a?page=5"], &[3, 2, 1])["total"], 6);
    assert_eq!(check(offset(), &["/a?page=10", "/a?page=13"], &[3, 2])["total"], 16);
    check_complaint(offset(), &["/a", "/a?page=2"], "`page` is `2` and not `3`");
}

#[test]
fn cursors_lead_to_a_page_without_one() {
    let reading = |without| reading(Next::Cursor(page_parameter(), next(without)), &[]);
    let all = ["/a?page=own", "/a?page=m1", "/a?page=m2"];
    assert_eq!(check(reading(Without::Missing), &all, &[3, 2, 1]).get("next"), None);
    assert_eq!(check(reading(Without::Null), &all, &[3, 2, 1])["next"], Value::Null);
    assert_eq!(check(reading(Without::Never), &all, &[3, 2, 1])["next"], "");
    check_complaint(reading(Without::Null), &["/a", "/a?page=m2"], "`page` is `m2` and not `m1`");
    check_complaint(reading(Without::Null), &["/a", "/a?page=m1", "/a?page=m2", "/a?page=m2"], ENDED);
}

#[test]
fn cursor_that_must_be_there_leads_to_an_empty_page() {
    let mut reading = reading(Next::Cursor(page_parameter(), next(Without::Never)), &[]);
    reading.list.marks = (101..107).map(Value::from).collect();
    reading.list.page.as_mut().unwrap()["next"] = json!(1);
    let last = check(reading, &["/a", "/a?page=101", "/a?page=102", "/a?page=103"], &[3, 2, 1, 0]);
    assert_eq!(last["next"], 103);
}

#[test]
fn last_items_are_told_from_the_others() {
    let last_item = || Next::LastItem(page_parameter(), property("id", Without::Never));
    let more = || reading(last_item(), &[(Sign::More, "more")]);
    let last = check(more(), &["/a", "/a?page=m3", "/a?page=m5"], &[3, 2, 1]);
    assert_eq!((&last["items"][0]["id"], &last["more"]), (&json!("m6"), &json!(false)));
    assert_eq!(check(more(), &["/a"], &[3])["more"], true);
    check_complaint(more(), &["/a", "/a?page=m1"], "`page` is `m1` and not `m3`");
    check(reading(last_item(), &[]), &["/a", "/a?page=m3", "/a?page=m5", "/a?page=m6"], &[3, 2, 1, 0]);
}

#[test]
fn links_have_to_be_followed() {
    let header = || reading(Next::LinkHeader, &[]);
    let (_, _, first) = read(header(), &["/a?q=1"]);
    let link = r#"</>; rel="first", <http://h:1/a?q=1&behind-page=1>; rel="next""#;
    assert_eq!(first.unwrap().link.as_deref(), Some(link));
    let (lengths, complaint, last) = read(header(), &["/a", "/a?behind-page=1", "/a?behind-page=2"]);
    assert_eq!((lengths, complaint, last.unwrap().link), (vec![3, 2, 1], None, None));
    check_complaint(header(), &["/a", "/a?page=2"], "`/a?page=2` is asked for and not `/a?behind-page=1`");
    let url = |without| reading(Next::Url(next(without)), &[]);
    assert_eq!(check(url(Without::Null), &["/a"], &[3])["next"], "http://h:1/a?behind-page=1");
    assert_eq!(
        check(url(Without::Null), &["/a", "/a?behind-page=1", "/a?behind-page=2"], &[3, 2, 1])["next"],
        json!(null)
    );
    let linked = reading(Next::Number(page_parameter(), 1), &[(Sign::Link, "next"), (Sign::Done, "more")]);
    let last = check(linked, &["/a", "/a?page=2", "/a?page=3"], &[3, 2, 1]);
    assert_eq!((last.get("next"), &last["more"]), (None, &json!(true)));
}

#[test]
fn list_without_a_page_is_told() {
    let mut reading = reading(Next::LinkHeader, &[]);
    reading.list.page = None;
    check_complaint(reading, &["/a"], "no page can be made up");
}
