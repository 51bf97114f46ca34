//! Translations, and their agreement with an engine of ECMA-262.

use super::*;

fn check(source: &str) -> PatternCheck {
    lower_pattern(source).unwrap_or_else(|reason| panic!("{source}: {reason}")).check
}

#[test]
fn patterns_that_mean_the_same_stay_as_they_are() {
    for source in ["^[a-z0-9_-]+$", "^se(-[a-z0-9]+)+$", "^[A-Z]{2}$", "a|b|", r"^\[x\]\/?$", "(?:ab){2,}?"] {
        assert_eq!(check(source), PatternCheck::AsWritten, "{source}");
    }
}

#[test]
fn what_ecma_262_means_otherwise_is_translated() {
    for (source, expected) in [
        (r"^\d+$", "^[0-9]+$"),
        (r"\w", "[0-9A-Z_a-z]"),
        ("^.$", r"^[^\x{A}\x{D}\x{2028}-\x{2029}]$"),
        ("[^]", r"[\x00-\x{10FFFF}]"),
        ("[]", r"[^\x00-\x{10FFFF}]"),
        (r"\bx\B", r"(?-u:\b)x(?-u:\B)"),
        ("[a&&b]", r"[a\&\&b]"),
        ("[+--~~&&]", r"[+-\-\~\~\&\&]"),
        ("[[a]", r"[\[a]"),
        (r"\cA\u{1F600}\uD83D\uDE00[\uD800-\uFFFF]", r"\x{1}\x{1F600}\x{1F600}[\x{E000}-\x{FFFF}]"),
        ("(?<year>x)", "(x)"),
    ] {
        match check(source) {
            PatternCheck::Linear(text) => assert_eq!(text, expected, "{source}"),
            other => panic!("{source}: {other:?}"),
        }
    }
}

#[test]
fn only_lookaround_and_backreferences_backtrack() {
    for source in ["^(?!x)a", "(?=a)", "(?<=a)b", "(?<!a)b", r"(a|b)\1", r"(?<q>.)x\k<q>", r"(?!\b)x"] {
        assert!(matches!(check(source), PatternCheck::Backtracking(_)), "{source}");
    }
    assert!(matches!(check("^(a+)+$"), PatternCheck::AsWritten));
}

#[test]
fn what_cannot_be_checked_says_why() {
    let deep = format!("{}a{}", "(".repeat(5_000), ")".repeat(5_000));
    for (source, reason) in [
        ("(a", "it is not valid in ECMA-262"),
        ("(?i)a", "it is not valid in ECMA-262"),
        (r"\1(a)", "it has a backreference to a group that may not have matched"),
        (r"(a)?\1", "it has a backreference to a group that may not have matched"),
        (r"(?:(a)|b)\1", "it has a backreference to a group that may not have matched"),
        ("(a{1000}){1000}", "it is too large"),
        (&deep, "its groups are nested more than 100 levels deep"),
    ] {
        let found = lower_pattern(source).expect_err(reason);
        assert!(found.starts_with(reason), "{reason}: {found}");
    }
}

#[test]
fn engines_agree_with_ecma_262() {
    let texts = [
        "", "a", "b", "ab", "aa", "aab", "-", "_", "a-b", "0", "٣", "é", "ſ", "\u{17f}", " ", "\u{a0}", "\u{feff}",
        "\u{180e}", "\u{85}", "\n", "a\n", "\na", "\r", "\u{2028}", "x y", "&", "~", "[", "]", "^", "\\", "/", "😀",
        "\u{8}", "\0", "\u{e000}", "k", "K", "\u{212a}", "1a", "a1", "aXa", "a.b", "Ωmega", "ß", "abab", "aaaa",
    ];
    for source in [
        r"^\d$",
        r"^\D$",
        r"^\w+$",
        r"^\W$",
        r"^\s$",
        r"^\S$",
        "^.$",
        "^.*$",
        "a$",
        "^a",
        r"^[\s\S]*$",
        "[^]",
        "[]",
        r"\b",
        r"\B",
        r"\ba",
        r"a\b",
        r"^\B.",
        "[a-z-]",
        r"^[\w-]$",
        r"^[^\w\s]$",
        "^[a&&b]$",
        "^[~~&]$",
        "^[[]$",
        r"^[\]\\^]$",
        r"^\cH$|^\x00$",
        r"^[\b]$",
        r"^\u{1F600}$",
        r"^\uD83D\uDE00$",
        r"^[\uD83D\uDE00]$",
        r"^[\uD800-\uFFFF]$",
        r"\uD83D",
        r"^\p{L}+$",
        r"^\P{L}$",
        r"^[\p{Lu}\d]+$",
        r"^\p{Script=Greek}",
        "^a{2}$",
        "^a{2,}$",
        "^a{0,1}$",
        "^(?:a|b)*?$",
        "^(a*)*$",
        "^(a|aa)+$",
        "(?!a)",
        "^(?!a)",
        "^(?=.*b)a",
        "(?<=a)b",
        "(?<!a)b",
        r"^(a|b)\1$",
        r"^(?<x>ab)\k<x>$",
        r"^(?:(.)\1)+$",
        r"^(?!\b)",
        r"(?<!\w)$",
        "^(?!.*-).*$",
        r"^\/$",
        r"^\$|\^$",
        "^[^-]$",
        "^[+--]$",
        "^[!-~]$",
        "k",
        "^(?:)$",
        "|",
    ] {
        let judge = regress::Regex::with_flags(source, "u").expect(source);
        let pattern = lower_pattern(source).expect(source);
        let matcher = Matcher::compile(&pattern).expect(source);
        for text in texts {
            assert_eq!(matcher.matches(text), judge.find(text).is_some(), "{source} {text:?} {pattern:?}");
        }
    }
}

#[test]
fn no_pattern_takes_long() {
    let start = std::time::Instant::now();
    let text = "a".repeat(2_000);
    for source in ["^(a+)+$", "^(?!x)(a+)+$", r"^(?:(?=a)(a+))+$", r"^(a+)+\1$", "(?=a*b)", "^(?:(?=(a+)+b)a|a+)+$"] {
        let matcher = lower_pattern(source).ok().and_then(|pattern| Matcher::compile(&pattern)).expect(source);
        assert!(!matcher.matches(&format!("{text}!")) || source == "(?=a*b)", "{source}");
    }
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
