//! What the program of a document prints, line by line. The format is that of the generator's `emit/values.rs`.

use super::json::Json;

/// What a client makes of a value.
#[derive(Debug, PartialEq)]
pub enum Answer {
    /// It cannot be read or cannot be written, and why.
    Failed(String),
    /// It was read.
    Read(Read),
}

/// A value that a client read.
#[derive(Debug, PartialEq)]
pub struct Read {
    /// Why the value cannot be read exactly, if it cannot.
    pub inexact: Option<String>,
    /// The mismatches that were reported, if there are some.
    pub deviations: Option<String>,
    /// What the client writes of it; `None` if that is not JSON.
    pub written: Option<Json>,
    /// The JSON that a request contains, unless the client refuses to send it.
    pub sent: Option<String>,
}

impl Answer {
    /// The answer of a line.
    pub fn parse(line: &str) -> Self {
        let fields: Vec<&str> = line.split('\t').collect();
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        match fields.as_slice() {
            ["read", inexact, deviations, written, verdict, sent] => Self::Read(Read {
                inexact: some(inexact),
                deviations: some(deviations),
                written: Json::parse(written),
                sent: (*verdict == "sent").then(|| (*sent).to_owned()),
            }),
            ["failed", reason] => Self::Failed((*reason).to_owned()),
            _ => Self::Failed(format!("the client panics or prints nonsense: {line}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read() {
        let Answer::Read(read) = Answer::parse("read\t\tone\t7\tsent\t7") else { panic!("it was read") };
        assert_eq!((read.inexact, read.deviations.as_deref()), (None, Some("one")));
        assert_eq!((read.written, read.sent.as_deref()), (Some(Json::number(7)), Some("7")));
        let Answer::Read(read) = Answer::parse("read\tno\t\tx\trefused\ttoo long") else { panic!("it was read") };
        assert_eq!((read.inexact.as_deref(), read.written, read.sent), (Some("no"), None, None));
        assert_eq!(Answer::parse("failed\twhy"), Answer::Failed("why".to_owned()));
        assert!(matches!(Answer::parse("panicked"), Answer::Failed(_)));
    }
}
