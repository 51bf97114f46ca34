//! `RateLimit` and `RateLimit-Policy`: the structured fields of the IETF draft on rate limits, in its later versions
//! (`"default";r=50;t=30`, `"default";q=100;w=60`) and the one before (`limit=100, remaining=50, reset=30`).

use std::time::Duration;

use http::HeaderMap;

use super::RateLimit;

/// Reads both headers into `found`. Of several quotas the one with the least left counts.
pub(super) fn read(headers: &HeaderMap, found: &mut RateLimit) {
    let quotas = items(headers, "ratelimit");
    let tightest = quotas.iter().min_by_key(|quota| value(quota, &["r", "remaining"]).unwrap_or(u64::MAX));
    if let Some(quota) = tightest {
        found.remaining = found.remaining.or_else(|| value(quota, &["r", "remaining"]));
        found.limit = found.limit.or_else(|| value(quota, &["limit"]));
        found.reset = found.reset.or_else(|| value(quota, &["t", "reset"]).map(Duration::from_secs));
    }
    let policies = items(headers, "ratelimit-policy");
    let named = policies.iter().find(|policy| tightest.is_none_or(|quota| name(quota) == name(policy)));
    if let Some(policy) = named {
        found.limit = found.limit.or_else(|| value(policy, &["q"]).or_else(|| name(policy)?.parse().ok()));
        found.window = found.window.or_else(|| value(policy, &["w"]).map(Duration::from_secs));
    }
}

/// The items of a list, each with its parameters. What follows a comma without being a quota of its own (`limit=100,
/// remaining=50`) belongs to the item before.
fn items(headers: &HeaderMap, header: &str) -> Vec<Vec<String>> {
    let mut items: Vec<Vec<String>> = Vec::new();
    for text in headers.get_all(header).iter().filter_map(|value| value.to_str().ok()) {
        for item in text.split(',') {
            let parts: Vec<String> = item.split(';').map(|part| part.trim().to_owned()).collect();
            match items.last_mut() {
                Some(last) if parts.iter().all(|part| part.contains('=')) => last.extend(parts),
                _ => items.push(parts),
            }
        }
    }
    items
}

/// What comes first in an item, without its quotes, unless that is a parameter already.
fn name(item: &[String]) -> Option<&str> {
    item.first().map(|name| name.trim_matches('"')).filter(|name| !name.contains('='))
}

fn value(item: &[String], names: &[&str]) -> Option<u64> {
    item.iter().find_map(|part| {
        let (name, value) = part.split_once('=')?;
        names.contains(&name).then(|| value.parse().ok())?
    })
}
