//! A call with example data for every operation, and a page of those that page: from the document's examples, or from the
//! schemas where there are none.

mod bounded;
mod build;
mod expr;
mod format;
mod height;
mod marks;
mod page;
mod pattern;
mod sample;

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use self::bounded::Bounded;
use self::build::build;
pub use self::expr::whole;
use self::expr::{Position, expression};
use self::height::Heights;
use self::sample::sample;
use super::media::Given;
use super::operation::Draft;
use super::paging::structure;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{
    Access, Arity, BodyContent, Example, ExampleValue, Expr, Field, Literal, Location, Presence, Type, TypeId,
    TypeKind, Types,
};

/// Gives every operation its example.
pub fn lower_examples(drafts: &mut [Draft], types: &Types, diagnostics: &mut Diagnostics) {
    for draft in drafts {
        draft.operation.example = example(draft, types, diagnostics);
        let page =
            draft.operation.paging.as_ref().and_then(|paging| page::sample_page(types, &draft.operation, paging));
        if let Some(paging) = &mut draft.operation.paging {
            paging.page = page;
        }
    }
}

fn example(draft: &Draft, types: &Types, diagnostics: &mut Diagnostics) -> Option<Example> {
    let mut example = Example { arguments: Vec::new(), setters: Vec::new() };
    let parameters = add_parameters(draft, types, &mut example, diagnostics);
    let made = parameters.and_then(|()| add_body(draft, types, &mut example, diagnostics));
    if made.is_none() {
        let (message, help) = if is_endless(draft, types) {
            (
                "no value can be made up of what must be sent: schemas require one another without end",
                "let one of the properties in the circle be optional",
            )
        } else {
            (
                "the documentation of this operation has no example: the smallest value of what must be sent is too large",
                "give an `example` of the request body, and of each required parameter",
            )
        };
        diagnostics.warn(Code::ConflictingSchema, &draft.operation.pointer, message, help);
    }
    made.map(|()| example)
}

/// Whether something must be sent that has no values.
fn is_endless(draft: &Draft, types: &Types) -> bool {
    let required = draft.operation.parameters.iter().filter(|parameter| parameter.arity == Arity::Required);
    let body = draft.operation.body.as_ref().map(|body| match &body.content {
        BodyContent::Whole { ty, .. } => ty.clone(),
        BodyContent::Properties { ty } => Type::Named(*ty),
    });
    let heights = Heights::new(types);
    required.map(|parameter| parameter.ty.clone()).chain(body).any(|ty| heights.of(&ty).is_none())
}

/// All values that the document gives as examples: of media types, of schemas and of properties, each once.
pub fn values(mut values: Vec<ExampleValue>, types: &Types) -> Vec<ExampleValue> {
    for (index, definition) in types.iter().enumerate() {
        let ty = Type::Named(TypeId(index));
        values.extend(definition.example.iter().map(|value| ExampleValue {
            ty: ty.clone(),
            value: value.clone(),
            pointer: definition.pointer.child("example"),
            schema: definition.pointer.clone(),
        }));
        let TypeKind::Struct(object) = &definition.kind else { continue };
        for field in &object.fields {
            // An example of null says that there may be nothing.
            let example = field.example.iter().filter(|value| !value.is_null());
            values.extend(example.map(|value| ExampleValue {
                ty: field.ty.clone(),
                value: value.clone(),
                pointer: field.pointer.child("example"),
                schema: field.pointer.clone(),
            }));
        }
    }
    for example in values.iter_mut().filter(|example| example.value.is_string()) {
        if let Some(Cow::Owned(read)) = sample::of_type(&Bounded::new(types), &example.ty, &example.value) {
            example.value = read;
        }
    }
    let mut seen = BTreeSet::new();
    values.retain(|value| seen.insert(value.pointer.clone()));
    values
}

fn add_parameters(draft: &Draft, types: &Types, example: &mut Example, diagnostics: &mut Diagnostics) -> Option<()> {
    let operation = &draft.operation;
    for (parameter, documented) in operation.parameters.iter().zip(&draft.parameter_examples) {
        let position = Position::Argument;
        let is_path = parameter.location == Location::Path;
        // An empty value would be no segment of a path.
        let documented = documented.as_ref().filter(|given| !(is_path && is_blank(&given.value)));
        let what = format!("the parameter `{}`", parameter.wire);
        let given = taken(documented, &what, diagnostics, |value| expression(types, &parameter.ty, value, position));
        match (parameter.arity, given) {
            (Arity::Optional, Some(given)) => example.setters.push((parameter.rust.clone(), given)),
            (Arity::Optional, None) => {}
            (Arity::Required, Some(given)) => example.arguments.push(given),
            (Arity::Required, None) => {
                let made = sample(types, &parameter.ty, &parameter.limits);
                let made = if is_path && is_blank(&made) { filled(types, &parameter.ty, made) } else { made };
                let made = expression(types, &parameter.ty, &made, position);
                let made = made.or_else(|| build(&Bounded::new(types), &parameter.ty, &parameter.limits, position));
                example.arguments.push(made?);
            }
        }
    }
    Some(())
}

/// A value in place of one of which nothing would be written, if the type has such.
fn filled(types: &Types, ty: &Type, blank: Value) -> Value {
    let texts = [Value::from("1"), json!(["1"]), json!([1]), json!({ "key": "1" })];
    let mut candidates = with_property(types, ty, &blank).into_iter().chain(texts);
    candidates.find(|value| expression(types, ty, value, Position::Argument).is_some()).unwrap_or(blank)
}

