//! Decoding a text as a whole: exactly, or accepting and reporting what differs from the document.
//!
//! Exact decoding comes first and is all there is for a text that is as documented. Only where it fails, or meets something
//! that it preserves without understanding it, is the text compared with the type as a whole, which finds all differences.

use super::error::{Mismatch, Path};
use super::matching::{Issue, Weight};
use super::outline::Outline;
use super::{Decode, DecodeError, Deviation, Reader};

/// At most so many differences of one text are reported.
const MAX_REPORTED: usize = 1000;

/// Reads a whole text as one JSON value, exactly as documented; unknown listed values and alternatives are preserved.
///
/// # Errors
/// Returns an error if the text is not JSON, not of this type, or goes on after the value. It names everything in the text
/// that is not of the type.
pub fn decode_slice<T: Decode>(text: &[u8]) -> Result<T, DecodeError> {
    let mut input = Reader::new(text);
    whole(&mut input).map_err(|error| {
        let issues = input.issues(T::shape, MAX_REPORTED).unwrap_or_default();
        let all = mismatches(&input, issues, |weight| matches!(weight, Weight::Converted | Weight::Mismatch));
        error.completed(all)
    })
}

/// Reads a whole text as one JSON value, and accepts what differs from the document where its meaning is certain.
///
/// # Errors
/// Returns an error if the text is not JSON, not of this type, or goes on after the value. It names everything in the text
/// that is not accepted.
pub fn decode_tolerant<T: Decode>(text: &[u8]) -> Result<(T, Vec<Deviation>), DecodeError> {
    let mut input = Reader::new(text);
    let exact = whole(&mut input);
    if let (Ok(_), false) = (&exact, input.deviates()) {
        return exact.map(|value| (value, Vec::new()));
    }
    let (exact, issues) = match (exact, input.issues(T::shape, MAX_REPORTED)) {
        (exact, Ok(issues)) => (exact, issues),
        // The text is not JSON, which the decoder says with the place in the value.
        (Err(error), Err(_)) | (Ok(_), Err(error)) => return Err(error),
    };
    let all = mismatches(&input, issues.clone(), |weight| weight == Weight::Mismatch);
    let is_converted = issues.iter().any(|issue| issue.weight == Weight::Converted);
    let value = match (exact, all) {
        (Err(error), all @ Some(_)) => return Err(error.completed(all)),
        (Ok(_), Some(error)) => return Err(error),
        (Ok(value), None) if !is_converted => value,
        _ => whole(&mut input.tolerant())?,
    };
    let deviations = input.with_outline(|outline| issues.iter().map(|issue| deviation(outline, issue)).collect())?;
    Ok((value, deviations))
}

/// Reads a whole text as one JSON value, and refuses whatever is not exactly what the document says.
///
/// # Errors
/// Returns an error if anything differs from the document. It names every difference.
pub fn decode_strict<T: Decode>(text: &[u8]) -> Result<T, DecodeError> {
    let mut input = Reader::new(text);
    let exact = whole(&mut input);
    if exact.is_ok() && !input.deviates() {
        return exact;
    }
    let all = input.issues(T::shape, MAX_REPORTED).ok().and_then(|issues| mismatches(&input, issues, |_| true));
    match (exact, all) {
        (Err(error), all) => Err(error.completed(all)),
        (Ok(_), Some(error)) => Err(error),
        (exact, None) => exact,
    }
}

fn whole<T: Decode>(input: &mut Reader<'_>) -> Result<T, DecodeError> {
    let value = T::decode(input)?;
    input.finish()?;
    Ok(value)
}

/// The error of all issues of some weights, if there are any.
fn mismatches(input: &Reader<'_>, issues: Vec<Issue>, is_error: impl Fn(Weight) -> bool) -> Option<DecodeError> {
    let errors: Vec<Issue> = issues.into_iter().filter(|issue| is_error(issue.weight)).collect();
    let mismatches = input.with_outline(|outline| errors.iter().map(|issue| mismatch(outline, issue)).collect());
    mismatches.ok().and_then(DecodeError::of)
}

fn mismatch(outline: &Outline<'_>, issue: &Issue) -> Mismatch {
    let (path, offset) = (Path::to(outline, issue.node), outline.start(issue.node));
    match issue.missing {
        Some(name) => Mismatch::missing(path, offset, name),
        None => {
            let found = outline.kind(issue.node).name();
            Mismatch::new(path, offset, format!("expected {}, found {found}", issue.expected))
        }
    }
}

fn deviation(outline: &Outline<'_>, issue: &Issue) -> Deviation {
    let mut path = Path::to(outline, issue.node);
    let received = match issue.missing {
        Some(name) => {
            path.enter(name);
            None
        }
        None => Some(String::from_utf8_lossy(outline.raw(issue.node)).into_owned()),
    };
    Deviation::Value { path: path.to_string(), expected: issue.expected.to_string(), received }
}
