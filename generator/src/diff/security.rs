//! Credentials: what the builder takes, how each is sent, and which of them a call needs.

use super::change::{Noun, What};
use super::matching::{Matching, matching};
use super::operations::Pair;
use super::{Comparison, Places};
use crate::ir::{Api, CredentialKind, Location, Operation, SecurityScheme};

impl Comparison<'_> {
    /// Compares the credentials that the builder takes.
    pub fn compare_credentials(&mut self) {
        let (old, new) = (&self.old.security_schemes, &self.new.security_schemes);
        let found = paired(self.old, self.new);
        for (old, new) in found.both.into_iter().map(|(one, other)| (&old[one], &new[other])) {
            self.compare_scheme(old, new);
        }
        for one in found.gone.into_iter().map(|at| &old[at]) {
            self.tell(setter(one), What::Gone(Noun::Setter), Places::old(&one.pointer));
        }
        for one in found.came.into_iter().map(|at| &new[at]) {
            self.tell(setter(one), What::New(Noun::Setter), Places::new(&one.pointer));
        }
    }

    fn compare_scheme(&mut self, old: &SecurityScheme, new: &SecurityScheme) {
        let places = Places::both(&old.pointer, &new.pointer);
        let item = setter(old);
        if old.rust != new.rust {
            self.tell(&item, What::Renamed(Noun::Setter, setter(new)), places);
        }
        let (takes, took) = (takes(&new.kind), takes(&old.kind));
        // Whatever is a secret is a token too, but not the other way round.
        let fits = took == takes || (took == SECRET && takes == TOKEN);
        if !fits {
            self.tell(item, What::OtherCredentials(took, takes), places);
        } else if sent(&old.kind) != sent(&new.kind) {
            self.tell(item, What::Sent(sent(&old.kind), sent(&new.kind)), places);
        }
    }

    /// Compares what two calls need.
    pub fn compare_requirements(&mut self, pair: &Pair<'_>) {
        let found = paired(self.old, self.new);
        // By the new index where there is one, so that a credential with another name is the same.
        let known = |index: usize| found.of(index).ok_or(index);
        let old = alternatives(pair.old, known);
        let new = alternatives(pair.new, Ok);
        if old != new {
            let what = What::Credentials(needed(self.old, pair.old), needed(self.new, pair.new));
            self.tell(&pair.item, what, pair.places());
        }
    }
}

fn paired(old: &Api, new: &Api) -> Matching {
    let rust = |scheme: &SecurityScheme| Some(scheme.rust.clone());
    let way = |scheme: &SecurityScheme| Some(sent(&scheme.kind));
    matching(&old.security_schemes, &new.security_schemes, &[&rust, &way])
}

fn setter(scheme: &SecurityScheme) -> String {
    format!("ClientBuilder::{}", scheme.rust)
}

const SECRET: &str = "a secret";
const TOKEN: &str = "a token";

/// What a setter takes, in words.
fn takes(kind: &CredentialKind) -> &'static str {
    match kind {
        CredentialKind::ApiKey { .. } | CredentialKind::Http { .. } => SECRET,
        CredentialKind::Bearer => TOKEN,
        CredentialKind::Basic => "a user and a password",
    }
}

/// How a credential is sent, in words.
fn sent(kind: &CredentialKind) -> String {
    match kind {
        CredentialKind::ApiKey { location: Location::Query, name } => format!("as the query parameter `{name}`"),
        CredentialKind::ApiKey { location: Location::Cookie, name } => format!("as the cookie `{name}`"),
        CredentialKind::ApiKey { name, .. } => format!("in the header `{name}`"),
        CredentialKind::Basic => "by basic authentication".to_owned(),
        CredentialKind::Bearer => "as a bearer token".to_owned(),
        CredentialKind::Http { scheme } => format!("behind the word `{scheme}`"),
    }
}

/// The alternatives of a requirement.
fn alternatives<K: Ord>(operation: &Operation, known: impl Fn(usize) -> K) -> Vec<Vec<K>> {
    let set = |set: &Vec<usize>| {
        let mut set: Vec<K> = set.iter().map(|index| known(*index)).collect();
        set.sort_unstable();
        set
    };
    operation.security.iter().map(set).collect()
}

/// What a call needs, in words.
fn needed(api: &Api, operation: &Operation) -> String {
    let name = |index: &usize| format!("`{}`", api.security_schemes[*index].rust);
    let set = |set: &Vec<usize>| match set.as_slice() {
        [] => "no credentials".to_owned(),
        set => set.iter().map(name).collect::<Vec<_>>().join(" and "),
    };
    let sets: Vec<String> = operation.security.iter().map(set).collect();
    if sets.is_empty() { "no credentials".to_owned() } else { sets.join(" or ") }
}
