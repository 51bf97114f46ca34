//! The client as a whole: whether there is one, the server that it calls, and what its builder takes.

use super::change::{Noun, Shown, Turn, What};
use super::matching::matching;
use super::operations::{place, url};
use super::{Comparison, Places};
use crate::ir::{Api, ServerVariable};
use crate::pointer::Pointer;

impl Comparison<'_> {
    /// Compares the clients, without what is in their resources.
    pub fn compare_client(&mut self) {
        let first = |api: &'_ Api| api.resources.first().and_then(place).cloned();
        let (old, new) = (first(self.old), first(self.new));
        // A document without operations gives types alone.
        match (&old, &new) {
            (Some(old), None) => self.tell("Client", What::Gone(Noun::Client), Places::old(old)),
            (None, Some(new)) => self.tell("Client", What::New(Noun::Client), Places::new(new)),
            (None, None) => {}
            (Some(_), Some(_)) => {
                self.compare_server();
                self.compare_variables();
                self.compare_credentials();
                self.compare_error_bodies();
            }
        }
    }

    fn compare_server(&mut self) {
        let (old, new) = (self.old.server(), self.new.server());
        if url(old) != url(new) {
            let place = Pointer::root().descend(&["servers", "0", "url"]);
            self.tell("Client", What::Server(Turn::new(&old.url, &new.url)), Places::both(&place, &place));
        }
    }

    fn compare_variables(&mut self) {
        let (old, new) = (self.old.server_variables(), self.new.server_variables());
        let rust = |variable: &&ServerVariable| Some(variable.rust.clone());
        let wire = |variable: &&ServerVariable| Some(variable.wire.clone());
        let found = matching(&old, &new, &[&rust, &wire]);
        for (old, new) in found.both.into_iter().map(|(one, other)| (old[one], new[other])) {
            self.compare_variable(old, new);
        }
        for one in found.gone.into_iter().map(|at| old[at]) {
            self.tell(setter(one), What::Gone(Noun::Setter), Places::old(&one.pointer));
        }
        for one in found.came.into_iter().map(|at| new[at]) {
            self.tell(setter(one), What::New(Noun::Setter), Places::new(&one.pointer));
            if one.default.is_empty() {
                self.tell(setter(one), What::MustBeGiven, Places::new(&one.pointer));
            }
        }
    }

    fn compare_variable(&mut self, old: &ServerVariable, new: &ServerVariable) {
        let places = Places::both(&old.pointer, &new.pointer);
        let item = setter(old);
        if old.rust != new.rust {
            self.tell(&item, What::Renamed(Noun::Setter, setter(new)), places);
        }
        if old.default != new.default {
            let shown = |default: &String| Shown((!default.is_empty()).then(|| default.clone()));
            let what = match new.default.is_empty() {
                true => What::MustBeGiven,
                false => What::Default(shown(&old.default), shown(&new.default)),
            };
            self.tell(&item, what, places);
        }
        let is_allowed = |value: &String| new.values.is_empty() || new.values.contains(value);
        if !new.values.is_empty() && (old.values.is_empty() || !old.values.iter().all(is_allowed)) {
            let values: Vec<String> = new.values.iter().map(|value| format!("`{value}`")).collect();
            self.tell(&item, What::Tightened(values.join(", ")), places);
        } else if old.values != new.values {
            self.tell(&item, What::Loosened, places);
        }
    }
}

fn setter(variable: &ServerVariable) -> String {
    format!("ClientBuilder::{}", variable.rust)
}
