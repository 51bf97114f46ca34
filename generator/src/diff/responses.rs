//! What comes back: what a call yields, what each status means, and the headers that are typed.

use super::change::{Noun, Shown, Turn, What};
use super::matching::matching;
use super::operations::Pair;
use super::written::{Held, written};
use super::{Comparison, Places};
use crate::ir::{
    Api, Arity, Case, CaseOutcome, ErrorBody, EventFormat, Operation, Presence, ResponseHeader, ResponseHeaders,
    Success, SuccessVariant, Type, TypeId,
};
use crate::pointer::Pointer;

impl Comparison<'_> {
    /// Compares the responses of two calls.
    pub fn compare_responses(&mut self, pair: &Pair<'_>) {
        let (old, new) = (&pair.old.responses, &pair.new.responses);
        match (&old.success, &new.success) {
            (Success::OneOf { type_name, variants: one }, Success::OneOf { variants: other, .. }) => {
                self.compare_success_variants(type_name, one, other, pair.places());
            }
            (one, other) if self.yields_same(one, other) => {}
            (one, other) => {
                let turn = Turn::new(yielded(self.old, one), yielded(self.new, other));
                self.tell(&pair.item, What::Yields(turn), Places::both(succeeds(pair.old), succeeds(pair.new)));
            }
        }
        if old.accept != new.accept {
            let shown = |accept: &Option<String>| Shown(accept.clone().or_else(|| Some("application/json".to_owned())));
            self.tell(&pair.item, What::Accept(shown(&old.accept), shown(&new.accept)), pair.places());
        }
        self.compare_cases(pair, &old.cases, &new.cases);
        self.compare_header_types(pair, old.headers.as_ref(), new.headers.as_ref());
    }

    fn yields_same(&self, old: &Success, new: &Success) -> bool {
        match (old, new) {
            (Success::Nothing, Success::Nothing) => true,
            (Success::Maybe(old), Success::Maybe(new)) => self.is_same(old, new),
            (Success::Events(old, one), Success::Events(new, other)) => one == other && self.is_same(old, new),
            (Success::Always(old) | Success::List(old), Success::Always(new) | Success::List(new)) => {
                self.is_same(old, new)
            }
            _ => false,
        }
    }

    fn compare_success_variants(
        &mut self,
        item: &str,
        old: &[SuccessVariant],
        new: &[SuccessVariant],
        places: Places<'_>,
    ) {
        let rust = |variant: &SuccessVariant| Some(variant.rust.clone());
        let found = matching(old, new, &[&rust]);
        for (old, new) in found.both.into_iter().map(|(one, other)| (&old[one], &new[other])) {
            let is_same = match (&old.ty, &new.ty) {
                (Some(old), Some(new)) => self.is_same(old, new),
                (old, new) => old.is_none() && new.is_none(),
            };
            if !is_same {
                let text = |api: &Api, variant: &SuccessVariant| {
                    variant.ty.as_ref().map_or_else(|| "()".to_owned(), |ty| written(&api.types, ty))
                };
                let turn = Turn::new(text(self.old, old), text(self.new, new));
                self.tell(format!("{item}::{}", old.rust), What::Retyped(Noun::Variant, turn), places);
            }
        }
        for one in found.gone.into_iter().map(|at| &old[at]) {
            self.tell(format!("{item}::{}", one.rust), What::Gone(Noun::Variant), Places(places.0, None));
        }
        for one in found.came.into_iter().map(|at| &new[at]) {
            self.tell(format!("{item}::{}", one.rust), What::New(Noun::Variant), Places(None, places.1));
        }
    }

    fn compare_cases(&mut self, pair: &Pair<'_>, old: &[Case], new: &[Case]) {
        let found = matching(old, new, &[&|case: &Case| Some(case.status)]);
        for (old, new) in found.both.into_iter().map(|(one, other)| (&old[one], &new[other])) {
            let what = self.outcome_change(old, new);
            self.tell_if(&pair.item, what, Places::both(&old.pointer, &new.pointer));
        }
        for case in found.gone.into_iter().map(|at| &old[at]) {
            self.tell(&pair.item, What::StatusGone(status(case)), Places::old(&case.pointer));
        }
        for case in found.came.into_iter().map(|at| &new[at]) {
            self.tell(&pair.item, What::NewStatus(status(case)), Places::new(&case.pointer));
        }
    }

    /// What a status means that it did not mean.
    fn outcome_change(&self, old: &Case, new: &Case) -> Option<What> {
        let (one, other) = (meaning(&old.outcome), meaning(&new.outcome));
        if one != other {
            return Some(What::StatusMeans(status(new), one, other));
        }
        let body = |api: &Api, case: &Case| match case.outcome {
            CaseOutcome::Failure(index, _) => Some(api.error_bodies[index].ty.clone()),
            CaseOutcome::Success { .. } | CaseOutcome::BareFailure => None,
        };
        let (one, other) = (body(self.old, old), body(self.new, new));
        let is_same = match (&one, &other) {
            (Some(one), Some(other)) => self.is_same(one, other),
            (one, other) => one.is_none() && other.is_none(),
        };
        let shown = |api: &Api, ty: Option<Type>| Shown(ty.map(|ty| written(&api.types, &ty)));
        (!is_same).then(|| What::ErrorBody(status(new), shown(self.old, one), shown(self.new, other)))
    }

    fn compare_header_types(&mut self, pair: &Pair<'_>, old: Option<&ResponseHeaders>, new: Option<&ResponseHeaders>) {
        match (old, new) {
            (None, None) => {}
            (Some(old), None) => self.tell(&old.type_name, What::Gone(Noun::Headers), pair.places()),
            (None, Some(new)) => self.tell(&new.type_name, What::New(Noun::Headers), pair.places()),
            (Some(old), Some(new)) => self.compare_headers(&old.type_name, &old.headers, &new.headers, pair.places()),
        }
    }

    fn compare_headers(&mut self, item: &str, old: &[ResponseHeader], new: &[ResponseHeader], places: Places<'_>) {
        let rust = |header: &ResponseHeader| Some(header.rust.clone());
        let wire = |header: &ResponseHeader| Some(header.wire.to_ascii_lowercase());
        let found = matching(old, new, &[&rust, &wire]);
        for (old, new) in found.both.into_iter().map(|(one, other)| (&old[one], &new[other])) {
            let item = format!("{item}::{}", old.rust);
            if old.rust != new.rust {
                self.tell(&item, What::Renamed(Noun::Field, new.rust.clone()), places);
            }
            if !old.wire.eq_ignore_ascii_case(&new.wire) {
                self.tell(&item, What::Wire(Turn::new(&old.wire, &new.wire)), places);
            }
            let (one, other) = (held(old), held(new));
            if !self.holds_same(&one, &other) {
                let turn = Turn::new(one.written(&self.old.types), other.written(&self.new.types));
                self.tell(&item, What::Retyped(Noun::Field, turn), places);
            }
        }
        for one in found.gone.into_iter().map(|at| &old[at]) {
            self.tell(format!("{item}::{}", one.rust), What::Gone(Noun::Field), places);
        }
        for one in found.came.into_iter().map(|at| &new[at]) {
            self.tell(format!("{item}::{}", one.rust), What::New(Noun::Field), places);
        }
    }

    /// Compares the bodies of documented errors.
    pub fn compare_error_bodies(&mut self) {
        let (old, new) = (&self.old.error_bodies, &self.new.error_bodies);
        let found = matching(old, new, &[&|body: &ErrorBody| Some(body.variant.clone())]);
        // A variant is named after its type, so one that is left has gone with a type or has another name with it.
        let found = found.by(|at| self.types.get(&named(&old[at])?).copied(), |at| named(&new[at]));
        for (one, other) in found.both {
            let (one, other) = (&old[one], &new[other]);
            if one.variant != other.variant {
                let places = Places(fails(self.old, &one.variant), fails(self.new, &other.variant));
                let what = What::Renamed(Noun::ErrorBody, other.variant.clone());
                self.tell(format!("ErrorBody::{}", one.variant), what, places);
            }
            if !self.is_same(&one.ty, &other.ty) {
                let turn = Turn::new(written(&self.old.types, &one.ty), written(&self.new.types, &other.ty));
                let places = Places(fails(self.old, &one.variant), fails(self.new, &other.variant));
                self.tell(format!("ErrorBody::{}", one.variant), What::Retyped(Noun::ErrorBody, turn), places);
            }
        }
        for one in found.gone.into_iter().map(|at| &old[at]) {
            let places = Places(fails(self.old, &one.variant), None);
            self.tell(format!("ErrorBody::{}", one.variant), What::Gone(Noun::ErrorBody), places);
        }
        for one in found.came.into_iter().map(|at| &new[at]) {
            let places = Places(None, fails(self.new, &one.variant));
            self.tell(format!("ErrorBody::{}", one.variant), What::New(Noun::ErrorBody), places);
        }
    }
}

