//! What the functions of this stage share: the document, the bag, the types so far, the names given away.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3 as oas;

use super::facets::Facets;
use super::files::file_components;
use super::inline::{Inline, Key};
use super::names::{RESERVED_TYPES, Scope, module_name, type_name};
use super::union::base::{Base, find_bases};
use crate::diagnostics::Diagnostics;
use crate::ir;
use crate::load::Document;
use crate::pointer::Pointer;

/// The state of lowering.
pub struct Context<'a> {
    /// The document.
    pub document: &'a Document,
    /// The bag.
    pub diagnostics: &'a mut Diagnostics,
    /// The types so far.
    pub types: TypeTable,
    /// The component schemas by name.
    pub components: IndexMap<String, ComponentState>,
    /// All that they say, where one was asked for as a part of another.
    pub merged: BTreeMap<&'a str, Facets<'a>>,
    /// Those that stand for the schemas that include them.
    pub bases: IndexMap<&'a str, Base<'a>>,
    /// What bases say by themselves, by the names of the bases.
    pub base_structs: BTreeMap<&'a str, ir::TypeId>,
    /// The schemas within them that have no names.
    pub inline: BTreeMap<Key, Inline>,
    /// The bodies of documented errors so far.
    pub errors: ErrorBodies,
    /// The values that media types give as examples.
    pub values: Vec<ir::ExampleValue>,
    /// The schemas that media types of JSON have in place.
    pub media_schemas: Vec<ir::TypedSchema>,
    /// The components whose binary texts are files.
    pub file_components: BTreeSet<String>,
    /// The alternatives that are being lowered as what stands beside them narrows them.
    pub narrowed: Vec<Pointer>,
    /// Whether binary texts are files where lowering is now.
    pub holds_files: bool,
    /// How many operations cannot be expressed.
    pub left_out: usize,
    /// How many component schemas cannot be expressed.
    pub schemas_left_out: usize,
}

/// How far a component schema is.
#[derive(Clone, Copy, Debug)]
pub struct ComponentState {
    /// Its type.
    pub id: ir::TypeId,
    /// How far it is.
    pub progress: Progress,
}

/// How far something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Nobody asked for it yet.
    Untouched,
    /// It is being lowered: who asks now stands inside it.
    Started,
    /// Its type is there.
    Done,
}

impl<'a> Context<'a> {
    /// Hands out ids and names to all component schemas.
    pub fn new(document: &'a Document, diagnostics: &'a mut Diagnostics) -> Self {
        let mut types = TypeTable { names: Scope::with(RESERVED_TYPES), ..TypeTable::default() };
        let mut components = IndexMap::new();
        for name in document.components::<oas::Schema>().keys() {
            let rust = type_name(name);
            let id = types.reserve(&[rust.clone(), format!("{rust}Schema")], None);
            components.insert(name.clone(), ComponentState { id, progress: Progress::Untouched });
        }
        Self {
            document,
            diagnostics,
            types,
            components,
            merged: BTreeMap::new(),
            bases: find_bases(document),
            base_structs: BTreeMap::new(),
            inline: BTreeMap::new(),
            errors: ErrorBodies::default(),
            values: Vec::new(),
            media_schemas: Vec::new(),
            file_components: file_components(document),
            narrowed: Vec::new(),
            holds_files: false,
            left_out: document.left_out,
            schemas_left_out: 0,
        }
    }
}

/// The types, of which some have a name but no definition yet.
#[derive(Default)]
pub struct TypeTable {
    names: Scope,
    modules: Scope,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    module: String,
    definition: Option<ir::TypeDef>,
}

impl TypeTable {
    /// Hands out an id under the first free name; without a `module` the type gets a file of its own.
    pub fn reserve(&mut self, candidates: &[String], module: Option<&str>) -> ir::TypeId {
        let name = self.names.claim(candidates);
        let module = match module {
            Some(module) => module.to_owned(),
            None => self.modules.claim(&[module_name(&name)]),
        };
        self.entries.push(Entry { name, module, definition: None });
        ir::TypeId(self.entries.len() - 1)
    }

    /// The Rust name of a type.
    pub fn name(&self, id: ir::TypeId) -> &str {
        &self.entries[id.0].name
    }

    /// The module of a type.
    pub fn module(&self, id: ir::TypeId) -> &str {
        &self.entries[id.0].module
    }

    /// The definition of a type, once it has one.
    pub fn get(&self, id: ir::TypeId) -> Option<&ir::TypeDef> {
        self.entries[id.0].definition.as_ref()
    }

    /// Defines a type.
    pub fn define(&mut self, id: ir::TypeId, definition: ir::TypeDef) {
        self.entries[id.0].definition = Some(definition);
    }

    /// All types, in the order of their ids.
    ///
    /// A type that was never defined is one that was reported; it stands in as free-form JSON.
    pub fn finish(&mut self) -> ir::Types {
        let entries = std::mem::take(&mut self.entries);
        let types = entries.into_iter().map(|entry| {
            let Entry { name, module, definition } = entry;
            definition.unwrap_or_else(|| ir::TypeDef {
                name,
                module,
                docs: String::new(),
                deprecated: false,
                nullable: false,
                usage: ir::Usage::default(),
                gate: ir::Gate::default(),
                has_default: false,
                kind: ir::TypeKind::Alias(ir::Alias { ty: ir::Type::Json, limits: Vec::new() }),
                example: None,
                pointer: Pointer::root(),
            })
        });
        ir::Types(types.collect())
    }
}

/// The distinct bodies of documented errors.
#[derive(Default)]
pub struct ErrorBodies(Vec<(ir::Type, String, String)>, Scope);

impl ErrorBodies {
    /// The index of a body, which is added if it is new.
    pub fn index(&mut self, ty: &ir::Type, name: &str, docs: &str) -> usize {
        if let Some(index) = self.0.iter().position(|(known, ..)| known == ty) {
            return index;
        }
        let variant = self.1.claim(&[name.to_owned()]);
        self.0.push((ty.clone(), variant, docs.to_owned()));
        self.0.len() - 1
    }

    /// Those that calls can fail with, which are told their indices; the others belong to operations that are left out.
    pub fn finish(&mut self, resources: &mut [ir::Resource]) -> Vec<ir::ErrorBody> {
        let used: BTreeSet<usize> = failures(resources).map(|index| *index).collect();
        failures(resources).for_each(|index| *index = used.range(..*index).count());
        let bodies = std::mem::take(&mut self.0).into_iter().enumerate().filter(|(index, _)| used.contains(index));
        let gate = ir::Gate::default();
        bodies.map(|(_, (ty, variant, docs))| ir::ErrorBody { variant, ty, docs, gate: gate.clone() }).collect()
    }
}

/// The index of the error body wherever a call can fail with one.
fn failures(resources: &mut [ir::Resource]) -> impl Iterator<Item = &mut usize> {
    let operations = resources.iter_mut().flat_map(|resource| &mut resource.operations);
    let cases = operations.flat_map(|operation| &mut operation.responses.cases);
    cases.filter_map(|case| match &mut case.outcome {
        ir::CaseOutcome::Failure(index, _) => Some(index),
        _ => None,
    })
}
