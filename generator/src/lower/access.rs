//! The pass that honours `readOnly` and `writeOnly`, once it is known where types travel.
//!
//! A type that travels one way loses the properties of the other. One that travels both ways keeps them, but nobody
//! has to give what only the other side sets; the codec leaves what is read-only out of requests.

use crate::ir::{Access, Presence, Struct, TypeKind, Types, Usage};

/// Settles which properties there are, and which may be missing.
pub fn settle_access(types: &mut Types) {
    for definition in &mut types.0 {
        let usage = definition.usage;
        if let TypeKind::Struct(object) = &mut definition.kind {
            settle(object, usage);
        }
    }
}

fn settle(object: &mut Struct, usage: Usage) {
    let Usage { request, response } = usage;
    object.fields.retain(|field| match field.access {
        Access::ReadWrite => true,
        Access::ReadOnly => response || !request,
        Access::WriteOnly => request || !response,
    });
    for field in &mut object.fields {
        if request && response && field.access != Access::ReadWrite {
            field.presence = match field.presence {
                Presence::Required | Presence::Optional => Presence::Optional,
                Presence::Nullable | Presence::OptionalNullable => Presence::OptionalNullable,
            };
        } else {
            field.access = Access::ReadWrite;
        }
    }
}
