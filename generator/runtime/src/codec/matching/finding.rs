//! [`Finding`]: what a comparison of one value with one shape finds, and which parts remain to be compared.

use std::borrow::Cow;

use super::super::outline::{NodeId, Outline};
use super::super::shape::{ObjectShape, PropertyShape, Role, Shape, ShapeRef, shape_of};
use super::super::{Kind, Literal, integer, reader};
use super::{Matcher, Score};

/// Something that is not as the document says.
#[derive(Clone, Debug)]
pub(crate) struct Issue {
    /// The value, or the object that a property is missing from.
    pub(crate) node: NodeId,
    /// The name of the missing property.
    pub(crate) missing: Option<&'static str>,
    /// What it means for decoding.
    pub(crate) weight: Weight,
    /// What the document says, as in "an integer".
    pub(crate) expected: Cow<'static, str>,
}

/// What an issue means for decoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    /// The value is preserved as received.
    Preserved,
    /// A constant has another value, or is missing.
    Contradicted,
    /// Tolerant decoding converts the value.
    Converted,
    /// The value is not accepted.
    Mismatch,
}

/// A value to be compared with a shape.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) node: NodeId,
    pub(super) shape: ShapeRef,
    pub(super) scope: Scope,
}

/// Which properties of an object are not for the shape it is compared with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Scope {
    claimed: Vec<&'static str>,
    /// Whether the shape describes some properties of a larger object.
    is_flattened: bool,
}

impl Scope {
    /// Whether all of the value is for the shape.
    pub(super) fn is_whole(&self) -> bool {
        self.claimed.is_empty() && !self.is_flattened
    }

    pub(super) fn is_flattened(&self) -> bool {
        self.is_flattened
    }

    pub(super) fn claims(&self, name: &str) -> bool {
        self.claimed.contains(&name)
    }

    /// The same without some more properties.
    pub(super) fn with(&self, names: impl IntoIterator<Item = &'static str>) -> Self {
        let claimed = self.claimed.iter().copied().chain(names).collect();
        Self { claimed, is_flattened: self.is_flattened }
    }

    fn flattened(&self, object: &ObjectShape) -> Self {
        Self { is_flattened: true, ..self.with(object.properties.iter().map(|property| property.name)) }
    }
}

/// What a comparison finds.
#[derive(Debug, Default)]
pub(super) struct Finding {
    pub(super) issues: Vec<Issue>,
    pub(super) parts: Vec<Part>,
    pub(super) is_catch_all: bool,
    pub(super) lost: u32,
    pub(super) imprecise: u32,
    pub(super) named: u32,
}

impl Finding {
    /// Nothing but a part to be compared.
    pub(super) fn of(part: Part) -> Self {
        let is_catch_all = matches!(shape_of(part.shape), Shape::Any | Shape::Map(_));
        Self { parts: vec![part], is_catch_all, ..Self::default() }
    }

    /// One issue.
    pub(super) fn issue(node: NodeId, weight: Weight, expected: impl Into<Cow<'static, str>>) -> Self {
        let mut finding = Self::default();
        finding.push(node, weight, expected);
        finding
    }

    pub(super) fn push(&mut self, node: NodeId, weight: Weight, expected: impl Into<Cow<'static, str>>) {
        self.issues.push(Issue { node, missing: None, weight, expected: expected.into() });
    }

    /// The score without the parts.
    pub(super) fn own_score(&self) -> Score {
        let has = |weight: Weight| self.issues.iter().any(|issue| issue.weight == weight);
        Score {
            is_mismatch: has(Weight::Mismatch),
            is_converted: has(Weight::Converted),
            is_contradiction: has(Weight::Contradicted),
            is_preserved: has(Weight::Preserved),
            is_catch_all: self.is_catch_all,
            lost: self.lost,
            imprecise: self.imprecise,
            named: self.named,
        }
    }
}

