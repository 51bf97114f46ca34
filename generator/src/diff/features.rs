//! Cargo features: which there are, and which builds have an item. A build names the resources that it calls, so what is compared
//! is the build of each feature alone; where nothing could be left out, the build without any.

use std::collections::BTreeMap;

use super::change::{Noun, Others, What};
use super::matching::matching;
use super::operations::{item, place};
use super::written::path;
use super::{Comparison, Places};
use crate::features::{Feature, list};
use crate::ir::{Api, FeatureContent, Gate, TypeId};
use crate::pointer::Pointer;

impl Comparison<'_> {
    /// Compares the features and what needs them.
    pub fn compare_features(&mut self) {
        let (old, new) = (list(&self.old.features), list(&self.new.features));
        let found = matching(&old, &new, &[&|feature: &Feature| Some(feature.name.clone())]);
        // A resource with another name has a feature with another name.
        let found = found.by(
            |at| first_resource(self.old, &old[at]).and_then(|resource| self.resources.of(resource)),
            |at| first_resource(self.new, &new[at]),
        );
        for (one, other) in found.both.iter().map(|(one, other)| (&old[*one], &new[*other])) {
            let places = Places(feature_place(self.old, one), feature_place(self.new, other));
            if one.name != other.name {
                self.tell(feature_item(one), What::Renamed(Noun::Feature, other.name.clone()), places);
            }
            if is_on(&old, one) && !is_on(&new, other) {
                self.tell(feature_item(one), What::OffByDefault, places);
            }
        }
        for one in found.gone.into_iter().map(|at| &old[at]) {
            self.tell(feature_item(one), What::Gone(Noun::Feature), Places(feature_place(self.old, one), None));
        }
        for one in found.came.into_iter().map(|at| &new[at]) {
            self.tell(feature_item(one), What::New(Noun::Feature), Places(None, feature_place(self.new, one)));
        }
        self.compare_gates();
    }

    fn compare_gates(&mut self) {
        for (one, other) in self.resources.both.clone() {
            let (old, new) = (&self.old.resources[one], &self.new.resources[other]);
            if self.is_narrowed(&old.gate, &new.gate) {
                let what = What::NeedsFeature(needed(&new.gate), Others(0));
                self.tell(item(old), what, Places(place(old), place(new)));
            }
        }
        // Types that lose the same builds are told once, by the first of them.
        let mut narrowed: BTreeMap<String, Vec<(TypeId, TypeId)>> = BTreeMap::new();
        for (old, new) in &self.types {
            let gates = (&self.old.types[*old].gate, &self.new.types[*new].gate);
            if self.is_narrowed(gates.0, gates.1) {
                narrowed.entry(needed(gates.1)).or_default().push((*old, *new));
            }
        }
        for (needed, types) in narrowed {
            let Some((old, new)) = types.first() else { continue };
            let places = Places::both(&self.old.types[*old].pointer, &self.new.types[*new].pointer);
            self.tell(path(&self.old.types, *old), What::NeedsFeature(needed, Others(types.len() - 1)), places);
        }
    }

    /// Whether a build that had an item has it no longer.
    fn is_narrowed(&self, old: &Gate, new: &Gate) -> bool {
        let is_in = |gate: &Gate, feature: &str| match gate {
            Gate::Open => true,
            Gate::AnyOf(features) => features.iter().any(|known| known == feature),
        };
        if self.old.features.parts.is_empty() {
            return *new != Gate::Open;
        }
        let kept = |name: &str| self.new.features.parts.iter().any(|part| part.name == name);
        let mut builds = self.old.features.parts.iter().map(|part| part.name.as_str()).filter(|name| kept(name));
        builds.any(|feature| is_in(old, feature) && !is_in(new, feature))
    }
}

/// Whether a feature is on by default, by itself or with all the others.
fn is_on(features: &[Feature], feature: &Feature) -> bool {
    let enables = |one: &Feature| one.is_default && one.enables.contains(&feature.name);
    feature.is_default || features.iter().any(enables)
}

fn feature_item(feature: &Feature) -> String {
    format!("feature {}", feature.name)
}

fn needed(gate: &Gate) -> String {
    match gate {
        Gate::Open => "nothing".to_owned(),
        Gate::AnyOf(features) => {
            let names: Vec<String> = features.iter().map(|name| format!("`{name}`")).collect();
            let noun = if names.len() == 1 { "the feature" } else { "one of the features" };
            format!("{noun} {}", names.join(", "))
        }
    }
}

/// The first resource that a feature brings, if it brings resources of its own.
fn first_resource(api: &Api, feature: &Feature) -> Option<usize> {
    let part = api.features.parts.iter().find(|part| part.name == feature.name)?;
    match &part.content {
        FeatureContent::Resources(resources) => resources.first().copied(),
        FeatureContent::OtherTypes => None,
    }
}

/// The place of what a feature brings first.
fn feature_place<'a>(api: &'a Api, feature: &Feature) -> Option<&'a Pointer> {
    place(api.resources.get(first_resource(api, feature).unwrap_or_default())?)
}
