//! Where the things stand that changed.

use crate::diagnostics::Spot;
use crate::pointer::Pointer;

/// A place in a document or in a file that it refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The file, as messages call it.
    pub file: String,
    /// The line, from one.
    pub line: usize,
    /// The column in characters, from one.
    pub column: usize,
    /// The node.
    pub pointer: Pointer,
}

impl From<Spot> for Location {
    fn from(spot: Spot) -> Self {
        let (line, column) = spot.start;
        Self { file: spot.file, line, column, pointer: spot.pointer.unwrap_or(Pointer::root()) }
    }
}
