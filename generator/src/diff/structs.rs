//! Structs: their fields, what makes a value of them, and whether callers may write them out.

use super::arguments::Argument;
use super::change::{Noun, Sending, Shown, Turn, What};
use super::limits::limits;
use super::matching::matching;
use super::written::Held;
use super::{Comparison, Places};
use crate::ir::{Access, Field, Presence, Struct, Type, TypeDef};
use crate::pointer::Pointer;

/// A struct with what is known of it as a type.
type Known<'t> = (&'t TypeDef, &'t Struct);

/// A field of the Rust struct.
struct Member<'t> {
    rust: &'t str,
    /// Its name on the wire, if it has one.
    wire: Option<&'t str>,
    holds: Held,
    /// The property that it is.
    field: Option<&'t Field>,
    pointer: &'t Pointer,
}

/// Fields, parts, and what the schema does not name.
fn members<'t>((definition, object): Known<'t>) -> Vec<Member<'t>> {
    let fields = object.fields.iter().map(|field| Member {
        rust: &field.name.rust,
        wire: Some(&field.name.wire),
        holds: Held::new(&field.ty, field.presence),
        field: Some(field),
        pointer: &field.pointer,
    });
    let whole = |rust: &'t str, ty: &Type, pointer: &'t Pointer| Member {
        rust,
        wire: None,
        holds: Held::Plain(ty.clone()),
        field: None,
        pointer,
    };
    let parts = object.flatten.iter().map(|part| whole(&part.rust, &part.ty, &part.pointer));
    let rest = object.additional.iter().map(|rest| whole(&rest.rust, &rest.ty, &definition.pointer));
    fields.chain(parts).chain(rest).collect()
}

impl Comparison<'_> {
    /// Compares two structs.
    pub fn compare_structs(&mut self, item: &str, old: Known<'_>, new: Known<'_>) {
        let places = Places::both(&old.0.pointer, &new.0.pointer);
        if !old.0.is_made_by_server() && new.0.is_made_by_server() {
            self.tell(item, What::NonExhaustive, places);
        }
        if old.0.has_default && !new.0.has_default {
            self.tell(item, What::Gone(Noun::Trait("Default")), places);
        }
        self.compare_members(item, old, new);
        self.compare_constructors(item, old, new);
        if old.0.usage.request && new.0.usage.request {
            self.compare_constants(item, old, new);
        }
    }

    fn compare_members(&mut self, item: &str, old: Known<'_>, new: Known<'_>) {
        let is_literal = !old.0.is_made_by_server();
        let is_sent = old.0.usage.request && new.0.usage.request;
        let (old, new) = (members(old), members(new));
        let found = matching(
            &old,
            &new,
            &[&|one: &Member<'_>| Some(one.rust.to_owned()), &|one: &Member<'_>| one.wire.map(str::to_owned)],
        );
        for (one, other) in found.both {
            self.compare_member(item, &old[one], &new[other], is_sent);
        }
        for one in found.gone.into_iter().map(|at| &old[at]) {
            self.tell(format!("{item}::{}", one.rust), What::Gone(Noun::Field), Places::old(one.pointer));
        }
        for one in found.came.into_iter().map(|at| &new[at]) {
            let what = if is_literal { What::NewInLiteral } else { What::New(Noun::Field) };
            self.tell(format!("{item}::{}", one.rust), what, Places::new(one.pointer));
        }
    }

    fn compare_member(&mut self, item: &str, old: &Member<'_>, new: &Member<'_>, is_sent: bool) {
        let item = format!("{item}::{}", old.rust);
        let places = Places::both(old.pointer, new.pointer);
        if old.rust != new.rust {
            self.tell(&item, What::Renamed(Noun::Field, new.rust.to_owned()), places);
        }
        let holds_same = self.holds_same(&old.holds, &new.holds);
        if !holds_same {
            let turn = Turn::new(old.holds.written(&self.old.types), new.holds.written(&self.new.types));
            self.tell(&item, What::Retyped(Noun::Field, turn), places);
        }
        let (Some(one), Some(other)) = (old.field, new.field) else { return };
        self.tell_deprecated(&item, [one.deprecated, other.deprecated], places);
        if one.name.wire != other.name.wire {
            self.tell(&item, What::Wire(Turn::new(&one.name.wire, &other.name.wire)), places);
        }
        // What must be given needs no default.
        if one.default != other.default && !other.is_given() {
            self.tell(&item, What::Default(Shown(one.default.clone()), Shown(other.default.clone())), places);
        }
        if !is_sent {
            return;
        }
        self.tell_if(&item, sending(one.access, other.access), places);
        if holds_same {
            self.tell_if(&item, none_means(one.presence, other.presence), places);
            // What is not sent is not checked.
            let is_checked = [one, other].iter().all(|field| field.access != Access::ReadOnly);
            self.tell_if(&item, limits(&one.limits, &other.limits).filter(|_| is_checked), places);
        }
    }

    fn compare_constructors(&mut self, item: &str, old: Known<'_>, new: Known<'_>) {
        let item = format!("{item}::new");
        let places = Places::both(&old.0.pointer, &new.0.pointer);
        let has = [
            old.1.has_constructor(&self.old.types, old.0.is_made_by_server()),
            new.1.has_constructor(&self.new.types, new.0.is_made_by_server()),
        ];
        match has {
            [true, false] => self.tell(item, What::Gone(Noun::Constructor), places),
            [true, true] => {
                let (old, new) = (given(old.1, &self.old.types), given(new.1, &self.new.types));
                self.compare_given(&item, &old, &new, places);
            }
            [false, _] => {}
        }
    }

    /// Compares what is given to a constructor.
    fn compare_given(&mut self, item: &str, old: &[Given], new: &[Given], places: Places<'_>) {
        let order = self.order(&arguments(old), &arguments(new), Given::is);
        if !matches!(order, Some(What::Mistakable(_))) {
            for one in old.iter().filter(|one| !new.iter().any(|other| other.is(one))) {
                self.tell(item, What::Gone(Noun::Argument(one.rust.clone())), places);
            }
            for one in new.iter().filter(|one| !old.iter().any(|other| other.is(one))) {
                self.tell(item, What::NewArgument(one.rust.clone()), places);
            }
        }
        for one in old {
            if let Some(other) = new.iter().find(|other| other.is(one))
                && !self.holds_same(&one.holds, &other.holds)
            {
                let turn = Turn::new(one.holds.written(&self.old.types), other.holds.written(&self.new.types));
                self.tell(item, What::Retyped(Noun::Argument(one.rust.clone()), turn), places);
            }
        }
        self.tell_if(item, order, places);
    }

    fn compare_constants(&mut self, item: &str, old: Known<'_>, new: Known<'_>) {
        let places = Places::both(&old.0.pointer, &new.0.pointer);
        let of = |object: &Struct, name: &str| {
            Shown(object.constants.iter().find(|(known, _)| known == name).map(|(_, value)| value.to_string()))
        };
        let mut names: Vec<&str> = old.1.constants.iter().chain(&new.1.constants).map(|(name, _)| &**name).collect();
        names.dedup();
        for name in names {
            let (old, new) = (of(old.1, name), of(new.1, name));
            if old != new {
                self.tell(item, What::Constant(name.to_owned(), old, new), places);
            }
        }
    }
}

