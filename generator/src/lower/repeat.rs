//! Whether an operation does harm if the server gets it twice. In go its method, its extension `x-idempotent` and its
//! header parameters, out comes what tells.

use openapiv3 as oas;
use serde_json::Value;

use super::context::Context;
use super::parameter;
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{self, Arity, Limit, Location, Repeat, Type};
use crate::pointer::Pointer;

/// The extension in which a document says that an operation does no harm twice, or that it does.
const EXTENSION: &str = "x-idempotent";

/// The length of the key that the client makes if the caller gives none.
const KEY_LENGTH: usize = 36;

/// What tells whether an operation does harm twice.
pub fn lower_repeat(
    cx: &mut Context<'_>,
    operation: &oas::Operation,
    parameters: &[parameter::Draft],
    pointer: &Pointer,
) -> Repeat {
    match operation.extensions.get(EXTENSION) {
        Some(Value::Bool(repeatable)) => return Repeat::Documented(*repeatable),
        Some(_) => {
            let place = pointer.child(EXTENSION);
            let message = format!("`{EXTENSION}` is not a boolean; it is passed over");
            let help = "write `true` if the server may get the call twice without harm, or `false` if not";
            cx.diagnostics.push(Diagnostic::warning(Code::InvalidExtension, &place, message, help).remove(&place));
        }
        None => {}
    }
    let key = parameters.iter().map(|draft| &draft.parameter).find(|parameter| is_key(parameter));
    key.map_or(Repeat::ByMethod, |parameter| Repeat::ByKey(parameter.wire.clone()))
}

/// Whether a parameter is a key by which the server knows the second call from the first, and that the client can make.
fn is_key(parameter: &ir::Parameter) -> bool {
    let name: String = parameter.wire.chars().filter(char::is_ascii_alphanumeric).collect();
    let is_named = matches!(name.to_ascii_lowercase().as_str(), "idempotencykey" | "xidempotencykey");
    parameter.location == Location::Header && is_named && (parameter.arity == Arity::Required || is_free(parameter))
}

/// Whether a random UUID is a value of a parameter.
fn is_free(parameter: &ir::Parameter) -> bool {
    let fits = |limit: &Limit| match limit {
        Limit::MinLength(length) => *length <= KEY_LENGTH,
        Limit::MaxLength(length) => *length >= KEY_LENGTH,
        Limit::Format(format) => format == "uuid",
        _ => false,
    };
    parameter.ty == Type::String && parameter.limits.iter().all(fits)
}
