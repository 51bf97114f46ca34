//! Values of a document's schemas: generated from the schemas as the document writes them, judged by another library, and read
//! and written by the client. Nothing here asks the generator what it made of a schema.
//!
//! The values of a schema are its variants (bounds, subsets of optional properties, every alternative), one value for each keyword that it
//! breaks, and others until there are as many as wanted. They are the same in every run.
//!
//! # What counts
//!
//! A valid value must be read exactly, without a deviation, and be the same value when it is written again. Properties that the
//! schema does not describe can be lost: the client ignores them. Digits beyond those of a double-precision float can be lost
//! too, where a schema allows any JSON; they are counted separately.
//!
//! An invalid value must not be read without a deviation. That is so for
//!
//! - `type`, `required`, `enum`, `const`,
//! - `anyOf` and `oneOf`, if each alternative breaks one of these.
//!
//! It is not so, since a value that is received is not checked for constraints, for
//!
//! - lengths, patterns, bounds, `format`, `uniqueItems`, `contains` and their like,
//! - `additionalProperties: false`, `unevaluatedProperties`, `propertyNames` and items after those of a tuple: servers add
//!   properties, and clients ignore them,
//! - `not`, `if`, `dependentRequired`, and values of several alternatives of a `oneOf`: they relate parts of a value to one another,
//!   which no type expresses.
//!
//! A value that can be read and breaks `minLength`, `maxLength`, `pattern`, a bound, `multipleOf`, or a limit on the number of
//! items or properties, or `uniqueItems`, must not be sent, by schemas that requests use. What counts is the JSON of the
//! request. A value that is none of those that are documented, which the client reported, is sent as it was received.
//!
//! A keyword is no promise where the generator has warned of it or of a schema around it.
//!
//! # What is not judged
//!
//! - Values that are no objects, of schemas that describe properties and say no type.
//! - A value whose tag names another alternative than the one that it is: a discriminator decides for the client, and the
//!   judge ignores it. [`tags`] tells such values apart.
//! - Whether properties that only one side sets are there: they are not in `required` here, since one type can serve both
//!   sides. Values omit them where the other side sets them.
//! - The range of an integer's `format`, which the judge does not know. Integers stay within it.
//! - Numbers for `type: number` have no more digits than a double-precision float can hold, which is the type they have.

mod answers;
mod compare;
mod document;
mod generate;
mod json;
mod judge;
mod known;
mod make;
mod mutate;
mod number;
mod random;
mod schema;
mod tags;
mod text;
mod verdict;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use anyhow::{Context as _, Result, bail};
use generator::Schema;

use self::answers::Answer;
use self::document::Prepared;
use self::generate::values;
use self::json::Json;
use self::judge::Judge;
pub use self::known::Known;
use self::make::{Maker, Omitted};
use self::schema::Schemas;
pub use self::verdict::Fault;
use self::verdict::{Checker, Verdict};
use super::generate::Generation;
use super::step::Subject;
use crate::cargo::Cargo;
use crate::conformance::call;
use crate::console::count;
use crate::notes::Notes;

/// What came of the values.
#[derive(Debug, Default)]
pub struct Values {
    /// How many were tried.
    pub tried: usize,
    /// How many are valid and were the same again.
    pub same: usize,
    /// How many are valid and lost digits that no float can hold.
    pub digits: usize,
    /// How many are not judged.
    pub unclear: usize,
    /// How many are not treated as the document says, by fault; those that are known are among them.
    pub faults: BTreeMap<Fault, usize>,
    /// Those that are not known, by fault.
    pub new: BTreeMap<Fault, Notes>,
    /// What is known of schemas and was not found.
    pub stale: Notes,
}

impl Values {
    /// What is wrong, in a few words, if anything is.
    pub fn fault(&self) -> Option<String> {
        let new: usize = self.new.values().map(Notes::len).sum();
        let new = (new > 0).then(|| count(new, "value fault"));
        let stale = (!self.stale.is_empty()).then(|| count(self.stale.len(), "stale value fault"));
        let faults: Vec<_> = new.into_iter().chain(stale).collect();
        (!faults.is_empty()).then(|| faults.join(", "))
    }

    /// How many have a fault.
    pub fn count(&self, fault: Fault) -> f64 {
        self.faults.get(&fault).copied().unwrap_or_default() as f64
    }

