//! How a [`Reader`] reads an object into the slots of its properties.

use super::{Kind, Reader, syntax};
use crate::codec::matching::may_be_supplied;
use crate::codec::shape::{Role, ShapeRef};
use crate::codec::{Additional, Decode, DecodeError, Literal, Property, Slot};

impl Reader<'_> {
    /// Reads an object: the value of a named property fills its slot, those of other properties go to `rest`, or nowhere. The
    /// types in `flattened` read the same object again, without the named properties.
    ///
    /// # Errors
    /// Returns an error if something else comes next, or a value is refused.
    pub fn object(
        &mut self,
        properties: &mut [Property<'_>],
        flattened: &mut [&mut dyn Slot],
        mut rest: Option<&mut dyn Additional>,
    ) -> Result<(), DecodeError> {
        if self.session.is_describing() {
            self.session.describe(properties, flattened, rest);
            return Err(self.error("expected an object"));
        }
        if self.is_tolerant && self.is_empty_array()? {
            self.raw()?;
            self.value = self.jiter.current_index();
            self.supply(properties);
            return Ok(());
        }
        let before = (!flattened.is_empty()).then(|| self.clone());
        self.expect(Kind::Object, "an object")?;
        let start = self.jiter.current_index();
        self.descend()?;
        let claimed = std::mem::take(&mut self.claimed);
        // Servers mostly write properties in the order of the document, so the search starts behind the last hit.
        let mut expected = 0;
        let mut key = self.jiter.known_object().map_err(syntax)?;
        while let Some(name) = key {
            if let Some(at) = find(properties, expected, name) {
                expected = at + 1;
                let property = &mut properties[at];
                self.fill(property).map_err(|error| error.in_key(property.name))?;
            } else {
                match rest.as_mut().filter(|_| !claimed.contains(&name)) {
                    Some(rest) => {
                        let name = name.to_owned();
                        rest.add(&name, self).map_err(|error| error.in_key(&name))?;
                    }
                    None => {
                        if !claimed.contains(&name) {
                            self.session.lose();
                        }
                        self.jiter.next_skip().map_err(syntax)?;
                    }
                }
            }
            key = self.jiter.next_key().map_err(syntax)?;
        }
        self.depth -= 1;
        if let Some(mut before) = before {
            before.claimed.extend(properties.iter().map(|property| property.name));
            flattened.iter_mut().try_for_each(|slot| slot.fill(&mut before.clone()))?;
        }
        self.value = start;
        self.supply(properties);
        Ok(())
    }

    /// Reads the value of a property.
    #[inline]
    fn fill(&mut self, property: &mut Property<'_>) -> Result<(), DecodeError> {
        match property.role {
            Role::Optional if self.is_null() => {
                self.deviate();
                property.slot.fill(self)
            }
            Role::Optional | Role::OptionalNullable if self.is_tolerant && self.is_absent(property.slot.shape())? => {
                self.raw().map(drop)
            }
            _ => property.slot.fill(self),
        }
    }

    /// Notes if another value than this comes next.
    pub(crate) fn compare(&mut self, constant: Literal) -> Result<(), DecodeError> {
        if self.literal()?.is_none_or(|found| found.kind != constant.kind || found.text != constant.text) {
            self.deviate();
        }
        Ok(())
    }

    /// Gives the properties a value that are missing, where one goes without saying.
    fn supply(&self, properties: &mut [Property<'_>]) {
        for property in properties {
            match property.role {
                Role::Nullable | Role::Constant if property.slot.is_empty() => self.deviate(),
                Role::Required
                    if self.is_tolerant && property.slot.is_empty() && may_be_supplied(property.slot.shape()) =>
                {
                    // An empty list or map, which is what null is read as.
                    let _ = property.slot.fill(&mut Reader::new(b"null").tolerant());
                }
                _ => {}
            }
        }
    }

    /// Whether an empty string comes next, in place of no value.
    fn is_absent(&mut self, shape: ShapeRef) -> Result<bool, DecodeError> {
        if self.kind()? != Kind::String || !self.clone().string()?.is_empty() {
            return Ok(false);
        }
        let start = self.start()?;
        self.session
            .with_matcher(|matcher| matcher.outline().at(start).is_some_and(|node| matcher.is_absent(node, shape)))
    }

    fn is_empty_array(&mut self) -> Result<bool, DecodeError> {
        Ok(self.kind()? == Kind::Array && self.clone().jiter.known_array().map_err(syntax)?.is_none())
    }

    /// Reads an object of which only the value of `name` is wanted.
    ///
    /// # Errors
    /// Returns an error if something else comes next, the property is missing, or its value is refused.
    pub fn content<T: Decode>(&mut self, name: &'static str) -> Result<T, DecodeError> {
        let mut value: Option<T> = None;
        let property = Property { name, role: Role::Required, slot: &mut value };
        self.object(&mut [property], &mut [], None)?;
        value.ok_or_else(|| self.missing(name))
    }

    /// The error of a required property that the object which was read last does not have.
    pub fn missing(&self, name: &str) -> DecodeError {
        self.invalid(format!("property `{name}` is missing"))
    }
}

fn find(properties: &[Property<'_>], expected: usize, name: &str) -> Option<usize> {
    let (before, behind) = properties.split_at(expected.min(properties.len()));
    let ahead = behind.iter().position(|property| property.name == name).map(|at| at + before.len());
    ahead.or_else(|| before.iter().position(|property| property.name == name))
}
