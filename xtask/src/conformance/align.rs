//! Whose request is whose: operations and requests in, each operation with its request out. Calls are made one after the other, so
//! both lists have the same order; but an operation that failed may have sent nothing, and a request may have been repeated.

use super::log::Request;
use super::outcome::Operation;

/// Gives each operation its request, so that as many as possible have one and the order is kept.
pub fn align(operations: &mut [Operation], requests: Vec<Request>) {
    let mut requests: Vec<Option<Request>> = requests.into_iter().map(Some).collect();
    let pairs = pairs(operations, &requests);
    for (at, (operation, request)) in pairs.iter().enumerate() {
        let next = pairs.get(at + 1).map_or(requests.len(), |(_, request)| *request);
        let last = last_repeat(&requests[..next], *request);
        operations[*operation].request = requests[last].take();
    }
}

/// The longest common subsequence: which operation goes with which request, by their places in the lists.
fn pairs(operations: &[Operation], requests: &[Option<Request>]) -> Vec<(usize, usize)> {
    let (rows, columns) = (operations.len(), requests.len());
    // best[row][column]: what can be reached with the operations from `row` and the requests from `column` on.
    let mut best = vec![vec![0_usize; columns + 1]; rows + 1];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let paired = worth(&operations[row], &requests[column]).map(|worth| worth + best[row + 1][column + 1]);
            best[row][column] = paired.unwrap_or(0).max(best[row + 1][column]).max(best[row][column + 1]);
        }
    }
    let (mut row, mut column, mut pairs) = (0, 0, Vec::new());
    while row < rows && column < columns {
        let paired = worth(&operations[row], &requests[column]).map(|worth| worth + best[row + 1][column + 1]);
        if paired == Some(best[row][column]) {
            pairs.push((row, column));
            (row, column) = (row + 1, column + 1);
        } else if best[row][column] == best[row + 1][column] {
            row += 1;
        } else {
            column += 1;
        }
    }
    pairs
}

/// What it is worth to pair these two, if it is possible. An operation that was answered surely sent its request, so where two
/// could have sent it, it is that one's.
fn worth(operation: &Operation, request: &Option<Request>) -> Option<usize> {
    let request = request.as_ref()?;
    let is_its = request.method == operation.method && matches(&operation.path, &request.path);
    is_its.then_some(if operation.decoded.is_ok() { 3 } else { 2 })
}

/// A call that was tried again is judged by its last try, among the requests before the next operation's.
fn last_repeat(requests: &[Option<Request>], first: usize) -> usize {
    let is_same = |at: usize| match (&requests[first], requests.get(at)) {
        (Some(one), Some(Some(next))) => (&one.method, &one.path) == (&next.method, &next.path),
        _ => false,
    };
    (first + 1..).take_while(|at| is_same(*at)).last().unwrap_or(first)
}

/// Whether a path could come from a template, each variable being at least one character.
fn matches(template: &str, path: &str) -> bool {
    let template = template.split(['?', '#']).next().unwrap_or_default();
    let variable = template.find('{').and_then(|open| Some((open, open + template[open..].find('}')?)));
    let Some((open, close)) = variable else { return template == path };
    let Some(rest) = path.strip_prefix(&template[..open]) else { return false };
    let mut ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.any(|end| matches(&template[close + 1..], &rest[end..]))
}

#[cfg(test)]
mod tests {
    use super::super::log::Verdict;
    use super::*;

    /// Operations as `GET /a ok`, requests as `GET /a`, and for each operation the place of its request.
    #[track_caller]
    fn check(operations: &[&str], requests: &[&str], expected: &[Option<usize>]) {
        let mut operations: Vec<Operation> = operations.iter().map(|text| operation(text)).collect();
        let requests = requests.iter().enumerate().map(|(at, text)| {
            let (method, path) = text.split_once(' ').unwrap();
            // Its words tell requests apart that are otherwise the same.
            let words = vec![at.to_string()];
            Request { method: method.to_owned(), path: path.to_owned(), verdict: Verdict::Accepted, words }
        });
        align(&mut operations, requests.collect());
        let place = |one: &Operation| one.request.as_ref().map(|request| request.words[0].parse().unwrap());
        assert_eq!(operations.iter().map(place).collect::<Vec<Option<usize>>>(), expected);
    }

    fn operation(text: &str) -> Operation {
        let mut words = text.split(' ').map(str::to_owned);
        let (method, path) = (words.next().unwrap(), words.next().unwrap());
        let decoded = if words.next().unwrap() == "ok" { Ok("200".to_owned()) } else { Err("bad".to_owned()) };
        Operation { id: path.clone(), variant: String::new(), method, path, decoded, request: None, example: None }
    }

    #[test]
    fn failed_operation_that_sent_nothing_takes_no_request_of_another() {
        let operations = ["GET /x/{id} failed", "POST /b ok", "GET /x/y ok"];
        check(&operations, &["POST /b", "GET /x/y"], &[None, Some(0), Some(1)]);
        check(&["GET /x/{id} failed", "GET /x/y ok"], &["GET /x/y"], &[None, Some(0)]);
    }

    #[test]
    fn repeated_request_counts_once_and_its_last_try_is_judged() {
        check(&["GET /a ok", "GET /b failed"], &["GET /a", "GET /a", "GET /b"], &[Some(1), Some(2)]);
    }

    #[test]
    fn operations_that_differ_in_the_fragment_alone_have_a_request_each() {
        check(&["PUT /a#one failed", "PUT /a#two ok"], &["PUT /a", "PUT /a"], &[Some(0), Some(1)]);
    }

    #[test]
    fn request_of_nobody_does_not_disturb_the_rest() {
        let operations = ["GET /a failed", "GET /b failed", "GET /c ok"];
        check(&operations, &["GET /a", "GET /moved", "GET /b", "GET /c"], &[Some(0), Some(2), Some(3)]);
    }

    #[test]
    fn similar_templates_keep_their_order() {
        check(&["GET /a/{id} ok", "GET /a/{name} failed"], &["GET /a/1", "GET /a/x"], &[Some(0), Some(1)]);
    }

    #[test]
    fn templates() {
        for (template, path, expected) in [
            ("/a/{id}", "/a/1", true),
            ("/a/{id}", "/a/", false),
            ("/a/{id}/c", "/a/b/c", true),
            ("/a/{x}.{y}", "/a/b.json", true),
            ("/a/{x}.{y}", "/a/b", false),
            ("/a/{größe}", "/a/ü", true),
            ("/a?beta=true", "/a", true),
            ("/a/{id", "/a/1", false),
            ("/a", "/a/", false),
        ] {
            assert_eq!(matches(template, path), expected, "{template} {path}");
        }
    }
}
