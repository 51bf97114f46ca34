//! Multipart bodies there and back: what `multipart` writes is read again, however its parts are encoded.

use std::collections::BTreeMap;

use super::*;
use crate::codec::{Decode, Encode};
use crate::{JsonObject, multipart as written};

#[derive(Debug, PartialEq)]
struct Upload {
    file: File,
    pages: Vec<File>,
    title: Option<String>,
    numbers: Option<Vec<i64>>,
    about: Option<BTreeMap<String, String>>,
}
crate::object! {
    Upload {
        file: required "file",
        pages: required "pages",
        title: optional "title",
        numbers: optional "numbers",
        about: optional "about",
    }
}

fn upload() -> Upload {
    Upload {
        file: File::new(vec![0xFF, b'\r', b'\n', b'-', b'-']).name("a \"b\".png").media_type("image/png"),
        pages: vec![File::from("one"), File::from("two").name("two")],
        title: Some("5".to_owned()),
        numbers: Some(vec![1, 2]),
        about: Some([("a".to_owned(), "1".to_owned()), ("b".to_owned(), "x".to_owned())].into()),
    }
}

fn back<T: Decode + Encode>(value: &T, encoding: &'static [PartEncoding]) -> Result<T, String> {
    let (boundary, body) = written::write(value, encoding, &[]).map_err(|fault| format!("{fault:?}"))?;
    let media_type = format!("multipart/form-data; boundary={boundary}");
    multipart(&media_type, &Bytes::from(body.in_memory()), encoding, &T::knows)?.read()
}

#[test]
fn parts_are_read_back() {
    assert_eq!(back(&upload(), &[]), Ok(upload()));
    let bare = Upload { pages: vec![File::from("one")], title: None, numbers: Some(vec![7]), about: None, ..upload() };
    assert_eq!(back(&bare, &[]).as_ref(), Ok(&bare));
}

#[test]
fn encodings_are_undone() {
    const JSON: &[PartEncoding] = &[
        PartEncoding::new("numbers").media_type("application/json"),
        PartEncoding::new("pages").media_type("text/plain"),
        PartEncoding::new("file").media_type("image/*"),
    ];
    assert_eq!(back(&upload(), JSON), Ok(upload()));
    const STYLED: [&[PartEncoding]; 3] = [
        &[PartEncoding::new("numbers").style(Style::Form).explode(false)],
        &[PartEncoding::new("numbers").style(Style::SpaceDelimited)],
        &[PartEncoding::new("numbers").style(Style::PipeDelimited)],
    ];
    for encoding in STYLED {
        assert_eq!(back(&upload(), encoding), Ok(upload()), "{encoding:?}");
    }
    const DEEP: &[PartEncoding] = &[PartEncoding::new("about").style(Style::DeepObject)];
    assert_eq!(back(&upload(), DEEP), Ok(upload()));
    assert_eq!(back(&upload(), EXPLODED), Ok(upload()));
}

/// Leaves the name `about` out.
const EXPLODED: &[PartEncoding] = &[PartEncoding::new("about").explode(true)];

#[test]
fn parts_that_belong_nowhere_are_an_error() {
    let (boundary, body) = written::write(&upload(), EXPLODED, &[]).unwrap_or_default();
    let media_type = format!("multipart/form-data; boundary={boundary}");
    let error = multipart(&media_type, &Bytes::from(body.in_memory()), &[], &Upload::knows).err();
    assert_eq!(error.as_deref(), Some("has a property `a`, which its type does not have"));
    let free: JsonObject = [("a".to_owned(), "5".into())].into_iter().collect();
    assert!(back(&free, &[]).is_err_and(|error| error.contains("several ways")));
}
