//! What came of a run: the program's lines and Prism's log in, one [`Operation`] per call out, and what is missing.
//!
//! ```text
//! getShipment<tab><tab>GET<tab>/orders/{order_id}/shipments/{shipment_id}<tab>ok<tab>200
//! createShipment<tab>form<tab>POST<tab>/orders/{order_id}/shipments<tab>failed<tab>the answer is not JSON
//! ```
//!
//! The second field is empty for the call of an operation that is preferred, and names any other way to make it.

use super::align::align;
use super::log::{Request, Verdict, requests};
use super::prism::Log;
use super::program::Answer;

/// What came of all operations of a document.
#[derive(Default)]
pub struct Outcome {
    /// In the order of the calls.
    pub operations: Vec<Operation>,
    /// What is wrong beyond single operations.
    pub problems: Vec<String>,
    /// Why Prism did not live to the end, if it did not; the calls after its end are made again.
    pub ended: Option<String>,
}

/// How many operations came how far, each by the call that is preferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Prism received their request.
    pub sent: usize,
    /// Prism's validator took it.
    pub accepted: usize,
    /// The client could read the answer.
    pub decoded: usize,
}

/// What came of one operation.
#[derive(Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its operation id.
    pub id: String,
    /// What tells the call from that with what is preferred; empty for the latter.
    pub variant: String,
    /// Its method.
    pub method: String,
    /// Its path template.
    pub path: String,
    /// The status that was decoded, or why none was.
    pub decoded: Result<String, String>,
    /// Its request as Prism saw it; none if it was never sent.
    pub request: Option<Request>,
    /// Why the document's own example could not be read, if another answer was.
    pub example: Option<String>,
}

impl Operation {
    /// Whether Prism received its request.
    pub fn is_sent(&self) -> bool {
        self.request.is_some()
    }

    /// Whether Prism's validator took the request.
    pub fn is_accepted(&self) -> bool {
        self.request.as_ref().is_some_and(|request| request.verdict == Verdict::Accepted)
    }

    /// Whether both are the same operation of the document.
    fn is_same(&self, other: &Self) -> bool {
        (&self.id, &self.variant, &self.method, &self.path) == (&other.id, &other.variant, &other.method, &other.path)
    }

    /// Whether nothing is wrong with it.
    pub fn is_fine(&self) -> bool {
        self.is_accepted() && self.decoded.is_ok()
    }
}

impl Outcome {
    /// Puts together what both sides said. `expected` is how many operations were generated.
    pub fn new(answer: &Answer, log: &Log, expected: usize) -> Self {
        let (mut operations, mut problems) = read(&answer.lines);
        problems.extend(answer.failure.clone());
        if operations.len() != expected {
            let last = operations.last().map_or("none", |operation| operation.id.as_str());
            problems.push(format!(
                "{expected} operations were generated and {} were called; the last one was {last}",
                operations.len()
            ));
        }
        align(&mut operations, requests(&log.lines));
        Self { operations, problems, ended: log.failure.clone() }
    }

    /// The numbers of the calls whose answers could not be read.
    pub fn unread(&self) -> Vec<usize> {
        let numbered = self.operations.iter().enumerate();
        numbered.filter(|(_, one)| one.decoded.is_err()).map(|(number, _)| number).collect()
    }

    /// Takes what came of the calls with these `numbers` when they were made again, and gives the numbers of those that
    /// could not be, since Prism ended before.
    pub fn take_over(&mut self, again: Self, numbers: &[usize]) -> Vec<usize> {
        self.problems.extend(again.problems);
        let last = again.operations.iter().position(|one| !one.is_sent());
        for (one, number) in again.operations.into_iter().zip(numbers) {
            let Some(first) = self.operations.get_mut(*number) else { continue };
            match (&first.decoded, &one.decoded) {
                (Err(message), Ok(_)) => {
                    let example = first.is_accepted().then(|| message.clone());
                    *first = Operation { example, ..one };
                }
                _ if !first.is_sent() => *first = one,
                _ => {}
            }
        }
        match (again.ended, last) {
            // The first that was not sent may be the one that Prism ended by.
            (Some(_), Some(last)) => numbers[numbers.len().min(last + 1)..].to_vec(),
            _ => Vec::new(),
        }
    }

    /// How many operations came how far.
    pub fn tally(&self) -> Tally {
        let preferred = || self.operations.iter().filter(|one| one.variant.is_empty());
        let of = |is: fn(&Operation) -> bool| preferred().filter(|one| is(one)).count();
        Tally {
            sent: of(Operation::is_sent),
            accepted: of(Operation::is_accepted),
            decoded: of(|one| one.decoded.is_ok()),
        }
    }

    /// How many calls failed in any way.
    pub fn failed(&self) -> usize {
        self.operations.iter().filter(|one| !one.is_fine()).count()
    }

