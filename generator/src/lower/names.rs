//! The law of names: any text in, names that Rust takes out, each claimed once in its scope.

use std::collections::BTreeMap;

use any_ascii::{any_ascii, any_ascii_char};
use heck::{ToSnakeCase, ToUpperCamelCase};
use unicode_normalization::UnicodeNormalization as _;
use unicode_script::{Script, UnicodeScript as _};
use unicode_security::{GeneralSecurityProfile as _, is_potential_mixed_script_confusable_char};

/// Names that a scope has given away, each with the number that the next one like it gets.
#[derive(Clone, Debug, Default)]
pub struct Scope(BTreeMap<String, usize>);

impl Scope {
    /// A scope in which `names` are taken.
    pub fn with(names: &[&str]) -> Self {
        Self(names.iter().map(|name| ((*name).to_owned(), 2)).collect())
    }

    /// Whether a name is free.
    pub fn is_free(&self, name: &str) -> bool {
        !self.0.contains_key(name)
    }

    /// The first free of the candidates, or the last with a number behind it.
    pub fn claim(&mut self, candidates: &[String]) -> String {
        let free = candidates.iter().find(|name| self.is_free(name)).cloned();
        let name = free.unwrap_or_else(|| self.numbered(candidates.last().map_or("", String::as_str)));
        self.0.insert(name.clone(), 2);
        name
    }

    /// A taken name with the first number behind it that makes it free.
    fn numbered(&mut self, taken: &str) -> String {
        let mut number = self.0.get(taken).copied().unwrap_or(2);
        while !self.is_free(&format!("{taken}{number}")) {
            number += 1;
        }
        self.0.insert(taken.to_owned(), number + 1);
        format!("{taken}{number}")
    }
}

/// Names that types must not have: the prelude's, and those that the emitted code imports beside them.
pub const RESERVED_TYPES: &[&str] = &[
    "Box",
    "BTreeMap",
    "Bytes",
    "Clone",
    "Date",
    "DateTime",
    "Debug",
    "Decimal",
    "DecimalNumber",
    "Default",
    "Eq",
    "Err",
    "Events",
    "File",
    "From",
    "Hash",
    "Into",
    "IntoFuture",
    "JsonObject",
    "JsonValue",
    "Limit",
    "None",
    "Nullable",
    "Ok",
    "Option",
    "PartialEq",
    "Result",
    "Rfc2822",
    "Secret",
    "Self",
    "Some",
    "String",
    "ToString",
    "TryFrom",
    "TryInto",
    "UnknownInteger",
    "UnknownText",
    "Vec",
];

/// Names that prepared calls must not have: those that the emitted code imports beside them.
pub const RESERVED_CALLS: &[&str] = &[
    "Call",
    "CallOptions",
    "Client",
    "Error",
    "ErrorBody",
    "EventFormat",
    "Events",
    "Items",
    "Limit",
    "NextPage",
    "Outcome",
    "Paged",
    "Pages",
    "Parameter",
    "PartEncoding",
    "Request",
    "Response",
    "Style",
    "Turn",
];

/// Names that prepared calls must not have either: those that stand beside their requests in the module of the double.
pub const RESERVED_DOUBLES: &[&str] = &["Answer", "Fault", "Received", "Server"];

/// A type's name.
pub fn type_name(text: &str) -> String {
    let name = words(text).to_upper_camel_case();
    if name.starts_with(|first: char| first.is_ascii_digit()) { format!("Type{name}") } else { or(name, "Type") }
}

/// A variant's name.
pub fn variant_name(text: &str) -> String {
    if text.is_empty() {
        return "Empty".to_owned();
    }
    let name = words(text).to_upper_camel_case();
    if name.starts_with(|first: char| first.is_ascii_digit()) || name == "Self" {
        return format!("Value{name}");
    }
    or(name, "Value")
}

/// The name of a field, a parameter or a method.
pub fn value_name(text: &str) -> String {
    raw(snake(text, "value"))
}

/// The name of a value with a word behind it, for when the name itself is taken.
pub fn with_suffix(name: &str, suffix: &str) -> String {
    value_name(&format!("{} {suffix}", name.trim_start_matches("r#")))
}

/// A module's name, which names a file and a feature too, and is ASCII therefore.
pub fn module_name(text: &str) -> String {
    let mut name = snake(&any_ascii(&text.chars().take(MAX_LETTERS).collect::<String>()), "module");
    name.truncate(MAX_LETTERS);
    // `mod` is what the parent's file is called, and a raw identifier makes an odd file name.
    if is_keyword(&name) || matches!(name.as_str(), "mod" | "lib") || is_device(&name) {
        format!("{name}_")
    } else {
        name
    }
}

/// Whether Windows has a device of that name, so that no file can have it.
fn is_device(name: &str) -> bool {
    let is_numbered = |prefix| name.strip_prefix(prefix).is_some_and(|number: &str| number.len() == 1);
    matches!(name, "con" | "prn" | "aux" | "nul") || is_numbered("com") || is_numbered("lpt")
}

