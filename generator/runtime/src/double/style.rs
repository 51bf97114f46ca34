//! The style table read backwards: in go the texts of a request and what the document says of a parameter, out comes a
//! [`Node`] with every reading.
//!
//! What separates, separates, as it does for a server: where a style does not encode its delimiter, nobody can tell the
//! list `a,b` from the list of `a` and `b`, and the second is what is read.

use std::collections::BTreeMap;

use super::value::Node;
use crate::parameter::style::Form;
use crate::parameter::{Place, Style};

type Read<T> = Result<T, &'static str>;

const TWICE: &str = "comes more than once";

/// Tells the properties of an object.
pub(super) type Knows<'a> = &'a dyn Fn(&str) -> bool;

/// A name and what follows its equals sign, as they arrived.
pub(super) type Pair<'a> = (String, &'a str);

/// The pairs of a query or a form, by `&`, or of cookies, by `;`.
pub(super) fn pairs(text: &str, separator: char) -> Vec<Pair<'_>> {
    let parts = text.split(separator).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| part.split_once('=').unwrap_or((part, ""))).map(|(name, value)| (decoded(name), value)).collect()
}

/// A text without percent-encoding.
pub(super) fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The value of a path or a header; `knows` is asked as in [`of_pairs`].
pub(super) fn of_text(form: &Form<'_>, text: &str, knows: Knows<'_>) -> Read<Node> {
    match form.style {
        Style::Simple => Ok(joined(form, text, ",")),
        Style::Label => {
            let text = text.strip_prefix('.').ok_or("does not begin with a dot, as style label does")?;
            Ok(joined(form, text, if form.explode { "." } else { "," }))
        }
        Style::Matrix => {
            let text = text.strip_prefix(';').ok_or("does not begin with a semicolon, as style matrix does")?;
            let node = of_pairs(form, &pairs(text, ';'), knows)?;
            node.ok_or("does not name the parameter, as style matrix does")
        }
        Style::Form | Style::SpaceDelimited | Style::PipeDelimited | Style::DeepObject => {
            Err("is of a style that only queries have")
        }
    }
}

/// The value among the pairs of a query or of cookies; `knows` tells the properties of an object whose name is left out.
pub(super) fn of_pairs(form: &Form<'_>, pairs: &[Pair<'_>], knows: Knows<'_>) -> Read<Option<Node>> {
    match form.style {
        Style::DeepObject => deep(form.name, pairs),
        _ if form.explode => exploded(form, pairs, knows),
        _ => single(form, pairs),
    }
}

/// What stands in one text, be it one value, a list or an object.
pub(super) fn joined(form: &Form<'_>, text: &str, separator: &str) -> Node {
    let read = |text: &str| if form.location == Place::Header { text.to_owned() } else { decoded(text) };
    let parts: Vec<&str> = text.split(separator).collect();
    let mut nodes = Vec::new();
    // A comma within a value is encoded, but for headers and by the document's leave; dots never are.
    if parts.len() == 1 || form.location == Place::Header || form.allow_reserved || separator == "." {
        nodes.push(Node::text(&read(text)));
    }
    nodes.push(Node::list(parts.iter().map(|part| Node::text(&read(part))).collect()));
    let properties: Option<Vec<(&str, &str)>> = match form.explode {
        true if is_joined(form.style) => parts.iter().map(|part| part.split_once('=')).collect(),
        _ if parts.len().is_multiple_of(2) => Some(parts.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()),
        _ => None,
    };
    let object = |properties: Vec<(&str, &str)>| {
        properties.into_iter().map(|(name, value)| (read(name), Node::text(&read(value)))).collect()
    };
    nodes.extend(properties.map(|properties| Node::object(object(properties))));
    Node::either(nodes)
}

/// The styles that leave the parameter's name out.
fn is_joined(style: Style) -> bool {
    matches!(style, Style::Simple | Style::Label)
}

/// A value behind its name.
fn single(form: &Form<'_>, pairs: &[Pair<'_>]) -> Read<Option<Node>> {
    let mut values = pairs.iter().filter(|(name, _)| name == form.name).map(|(_, value)| *value);
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(TWICE);
    }
    let node = match form.style {
        Style::SpaceDelimited => delimited(value, &["%20"]),
        Style::PipeDelimited => delimited(value, &["%7C", "%7c", "|"]),
        _ => joined(form, value, ","),
    };
    Ok(Some(node))
}

