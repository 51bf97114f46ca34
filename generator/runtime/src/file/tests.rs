//! What a file tells of itself, and how it meets JSON.

use super::*;
use crate::codec::{decode_slice, encode_checked};

struct Nothing;

impl Stream for Nothing {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, _: &mut std::task::Context<'_>) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(None)
    }
}

#[track_caller]
fn check_refused(file: &File) {
    let violation = encode_checked(file, &[]).err().map(|violation| violation.to_string());
    let expected = "`$` holds a file, which only a multipart body or a body of its own can carry";
    assert_eq!(violation.as_deref(), Some(expected));
}

#[test]
fn json_holds_texts_only() -> Result<(), Box<dyn std::error::Error>> {
    assert_eq!(encode_checked(&File::from("a\"b"), &[])?, br#""a\"b""#);
    assert_eq!(decode_slice::<File>(br#""a\"b""#)?, File::from("a\"b"));
    check_refused(&File::new(vec![0xff]));
    check_refused(&File::open("a.txt"));
    check_refused(&File::stream(Nothing, None));
    assert!(decode_slice::<File>(b"7").is_err());
    Ok(())
}

#[test]
fn streams_are_the_same_by_identity() {
    let (one, other) = (File::stream(Nothing, None), File::stream(Nothing, None));
    assert!(one == one.clone() && one != other);
    assert_eq!(File::new("a"), File::from(b"a".to_vec()));
    assert_ne!(File::new("a"), File::new("a").name("b"));
}

#[test]
fn debug_shows_no_content() {
    let file = File::from("hush").name("a.txt").media_type("text/plain");
    let expected = r#"File { name: Some("a.txt"), media_type: Some("text/plain"), content: [4 bytes] }"#;
    assert_eq!(format!("{file:?}"), expected);
    assert!(format!("{:?}", File::stream(Nothing, Some(3))).contains("[stream of 3 bytes]"));
    assert!(format!("{:?}", File::open("/a/b.txt")).contains(r#"name: Some("b.txt")"#));
}
