//! The names of features, and which resources share one: resources in, names out that Cargo and crates.io take.

use std::collections::BTreeMap;

use heck::ToKebabCase;

use super::super::names::{Scope, split};
use crate::ir::{Feature, FeatureContent, Resource};

/// crates.io takes no more features than 300, of which some are not for resources.
const MAX_GROUPS: usize = 256;

/// crates.io takes no longer names.
const MAX_LENGTH: usize = 64;

/// Names that a client's manifest needs for something else, or soon may.
const RESERVED: &[&str] = &[
    "blocking",
    "client-runtime",
    "default",
    "native-tls",
    "reqwest",
    "rustls",
    "rustls-no-provider",
    "serde",
    "std",
    "test-util",
    "tracing",
];

/// All parts together.
const FULL: &str = "full";

/// What no operation needs.
const OTHER_TYPES: &str = "other-types";

/// What comes behind the limit.
const OTHER_RESOURCES: &str = "other-resources";

/// The resources of each feature, by index: each has one of its own. If that would be too many, those whose names begin
/// with the same word share one, and behind the limit all the others do.
pub fn groups(resources: &[Resource]) -> Vec<Vec<usize>> {
    if resources.len() <= MAX_GROUPS {
        return (0..resources.len()).map(|index| vec![index]).collect();
    }
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut by_word = BTreeMap::new();
    for (index, resource) in resources.iter().enumerate() {
        let first_word = split(&resource.accessor).into_iter().next();
        let group = *by_word.entry(first_word).or_insert(groups.len());
        match groups.get_mut(group) {
            Some(group) => group.push(index),
            None => groups.push(vec![index]),
        }
    }
    if groups.len() > MAX_GROUPS {
        let others = groups.split_off(MAX_GROUPS - 1).into_iter().flatten().collect();
        groups.push(others);
    }
    groups
}

/// The names that are given away.
pub struct Names {
    module: Option<String>,
    full: String,
    other_types: String,
    scope: Scope,
}

impl Names {
    /// Names that begin with that of a module, if there is one.
    pub fn new(module: Option<&str>) -> Self {
        let scope = Scope::with(RESERVED);
        let mut names = Self { module: None, full: String::new(), other_types: String::new(), scope };
        names.module = module.map(|module| names.claim(&module.to_kebab_case()));
        // Those that every client may have are claimed before those of the document.
        names.full = names.claim(FULL);
        names.other_types = names.claim(OTHER_TYPES);
        names
    }

    /// The feature of the module.
    pub fn module(&self) -> Option<String> {
        self.module.clone()
    }

    /// The feature of all parts.
    pub fn full(&self) -> String {
        self.full.clone()
    }

    /// The feature of the types that no operation needs.
    pub fn other_types(&self) -> Feature {
        Feature { name: self.other_types.clone(), content: FeatureContent::OtherTypes }
    }

    /// A feature of some resources.
    pub fn resources(&mut self, resources: &[Resource], group: Vec<usize>) -> Feature {
        let words = |index: usize| split(&resources[index].accessor);
        let name = match group.as_slice() {
            [only] => resources[*only].accessor.to_kebab_case(),
            [first, others @ ..] if others.iter().all(|other| words(*other).first() == words(*first).first()) => {
                words(*first).swap_remove(0)
            }
            _ => OTHER_RESOURCES.to_owned(),
        };
        Feature { name: self.claim(&name), content: FeatureContent::Resources(group) }
    }

    fn claim(&mut self, name: &str) -> String {
        let name = match &self.module {
            Some(module) => format!("{module}-{name}"),
            None => name.to_owned(),
        };
        // With room for what is put behind a name that is taken.
        let name = shortened(&name, MAX_LENGTH - "-resource000".len());
        self.scope.claim(&[name.to_owned(), format!("{name}-resource")])
    }
}

/// As many words of a name as there is room for.
fn shortened(name: &str, room: usize) -> &str {
    if name.len() <= room {
        return name;
    }
    let end = (0..=room).rev().find(|end| name.is_char_boundary(*end)).unwrap_or_default();
    let cut = &name[..end];
    cut.rsplit_once('-').map_or(cut, |(words, _)| words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::Gate;

    fn resources(accessors: &[&str]) -> Vec<Resource> {
        let resource = |accessor: &&str| Resource {
            tag: String::new(),
            type_name: String::new(),
            accessor: (*accessor).to_owned(),
            docs: String::new(),
            operations: Vec::new(),
            gate: Gate::Open,
        };
        accessors.iter().map(resource).collect()
    }

    fn named(module: Option<&str>, accessors: &[&str]) -> Vec<String> {
        let (mut names, resources) = (Names::new(module), resources(accessors));
        groups(&resources).into_iter().map(|group| names.resources(&resources, group).name).collect()
    }

    #[test]
    fn names_are_those_of_the_accessors_and_clash_with_none() {
        let accessors = ["order_items", "type_", "serde", "full", "a_b", "größe"];
        let expected = ["order-items", "type", "serde-resource", "full-resource", "a-b", "größe"];
        assert_eq!(named(None, &accessors), expected);
        assert_eq!(named(Some("my_api"), &["serde", "full"]), ["my-api-serde", "my-api-full-resource"]);
    }

    #[test]
    fn long_names_end_with_a_word_and_stay_distinct() {
        let long = "word_".repeat(20);
        let names = named(Some("m"), &[&format!("{long}a"), &format!("{long}b"), &format!("{long}c"), &"é".repeat(90)]);
        assert_eq!(names[0], format!("m{}", "-word".repeat(10)));
        assert_eq!(names[1], format!("{}-resource", names[0]));
        assert_eq!(names[2], format!("{}-resource2", names[0]));
        assert!(names.iter().all(|name| name.len() <= MAX_LENGTH), "{names:?}");
    }

    #[test]
    fn too_many_resources_share_features() {
        let accessors = |make: fn(usize) -> String| (0..MAX_GROUPS + 9).map(make).collect::<Vec<_>>();
        let named_of = |accessors: &[String]| named(None, &accessors.iter().map(String::as_str).collect::<Vec<_>>());
        let families = named_of(&accessors(|index| format!("r{}_{index}", index / 2)));
        assert_eq!((families.len(), families[1].as_str()), ((MAX_GROUPS + 10) / 2, "r1"));
        let strangers = named_of(&accessors(|index| format!("r{index}")));
        assert_eq!((strangers.len(), strangers[MAX_GROUPS - 1].as_str()), (MAX_GROUPS, "other-resources"));
    }
}
