//! [`Node`]: in goes what arrived, which is text without types, out comes a value of the type that the document says.
//!
//! `5` may be a number or a text, and one value may be a list of one. All readings are tried; a value is given only if a
//! single one is of the type. Where a reading goes wrong, the next for the text at that place is taken.

use std::ops::Range;

use crate::codec::{Attached, Decode, DecodeError, Encode, Reader, encode_outline};
use crate::file::File;

/// The first readings differ in so many ways: all pairs of one of four for texts and one of three for shapes.
const BEGINNINGS: usize = 12;

/// A value, or part of one, that may be read in several ways.
#[derive(Clone, Debug)]
pub(super) struct Node {
    kind: Kind,
    /// How many readings were given up.
    given_up: usize,
    /// The reading that is tried.
    choice: usize,
    /// Where it is in the text that is tried.
    span: Range<usize>,
}

#[derive(Clone, Debug)]
enum Kind {
    /// One of these, or a list with nothing else if `may_be_list`.
    Leaf {
        scalars: Vec<Scalar>,
        may_be_list: bool,
    },
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
    Either(Vec<Node>),
}

#[derive(Clone, Debug)]
enum Scalar {
    Json(Vec<u8>),
    File(File),
}

impl Node {
    /// A text, which may be a string, a number, a boolean or null.
    pub(super) fn text(text: &str) -> Self {
        let mut scalars = vec![Scalar::Json(quoted(text))];
        if text.is_empty() {
            scalars.push(Scalar::Json(b"null".to_vec()));
        } else if is_literal(text) {
            scalars.push(Scalar::Json(text.into()));
        }
        Self::new(Kind::Leaf { scalars, may_be_list: false })
    }

    /// A text that may be a JSON object or list too.
    pub(super) fn text_or_json(text: &str) -> Self {
        let mut node = Self::text(text);
        if text.starts_with(['{', '['])
            && Self::json(text.as_bytes()).is_ok()
            && let Kind::Leaf { scalars, .. } = &mut node.kind
        {
            scalars.push(Scalar::Json(text.into()));
        }
        node
    }

