//! The headers of parts that the document describes (`encoding.*.headers`): those with a value that never differs, and those
//! that the caller gives.

use http::{HeaderName, HeaderValue};

use super::PartEncoding;
use super::part::invalid;
use crate::error::Fault;
use crate::properties::Property;

/// A header that the caller gives for the parts of a property.
#[derive(Clone, Debug)]
pub(crate) struct PartHeader {
    pub(crate) property: &'static str,
    pub(crate) name: &'static str,
    /// The one value of all parts, or a value for each of them.
    pub(crate) values: Vec<String>,
    pub(crate) each: bool,
}

/// Returns an error if a header is of a part that the body does not have.
pub(super) fn check_properties(headers: &[PartHeader], properties: &[Property]) -> Result<(), Fault> {
    let is_lost = |header: &&PartHeader| !properties.iter().any(|property| property.name == header.property);
    match headers.iter().find(is_lost) {
        Some(header) => Err(invalid(header.name, "is a header of a part that the body does not have")),
        None => Ok(()),
    }
}

/// The headers of the parts that one property becomes.
#[derive(Default)]
pub(super) struct Headers<'h> {
    fixed: &'static [(&'static str, &'static str)],
    given: Vec<&'h PartHeader>,
    /// How many parts there are so far.
    parts: usize,
}

impl<'h> Headers<'h> {
    /// Those of a property; all that are required must be given.
    pub(super) fn new(property: &Property, encoding: &PartEncoding, headers: &'h [PartHeader]) -> Result<Self, Fault> {
        let given: Vec<&PartHeader> = headers.iter().filter(|header| header.property == property.name).collect();
        let is_missing = |name: &&&str| !given.iter().any(|header| header.name == **name);
        match encoding.required.iter().find(is_missing) {
            Some(name) => Err(invalid(name, "is a header that is required for a part of the body")),
            None => Ok(Self { fixed: encoding.headers, given, parts: 0 }),
        }
    }

    /// The lines of the next part.
    pub(super) fn next(&mut self) -> Result<String, Fault> {
        let part = self.parts;
        self.parts += 1;
        let mut lines = String::new();
        for (name, value) in self.fixed {
            push(&mut lines, name, value)?;
        }
        for header in &self.given {
            let value = header.values.get(if header.each { part } else { 0 });
            push(&mut lines, header.name, value.ok_or_else(|| not_one_each(header))?)?;
        }
        Ok(lines)
    }

    /// Returns an error if there are more values than parts.
    pub(super) fn finish(&self) -> Result<(), Fault> {
        let left = self.given.iter().find(|header| header.each && header.values.len() != self.parts);
        left.map_or(Ok(()), |header| Err(not_one_each(header)))
    }
}

fn not_one_each(header: &PartHeader) -> Fault {
    invalid(header.name, "does not have one value for each part")
}

fn push(lines: &mut String, name: &str, value: &str) -> Result<(), Fault> {
    HeaderName::from_bytes(name.as_bytes()).map_err(|_| invalid(name, "is not a valid header name"))?;
    // This is what keeps a line break in a value from adding headers.
    HeaderValue::from_str(value).map_err(|_| invalid(name, "holds a character that no header can carry"))?;
    lines.push_str(&format!("\r\n{name}: {value}"));
    Ok(())
}
