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
    let stays = |value, path: &str| {
        let url = format!("https://api.bigcommerce.com/stores/{path}/v2");
        check(STORE, &[("store_hash", value)], Ok(&url));
    };
    stays("a..b", "a..b");
    stays("...", "...");
    stays("a@b:c", "a%40b%3Ac");
    stays("50%", "50%25");
    stays("\u{e9}", "%C3%A9");
    let separator = "holds one of `/`, `\\`, `?`, `#`, which would change the path";
    let space = "holds white space or a control character";
    let dots = "is a `.` or `..` segment";
    let nested = format!("%{}2e", "25".repeat(8));
    check(STORE, &[("store_hash", &nested)], Err("`store_hash` of the server's URL is percent-encoded too often"));
    let values = [
        (
            separator,
            &["a/b", "a\\b", "a?b", "a#b", "../x", "%2F", "a%2fb", "%5c", "%3F", "%23", "a%252Fb", "%25252f"][..],
        ),
        (space, &[" ", "a b", "a\n", "a\0b", "a\u{85}", "\u{2003}", "%20", "%0d%0a", "%2500", "%C2%A0"]),
        (dots, &[".", "..", "%2e", "%2E%2e", ".%2e", "%252e%252e", "%25252e."]),
    ];
    for (rule, value) in values.iter().flat_map(|(rule, values)| values.iter().map(move |value| (rule, *value))) {
        let expected = format!("`store_hash` of the server's URL {rule}");
        check(STORE, &[("store_hash", value)], Err(&expected));
        check_base(STORE, "http://localhost/{store_hash}", &[("store_hash", value)], Err(&expected));
    }
}

#[test]
fn values_stay_in_the_host() {
    check(REGION, &[("region", "eu.prod_1")], Ok("https://eu.prod_1.example.com:443"));
    for value in [
        "evil.com/",
        "a@evil",
        "a?b",
        "a#",
        "a\\b",
        "a:80",
        "a b",
        ".",
        "..",
        "a..b",
        ".a",
        "a.",
        "%61",
        "%2F",
        "\u{e9}",
        "[::1]",
    ] {
        check(REGION, &[("region", value)], Err("`region` of the server's URL is not part of a host name"));
    }
    check(REGION, &[("port", "80")], Err("`port` of the server's URL is not one of `443`, `8443`"));
}

#[test]
fn variable_may_be_the_host_or_the_port() {
    const OPEN: Server = Server::new(
        "{scheme}://{host}:{port}/v1",
        &[
            ServerVariable::new("scheme", "https", &[]),
            ServerVariable::new("host", "", &[]),
            ServerVariable::new("port", "443", &[]),
        ],
    );
    check(OPEN, &[("host", "a.example"), ("port", "8080")], Ok("https://a.example:8080/v1"));
    for (name, value) in
        [("scheme", "ftp"), ("host", "a:1"), ("port", "0"), ("port", "65536"), ("port", "+1"), ("port", "1@evil.com")]
    {
        let expected = format!("`{name}` of the server's URL is not part of a host name");
        check(OPEN, &[("host", "a.example"), (name, value)], Err(&expected));
    }
    let authority = |value, expected| check_base(OPEN, "https://{host}", &[("host", value)], expected);
    authority("a.example:8080", Ok("https://a.example:8080"));
    for value in ["a@b", "a:b@c", "a:99999", "a:", ":80", "a:1:2"] {
        authority(value, Err("`host` of the server's URL is not part of a host name"));
    }
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
    check_base(STORE, "http://h/%252e%252e/b", &[], Err("the server's URL has a `.` or `..` segment"));
    for url in ["http://h/a b", "http://h\\@evil", "http://h/\u{7f}", "http://h\n", "http://a b"] {
        check_base(STORE, url, &[], Err("the server's URL is not a valid URL"));
    }
    for url in ["http:///v1", "https://:80", "http://:80/v1"] {
        check_base(STORE, url, &[], Err("the server's URL has no host"));
    }
    for url in ["http:/h", "http:h", "mailto:a@b", "ws://h", "file:///etc"] {
        check_base(STORE, url, &[], Err("the server's URL does not start with `http://` or `https://`"));
    }
}

#[test]
fn port_is_one_that_exists() {
    let rule = "the server's URL has a port that is not a number from 1 to 65535";
    for url in ["http://h:99999", "http://h:65536/v1", "http://h:0", "http://h:", "http://h:+80", "http://[::1]:99999"]
    {
        check_base(STORE, url, &[], Err(rule));
    }
    check_base(STORE, "http://h:65535", &[], Ok("http://h:65535"));
}

#[test]
fn host_is_a_name_or_an_address() {
    for url in
        ["http://a..b", "http://.a", "http://1.2.3.999", "http://a.1", "http://a!b", "http://\u{e9}", "http://[x]"]
    {
        let expected = ["neither a name nor an IP address", "is not a valid URL"];
        let error = STORE.base(url, &Variables::new(), true).map_err(|error| error.to_string());
        assert!(error.as_ref().is_err_and(|error| expected.iter().any(|rule| error.contains(rule))), "{url} {error:?}");
    }
    for url in ["http://a_b.example.", "http://127.0.0.1", "HTTPS://H"] {
        check_base(STORE, url, &[], Ok(url));
    }
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
