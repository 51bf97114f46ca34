//! The steps that a document goes through, one after the other: what to do in, what came of it out. A new step is a variant of
//! [`Step`], one of [`Came`], and a line in [`Bench::take`]; `corpus` says when it is taken, and `report` what it adds to the
//! table.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::check::{self, Check};
use super::examples::{self, Examples};
use super::features::{self, Builds};
use super::generate::{self, Generation};
use super::pages::{self, Lists};
use super::values::{self, Known, Values};
use crate::cargo::Cargo;
use crate::conformance::{self, Needs, Outcome, Prism, Program};
use crate::console::count;
use crate::document::Document;
use crate::workspace::Workspace;

/// How much of what some program said is shown.
const SHOWN_LINES: usize = 40;

/// Something to do with a document.
pub enum Step {
    /// Generate its crate, and the package of its calls.
    Generate,
    /// Compile the crate.
    Check,
    /// Compile it with each of so many features alone.
    Features(usize),
    /// Read every example of the document and write it again.
    Examples,
    /// Read and write so many values of every schema.
    Values(usize),
    /// Read every list that comes in pages to its end.
    Pages,
    /// Call every operation against a mock server.
    Call(Prism),
}

/// What came of a step.
pub enum Came {
    /// The crate is written.
    Generated(Generation),
    /// The compiler has seen it.
    Checked(Check),
    /// The compiler has seen it with few of its features.
    Divided(Builds),
    /// The examples were read and written.
    Read(Examples),
    /// The values were read and written.
    Tried(Values),
    /// The lists were read.
    Paged(Lists),
    /// The operations were called.
    Called(Outcome),
    /// A step came to no result, so the rest was not tried.
    Stopped(Stop),
}

/// Why a step came to no result.
#[derive(Debug)]
pub struct Stop {
    /// In a word or two.
    pub verdict: &'static str,
    /// The reasons, in Markdown.
    pub reason: String,
}

/// What came of a document.
pub struct Row {
    /// The file name without its ending.
    pub name: String,
    /// How large the document is.
    pub bytes: u64,
    /// What came of each step that was tried, in order.
    pub came: Vec<Came>,
}

/// What all documents share.
pub struct Bench {
    /// Whose generator and runtime are tried.
    pub workspace: Workspace,
    /// How crates are built.
    pub cargo: Cargo,
    /// The folder in which every document has a folder of its own.
    pub folder: PathBuf,
    /// What to do with each document.
    pub steps: Vec<Step>,
    /// The findings among values that are known.
    pub known: Known,
}

/// A document on the bench.
pub struct Subject<'a> {
    /// The document.
    pub document: &'a Document,
    /// The package of its client.
    pub name: &'a str,
    /// The program of its calls, which knows where the client is.
    pub program: Program,
    /// The program that reads its examples.
    pub round_trip: Program,
    /// The program that reads values of its schemas.
    pub values: Program,
    /// The program that reads its lists.
    pub pages: Program,
}

impl Bench {
    /// Takes each step until one comes to no result.
    pub fn try_document(&self, document: &Document, name: &str) -> Vec<Came> {
        let place = self.folder.join(name);
        let (client, client_path) = (name.to_owned(), place.join("client"));
        let program = |folder: &str, needs| Program {
            folder: place.join(folder),
            name: format!("{client}-{folder}"),
            client: client.clone(),
            client_path: client_path.clone(),
            needs,
        };
        let subject = Subject {
            document,
            name,
            program: program("program", Needs::Calls),
            round_trip: program("examples", Needs::Formats),
            values: program("values", Needs::Codec),
            pages: program("pages", Needs::Calls),
        };
        let mut came = Vec::new();
        for step in &self.steps {
            let next = self.take(step, &subject, &came);
            let is_end = !next.is_useful();
            came.push(next);
            if is_end {
                break;
            }
        }
        self.tidy(&subject, &came);
        came
    }

