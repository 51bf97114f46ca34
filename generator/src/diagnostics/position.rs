//! Where nodes stand in a text: in goes the text, once, out come the bytes of any number of pointers.
//!
//! The typed document keeps no positions, so the text is walked again: YAML as events with spans, in `yaml`, JSON in `json`.

mod json;
mod yaml;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::pointer::Pointer;

/// The nodes of a text.
#[derive(Debug)]
pub struct Positions {
    root: Node,
}

/// A node: the bytes of its key (of itself, for an item of a list), and the nodes in it.
#[derive(Debug, Default)]
struct Node {
    bytes: Range<usize>,
    children: BTreeMap<String, Node>,
    /// Whether its children are items and not properties.
    is_list: bool,
    /// The properties that it has twice, and where those are that do not count.
    repeated: Vec<(String, Range<usize>)>,
}

impl Positions {
    /// Walks a text; what stands behind a mistake in it is not found. The file's name tells JSON from YAML.
    pub fn new(name: &str, text: &str) -> Self {
        let is_json = name.to_ascii_lowercase().ends_with(".json");
        Self { root: if is_json { json::walk(text) } else { yaml::walk(text) } }
    }

    /// The bytes of a node; where the last steps lead nowhere, those of the deepest node that exists.
    pub fn locate(&self, pointer: &Pointer) -> Range<usize> {
        let mut node = &self.root;
        for token in pointer.tokens() {
            match node.children.get(&token) {
                Some(child) => node = child,
                None => break,
            }
        }
        node.bytes.clone()
    }

    /// The nodes that begin in a range, in their order; if there are none, the last one that begins before it.
    pub fn nodes_in(&self, range: Range<usize>) -> Vec<Pointer> {
        let mut found = Vec::new();
        let mut before = (0, Pointer::root());
        self.root.each(&Pointer::root(), &mut |pointer, bytes| {
            if range.contains(&bytes.start) {
                found.push((bytes.start, pointer.clone()));
            } else if bytes.start < range.start && bytes.start >= before.0 {
                before = (bytes.start, pointer.clone());
            }
        });
        found.sort_by_key(|(start, _)| *start);
        if found.is_empty() { vec![before.1] } else { found.into_iter().map(|(_, pointer)| pointer).collect() }
    }

    /// The properties that an object has twice, and where they are before the last time, which counts.
    pub fn repeated(&self) -> Vec<(Pointer, Range<usize>)> {
        let mut found = Vec::new();
        self.root.each_repeated(&Pointer::root(), &mut found);
        found
    }

    /// The JSONPath (RFC 9535) of a node; `None` if there is none.
    pub fn json_path(&self, pointer: &Pointer) -> Option<String> {
        let (mut path, mut node) = ("$".to_owned(), &self.root);
        for token in pointer.tokens() {
            let child = node.children.get(&token)?;
            path.push_str(&match (node.is_list, is_shorthand(&token)) {
                (true, _) => format!("[{token}]"),
                (false, true) => format!(".{token}"),
                (false, false) => format!("['{}']", token.replace('\\', "\\\\").replace('\'', "\\'")),
            });
            node = child;
        }
        Some(path)
    }
}

impl Node {
    fn insert(&mut self, name: String, child: Self) {
        if let Some(before) = self.children.insert(name.clone(), child) {
            self.repeated.push((name, before.bytes));
        }
    }

    fn each_repeated(&self, pointer: &Pointer, found: &mut Vec<(Pointer, Range<usize>)>) {
        found.extend(self.repeated.iter().map(|(name, bytes)| (pointer.child(name), bytes.clone())));
        self.children.iter().for_each(|(token, child)| child.each_repeated(&pointer.child(token), found));
    }

    fn each(&self, pointer: &Pointer, visit: &mut impl FnMut(&Pointer, &Range<usize>)) {
        for (token, child) in &self.children {
            let pointer = pointer.child(token);
            visit(&pointer, &child.bytes);
            child.each(&pointer, visit);
        }
    }
}

/// Whether a name can stand in a JSONPath without quotes.
fn is_shorthand(name: &str) -> bool {
    name.chars().all(|letter| letter == '_' || letter.is_ascii_alphanumeric())
        && name.starts_with(|first: char| first == '_' || first.is_ascii_alphabetic())
}

/// Deeper than this nobody points.
const MAX_DEPTH: usize = 512;

/// The byte at a line and a column that count from one.
pub fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    let within = rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(byte, _)| byte);
    (start + within).min(text.len())
}

#[cfg(test)]
mod tests {
    use super::Positions;
    use crate::pointer::Pointer;

    #[track_caller]
    fn check(name: &str, text: &str, pointer: &str, expected: &str, line: usize) {
        let range = Positions::new(name, text).locate(&Pointer::parse(pointer).unwrap());
        assert_eq!(&text[range.clone()], expected);
        assert_eq!(text[..range.start].matches('\n').count() + 1, line);
    }

    #[test]
    fn keys_and_items_are_found_in_yaml() {
        let yaml = "é: 1\npaths:\n  /a/b:\n    get:\n      tags: [x, yy]\n      parameters:\n        - name: q\n";
        check("a.yaml", yaml, "#/paths/~1a~1b/get", "get", 4);
        check("a.yaml", yaml, "#/paths/~1a~1b/get/tags/1", "yy", 5);
        check("a.yaml", yaml, "#/paths/~1a~1b/get/parameters/0/name", "name", 7);
        check("a.yaml", yaml, "#/paths/~1a~1b/get/missing/deeper", "get", 4);
        check("a.yaml", "é:\n- ü: 1\n", "#/é/0", "ü", 2);
    }

    #[test]
    fn keys_are_found_in_json_however_it_is_written() {
        let json =
            "\u{feff}{\n  \"paths\": {\n    \"/a\": {\"get\": [1, {\"x\": 2}], \"\\ud83d\\ude80\\\"\" : true}\n  }\n}";
        for name in ["a.json", "a.JSON"] {
            check(name, json, "#/paths/~1a/get/1/x", "\"x\"", 3);
            check(name, json, "#/paths/~1a/get/0", "1", 3);
            check(name, json, "#/paths/~1a/🚀\"", "\"\\ud83d\\ude80\\\"\"", 3);
        }
        check("a.yaml", &json.replace("\\ud83d\\ude80", ""), "#/paths/~1a/get/1/x", "\"x\"", 3);
    }

    #[test]
    fn what_stands_before_a_mistake_is_found() {
        for json in ["{\"a\": {\"b\": 1, ]", "{\"a\": {\"b\": \"", "{\"a\": {\"b\": [[["] {
            check("a.json", json, "#/a/b/c", "\"b\"", 1);
        }
        let deep = "[".repeat(100_000);
        check("a.json", &deep, "#/0/0", "[", 1);
        assert_eq!(Positions::new("a.json", "").locate(&Pointer::root()), 0..0);
    }

    #[test]
    fn a_long_line_is_no_hindrance() {
        let many: String = (0..20_000).map(|number| format!("\"p{number}\":{{\"x\":[{number}]}},")).collect();
        let json = format!("{{{many}\"last\":0}}");
        check("a.json", &json, "#/p19999/x/0", "19999", 1);
        check("a.json", &json, "#/last", "\"last\"", 1);
    }
}
