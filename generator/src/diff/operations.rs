//! Resources and operations: which of them are the same, and what a call is. What it takes is compared in `call`, what it sends in
//! `body`, what it yields in `responses`.

use super::change::{Noun, Turn, What};
use super::matching::matching;
use super::written::written;
use super::{Comparison, Places};
use crate::ir::{Api, NextPage, Operation, Paging, Repeat, Resource, Server};
use crate::pointer::Pointer;

/// An operation in its resource.
#[derive(Clone, Copy)]
struct Member<'a> {
    resource: &'a Resource,
    operation: &'a Operation,
}

impl Member<'_> {
    /// What callers write.
    fn path(self) -> String {
        format!("{}::{}", self.resource.type_name, self.operation.method_name)
    }

    /// What a call sends, whatever it is called.
    fn request(self) -> String {
        format!("{} {:?}", request(self.operation), self.operation.variant)
    }
}

fn request(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), nameless(&operation.path))
}

/// A template with the names of its parameters left out.
fn nameless(template: &str) -> String {
    let names = placeholders(template);
    names.iter().fold(template.to_owned(), |path, name| path.replacen(&format!("{{{name}}}"), "{}", 1))
}

/// The names of the parameters in a template.
pub fn placeholders(template: &str) -> Vec<&str> {
    template.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect()
}

/// Two operations that are the same to a caller.
pub struct Pair<'a> {
    /// The path that callers write.
    pub item: String,
    /// The old one.
    pub old: &'a Operation,
    /// The new one.
    pub new: &'a Operation,
}

impl Pair<'_> {
    /// Their places.
    pub fn places(&self) -> Places<'_> {
        Places::both(&self.old.pointer, &self.new.pointer)
    }

    /// The path of a setter.
    pub fn setter(&self, rust: &str) -> String {
        format!("{}::{rust}", self.old.type_name)
    }

    /// The path of an argument, which has none that code could write.
    pub fn argument(&self, rust: &str) -> String {
        format!("{}({rust})", self.item)
    }
}

impl Comparison<'_> {
    /// Compares the resources and all that is in them.
    pub fn compare_resources(&mut self) {
        let (old, new) = (&self.old.resources, &self.new.resources);
        let accessor = |resource: &Resource| Some(resource.accessor.clone());
        let requests = |resource: &Resource| {
            let mut requests: Vec<String> = resource.operations.iter().map(request).collect();
            requests.sort_unstable();
            Some(requests.join(", "))
        };
        let found = matching(old, new, &[&accessor, &requests]);
        for (one, other) in &found.both {
            self.compare_resource(&old[*one], &new[*other]);
        }
        for resource in found.gone.iter().map(|at| &old[*at]) {
            self.tell(item(resource), What::Gone(Noun::Resource), Places(place(resource), None));
        }
        for resource in found.came.iter().map(|at| &new[*at]) {
            self.tell(item(resource), What::New(Noun::Resource), Places(None, place(resource)));
        }
        self.resources = found;
        self.compare_operations();
    }

    fn compare_resource(&mut self, old: &Resource, new: &Resource) {
        let places = Places(place(old), place(new));
        if old.accessor != new.accessor {
            self.tell(item(old), What::Renamed(Noun::Resource, item(new)), places);
        } else if old.type_name != new.type_name {
            self.tell(&old.type_name, What::Renamed(Noun::Type, new.type_name.clone()), places);
        }
    }

    fn compare_operations(&mut self) {
        let (old, new) = (members(self.old), members(self.new));
        let path =
            |member: &Member<'_>| Some(format!("{}::{}", member.resource.accessor, member.operation.method_name));
        let request = |member: &Member<'_>| Some(member.request());
        let found = matching(&old, &new, &[&path, &request]);
        for (old, new) in found.both.into_iter().map(|(one, other)| (old[one], new[other])) {
            self.compare_operation(old, new);
        }
        for one in found.gone.into_iter().map(|at| old[at]) {
            self.tell(one.path(), What::Gone(Noun::Operation), Places::old(&one.operation.pointer));
        }
        for one in found.came.into_iter().map(|at| new[at]) {
            self.tell(one.path(), What::New(Noun::Operation), Places::new(&one.operation.pointer));
        }
    }

    fn compare_operation(&mut self, old: Member<'_>, new: Member<'_>) {
        let pair = Pair { item: old.path(), old: old.operation, new: new.operation };
        self.compare_names(&pair, old, new);
        self.compare_slots(&pair);
        self.compare_bodies(&pair);
        self.compare_responses(&pair);
        self.compare_paging(&pair);
        let (item, old, new) = (&pair.item, pair.old, pair.new);
        self.tell_deprecated(item, [old.deprecated, new.deprecated], pair.places());
        if request(old) != request(new) {
            let text = |operation: &Operation| format!("{} {}", operation.method.as_str(), operation.path);
            self.tell(item, What::Request(Turn::new(text(old), text(new))), pair.places());
        }
        if let Some(turn) = self.compare_servers(old, new) {
            self.tell(item, What::Server(turn), pair.places());
        }
        if old.repeat != new.repeat {
            let what = What::Repeat(repeat(&old.repeat), repeat(&new.repeat));
            self.tell(item, what, pair.places());
        }
        self.compare_requirements(&pair);
    }

    fn compare_names(&mut self, pair: &Pair<'_>, old: Member<'_>, new: Member<'_>) {
        let is_moved = old.resource.accessor != new.resource.accessor;
        if is_moved || pair.old.method_name != pair.new.method_name {
            self.tell(&pair.item, What::Renamed(Noun::Operation, new.path()), pair.places());
        }
        if pair.old.type_name != pair.new.type_name {
            let what = What::Renamed(Noun::Call, pair.new.type_name.clone());
            self.tell(&pair.old.type_name, what, pair.places());
        } else if pair.old.id != pair.new.id {
            self.tell(&pair.item, What::Id(Turn::new(&pair.old.id, &pair.new.id)), pair.places());
        }
    }

    /// The servers that are called, if one of the two operations has its own.
    fn compare_servers(&self, old: &Operation, new: &Operation) -> Option<Turn> {
        let (one, other) = (old.server.unwrap_or_default(), new.server.unwrap_or_default());
        let (old, new) = (&self.old.servers[one], &self.new.servers[other]);
        (one + other > 0 && url(old) != url(new)).then(|| Turn::new(&old.url, &new.url))
    }

    fn compare_paging(&mut self, pair: &Pair<'_>) {
        let item = pair.old.type_name.as_str();
        match (&pair.old.paging, &pair.new.paging) {
            (None, None) => {}
            (Some(_), None) => self.tell(item, What::Gone(Noun::Pages), pair.places()),
            (None, Some(_)) => self.tell(item, What::New(Noun::Pages), pair.places()),
            (Some(old), Some(new)) => {
                if !self.is_same(&old.item, &new.item) {
                    let text = |types, paging: &Paging| written(types, &paging.item);
                    let turn = Turn::new(text(&self.old.types, old), text(&self.new.types, new));
                    self.tell(item, What::Retyped(Noun::Argument("Item".to_owned()), turn), pair.places());
                }
                let (old, new) = (way(old), way(new));
                if old != new {
                    self.tell(item, What::Paging(Turn::new(old, new)), pair.places());
                }
            }
        }
    }
}

