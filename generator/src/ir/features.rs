//! Cargo features: which parts of a client a build may leave out.

/// The features of a client; there are no parts where there is nothing to leave out.
#[derive(Debug, Default)]
pub struct Features {
    /// What all parts need: the feature of the module, where a crate has clients of several documents.
    pub module: Option<String>,
    /// All parts together; none if that would be the same as the only part.
    pub full: Option<String>,
    /// The parts, resources first.
    pub parts: Vec<Feature>,
}

/// A part of a client that a build may leave out.
#[derive(Debug)]
pub struct Feature {
    /// Its name.
    pub name: String,
    /// What it brings.
    pub content: FeatureContent,
}

/// What a feature brings.
#[derive(Debug, PartialEq, Eq)]
pub enum FeatureContent {
    /// Resources by index, with all that they need: one, unless there are more than features may be.
    Resources(Vec<usize>),
    /// The types that no operation needs.
    OtherTypes,
}

/// Which builds an item is in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Gate {
    /// All of them.
    #[default]
    Open,
    /// Those with at least one of these features.
    AnyOf(Vec<String>),
}
