//! Turns an OpenAPI document into the text of a Rust client.
//!
//! ```text
//! load     text -> openapiv3::OpenAPI     the only stage that knows files' syntax and OpenAPI's versions
//! lower    -> ir::Api                     every decision is made here; nothing is printed
//! emit     -> Module                      tokens per file; decides nothing and cannot fail
//! render   -> Files                       text per file; the only stage that knows what text looks like
//! ```
//!
//! - Nothing here reads or writes a file: [`generate`] takes a text and gives texts.
//! - `ir` knows neither `openapiv3` nor `quote`; `lower` knows no `quote`, `emit` no `openapiv3`.
//! - A construct is supported or warned about; what cannot be expressed costs its operation or schema and no other.
//!   Nothing is dropped in silence, nothing panics on input.
//! - The same document gives the same bytes: maps keep the document's order, and nothing depends on a hash.
//!
//! Emitted code leans on the crate in `runtime/`, by the names listed in `emit/runtime.rs` alone.
//!
//! # From a build script
//!
//! A crate can generate its client as it is built, and commit nothing but the document. It depends on this crate to build and on
//! the runtime of the same version to run; [`Root::Included`] says that the code comes as one file, which the root of the crate
//! takes in by `include!(concat!(env!("OUT_DIR"), "/petstore.rs"));`. There is an example in `examples/build-script/`.
//!
//! ```no_run
//! use generator::{Format, Root, Source};
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let source = Source::new("petstore.yaml", std::fs::read_to_string("petstore.yaml")?);
//!     let source = source.gather(|name| std::fs::read_to_string(name).ok());
//!     println!("cargo::rerun-if-changed=petstore.yaml");
//!
//!     let root = Root::Included { crate_name: "shop".to_owned(), module: "petstore".to_owned() };
//!     let output = generator::generate(&source, &root).map_err(|report| report.render(&source, Format::PLAIN))?;
//!     for (path, text) in output.files {
//!         std::fs::write(std::path::Path::new(&std::env::var("OUT_DIR")?).join(path), text)?;
//!     }
//!     Ok(())
//! }
//! ```

mod bundle;
mod diagnostics;
mod diff;
mod emit;
mod features;
mod gather;
mod ir;
pub mod lists;
mod load;
mod lower;
mod pointer;
mod pretty;
mod render;
mod room;
pub mod visible;

use std::collections::BTreeMap;

pub use self::diagnostics::{
    Action, Code, Detail, Diagnostic, Diagnostics, Edit, Format, Located, Note, Palette, Place, Severity, Spot, Text,
    nameless,
};
pub use self::diff::{Change, Effect, Location, Noun, Side, What, diff};
pub use self::features::Feature;
pub use self::gather::{File, Refusal, leaves_directory};
pub use self::pointer::Pointer;
use self::room::with_room;

/// An overlay (OpenAPI Overlay 1.0 or 1.1) as text: changes of a document that one does not own.
#[derive(Clone, Debug)]
pub struct Overlay {
    /// Its name in messages; the ending tells JSON from YAML.
    pub name: String,
    /// Its content.
    pub text: String,
}

/// A document as text.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name in messages and headers, as in `spec/petstore.yaml`; the ending tells JSON from YAML.
    pub name: String,
    /// Its content.
    pub text: String,
    /// The files that it refers to, by their paths as seen from its folder.
    pub others: Files,
    /// The files that it refers to and that must not be read, by such paths. A `$ref` to one of them is an error.
    pub refused: BTreeMap<String, Refusal>,
    /// What is changed in it before anything else, in this order.
    pub overlays: Vec<Overlay>,
}

impl Source {
    /// A document that refers to no other file, or to none yet: see [`gather`](Self::gather).
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            others: Files::new(),
            refused: BTreeMap::new(),
            overlays: Vec::new(),
        }
    }

    /// The paths of the files that are referred to and are neither among [`others`](Self::others) nor
    /// [`refused`](Self::refused). A path may lead out of the document's directory: check it with [`leaves_directory`].
    pub fn missing_files(&self) -> Vec<String> {
        load::missing_files(self)
    }
}

/// Where the emitted code will live, which decides the paths it uses for itself.
#[derive(Clone, Debug)]
pub enum Root {
    /// A module of a crate that has others.
    Module {
        /// The crate's name as code writes it, as in `shipping_client`.
        crate_name: String,
        /// The module's name.
        module: String,
    },
    /// A module in the root of a crate that includes it from where its build script wrote it: one file, and no Cargo feature
    /// divides it.
    Included {
        /// The crate's name as code writes it.
        crate_name: String,
        /// The module's name, which is that of the file too.
        module: String,
    },
    /// A crate of its own.
    Crate {
        /// The crate's name as code writes it.
        crate_name: String,
    },
}

/// Relative paths and texts.
pub type Files = BTreeMap<String, String>;

