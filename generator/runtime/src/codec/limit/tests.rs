//! Each constraint at its bound, and one step to either side.

use std::collections::BTreeMap;

use super::Limit;
use crate::codec::{Encode, encode_checked};

#[track_caller]
fn check(value: &dyn Encode, limit: &'static [Limit], is_kept: bool) {
    assert_eq!(encode_checked(value, limit).is_ok(), is_kept, "{limit:?}");
}

#[test]
fn bounds_of_numbers_are_exact() {
    for (value, [min, max, above, below]) in [(1, [0, 1, 0, 1]), (2, [1, 1, 0, 0]), (3, [1, 0, 1, 0])] {
        let limits: [(&[Limit], i32); 4] = [
            (&[Limit::Minimum(2.0)], min),
            (&[Limit::Maximum(2.0)], max),
            (&[Limit::ExclusiveMinimum(2.0)], above),
            (&[Limit::ExclusiveMaximum(2.0)], below),
        ];
        for (limit, is_kept) in limits {
            check(&i64::from(value), limit, is_kept == 1);
            check(&f64::from(value), limit, is_kept == 1);
        }
    }
    check(&1.999_999, &[Limit::ExclusiveMaximum(2.0)], true);
    check(&2.000_001, &[Limit::ExclusiveMinimum(2.0)], true);
}

#[test]
fn bounds_of_wide_integers_are_exact() {
    const WIDE: i128 = 9_007_199_254_740_993;
    for (value, min, max) in [(WIDE - 1, false, true), (WIDE, true, true), (WIDE + 1, true, false)] {
        check(&value, &[Limit::MinimumInteger(WIDE)], min);
        check(&value, &[Limit::MaximumInteger(WIDE)], max);
    }
}

#[test]
fn multiples_are_exact_but_for_binary_arithmetic() {
    for (value, is_kept) in [(0.3, true), (1.1, true), (0.0, true), (-0.7, true), (0.35, false), (0.300_000_05, false)]
    {
        check(&value, &[Limit::MultipleOf(0.1)], is_kept);
    }
    check(&1.000_000_5, &[Limit::MultipleOf(1.0)], false);
    check(&1_000_000.01, &[Limit::MultipleOf(0.01)], true);
    check(&1_000_000.015, &[Limit::MultipleOf(0.01)], false);
    check(&9_007_199_254_740_993_i64, &[Limit::MultipleOf(2.0)], false);
    check(&9_007_199_254_740_994_i64, &[Limit::MultipleOf(2.0)], true);
}

#[test]
fn lengths_are_those_of_characters() {
    // Three characters in ten bytes.
    let text = "\u{e9}\u{1F600}\u{1F600}".to_owned();
    check(&text, &[Limit::MinLength(3)], true);
    check(&text, &[Limit::MinLength(4)], false);
    check(&text, &[Limit::MaxLength(3)], true);
    check(&text, &[Limit::MaxLength(2)], false);
    check(&String::new(), &[Limit::MinLength(1)], false);
    check(&"ab".to_owned(), &[Limit::MaxLength(1)], false);
}

#[test]
fn counts_are_exact() {
    let list = vec![1_i64, 2];
    check(&list, &[Limit::MinItems(2)], true);
    check(&list, &[Limit::MinItems(3)], false);
    check(&list, &[Limit::MaxItems(2)], true);
    check(&list, &[Limit::MaxItems(1)], false);
    let map = BTreeMap::from([("a".to_owned(), 1_i64), ("b".to_owned(), 2)]);
    check(&map, &[Limit::MinProperties(2)], true);
    check(&map, &[Limit::MinProperties(3)], false);
    check(&map, &[Limit::MaxProperties(2)], true);
    check(&map, &[Limit::MaxProperties(1)], false);
}
