//! A document and what is to be put out of order in it in, the document with that done out.

use serde_json::{Map, Value, json};

/// One thing that is put out of order: how, where, and which of the ways there are.
#[derive(Clone, Copy, Debug)]
pub struct Mutation {
    kind: Kind,
    at: u32,
    which: u32,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Remove,
    Replace,
    CopyOf,
    Reference,
    Rename,
    Bury,
    Repeat,
}

impl Mutation {
    /// Any numbers will do.
    pub fn new(kind: u8, at: u32, which: u32) -> Self {
        use Kind::{Bury, CopyOf, Reference, Remove, Rename, Repeat, Replace};
        let kinds = [Remove, Replace, CopyOf, Reference, Rename, Bury, Repeat];
        Self { kind: kinds[usize::from(kind) % kinds.len()], at, which }
    }
}

/// Where every node is.
pub fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    let child = |token: &str| format!("{at}/{}", token.replace('~', "~0").replace('/', "~1"));
    match value {
        Value::Object(map) => map.iter().for_each(|(name, value)| pointers(value, &child(name), found)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, value)| pointers(value, &child(&index.to_string()), found));
        }
        _ => {}
    }
}

/// Values that seldom stand where they are put.
fn odd(which: u32) -> Value {
    let values = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(u64::MAX),
        json!(1e308),
        json!(0.1),
        json!(""),
        json!("\u{0}"),
        json!("string"),
        json!("../../etc"),
        json!("{a}{b"),
        json!("#/components/schemas/"),
        json!("🚀 r#type"),
        json!("x".repeat(5000)),
        json!([]),
        json!([[]]),
        json!([null]),
        json!({}),
        json!({ "": {} }),
        json!({ "type": "object", "properties": { "": {}, "a": {}, "A": {}, "a-": {} } }),
        json!({ "oneOf": [{}, {}], "allOf": [{}], "not": {} }),
    ];
    values[which as usize % values.len()].clone()
}

/// So deep that no reader who goes down for every step gets up again.
fn buried(value: Value, which: u32) -> Value {
    let keywords = ["items", "allOf", "properties", "additionalProperties"];
    let keyword = keywords[which as usize % keywords.len()];
    (0..which % 90).fold(value, |inner, _| match keyword {
        "allOf" => json!({ "allOf": [inner] }),
        "properties" => json!({ "type": "object", "properties": { "p": inner } }),
        other => json!({ other: inner }),
    })
}

/// Puts one thing in a document out of order.
pub fn mutate(document: &mut Value, Mutation { kind, at, which }: Mutation) {
    let mut all = Vec::new();
    pointers(document, "", &mut all);
    let pointer = all[at as usize % all.len()].clone();
    let other = all[which as usize % all.len()].clone();
    let copy = document.pointer(&other).cloned().unwrap_or_default();
    let Some(node) = document.pointer_mut(&pointer) else { return };
    match kind {
        Kind::Replace => *node = odd(which),
        Kind::CopyOf => *node = copy,
        Kind::Reference => *node = json!({ "$ref": format!("#{other}") }),
        Kind::Bury => *node = buried(node.take(), which),
        Kind::Remove | Kind::Rename | Kind::Repeat => match node {
            Value::Object(map) => change_property(map, kind, which),
            Value::Array(items) => change_item(items, kind, which),
            _ => {}
        },
    }
}

fn change_property(map: &mut Map<String, Value>, kind: Kind, which: u32) {
    let Some(name) = map.keys().nth(which as usize % map.len().max(1)).cloned() else { return };
    let value = map.remove(&name).unwrap_or_default();
    let names = ["", "\u{0}", "type", "Self", "r#fn", "🚀", "a/b~c%25", "{x}", "default", "$ref", "client"];
    let odd = names[which as usize % names.len()].to_owned();
    match kind {
        Kind::Rename => drop(map.insert(odd, value)),
        Kind::Repeat => {
            map.insert(name.to_uppercase(), value.clone());
            map.insert(format!("{name}_"), value.clone());
            map.insert(name, value);
        }
        _ => {}
    }
}

fn change_item(items: &mut Vec<Value>, kind: Kind, which: u32) {
    if items.is_empty() {
        return;
    }
    let index = which as usize % items.len();
    match kind {
        Kind::Remove => drop(items.remove(index)),
        _ => items.extend(vec![items[index].clone(); 3]),
    }
}