/// An object with one of the properties that may be missing.
fn with_property(types: &Types, ty: &Type, blank: &Value) -> Vec<Value> {
    let (Some(object), Some(blank)) = (structure(types, ty), blank.as_object()) else { return Vec::new() };
    let with = |field: &Field| {
        let mut object = blank.clone();
        object.insert(field.name.wire.clone(), sample(types, &field.ty, &field.limits));
        Value::Object(object)
    };
    object.fields.iter().map(with).collect()
}

/// Whether nothing would be written for a value.
fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(object) => object.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn add_body(draft: &Draft, types: &Types, example: &mut Example, diagnostics: &mut Diagnostics) -> Option<()> {
    let Some(body) = &draft.operation.body else { return Some(()) };
    let (documented, what) = (draft.body_example.as_ref(), "the request body");
    match &body.content {
        BodyContent::Whole { arity, ty, limits } => {
            let given = taken(documented, what, diagnostics, |value| expression(types, ty, value, Position::Argument));
            let built = || build(&Bounded::new(types), ty, limits, Position::Argument);
            let made = || expression(types, ty, &sample(types, ty, limits), Position::Argument).or_else(built);
            match (arity, given.or_else(made)) {
                (Arity::Required, body) => example.arguments.push(body?),
                (Arity::Optional, body) => example.setters.extend(body.map(|body| ("body".to_owned(), body))),
            }
        }
        BodyContent::Properties { ty } => {
            let given = taken(documented, what, diagnostics, |value| properties(types, *ty, value));
            let made = || properties(types, *ty, &sample(types, &Type::Named(*ty), &[]));
            let (arguments, setters) = given.or_else(made).or_else(|| built_properties(types, *ty))?;
            example.arguments.extend(arguments);
            example.setters.extend(setters);
        }
    }
    Some(())
}

/// The properties that must be given, with made-up values.
fn built_properties(types: &Types, id: TypeId) -> Option<Properties> {
    let TypeKind::Struct(object) = &types[id].kind else { return None };
    let bounded = Bounded::new(types);
    let mut arguments = Vec::new();
    for field in object.given_fields() {
        arguments.push(match field.presence {
            Presence::Nullable => Expr::None,
            _ => build(&bounded, &field.ty, &field.limits, Position::Argument)?,
        });
    }
    for flatten in object.given_parts(types) {
        arguments.push(build(&bounded, &flatten.ty, &[], Position::Argument)?);
    }
    Some((arguments, Vec::new()))
}

type Properties = (Vec<Expr>, Vec<(String, Expr)>);

/// The properties of a body as arguments and setters; `None` if the value is not of the type.
fn properties(types: &Types, id: TypeId, value: &Value) -> Option<Properties> {
    let TypeKind::Struct(object) = &types[id].kind else { return None };
    let value: &Map<String, Value> = value.as_object()?;
    expression(types, &Type::Named(id), &Value::Object(value.clone()), Position::Field)?;
    let (mut arguments, mut setters) = (Vec::new(), Vec::new());
    for field in &object.fields {
        let given = value.get(&field.name.wire);
        match (field.presence, given) {
            (Presence::Required, given) if field.preset().is_some() => {
                let given = given.filter(|given| Some(*given) != field.preset().map(Literal::to_json).as_ref());
                let Some(given) = given else { continue };
                setters.push((field.name.rust.clone(), expression(types, &field.ty, given, Position::Argument)?));
            }
            (Presence::Required, given) => arguments.push(expression(types, &field.ty, given?, Position::Argument)?),
            (Presence::Nullable, given) => {
                let nullable = Type::Nullable(Box::new(field.ty.clone()));
                arguments.push(expression(types, &nullable, given?, Position::Field)?);
            }
            (Presence::Optional | Presence::OptionalNullable, _) if field.access == Access::ReadOnly => {}
            (Presence::Optional, Some(given)) => {
                setters.push((field.name.rust.clone(), expression(types, &field.ty, given, Position::Argument)?));
            }
            (Presence::OptionalNullable, Some(Value::Null)) => setters.push((field.name.rust.clone(), Expr::Null)),
            (Presence::OptionalNullable, Some(given)) => {
                let given = expression(types, &field.ty, given, Position::Field)?;
                setters.push((field.name.rust.clone(), Expr::Value(Box::new(given))));
            }
            (Presence::Optional | Presence::OptionalNullable, None) => {}
        }
    }
    for flatten in &object.flatten {
        let whole = expr::part(types, object, &flatten.ty, value);
        let given = expression(types, &flatten.ty, &Value::Object(whole.clone()), Position::Argument)?;
        if !flatten.has_default(types) {
            arguments.push(given);
        } else if !expr::rest(object, value).is_empty() {
            setters.push((flatten.rust.clone(), given));
        }
    }
    Some((arguments, setters))
}

/// What is made of a value that the document gives; where it is of another type, that is told.
fn taken<T>(
    documented: Option<&Given>,
    what: &str,
    diagnostics: &mut Diagnostics,
    take: impl Fn(&Value) -> Option<T>,
) -> Option<T> {
    let given = documented?;
    // Where no string is wanted, one may hold the JSON of the value.
    let read = || given.value.as_str().and_then(|text| serde_json::from_str(text).ok()).and_then(|value| take(&value));
    let taken = take(&given.value).or_else(read);
    if taken.is_none() {
        let message = format!("the example of {what} is not of the type that its schema describes");
        let help = "correct the example or the schema; the documentation shows a made-up value instead";
        let diagnostic = Diagnostic::warning(Code::InvalidExample, &given.pointer, message, help);
        diagnostics.push(diagnostic.remove(&given.pointer));
    }
    taken
}
