//! [`Matcher`]: compares a value with a [`Shape`] without decoding it. These are the rules for choosing a variant of a union,
//! and for what is accepted although it is not what the document says.
//!
//! # What is accepted
//!
//! A value that is not what the document says is accepted where its meaning is certain:
//!
//! | expected | accepted |
//! |---|---|
//! | a number, an integer | a string of its digits |
//! | a string | a number, as its digits |
//! | a boolean | `"true"`, `"false"`, `0`, `1` |
//! | an array | null, or a single value that could be an item |
//! | an object | `[]`; null where any property may be missing and none is named |
//! | an optional property that is not a string | `""`, as if it were missing |
//! | an optional property that cannot be null | null, as if it were missing |
//! | a required property that is an array or a map | missing, as an empty one |
//! | a required property that may be null | missing, as null |
//! | a listed value | any other value of the kind, preserved as received |
//! | an alternative of a union | any other value, preserved as received |
//!
//! Only tolerant decoding accepts the first seven rows, which convert the value. Exact decoding also accepts the others.
//!
//! # Which variant of a union is chosen
//!
//! 1. If the union has a discriminator, or each of its variants has another constant, and the value has the tag, the variant
//!    with that tag is chosen, even if only another one matches. A tag of no variant is preserved as `Unknown`, unless the
//!    union has variants without a tag.
//! 2. Otherwise, of the variants that match, the one is chosen that loses the least when it is written again, then the one
//!    that says the most about the value: a listed string before any string, an integer before a number (but a number for
//!    `2.0`), more named properties before fewer, a named property before free-form JSON. The first of equals wins.
//!    But where it would lose a property that another variant that matches has a name for, or where a variant that does not
//!    match has names for all properties, the value is preserved as `Unknown`. As the value is what the document says, this
//!    is not a deviation.
//! 3. If none matches, but the value of exactly one would be accepted as above, that one is chosen. Those whose constants the
//!    value contradicts count only if there is no other.
//! 4. Otherwise the value is preserved as `Unknown`.

mod finding;
mod score;

use std::collections::HashMap;

use self::finding::{Finding, Part, Scope};
pub(crate) use self::finding::{Issue, Weight, may_be_supplied};
pub(crate) use self::score::Score;
use self::score::{Choice, Chosen};
use super::outline::{NodeId, Outline};
use super::shape::{Held, Shape, ShapeRef, UnionShape, VariantShape, shape_of};
use super::{Decode, DecodeError, Kind, Literal, Tag};
use crate::JsonValue;

/// What stands for the value of a union.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum StandIn {
    /// The variant at this index.
    Variant(usize),
    /// `Unknown`, which keeps the whole value.
    Unknown {
        /// Whether the value is as documented all the same.
        is_match: bool,
    },
}

/// Compares the values of one text with shapes.
///
/// Each value is compared with each shape once, so that the work is linear in the size of the text for given types.
#[derive(Debug)]
pub(crate) struct Matcher<'j> {
    outline: Outline<'j>,
    scores: HashMap<(NodeId, usize), Score>,
    /// What stands for the value of a union, by the variants and the tag of the union.
    choices: HashMap<(NodeId, usize, Option<&'static str>, Scope), StandIn>,
    /// How many comparisons were made.
    steps: u64,
}

impl<'j> Matcher<'j> {
    /// Compares the values of a text.
    ///
    /// # Errors
    /// Returns an error if the text is not JSON, or is nested too deeply.
    pub(crate) fn new(text: &'j [u8]) -> Result<Self, DecodeError> {
        Ok(Self { outline: Outline::new(text)?, scores: HashMap::new(), choices: HashMap::new(), steps: 0 })
    }

