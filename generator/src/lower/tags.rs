//! The pass that makes a discriminator's property a constant of the struct that it stands for.
//!
//! A struct that every discriminator knows by the same value cannot have another, so nobody should fill it in. But a
//! property that may be missing from what only a server sends is left as it is: nobody fills it in, and it may well be missing.

use std::collections::BTreeMap;

use crate::ir::{Presence, Type, TypeId, TypeKind, Types};

/// Turns such fields into constants.
pub fn fold_discriminators(types: &mut Types) {
    for ((id, tag), values) in tagged(types) {
        let sent = types[id].usage.request;
        let ([value], TypeKind::Struct(object)) = (values.as_slice(), &mut types.0[id.0].kind) else { continue };
        let Some(at) = object.fields.iter().position(|field| field.name.wire == tag) else { continue };
        let field = &object.fields[at];
        let is_text = matches!(field.ty, Type::String | Type::Named(_));
        if is_text && (sent || field.presence == Presence::Required) {
            object.fields.remove(at);
            object.constants.push((tag, value.clone()));
        }
    }
}

/// The values by which unions know a struct.
fn tagged(types: &Types) -> BTreeMap<(TypeId, String), Vec<String>> {
    let mut values: BTreeMap<(TypeId, String), Vec<String>> = BTreeMap::new();
    for definition in types.iter() {
        let TypeKind::Union(union) = &definition.kind else { continue };
        let Some(tag) = &union.tag else { continue };
        for variant in &union.variants {
            let (Type::Named(id), Some(value), None) = (&variant.ty, &variant.value, &variant.content) else {
                continue;
            };
            let known = values.entry((*id, tag.clone())).or_default();
            if !known.contains(value) {
                known.push(value.clone());
            }
        }
    }
    values
}
