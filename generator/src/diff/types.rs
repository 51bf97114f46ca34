//! Types: which of them are the same, and what becomes of each. What is in structs and enums is compared in `structs` and `enums`.

use super::change::{Noun, What};
use super::matching::matching;
use super::written::{path, written};
use super::{Comparison, Places};
use crate::ir::{TypeDef, TypeId, TypeKind, Types};

impl Comparison<'_> {
    /// Settles which new type an old one is: by name, by place, and then by what it is made of.
    pub fn pair_types(&mut self) {
        let (old, new) = (&self.old.types, &self.new.types);
        let name = |ty: &TypeDef| Some(ty.name.clone());
        let place = |ty: &TypeDef| Some(ty.pointer.as_str().to_owned());
        let found = matching(&old.0, &new.0, &[&name, &place]);
        let found = found.by(|at| shape(old, TypeId(at)), |at| shape(new, TypeId(at)));
        self.types = found.both.iter().map(|(old, new)| (TypeId(*old), TypeId(*new))).collect();
    }

    /// Compares all types.
    pub fn compare_types(&mut self) {
        let (old, new) = (&self.old.types, &self.new.types);
        for (index, ty) in old.iter().enumerate() {
            match self.types.get(&TypeId(index)) {
                Some(found) => self.compare_type(ty, &new[*found]),
                None => {
                    self.tell(path(old, TypeId(index)), What::Gone(Noun::Type), Places::old(&ty.pointer));
                }
            }
        }
        let known: std::collections::BTreeSet<TypeId> = self.types.values().copied().collect();
        for id in (0..new.len()).map(TypeId).filter(|id| !known.contains(id)) {
            self.tell(path(new, id), What::New(Noun::Type), Places::new(&new[id].pointer));
        }
    }

    fn compare_type(&mut self, old: &TypeDef, new: &TypeDef) {
        let item = format!("types::{}", old.name);
        let places = Places::both(&old.pointer, &new.pointer);
        if old.name != new.name {
            self.tell(&item, What::Renamed(Noun::Type, format!("types::{}", new.name)), places);
        }
        self.tell_deprecated(&item, [old.deprecated, new.deprecated], places);
        match (&old.kind, &new.kind) {
            (TypeKind::Struct(one), TypeKind::Struct(other)) => self.compare_structs(&item, (old, one), (new, other)),
            (TypeKind::StringEnum(one), TypeKind::StringEnum(other)) => {
                self.compare_values(&item, &one.values, &other.values);
            }
            (TypeKind::IntegerEnum(one), TypeKind::IntegerEnum(other)) => {
                self.compare_values(&item, &one.values, &other.values);
            }
            (TypeKind::Union(one), TypeKind::Union(other)) => self.compare_unions(&item, (old, one), (new, other)),
            (TypeKind::Alias(one), TypeKind::Alias(other)) if self.is_same(&one.ty, &other.ty) => {}
            (TypeKind::Newtype(one), TypeKind::Newtype(other)) if self.is_same(&one.ty, &other.ty) => {}
            _ => {
                let what = What::Remade(kind(&self.old.types, old), kind(&self.new.types, new));
                self.tell(&item, what, places);
            }
        }
    }
}

/// What a type is, in words.
fn kind(types: &Types, ty: &TypeDef) -> String {
    match &ty.kind {
        TypeKind::Struct(_) => "a struct".to_owned(),
        TypeKind::StringEnum(_) => "an enum of texts".to_owned(),
        TypeKind::IntegerEnum(_) => "an enum of integers".to_owned(),
        TypeKind::Union(_) => "an enum of several types".to_owned(),
        TypeKind::Alias(alias) => format!("another name for `{}`", written(types, &alias.ty)),
        TypeKind::Newtype(alias) => format!("a struct around `{}`", written(types, &alias.ty)),
    }
}

/// What a type is made of, if that is enough to know it by.
fn shape(types: &Types, id: TypeId) -> Option<(&'static str, Vec<String>)> {
    let (kind, mut parts): (_, Vec<String>) = match &types[id].kind {
        TypeKind::Struct(object) => {
            let fields = object.fields.iter().map(|field| field.name.wire.clone());
            ("struct", fields.chain(object.constants.iter().map(|(name, value)| format!("{name}={value}"))).collect())
        }
        TypeKind::StringEnum(listed) => ("texts", listed.values.iter().map(|value| value.wire.clone()).collect()),
        TypeKind::IntegerEnum(listed) => {
            ("integers", listed.values.iter().map(|value| value.wire.to_string()).collect())
        }
        TypeKind::Union(union) => ("union", union.variants.iter().map(|variant| written(types, &variant.ty)).collect()),
        TypeKind::Alias(_) | TypeKind::Newtype(_) => return None,
    };
    parts.sort_unstable();
    (!parts.is_empty()).then_some((kind, parts))
}