    fn take(&self, step: &Step, subject: &Subject<'_>, done: &[Came]) -> Came {
        match step {
            Step::Generate => generate::generate(&self.workspace, subject).map_or_else(Came::Stopped, Came::Generated),
            Step::Check => or_stopped("not checked", check::check(&self.cargo, subject), Came::Checked),
            Step::Features(most) => {
                or_stopped("features not checked", self.divide(*most, subject, done), Came::Divided)
            }
            Step::Examples => or_stopped("examples not read", self.read(subject, done), Came::Read),
            Step::Values(least) => or_stopped("values not tried", self.try_values(*least, subject, done), Came::Tried),
            Step::Pages => or_stopped("lists not read", self.read_lists(subject, done), Came::Paged),
            Step::Call(prism) => or_stopped("not called", self.call(prism, subject, done), Came::Called),
        }
    }

    fn divide(&self, most: usize, subject: &Subject<'_>, done: &[Came]) -> Result<Builds> {
        let features = done.iter().find_map(Came::generation).map_or(&[][..], |generation| &generation.features);
        features::check(&self.cargo, subject, features, most)
    }

    fn read(&self, subject: &Subject<'_>, done: &[Came]) -> Result<Examples> {
        let examples = done.iter().find_map(Came::generation).map_or(&[][..], |generation| &generation.examples);
        examples::read(&self.cargo, subject, examples)
    }

    fn try_values(&self, least: usize, subject: &Subject<'_>, done: &[Came]) -> Result<Values> {
        let generation = done.iter().find_map(Came::generation).context("bug: nothing is generated")?;
        values::read(&self.cargo, subject, generation, least, &self.known)
    }

    fn read_lists(&self, subject: &Subject<'_>, done: &[Came]) -> Result<Lists> {
        let lists = done.iter().find_map(Came::generation).map_or(&[][..], |generation| &generation.lists);
        pages::read(&self.cargo, subject, lists)
    }

    fn call(&self, prism: &Prism, subject: &Subject<'_>, done: &[Came]) -> Result<Outcome> {
        let executable = subject.program.build(&self.cargo)?;
        let generated = done.iter().find_map(Came::generation);
        let expected = generated.map_or(0, |generation| generation.counts.calls);
        conformance::call_all(prism, &executable, &subject.document.path, expected)
    }

    /// Removes what was built of this document alone, since a corpus has many. That it stays is no reason to fail.
    fn tidy(&self, subject: &Subject<'_>, came: &[Came]) {
        let builds = |one: &Came| matches!(one, Came::Checked(_) | Came::Divided(_) | Came::Tried(_) | Came::Paged(_));
        let built = came.iter().any(builds);
        let called = self.steps.iter().any(|step| matches!(step, Step::Call(_)));
        if built {
            self.clean(&subject.program.client_path, subject.name);
        }
        if came.iter().any(|one| matches!(one, Came::Read(_))) && subject.round_trip.folder.is_dir() {
            self.clean(&subject.round_trip.folder, &subject.round_trip.package());
        }
        if came.iter().any(|one| matches!(one, Came::Tried(_))) && subject.values.folder.is_dir() {
            self.clean(&subject.values.folder, &subject.values.package());
        }
        if came.iter().any(|one| matches!(one, Came::Paged(_))) && subject.pages.folder.is_dir() {
            self.clean(&subject.pages.folder, &subject.pages.package());
        }
        if built && called {
            self.clean(&subject.program.folder, &subject.program.package());
        }
    }

    fn clean(&self, folder: &Path, package: &str) {
        let cleaned = self.cargo.command("clean", folder).map(|mut command| command.args(["-p", package]).output());
        drop(cleaned);
    }
}

fn or_stopped<T>(verdict: &'static str, result: Result<T>, came: fn(T) -> Came) -> Came {
    result.map_or_else(|error| Came::Stopped(Stop::of(verdict, &error)), came)
}

impl Stop {
    /// For an error.
    pub fn of(verdict: &'static str, error: &anyhow::Error) -> Self {
        Self::said(verdict, &format!("{error:#}"))
    }

