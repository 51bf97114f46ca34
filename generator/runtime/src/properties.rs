//! The properties of an object by their places in its JSON text, which the bodies of forms are written from.

use std::ops::Range;

use crate::codec::{Additional, DecodeError, Kind, Reader};

/// A property.
pub(crate) struct Property {
    pub(crate) name: String,
    /// Its value.
    pub(crate) value: Range<usize>,
    /// The items of a list.
    pub(crate) items: Option<Vec<Range<usize>>>,
}

/// The properties of an object.
pub(crate) fn properties(json: &[u8]) -> Result<Vec<Property>, DecodeError> {
    let mut properties = Properties::default();
    Reader::new(json).object(&mut [], &mut [], Some(&mut properties))?;
    Ok(properties.0)
}

#[derive(Default)]
struct Properties(Vec<Property>);

impl Additional for Properties {
    fn add(&mut self, name: &str, input: &mut Reader<'_>) -> Result<(), DecodeError> {
        let start = input.start()?;
        let items = if input.kind()? == Kind::Array {
            let mut items = Vec::new();
            input.array(|input| {
                let start = input.start()?;
                input.raw()?;
                items.push(start..input.end());
                Ok(())
            })?;
            Some(items)
        } else {
            input.raw()?;
            None
        };
        self.0.push(Property { name: name.to_owned(), value: start..input.end(), items });
        Ok(())
    }

    fn forget(&mut self, names: &[String]) {
        self.0.retain(|property| !names.contains(&property.name));
    }
}
