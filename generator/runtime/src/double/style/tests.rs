//! Every style there and back: what `Parameter` writes is read again.

use std::collections::BTreeMap;
use std::fmt::Debug;

use super::*;
use crate::codec::{Decode, Encode};
use crate::parameter::Parameter;
use crate::{Decimal, JsonObject, Secret};

#[derive(Debug, PartialEq)]
struct Color {
    r: i64,
    g: Option<String>,
}
crate::object! { Color { r: required "R", g: optional "G", } }

fn color() -> Color {
    Color { r: 100, g: Some("a,b;c&d=e f|g%2Fé".to_owned()) }
}

/// Reads what is written, as the location has it.
fn back<T: Decode + Encode>(parameter: Parameter, value: &T) -> Result<T, String> {
    let text = parameter.write(value).map_err(|fault| format!("{fault:?}"))?.unwrap_or_default();
    let form = parameter.form();
    let knows: Knows<'_> = &|name| T::knows(name);
    let node = match parameter.location() {
        Place::Path | Place::Header => of_text(&form, &text, knows).map(Some),
        Place::Query => of_pairs(&form, &pairs(&format!("page=1&{text}&R2=7"), '&'), knows),
        Place::Cookie => of_pairs(&form, &pairs(&format!("session=1; {text}"), ';'), knows),
        Place::Part { .. } => return Err("is of a body".to_owned()),
    };
    node?.ok_or("is missing")?.read()
}

#[track_caller]
fn check<T: Decode + Encode + Debug + PartialEq>(parameter: Parameter, value: T) {
    assert_eq!(back(parameter, &value).as_ref(), Ok(&value), "{parameter:?}");
}

const STYLES: &[(Parameter, &[Style])] = &[
    (Parameter::path("color"), &[Style::Simple, Style::Label, Style::Matrix]),
    (Parameter::query("color"), &[Style::Form, Style::SpaceDelimited, Style::PipeDelimited, Style::DeepObject]),
    (Parameter::cookie("color"), &[Style::Form]),
    (Parameter::header("color"), &[Style::Simple]),
];

fn parameters() -> impl Iterator<Item = Parameter> {
    let styled = STYLES.iter().flat_map(|(parameter, styles)| styles.iter().map(|style| parameter.style(*style)));
    styled.flat_map(|parameter| [parameter.explode(false), parameter.explode(true)])
}

#[test]
fn every_style_is_undone() {
    for parameter in parameters() {
        check(parameter, 5_i64);
        check(parameter, -1.5);
        check(parameter, true);
        check(parameter, "1".to_owned());
        check(parameter, "a/b?c#d é;e=f&g h|i.j".to_owned());
        check(parameter, Secret::new("s"));
        check(parameter, vec![1_i64]);
        check(parameter, vec![1_i64, -2, 3]);
        check(parameter, vec!["blue".to_owned(), "1".to_owned(), "true".to_owned()]);
        check(parameter, Color { r: 100, g: Some("blue".to_owned()) });
        check(parameter, Color { r: 100, g: None });
    }
}

#[test]
fn what_is_encoded_separates_nothing() {
    let exact = [Style::Simple, Style::Matrix].map(|style| Parameter::path("color").style(style));
    let queries = [Parameter::query("color"), Parameter::query("color").explode(false), Parameter::cookie("color")];
    let deep = Parameter::query("color").style(Style::DeepObject);
    for parameter in exact.into_iter().chain(queries).chain([deep]) {
        check(parameter, vec!["a,b".to_owned(), "c;d&e=f|g h".to_owned()]);
        check(parameter, color());
        check(parameter, vec!["1.50".parse::<Decimal>().unwrap_or_default()]);
    }
}

#[test]
fn free_objects_leave_other_parameters_alone() {
    let query = Parameter::query("filter");
    let taken = pairs("page=1&a=x&b=y", '&');
    let node = of_pairs(&query.form(), &taken, &|name| name != "page");
    let map: Result<BTreeMap<String, String>, _> =
        node.ok().flatten().ok_or(String::new()).and_then(|node| node.read());
    assert_eq!(
        map.map(|map| map.into_iter().map(|(name, text)| name + &text).collect()),
        Ok(vec!["ax".to_owned(), "by".to_owned()])
    );
}

#[test]
fn deep_objects_nest() {
    let parameter = Parameter::query("f").style(Style::DeepObject);
    let value: BTreeMap<String, Vec<BTreeMap<String, i64>>> =
        [("a".to_owned(), vec![[("b".to_owned(), 1)].into(), [("c".to_owned(), 2)].into()])].into();
    check(parameter, value);
    let long: Vec<i64> = (0..12).collect();
    check(parameter, long);
}

#[test]
fn what_cannot_be_told_apart_is_an_error() {
    let free: JsonObject = [("a".to_owned(), 5.into())].into_iter().collect();
    let error = back(Parameter::query("f").style(Style::DeepObject), &free);
    assert!(error.is_err_and(|error| error.contains("several ways")));
    let twice = pairs("color=1&color=2", '&');
    assert_eq!(of_pairs(&Parameter::query("color").explode(false).form(), &twice, &|_| false).err(), Some(TWICE));
    let mixed = pairs("f=1&f%5Ba%5D=2", '&');
    assert!(of_pairs(&Parameter::query("f").style(Style::DeepObject).form(), &mixed, &|_| false).is_err());
}

#[test]
fn forms_are_undone() {
    let value: BTreeMap<String, Vec<i64>> = [("x".to_owned(), vec![1]), ("y".to_owned(), vec![2, 3])].into();
    let json = crate::codec::encode(&value).unwrap_or_default();
    let text = crate::parameter::form::write_form(&json, &[]).unwrap_or_default();
    let node = crate::double::sent::form(&text, &[], &|_| true);
    assert_eq!(node.and_then(|node| node.read()), Ok(value));
    let text = "price%5Bamount%5D=5&name=a+b";
    let node = crate::double::sent::form(text, &[], &|name| name == "name");
    assert_eq!(node.err().as_deref(), Some("has a property `price`, which its type does not have"));
}
