//! Prism's log: its lines in, one [`Request`] per request out, with what the validator said. Which operation it was is not known
//! here.
//!
//! ```text
//! [7:06:24 AM] › [HTTP SERVER] post /orders/5 ℹ  info      Request received
//! [7:06:24 AM] ›     [VALIDATOR] ✖  error     Request body must have required property 'a'
//! ```

/// A request that Prism received.
#[derive(Debug, PartialEq, Eq)]
pub struct Request {
    /// The method in upper case.
    pub method: String,
    /// The path without its query.
    pub path: String,
    /// What the validator made of it.
    pub verdict: Verdict,
    /// What Prism logged as errors, in its own words, each once.
    pub words: Vec<String>,
}

/// What the validator made of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It keeps to the document.
    Accepted,
    /// It does not, or the document has no such operation.
    Refused,
}

/// The requests of a log, in order.
pub fn requests(lines: &[String]) -> Vec<Request> {
    let mut requests = Vec::new();
    for line in lines.iter().filter_map(|line| Line::read(line)) {
        if let Some((method, path)) = line.received() {
            let path = path.split(['?', '#']).next().unwrap_or_default().to_owned();
            requests.push(Request {
                method: method.to_uppercase(),
                path,
                verdict: Verdict::Refused,
                words: Vec::new(),
            });
        } else if let Some(request) = requests.last_mut() {
            add(request, &line);
        }
    }
    requests
}

fn add(request: &mut Request, line: &Line) {
    if line.message.starts_with("The request passed the validation rules") {
        request.verdict = Verdict::Accepted;
    }
    // Warnings from elsewhere tell how Prism chose its answer, which says nothing about the request.
    // The validator's only says that errors follow.
    let speaks = line.level == "error";
    if speaks && !request.words.contains(&line.message) {
        request.words.push(line.message.clone());
    }
}

struct Line<'a> {
    tag: &'a str,
    subject: Vec<&'a str>,
    level: &'a str,
    message: String,
}

impl<'a> Line<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let (_, rest) = line.split_once("] ")?;
        let (tag, rest) = rest.split_once('[')?.1.split_once(']')?;
        let words: Vec<&str> = rest.split_whitespace().collect();
        let at = words.iter().position(|word| ["info", "success", "warning", "error"].contains(word))?;
        Some(Self { tag, subject: words[..at].to_vec(), level: words[at], message: words[at + 1..].join(" ") })
    }

    /// Method and path, if this is the first line about a request.
    fn received(&self) -> Option<(&'a str, &'a str)> {
        match (self.message.as_str(), self.subject.as_slice()) {
            ("Request received", [method, path, ..]) if self.tag == "HTTP SERVER" => Some((method, path)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "\
[7:06:24 AM] › [CLI] ▶  start     Prism is listening on http://127.0.0.1:4099
[7:06:24 AM] › [HTTP SERVER] get /orders/5/shipments?q=1 ℹ  info      Request received
[7:06:24 AM] ›     [NEGOTIATOR] ℹ  info      Request contains an accept header: */*
[7:06:24 AM] ›     [VALIDATOR] ✔  success   The request passed the validation rules. Looking for the best response
[7:06:24 AM] ›     [NEGOTIATOR] ⚠  warning   Unable to find content for */*
[7:06:24 AM] › [HTTP SERVER] post /orders/error/shipments ℹ  info      Request received
[7:06:24 AM] ›     [VALIDATOR] ⚠  warning   Request did not pass the validation rules
[7:06:24 AM] ›     [VALIDATOR] ✖  error     Request body must have required property 'a'
[7:06:24 AM] ›     [VALIDATOR] ✖  error     Request body must have required property 'a'
[7:06:24 AM] › [HTTP SERVER] get /base/other ℹ  info      Request received
[7:06:24 AM] › [HTTP SERVER] get /base/other ✖  error     Request terminated with error: NO_PATH_MATCHED_ERROR";

    #[test]
    fn requests_with_verdict_and_words() {
        let lines: Vec<String> = LOG.lines().map(str::to_owned).collect();
        let request = |method: &str, path: &str, verdict, words: &[&str]| Request {
            method: method.to_owned(),
            path: path.to_owned(),
            verdict,
            words: words.iter().map(|word| (*word).to_owned()).collect(),
        };
        let body = ["Request body must have required property 'a'"];
        let expected = [
            request("GET", "/orders/5/shipments", Verdict::Accepted, &[]),
            request("POST", "/orders/error/shipments", Verdict::Refused, &body),
            request("GET", "/base/other", Verdict::Refused, &["Request terminated with error: NO_PATH_MATCHED_ERROR"]),
        ];
        assert_eq!(requests(&lines), expected);
    }
}
