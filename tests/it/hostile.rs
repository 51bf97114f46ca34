//! Texts that are made to be a burden. Each is refused in a few words or read, in the time that its size deserves.

use generator::{Format, Output, Root, Source};

fn generate(name: &str, text: String) -> Result<Output, String> {
    let source = Source::new(name, text);
    let root = Root::Crate { crate_name: "client".to_owned() };
    generator::generate(&source, &root).map_err(|report| report.render(&source, Format::PLAIN))
}

#[track_caller]
fn check_refused(name: &str, text: String, expected: &str) {
    let said = generate(name, text).err().unwrap_or_default();
    assert!(said.contains(expected) && said.contains("= help:"), "{said:?} does not say {expected:?}");
    assert!(said.len() < 2_000, "{said}");
}

/// A document with these schemas.
fn document(schemas: &str) -> String {
    format!(
        r#"{{"openapi":"3.0.3","info":{{"title":"T","version":"1"}},"paths":{{}},"components":{{"schemas":{schemas}}}}}"#
    )
}

#[test]
fn nesting_has_an_end() {
    check_refused("a.json", "[".repeat(100_000), "recursion limit exceeded");
    check_refused("a.yaml", "[".repeat(100_000), "recursion limit exceeded");
}

#[test]
fn aliases_of_aliases_are_not_followed_for_ever() {
    let letters: Vec<char> = ('b'..='m').collect();
    let mut text = "openapi: 3.0.3\na: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    let mut before = 'a';
    for letter in letters {
        let aliases = vec![format!("*{before}"); 9].join(", ");
        text += &format!("{letter}: &{letter} [{aliases}]\n");
        before = letter;
    }
    check_refused("a.yaml", text, "repetition limit exceeded");
}

#[test]
fn characters_that_no_text_has_are_told() {
    check_refused("a.yaml", "openapi: 3.0.3\0".to_owned(), "control characters are not allowed");
    check_refused("a.json", "{\"openapi\": \"3.0.3\0\"}".to_owned(), "control character");
    check_refused("a.yaml", String::new(), "there is nothing in this file");
    // UTF-16 that somebody took for Latin letters.
    check_refused("a.json", "{\0\"\0o\0p\0e\0n\0".to_owned(), "this is not JSON");
}

#[test]
fn byte_order_mark_is_passed_over() {
    let text = format!("\u{feff}{}", document("{}"));
    assert!(generate("a.json", text.clone()).is_ok() && generate("a.yaml", text).is_ok());
}

#[test]
fn names_of_a_million_letters_make_files_that_a_disk_takes() {
    let (one, other) = ("N".repeat(1_000_000), "N".repeat(1_000_001));
    let property = "p".repeat(1_000_000);
    let schema = format!(r#"{{"type":"object","properties":{{"{property}":{{"type":"string"}}}}}}"#);
    let text = document(&format!(r#"{{"{one}":{schema},"{other}":{schema}}}"#));
    let output = generate("a.json", text).expect("nothing is wrong with it");
    assert_eq!(output.summary.types, 2);
    let longest = output.files.keys().flat_map(|path| path.split('/')).map(str::len).max();
    assert!(longest.is_some_and(|longest| longest <= 255), "{longest:?}");
}

#[test]
fn numbers_of_any_size_are_read() {
    let digits = "9".repeat(100_000);
    let bounds = format!(r#"{{"A":{{"type":"number","maximum":{digits},"minimum":-1e99999,"multipleOf":1e-99999}}}}"#);
    assert!(generate("a.json", document(&bounds)).is_ok());
    assert!(generate("a.yaml", document(&bounds)).is_ok());
}

#[test]
fn references_in_a_circle_are_told() {
    let chain = |next: usize| format!(r##""A{}":{{"$ref":"#/components/schemas/A{}"}}"##, next, (next + 1) % 500);
    let schemas: Vec<String> = (0..500).map(chain).collect();
    let output =
        generate("a.json", document(&format!("{{{}}}", schemas.join(",")))).expect("a circle costs its schemas");
    assert_eq!(output.summary.schemas_left_out, 500);
}

#[test]
fn names_of_files_end_where_a_comment_does() {
    let output = generate("a\nfn main() {}\r\u{202e}.json", document("{}")).expect("nothing is wrong with it");
    for (path, text) in &output.files {
        let first = text.lines().next().unwrap_or_default();
        assert!(first.contains("a\\u{a}fn main() {}\\u{d}\\u{202e}.json"), "{path}: {first}");
    }
}

#[test]
fn names_in_any_script_become_names_of_files() {
    let property = r#"{"type":"object","properties":{"注文番号":{"type":"string","description":"A"},"Цена":{"type":"string","description":"B"}}}"#;
    let text = document(&format!(r#"{{"注文":{property},"con":{property},"Größe":{property},"größe":{property}}}"#));
    let output = generate("a.json", text).expect("nothing is wrong with it");
    for path in ["types/zhu_wen.rs", "types/con_.rs", "types/grosse.rs"] {
        let text = output.files.get(path).unwrap_or_else(|| panic!("no {path} in {:?}", output.files.keys()));
        assert!(text.contains("pub 注文番号: Option<String>") && text.contains("pub tsena: Option<String>"), "{text}");
        assert!(text.contains("On the wire: `Цена`."), "{text}");
    }
}

#[test]
fn references_to_another_kind_of_component_are_told() {
    let content = r##"{"application/json":{"schema":{"$ref":"#/components/schemas/Pet"}}}"##;
    let misled = r##"{"$ref":"#/components/schemas/Pet"}"##;
    let text = format!(
        r#"{{"openapi":"3.0.3","info":{{"title":"T","version":"1"}},
        "paths":{{"/a":{{"get":{{"responses":{{"200":{{"description":"Fine","content":{content}}}}}}},
            "put":{{"requestBody":{misled},"responses":{{"200":{misled}}}}}}},
            "/b":{{"get":{{"parameters":[{misled}],"responses":{{"default":{misled}}}}}}}}},
        "components":{{"schemas":{{"Pet":{{"type":"object"}},"Alias":{misled}}}}}}}"#
    );
    let output = generate("a.json", text).expect("one operation is fine");
    assert_eq!((output.summary.operations, output.summary.types), (1, 2));
}
