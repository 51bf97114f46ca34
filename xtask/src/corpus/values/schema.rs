//! Reading schemas: a schema in, the sets of schemas out that apply to a value together, one set per alternative. References
//! and `allOf` are followed; of `oneOf` and `anyOf` one alternative at a time applies.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::super::examples::find;
use super::json::Json;

/// How many sets a schema can have.
const MAX_ALTERNATIVES: usize = 96;

/// The document, for its references.
#[derive(Clone, Copy)]
pub struct Schemas<'d>(pub &'d Value);

/// Schemas that all apply to a value.
#[derive(Clone, Default)]
pub struct All<'d> {
    parts: Vec<&'d Map<String, Value>>,
    /// Whether one of them allows no value at all.
    is_never: bool,
}

/// The `oneOf`s and `anyOf`s of a set of schemas.
type Groups<'d> = Vec<&'d Vec<Value>>;

impl<'d> Schemas<'d> {
    /// The schema at a place of the document.
    pub fn at(self, place: &str) -> Option<&'d Value> {
        find(self.0, place)
    }

    /// Every set of schemas that can apply together to a value of all of `schemas`.
    pub fn alternatives(self, schemas: &[&'d Value]) -> Vec<All<'d>> {
        self.choose(schemas, &BTreeSet::new(), MAX_ALTERNATIVES)
    }

    fn choose(self, schemas: &[&'d Value], chosen: &BTreeSet<usize>, most: usize) -> Vec<All<'d>> {
        let (mut all, mut groups) = (All::default(), Groups::new());
        let mut seen = BTreeSet::new();
        schemas.iter().for_each(|schema| self.collect(schema, &mut all, &mut groups, &mut seen));
        let Some(group) = groups.into_iter().find(|group| !chosen.contains(&address(*group))) else {
            return vec![all];
        };
        let mut chosen = chosen.clone();
        chosen.insert(address(group));
        // Each alternative gets its share, however many sets the first of them has.
        let share = (most / group.len().max(1)).max(1);
        let sets = group.iter().take(most).flat_map(|alternative| {
            let schemas: Vec<&Value> = schemas.iter().copied().chain([alternative]).collect();
            self.choose(&schemas, &chosen, share)
        });
        sets.take(most).collect()
    }

    fn collect(self, schema: &'d Value, all: &mut All<'d>, groups: &mut Groups<'d>, seen: &mut BTreeSet<usize>) {
        let Value::Object(map) = schema else {
            all.is_never |= schema.as_bool() == Some(false);
            return;
        };
        if !seen.insert(address(map)) {
            return;
        }
        all.parts.push(map);
        if let Some(target) = map.get("$ref").and_then(Value::as_str).and_then(|reference| self.at(reference)) {
            self.collect(target, all, groups, seen);
        }
        for member in map.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.collect(member, all, groups, seen);
        }
        let of = ["oneOf", "anyOf"].iter().filter_map(|keyword| map.get(*keyword)?.as_array());
        groups.extend(of.filter(|group| !group.is_empty()));
    }
}

/// What tells two schemas apart that read the same.
pub fn address<T>(value: &T) -> usize {
    std::ptr::from_ref(value) as usize
}

impl<'d> All<'d> {
    /// Whether there are no values.
    pub fn is_never(&self) -> bool {
        self.is_never
    }

    /// The values of a keyword.
    pub fn each(&self, keyword: &str) -> impl Iterator<Item = &'d Value> {
        self.parts.iter().filter_map(move |part| part.get(keyword))
    }

    /// Whether any of the schemas has a keyword.
    pub fn has(&self, keyword: &str) -> bool {
        self.each(keyword).next().is_some()
    }

    /// A keyword that is a string.
    pub fn text(&self, keyword: &str) -> Option<&'d str> {
        self.each(keyword).find_map(Value::as_str)
    }

    /// A keyword that says that there are at least so many of something.
    pub fn least(&self, keyword: &str) -> usize {
        self.counts(keyword).max().unwrap_or(0)
    }

    /// A keyword that says that there are at most so many of something.
    pub fn most(&self, keyword: &str) -> Option<usize> {
        self.counts(keyword).min()
    }

    fn counts(&self, keyword: &str) -> impl Iterator<Item = usize> {
        let counts = self.each(keyword).filter_map(|count| count.as_f64());
        counts.filter(|count| (0.0..1e9).contains(count)).map(|count| count as usize)
    }

    /// The values that `enum` and `const` list, if there is one of them.
    pub fn listed(&self) -> Option<Vec<Json>> {
        let lists = self.each("enum").filter_map(Value::as_array).cloned();
        let lists: Vec<Vec<Value>> = lists.chain(self.each("const").map(|value| vec![value.clone()])).collect();
        let (first, others) = lists.split_first()?;
        let listed = first.iter().filter(|value| others.iter().all(|list| list.contains(value)));
        Some(listed.map(Json::of).collect())
    }

    /// The types that a value can have, by what `type` or else the other keywords say; none if it can be anything.
    pub fn types(&self) -> Option<Vec<&'static str>> {
        let lists = self.each("type").map(|value| match value {
            Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
            other => other.as_str().into_iter().collect::<Vec<_>>(),
        });
        let allows = |list: &Vec<&str>, ty: &str| list.contains(&ty) || (ty == "integer" && list.contains(&"number"));
        let lists: Vec<Vec<&str>> = lists.collect();
        if lists.is_empty() {
            return self.implied_types();
        }
        let types = TYPES.iter().copied().filter(|ty| lists.iter().all(|list| allows(list, ty)));
        let types: Vec<_> = types.collect();
        // A number says it all.
        let has_numbers = types.contains(&"number");
        Some(types.into_iter().filter(|ty| !(has_numbers && *ty == "integer")).collect())
    }

    fn implied_types(&self) -> Option<Vec<&'static str>> {
        let implied: &[(&[&str], &str)] = &[
            (&["properties", "required", "additionalProperties", "minProperties", "maxProperties"], "object"),
            (&["items", "prefixItems", "minItems", "maxItems"], "array"),
            (&["minLength", "maxLength", "pattern"], "string"),
            (&["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"], "number"),
        ];
        let found = implied.iter().find(|(keywords, _)| keywords.iter().any(|keyword| self.has(keyword)));
        found.map(|(_, ty)| vec![*ty])
    }

    /// The names of the properties that are described, in the order of the document.
    pub fn properties(&self) -> Vec<&'d str> {
        let mut seen = BTreeSet::new();
        let names = self.each("properties").filter_map(Value::as_object).flat_map(Map::keys);
        names.map(String::as_str).filter(|name| seen.insert(*name)).collect()
    }

    /// The schemas of a property; those of `additionalProperties` if it is not described.
    pub fn property(&self, name: &str) -> Vec<&'d Value> {
        let described = self.each("properties").filter_map(|properties| properties.get(name));
        let described: Vec<&Value> = described.collect();
        if described.is_empty() { self.additional() } else { described }
    }

    /// The names of the properties that must be there.
    pub fn required(&self) -> Vec<&'d str> {
        self.names("required")
    }

    /// The names of a keyword that lists some, each once.
    pub fn names(&self, keyword: &str) -> Vec<&'d str> {
        let mut seen = BTreeSet::new();
        let names = self.each(keyword).filter_map(Value::as_array).flatten().filter_map(Value::as_str);
        names.filter(|name| seen.insert(*name)).collect()
    }

    /// The schemas of properties that are not described.
    pub fn additional(&self) -> Vec<&'d Value> {
        self.each("additionalProperties").filter(|schema| schema.is_object()).collect()
    }

    /// Whether the schemas say that there are properties beside those described, or describe none.
    pub fn is_map(&self) -> bool {
        let schemas = || self.each("additionalProperties").chain(self.each("unevaluatedProperties"));
        let is_closed = schemas().any(|schema| schema.as_bool() == Some(false));
        let is_open = schemas().next().is_some() || self.properties().is_empty();
        is_open && !is_closed && !self.has("propertyNames")
    }
}

