//! The pass that divides a client into Cargo features: one for every resource, with whatever its operations need, and one
//! for the types that no operation needs.
//!
//! What a feature needs is found by following types from file to file, since a file of types is compiled as a whole. Names
//! are in `names`.

mod names;

use std::collections::{BTreeMap, BTreeSet};

use self::names::Names;
use super::facts;
use crate::ir::{
    Api, BodyContent, CaseOutcome, ErrorBody, Feature, FeatureContent, Features, Gate, Operation, Resource, Success,
    Type, Types,
};

/// An item that more features need is in every build. In documents that people publish, no more than a few types in a
/// hundred are needed by so many resources, and a list of all of them would be longer than what it leaves out.
const MAX_LISTED: usize = 16;

/// Settles which features there are, and what needs which; `module` is the client's module, if its crate has others.
pub fn settle_features(api: &mut Api, module: Option<&str>) {
    let mut names = Names::new(module);
    let groups = names::groups(&api.resources);
    let files = Files::new(&api.types);
    let mut needs: Vec<BTreeSet<&str>> = groups.iter().map(|group| files.of_resources(api, group)).collect();
    let unneeded: Vec<&str> = match groups.as_slice() {
        [] => Vec::new(),
        _ => files.names().filter(|file| !needs.iter().any(|needed| needed.contains(file))).collect(),
    };
    // The only resource is always there.
    let always = if groups.len() == 1 { needs.remove(0) } else { BTreeSet::new() };
    let mut parts: Vec<Feature> = Vec::new();
    if groups.len() > 1 {
        parts.extend(groups.into_iter().map(|group| names.resources(&api.resources, group)));
    }
    if !unneeded.is_empty() {
        parts.push(names.other_types());
        needs.push(files.closure(unneeded));
    }
    let full = (parts.len() > 1).then(|| names.full());
    let features = Features { module: names.module(), full, parts };
    let gates: Vec<Gate> = api.types.iter().map(|ty| features.gate_of_file(&needs, &always, &ty.module)).collect();
    api.types.0.iter_mut().zip(gates).for_each(|(ty, gate)| ty.gate = gate);
    settle_resources(&mut api.resources, &features);
    settle_bodies(api, &features);
    api.features = features;
}

impl Features {
    /// The gate of a file of types, by what each part needs.
    fn gate_of_file(&self, needs: &[BTreeSet<&str>], always: &BTreeSet<&str>, file: &str) -> Gate {
        if always.contains(file) {
            return Gate::Open;
        }
        self.gate((0..self.parts.len()).filter(|part| needs[*part].contains(file)).collect())
    }

    /// The gate of what these parts need.
    fn gate(&self, parts: BTreeSet<usize>) -> Gate {
        let mut resources =
            (0..self.parts.len()).filter(|part| self.parts[*part].content != FeatureContent::OtherTypes).peekable();
        let is_common = resources.peek().is_some() && resources.all(|part| parts.contains(&part));
        if self.parts.is_empty() || is_common || parts.len() > MAX_LISTED {
            return Gate::Open;
        }
        Gate::AnyOf(parts.into_iter().map(|part| self.parts[part].name.clone()).collect())
    }

    /// The part that brings each resource; none for one that is always there.
    fn parts_of_resources(&self) -> BTreeMap<usize, usize> {
        let resources = self.parts.iter().enumerate().flat_map(|(index, part)| match &part.content {
            FeatureContent::Resources(resources) => resources.iter().map(|resource| (*resource, index)).collect(),
            FeatureContent::OtherTypes => Vec::new(),
        });
        resources.collect()
    }
}

fn settle_resources(resources: &mut [Resource], features: &Features) {
    let parts = features.parts_of_resources();
    for (index, resource) in resources.iter_mut().enumerate() {
        resource.gate = match parts.get(&index) {
            Some(part) => Gate::AnyOf(vec![features.parts[*part].name.clone()]),
            None => Gate::Open,
        };
    }
}

