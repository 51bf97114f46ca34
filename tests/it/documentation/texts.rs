//! Texts that rustdoc, rustc or a terminal would take for more than text.

/// Texts that rustdoc would run, or show as something live, if they were copied.
pub fn variants() -> Vec<String> {
    let code = "panic!(\"run\");";
    let languages = [
        "",
        "rust",
        "should_panic",
        "no_run",
        "ignore",
        "compile_fail",
        "edition2021",
        "edition2024",
        "standalone_crate",
        "test_harness",
        "rust,ignore",
        "{.rust}",
        "E0001",
        " rust",
        "\trust",
    ];
    let fenced = languages.iter().flat_map(|language| {
        ["```", "~~~", "````", "~~~~"].map(|fence| format!("a\n\n{fence}{language}\n{code}\n{fence}\n"))
    });
    let contained = ["> ", "- ", "1. ", "> > ", "> - ", "- > ", "* * "].iter().flat_map(|prefix| {
        let rest = prefix.replace(|letter: char| letter != '>' && letter != ' ', " ");
        [
            format!("{prefix}```\n{rest}{code}\n{rest}```"),
            format!("{prefix}~~~rust\n{rest}{code}"),
            format!("{prefix}     {code}"),
            format!("{prefix}a\n{rest}\n{rest}    {code}"),
        ]
    });
    let others = [
        format!("a\n\n    {code}\n"),
        format!("a\n\n\t{code}\n"),
        format!("a\n\n \t{code}\n"),
        format!("```\n{code}"),
        format!("~~~\n{code}"),
        format!("a `b\n\n```\n{code}\n```\n`"),
        format!("[^1]\n\n[^1]:\n    ```\n    {code}\n    ```"),
        format!("| a |\n|---|\n| b |\n```\n{code}\n```"),
        format!("<pre>\n\n```\n{code}\n```\n</pre>"),
        format!("<!--\n\n```\n{code}\n```\n-->"),
        format!("a\r\r```\r{code}\r```"),
        format!("`\n```\n{code}\n```"),
        format!("\\```\n```\n{code}\n```"),
        format!("# Example\n\n```no_run\n{code}\n```"),
        "<script>alert(1)</script>".to_owned(),
        "a <img src=x onerror=alert(1)> b".to_owned(),
        "<a\nhref=\"javascript:alert(1)\">b</a>".to_owned(),
        "<!-- <script> --> <script>alert(1)</script>".to_owned(),
        "<![CDATA[ <b> ]]> <?php ?> <!DOCTYPE html>".to_owned(),
        "<div>\n<script>\nalert(1)\n</script>\n</div>".to_owned(),
        "![a](https://example.com/a.png) ![b][c]\n\n[c]: https://example.com/c.png".to_owned(),
        "[a](javascript:alert(1)) [b]( data:text/html,x ) <javascript:alert(1)>".to_owned(),
        "[`Client`]: https://example.com\n[Client]: https://example.com".to_owned(),
        "[Client] [`Client`] [a](Client) [b](struct@Client) [c][Client]".to_owned(),
        "` `` ``` *** ___ | # > \\ `".to_owned(),
        "\u{202e}reversed\u{2066} \u{200f}\u{1b}[31m\u{9b}31m\u{7} \u{2028}\u{feff}".to_owned(),
        "*/ /* \" \\u{0} {{}} {} #![allow(warnings)]".to_owned(),
    ];
    fenced.chain(contained).chain(others).collect()
}
