//! Tolerant decoding of what a server sends. A stand-in: every text is read exactly.

use super::{Decode, DecodeError};

/// A mismatch between a document and what a server sent that decoding survived.
#[derive(Debug)]
pub struct Deviation(());

/// Reads a value as the body of a response is read.
///
/// # Errors
/// The text is not JSON, or not of this type.
#[doc(hidden)]
pub fn decode_tolerant<T: Decode>(text: &[u8]) -> Result<(T, Vec<Deviation>), DecodeError> {
    super::decode_slice(text).map(|value| (value, Vec::new()))
}