    /// JSON.
    pub(super) fn json(text: &[u8]) -> Result<Self, &'static str> {
        let mut input = Reader::new(text);
        match input.raw().and_then(|json| input.finish().map(|()| json)) {
            Ok(json) => Ok(Self::new(Kind::Leaf { scalars: vec![Scalar::Json(json.to_vec())], may_be_list: false })),
            Err(_) => Err("is not JSON"),
        }
    }

    /// A file.
    pub(super) fn file(file: File) -> Self {
        Self::new(Kind::Leaf { scalars: vec![Scalar::File(file)], may_be_list: false })
    }

    /// A list.
    pub(super) fn list(items: Vec<Self>) -> Self {
        Self::new(Kind::List(items))
    }

    /// An object.
    pub(super) fn object(properties: Vec<(String, Self)>) -> Self {
        Self::new(Kind::Object(properties))
    }

    /// One of several shapes.
    pub(super) fn either(mut nodes: Vec<Self>) -> Self {
        if nodes.len() == 1 { nodes.remove(0) } else { Self::new(Kind::Either(nodes)) }
    }

    /// The same, or a list of it.
    pub(super) fn or_list_of_it(mut self) -> Self {
        if let Kind::Leaf { may_be_list, .. } = &mut self.kind {
            *may_be_list = true;
        }
        self
    }

    fn new(kind: Kind) -> Self {
        Self { kind, given_up: 0, choice: 0, span: 0..0 }
    }

    /// The only value of type `T` that this can be.
    pub(super) fn read<T: Decode + Encode>(&self) -> Result<T, String> {
        let text = self.only_reading(&|text| {
            let mut input = text.reader();
            let value = T::decode(&mut input)?;
            let rewritten = encode_outline(&value).unwrap_or_else(|_| text.json.clone());
            Ok(Reading { unknowns: input.unknowns(), rewritten })
        })?;
        T::decode(&mut text.reader()).map_err(|error| error.to_string())
    }

    /// Of all texts that are of the type, those with the fewest parts that nobody knows; they must mean the same.
    fn only_reading(&self, decode: Decoder<'_>) -> Result<Text, String> {
        let mut best: Option<(Reading, Text)> = None;
        let mut is_ambiguous = false;
        let mut first_error = None;
        for beginning in 0..BEGINNINGS {
            match self.clone().search(beginning, decode) {
                Ok((reading, text)) => match &best {
                    Some((known, _)) if known.unknowns < reading.unknowns => {}
                    Some((known, _)) if known.unknowns == reading.unknowns => {
                        is_ambiguous |= known.rewritten != reading.rewritten;
                    }
                    _ => (best, is_ambiguous) = (Some((reading, text)), false),
                },
                Err(error) => drop(first_error.get_or_insert(error)),
            }
        }
        match (best, first_error) {
            (Some(_), _) if is_ambiguous => Err("can be read in several ways, all of them of its type".to_owned()),
            (Some((_, text)), _) => Ok(text),
            (None, Some(error)) => Err(format!("is not of its type: {} at `{}`", error.message(), error.path())),
            (None, None) => Err("is not of its type".to_owned()),
        }
    }

    /// The first text of the type from some beginning on.
    fn search(mut self, beginning: usize, decode: Decoder<'_>) -> Result<(Reading, Text), DecodeError> {
        loop {
            let mut text = Text::default();
            self.write(beginning, &mut text);
            match decode(&text) {
                Ok(reading) => return Ok((reading, text)),
                Err(error) if !self.give_up(error.offset()) => return Err(error),
                Err(_) => {}
            }
        }
    }

    fn write(&mut self, beginning: usize, out: &mut Text) {
        let start = out.json.len();
        let choice = (beginning + self.given_up) % self.choices().max(1);
        self.choice = choice;
        match &mut self.kind {
            Kind::Leaf { scalars, .. } if choice < scalars.len() => out.scalar(&scalars[choice]),
            Kind::Leaf { scalars, .. } => {
                out.json.push(b'[');
                out.scalar(&scalars[choice - scalars.len()]);
                out.json.push(b']');
            }
            Kind::List(items) => {
                out.json.push(b'[');
                for (index, item) in items.iter_mut().enumerate() {
                    out.separate(index);
                    item.write(beginning, out);
                }
                out.json.push(b']');
            }
            Kind::Object(properties) => {
                out.json.push(b'{');
                for (index, (name, value)) in properties.iter_mut().enumerate() {
                    out.separate(index);
                    out.json.extend_from_slice(&quoted(name));
                    out.json.push(b':');
                    value.write(beginning, out);
                }
                out.json.push(b'}');
            }
            Kind::Either(nodes) => nodes[choice].write(beginning, out),
        }
        self.span = start..out.json.len();
    }

    /// Gives up the reading that went wrong at a place; `false` if there is no other.
    fn give_up(&mut self, offset: usize) -> bool {
        if !self.span.contains(&offset) {
            return false;
        }
        let choices = self.choices();
        let within = match &mut self.kind {
            Kind::Leaf { .. } => false,
            Kind::List(items) => items.iter_mut().any(|item| item.give_up(offset)),
            Kind::Object(properties) => properties.iter_mut().any(|(_, value)| value.give_up(offset)),
            Kind::Either(nodes) => nodes[self.choice].give_up(offset),
        };
        let has_another = self.given_up + 1 < choices;
        if !within && has_another {
            self.given_up += 1;
        }
        within || has_another
    }

    fn choices(&self) -> usize {
        match &self.kind {
            Kind::Leaf { scalars, may_be_list } => scalars.len() * (1 + usize::from(*may_be_list)),
            Kind::List(_) | Kind::Object(_) => 1,
            Kind::Either(nodes) => nodes.len(),
        }
    }
}

type Decoder<'a> = &'a dyn Fn(&Text) -> Result<Reading, DecodeError>;

/// What a text was read as.
struct Reading {
    unknowns: u32,
    /// The value as it is written, which tells it from others.
    rewritten: Vec<u8>,
}

/// JSON, with files beside it.
#[derive(Default)]
struct Text {
    json: Vec<u8>,
    files: Vec<Attached>,
}

