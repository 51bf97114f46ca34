//! What a call takes: its arguments in their order, and its setters. Parameters and what a body consists of look the same to a
//! caller, so they are compared as one list.

use super::Comparison;
use super::Places;
use super::arguments::Argument;
use super::change::{Noun, Shown, Turn, What};
use super::limits::limits;
use super::matching::matching;
use super::operations::{Pair, placeholders};
use super::written::Held;
use crate::ir::{Access, Arity, BodyContent, Location, Operation, Parameter, Presence, Serialization, TypeKind, Types};
use crate::pointer::Pointer;

/// Something that a call takes.
pub struct Slot<'o> {
    rust: &'o str,
    arity: Arity,
    holds: Held,
    part: Part<'o>,
    pointer: &'o Pointer,
}

/// What something that a call takes is in the request.
enum Part<'o> {
    /// A parameter; one of the path is known by its place there.
    Parameter(&'o Parameter, Option<usize>),
    /// The body as a whole.
    Body,
    /// A property of the body.
    Property(&'o str),
    /// Several properties of the body.
    Flatten(&'o str),
}

impl Part<'_> {
    /// What it is known by, whatever it is called in Rust.
    fn identity(&self) -> String {
        match self {
            Self::Parameter(_, Some(place)) => format!("path {place}"),
            Self::Parameter(parameter, None) => match &parameter.location {
                Location::Part { property, .. } => format!("part {property} {}", wire(parameter)),
                _ => format!("{} {}", location(parameter), wire(parameter)),
            },
            Self::Body => "body".to_owned(),
            Self::Property(wire) => format!("property {wire}"),
            Self::Flatten(rust) => format!("properties {rust}"),
        }
    }

    /// Where in the request it goes, in words.
    fn place(&self) -> String {
        match self {
            Self::Parameter(parameter, _) => format!("in the {}", location(parameter)),
            Self::Body | Self::Property(_) | Self::Flatten(_) => "in the body".to_owned(),
        }
    }
}

/// Headers have the same name in whatever case.
fn wire(parameter: &Parameter) -> String {
    match parameter.location {
        Location::Header | Location::Part { .. } => parameter.wire.to_ascii_lowercase(),
        _ => parameter.wire.clone(),
    }
}

fn location(parameter: &Parameter) -> &'static str {
    match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "headers",
        Location::Cookie => "cookies",
        Location::Part { .. } => "headers of a part",
    }
}

/// All that a call takes: arguments come in the order of the list.
pub fn slots<'o>(types: &'o Types, operation: &'o Operation) -> Vec<Slot<'o>> {
    let in_path = placeholders(&operation.path);
    let mut slots: Vec<Slot<'o>> = operation
        .parameters
        .iter()
        .map(|parameter| {
            let is_path = parameter.location == Location::Path;
            let place = in_path.iter().position(|name| is_path && *name == parameter.wire);
            let part = Part::Parameter(parameter, place);
            let holds = Held::Plain(parameter.ty.clone());
            Slot { rust: &parameter.rust, arity: parameter.arity, holds, part, pointer: &parameter.pointer }
        })
        .collect();
    let Some(body) = &operation.body else { return slots };
    match &body.content {
        BodyContent::Whole { arity, ty, .. } => {
            let holds = Held::Plain(ty.clone());
            slots.push(Slot { rust: "body", arity: *arity, holds, part: Part::Body, pointer: &body.pointer });
        }
        BodyContent::Properties { ty } => {
            if let TypeKind::Struct(object) = &types[*ty].kind {
                slots.extend(properties(types, object));
            }
        }
    }
    slots
}

fn properties<'o>(types: &'o Types, object: &'o crate::ir::Struct) -> impl Iterator<Item = Slot<'o>> {
    let fields = object.fields.iter().filter(|field| field.is_given() || field.access != Access::ReadOnly);
    let fields = fields.map(|field| {
        let is_value = field.presence == Presence::Optional;
        let (arity, part) =
            (if field.is_given() { Arity::Required } else { Arity::Optional }, Part::Property(&field.name.wire));
        // A setter takes the value without its `Option`.
        let holds = Held::new(&field.ty, if is_value { Presence::Required } else { field.presence });
        Slot { rust: &field.name.rust, arity, holds, part, pointer: &field.pointer }
    });
    let parts = object.flatten.iter().map(|part| Slot {
        rust: &part.rust,
        arity: if part.has_default(types) { Arity::Optional } else { Arity::Required },
        holds: Held::Plain(part.ty.clone()),
        part: Part::Flatten(&part.rust),
        pointer: &part.pointer,
    });
    fields.chain(parts)
}

