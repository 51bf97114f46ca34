//! The bodies of forms read backwards: in go their texts and parts, out comes a [`Node`] of the object that they were.

use bytes::Bytes;

use super::parts::{self, Part};
use super::style::{self, Knows};
use super::value::Node;
use crate::charset::Charset;
use crate::file::File;
use crate::multipart::{PartEncoding, media_type_of};
use crate::parameter::style::Form;
use crate::parameter::{Parameter, Place, Style};
use crate::response::is_json;

/// The object that became a form.
pub(super) fn form(text: &str, encoding: &[PartEncoding], knows: Knows<'_>) -> Result<Node, String> {
    let mut pairs = style::pairs(text, '&');
    let mut properties = Vec::new();
    for one in encoding {
        let Some((style, explode)) = one.styled() else { continue };
        let (name, location, allow_reserved) = (one.name(), Place::Query, one.allows_reserved());
        let form = Form { name, location, style, explode, allow_reserved };
        // The properties of an object whose name is left out are those that nobody else knows.
        let has_name = pairs.iter().any(|(other, _)| other == name);
        let is_inner = |other: &str| !has_name && !knows(other) && !other.contains('[');
        let is_own = |other: &str| match style {
            Style::DeepObject => other == name || other.starts_with(&format!("{name}[")),
            _ => other == name || explode && is_inner(other),
        };
        let (own, rest) = pairs.into_iter().partition::<Vec<_>, _>(|(other, _)| is_own(other));
        pairs = rest;
        if let Some(node) = style::of_pairs(&form, &own, &is_inner)? {
            properties.push((name.to_owned(), node));
        }
    }
    let is_json = |name: &str| encoding.iter().any(|one| one.name() == name && one.is_json());
    let rest = pairs.into_iter().map(|(name, value)| {
        let text = style::decoded(value);
        let node = if is_json(&name) { Node::json(text.as_bytes()) } else { Ok(Node::text_or_json(&text)) };
        Ok((name, node?))
    });
    let rest = rest.collect::<Result<Vec<_>, &'static str>>()?;
    properties.extend(style::form(rest.into_iter())?);
    object(properties, knows)
}

/// The object that became parts.
pub(super) fn multipart(
    media_type: &str,
    body: &Bytes,
    encoding: &[PartEncoding],
    knows: Knows<'_>,
) -> Result<Node, String> {
    let (mut plain, mut deep) = (Vec::new(), Vec::new());
    for part in parts::read(media_type, body)? {
        let encoding_of = |name: &str| encoding.iter().find(|encoding| encoding.name() == name);
        let outer = part.name.split('[').next().unwrap_or_default();
        let is_deep = |encoding: &PartEncoding| matches!(encoding.styled(), Some((Style::DeepObject, _)));
        let is_deep = encoding_of(outer).is_some_and(is_deep);
        let node = node(&part, encoding_of(&part.name))
            .map_err(|problem| format!("has a part `{}` that {problem}", part.name))?;
        if is_deep { &mut deep } else { &mut plain }.push((part.name, node));
    }
    let mut properties = style::form(deep.into_iter())?;
    let is_exploded = |one: &&PartEncoding| one.styled() == Some((Style::Form, true));
    if let Some(exploded) = encoding.iter().find(is_exploded).map(PartEncoding::name)
        && knows(exploded)
    {
        // The properties of an object whose name is left out are those that nobody else knows.
        let (own, inner) = plain.into_iter().partition::<Vec<_>, _>(|(name, _)| knows(name));
        plain = own;
        if !inner.is_empty() {
            properties.push((exploded.to_owned(), Node::object(grouped(inner))));
        }
    }
    properties.extend(grouped(plain));
    object(properties, knows)
}

/// The values of a header of the parts that a property became: one for all of them, or a list with one for each.
pub(super) fn part_header(
    media_type: &str,
    body: &Bytes,
    property: &str,
    parameter: &Parameter,
    each: bool,
) -> Result<Option<Node>, &'static str> {
    let form = Form { location: Place::Header, ..parameter.form() };
    let parts = parts::read(media_type, body)?;
    let values = parts.iter().filter(|part| part.name == property).filter_map(|part| part.header(parameter.name()));
    let nodes = values.map(|value| match parameter.is_json() {
        true => Node::json(value.as_bytes()),
        false => style::of_text(&form, value, &|_| false),
    });
    let mut nodes = nodes.collect::<Result<Vec<_>, _>>()?;
    match (nodes.is_empty(), each) {
        (true, _) => Ok(None),
        (false, true) => Ok(Some(Node::list(nodes))),
        (false, false) => Ok(Some(nodes.remove(0))),
    }
}

/// A file; what its name and its media type are if nothing is said is not told.
pub(super) fn file(bytes: Bytes, name: Option<&str>, media_type: Option<&str>, documented: Option<&str>) -> File {
    let mut file = File::new(bytes);
    if let Some(media_type) = media_type
        && media_type != media_type_of(&file, documented)
    {
        file = file.media_type(media_type);
    }
    match name.filter(|name| *name != "file") {
        Some(name) => file.name(name),
        None => file,
    }
}

/// A part as the value that it was.
fn node(part: &Part, encoding: Option<&PartEncoding>) -> Result<Node, &'static str> {
    let media_type = part.media_type.as_deref();
    if let Some(name) = &part.file_name {
        let documented = encoding.and_then(PartEncoding::single_media_type);
        return Ok(Node::file(file(part.content.clone(), Some(name), media_type, documented)));
    }
    let charset = Charset::of(media_type.unwrap_or_default()).ok_or("is in an unknown charset")?;
    let text = charset.decode(&part.content).ok_or("is not in its charset")?;
    if media_type.is_some_and(is_json) {
        return Node::json(text.as_bytes());
    }
    match encoding.and_then(PartEncoding::styled) {
        Some((style, false)) if style != Style::DeepObject => {
            let delimiter = match style {
                Style::SpaceDelimited => " ",
                Style::PipeDelimited => "|",
                _ => ",",
            };
            // A part is no URL, so what it holds is encoded no more than a header is.
            let form = Form { name: "", location: Place::Header, style, explode: false, allow_reserved: false };
            Ok(style::joined(&form, &text, delimiter))
        }
        _ => Ok(Node::text(&text)),
    }
}

/// Parts of one name are the items of a list.
fn grouped(parts: Vec<(String, Node)>) -> Vec<(String, Node)> {
    let mut groups: Vec<(String, Vec<Node>)> = Vec::new();
    for (name, node) in parts {
        match groups.iter_mut().find(|(known, _)| *known == name) {
            Some((_, nodes)) => nodes.push(node),
            None => groups.push((name, vec![node])),
        }
    }
    let joined = groups.into_iter().map(|(name, mut nodes)| match nodes.len() {
        1 => (name, nodes.remove(0).or_list_of_it()),
        _ => (name, Node::list(nodes)),
    });
    joined.collect()
}

/// An object; a property that its type does not know would be lost.
fn object(properties: Vec<(String, Node)>, knows: Knows<'_>) -> Result<Node, String> {
    match properties.iter().find(|(name, _)| !knows(name)) {
        Some((name, _)) => Err(format!("has a property `{name}`, which its type does not have")),
        None => Ok(Node::object(properties)),
    }
}

#[cfg(test)]
mod tests;
