//! What a client's answer to a value means, given what the judge says of the value.

use serde_json::Value;

use super::answers::{Answer, Read};
use super::compare::{Difference, Step, difference};
use super::document::{Prepared, describes};
use super::json::Json;
use super::judge::{Judge, Judgement, Problem};

/// A value that a client does not treat as the document says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// It is valid, and a strict client does not read it.
    Rejected,
    /// It is valid, and another value when it is written again.
    Changed,
    /// It is invalid, and read without a deviation.
    Unreported,
    /// It breaks a constraint that is checked, and is sent.
    Sent,
    /// The validator cannot read the schemas of the document, whose place is `#`.
    Unjudged,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Rejected, Self::Changed, Self::Unreported, Self::Sent, Self::Unjudged];

    /// What a value with this fault is, in the report.
    pub fn title(self) -> &'static str {
        match self {
            Self::Rejected => "valid and rejected value",
            Self::Changed => "valid and changed value",
            Self::Unreported => "invalid and unreported value",
            Self::Sent => "invalid and sent value",
            Self::Unjudged => "value without a judge",
        }
    }

    /// The name in the list of what is known.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rejected => "rejected",
            Self::Changed => "changed",
            Self::Unreported => "unreported",
            Self::Sent => "sent",
            Self::Unjudged => "unjudged",
        }
    }
}

/// What came of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It is valid, and the same when it is written again.
    Same,
    /// It is valid, and only digits are lost that no float can hold.
    Digits,
    /// It is invalid, and treated as such, or not in a way that the client promises to notice.
    Noticed,
    /// What it should become is not clear.
    Unclear,
    /// It is not treated as the document says: how, and where in the value.
    Faulty(Fault, String, String),
}

/// Checks what a client makes of the values of one document.
pub struct Checker<'d> {
    /// The schemas.
    pub prepared: &'d Prepared,
    /// Who knows what is valid.
    pub judge: &'d Judge,
}

impl Checker<'_> {
    /// The verdict on a value of the schema with this number.
    pub fn verdict(&self, number: usize, value: &Json, answer: &Answer, is_sent: bool) -> Verdict {
        let Ok(parsed) = serde_json::from_str::<Value>(&value.to_string()) else { return Verdict::Unclear };
        match self.judge.judge(number, parsed) {
            Judgement::Unclear => Verdict::Unclear,
            Judgement::Valid => self.of_valid(number, value, answer),
            Judgement::Invalid(problems) => {
                let Answer::Read(read) = answer else { return panics(answer) };
                if let Some(problem) = self.judge.reported(&problems).filter(|_| read.deviations.is_none()) {
                    return faulty(Fault::Unreported, problem);
                }
                if is_sent { self.sent(number, read) } else { Verdict::Noticed }
            }
        }
    }

    fn of_valid(&self, number: usize, value: &Json, answer: &Answer) -> Verdict {
        let read = match answer {
            Answer::Failed(reason) => return rejected(reason),
            Answer::Read(read) => read,
        };
        if let Some(reason) = read.deviations.as_ref().or(read.inexact.as_ref()) {
            return rejected(reason);
        }
        let Some(written) = &read.written else {
            return Verdict::Faulty(Fault::Changed, "what is written is not JSON".to_owned(), String::new());
        };
        let Some(schema) = self.prepared.root(number) else { return Verdict::Unclear };
        let can_be = |alternative: &Value, value: &Json| {
            let value = serde_json::from_str(&value.to_string()).unwrap_or_default();
            self.judge.can_be(self.prepared, alternative, &value)
        };
        let describes = |path: &[Step<'_>], can_be: &dyn Fn(&Value, &Json) -> bool| {
            describes(&self.prepared.tagged, schema, value, path, can_be)
        };
        // Hardly any alternative describes what is lost, and to ask what a value can be takes long.
        let may_lose = |path: &[Step<'_>]| !(describes(path, &|_, _| true) && describes(path, &can_be));
        match difference(value, written, &may_lose) {
            Difference::None => Verdict::Same,
            Difference::Digits => Verdict::Digits,
            Difference::Changed(how, at) => Verdict::Faulty(Fault::Changed, how, at),
        }
    }

    /// What is sent counts, not what was read: properties that only the server sets are not in a request.
    fn sent(&self, number: usize, read: &Read) -> Verdict {
        let Some(sent) = &read.sent else { return Verdict::Noticed };
        let Ok(parsed) = serde_json::from_str::<Value>(sent) else { return Verdict::Noticed };
        let Judgement::Invalid(problems) = self.judge.judge(number, parsed) else { return Verdict::Noticed };
        match self.judge.checked(&problems).filter(|problem| !is_preserved(read, problem)) {
            Some(problem) => faulty(Fault::Sent, problem),
            None => Verdict::Noticed,
        }
    }
}

/// Whether the client said of a value, or of one around it, that it is none of those that are documented. Where a value breaks
/// all alternatives, that can be said of a part of it.
fn is_preserved(read: &Read, problem: &Problem) -> bool {
    let place = path(&problem.at);
    let is_within = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    let said = read.deviations.as_deref().unwrap_or_default();
    let mut places = said.split("Deviation(expected one of ").skip(1).filter_map(|said| said.split('`').rev().nth(1));
    let has_alternatives = matches!(problem.keyword.as_str(), "anyOf" | "oneOf");
    places.any(|preserved| is_within(&place, preserved) || has_alternatives && is_within(preserved, &place))
}