impl Text {
    fn reader(&self) -> Reader<'_> {
        Reader::new(&self.json).with_files(&self.files)
    }

    fn separate(&mut self, index: usize) {
        if index > 0 {
            self.json.push(b',');
        }
    }

    fn scalar(&mut self, scalar: &Scalar) {
        match scalar {
            Scalar::Json(json) => self.json.extend_from_slice(json),
            Scalar::File(file) => {
                self.files.push(Attached { offset: self.json.len(), file: file.clone() });
                self.json.extend_from_slice(b"\"\"");
            }
        }
    }
}

fn quoted(text: &str) -> Vec<u8> {
    serde_json::Value::from(text).to_string().into_bytes()
}

/// Whether a text is a number or a boolean of JSON.
fn is_literal(text: &str) -> bool {
    let mut input = Reader::new(text.as_bytes());
    let is_number = input.number().is_ok() && input.finish().is_ok();
    // White space around it is not part of a number.
    matches!(text, "true" | "false") || (is_number && text.trim() == text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Decimal, JsonValue, Nullable};

    enum Created {
        At(i64),
        Range(Vec<i64>),
        Unknown(JsonValue),
    }
    crate::union! { Created { At, Range, } }

    enum Either {
        Number(i64),
        Text(String),
        Unknown(JsonValue),
    }
    crate::union! { Either { Number, Text, } }

    #[test]
    fn types_tell_texts_from_numbers() {
        assert_eq!(Node::text("5").read::<i64>(), Ok(5));
        assert_eq!(Node::text("5").read::<String>(), Ok("5".to_owned()));
        assert_eq!(Node::text("true").read::<bool>(), Ok(true));
        assert_eq!(Node::text("5.10").read::<Decimal>().map(|price| price.to_string()), Ok("5.10".to_owned()));
        let list = || Node::list(vec![Node::text("1"), Node::text("x")]);
        assert_eq!(list().read::<Vec<String>>(), Ok(vec!["1".to_owned(), "x".to_owned()]));
        assert!(list().read::<Vec<i64>>().is_err_and(|error| error.contains("expected a number")));
        assert!(Node::text("x").read::<i64>().is_err());
    }

    #[test]
    fn one_value_may_be_a_list() {
        let one = || Node::text("5").or_list_of_it();
        assert_eq!(one().read::<i64>(), Ok(5));
        assert_eq!(one().read::<Vec<i64>>(), Ok(vec![5]));
        assert_eq!(one().read::<Vec<String>>(), Ok(vec!["5".to_owned()]));
        let object = Node::object(vec![("a".to_owned(), one()), ("b".to_owned(), one())]);
        let map = object.read::<std::collections::BTreeMap<String, Vec<i64>>>();
        assert_eq!(map.map(|map| map.len()), Ok(2));
    }

    #[test]
    fn what_means_several_things_is_an_error() {
        let ambiguous = |error: &String| error.contains("several ways");
        assert!(Node::text("5").read::<Either>().err().as_ref().is_some_and(ambiguous));
        assert!(Node::text("5").read::<JsonValue>().err().as_ref().is_some_and(ambiguous));
        assert!(Node::text("").read::<Nullable<String>>().err().as_ref().is_some_and(ambiguous));
        assert_eq!(Node::text("x").read::<JsonValue>(), Ok("x".into()));
        assert!(matches!(Node::text("x").read(), Ok(Either::Text(_))));
    }

    #[test]
    fn unions_are_read_by_what_they_know() {
        assert!(matches!(Node::text("5").read(), Ok(Created::At(5))));
        let list = || Node::list(vec![Node::text("5"), Node::text("6")]);
        assert!(matches!(list().read(), Ok(Created::Range(range)) if range == [5, 6]));
        assert!(matches!(Node::text("x").read(), Ok(Created::Unknown(JsonValue::String(_)))));
    }

    #[test]
    fn files_are_read_where_they_are() {
        let file = File::from(vec![0xFF]).name("a.png");
        assert_eq!(Node::file(file.clone()).read::<File>(), Ok(file.clone()));
        assert_eq!(Node::file(file.clone()).or_list_of_it().read::<Vec<File>>(), Ok(vec![file]));
    }
}