/// A value whose delimiters are encoded like any other character.
fn delimited(value: &str, marks: &[&str]) -> Node {
    let text = marks.iter().fold(value.to_owned(), |text, mark| text.replace(mark, "\n"));
    let parts: Vec<String> = text.split('\n').map(decoded).collect();
    let mut nodes = vec![Node::text(&decoded(value)), Node::list(parts.iter().map(|part| Node::text(part)).collect())];
    if parts.len().is_multiple_of(2) {
        let pairs = parts.chunks_exact(2).map(|pair| (pair[0].clone(), Node::text(&pair[1])));
        nodes.push(Node::object(pairs.collect()));
    }
    Node::either(nodes)
}

/// A pair for every item, or for every property.
fn exploded(form: &Form<'_>, pairs: &[Pair<'_>], knows: Knows<'_>) -> Read<Option<Node>> {
    let own: Vec<Node> =
        pairs.iter().filter(|(name, _)| name == form.name).map(|(_, value)| Node::text(&decoded(value))).collect();
    let mut nodes = Vec::new();
    match <[Node; 1]>::try_from(own) {
        Ok([node]) => nodes.push(node.or_list_of_it()),
        Err(items) if !items.is_empty() => nodes.push(Node::list(items)),
        Err(_) => {}
    }
    // A list within the object repeats the name of its property.
    let mut properties: Vec<(String, Vec<Node>)> = Vec::new();
    for (name, value) in pairs.iter().filter(|(name, _)| knows(name)) {
        let node = Node::text(&decoded(value));
        match properties.iter_mut().find(|(known, _)| known == name) {
            Some((_, nodes)) => nodes.push(node),
            None => properties.push((name.clone(), vec![node])),
        }
    }
    if !properties.is_empty() {
        let property = |(name, mut nodes): (String, Vec<Node>)| match nodes.len() {
            1 => (name, nodes.remove(0).or_list_of_it()),
            _ => (name, Node::list(nodes)),
        };
        nodes.push(Node::object(properties.into_iter().map(property).collect()));
    }
    Ok((!nodes.is_empty()).then(|| Node::either(nodes)))
}

/// Pairs that name the way to each value, `name[property][0]`.
fn deep(name: &str, pairs: &[Pair<'_>]) -> Read<Option<Node>> {
    let own = pairs.iter().filter_map(|(found, value)| {
        let mut way = way(found);
        (way.remove(0) == name).then(|| (way, Node::text(&decoded(value))))
    });
    let mut branch = Branch::default();
    own.for_each(|(way, node)| branch.add(&way, node));
    if branch.is_empty() { Ok(None) } else { branch.node().map(Some) }
}

/// The properties of a form, each with its value; the pairs may come in any order.
pub(super) fn form(pairs: impl Iterator<Item = (String, Node)>) -> Read<Vec<(String, Node)>> {
    let mut branch = Branch::default();
    pairs.for_each(|(name, node)| branch.add(&way(&name), node));
    branch.properties.into_iter().map(|(name, branch)| Ok((name, branch.node()?))).collect()
}

/// The steps of `name[property][0]`.
fn way(name: &str) -> Vec<String> {
    let whole = || vec![name.to_owned()];
    let Some((first, rest)) = name.split_once('[') else { return whole() };
    let Some(rest) = rest.strip_suffix(']') else { return whole() };
    [first].into_iter().chain(rest.split("][")).map(str::to_owned).collect()
}

/// Values by the way to them.
#[derive(Default)]
struct Branch {
    values: Vec<Node>,
    properties: BTreeMap<String, Branch>,
}

impl Branch {
    fn add(&mut self, way: &[String], node: Node) {
        match way {
            [] => self.values.push(node),
            [first, rest @ ..] => self.properties.entry(first.clone()).or_default().add(rest, node),
        }
    }

    fn is_empty(&self) -> bool {
        self.values.is_empty() && self.properties.is_empty()
    }

    fn node(mut self) -> Read<Node> {
        match (self.values.len(), self.properties.is_empty()) {
            (0, _) => self.inner(),
            (1, true) => Ok(self.values.remove(0).or_list_of_it()),
            (_, true) => Ok(Node::list(self.values)),
            (_, false) => Err("is one value, and an object beside"),
        }
    }

    /// Properties that are numbered are the items of a list, unless an object is wanted.
    fn inner(self) -> Read<Node> {
        let count = self.properties.len();
        let nodes = self.properties.into_iter().map(|(name, branch)| Ok((name, branch.node()?)));
        let mut nodes = nodes.collect::<Read<Vec<_>>>()?;
        let object = Node::object(nodes.clone());
        let number = |name: &String| name.parse().unwrap_or(usize::MAX);
        nodes.sort_by_key(|(name, _)| number(name));
        if nodes.iter().map(|(name, _)| number(name)).eq(0..count) {
            let list = Node::list(nodes.into_iter().map(|(_, node)| node).collect());
            return Ok(Node::either(vec![list, object]));
        }
        Ok(object)
    }
}

#[cfg(test)]
mod tests;