/// The first successful response, if one is described.
fn succeeds(operation: &Operation) -> &Pointer {
    let mut cases = operation.responses.cases.iter();
    let success = cases.find(|case| matches!(case.outcome, CaseOutcome::Success { .. }));
    success.map_or(&operation.pointer, |case| &case.pointer)
}

/// The first response with an error body.
fn fails<'a>(api: &'a Api, variant: &str) -> Option<&'a Pointer> {
    let has =
        |case: &&Case| matches!(case.outcome, CaseOutcome::Failure(at, _) if api.error_bodies[at].variant == variant);
    api.operations().flat_map(|operation| &operation.responses.cases).find(has).map(|case| &case.pointer)
}

fn named(body: &ErrorBody) -> Option<TypeId> {
    match body.ty {
        Type::Named(id) => Some(id),
        _ => None,
    }
}

fn held(header: &ResponseHeader) -> Held {
    Held::new(&header.ty, if header.arity == Arity::Required { Presence::Required } else { Presence::Optional })
}

fn status(case: &Case) -> String {
    format!("`{}`", case.status)
}

fn meaning(outcome: &CaseOutcome) -> &'static str {
    match outcome {
        CaseOutcome::Success { .. } => "a success",
        CaseOutcome::Failure(..) | CaseOutcome::BareFailure => "an error",
    }
}

/// What a call yields, as code writes it.
fn yielded(api: &Api, success: &Success) -> String {
    match success {
        Success::Nothing => "()".to_owned(),
        Success::Always(ty) | Success::List(ty) => written(&api.types, ty),
        Success::Maybe(ty) => format!("Option<{}>", written(&api.types, ty)),
        Success::Events(ty, format) => {
            let format = match format {
                EventFormat::ServerSent => "server-sent",
                EventFormat::JsonLines => "JSON lines",
                EventFormat::JsonSequence => "JSON sequence",
            };
            format!("Events<{}> ({format})", written(&api.types, ty))
        }
        Success::OneOf { type_name, .. } => type_name.clone(),
    }
}
