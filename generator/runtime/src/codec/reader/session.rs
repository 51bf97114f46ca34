//! [`Session`]: what all readers of one text share: whether anything deviates, and how its values compare with types.

use std::cell::{Cell, RefCell};

use crate::codec::matching::{Matcher, Score};
use crate::codec::shape::{ObjectShape, PropertyShape, UnionShape};
use crate::codec::{Additional, DecodeError, Property, Slot, Tag};

/// What all readers of one text share.
#[derive(Debug)]
pub(super) struct Session<'j> {
    text: &'j [u8],
    deviates: Cell<bool>,
    /// Whether a property was passed over that no type keeps.
    loses: Cell<bool>,
    /// Made when a value is first compared.
    matcher: RefCell<Option<Matcher<'j>>>,
    describing: Option<RefCell<Option<ObjectShape>>>,
}

impl<'j> Session<'j> {
    pub(super) fn new(text: &'j [u8]) -> Self {
        Self {
            text,
            deviates: Cell::new(false),
            loses: Cell::new(false),
            matcher: RefCell::new(None),
            describing: None,
        }
    }

    /// Reads no text, but the table of a type.
    pub(super) fn describing() -> Self {
        Self { describing: Some(RefCell::new(None)), ..Self::new(b"") }
    }

    pub(super) fn is_describing(&self) -> bool {
        self.describing.is_some()
    }

    pub(super) fn describe(
        &self,
        properties: &[Property<'_>],
        flattened: &[&mut dyn Slot],
        rest: Option<&mut dyn Additional>,
    ) {
        let properties = properties.iter().map(|property| PropertyShape {
            name: property.name,
            role: property.role,
            constant: property.slot.constant(),
            shape: property.slot.shape(),
        });
        let shape = ObjectShape {
            properties: properties.collect(),
            flattened: flattened.iter().map(|slot| slot.shape()).collect(),
            additional: rest.map(|rest| rest.shape()),
        };
        if let Some(describing) = &self.describing {
            describing.replace(Some(shape));
        }
    }

    pub(super) fn description(&self) -> Option<ObjectShape> {
        self.describing.as_ref().and_then(RefCell::take)
    }

    pub(super) fn text(&self) -> &'j [u8] {
        self.text
    }

    pub(super) fn deviate(&self) {
        self.deviates.set(true);
    }

    pub(super) fn lose(&self) {
        self.loses.set(true);
    }

    /// Runs `attempt`, and says whether it was exactly as documented and kept everything.
    pub(super) fn is_clean<R>(&self, attempt: impl FnOnce() -> R) -> (R, bool) {
        let before = (self.deviates.take(), self.loses.take());
        let result = attempt();
        let is_clean = !self.deviates.get() && !self.loses.get();
        self.deviates.set(before.0);
        self.loses.set(before.1);
        (result, is_clean)
    }

    pub(super) fn deviates(&self) -> bool {
        self.deviates.get()
    }

    pub(super) fn with_matcher<R>(&self, compare: impl FnOnce(&mut Matcher<'j>) -> R) -> Result<R, DecodeError> {
        let mut matcher = self.matcher.borrow_mut();
        let matcher = match &mut *matcher {
            Some(matcher) => matcher,
            none => none.insert(Matcher::new(self.text)?),
        };
        Ok(compare(matcher))
    }

    /// The variant that stands for the value at an offset, and how well it matches.
    pub(super) fn choose(
        &self,
        start: usize,
        union: UnionShape,
        claimed: &[&'static str],
    ) -> Result<Option<(usize, Score)>, DecodeError> {
        self.with_matcher(|matcher| {
            let node = matcher.outline().at(start)?;
            matcher.choose(node, union, claimed)
        })
    }

    /// The tag of the object at an offset.
    pub(super) fn tag(&self, start: usize, name: &str) -> Result<Option<Tag>, DecodeError> {
        self.with_matcher(|matcher| matcher.tag(matcher.outline().at(start)?, name))
    }
}
