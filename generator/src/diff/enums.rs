//! Enums of texts, of integers and of types. All of them are open and `#[non_exhaustive]`, so more variants break nobody.

use std::fmt::Display;

use super::change::{Noun, Turn, What};
use super::limits::limits;
use super::matching::matching;
use super::written::written;
use super::{Comparison, Places};
use crate::ir::{EnumValue, Type, TypeDef, TypeId, Union, Variant};

impl Comparison<'_> {
    /// Compares the values of two enums.
    pub fn compare_values<T: Display>(&mut self, item: &str, old: &[EnumValue<T>], new: &[EnumValue<T>]) {
        let rust = |value: &EnumValue<T>| Some(value.rust.clone());
        let wire = |value: &EnumValue<T>| Some(value.wire.to_string());
        let found = matching(old, new, &[&rust, &wire]);
        for (old, new) in found.both.into_iter().map(|(one, other)| (&old[one], &new[other])) {
            let places = Places::both(&old.pointer, &new.pointer);
            let item = format!("{item}::{}", old.rust);
            if old.rust != new.rust {
                self.tell(&item, What::Renamed(Noun::Variant, new.rust.clone()), places);
            }
            let (one, other) = (old.wire.to_string(), new.wire.to_string());
            if one != other {
                self.tell(&item, What::Wire(Turn::new(one, other)), places);
            }
        }
        for one in found.gone.into_iter().map(|at| &old[at]) {
            self.tell(format!("{item}::{}", one.rust), What::Gone(Noun::Variant), Places::old(&one.pointer));
        }
        for one in found.came.into_iter().map(|at| &new[at]) {
            self.tell(format!("{item}::{}", one.rust), What::New(Noun::Variant), Places::new(&one.pointer));
        }
    }

    /// Compares two enums of types.
    pub fn compare_unions(&mut self, item: &str, old: (&TypeDef, &Union), new: (&TypeDef, &Union)) {
        let places = Places::both(&old.0.pointer, &new.0.pointer);
        if old.0.has_default && !new.0.has_default {
            self.tell(item, What::Gone(Noun::Trait("Default")), places);
        }
        let is_sent = old.0.usage.request && new.0.usage.request;
        let (old, new) = (old.1, new.1);
        if let (Some(old), Some(new)) = (&old.tag, &new.tag)
            && old != new
        {
            self.tell(item, What::Wire(Turn::new(old, new)), places);
        }
        let rust = |variant: &Variant| Some(variant.rust.clone());
        let value = |variant: &Variant| variant.tags.first().map(ToString::to_string);
        let found = matching(&old.variants, &new.variants, &[&rust, &value]);
        let found = found.by(|at| self.types.get(&named(&old.variants[at])?).copied(), |at| named(&new.variants[at]));
        for (one, other) in found.both {
            self.compare_variant(item, &old.variants[one], &new.variants[other], is_sent);
        }
        for one in found.gone.into_iter().map(|at| &old.variants[at]) {
            self.tell(format!("{item}::{}", one.rust), What::Gone(Noun::Variant), Places::old(&one.pointer));
        }
        for one in found.came.into_iter().map(|at| &new.variants[at]) {
            self.tell(format!("{item}::{}", one.rust), What::New(Noun::Variant), Places::new(&one.pointer));
        }
    }

    fn compare_variant(&mut self, item: &str, old: &Variant, new: &Variant, is_sent: bool) {
        let item = format!("{item}::{}", old.rust);
        let places = Places::both(&old.pointer, &new.pointer);
        if old.rust != new.rust {
            self.tell(&item, What::Renamed(Noun::Variant, new.rust.clone()), places);
        }
        if !self.is_same(&old.ty, &new.ty) {
            let turn = Turn::new(written(&self.old.types, &old.ty), written(&self.new.types, &new.ty));
            self.tell(&item, What::Retyped(Noun::Variant, turn), places);
        }
        for written in [tags, content] {
            let turn = Turn::new(written(old), written(new));
            if turn.old != turn.new {
                self.tell(&item, What::Wire(turn), places);
            }
        }
        if is_sent {
            self.tell_if(&item, limits(&old.limits, &new.limits), places);
        }
    }
}

/// The tags of a variant, as a message shows them.
fn tags(variant: &Variant) -> String {
    let tags: Vec<String> = variant.tags.iter().map(ToString::to_string).collect();
    if tags.is_empty() { "nothing".to_owned() } else { tags.join(" or ") }
}

/// The property whose value a variant holds, as a message shows it.
fn content(variant: &Variant) -> String {
    variant.holds.content().unwrap_or("nothing").to_owned()
}

/// The type that a variant holds, if it has a name.
fn named(variant: &Variant) -> Option<TypeId> {
    match &variant.ty {
        Type::Named(id) => Some(*id),
        Type::Boxed(inner) => inner.named().first().copied(),
        _ => None,
    }
}
