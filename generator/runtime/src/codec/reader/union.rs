//! How a [`Reader`] finds the variant of a union, without comparing where the tag or the kind of the value is enough.

use super::{Kind, Reader, syntax};
use crate::codec::matching::Score;
use crate::codec::shape::{Held, Role, Shape, UnionShape, shape_of};
use crate::codec::{DecodeError, Tag};

/// Objects deeper than this are not scanned for their names, since each level would be scanned again.
const MAX_SCANNED: usize = 8;

impl Reader<'_> {
    /// Reads what a union stands for: `decode` reads the variant of an index, or an unknown value for an index beyond them.
    ///
    /// # Errors
    /// Returns an error if the chosen variant refuses the value.
    pub fn union<T>(
        &mut self,
        union: UnionShape,
        decode: fn(usize, &mut Self) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        let index = match self.pick(union)? {
            Pick::Certain(index) => index,
            Pick::Likely(index) => {
                let mut attempt = self.clone();
                attempt.claim_tag(union, index);
                let (value, is_clean) = self.session.is_clean(|| decode(index, &mut attempt));
                match value {
                    Ok(value) if is_clean => {
                        *self = attempt;
                        return Ok(value);
                    }
                    _ => self.choose(union)?,
                }
            }
            Pick::Unclear => self.choose(union)?,
        };
        self.claim_tag(union, index);
        decode(index, self)
    }

    /// Keeps the tag of a union from a variant whose type does not have it.
    fn claim_tag(&mut self, union: UnionShape, index: usize) {
        if union.variants.get(index).is_some_and(|variant| variant.holds != Held::Whole) {
            self.claimed.extend(union.tag);
        }
    }

    /// Picks a variant by the tag or by the kind of the value, where that is enough.
    fn pick(&mut self, union: UnionShape) -> Result<Pick, DecodeError> {
        let kind = self.kind()?;
        let received = match union.tag {
            Some(tag) if kind == Kind::Object => self.tag(tag)?,
            _ => None,
        };
        let tagged = received.as_ref().and_then(|received| Some((union.tagged(received)?, received)));
        if tagged.is_some_and(|(index, received)| union.variants[index].replaces(received).is_some()) {
            self.deviate();
        }
        match tagged.map(|(index, _)| index) {
            Some(index) if union.variants[index].constant.is_some() => return Ok(Pick::Unclear),
            Some(index) if union.is_decisive() => return Ok(Pick::Certain(index)),
            Some(index) if !self.is_tolerant => return Ok(Pick::Likely(index)),
            _ => {}
        }
        if received.is_some() || self.is_tolerant {
            return Ok(Pick::Unclear);
        }
        let mut possible = union.variants.iter().enumerate().filter(|(_, variant)| variant.kinds.contains(kind));
        Ok(match (possible.next(), possible.next()) {
            (Some((index, variant)), None) if variant.holds == Held::Whole && variant.constant.is_none() => {
                Pick::Likely(index)
            }
            (Some(_), Some(_)) if kind == Kind::Object && self.depth < MAX_SCANNED => self.pick_by_names(union)?,
            _ => Pick::Unclear,
        })
    }

    /// Picks the only variant of which the object that comes next has all required properties. Without them, a value matches
    /// no variant.
    fn pick_by_names(&mut self, union: UnionShape) -> Result<Pick, DecodeError> {
        let names = self.names()?;
        let mut complete = None;
        for (index, variant) in union.variants.iter().enumerate() {
            if !variant.kinds.contains(Kind::Object) {
                continue;
            }
            let Shape::Object(object) = shape_of(variant.shape) else { return Ok(Pick::Unclear) };
            if variant.holds != Held::Whole || !object.flattened.is_empty() {
                return Ok(Pick::Unclear);
            }
            let mut required = object.properties.iter().filter(|property| property.role == Role::Required);
            if required.all(|property| names.iter().any(|name| name == property.name))
                && complete.replace(index).is_some()
            {
                return Ok(Pick::Unclear);
            }
        }
        Ok(complete.map_or(Pick::Unclear, Pick::Likely))
    }

    /// The names of the properties of the object that comes next.
    fn names(&self) -> Result<Vec<String>, DecodeError> {
        let mut ahead = self.clone();
        let mut names = Vec::new();
        let mut key = ahead.jiter.next_object().map_err(syntax)?;
        while let Some(name) = key {
            names.push(name.to_owned());
            ahead.jiter.next_skip().map_err(syntax)?;
            key = ahead.jiter.next_key().map_err(syntax)?;
        }
        Ok(names)
    }

    /// Chooses the variant of a union by comparing the value with each; an index beyond them stands for none.
    fn choose(&mut self, union: UnionShape) -> Result<usize, DecodeError> {
        let start = self.start()?;
        let chosen = self.session.choose(start, union, &self.claimed)?;
        let usable = |score: &Score| if self.is_tolerant { score.is_accepted() } else { score.is_exact() };
        match chosen {
            Some((index, score)) if usable(&score) => {
                if !score.is_match() {
                    self.deviate();
                }
                Ok(index)
            }
            _ => {
                self.deviate();
                Ok(usize::MAX)
            }
        }
    }

    /// The string, number or boolean that comes next, without reading it.
    pub(super) fn literal(&self) -> Result<Option<Tag>, DecodeError> {
        let mut ahead = self.clone();
        let kind = ahead.kind()?;
        let text = match kind {
            Kind::String => ahead.string()?.to_owned(),
            Kind::Number | Kind::Boolean => String::from_utf8_lossy(ahead.raw()?).into_owned(),
            Kind::Null | Kind::Array | Kind::Object => return Ok(None),
        };
        Ok(Some(Tag { text, kind }))
    }

    /// What the object that comes next has for `name`; `None` if it has nothing or null.
    ///
    /// # Errors
    /// Returns an error if the text is not JSON here.
    pub(crate) fn tag(&self, name: &str) -> Result<Option<Tag>, DecodeError> {
        let mut ahead = self.clone();
        let mut key = ahead.jiter.next_object().map_err(syntax)?;
        while let Some(found) = key {
            let is_tag = found == name;
            match ahead.kind()? {
                // Passing over values within values again and again would take too long.
                Kind::Array | Kind::Object => {
                    let start = self.clone().start()?;
                    return self.session.tag(start, name);
                }
                Kind::Null => ahead.jiter.next_skip().map_err(syntax)?,
                kind @ Kind::String if is_tag => {
                    return ahead.string().map(|text| Some(Tag { text: text.to_owned(), kind }));
                }
                _ if is_tag => return ahead.literal(),
                _ => ahead.jiter.next_skip().map_err(syntax)?,
            }
            key = ahead.jiter.next_key().map_err(syntax)?;
        }
        Ok(None)
    }
}

/// How a variant of a union was picked.
enum Pick {
    /// The tag decides.
    Certain(usize),
    /// No other variant has its tag, or values of this kind.
    Likely(usize),
    /// The value has to be compared with the variants.
    Unclear,
}
