//! Which values are valid, and what is wrong with the others: the word of another library, and for each of its errors whether
//! the client promises to notice it. The promises are in the header of the parent module.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::{Map, Value};

use super::super::examples::validator;
use super::document::Prepared;
use super::schema::address;

/// How many keywords of a document can mean nothing before nobody can tell what it means.
const MAX_MISTAKES: usize = 400;

/// What the document says of a value.
#[derive(Debug, PartialEq)]
pub enum Judgement {
    /// It is a value of its schema.
    Valid,
    /// OpenAPI and JSON Schema say different things: the tag names another alternative than the one that it is.
    Unclear,
    /// It is not a value of its schema.
    Invalid(Vec<Problem>),
}

/// Something that is wrong with a value.
#[derive(Debug, PartialEq)]
pub struct Problem {
    /// The keyword that is broken.
    pub keyword: String,
    /// The place of the keyword in the document.
    pub place: String,
    /// The place in the value.
    pub at: String,
    /// The kind of what is there.
    pub found: &'static str,
    /// What is wrong with the value as each of the alternatives, if it is none of them.
    alternatives: Vec<Vec<Problem>>,
}

/// Judges the values of a document.
pub struct Judge {
    plain: Validator,
    tagged: Validator,
    warned: BTreeSet<String>,
    /// The validators of alternatives that were asked for, by the addresses of their schemas.
    alternatives: RefCell<HashMap<usize, Option<Validator>>>,
}

impl Judge {
    /// A judge for a document, with the places that the generator warned of; `None` if its schemas cannot be made sense of.
    pub fn new(prepared: &Prepared, warned: BTreeSet<String>) -> Option<Self> {
        let validator = |document: &Value| validator(&mut document.clone(), MAX_MISTAKES);
        Some(Self {
            plain: validator(&prepared.plain)?,
            tagged: validator(&prepared.tagged)?,
            warned,
            alternatives: RefCell::default(),
        })
    }

    /// Judges a value of the schema with this number.
    pub fn judge(&self, number: usize, value: Value) -> Judgement {
        let root = Value::Object(Map::from_iter([(number.to_string(), value)]));
        match (self.tagged.is_valid(&root), self.plain.is_valid(&root)) {
            (true, _) => Judgement::Valid,
            (false, true) => Judgement::Unclear,
            (false, false) => Judgement::Invalid(self.plain.iter_errors(&root).map(|error| problem(&error)).collect()),
        }
    }

    /// Whether a value can be one of an alternative of a schema.
    pub fn can_be(&self, prepared: &Prepared, alternative: &Value, value: &Value) -> bool {
        let mut known = self.alternatives.borrow_mut();
        let validator = known.entry(address(alternative)).or_insert_with(|| {
            let mut root = prepared.tagged.clone();
            root["properties"] = Value::Object(Map::from_iter([("0".to_owned(), alternative.clone())]));
            validator(&mut root, MAX_MISTAKES)
        });
        let root = Value::Object(Map::from_iter([("0".to_owned(), value.clone())]));
        validator.as_ref().is_none_or(|validator| validator.is_valid(&root))
    }

    /// The first problem that decoding promises to report.
    pub fn reported<'p>(&self, problems: &'p [Problem]) -> Option<&'p Problem> {
        problems.iter().find(|problem| match problem.keyword.as_str() {
            _ if self.is_warned(&problem.place) => false,
            "type" | "required" | "enum" | "const" => true,
            // An alternative that only breaks constraints is the one that is read.
            "anyOf" | "oneOf" => {
                let alternatives = &problem.alternatives;
                !alternatives.is_empty() && alternatives.iter().all(|problems| self.reported(problems).is_some())
            }
            _ => false,
        })
    }

    /// The first problem that a client promises to find before it sends a value that it could read.
    pub fn checked<'p>(&self, problems: &'p [Problem]) -> Option<&'p Problem> {
        if self.reported(problems).is_some() {
            return None;
        }
        problems.iter().find(|problem| match problem.keyword.as_str() {
            _ if self.is_warned(&problem.place) => false,
            "anyOf" | "oneOf" => {
                let read = problem.alternatives.iter().filter(|problems| self.reported(problems).is_none());
                let read: Vec<&Vec<Problem>> = read.collect();
                !read.is_empty() && read.iter().all(|problems| self.checked(problems).is_some())
            }
            keyword => CHECKED.contains(&keyword),
        })
    }

    /// Whether the generator said that a keyword, or a schema around it, means nothing to the client.
    fn is_warned(&self, place: &str) -> bool {
        let ends = place.match_indices('/').map(|(end, _)| end).chain([place.len()]);
        ends.map(|end| &place[..end]).any(|place| self.warned.contains(place))
    }
}

/// The constraints that are checked before a value is sent.
const CHECKED: &[&str] = &[
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

fn problem(error: &ValidationError<'_>) -> Problem {
    let alternatives = match error.kind() {
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            context.iter().map(|errors| errors.iter().map(problem).collect()).collect()
        }
        _ => Vec::new(),
    };
    let at = error.instance_path().as_str().trim_start_matches('/');
    Problem {
        keyword: error.kind().keyword().to_owned(),
        place: format!("#{}", error.schema_path()),
        at: at.split_once('/').map_or_else(|| "$".to_owned(), |(_, rest)| format!("$/{rest}")),
        found: kind(error.instance()),
        alternatives,
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn judge(warned: &[&str]) -> Judge {
        let document = json!({
            "properties": { "0": { "$ref": "#/components/schemas/Pet" }, "1": { "$ref": "#/components/schemas/Any" } },
            "components": { "schemas": {
                "Pet": { "type": "object", "properties": { "name": { "$ref": "#/components/schemas/Name" } } },
                "Name": { "type": "string", "maxLength": 3 },
                "Any": { "oneOf": [{ "$ref": "#/components/schemas/Name" }, { "type": "integer", "maximum": 9 }] },
            } },
        });
        let warned = warned.iter().map(|place| (*place).to_owned()).collect();
        Judge::new(&Prepared { plain: document.clone(), tagged: document }, warned).unwrap()
    }

    fn check(judge: &Judge, number: usize, value: Value) -> (Option<String>, Option<String>) {
        let Judgement::Invalid(problems) = judge.judge(number, value) else { return (None, None) };
        let keyword = |problem: Option<&Problem>| problem.map(|problem| format!("{} {}", problem.place, problem.at));
        (keyword(judge.reported(&problems)), keyword(judge.checked(&problems)))
    }

    #[test]
    fn mismatches_and_constraints_are_told_apart() {
        let judge = judge(&[]);
        assert_eq!(judge.judge(0, json!({ "name": "Tom" })), Judgement::Valid);
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(check(&judge, 0, json!({ "name": 7 })), (text("#/components/schemas/Name/type $/name"), None));
        assert_eq!(
            check(&judge, 0, json!({ "name": "Thomas" })),
            (None, text("#/components/schemas/Name/maxLength $/name"))
        );
        assert!(check(&judge, 1, json!(true)).0.is_some());
        assert!(check(&judge, 1, json!("Thomas")).1.is_some() && check(&judge, 1, json!(10)).1.is_some());
    }

    #[test]
    fn what_the_generator_warned_of_is_no_promise() {
        let judge = judge(&["#/components/schemas/Name"]);
        assert_eq!(check(&judge, 0, json!({ "name": 7 })), (None, None));
        assert_eq!(check(&judge, 0, json!({ "name": "Thomas" })), (None, None));
    }
}
