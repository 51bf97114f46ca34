//! The first step: a document in, its crate and the package of its calls on the disk, and how much that was. Whatever happens in
//! the generator ends here, a panic included.

use std::collections::BTreeSet;
use std::panic;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::Result;
use generator::lists::List;
use generator::{Code, Diagnostic, Example, Feature, Output, Place, Schema, Summary};

use super::step::{Stop, Subject};
use crate::codegen::Mode;
use crate::document::Rejected;
use crate::said::{Said, errors};
use crate::standalone::{self, Draft, Order, Target};
use crate::workspace::Workspace;

/// Schemas nest as deep as people like, and a debug build takes much room for each level.
const STACK: usize = 256 << 20;

/// The name of the thread in which the generator runs.
const THREAD: &str = "corpus-generator";

/// What was generated.
#[derive(Debug)]
pub struct Generation {
    /// How much of the document.
    pub counts: Counts,
    /// How many warnings there were.
    pub warnings: usize,
    /// What they say.
    pub said: Said,
    /// How long it took.
    pub elapsed: Duration,
    /// Lines of Rust.
    pub lines: usize,
    /// The values that the document gives as examples.
    pub examples: Vec<Example>,
    /// The schemas that have values.
    pub schemas: Vec<Schema>,
    /// The places of the document that warnings are about.
    pub warned: BTreeSet<String>,
    /// The lists that come in pages.
    pub lists: Vec<List>,
    /// The features of the crate.
    pub features: Vec<Feature>,
}

/// How much of a document became code.
#[derive(Debug, Clone, Copy)]
pub struct Counts {
    /// Operations of the document.
    pub operations_in: usize,
    /// Operations of the client.
    pub operations_out: usize,
    /// Component schemas of the document.
    pub schemas_in: usize,
    /// Those that types of the client stand for.
    pub schemas_out: usize,
    /// Ways to call the operations.
    pub calls: usize,
}

impl Counts {
    /// The only place that reads the generator's summary.
    fn of(summary: &Summary) -> Self {
        Self {
            operations_in: summary.operations + summary.left_out,
            operations_out: summary.operations,
            schemas_in: summary.schemas,
            schemas_out: summary.schemas - summary.schemas_left_out,
            calls: summary.calls,
        }
    }
}

/// Generates and writes.
pub fn generate(workspace: &Workspace, subject: &Subject<'_>) -> Result<Generation, Stop> {
    let out = subject.program.client_path.clone();
    let order = Order::sharing_runtime(workspace, subject.document, subject.name, out);
    let target = Target::open(&order.out, Mode::Write).map_err(|error| Stop::of("not written", &error))?;
    let drafted = catching(|| standalone::draft(workspace, &order, subject.document, &target));
    let drafted = drafted.map_err(|words| Stop::said("panicked", &words))?;
    let draft = drafted.map_err(|error| refusal(&error))?;
    write(subject, &draft, &target).map_err(|error| Stop::of("not written", &error))?;
    let output = &draft.generated.output;
    Ok(Generation {
        counts: Counts::of(&output.summary),
        warnings: output.warnings.len(),
        said: Said::of(&output.warnings),
        elapsed: draft.generated.elapsed,
        lines: lines(output),
        examples: output.examples.clone(),
        schemas: output.schemas.clone(),
        warned: output.warnings.iter().filter_map(place).collect(),
        lists: output.lists.clone(),
        features: output.features.clone(),
    })
}

fn write(subject: &Subject<'_>, draft: &Draft, target: &Target) -> Result<()> {
    target.write(draft)?;
    if let Some(program) = &draft.generated.output.round_trip {
        subject.round_trip.write(program)?;
    }
    if let Some(program) = &draft.generated.output.values {
        subject.values.write(program)?;
    }
    if let Some(program) = &draft.generated.output.pages {
        subject.pages.write(program)?;
    }
    subject.program.write(&draft.generated.output.conformance)
}

/// The place in a schema, or around it, that the client does not follow, by a warning.
fn place(warning: &Diagnostic) -> Option<String> {
    let Place::Node(place) = &warning.place else { return None };
    let is_in_schema = place.tokens().any(|token| token == "schema" || token == "schemas");
    let is_about_schemas = match warning.code {
        Code::OperationLeftOut | Code::SchemaLeftOut => true,
        Code::ConflictingSchema
        | Code::IgnoredKeyword
        | Code::InvalidDiscriminator
        | Code::InvalidObject
        | Code::InvalidPattern
        | Code::NewerKeyword
        | Code::RefCycle
        | Code::RepairedObject
        | Code::UnknownType
        | Code::UnresolvedRef
        | Code::UnsupportedRef => is_in_schema,
        _ => false,
    };
    let tokens = place.tokens().map(|token| token.replace('~', "~0").replace('/', "~1"));
    is_about_schemas.then(|| tokens.fold("#".to_owned(), |place, token| format!("{place}/{token}")))
}

fn refusal(error: &anyhow::Error) -> Stop {
    match error.downcast_ref::<Rejected>() {
        Some(rejected) => Stop { verdict: "refused", reason: errors(&rejected.report).render("error") },
        None => Stop::of("not generated", error),
    }
}

fn lines(output: &Output) -> usize {
    output.files.values().map(|text| text.lines().count()).sum()
}

/// Runs this on a large stack, and gives what a panic said and where if there was one. A stack that is too small even so
/// ends the program, which nothing can catch.
fn catching<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, String> {
    // The hook belongs to the whole process.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let said = listen();
    let joined = thread::scope(|scope| {
        let thread = thread::Builder::new().name(THREAD.to_owned()).stack_size(STACK);
        thread.spawn_scoped(scope, work).map(thread::ScopedJoinHandle::join)
    });
    // Back to what panics do by themselves.
    drop(panic::take_hook());
    let said = said.lock().unwrap_or_else(PoisonError::into_inner).clone();
    joined.map_err(|error| format!("no thread to generate in: {error}"))?.map_err(|_| said)
}

/// What a panic of the generator says from now on goes into the text and not to the terminal.
fn listen() -> Arc<Mutex<String>> {
    let said = Arc::new(Mutex::new(String::new()));
    let heard = Arc::clone(&said);
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        // The generator works on a thread of its own.
        if matches!(thread::current().name(), Some(THREAD | "generator")) {
            *heard.lock().unwrap_or_else(PoisonError::into_inner) = info.to_string();
        } else {
            before(info);
        }
    }));
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panic_becomes_its_text_and_place() {
        let said = catching(|| {
            if STACK > 0 {
                panic!("too odd")
            }
        })
        .unwrap_err();
        assert!(said.contains("too odd") && said.contains("generate.rs"), "{said}");
        assert_eq!(catching(|| 7), Ok(7));
    }

    #[test]
    fn deep_recursion_has_room() {
        fn depth(left: usize) -> usize {
            let filler = std::hint::black_box([left; 64]);
            if left == 0 { 0 } else { 1 + depth(left - 1) + filler[0] - left }
        }
        assert_eq!(catching(|| depth(50_000)), Ok(50_000));
    }
}
