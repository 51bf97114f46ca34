//! Characters that a reader does not see, or that reorder what stands around them.

use std::borrow::Cow;
use std::fmt::Write as _;

/// A text without such characters, which are spelled out, as in `\u{202e}`. Every line break is a line feed, and every tab is
/// spaces.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !is_hidden(text) && !text.contains(['\t', '\r']) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' if letters.peek() == Some(&'\n') => {}
            '\r' => shown.push('\n'),
            '\t' => shown.push_str("    "),
            letter if is_hidden_letter(letter) => {
                let _ = write!(shown, "\\u{{{:x}}}", u32::from(letter));
            }
            letter => shown.push(letter),
        }
    }
    Cow::Owned(shown)
}

/// Whether a text has such a character.
pub fn is_hidden(text: &str) -> bool {
    text.chars().any(is_hidden_letter)
}

fn is_hidden_letter(letter: char) -> bool {
    match letter {
        '\n' | '\t' | '\r' => false,
        // Marks and overrides of the direction of writing, which rustc refuses.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        // Separators that some programs take for line breaks.
        '\u{2028}' | '\u{2029}' | '\u{feff}' => true,
        letter => letter.is_control(),
    }
}