/// The types of JSON Schema.
pub const TYPES: &[&str] = &["object", "array", "string", "number", "integer", "boolean", "null"];

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_alternative_is_a_set() {
        let document = json!({
            "components": { "schemas": {
                "Pet": { "type": "object", "required": ["name"], "properties": { "name": { "type": "string" } } },
                "Cat": { "allOf": [{ "$ref": "#/components/schemas/Pet" }, { "properties": { "lives": { "type": "integer" } } }] },
                "Any": { "oneOf": [
                    { "$ref": "#/components/schemas/Cat" },
                    { "anyOf": [{ "type": "null" }, { "type": ["number", "integer"] }, { "$ref": "#/components/schemas/Any" }] },
                    false,
                ] },
            } }
        });
        let schemas = Schemas(&document);
        let sets = schemas.alternatives(&[schemas.at("#/components/schemas/Any").unwrap()]);
        let types: Vec<_> = sets.iter().map(|set| (set.is_never(), set.types())).collect();
        let expected =
            [(false, Some(vec!["object"])), (false, Some(vec!["null"])), (false, Some(vec!["number"])), (true, None)];
        expected.iter().for_each(|set| assert!(types.contains(set), "{set:?} is not in {types:?}"));
        assert_eq!((sets[0].properties(), sets[0].required()), (vec!["name", "lives"], vec!["name"]));
    }

    #[test]
    fn keywords_of_all_schemas_hold() {
        let schema = json!({ "allOf": [
            { "enum": [1, 2, 3], "minLength": 2, "maxItems": 4, "type": ["number", "null"] },
            { "enum": [3, 2], "minLength": 5, "maxItems": 3.0, "type": "integer" },
        ] });
        let set = Schemas(&schema).alternatives(&[&schema]).remove(0);
        assert_eq!(set.listed(), Some(vec![Json::number(2), Json::number(3)]));
        assert_eq!((set.least("minLength"), set.most("maxItems"), set.types()), (5, Some(3), Some(vec!["integer"])));
    }
}
