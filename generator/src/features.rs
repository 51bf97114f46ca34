//! The features of a client as its manifest lists them.

use crate::ir::{FeatureContent, Features};

/// A Cargo feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// Its name.
    pub name: String,
    /// What it brings, where the name alone does not say so.
    pub docs: String,
    /// The features that it turns on.
    pub enables: Vec<String>,
    /// Whether `default` turns it on.
    pub is_default: bool,
}

/// All of them, in the order in which a manifest lists them.
pub fn list(features: &Features) -> Vec<Feature> {
    let Features { module, full, parts } = features;
    let module = module.as_ref().map(|module| Feature {
        name: module.clone(),
        docs: "The client, without what the features below bring.".to_owned(),
        enables: Vec::new(),
        is_default: parts.is_empty(),
    });
    let full = full.as_ref().map(|full| Feature {
        name: full.clone(),
        docs: "All of the features below.".to_owned(),
        enables: parts.iter().map(|part| part.name.clone()).collect(),
        is_default: true,
    });
    let parts = parts.iter().map(|part| Feature {
        name: part.name.clone(),
        docs: match part.content {
            FeatureContent::Resources(_) => String::new(),
            FeatureContent::OtherTypes => "The types that no operation needs.".to_owned(),
        },
        enables: module.iter().map(|module| module.name.clone()).collect(),
        is_default: full.is_none(),
    });
    let parts: Vec<Feature> = parts.collect();
    module.into_iter().chain(full).chain(parts).collect()
}
