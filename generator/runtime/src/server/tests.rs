//! URL templates, and what a caller may put into them.

use super::*;

const STORE: Server =
    Server::new("https://api.bigcommerce.com/stores/{store_hash}/v2", &[ServerVariable::new("store_hash", "", &[])]);
const REGION: Server = Server::new(
    "{scheme}://{region}.example.com:{port}/",
    &[
        ServerVariable::new("scheme", "https", &["https", "http"]),
        ServerVariable::new("region", "us", &[]),
        ServerVariable::new("port", "443", &["443", "8443"]),
    ],
);

#[track_caller]
fn check(server: Server, values: &[(&'static str, &str)], expected: Result<&str, &str>) {
    check_base(server, server.url(), values, expected);
}

#[track_caller]
fn check_base(server: Server, url: &str, values: &[(&'static str, &str)], expected: Result<&str, &str>) {
    let values = values.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    let base = server.base(url, &values, true).map_err(|error| error.to_string());
    assert_eq!(base.as_deref().map_err(String::as_str), expected);
}

#[test]
fn variables_are_replaced() {
    check(STORE, &[("store_hash", "abc123")], Ok("https://api.bigcommerce.com/stores/abc123/v2"));
    check(REGION, &[], Ok("https://us.example.com:443"));
    check(REGION, &[("scheme", "http"), ("region", "eu-1"), ("port", "8443")], Ok("http://eu-1.example.com:8443"));
}

#[test]
fn missing_variable_names_the_setter() {
    check(STORE, &[], Err("the server's URL needs `store_hash`; call `.store_hash(..)` on the client's builder"));
    check(STORE, &[("store_hash", "")], Err("`store_hash` of the server's URL is empty"));
}

#[test]
fn values_stay_in_their_segment() {
    check(STORE, &[("store_hash", "a/b?c#d")], Ok("https://api.bigcommerce.com/stores/a%2Fb%3Fc%23d/v2"));
    for value in ["..", ".", "../x", "x\\..", "%2e%2e"] {
        check(STORE, &[("store_hash", value)], Err("`store_hash` of the server's URL holds a `.` or `..` segment"));
    }
}

#[test]
fn values_stay_in_the_host() {
    for value in ["evil.com/", "a@evil", "a?b", "a#"] {
        check(REGION, &[("region", value)], Err("`region` of the server's URL is not part of a host name"));
    }
    check(REGION, &[("port", "80")], Err("`port` of the server's URL is not one of `443`, `8443`"));
}

#[test]
fn base_url_keeps_the_variables() {
    let values = [("store_hash", "abc")];
    check_base(STORE, "http://localhost:8080/{store_hash}//", &values, Ok("http://localhost:8080/abc"));
    check_base(STORE, "http://localhost:8080", &[], Ok("http://localhost:8080"));
    check_base(STORE, "http://[::1]:8080/", &[], Ok("http://[::1]:8080"));
    check_base(
        STORE,
        "http://h/{x}",
        &values,
        Err("the server's URL has a variable `x` that the document does not define"),
    );
}

#[test]
fn a_variable_may_be_the_url() {
    const SERVER: Server = Server::new("{url}/v1", &[ServerVariable::new("url", "https://a.example", &[])]);
    check(SERVER, &[], Ok("https://a.example/v1"));
    check(SERVER, &[("url", "http://localhost:1/x")], Ok("http://localhost:1/x/v1"));
    check(SERVER, &[("url", "ftp://localhost")], Err("the server's URL does not start with `http://` or `https://`"));
}

#[test]
fn urls_that_cannot_be_used_are_refused() {
    let relative = Err("the server's URL is relative; call `.base_url(..)` on the client's builder");
    check_base(STORE, "/v2", &[], relative);
    check_base(STORE, "/", &[], relative);
    check_base(STORE, "", &[], relative);
    check_base(STORE, "ftp://h", &[], Err("the server's URL does not start with `http://` or `https://`"));
    check_base(STORE, "localhost", &[], Err("the server's URL does not start with `http://` or `https://`"));
    check_base(
        STORE,
        "http://me:hush@h",
        &[],
        Err("the server's URL holds credentials; give them to the client's builder"),
    );
    check_base(
        STORE,
        "http://h/?a",
        &[],
        Err("the server's URL has a query or a fragment, which paths cannot be appended to"),
    );
    check_base(STORE, "http://h/a/../b", &[], Err("the server's URL has a `.` or `..` segment"));
    check_base(STORE, "http://h/a b", &[], Err("the server's URL is not a valid URL"));
}

#[test]
fn what_is_not_encrypted_stays_on_this_machine() {
    let base = |url: &'static str| {
        Server::new(url, &[]).base(url, &Variables::new(), false).map_err(|error| error.to_string())
    };
    for url in
        ["https://example.com", "http://localhost:8080", "http://api.localhost", "http://127.1.2.3", "http://[::1]:80"]
    {
        assert_eq!(base(url).as_deref(), Ok(url));
    }
    for url in ["http://example.com", "http://localhost.example.com", "http://10.0.0.1", "http://[2001:db8::1]"] {
        let error = base(url).err().unwrap_or_default();
        assert!(error.contains(".allow_http()"), "{url}: {error}");
    }
}