    /// What is new and what is stale, in Markdown.
    pub fn render(&self) -> String {
        let new = self.new.iter().map(|(fault, notes)| notes.render_under(&count(notes.len(), fault.title())));
        new.collect::<String>() + &self.stale_entries()
    }

    fn stale_entries(&self) -> String {
        let noun = if self.stale.len() == 1 { "entry" } else { "entries" };
        self.stale.render_under(&format!("{} stale {noun} in the list of known values", self.stale.len()))
    }

    fn add(&mut self, verdict: Verdict, schema: &str, known: &mut known::Expected) {
        self.tried += 1;
        match verdict {
            Verdict::Same => self.same += 1,
            Verdict::Digits => self.digits += 1,
            Verdict::Unclear => self.unclear += 1,
            Verdict::Noticed => {}
            Verdict::Faulty(fault, text, at) => {
                *self.faults.entry(fault).or_default() += 1;
                if !known.has(schema, fault) {
                    self.new.entry(fault).or_default().add(text, format!("{schema} {at}").trim_end());
                }
            }
        }
    }
}

/// Generates at least `least` values for each schema, and lets the client read and write them.
pub fn read(
    cargo: &Cargo,
    subject: &Subject<'_>,
    generation: &Generation,
    least: usize,
    known: &Known,
) -> Result<Values> {
    let mut came = Values::default();
    let mut expected = known.of(&subject.document.stem);
    let schemas = &generation.schemas;
    if !schemas.is_empty() {
        let prepared = Prepared::new(subject.document, schemas).context("the document cannot be read again")?;
        let judge = match Judge::new(&prepared, generation.warned.clone()) {
            Some(judge) => judge,
            None if expected.has("#", Fault::Unjudged) => return Ok(came),
            None => bail!("another library cannot make sense of the schemas"),
        };
        let tried = all_values(&prepared, schemas, least);
        let answers = answers(cargo, subject, &tried)?;
        let checker = Checker { prepared: &prepared, judge: &judge };
        let mut findings = String::new();
        for ((number, value), answer) in tried.iter().zip(&answers) {
            let verdict = checker.verdict(*number, value, &Answer::parse(answer), schemas[*number].sent);
            let place = schemas[*number].place.as_str();
            if let Verdict::Faulty(fault, text, at) = &verdict {
                let _infallible = writeln!(findings, "{}\t{place}\t{text}\t{at}\t{value}\t{answer}", fault.name());
            }
            came.add(verdict, place, &mut expected);
        }
        fs::write(subject.values.folder.join("findings.txt"), findings).context("cannot write the findings")?;
    }
    expected.stale().for_each(|(schema, fault)| came.stale.add(format!("no value is {fault}"), schema));
    Ok(came)
}

/// The values of all schemas, each with the number of its schema.
fn all_values(prepared: &Prepared, schemas: &[Schema], least: usize) -> Vec<(usize, Json)> {
    let mut makers: BTreeMap<(bool, bool), Maker<'_>> = BTreeMap::new();
    let mut all = Vec::new();
    for (number, schema) in schemas.iter().enumerate() {
        // What no operation uses has all properties.
        let side = Omitted { read_only: schema.sent && !schema.received, write_only: schema.received && !schema.sent };
        let key = (side.read_only, side.write_only);
        let maker = makers.entry(key).or_insert_with(|| Maker::new(Schemas(&prepared.tagged), side));
        let Some(root) = prepared.root(number) else { continue };
        let values = values(maker, root, least, schema.place.as_str());
        all.extend(values.into_iter().map(|value| (number, value)));
    }
    all
}

/// Builds and runs the program, and gives its line for each value.
fn answers(cargo: &Cargo, subject: &Subject<'_>, values: &[(usize, Json)]) -> Result<Vec<String>> {
    let executable = subject.values.build(cargo)?;
    let file = subject.values.folder.join("values.txt");
    let lines: String = values.iter().map(|(number, value)| format!("{number}\t{value}\n")).collect();
    fs::write(&file, lines).with_context(|| format!("cannot write {}", file.display()))?;
    let answer = call(&executable, &file.display().to_string(), &[])?;
    if let Some(failure) = answer.failure {
        bail!("{failure}");
    }
    let answers: Vec<String> = answer.lines.lines().map(str::to_owned).collect();
    if answers.len() != values.len() {
        bail!("{} were tried, and the client answered {}", count(values.len(), "value"), count(answers.len(), "time"));
    }
    Ok(answers)
}
