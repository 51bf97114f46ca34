//! The law of names: any text in, names that Rust takes out, each claimed once in its scope.

use std::collections::BTreeSet;

use heck::{ToSnakeCase, ToUpperCamelCase};

/// Names that a scope has given away.
#[derive(Clone, Debug, Default)]
pub struct Scope(BTreeSet<String>);

impl Scope {
    /// A scope in which `names` are taken.
    pub fn with(names: &[&str]) -> Self {
        Self(names.iter().map(|name| (*name).to_owned()).collect())
    }

    /// Whether a name is free.
    pub fn is_free(&self, name: &str) -> bool {
        !self.0.contains(name)
    }

    /// The first free of the candidates, or the last with a number behind it.
    pub fn claim(&mut self, candidates: &[String]) -> String {
        let free = candidates.iter().find(|name| self.is_free(name)).cloned();
        let last = candidates.last().cloned().unwrap_or_default();
        let name = free.unwrap_or_else(|| {
            let mut number = 2;
            while !self.is_free(&format!("{last}{number}")) {
                number += 1;
            }
            format!("{last}{number}")
        });
        self.0.insert(name.clone());
        name
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

/// A module's name.
pub fn module_name(text: &str) -> String {
    let name = snake(text, "module");
    // `mod` is what the parent's file is called, and a raw identifier makes an odd file name.
    if is_keyword(&name) || name == "mod" || name == "lib" { format!("{name}_") } else { name }
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
    for (index, letter) in text.char_indices().take(MAX_LETTERS) {
        match letter {
            '+' => words.push_str(" plus "),
            '-' if index == 0 => words.push_str("minus "),
            '*' => words.push_str(" any "),
            '\'' | '’' => {}
            _ if letter.is_ascii_alphanumeric() => words.push(letter),
            // Letters beyond ASCII may be in names, but not all of them may begin one.
            _ if letter.is_alphanumeric() => {
                words.extend(letter.to_lowercase().filter(|letter| letter.is_alphabetic()))
            }
            _ => words.push(' '),
        }
    }
    words
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
    fn clashes_get_context_before_numbers() {
        let mut scope = Scope::with(&["Date"]);
        let candidates = ["Date".to_owned(), "PetDate".to_owned()];
        assert_eq!(scope.claim(&candidates), "PetDate");
        assert_eq!(scope.claim(&candidates), "PetDate2");
        assert_eq!(scope.claim(&candidates), "PetDate3");
    }
}