impl Matcher<'_> {
    pub(super) fn inspect_object(&mut self, node: NodeId, object: &ObjectShape, scope: &Scope) -> Finding {
        let mut finding = Finding::default();
        let kind = self.outline.kind(node);
        match kind {
            Kind::Object => {}
            Kind::Array if self.outline.children(node).next().is_none() => {
                finding.push(node, Weight::Converted, "an object");
            }
            _ => return Finding::issue(node, Weight::Mismatch, "an object"),
        }
        let mut is_found = vec![false; object.properties.len()];
        for member in self.outline.children(node).collect::<Vec<_>>() {
            self.steps += 1;
            let name = self.outline.name(member);
            match object.properties.iter().position(|property| property.name == name) {
                Some(at) => {
                    is_found[at] = true;
                    finding.named += 1;
                    self.inspect_property(member, &object.properties[at], &mut finding);
                }
                None if scope.claims(&name) => {}
                None => self.inspect_unnamed(node, member, object, scope, &mut finding),
            }
        }
        for (property, _) in object.properties.iter().zip(is_found).filter(|(_, is_found)| !is_found) {
            finding.miss(node, property);
        }
        let inner = scope.flattened(object);
        finding.parts.extend(object.flattened.iter().map(|shape| Part { node, shape: *shape, scope: inner.clone() }));
        finding
    }

    fn inspect_property(&mut self, node: NodeId, property: &PropertyShape, finding: &mut Finding) {
        let is_other = |value: &Literal| self.outline.kind(node) != value.kind || self.outline.text(node) != value.text;
        if let Some(value) = property.constant.filter(is_other) {
            finding.push(node, Weight::Contradicted, format!("`{}`", value.text));
        }
        match property.role {
            Role::Constant => {}
            Role::Optional if self.outline.kind(node) == Kind::Null => {
                let expected = expected(property.shape);
                finding.push(node, Weight::Preserved, expected);
            }
            Role::Optional | Role::OptionalNullable if self.is_absent(node, property.shape) => {
                finding.push(node, Weight::Converted, expected(property.shape));
            }
            _ => finding.parts.push(Part { node, shape: property.shape, scope: Scope::default() }),
        }
    }

    /// Whether a value of an optional property is an empty string in place of none.
    pub(crate) fn is_absent(&mut self, node: NodeId, shape: ShapeRef) -> bool {
        self.outline.raw(node) == b"\"\"" && !self.score(node, shape).is_exact()
    }

    fn inspect_unnamed(
        &mut self,
        node: NodeId,
        member: NodeId,
        object: &ObjectShape,
        scope: &Scope,
        finding: &mut Finding,
    ) {
        if let Some(shape) = object.additional {
            finding.parts.push(Part { node: member, shape, scope: Scope::default() });
            return;
        }
        if scope.is_flattened {
            return;
        }
        let name = self.outline.name(member);
        let inner = scope.flattened(object);
        if !object.flattened.iter().any(|part| self.keeps(node, *part, &name, &inner)) {
            finding.lost = finding.lost.saturating_add(1);
        }
    }
}

impl Finding {
    /// A named property is missing.
    fn miss(&mut self, node: NodeId, property: &PropertyShape) {
        let weight = match property.role {
            Role::Optional | Role::OptionalNullable => return,
            Role::Constant => Weight::Contradicted,
            Role::Nullable => Weight::Preserved,
            Role::Required if may_be_supplied(property.shape) => Weight::Converted,
            Role::Required => Weight::Mismatch,
        };
        let expected = format!("property `{}`", property.name).into();
        self.issues.push(Issue { node, missing: Some(property.name), weight, expected });
    }
}

/// Whether an empty value stands in for a missing one.
pub(crate) fn may_be_supplied(shape: ShapeRef) -> bool {
    matches!(shape_of(shape), Shape::List(_) | Shape::Map(_))
}

