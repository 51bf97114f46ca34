//! What a [`Reader`] keeps beside the text for a value that was put together from a request: in go files, out come they
//! where their placeholders are, and how many values were of no known type.

use super::Reader;
use crate::codec::{Attached, DecodeError};
use crate::file::File;

/// What is known of a value beside its text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Found<'j> {
    /// The files, in the order of their placeholders.
    files: &'j [Attached],
    /// How many values suited no variant of their union.
    unknowns: u32,
}

impl<'j> Reader<'j> {
    /// Reads files where their placeholders are.
    pub(crate) fn with_files(mut self, files: &'j [Attached]) -> Self {
        self.found.files = files;
        self
    }

    /// The file whose placeholder comes next.
    pub(crate) fn file(&mut self) -> Result<Option<File>, DecodeError> {
        let start = self.start()?;
        let file = self.found.files.iter().find(|file| file.offset == start);
        Ok(file.map(|file| file.file.clone()))
    }

    /// A value suits no variant of its union.
    pub(crate) fn count_unknown(&mut self) {
        self.found.unknowns += 1;
    }

    /// How many values suited no variant of their union.
    pub(crate) fn unknowns(&self) -> u32 {
        self.found.unknowns
    }
}