/// What a document becomes.
#[derive(Clone, Debug)]
pub struct Output {
    /// The code.
    pub files: Files,
    /// A program that calls every operation once, against the server that its first argument names; numbers behind that
    /// pick operations.
    pub conformance: String,
    /// A program that reads every example of the document, and prints what it writes of it; none if there are none.
    pub round_trip: Option<String>,
    /// The examples that it reads, in the order of their numbers.
    pub examples: Vec<Example>,
    /// A program that reads values of the document's schemas and prints what it writes of them; none if no schema has a type.
    pub values: Option<String>,
    /// The schemas that it knows, in the order of their numbers.
    pub schemas: Vec<Schema>,
    /// A program that reads every list that comes in pages to its end; none if there are none.
    pub pages: Option<String>,
    /// The lists that it reads, in the order of their numbers.
    pub lists: Vec<lists::List>,
    /// The Cargo features that the files name, for the manifest of their crate.
    pub features: Vec<Feature>,
    /// Where in the document each named item comes from, by its path from the root of the code.
    pub places: Vec<(String, Pointer)>,
    /// How much it was.
    pub summary: Summary,
    /// What is worth knowing of the document.
    pub warnings: Diagnostics,
}

/// A value that the document gives as an example.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its place.
    pub place: Pointer,
    /// The place of its schema.
    pub schema: Pointer,
    /// The value.
    pub value: serde_json::Value,
}

impl Example {
    fn new(value: &ir::ExampleValue) -> Self {
        Self { place: value.pointer.clone(), schema: value.schema.clone(), value: value.value.clone() }
    }
}

/// A schema that a type of the client stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema {
    /// Its place.
    pub place: Pointer,
    /// Whether a request can contain a value of it.
    pub sent: bool,
    /// Whether a response can contain a value of it.
    pub received: bool,
}

impl Schema {
    fn new(schema: &ir::TypedSchema) -> Self {
        Self { place: schema.schema.clone(), sent: schema.usage.request, received: schema.usage.response }
    }
}

/// How much a document became.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Operations that the client has.
    pub operations: usize,
    /// Ways to call them.
    pub calls: usize,
    /// Operations of the document that the client does not have; the warnings say why.
    pub left_out: usize,
    /// Component schemas of the document.
    pub schemas: usize,
    /// Those that stand in as free-form JSON; the warnings say why.
    pub schemas_left_out: usize,
    /// Types.
    pub types: usize,
}

/// Generates the client of a document.
///
/// # Errors
/// Everything that is wrong with the document, at least one of which is an error.
pub fn generate(source: &Source, root: &Root) -> Result<Output, Diagnostics> {
    with_room(|| generate_here(source, root))
}

fn generate_here(source: &Source, root: &Root) -> Result<Output, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let Some(document) = load::load(source, &mut diagnostics) else { return Err(diagnostics) };
    let api = lower::lower(&document, root, &mut diagnostics);
    if diagnostics.has_errors() {
        return Err(diagnostics);
    }
    print(&api, root, &source.name, diagnostics.clone()).map_err(|not_rust| {
        diagnostics.error(
            Code::InvalidObject,
            &Pointer::root(),
            format!(
                "a mistake of the generator: what it emits for `{}` is not Rust: {}",
                not_rust.path, not_rust.error
            ),
            "report this with the document; leave parts of it out to find the one that brings it about",
        );
        diagnostics
    })
}

fn print(api: &ir::Api, root: &Root, origin: &str, warnings: Diagnostics) -> Result<Output, render::NotRust> {
    let program =
        |program: Option<emit::Module>| program.map(|program| render::render_file(program, origin)).transpose();
    Ok(Output {
        files: files(render::render(emit::emit(api, root), origin)?, root, origin),
        conformance: render::render_file(emit::conformance(api, root), origin)?,
        round_trip: program(emit::round_trip(api, root))?,
        examples: api.values.iter().map(Example::new).collect(),
        values: program(emit::values(api, root))?,
        schemas: api.schemas_by_type.iter().map(Schema::new).collect(),
        pages: program(emit::pages(api, root))?,
        lists: lists::list(api),
        features: features::list(&api.features),
        places: api.places(),
        summary: summary(api),
        warnings,
    })
}

fn files(files: Files, root: &Root, origin: &str) -> Files {
    match root {
        Root::Module { .. } | Root::Crate { .. } => files,
        Root::Included { module, .. } => [(format!("{module}.rs"), bundle::bundle(&files, module, origin))].into(),
    }
}

fn summary(api: &ir::Api) -> Summary {
    Summary {
        operations: api.operation_count(),
        calls: api.operations().count(),
        left_out: api.left_out,
        schemas: api.schemas,
        schemas_left_out: api.schemas_left_out,
        types: api.types.len(),
    }
}

/// A document as one JSON value, as its overlays want it and without another word changed.
///
/// # Errors
/// The text of the document cannot be read, or an overlay cannot be applied.
pub fn effective(source: &Source) -> Result<serde_json::Value, Diagnostics> {
    with_room(|| {
        let mut diagnostics = Diagnostics::default();
        load::effective(source, &mut diagnostics).ok_or(diagnostics)
    })
}

/// A value as YAML.
///
/// # Errors
/// The value cannot be written, which is not so for one that was read from a document.
pub fn to_yaml(value: &serde_json::Value) -> Result<String, serde_yaml::Error> {
    load::to_yaml(value)
}

/// The intermediate representation of a document as text, for tests and for the curious.
///
/// # Errors
/// Everything that is wrong with the document, at least one of which is an error.
pub fn explain(source: &Source) -> Result<String, Diagnostics> {
    with_room(|| {
        let mut diagnostics = Diagnostics::default();
        let Some(document) = load::load(source, &mut diagnostics) else { return Err(diagnostics) };
        let root = Root::Crate { crate_name: "client".to_owned() };
        let api = lower::lower(&document, &root, &mut diagnostics);
        if diagnostics.has_errors() { Err(diagnostics) } else { Ok(format!("{api:#?}")) }
    })
}