/// An error body is there where one of its operations is. One whose types are there anyway needs no gate.
fn settle_bodies(api: &mut Api, features: &Features) {
    let parts_of = features.parts_of_resources();
    let gate = |(index, body): (usize, &ErrorBody)| {
        let is_open = body.ty.named().into_iter().all(|id| api.types[id].gate == Gate::Open);
        if is_open {
            return Gate::Open;
        }
        let fails = |resource: &Resource| resource.operations.iter().any(|operation| operation.fails_with(index));
        let resources = api.resources.iter().enumerate().filter(|(_, resource)| fails(resource));
        let parts: Option<BTreeSet<usize>> = resources.map(|(resource, _)| parts_of.get(&resource).copied()).collect();
        parts.map_or(Gate::Open, |parts| features.gate(parts))
    };
    let gates: Vec<Gate> = api.error_bodies.iter().enumerate().map(gate).collect();
    api.error_bodies.iter_mut().zip(gates).for_each(|(body, gate)| body.gate = gate);
}

/// The files of types, and which other files each of them needs.
struct Files<'a> {
    types: &'a Types,
    needs: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Files<'a> {
    fn new(types: &'a Types) -> Self {
        let mut needs: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for definition in types.iter() {
            let parts = facts::parts(&definition.kind);
            let files = parts.iter().flat_map(Type::named).map(|id| types[id].module.as_str());
            needs.entry(&definition.module).or_default().extend(files);
        }
        Self { types, needs }
    }

    fn names(&self) -> impl Iterator<Item = &'a str> {
        self.needs.keys().copied()
    }

    /// The files that the operations of some resources need.
    fn of_resources(&self, api: &Api, resources: &[usize]) -> BTreeSet<&'a str> {
        let operations = resources.iter().flat_map(|index| &api.resources[*index].operations);
        let types = operations.flat_map(|operation| operation.types(&api.error_bodies));
        self.closure(types.flat_map(|ty| ty.named()).map(|id| self.types[id].module.as_str()))
    }

    /// Some files with all that they need.
    fn closure(&self, files: impl IntoIterator<Item = &'a str>) -> BTreeSet<&'a str> {
        let mut left: Vec<&str> = files.into_iter().collect();
        let mut found = BTreeSet::new();
        while let Some(file) = left.pop() {
            if found.insert(file) {
                left.extend(self.needs.get(file).into_iter().flatten().copied());
            }
        }
        found
    }
}

impl Operation {
    /// The types that a call takes and gives.
    fn types(&self, bodies: &[ErrorBody]) -> Vec<Type> {
        let mut types: Vec<Type> = self.parameters.iter().map(|parameter| parameter.ty.clone()).collect();
        types.extend(self.body.as_ref().map(|body| match &body.content {
            BodyContent::Whole { ty, .. } => ty.clone(),
            BodyContent::Properties { ty } => Type::Named(*ty),
        }));
        match &self.responses.success {
            Success::Nothing => {}
            Success::Always(ty) | Success::Maybe(ty) | Success::List(ty) | Success::Events(ty, _) => {
                types.push(ty.clone());
            }
            Success::OneOf { variants, .. } => types.extend(variants.iter().filter_map(|variant| variant.ty.clone())),
        }
        let headers = self.responses.headers.iter().flat_map(|headers| &headers.headers);
        types.extend(headers.map(|header| header.ty.clone()));
        let failures = bodies.iter().enumerate().filter(|(index, _)| self.fails_with(*index));
        types.extend(failures.map(|(_, body)| body.ty.clone()));
        types
    }

    /// Whether a call may fail with this error body.
    fn fails_with(&self, body: usize) -> bool {
        let mut cases = self.responses.cases.iter();
        cases.any(|case| matches!(case.outcome, CaseOutcome::Failure(index, _) if index == body))
    }
}
