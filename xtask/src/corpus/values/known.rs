//! The findings that are known: a checked-in list with a reason for each. What is not on the list fails the run, and so does an
//! entry of which nothing is found any more.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use super::verdict::Fault;

/// The list.
#[derive(Debug, Default)]
pub struct Known(Vec<Entry>);

/// One kind of finding of one schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    document: String,
    schema: String,
    fault: String,
}

impl Known {
    /// Reads the list; a file that is not there has no entries.
    pub fn read(path: &Path) -> Result<Self> {
        match fs::read_to_string(path) {
            Ok(text) => Self::parse(&text).with_context(|| path.display().to_string()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }

    fn parse(text: &str) -> Result<Self> {
        let table: toml::Table = text.parse()?;
        let entries = table.get("known").and_then(toml::Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let mut known = Self::default();
        for entry in entries {
            let field = |name: &str| {
                let text = entry.get(name).and_then(toml::Value::as_str).unwrap_or_default();
                if text.is_empty() { bail!("an entry has no `{name}`") } else { Ok(text.to_owned()) }
            };
            let (document, schema, fault) = (field("document")?, field("schema")?, field("fault")?);
            field("reason")?;
            if !Fault::ALL.iter().any(|known| known.name() == fault) {
                bail!("`{fault}` is not a fault; use one of {}", Fault::ALL.map(Fault::name).join(", "));
            }
            known.0.push(Entry { document, schema, fault });
        }
        Ok(known)
    }

    /// The entries of a document, of which none has been found yet.
    pub fn of(&self, document: &str) -> Expected {
        Expected {
            entries: self.0.iter().filter(|entry| entry.document == document).cloned().collect(),
            found: BTreeSet::new(),
        }
    }
}

/// The entries of a document.
#[derive(Debug)]
pub struct Expected {
    entries: BTreeSet<Entry>,
    found: BTreeSet<Entry>,
}

impl Expected {
    /// Whether a finding is on the list.
    pub fn has(&mut self, schema: &str, fault: Fault) -> bool {
        let entry = self.entries.iter().find(|entry| entry.schema == schema && entry.fault == fault.name());
        self.found.extend(entry.cloned());
        entry.is_some()
    }

    /// The entries of which nothing was found: schema and fault.
    pub fn stale(&self) -> impl Iterator<Item = (&str, &str)> {
        self.entries.difference(&self.found).map(|entry| (entry.schema.as_str(), entry.fault.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = r##"
        [[known]]
        document = "pets"
        schema = "#/components/schemas/Pet"
        fault = "changed"
        reason = "the order of tags is lost"

        [[known]]
        document = "pets"
        schema = "#/components/schemas/Cat"
        fault = "sent"
        reason = "nothing counts its lives"
    "##;

    #[test]
    fn entries_are_for_one_document_schema_and_fault() {
        let known = Known::parse(LIST).unwrap();
        let mut expected = known.of("pets");
        assert!(expected.has("#/components/schemas/Pet", Fault::Changed));
        assert!(!expected.has("#/components/schemas/Pet", Fault::Rejected));
        assert_eq!(expected.stale().collect::<Vec<_>>(), [("#/components/schemas/Cat", "sent")]);
        assert!(!known.of("others").has("#/components/schemas/Pet", Fault::Changed));
    }

    #[test]
    fn entries_without_a_reason_are_refused() {
        let error = |text: &str| Known::parse(text).unwrap_err().to_string();
        assert_eq!(error(&LIST.replace("reason", "because")), "an entry has no `reason`");
        let expected = "`lost` is not a fault; use one of rejected, changed, unreported, sent, unjudged";
        assert_eq!(error(&LIST.replace("\"changed\"", "\"lost\"")), expected);
    }
}