/// A name in lower case, which may still be a keyword.
fn snake(text: &str, fallback: &str) -> String {
    let name = words(text).to_snake_case();
    or(if name.starts_with(|first: char| first.is_ascii_digit()) { format!("n{name}") } else { name }, fallback)
}

/// The words of a name, in lower case.
pub fn split(text: &str) -> Vec<String> {
    words(text).to_snake_case().split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether two words are the same but for a plural.
pub fn same_word(one: &str, other: &str) -> bool {
    singular(one) == singular(other)
}

fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    word.strip_suffix('s').filter(|stem| !stem.ends_with('s')).unwrap_or(word).to_owned()
}

/// Longer names are cut: files are named after types, and no disk takes names of any length.
const MAX_LETTERS: usize = 150;

/// A text with everything that cannot stand in a name spelled out or turned into a gap between words.
fn words(text: &str) -> String {
    let mut words = String::new();
    // A name is in its own script as a whole, or in Latin letters.
    let keeps_script = text.nfkc().take(MAX_LETTERS).all(|letter| !letter.is_alphabetic() || is_unmistakable(letter));
    for (index, letter) in text.nfkc().take(MAX_LETTERS).enumerate() {
        match letter {
            '+' => words.push_str(" plus "),
            '-' if index == 0 => words.push_str("minus "),
            '*' => words.push_str(" any "),
            '\'' | '’' => {}
            _ if letter.is_ascii_alphanumeric() => words.push(letter),
            _ if letter.is_alphabetic() && keeps_script => words.extend(letter.to_lowercase()),
            _ if letter.is_alphanumeric() => words.push_str(any_ascii_char(letter)),
            _ => words.push(' '),
        }
    }
    words
}

/// Whether a letter can stand in a name without a warning of rustc: it is in use today, and does not look like a
/// letter of another script. Names are in Latin letters anyway, so that these are not alone.
fn is_unmistakable(letter: char) -> bool {
    let is_alone = letter.script() == Script::Latin || !is_potential_mixed_script_confusable_char(letter);
    letter.identifier_allowed() && is_alone
}

fn or(name: String, fallback: &str) -> String {
    if name.is_empty() || syn::parse_str::<syn::Ident>(&raw(name.clone())).is_err() {
        fallback.to_owned()
    } else {
        name
    }
}

fn raw(name: String) -> String {
    match name.as_str() {
        "self" | "super" | "crate" | "_" => format!("{name}_"),
        _ if is_keyword(&name) => format!("r#{name}"),
        _ => name,
    }
}

fn is_keyword(name: &str) -> bool {
    // syn speaks of an edition before 2024, which took this word.
    name == "gen" || syn::parse_str::<syn::Ident>(name).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_rust_takes() {
        for (text, ty, variant, value) in [
            ("order_address_id", "OrderAddressId", "OrderAddressId", "order_address_id"),
            ("type", "Type", "Type", "r#type"),
            ("self", "Type", "ValueSelf", "self_"),
            ("3_hour", "Type3Hour", "Value3Hour", "n3_hour"),
            ("+1", "Plus1", "Plus1", "plus_1"),
            ("-1", "Minus1", "Minus1", "minus_1"),
            ("", "Type", "Empty", "value"),
            ("$", "Type", "Value", "value"),
            ("X-Rate-Limit", "XRateLimit", "XRateLimit", "x_rate_limit"),
            ("DOM.XP.CERT", "DomXpCert", "DomXpCert", "dom_xp_cert"),
            ("große Straße", "GroßeStraße", "GroßeStraße", "große_straße"),
            ("注文番号", "注文番号", "注文番号", "注文番号"),
            ("ｆｕｌｌ ﬁeld", "FullField", "FullField", "full_field"),
            ("Цена", "Tsena", "Tsena", "tsena"),
            ("²①", "Type21", "Value21", "n21"),
            ("async", "Async", "Async", "r#async"),
            ("gen", "Gen", "Gen", "r#gen"),
        ] {
            assert_eq!(
                (type_name(text), variant_name(text), value_name(text)),
                (ty.into(), variant.into(), value.into())
            );
        }
    }

    #[test]
    fn modules_are_ascii_and_no_devices() {
        let long = "注".repeat(200);
        for (text, module) in [
            ("große Straße", "grosse_strasse"),
            ("注文", "zhu_wen"),
            ("con", "con_"),
            ("COM1", "com1_"),
            ("common", "common"),
            ("type", "type_"),
            ("🚀", "rocket"),
            ("\u{202e}", "module"),
        ] {
            assert_eq!(module_name(text), module);
        }
        assert!(module_name(&long).len() <= MAX_LETTERS);
    }

    #[test]
    fn clashes_get_context_before_numbers() {
        let mut scope = Scope::with(&["Date"]);
        let candidates = ["Date".to_owned(), "PetDate".to_owned()];
        assert_eq!(scope.claim(&candidates), "PetDate");
        assert_eq!(scope.claim(&candidates), "PetDate2");
        assert_eq!(scope.claim(&candidates), "PetDate3");
    }
}
