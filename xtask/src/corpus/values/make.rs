//! Values of a schema: the least one, and the variants that show what else it allows. Whether they are valid is the business
//! of the judge; a schema can say more than is understood here.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use serde_json::Value;

use super::document::ONE_SIDED;
use super::json::Json;
use super::random::Random;
use super::schema::{All, Schemas, address};
use super::{number, text};

/// How deeply the parts of a value are varied; deeper, the least value stands for all.
const VARIED_DEPTH: usize = 3;

/// How deeply required parts nest before a schema is treated as one without an end.
const MAX_DEPTH: usize = 24;

/// How many variants stand for a part of a value.
const MAX_VARIANTS: usize = 24;

/// How many random choices of optional properties there are.
const SUBSETS: usize = 6;

/// The longest array that is made on purpose.
const MAX_ITEMS: usize = 70;

/// Which properties are left out because only the other side sets them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Omitted {
    /// Those that only the server sets.
    pub read_only: bool,
    /// Those that only the client sets.
    pub write_only: bool,
}

/// Schemas by their addresses, the depth, and how deep values may be.
type Key = (Vec<usize>, usize, Option<usize>);

/// Makes values.
pub struct Maker<'d> {
    /// The document.
    pub schemas: Schemas<'d>,
    omitted: Omitted,
    /// How deep the least value may be that is looked for.
    limit: Cell<Option<usize>>,
    least: RefCell<HashMap<Key, Option<Json>>>,
    variants: RefCell<HashMap<Key, Rc<Vec<Json>>>>,
}

impl<'d> Maker<'d> {
    /// For the schemas of a document.
    pub fn new(schemas: Schemas<'d>, omitted: Omitted) -> Self {
        Self { schemas, omitted, limit: Cell::new(None), least: RefCell::default(), variants: RefCell::default() }
    }

