//! Literal bytes of charsets, both ways, and what has none.

use super::*;

#[track_caller]
fn check(media_type: &str, text: &str, bytes: &[u8]) {
    let charset = Charset::of(media_type).expect("a known charset");
    assert_eq!(charset.encode(text).as_deref(), Some(bytes));
    assert_eq!(charset.decode(bytes).as_deref(), Some(text));
}

#[track_caller]
fn check_lacks(charset: &str, text: &str) {
    let found = Charset::named(charset).expect("a known charset");
    assert_eq!(found.encode(text), None, "{charset} cannot hold {text:?}");
}

#[test]
fn text_is_converted_exactly() {
    check("text/plain", "ü€", b"\xC3\xBC\xE2\x82\xAC");
    check("text/plain; charset=ISO-8859-1", "ü", b"\xFC");
    check("text/plain;charset=latin1", "a\u{80}\u{9F}ÿ", b"a\x80\x9F\xFF");
    check("text/plain; charset=windows-1252", "€ü", b"\x80\xFC");
    check("text/plain; charset=\"iso-8859-15\"", "€", b"\xA4");
    check("text/plain; charset=iso-8859-9", "ğ\u{80}", b"\xF0\x80");
    check("text/plain; charset=Shift_JIS", "日本\\", b"\x93\xFA\x96\x7B\\");
    check("text/plain; charset=iso-2022-jp", "日", b"\x1B$BF|\x1B(B");
    check("text/plain; charset=koi8-r", "Я", b"\xF1");
    check("text/plain; charset=gb18030", "日€", b"\xC8\xD5\xA2\xE3");
    check("text/plain; charset=us-ascii", "a~", b"a~");
    check("text/plain; charset=utf-16", "aü", b"\xFE\xFF\0a\0\xFC");
    check("text/plain; charset=utf-16be", "a", b"\0a");
    check("text/plain; charset=utf-16le", "𝄞", b"\x34\xD8\x1E\xDD");
}

#[test]
fn characters_that_a_charset_lacks_are_refused() {
    for (charset, text) in [
        ("iso-8859-1", "€"),
        ("iso-8859-1", "日"),
        ("iso-8859-9", "€"),
        ("us-ascii", "ü"),
        ("windows-1252", "日"),
        ("iso-8859-15", "¤"),
        ("shift_jis", "¥"),
        ("iso-2022-jp", "\u{203E}\u{E9}"),
    ] {
        check_lacks(charset, text);
    }
}

#[test]
fn bytes_that_are_not_in_the_charset_are_refused() {
    for (charset, bytes) in [
        ("utf-8", b"a\xFF".as_slice()),
        ("us-ascii", b"\xFC"),
        ("shift_jis", b"\x93"),
        ("utf-16le", b"\x34\xD8"),
        ("utf-16", b"\0a\0"),
        ("windows-1253", b"\xFF"),
    ] {
        assert_eq!(Charset::named(charset).and_then(|charset| charset.decode(bytes)), None, "{charset}");
    }
}

#[test]
fn byte_order_marks_are_not_text() {
    let decode = |charset, bytes: &[u8]| Charset::named(charset).and_then(|charset| charset.decode(bytes));
    assert_eq!(decode("utf-8", b"\xEF\xBB\xBFa").as_deref(), Some("a"));
    assert_eq!(decode("utf-16", b"\xFF\xFEa\0").as_deref(), Some("a"));
    assert_eq!(decode("utf-16", b"\0a").as_deref(), Some("a"));
    assert_eq!(decode("utf-16be", b"\xFE\xFF\0a").as_deref(), Some("a"));
}

#[test]
fn unknown_names_are_unknown() {
    for name in ["latin-99", "", "iso-2022-kr", "hz-gb-2312", "utf-32", "binary"] {
        assert_eq!(Charset::named(name), None, "{name}");
    }
}

#[test]
fn json_escapes_what_the_charset_lacks() {
    let encode = |name, json: &str| Charset::named(name).map(|charset| charset.encode_json(json.as_bytes().to_vec()));
    assert_eq!(encode("iso-8859-1", r#"["ü"]"#).as_deref(), Some(b"[\"\xFC\"]".as_slice()));
    assert_eq!(encode("iso-8859-1", r#"["ü€𝄞"]"#).as_deref(), Some(b"[\"\xFC\\u20ac\\ud834\\udd1e\"]".as_slice()));
    assert_eq!(encode("us-ascii", r#"["ü"]"#).as_deref(), Some(br#"["\u00fc"]"#.as_slice()));
    assert_eq!(encode("utf-16le", "1").as_deref(), Some(b"1\0".as_slice()));
}

#[test]
fn the_parameter_is_found() {
    for (media_type, expected) in [
        ("text/plain", None),
        ("text/plain; format=flowed", None),
        ("text/plain; format=flowed; Charset=UTF-8", Some("UTF-8")),
        ("text/plain;charset = \"a\\\"b\" ;x", Some("a\"b")),
        ("text/plain; x=\"; charset=a\"; charset=b", Some("b")),
        ("text/plain; charset=a; charset=b", Some("a")),
        ("text/plain; charset='utf-8'", Some("utf-8")),
        ("text/plain; stray; charset=", Some("")),
        ("; charset=\"", Some("")),
    ] {
        assert_eq!(charset_name(media_type).as_deref(), expected, "{media_type}");
    }
}