fn members(api: &Api) -> Vec<Member<'_>> {
    let of = |resource| move |operation| Member { resource, operation };
    api.resources.iter().flat_map(|resource| resource.operations.iter().map(of(resource))).collect()
}

/// The path of the method that gives a resource.
pub fn item(resource: &Resource) -> String {
    format!("Client::{}", resource.accessor)
}

/// A tag need not stand anywhere but in the operations that have it.
pub fn place(resource: &Resource) -> Option<&Pointer> {
    resource.operations.first().map(|operation| &operation.pointer)
}

/// A server's URL with the variables by the names of their setters.
pub fn url(server: &Server) -> String {
    let named = server.variables.iter().fold(server.url.clone(), |url, variable| {
        url.replace(&format!("{{{}}}", variable.wire), &format!("{{{}}}", variable.rust))
    });
    named.trim_end_matches('/').to_owned()
}

fn repeat(repeat: &Repeat) -> String {
    match repeat {
        Repeat::ByMethod => "its method".to_owned(),
        Repeat::Documented(answer) => format!("`x-idempotent: {answer}`"),
        Repeat::ByKey(header) => format!("the key in the header `{header}`"),
    }
}

/// How a list is read on, in short.
fn way(paging: &Paging) -> String {
    let next = match &paging.next {
        NextPage::Number { mark, first } => format!("page `{}` from {first}", mark.wire),
        NextPage::Offset { mark, first } => format!("offset `{}` from {first}", mark.wire),
        NextPage::Cursor { mark, found } => format!("cursor `{}` of `{}`", mark.wire, found.wire()),
        NextPage::LastItem { mark, property } => format!("last item `{}` by `{}`", mark.wire, property.wire()),
        NextPage::LinkHeader => "the header Link".to_owned(),
        NextPage::Url(path) => format!("the URL in {}", path.wire()),
    };
    let ends: Vec<String> = paging.ends.iter().map(|end| end.path().wire()).collect();
    let next = next.replace('`', "");
    let items = paging.items.wire();
    let items = if items.is_empty() { String::new() } else { format!(", items in {items}") };
    if ends.is_empty() { format!("{next}{items}") } else { format!("{next}{items}, to the end in {}", ends.join(", ")) }
}