/// An argument of a constructor.
struct Given {
    rust: String,
    wire: Option<String>,
    holds: Held,
}

impl Given {
    /// Whether two are for the same property.
    fn is(&self, other: &Self) -> bool {
        self.rust == other.rust || (self.wire.is_some() && self.wire == other.wire)
    }
}

fn given(object: &Struct, types: &crate::ir::Types) -> Vec<Given> {
    let fields = object.given_fields().map(|field| Given {
        rust: field.name.rust.clone(),
        wire: Some(field.name.wire.clone()),
        holds: Held::new(&field.ty, field.presence),
    });
    let parts = object.given_parts(types).map(|part| Given {
        rust: part.rust.clone(),
        wire: None,
        holds: Held::Plain(part.ty.clone()),
    });
    fields.chain(parts).collect()
}

fn arguments(given: &[Given]) -> Vec<Argument<'_, Given>> {
    given.iter().map(|one| Argument { name: &one.rust, holds: &one.holds, is: one }).collect()
}

/// Whether requests have a property, if that changed.
fn sending(old: Access, new: Access) -> Option<What> {
    match (old == Access::ReadOnly, new == Access::ReadOnly) {
        (false, true) => Some(What::SentAtAll(Sending::Kept)),
        (true, false) => Some(What::SentAtAll(Sending::Sent)),
        _ => None,
    }
}

/// What is sent for `None`, if that changed.
fn none_means(old: Presence, new: Presence) -> Option<What> {
    let meaning = |presence| match presence {
        Presence::Nullable => Some("null"),
        Presence::Optional => Some("nothing"),
        Presence::Required | Presence::OptionalNullable => None,
    };
    let (old, new) = (meaning(old)?, meaning(new)?);
    (old != new).then_some(What::NoneMeans(old, new))
}
