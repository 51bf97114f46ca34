//! A step that is taken if asked for: lists that come in pages in, how many of them the client reads to their end out, from a
//! server that gives out no page but the one that is due.

mod place;
mod reading;
mod request;
mod server;

use anyhow::Result;
use generator::lists::List;

use self::reading::ITEMS;
use self::server::Server;
use super::step::Subject;
use crate::cargo::Cargo;
use crate::conformance::{Answer, call};
use crate::console::count;
use crate::notes::Notes;

/// What came of the lists.
#[derive(Debug, Default)]
pub struct Lists {
    /// How many were read to their end.
    pub read: usize,
    /// Those that were not, and why.
    pub failed: Notes,
    /// Those of which no page can be made up.
    pub unmade: Notes,
}

impl Lists {
    /// How many there are.
    pub fn total(&self) -> usize {
        self.read + self.failed.len() + self.unmade.len()
    }

    /// What is wrong, in a few words, if anything is.
    pub fn fault(&self) -> Option<String> {
        (!self.failed.is_empty()).then(|| count(self.failed.len(), "unread list"))
    }
}

/// Builds and runs the program that reads the lists, against a server of its own.
pub fn read(cargo: &Cargo, subject: &Subject<'_>, lists: &[List]) -> Result<Lists> {
    if lists.is_empty() {
        return Ok(Lists::default());
    }
    let executable = subject.pages.build(cargo)?;
    let server = Server::start(lists)?;
    let answer = call(&executable, server.url(), &[])?;
    let complaints = server.finish();
    Ok(judge(lists, &answer, &complaints))
}

/// Puts together what the program printed and what the server complained of.
fn judge(lists: &[List], answer: &Answer, complaints: &[Option<String>]) -> Lists {
    let mut came = Lists::default();
    let mut lines = answer.lines.lines();
    for (list, complaint) in lists.iter().zip(complaints) {
        let Some((place, said)) = lines.next().and_then(place_and_outcome) else {
            came.failed.add(answer.failure.as_deref().unwrap_or("the program said nothing of it"), &list.id);
            continue;
        };
        match (&list.page, said, complaint) {
            (None, ..) => came.unmade.add("no page can be made up", place),
            (_, Outcome::Failed(words), None) => came.failed.add(words, place),
            (_, _, Some(complaint)) => came.failed.add(complaint, place),
            (_, Outcome::Read(ITEMS), None) => came.read += 1,
            (_, Outcome::Read(items), None) => came.failed.add(format!("{items} of {ITEMS} items were read"), place),
        }
    }
    came
}

/// What the program says of a list.
enum Outcome<'l> {
    Read(usize),
    Failed(&'l str),
}

/// A line of the program: which operation, by what it pages, and what came of that.
fn place_and_outcome(line: &str) -> Option<(String, Outcome<'_>)> {
    let fields: Vec<&str> = line.splitn(7, '\t').collect();
    let [_, variant, method, path, by, word, rest] = fields[..] else { return None };
    let variant = if variant.is_empty() { String::new() } else { format!(" as {variant}") };
    let outcome = match word {
        "ok" => Outcome::Read(rest.split_once('\t')?.1.parse().ok()?),
        _ => Outcome::Failed(rest),
    };
    Some((format!("{method} {path}{variant} by {by}"), outcome))
}

#[cfg(test)]
mod tests {
    use generator::lists::{Next, Property, Without};
    use serde_json::{Value, json};

    use super::*;

    fn list(page: Option<Value>) -> List {
        let items = Property { names: Vec::new(), without: Without::Never };
        let (ends, marks, media_type) = (Vec::new(), Vec::new(), String::new());
        let id = "listA".to_owned();
        List { id, next: Next::LinkHeader, ends, items, page, marks, status: 200, media_type }
    }

    #[test]
    fn list_is_read_if_both_sides_say_so() {
        let lines = "a\t\tGET\t/a\tpage\tok\t3\t6\nb\tform\tPOST\t/b\tcursor\tfailed\tno\tJSON\nc\t\tGET\t/c\tpage\tok\t2\t5\n\
                     d\t\tGET\t/d\tpage\tok\t3\t6\ne\t\tGET\t/e\tpage\tfailed\t400\n";
        let lists = [Some(json!([1])), Some(json!([1])), Some(json!([1])), Some(json!([1])), None, Some(json!([1]))];
        let complaints = [None, None, None, Some("not so".to_owned()), Some("no page".to_owned()), None];
        let answer = Answer { lines: lines.to_owned(), failure: Some("it stopped".to_owned()) };
        let came = judge(&lists.map(list), &answer, &complaints);
        assert_eq!((came.total(), came.read, came.fault().unwrap().as_str()), (6, 1, "4 unread lists"));
        let failed = came.failed.render_under("x");
        for expected in [
            "- no\tJSON: `POST /b as form by cursor`",
            "- 5 of 6 items were read: `GET /c by page`",
            "- not so: `GET /d by page`",
            "- it stopped: `listA`",
        ] {
            assert!(failed.contains(expected), "{failed}");
        }
        assert!(came.unmade.render_under("x").contains("- no page can be made up: `GET /e by page`"));
        assert_eq!(Lists::default().fault(), None);
    }
}