    /// Whether every operation was sent, accepted and decoded.
    pub fn is_fine(&self) -> bool {
        self.problems.is_empty() && self.operations.iter().all(Operation::is_fine)
    }
}

/// The program's lines, and a complaint for each that is none.
fn read(lines: &str) -> (Vec<Operation>, Vec<String>) {
    let (mut operations, mut problems) = (Vec::<Operation>::new(), Vec::new());
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        match read_line(line) {
            // Operation ids of other people's documents need not be unique.
            Some(one) if operations.iter().any(|other| other.is_same(&one)) => {
                problems.push(format!("{} was called twice", one.id));
            }
            Some(one) => operations.push(one),
            None => problems.push(format!("the calls printed a line that cannot be read: {line:?}")),
        }
    }
    (operations, problems)
}

fn read_line(line: &str) -> Option<Operation> {
    let mut fields = line.splitn(6, '\t');
    let (id, variant, method, path) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
    let decoded = match (fields.next()?, fields.next()?) {
        ("ok", status) => Ok(status.to_owned()),
        ("failed", message) => Err(message.to_owned()),
        _ => return None,
    };
    let (id, variant) = (id.to_owned(), variant.to_owned());
    let (method, path) = (method.to_uppercase(), path.to_owned());
    Some(Operation { id, variant, method, path, decoded, request: None, example: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(lines: &str, requests: &[&str], expected: usize) -> Outcome {
        let lines = lines.to_owned();
        let log = requests
            .iter()
            .flat_map(|request| {
                let (request, refusal) = request.split_once(" !").unwrap_or((request, ""));
                let verdict = if refusal.is_empty() {
                    "✔  success   The request passed the validation rules."
                } else {
                    refusal
                };
                let verdict = verdict.replace("refused", "✖  error     Request is refused");
                [
                    format!("[1] › [HTTP SERVER] {request} ℹ  info  Request received"),
                    format!("[1] ›   [VALIDATOR] {verdict}"),
                ]
            })
            .collect();
        Outcome::new(&Answer { lines, failure: None }, &Log { lines: log, failure: None }, expected)
    }

    #[test]
    fn sent_accepted_and_decoded_is_fine() {
        let outcome = outcome("a\t\tGET\t/a/{id}\tok\t200\nb\t\tPOST\t/b\tok\t204\n", &["get /a/1", "post /b"], 2);
        assert!(outcome.is_fine());
        assert_eq!(outcome.operations[0].decoded, Ok("200".to_owned()));
    }

    #[test]
    fn refused_request_is_not_fine_even_if_its_answer_was_decoded() {
        let outcome = outcome("a\t\tGET\t/a\tok\t422\n", &["get /a !refused"], 1);
        assert!(outcome.operations[0].is_sent() && !outcome.operations[0].is_accepted() && !outcome.is_fine());
        assert_eq!(outcome.operations[0].request.as_ref().unwrap().words, ["Request is refused"]);
    }

    #[test]
    fn answer_that_was_not_decoded_is_not_fine() {
        let outcome = outcome("a\t\tGET\t/a\tfailed\tno\tJSON\n", &["get /a"], 1);
        assert_eq!(outcome.operations[0].decoded, Err("no\tJSON".to_owned()));
        assert!(!outcome.is_fine());
    }

    #[test]
    fn missing_operation_is_not_fine() {
        let outcome = outcome("a\t\tGET\t/a\tok\t200\n", &["get /a"], 2);
        assert_eq!(outcome.problems, ["2 operations were generated and 1 were called; the last one was a"]);
    }

    #[test]
    fn either_side_ending_early_is_not_fine() {
        let ended = |calls: Option<&str>, prism: Option<&str>| {
            let answer = Answer { lines: String::new(), failure: calls.map(str::to_owned) };
            Outcome::new(&answer, &Log { lines: Vec::new(), failure: prism.map(str::to_owned) }, 0)
        };
        assert!(ended(None, None).is_fine());
        assert_eq!(ended(Some("stopped"), None).problems, ["stopped"]);
        assert_eq!(ended(None, Some("gone")).ended.as_deref(), Some("gone"));
    }

    #[test]
    fn lines_that_cannot_be_read_are_told() {
        for line in ["hello", "a\t\tGET\t/a\tmaybe\t200", "a\t\tGET\t/a\tok"] {
            assert_eq!(outcome(line, &[], 0).problems.len(), 1, "{line:?}");
        }
    }

    #[test]
    fn same_operation_twice_is_told() {
        let line = "a\t\tGET\t/a\tok\t200\n";
        assert_eq!(outcome(&line.repeat(2), &["get /a"], 1).problems, ["a was called twice"]);
        let same_id = format!("{line}a\t\tPOST\t/a\tok\t200\n");
        assert!(outcome(&same_id, &["get /a", "post /a"], 2).is_fine());
    }
}
