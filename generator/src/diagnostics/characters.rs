//! Bytes of a text in, lines and columns out.

/// Bytes to lines and characters, in steps: a document may be one line of megabytes.
pub struct Characters<'a> {
    /// The bytes at which lines begin.
    lines: Vec<usize>,
    text: &'a [u8],
    /// How many characters begin before each step.
    steps: Vec<usize>,
}

/// How many bytes a step has.
const STEP: usize = 1024;

impl<'a> Characters<'a> {
    /// Walks a text.
    pub fn new(text: &'a str) -> Self {
        let text = text.as_bytes();
        let ends = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let lines = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        let mut steps = vec![0];
        for step in text.chunks(STEP) {
            steps.push(steps.last().copied().unwrap_or_default() + beginnings(step));
        }
        Self { lines, text, steps }
    }

    /// How many characters begin before a byte.
    fn before(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let step = byte / STEP;
        self.steps[step] + beginnings(&self.text[step * STEP..byte])
    }

    /// The line and the column of a byte, both from one.
    pub fn line_and_column(&self, byte: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= byte);
        let start = self.lines[line.saturating_sub(1)];
        (line, self.before(byte) - self.before(start) + 1)
    }
}

/// How many characters begin in some bytes of UTF-8.
fn beginnings(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use super::{Characters, STEP};

    #[test]
    fn columns_are_those_of_characters_however_long_a_line_is() {
        let text = format!("ä\nö{}x", "ü".repeat(STEP));
        let characters = Characters::new(&text);
        let at = |letter: char| characters.line_and_column(text.find(letter).unwrap());
        assert_eq!((at('ä'), at('ö'), at('x')), ((1, 1), (2, 1), (2, STEP + 2)));
        assert_eq!(characters.line_and_column(text.len()), (2, STEP + 3));
    }
}
