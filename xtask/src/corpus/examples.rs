//! The third step: the examples of a document in, how many its client reads and writes again without loss out. One that is
//! not of its own schema is not the client's fault.

mod compare;
mod validity;

use anyhow::{Result, bail};
use generator::Example;
use serde_json::Value;

use self::compare::difference;
use self::validity::Schemas;
pub(super) use self::validity::{find, parts, schemas_of, uri, validator};
use super::step::Subject;
use crate::cargo::Cargo;
use crate::conformance::call;
use crate::console::count;
use crate::notes::Notes;

/// What came of the examples.
#[derive(Debug, Default)]
pub struct Examples {
    /// How many were the same again.
    pub same: usize,
    /// Those that were not, and how.
    pub lost: Notes,
    /// Those that were not, how, and why they are not of their own schema.
    pub invalid: Notes,
}

impl Examples {
    /// How many there are.
    pub fn total(&self) -> usize {
        self.same + self.lost.len() + self.invalid.len()
    }

    /// What is wrong, in a few words, if anything is.
    pub fn fault(&self) -> Option<String> {
        (!self.lost.is_empty()).then(|| count(self.lost.len(), "lost example"))
    }
}

/// Builds and runs the program that reads the examples, and compares what it wrote.
pub fn read(cargo: &Cargo, subject: &Subject<'_>, examples: &[Example]) -> Result<Examples> {
    let mut came = Examples::default();
    if examples.is_empty() {
        return Ok(came);
    }
    let executable = subject.round_trip.build(cargo)?;
    let answer = call(&executable, "", &[])?;
    if let Some(failure) = answer.failure {
        bail!("{failure}");
    }
    let schemas = Schemas::new(subject.document);
    let mut lines = answer.lines.lines();
    for (number, example) in examples.iter().enumerate() {
        let said = lines.next().and_then(|line| line.strip_prefix(&format!("{number}\t"))).unwrap_or("failed\tnothing");
        let Some(problem) = problem(example, said, &schemas) else {
            came.same += 1;
            continue;
        };
        match schemas.objection(example) {
            None => came.lost.add(problem, example.place.as_str()),
            Some(objection) => came.invalid.add(format!("{problem}; its schema: {objection}"), example.place.as_str()),
        }
    }
    Ok(came)
}

/// What was lost, if anything was.
fn problem(example: &Example, said: &str, schemas: &Schemas) -> Option<String> {
    let (word, text) = said.split_once('\t').unwrap_or((said, ""));
    if word != "read" {
        return Some(text.to_owned());
    }
    let again: Value = match serde_json::from_str(text) {
        Ok(again) => again,
        Err(error) => return Some(format!("what was written is not JSON: {error}")),
    };
    // What a schema does not name is passed over by the client, as new properties of a server have to be.
    difference(&example.value, &again, &mut Vec::new(), &|way| schemas.names(example, way))
}