    /// The values of the text.
    pub(crate) fn outline(&self) -> &Outline<'j> {
        &self.outline
    }

    /// How many comparisons were made.
    #[cfg(test)]
    pub(crate) fn steps(&self) -> u64 {
        self.steps
    }

    /// How well a value matches a shape.
    pub(crate) fn score(&mut self, node: NodeId, shape: ShapeRef) -> Score {
        self.score_within(&Part { node, shape, scope: Scope::default() })
    }

    /// The variant of a union that stands for a value without the properties `claimed`, and how well it matches; `None` if the
    /// value is preserved as `Unknown`.
    pub(crate) fn choose(
        &mut self,
        node: NodeId,
        union: UnionShape,
        claimed: &[&'static str],
    ) -> Option<(usize, Score)> {
        let scope = Scope::default().with(claimed.iter().copied());
        let StandIn::Variant(index) = self.choose_within(node, union, &scope) else { return None };
        Some((index, self.score_variant(node, union, &union.variants[index], &scope)))
    }

    /// Everything about a value and its parts that is not as the document says, each with the place.
    pub(crate) fn issues(&mut self, shape: ShapeRef, limit: usize) -> Vec<Issue> {
        let mut issues = Vec::new();
        let root = Part { node: 0, shape, scope: Scope::default() };
        self.collect(&root, limit, &mut issues, &mut Vec::new());
        issues
    }

    fn collect(&mut self, part: &Part, limit: usize, issues: &mut Vec<Issue>, trail: &mut Vec<(NodeId, usize)>) {
        let key = (part.node, part.shape as usize);
        if issues.len() >= limit || trail.contains(&key) {
            return;
        }
        trail.push(key);
        let finding = self.inspect(part);
        issues.extend(finding.issues);
        for part in finding.parts {
            // A trail is only needed along one value, which is what types that contain themselves lead back to.
            if part.node == key.0 {
                self.collect(&part, limit, issues, trail);
            } else {
                self.collect(&part, limit, issues, &mut Vec::new());
            }
        }
        trail.pop();
    }

    fn score_within(&mut self, part: &Part) -> Score {
        let key = (part.node, part.shape as usize);
        let is_whole = part.scope.is_whole();
        if is_whole {
            if let Some(score) = self.scores.get(&key) {
                return *score;
            }
            // A type that leads back to itself without another value in between matches nothing.
            self.scores.insert(key, Score::MISMATCH);
        }
        let finding = self.inspect(part);
        let score = self.score_finding(&finding);
        if is_whole {
            self.scores.insert(key, score);
        }
        score
    }

    fn score_finding(&mut self, finding: &Finding) -> Score {
        finding.parts.iter().fold(finding.own_score(), |score, part| score.and(self.score_within(part)))
    }

    fn inspect(&mut self, part: &Part) -> Finding {
        self.steps += 1;
        let Part { node, scope, .. } = part;
        match shape_of(part.shape) {
            Shape::List(item) => self.inspect_list(*node, *item),
            Shape::Tuple(items) => self.inspect_tuple(*node, items),
            Shape::Map(value) => self.inspect_map(*node, *value, scope),
            Shape::Nullable(inner) => match self.outline.kind(*node) {
                Kind::Null => Finding::default(),
                _ => Finding::of(Part { shape: *inner, ..part.clone() }),
            },
            Shape::Object(object) => self.inspect_object(*node, object, scope),
            Shape::Union(union) => self.inspect_union(*node, *union, scope),
            Shape::Any if matches!(self.outline.kind(*node), Kind::Array | Kind::Object) => {
                let part = |node| Part { node, shape: JsonValue::shape, scope: Scope::default() };
                let parts = self.outline.children(*node).map(part).collect();
                Finding { parts, is_catch_all: true, ..Finding::default() }
            }
            scalar => finding::scalar(&self.outline, *node, scalar),
        }
    }

    fn inspect_list(&mut self, node: NodeId, item: ShapeRef) -> Finding {
        let part = |node| Part { node, shape: item, scope: Scope::default() };
        match self.outline.kind(node) {
            Kind::Array => Finding { parts: self.outline.children(node).map(part).collect(), ..Finding::default() },
            Kind::Null => Finding::issue(node, Weight::Converted, "an array"),
            _ if self.is_single_item(node, item) => {
                Finding { parts: vec![part(node)], ..Finding::issue(node, Weight::Converted, "an array") }
            }
            _ => Finding::issue(node, Weight::Mismatch, "an array"),
        }
    }

    /// Whether a value that is no list could be the only item of one. What no alternative of a union matches could not: it
    /// would be an item of an item without end, where a union has lists of itself.
    pub(crate) fn is_single_item(&mut self, node: NodeId, item: ShapeRef) -> bool {
        let score = self.score(node, item);
        let is_enumeration = matches!(shape_of(item), Shape::StringEnum(_) | Shape::IntegerEnum(_));
        score.is_accepted() && (!score.is_preserved || is_enumeration)
    }

    fn inspect_tuple(&self, node: NodeId, items: &[ShapeRef]) -> Finding {
        if self.outline.kind(node) != Kind::Array {
            return Finding::issue(node, Weight::Mismatch, "an array");
        }
        let count = self.outline.children(node).count();
        let parts = self.outline.children(node).zip(items);
        let parts = parts.map(|(node, shape)| Part { node, shape: *shape, scope: Scope::default() }).collect();
        let mut finding = Finding { parts, ..Finding::default() };
        if count != items.len() {
            let weight = if count < items.len() { Weight::Mismatch } else { Weight::Preserved };
            finding.push(node, weight, format!("{} items", items.len()));
            finding.lost = u32::try_from(count.saturating_sub(items.len())).unwrap_or(u32::MAX);
        }
        finding
    }

    fn inspect_map(&self, node: NodeId, value: ShapeRef, scope: &Scope) -> Finding {
        match self.outline.kind(node) {
            Kind::Object => {
                let members = self.outline.children(node).filter(|member| !scope.claims(&self.outline.name(*member)));
                let parts = members.map(|node| Part { node, shape: value, scope: Scope::default() }).collect();
                Finding { parts, is_catch_all: true, ..Finding::default() }
            }
            Kind::Null => Finding::issue(node, Weight::Converted, "an object"),
            Kind::Array if self.outline.children(node).next().is_none() => {
                Finding::issue(node, Weight::Converted, "an object")
            }
            _ => Finding::issue(node, Weight::Mismatch, "an object"),
        }
    }

    fn inspect_union(&mut self, node: NodeId, union: UnionShape, scope: &Scope) -> Finding {
        match self.choose_within(node, union, scope) {
            StandIn::Variant(index) => self.inspect_variant(node, union, &union.variants[index], scope),
            StandIn::Unknown { is_match } => {
                let mut finding = Finding::of(Part { node, shape: JsonValue::shape, scope: Scope::default() });
                if !is_match {
                    finding.push(node, Weight::Preserved, "one of the documented alternatives");
                }
                finding
            }
        }
    }

    /// What a variant makes of a value.
    fn inspect_variant(&self, node: NodeId, union: UnionShape, variant: &VariantShape, scope: &Scope) -> Finding {
        let mut finding = self.inspect_held(node, union, variant, scope);
        let mut contradict =
            |node, literal: Literal| finding.push(node, Weight::Contradicted, format!("`{}`", literal.text));
        let held = match variant.holds {
            Held::Content(name) => self.outline.property(node, name),
            Held::Whole | Held::WithoutTag => Some(node),
        };
        if let (Some(held), Some(constant)) = (held, variant.constant)
            && self.outline.text(held) != constant.text
        {
            contradict(held, constant);
        }
        if let Some(tag) = union.tag.filter(|_| variant.holds != Held::Whole)
            && let Some(literal) = self.tag(node, tag).and_then(|received| variant.replaces(&received))
        {
            contradict(self.outline.property(node, tag).unwrap_or(node), literal);
        }
        finding
    }

    fn inspect_held(&self, node: NodeId, union: UnionShape, variant: &VariantShape, scope: &Scope) -> Finding {
        let whole = |scope: Scope| Finding::of(Part { node, shape: variant.shape, scope });
        match (variant.holds, union.tag) {
            (Held::WithoutTag, Some(tag)) => whole(scope.with([tag])),
            (Held::Whole | Held::WithoutTag, _) => whole(scope.clone()),
            (Held::Content(name), tag) => match self.outline.property(node, name) {
                Some(content) => {
                    let is_lost = |name_: &str| name_ != name && Some(name_) != tag && !scope.claims(name_);
                    let members = self.outline.children(node).filter(|member| is_lost(&self.outline.name(*member)));
                    let lost =
                        if scope.is_flattened() { 0 } else { u32::try_from(members.count()).unwrap_or(u32::MAX) };
                    let part = Part { node: content, shape: variant.shape, scope: Scope::default() };
                    Finding { lost, named: 1, ..Finding::of(part) }
                }
                None => Finding::issue(node, Weight::Mismatch, format!("property `{name}`")),
            },
        }
    }

    fn score_variant(&mut self, node: NodeId, union: UnionShape, variant: &VariantShape, scope: &Scope) -> Score {
        let finding = self.inspect_variant(node, union, variant, scope);
        self.score_finding(&finding)
    }

    fn choose_within(&mut self, node: NodeId, union: UnionShape, scope: &Scope) -> StandIn {
        let key = (node, union.variants.as_ptr() as usize, union.tag, scope.clone());
        if let Some(known) = self.choices.get(&key) {
            return *known;
        }
        let chosen = self.choose_first(node, union, scope);
        self.choices.insert(key, chosen);
        chosen
    }

    fn choose_first(&mut self, node: NodeId, union: UnionShape, scope: &Scope) -> StandIn {
        self.steps += 1;
        let received = union.tag.and_then(|tag| self.tag(node, tag));
        let tagged = received.as_ref().and_then(|received| union.tagged(received));
        if let (Some(index), true) = (tagged, union.is_decisive()) {
            return StandIn::Variant(index);
        }
        let mut choice = Choice::default();
        for (index, variant) in union.variants.iter().enumerate() {
            let may_be = variant.tags.is_empty() || tagged == Some(index);
            if !may_be && (received.is_some() || variant.holds != Held::Whole) {
                // The tag belongs to another variant, or this variant would add one that was not received.
                continue;
            }
            choice.offer(index, self.score_variant(node, union, variant, scope));
        }
        match choice.chosen() {
            Chosen::Match { index, rivals } if !self.loses_to(node, union, (index, &rivals), scope) => {
                StandIn::Variant(index)
            }
            Chosen::Accepted(index) => StandIn::Variant(index),
            Chosen::Match { .. } | Chosen::Preserved => StandIn::Unknown { is_match: true },
            Chosen::Unknown => StandIn::Unknown { is_match: false },
        }
    }

    /// Whether a variant loses a property that one of its rivals keeps.
    fn loses_to(&mut self, node: NodeId, union: UnionShape, (index, rivals): (usize, &[usize]), scope: &Scope) -> bool {
        if rivals.is_empty() || self.outline.kind(node) != Kind::Object {
            return false;
        }
        let names: Vec<String> =
            self.outline.children(node).map(|member| self.outline.name(member).into_owned()).collect();
        names.iter().filter(|name| !scope.claims(name)).any(|name| {
            let mut keeps = |index: usize| self.variant_keeps(node, union, index, name, scope);
            !keeps(index) && rivals.iter().any(|rival| keeps(*rival))
        })
    }

    /// The received tag of a value.
    pub(crate) fn tag(&self, node: NodeId, name: &str) -> Option<Tag> {
        if self.outline.kind(node) != Kind::Object {
            return None;
        }
        let tag = self.outline.property(node, name)?;
        let kind = self.outline.kind(tag);
        (kind != Kind::Null).then(|| Tag { text: self.outline.text(tag).into_owned(), kind })
    }

    /// Whether what a value is read as keeps a property of that name.
    fn keeps(&mut self, node: NodeId, shape: ShapeRef, name: &str, scope: &Scope) -> bool {
        self.steps += 1;
        match shape_of(shape) {
            Shape::Any | Shape::Map(_) => true,
            Shape::Nullable(inner) => self.keeps(node, *inner, name, scope),
            Shape::Object(object) => {
                object.additional.is_some()
                    || object.properties.iter().any(|property| property.name == name)
                    || object.flattened.iter().any(|part| self.keeps(node, *part, name, scope))
            }
            Shape::Union(union) => match self.choose_within(node, *union, scope) {
                StandIn::Variant(index) => self.variant_keeps(node, *union, index, name, scope),
                StandIn::Unknown { .. } => true,
            },
            _ => false,
        }
    }

    fn variant_keeps(&mut self, node: NodeId, union: UnionShape, index: usize, name: &str, scope: &Scope) -> bool {
        let variant = &union.variants[index];
        union.tag == Some(name)
            || match variant.holds {
                Held::Content(content) => content == name,
                Held::Whole | Held::WithoutTag => self.keeps(node, variant.shape, name, scope),
            }
    }
}

#[cfg(test)]
mod tests;