/// Compares a value with a shape that has no parts.
pub(super) fn scalar(outline: &Outline<'_>, node: NodeId, shape: &Shape) -> Finding {
    let (kind, text) = (outline.kind(node), outline.text(node));
    let matched = |named: u32| Finding { named, ..Finding::default() };
    let other = |weight: Weight, shape: &Shape| Finding::issue(node, weight, name_of(shape));
    match (shape, kind) {
        // Free-form JSON holds numbers as `serde_json` does.
        (Shape::Any, Kind::Number) if !text.parse::<f64>().is_ok_and(f64::is_finite) => {
            Finding::issue(node, Weight::Mismatch, "a number in range")
        }
        (Shape::Any, _) => Finding { is_catch_all: true, ..Finding::default() },
        (Shape::Null, Kind::Null) | (Shape::Boolean, Kind::Boolean) => matched(1),
        (Shape::Boolean, Kind::String | Kind::Number) if reader::boolean_of(kind, &text).is_some() => {
            other(Weight::Converted, shape)
        }
        (Shape::Integer(holds), Kind::Number) if holds(&text) => {
            let imprecise = u32::from(!integer::is_plain(&text));
            Finding { imprecise, named: 1, ..Finding::default() }
        }
        (Shape::Number(holds), Kind::Number) if holds(&text) => matched(0),
        (Shape::Integer(holds) | Shape::Number(holds), Kind::String) if reader::is_number(&text) && holds(&text) => {
            other(Weight::Converted, shape)
        }
        (Shape::IntegerEnum(values), Kind::Number | Kind::String) => integer_enum(node, kind, &text, values),
        (Shape::String(string), Kind::String | Kind::Number) => {
            if string.holds.is_some_and(|holds| !holds(&text)) {
                return other(Weight::Mismatch, shape);
            }
            if kind == Kind::Number {
                return other(Weight::Converted, shape);
            }
            let is_exact = string.is_exact.map(|is_exact| is_exact(&text));
            Finding {
                named: if is_exact == Some(true) { 2 } else { 0 },
                imprecise: u32::from(is_exact == Some(false)),
                ..Finding::default()
            }
        }
        (Shape::StringEnum(listed), Kind::String | Kind::Number) => {
            let is_listed = listed.values.contains(&text.as_ref());
            let mut finding = matched(if is_listed { 2 } else { 0 });
            if !is_listed && !listed.allows_others {
                let weight = if listed.values.len() == 1 { Weight::Contradicted } else { Weight::Preserved };
                finding.push(node, weight, name_of(shape));
            }
            if kind == Kind::Number {
                finding.push(node, Weight::Converted, name_of(shape));
            }
            finding
        }
        _ => other(Weight::Mismatch, shape),
    }
}

fn integer_enum(node: NodeId, kind: Kind, text: &str, values: &'static [i64]) -> Finding {
    let expected = || name_of(&Shape::IntegerEnum(values));
    let number = reader::is_number(text).then(|| integer::integer_digits(text).parse::<i64>().ok()).flatten();
    let Some(number) = number else { return Finding::issue(node, Weight::Mismatch, expected()) };
    let mut finding = Finding::default();
    if values.contains(&number) {
        finding.named = 2;
        finding.imprecise = u32::from(!integer::is_plain(text));
    } else {
        let weight = if values.len() == 1 { Weight::Contradicted } else { Weight::Preserved };
        finding.push(node, weight, expected());
    }
    if kind == Kind::String {
        finding.push(node, Weight::Converted, expected());
    }
    finding
}

/// What a shape expects, as in "an integer".
fn expected(shape: ShapeRef) -> Cow<'static, str> {
    match shape_of(shape) {
        Shape::Nullable(inner) if !matches!(shape_of(*inner), Shape::Nullable(_)) => name_of(shape_of(*inner)),
        shape => name_of(shape),
    }
}

/// At most so many values of an enumeration are named in a message.
const MAX_NAMED: usize = 8;

fn name_of(shape: &Shape) -> Cow<'static, str> {
    match shape {
        Shape::Any | Shape::Nullable(_) => "a value".into(),
        Shape::Null => "null".into(),
        Shape::Boolean => "a boolean".into(),
        Shape::Integer(_) => "an integer in range".into(),
        Shape::Number(_) => "a number in range".into(),
        Shape::String(string) if string.holds.is_some() => "a string of its format".into(),
        Shape::String(_) => "a string".into(),
        Shape::StringEnum(listed) => one_of(listed.values.iter().map(ToString::to_string), listed.values.len()),
        Shape::IntegerEnum(values) => one_of(values.iter().map(ToString::to_string), values.len()),
        Shape::List(_) | Shape::Tuple(_) => "an array".into(),
        Shape::Map(_) | Shape::Object(_) => "an object".into(),
        Shape::Union(_) => "one of the documented alternatives".into(),
    }
}

fn one_of(values: impl Iterator<Item = String>, count: usize) -> Cow<'static, str> {
    let named: Vec<String> = values.take(MAX_NAMED).map(|value| format!("`{value}`")).collect();
    let rest = if count > MAX_NAMED { ", …" } else { "" };
    let prefix = if count == 1 { "" } else { "one of " };
    format!("{prefix}{}{rest}", named.join(", ")).into()
}
