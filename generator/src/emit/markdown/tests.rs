//! Text of documents becomes Markdown that rustdoc only shows.

use super::{block, code, is_inert, phrase, verbatim};

#[test]
fn markdown_becomes_what_rustdoc_takes() {
    for (text, expected) in [
        ("see https://a.b/c.", "see <https://a.b/c>."),
        ("see https://a.b/c?d=e&f=g_h*, or", "see <https://a.b/c?d=e&f=g_h>*, or"),
        ("see [the page](https://a.b/c) and [this](#there)", "see [the page](https://a.b/c) and \\[this](#there)"),
        ("an <id> and `Vec<T>` [x], a < b", "an \\<id> and `Vec<T>` \\[x], a < b"),
        ("[a][b]\n\n[b]: https://c.d", "\\[a]\\[b]\n\n\\[b]: <https://c.d>"),
        ("[Client]: https://c.d", "\\[Client]: <https://c.d>"),
        ("<script>alert(1)</script>", "\\<script>alert(1)\\</script>"),
        ("a ![logo](https://a.b/c.png \"t\") b", "a [logo](https://a.b/c.png \"t\") b"),
        ("a ![logo](c.png) b", "a !\\[logo](c.png) b"),
        ("<javascript:alert(1)> [x](javascript:alert(1))", "\\<javascript:alert(1)> \\[x](javascript:alert(1))"),
        ("<https://a.b>", "<https://a.b>"),
        ("# Heading\n\n| a | b |\n|---|---|\n| 1 | 2 |", "# Heading\n\n| a | b |\n|---|---|\n| 1 | 2 |"),
    ] {
        assert_eq!(block(text), expected);
        assert_eq!(block(expected), expected, "once is enough");
    }
}

#[test]
fn code_blocks_are_text() {
    for (text, expected) in [
        ("```\nlet x;\n```", "```text\nlet x;\n```"),
        ("```json\n{}\n", "```text\n{}\n```"),
        ("````should_panic\n```\n````", "````text\n```\n````"),
        ("~~~ edition2021\nlet x;\n~~~", "~~~text\nlet x;\n~~~"),
        ("```\trust,ignore\nx\n```", "```text\nx\n```"),
        ("> ```\n> let x;\n> ```", "> ```text\n> let x;\n> ```"),
        ("- ```\n  let x;\n  ```", "- ```text\n  let x;\n  ```"),
        ("a\n\n    let x;\n      let y;\n\nb", "a\n\n```text\nlet x;\n  let y;\n```\n\nb"),
        ("a\n\n\tlet ```;", "a\n\n````text\nlet ```;\n````"),
        ("> a\n>\n>     let x;", "> a\n>\n> let x;"),
        ("- a\n\n      let x;", "- a\n\n  let x;"),
    ] {
        assert_eq!(block(text), expected);
        assert!(is_inert(expected), "{expected}");
    }
    assert!(!is_inert("```\nx\n```") && !is_inert("a\n\n    x") && !is_inert("<b>") && !is_inert("![a](http://b)"));
    assert!(is_inert(&verbatim("```\nx\n```\n<b>")));
}

#[test]
fn phrases_stay_on_their_line() {
    for (text, expected) in [
        ("# A\nheading", "\\# A heading"),
        ("~~~", "\\~~~"),
        ("1. first", "1\\. first"),
        ("- item\n- item", "\\- item - item"),
        ("```rust", "\\```rust"),
        ("3 parcels", "3 parcels"),
        ("[Client]: https://a.b", "\\[Client]: <https://a.b>"),
        ("<b>bold</b>", "\\<b>bold\\</b>"),
        ("**bold** words", "**bold** words"),
        ("", ""),
    ] {
        assert_eq!(phrase(text), expected);
    }
}

#[test]
fn code_spans_hold_anything() {
    for (text, expected) in [
        ("a", "`a`"),
        ("a`b``c", "``` a`b``c ```"),
        ("a\nb", "`a b`"),
        ("\u{202e}a\u{1b}[1m\r", "`\\u{202e}a\\u{1b}[1m `"),
    ] {
        assert_eq!(code(text), expected);
    }
}

#[test]
fn work_is_linear() {
    for unit in ["[", "![", "<", "`", "~", "> ", "- ", "*a ", "[a](", "<a ", "http://a ", "    a\n", "&", "\\["] {
        let text = unit.repeat(200_000 / unit.len());
        assert!(is_inert(&block(&text)), "{unit}");
    }
}
