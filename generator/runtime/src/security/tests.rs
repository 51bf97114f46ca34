//! Which alternative is taken, and what it puts into the request.

use super::*;

const KEY: SecurityScheme = SecurityScheme::api_key("access_token", Location::Header, "X-Auth-Token");
const USER: SecurityScheme = SecurityScheme::basic("user");
const TOKEN: SecurityScheme = SecurityScheme::bearer("token");
const IN_QUERY: SecurityScheme = SecurityScheme::api_key("query_key", Location::Query, "api key");
const IN_COOKIE: SecurityScheme = SecurityScheme::api_key("cookie_key", Location::Cookie, "sid");

fn key(text: &str) -> Credential {
    Credential::api_key(Secret::new(text))
}

fn user(name: &str, password: &str) -> Credential {
    Credential::basic(name.to_owned(), Secret::new(password))
}

#[track_caller]
fn check(
    alternatives: &'static [&'static [SecurityScheme]],
    credentials: &[(&'static str, Credential)],
    expected: Result<&str, &str>,
) {
    let credentials = credentials.iter().cloned().collect();
    let carried = carry(alternatives, &credentials).map_err(|error| error.to_string());
    let carried = carried.map(|carried| carried.iter().map(show).collect::<Vec<_>>().join("; "));
    assert_eq!(carried.as_deref().map_err(String::as_str), expected);
}

fn show(carried: &Carried) -> String {
    match carried {
        Carried::Header(name, value) => {
            assert!(value.is_sensitive());
            format!("{name}: {}", value.to_str().unwrap_or("?"))
        }
        Carried::Query(pair) => format!("?{pair}"),
        Carried::Cookie(pair) => format!("cookie {pair}"),
    }
}

#[test]
fn first_alternative_with_all_credentials_is_taken() {
    let both: [(_, Credential); 2] = [("token", Credential::bearer(Secret::new("t"))), ("access_token", key("k"))];
    check(&[&[KEY], &[TOKEN]], &both, Ok("x-auth-token: k"));
    check(&[&[KEY], &[TOKEN]], &both[..1], Ok("authorization: Bearer t"));
    check(&[&[USER, KEY], &[TOKEN]], &both, Ok("authorization: Bearer t"));
    check(&[&[TOKEN, KEY]], &both, Ok("authorization: Bearer t; x-auth-token: k"));
}

#[test]
fn anonymous_alternative_is_taken_last() {
    check(&[&[], &[KEY]], &[("access_token", key("k"))], Ok("x-auth-token: k"));
    check(&[&[], &[KEY]], &[], Ok(""));
    check(&[], &[("access_token", key("k"))], Ok(""));
}

#[test]
fn missing_credential_says_what_to_call() {
    let expected =
        "a credential is missing; call `.access_token(..)` and `.user(..)`, or `.token(..)` on the client's builder";
    check(&[&[KEY, USER], &[TOKEN]], &[("access_token", key("k"))], Err(expected));
}

#[test]
fn keys_in_query_and_cookie_are_encoded() {
    check(
        &[&[IN_QUERY, IN_COOKIE]],
        &[("query_key", key("a&b")), ("cookie_key", key("c;d"))],
        Ok("?api%20key=a%26b; cookie sid=c%3Bd"),
    );
}

#[test]
fn basic_is_base64() {
    // RFC 7617, section 2, and one text for every length of padding.
    check(
        &[&[USER]],
        &[("user", user("Aladdin", "open sesame"))],
        Ok("authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
    );
    for (text, expected) in
        [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("\u{ff}\u{3ff}", "w7/Pvw==")]
    {
        assert_eq!(base64(text.as_bytes()), expected);
    }
}

#[test]
fn other_http_schemes_have_their_name() {
    const DIGEST: SecurityScheme = SecurityScheme::http("digest", "digest");
    const VENDOR: SecurityScheme = SecurityScheme::http("vendor", "x-Vendor");
    let text = |text| Credential::http(Secret::new(text));
    check(&[&[DIGEST]], &[("digest", text("username=\"a\""))], Ok("authorization: Digest username=\"a\""));
    check(&[&[VENDOR]], &[("vendor", text("k"))], Ok("authorization: x-Vendor k"));
    check(&[&[VENDOR]], &[("vendor", text(""))], Err("the credential `vendor` is empty"));
    check(&[&[VENDOR]], &[("vendor", key("k"))], Err("the credential `vendor` is not the text of an HTTP scheme"));
}

#[test]
fn unusable_credentials_are_refused_without_showing_them() {
    check(
        &[&[KEY]],
        &[("access_token", key("se\r\ncret"))],
        Err("the credential `access_token` holds a character that no header can carry"),
    );
    check(&[&[KEY]], &[("access_token", key(""))], Err("the credential `access_token` is empty"));
    check(&[&[KEY]], &[("access_token", user("a", "b"))], Err("the credential `access_token` is not an API key"));
    check(&[&[USER]], &[("user", user("a:b", "c"))], Err("the credential `user` has a colon in its user name"));
}

#[test]
fn debug_is_redacted() {
    assert_eq!(format!("{:?} {:?}", key("hush"), user("me", "hush")), "[redacted] [redacted]");
    assert_eq!(format!("{:?}", Token::from("hush")), "[redacted]");
}