/// A place as the client writes it, as in `$.a[0]["b c"]`.
fn path(at: &str) -> String {
    let is_plain = |step: &str| step.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let step = |step: &str| match step.parse::<usize>() {
        Ok(index) => format!("[{index}]"),
        Err(_) if is_plain(step) => format!(".{step}"),
        Err(_) => format!("[{step:?}]"),
    };
    at.split('/').enumerate().map(|(depth, text)| if depth == 0 { text.to_owned() } else { step(text) }).collect()
}

fn faulty(fault: Fault, problem: &Problem) -> Verdict {
    let text = format!("{} breaks {} of `{}`", problem.found, problem.keyword, problem.place);
    Verdict::Faulty(fault, text, generic(&problem.at))
}

/// The reason of a client, as in "expected a number, found null at `$.a[0]` (byte 6)", without what differs from value to value.
fn rejected(reason: &str) -> Verdict {
    let (text, at) = reason.rsplit_once(" at `").unwrap_or((reason, ""));
    let at = at.split_once('`').map_or("", |(at, _)| at);
    let at: String = at.chars().filter(|c| !c.is_ascii_digit()).collect();
    Verdict::Faulty(Fault::Rejected, text.to_owned(), at)
}

/// An invalid value can be refused, but not like this.
fn panics(answer: &Answer) -> Verdict {
    match answer {
        Answer::Failed(reason) if reason.contains("panics") => {
            Verdict::Faulty(Fault::Rejected, reason.clone(), String::new())
        }
        _ => Verdict::Noticed,
    }
}

/// A place in a value without indices.
fn generic(place: &str) -> String {
    let steps = place.split('/').map(|step| if step.parse::<usize>().is_ok() { "[]" } else { step });
    steps.collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::*;

    fn check(value: &str, answer: &str) -> Verdict {
        let schema = json!({
            "type": "object",
            "required": ["id"],
            "properties": {
                "id": { "type": "integer" },
                "name": { "type": "string", "maxLength": 3 },
                "data": {},
            },
        });
        let document = json!({ "properties": { "0": schema } });
        let prepared = Prepared { plain: document.clone(), tagged: document };
        let judge = Judge::new(&prepared, BTreeSet::new()).unwrap();
        let checker = Checker { prepared: &prepared, judge: &judge };
        checker.verdict(0, &Json::parse(value).unwrap(), &Answer::parse(answer), true)
    }

    fn read(deviations: &str, written: &str, sent: &str) -> String {
        format!("read\t\t{deviations}\t{written}\t{sent}")
    }

    fn fault(verdict: &Verdict) -> Option<(Fault, &str, &str)> {
        match verdict {
            Verdict::Faulty(fault, text, at) => Some((*fault, text, at)),
            _ => None,
        }
    }

    #[test]
    fn valid_values_stay_the_same() {
        let whole = r#"{"id":1}"#;
        assert_eq!(check(whole, &read("", r#"{"id":1}"#, "sent\t{}")), Verdict::Same);
        assert_eq!(check(r#"{"id":1,"other":2}"#, &read("", whole, "sent\t{}")), Verdict::Same, "nothing describes it");
        let digits = read("", r#"{"id":1,"data":0.12345678901234568}"#, "sent\t{}");
        assert_eq!(check(r#"{"id":1,"data":0.12345678901234567890}"#, &digits), Verdict::Digits);
        let changed = check(r#"{"id":1,"name":"a"}"#, &read("", whole, "sent\t{}"));
        assert_eq!(fault(&changed), Some((Fault::Changed, "the property is lost", "$.name")));
        let rejected = [check(whole, "failed\twhy"), check(whole, &read("why", whole, "sent\t{}"))];
        rejected.iter().for_each(|verdict| assert_eq!(fault(verdict), Some((Fault::Rejected, "why", ""))));
    }

    #[test]
    fn mismatches_are_reported() {
        let value = r#"{"id":null}"#;
        let unreported = check(value, &read("", "{}", "sent\t{}"));
        assert_eq!(
            fault(&unreported),
            Some((Fault::Unreported, "null breaks type of `#/properties/0/properties/id/type`", "$.id"))
        );
        assert_eq!(check(value, &read("id", "{}", "sent\t{}")), Verdict::Noticed);
        assert_eq!(check(value, "failed\twhy"), Verdict::Noticed);
        assert!(fault(&check(value, "panicked")).is_some());
    }

    #[test]
    fn what_is_preserved_is_sent() {
        let value = r#"{"id":1,"name":"long"}"#;
        let sent = format!("sent\t{value}");
        let check = |deviation: &str| check(value, &read(deviation, value, &sent));
        for deviation in
            ["Deviation(expected one of `a`, `b` at `$.name`)", "Deviation(expected one of the alternatives at `$`)"]
        {
            assert_eq!(check(deviation), Verdict::Noticed, "{deviation}");
        }
        for deviation in ["Deviation(expected a string at `$.name`)", "Deviation(expected one of `a` at `$.n`)"] {
            assert!(fault(&check(deviation)).is_some(), "{deviation}");
        }
        assert_eq!(path("$/a/0/b c"), r#"$.a[0]["b c"]"#);
    }

    #[test]
    fn constraints_are_checked_before_a_value_is_sent() {
        let value = r#"{"id":1,"name":"long"}"#;
        let sent = check(value, &read("", value, &format!("sent\t{value}")));
        assert_eq!(
            fault(&sent),
            Some((Fault::Sent, "a string breaks maxLength of `#/properties/0/properties/name/maxLength`", "$.name"))
        );
        assert_eq!(check(value, &read("", value, "refused\ttoo long")), Verdict::Noticed);
        assert_eq!(check(value, &read("", value, "sent\t{\"id\":1}")), Verdict::Noticed, "a request has less");
    }
}