impl Comparison<'_> {
    /// Compares what two calls take.
    pub fn compare_slots(&mut self, pair: &Pair<'_>) {
        let (old, new) = (slots(&self.old.types, pair.old), slots(&self.new.types, pair.new));
        let found = matching(
            &old,
            &new,
            &[&|slot: &Slot<'_>| Some(slot.part.identity()), &|slot: &Slot<'_>| Some(slot.rust.to_owned())],
        );
        let both: Vec<(&Slot<'_>, &Slot<'_>)> =
            found.both.iter().map(|(one, other)| (&old[*one], &new[*other])).collect();
        for (old, new) in &both {
            self.compare_slot(pair, old, new);
        }
        for slot in found.gone.iter().map(|at| &old[*at]) {
            self.tell_slot(pair, slot, What::Gone(Noun::Setter), What::Gone, Places::old(slot.pointer));
        }
        for slot in found.came.iter().map(|at| &new[*at]) {
            let argument = |noun| match noun {
                Noun::Argument(name) => What::NewArgument(name),
                noun => What::New(noun),
            };
            self.tell_slot(pair, slot, What::New(Noun::Setter), argument, Places::new(slot.pointer));
        }
        let what = self.order(&arguments(&old), &arguments(&new), |one, other| {
            both.iter().any(|(old, new)| std::ptr::eq(*old, one) && std::ptr::eq(*new, other))
        });
        self.tell_if(&pair.item, what, pair.places());
    }

    fn tell_slot(
        &mut self,
        pair: &Pair<'_>,
        slot: &Slot<'_>,
        setter: What,
        argument: impl FnOnce(Noun) -> What,
        places: Places<'_>,
    ) {
        match slot.arity {
            Arity::Required => self.tell(&pair.item, argument(Noun::Argument(slot.rust.to_owned())), places),
            Arity::Optional => self.tell(pair.setter(slot.rust), setter, places),
        }
    }

    fn compare_slot(&mut self, pair: &Pair<'_>, old: &Slot<'_>, new: &Slot<'_>) {
        let places = Places::both(old.pointer, new.pointer);
        let name = old.rust.to_owned();
        let is_argument = old.arity == Arity::Required;
        match (old.arity, new.arity) {
            (Arity::Optional, Arity::Required) => self.tell(&pair.item, What::MadeRequired(name.clone()), places),
            (Arity::Required, Arity::Optional) => self.tell(&pair.item, What::MadeOptional(name.clone()), places),
            _ => {}
        }
        if old.rust != new.rust {
            self.tell_renamed(pair, old, new);
        }
        if !self.holds_same(&old.holds, &new.holds) {
            let turn = Turn::new(old.holds.written(&self.old.types), new.holds.written(&self.new.types));
            match is_argument {
                true => self.tell(&pair.item, What::Retyped(Noun::Argument(name), turn), places),
                false => self.tell(pair.setter(old.rust), What::Takes(turn), places),
            }
        }
        let item = if is_argument { pair.argument(old.rust) } else { pair.setter(old.rust) };
        if old.part.place() != new.part.place() {
            self.tell(&item, What::Sent(old.part.place(), new.part.place()), places);
        } else if let (Part::Parameter(old, _), Part::Parameter(new, _)) = (&old.part, &new.part) {
            self.compare_parameters(&item, old, new, places);
        }
    }

    /// The name of an argument is nobody's business but the double's.
    fn tell_renamed(&mut self, pair: &Pair<'_>, old: &Slot<'_>, new: &Slot<'_>) {
        let places = Places::both(old.pointer, new.pointer);
        if old.arity == Arity::Optional && new.arity == Arity::Optional {
            self.tell(pair.setter(old.rust), What::Renamed(Noun::Setter, new.rust.to_owned()), places);
        } else if let (Part::Parameter(..), Part::Parameter(..)) = (&old.part, &new.part) {
            self.tell(pair.argument(old.rust), What::RenamedInDouble(Turn::new(old.rust, new.rust)), places);
        }
    }

    fn compare_parameters(&mut self, item: &str, old: &Parameter, new: &Parameter, places: Places<'_>) {
        // A parameter of the path is known by its place there.
        if wire(old) != wire(new) && old.location != Location::Path {
            self.tell(item, What::Wire(Turn::new(&old.wire, &new.wire)), places);
        }
        if old.serialization != new.serialization {
            self.tell(item, What::Sent(style(old.serialization), style(new.serialization)), places);
        }
        // What must be given needs no default.
        if old.default != new.default && new.arity == Arity::Optional {
            self.tell(item, What::Default(Shown(old.default.clone()), Shown(new.default.clone())), places);
        }
        if self.is_same(&old.ty, &new.ty) {
            self.tell_if(item, limits(&old.limits, &new.limits), places);
        }
        self.tell_deprecated(item, [old.deprecated, new.deprecated], places);
    }
}

fn arguments<'s, 'o>(slots: &'s [Slot<'o>]) -> Vec<Argument<'s, Slot<'o>>> {
    let required = slots.iter().filter(|slot| slot.arity == Arity::Required);
    required.map(|slot| Argument { name: slot.rust, holds: &slot.holds, is: slot }).collect()
}

/// How a parameter is written, in words.
fn style(serialization: Serialization) -> String {
    match serialization {
        Serialization::Json => "as JSON".to_owned(),
        Serialization::DEFAULT => "in the usual style".to_owned(),
        Serialization::Style { style, explode, allow_reserved } => {
            let style = style.map(|style| format!("style {style:?}").to_lowercase());
            let explode = explode.map(|explode| format!("explode {explode}"));
            let reserved = allow_reserved.then(|| "reserved characters as they are".to_owned());
            let parts: Vec<String> = [style, explode, reserved].into_iter().flatten().collect();
            format!("with {}", parts.join(", "))
        }
    }
}