    /// For what some program said, up to a number of lines that still can be read.
    pub fn said(verdict: &'static str, words: &str) -> Self {
        let lines: Vec<_> = words.lines().collect();
        let mut reason = lines[..lines.len().min(SHOWN_LINES)].join("\n");
        if lines.len() > SHOWN_LINES {
            reason += &format!("\nand {}", count(lines.len() - SHOWN_LINES, "more line"));
        }
        if lines.len() > 1 {
            reason = format!("```text\n{reason}\n```");
        }
        Self { verdict, reason }
    }
}

impl Came {
    /// What is wrong, in a few words, if anything is.
    pub fn fault(&self) -> Option<String> {
        match self {
            Self::Generated(_) => None,
            Self::Checked(check) => check.fault(),
            Self::Divided(builds) => builds.fault(),
            Self::Read(examples) => examples.fault(),
            Self::Tried(values) => values.fault(),
            Self::Paged(lists) => lists.fault(),
            Self::Called(outcome) if outcome.is_fine() => None,
            Self::Called(outcome) => Some(match outcome.failed() {
                0 => "calls incomplete".to_owned(),
                failed => format!("{} failed", count(failed, "call")),
            }),
            Self::Stopped(stop) => Some(stop.verdict.to_owned()),
        }
    }

    /// Whether a further step has anything to start from.
    fn is_useful(&self) -> bool {
        match self {
            Self::Checked(check) => check.errors.is_empty(),
            Self::Generated(_)
            | Self::Divided(_)
            | Self::Read(_)
            | Self::Tried(_)
            | Self::Paged(_)
            | Self::Called(_) => true,
            Self::Stopped(_) => false,
        }
    }

    /// What was generated, if that was the step.
    pub fn generation(&self) -> Option<&Generation> {
        if let Self::Generated(generation) = self { Some(generation) } else { None }
    }

    /// What the compiler said, if that was the step.
    pub fn check(&self) -> Option<&Check> {
        if let Self::Checked(check) = self { Some(check) } else { None }
    }

    /// What came of the calls, if that was the step.
    pub fn outcome(&self) -> Option<&Outcome> {
        if let Self::Called(outcome) = self { Some(outcome) } else { None }
    }
}

impl Row {
    /// Whether nothing is wrong.
    pub fn is_fine(&self) -> bool {
        self.came.iter().all(|came| came.fault().is_none())
    }

    /// `ok`, or what is wrong.
    pub fn verdict(&self) -> String {
        let faults: Vec<_> = self.came.iter().filter_map(Came::fault).collect();
        if faults.is_empty() { "ok".to_owned() } else { faults.join(", ") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::Notes;

    fn checked(errors: usize, warnings: usize) -> Came {
        let notes = |number| {
            let mut notes = Notes::default();
            (0..number).for_each(|_| notes.add("text", "place"));
            notes
        };
        Came::Checked(Check { errors: notes(errors), warnings: notes(warnings), ..Check::default() })
    }

    #[test]
    fn verdict_tells_every_fault() {
        let row = |came| Row { name: String::new(), bytes: 0, came };
        assert_eq!(row(vec![checked(0, 0)]).verdict(), "ok");
        let outcome = Outcome { operations: Vec::new(), problems: vec!["gone".to_owned()], ended: None };
        let row = row(vec![checked(0, 2), Came::Called(outcome)]);
        assert_eq!(row.verdict(), "2 compiler warnings, calls incomplete");
        assert!(!row.is_fine());
    }

    #[test]
    fn long_reason_is_cut_and_fenced() {
        assert_eq!(Stop::said("x", "one").reason, "one");
        assert_eq!(Stop::said("x", "a\nb").reason, "```text\na\nb\n```");
        assert!(Stop::said("x", &"a\n".repeat(SHOWN_LINES + 2)).reason.ends_with("a\nand 2 more lines\n```"));
    }

    #[test]
    fn crate_that_does_not_compile_is_not_called() {
        assert!(!checked(1, 0).is_useful() && checked(0, 1).is_useful());
        assert!(!Came::Stopped(Stop { verdict: "refused", reason: String::new() }).is_useful());
    }
}