    /// The least value of all of `schemas`; `None` if none is found.
    pub fn least(&self, schemas: &[&'d Value], depth: usize) -> Option<Json> {
        if self.limit.get().is_none() {
            // A deep value of a schema that refers to itself several times is far too large where a shallow one exists.
            let found = (depth..=MAX_DEPTH).find_map(|limit| {
                self.limit.set(Some(limit));
                self.least(schemas, depth)
            });
            self.limit.set(None);
            return found;
        }
        if self.limit.get().is_some_and(|limit| depth > limit) {
            return None;
        }
        let key = key(schemas, depth, self.limit.get());
        if let Some(known) = self.least.borrow().get(&key) {
            return known.clone();
        }
        let found = self.schemas.alternatives(schemas).iter().find_map(|all| self.least_of(all, depth));
        self.least.borrow_mut().insert(key, found.clone());
        found
    }

    /// The least value of one set of schemas.
    pub fn least_of(&self, all: &All<'d>, depth: usize) -> Option<Json> {
        if all.is_never() {
            return None;
        }
        if let Some(listed) = all.listed() {
            return listed.into_iter().next();
        }
        let types = all.types().unwrap_or_else(|| vec!["string"]);
        types.iter().find_map(|ty| match *ty {
            "object" => self.least_object(all, depth),
            "array" => self.least_array(all, depth),
            _ => scalars(all, ty).into_iter().next(),
        })
    }

    fn least_object(&self, all: &All<'d>, depth: usize) -> Option<Json> {
        let mut members = Vec::new();
        let required = all.required().into_iter().chain(all.names(ONE_SIDED));
        for name in required.filter(|name| !self.is_omitted(all, name)) {
            let schemas = all.property(name);
            let value = if schemas.is_empty() { Some(Json::text("any")) } else { self.least(&schemas, depth + 1) };
            members.push((name.to_owned(), value?));
        }
        // Properties that are not described until there are enough.
        let others = all.additional();
        for at in 0..all.least("minProperties").saturating_sub(members.len()).min(MAX_ITEMS) {
            members.push((format!("key {at}"), self.least(&others, depth + 1)?));
        }
        Some(Json::Object(members))
    }

    fn least_array(&self, all: &All<'d>, depth: usize) -> Option<Json> {
        self.array(all, all.least("minItems").max(tuple(all).len()), depth)
    }

    /// An array of a length, whose items differ if they must.
    pub fn array(&self, all: &All<'d>, length: usize, depth: usize) -> Option<Json> {
        let tuple = tuple(all);
        let items: Vec<&Value> = all.each("items").collect();
        let unique = all.each("uniqueItems").any(|unique| unique == &Value::Bool(true));
        let others = if unique && length > 1 { self.variants(&items, depth + 1) } else { Rc::default() };
        let item = |at: usize| match (tuple.get(at), others.get(at)) {
            (Some(schema), _) => self.least(&[schema], depth + 1),
            (None, Some(other)) => Some(other.clone()),
            (None, None) => self.least(&items, depth + 1),
        };
        (0..length.min(MAX_ITEMS)).map(item).collect::<Option<Vec<_>>>().map(Json::Array)
    }

    /// Values that differ in what the schemas allow.
    pub fn variants(&self, schemas: &[&'d Value], depth: usize) -> Rc<Vec<Json>> {
        let key = key(schemas, depth, self.limit.get());
        if let Some(known) = self.variants.borrow().get(&key) {
            return Rc::clone(known);
        }
        let found = if depth > VARIED_DEPTH {
            self.least(schemas, depth).into_iter().collect()
        } else {
            let sets = self.schemas.alternatives(schemas);
            let each: Vec<Vec<Json>> = sets.iter().map(|all| self.variants_of(all, depth)).collect();
            let most = if depth == 0 { usize::MAX } else { MAX_VARIANTS };
            in_turns(each, most)
        };
        let found = Rc::new(found);
        self.variants.borrow_mut().insert(key, Rc::clone(&found));
        found
    }

    /// The variants of one set of schemas.
    pub fn variants_of(&self, all: &All<'d>, depth: usize) -> Vec<Json> {
        if all.is_never() {
            return Vec::new();
        }
        if let Some(listed) = all.listed() {
            return listed;
        }
        let Some(types) = all.types() else { return free_form() };
        let each = types.iter().map(|ty| match *ty {
            "object" => self.objects(all, depth),
            "array" => self.arrays(all, depth),
            _ => scalars(all, ty),
        });
        in_turns(each.collect(), usize::MAX)
    }

    /// The least object, the one with all properties, and the least with each variant of each other property.
    fn objects(&self, all: &All<'d>, depth: usize) -> Vec<Json> {
        let Some(least) = self.least_object(all, depth) else { return Vec::new() };
        let names = self.properties(all);
        let variants: Vec<(&str, Rc<Vec<Json>>)> =
            names.iter().map(|name| (*name, self.variants(&all.property(name), depth + 1))).collect();
        let full = variants.iter().fold(least.clone(), |object, (name, values)| match values.first() {
            Some(value) if object.get(name).is_none() => object.with(name, value.clone()),
            _ => object,
        });
        let mut objects = vec![least.clone(), full];
        for (name, values) in &variants {
            objects.extend(values.iter().map(|value| least.clone().with(name, value.clone())));
        }
        let mut random = Random::new(&names.join(" "));
        objects.extend((0..SUBSETS.min(variants.len())).map(|_| subset(&least, &variants, &mut random)));
        if all.is_map() {
            objects.extend(self.others(all, depth).into_iter().map(|value| least.clone().with("another key", value)));
        }
        objects
    }

    /// Values for a property that is not described.
    fn others(&self, all: &All<'d>, depth: usize) -> Vec<Json> {
        let schemas = all.additional();
        if schemas.is_empty() { free_form() } else { self.variants(&schemas, depth + 1).to_vec() }
    }

    fn arrays(&self, all: &All<'d>, depth: usize) -> Vec<Json> {
        let (least, most) = (all.least("minItems"), all.most("maxItems").unwrap_or(MAX_ITEMS));
        let tuple = tuple(all);
        let lengths = [tuple.len().max(1), least, least + 1, most, 2];
        let lengths = lengths.into_iter().filter(|length| (least..=most).contains(length) && *length < MAX_ITEMS);
        let mut arrays: Vec<Json> = lengths.filter_map(|length| self.array(all, length, depth)).collect();
        let items: Vec<&Value> = all.each("items").collect();
        let variants = if items.is_empty() { Rc::new(free_form()) } else { self.variants(&items, depth + 1) };
        // Each variant takes a place in an array that is long enough.
        let base = self.array(all, least.max(tuple.len() + 1), depth);
        if let Some(Json::Array(base)) = base
            && base.len() <= most
        {
            arrays.extend(variants.iter().map(|value| {
                let mut items = base.clone();
                items.pop();
                items.push(value.clone());
                Json::Array(items)
            }));
        }
        if variants.len() <= most {
            arrays.push(Json::Array(variants.to_vec()));
        }
        arrays
    }

    /// The properties of an object that this side can set.
    pub fn properties(&self, all: &All<'d>) -> Vec<&'d str> {
        all.properties().into_iter().filter(|name| !self.is_omitted(all, name)).collect()
    }

    fn is_omitted(&self, all: &All<'d>, name: &str) -> bool {
        let (read_only, write_only) = sides(self.schemas, &all.property(name));
        (read_only && self.omitted.read_only) || (write_only && self.omitted.write_only)
    }
}

/// Whether schemas say `readOnly`, and `writeOnly`.
pub fn sides(schemas: Schemas<'_>, of: &[&Value]) -> (bool, bool) {
    let sets = schemas.alternatives(of);
    let says =
        |keyword: &str| sets.first().is_some_and(|all| all.each(keyword).any(|value| value == &Value::Bool(true)));
    (says("readOnly"), says("writeOnly"))
}

fn key(schemas: &[&Value], depth: usize, limit: Option<usize>) -> Key {
    (schemas.iter().map(|schema| address(*schema)).collect(), depth, limit)
}

fn subset(least: &Json, variants: &[(&str, Rc<Vec<Json>>)], random: &mut Random) -> Json {
    variants.iter().fold(least.clone(), |object, (name, values)| match random.pick(values) {
        Some(value) if random.below(2) == 0 => object.with(name, value.clone()),
        _ => object,
    })
}

/// The schemas of the first items of an array.
pub fn tuple<'d>(all: &All<'d>) -> &'d [Value] {
    all.each("prefixItems").find_map(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// Values that are neither objects nor arrays.
fn scalars(all: &All<'_>, ty: &str) -> Vec<Json> {
    match ty {
        "string" => text::texts(all).into_iter().map(Json::String).collect(),
        "integer" => number::integers(all),
        "number" => number::floats(all),
        "boolean" => vec![Json::Bool(true), Json::Bool(false)],
        _ => vec![Json::Null],
    }
}

/// Values of every kind, with numbers that no float can hold.
pub fn free_form() -> Vec<Json> {
    let texts = [
        r#""any""#,
        "{}",
        r#"{"a":[1,{"b":null}],"":""}"#,
        "null",
        "true",
        "-1.5",
        "12345678901234567.89",
        "18446744073709551616",
        "[]",
        r#"[[],"1",2]"#,
        r#""é€😀\u0000""#,
    ];
    texts.iter().filter_map(|text| Json::parse(text)).collect()
}

/// The first of each, then the second of each, until there are enough; none of them twice.
pub fn in_turns(each: Vec<Vec<Json>>, most: usize) -> Vec<Json> {
    let longest = each.iter().map(Vec::len).max().unwrap_or_default();
    let mut seen = BTreeSet::new();
    let values = (0..longest).flat_map(|at| each.iter().filter_map(move |values| values.get(at)));
    values.filter(|value| seen.insert(value.to_string())).take(most).cloned().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(document: &Value, omitted: Omitted) -> Vec<String> {
        let maker = Maker::new(Schemas(document), omitted);
        maker.variants(&[document], 0).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn objects_have_every_subset_that_matters() {
        let document = json!({
            "type": "object",
            "required": ["a"],
            "properties": { "a": { "type": "boolean" }, "b": { "enum": [1, 2] }, "id": { "readOnly": true, "const": 7 } },
        });
        let found = check(&document, Omitted { read_only: true, write_only: false });
        let expected = [r#"{"a":true}"#, r#"{"a":true,"b":1}"#, r#"{"a":false}"#, r#"{"a":true,"b":2}"#];
        expected.iter().for_each(|value| assert!(found.contains(&(*value).to_owned()), "{value} is not in {found:?}"));
        assert!(!found.iter().any(|value| value.contains("id")), "{found:?}");
    }

    #[test]
    fn recursion_ends() {
        let document = json!({ "$ref": "#/components/schemas/Tree", "components": { "schemas": {
            "Tree": {
                "type": "object",
                "properties": { "next": { "$ref": "#/components/schemas/Tree" }, "value": { "type": "null" } },
            },
            "Endless": { "required": ["next"], "properties": { "next": { "$ref": "#/components/schemas/Endless" } } },
        } } });
        let found = check(&document, Omitted::default());
        assert!(found.contains(&r#"{"next":{"next":{}}}"#.to_owned()), "{found:?}");
        let maker = Maker::new(Schemas(&document), Omitted::default());
        assert_eq!(maker.least(&[&document["components"]["schemas"]["Endless"]], 0), None);
    }

    #[test]
    fn arrays_have_every_length_that_is_a_bound() {
        let document = json!({ "type": "array", "items": { "enum": [1, 2, 3] }, "minItems": 2, "maxItems": 3, "uniqueItems": true });
        let found = check(&document, Omitted::default());
        assert!(found.contains(&"[1,2]".to_owned()) && found.contains(&"[1,2,3]".to_owned()), "{found:?}");
    }
}
