//! The values of a schema: its variants, what breaks its keywords, and random ones until there are enough.

use std::collections::BTreeSet;

use serde_json::Value;

use super::json::Json;
use super::make::{Maker, free_form};
use super::mutate::mutations;
use super::random::Random;

/// How many times as many variants as wanted there can be at most.
const MOST: usize = 6;

/// At least so many values that differ. The same schema and `seed` give the same values.
pub fn values<'d>(maker: &Maker<'d>, schema: &'d Value, least: usize, seed: &str) -> Vec<Json> {
    let mut seen = BTreeSet::new();
    let mut values: Vec<Json> = Vec::new();
    let variants = spread(&maker.variants(&[schema], 0), least * MOST);
    let mutated = mutations(maker, &[schema]).into_iter().map(|mutation| mutation.value);
    for value in variants.iter().cloned().chain(mutated) {
        if seen.insert(value.to_string()) {
            values.push(value);
        }
    }
    let mut random = Random::new(seed);
    for turn in 0.. {
        if values.len() >= least {
            break;
        }
        let value = filler(&variants, &mut random, turn);
        if seen.insert(value.to_string()) {
            values.push(value);
        }
    }
    values
}

/// So many of the variants at most, from the first to the last.
fn spread(variants: &[Json], most: usize) -> Vec<Json> {
    let step = variants.len().div_ceil(most.max(1)).max(1);
    variants.iter().step_by(step).cloned().collect()
}

/// Another value: two variants in one, or something that the schema may not know at all.
fn filler(variants: &[Json], random: &mut Random, turn: usize) -> Json {
    match (random.pick(variants).cloned(), random.pick(variants)) {
        (Some(one @ Json::Object(_)), Some(Json::Object(other))) if !turn.is_multiple_of(3) => other.iter().fold(
            one,
            |object, (name, value)| {
                if random.below(2) == 0 { object.with(name, value.clone()) } else { object }
            },
        ),
        (Some(Json::Array(mut one)), Some(Json::Array(other))) if !turn.is_multiple_of(3) => {
            one.extend(other.iter().cloned());
            one.truncate(random.below(8));
            Json::Array(one)
        }
        (Some(Json::Object(_)), _) => {
            // The judge takes a number with many digits for the nearest float, which can be an integer.
            let plain: Vec<Json> = free_form().into_iter().filter(|value| !matches!(value, Json::Number(_))).collect();
            let value = random.pick(&plain).cloned().unwrap_or(Json::Null);
            random.pick(variants).cloned().unwrap_or(Json::Null).with(&format!("other {turn}"), value)
        }
        (Some(Json::String(text)), _) if turn.is_multiple_of(2) => Json::text(format!("{text}{}", random.below(1000))),
        _ if turn.is_multiple_of(3) => Json::text(format!("filler {}", random.below(100_000))),
        _ if turn % 3 == 1 => Json::number(random.below(100_000)),
        _ => Json::Array(vec![Json::number(random.below(100_000))]),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::make::Omitted;
    use super::super::schema::Schemas;
    use super::*;

    #[test]
    fn there_are_always_enough_and_always_the_same() {
        for schema in [
            json!({ "type": "boolean" }),
            json!({}),
            json!({ "enum": ["a"] }),
            json!(false),
            json!({ "type": "object" }),
        ] {
            let values = || {
                let maker = Maker::new(Schemas(&schema), Omitted::default());
                values(&maker, &schema, 50, "seed").iter().map(ToString::to_string).collect::<Vec<_>>()
            };
            assert!(values().len() >= 50, "{schema}: {}", values().len());
            assert_eq!(values(), values());
        }
    }
}
