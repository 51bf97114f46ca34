//! What a call can set for the next page: its parameters and the properties of its body.

use super::properties::resolved;
use super::words::plain;
use crate::ir::{
    Access, Arity, BodyContent, Field, Limit, Location, Mark, MarkPlace, Operation, Parameter, Presence, Serialization,
    Type, TypeKind, Types,
};

/// Something that a call can set.
pub struct Settable<'t> {
    /// What it is.
    pub mark: Mark,
    /// Its name without case and punctuation.
    pub name: String,
    /// Its type, without aliases.
    pub ty: &'t Type,
    /// Whether a caller may leave it out.
    pub arity: Arity,
    /// `default` as JSON.
    pub default: Option<&'t str>,
    /// Its constraints.
    pub limits: &'t [Limit],
    /// What the document says of it.
    pub docs: &'t str,
    /// Whether it is better not used.
    pub deprecated: bool,
}

impl Settable<'_> {
    /// Whether it takes a number.
    pub fn is_number(&self) -> bool {
        is_number(self.ty)
    }

    /// The number that goes without saying, if the document tells.
    pub fn default(&self) -> Option<i64> {
        let default = self.default?.trim_matches('"').parse::<f64>().ok()?;
        #[expect(clippy::cast_possible_truncation, reason = "a cast saturates, and pages begin with small numbers")]
        (default.fract() == 0.0).then_some(default as i64)
    }

    /// The least number that it takes.
    pub fn minimum(&self) -> Option<f64> {
        self.limits.iter().find_map(|limit| match limit {
            Limit::Minimum(minimum) => Some(minimum.to_f64()),
            _ => None,
        })
    }
}

/// Whether a type is a number that can be counted up.
pub fn is_number(ty: &Type) -> bool {
    matches!(ty, Type::I32 | Type::I64 | Type::U32 | Type::U64 | Type::F64)
}

/// Whether a type can say where a list goes on.
pub fn is_mark(ty: &Type) -> bool {
    is_number(ty) || *ty == Type::String
}

/// What takes a number or a cursor.
pub fn settable<'t>(operation: &'t Operation, types: &'t Types, mark: &Mark) -> Option<Settable<'t>> {
    let mut settable = parameters(operation, types).into_iter().chain(body_properties(operation, types));
    settable.find(|settable| settable.mark == *mark)
}

/// The parameters of a call outside its path.
pub fn parameters<'t>(operation: &'t Operation, types: &'t Types) -> Vec<Settable<'t>> {
    let is_taker = |parameter: &&Parameter| !matches!(parameter.location, Location::Path | Location::Part { .. });
    let parameters = operation.parameters.iter().filter(is_taker);
    parameters.filter_map(|parameter| of_parameter(types, parameter)).collect()
}

fn of_parameter<'t>(types: &'t Types, parameter: &'t Parameter) -> Option<Settable<'t>> {
    let ty = match resolved(types, &parameter.ty) {
        Type::Nullable(inner) => resolved(types, inner),
        ty => ty,
    };
    let mark = Mark { wire: parameter.wire.clone(), place: MarkPlace::Parameter(parameter.rust.clone()) };
    (is_mark(ty) && parameter.serialization != Serialization::Json).then(|| Settable {
        mark,
        name: plain(&parameter.wire),
        ty,
        arity: parameter.arity,
        default: parameter.default.as_deref(),
        limits: &parameter.limits,
        docs: &parameter.docs,
        deprecated: parameter.deprecated,
    })
}

/// The properties of a body that is always there.
pub fn body_properties<'t>(operation: &Operation, types: &'t Types) -> Vec<Settable<'t>> {
    let ty = match operation.body.as_ref().map(|body| &body.content) {
        Some(BodyContent::Properties { ty }) => &Type::Named(*ty),
        Some(BodyContent::Whole { arity: Arity::Required, ty, .. }) => ty,
        _ => return Vec::new(),
    };
    let Type::Named(id) = resolved(types, ty) else { return Vec::new() };
    let TypeKind::Struct(object) = &types[*id].kind else { return Vec::new() };
    object.fields.iter().filter_map(|field| of_property(types, field)).collect()
}

fn of_property<'t>(types: &'t Types, field: &'t Field) -> Option<Settable<'t>> {
    let ty = resolved(types, &field.ty);
    let mark = Mark { wire: field.name.wire.clone(), place: MarkPlace::Property(field.name.rust.clone()) };
    let is_free = matches!(field.presence, Presence::Optional | Presence::OptionalNullable);
    // A deprecated property cannot be set without a warning.
    (is_mark(ty) && !field.deprecated && field.access != Access::ReadOnly).then(|| Settable {
        mark,
        name: plain(&field.name.wire),
        ty,
        arity: if is_free { Arity::Optional } else { Arity::Required },
        default: field.default.as_deref(),
        limits: &field.limits,
        docs: &field.docs,
        deprecated: false,
    })
}
