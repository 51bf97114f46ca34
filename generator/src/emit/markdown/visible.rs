//! Text without characters that a reader does not see.

use std::borrow::Cow;

use crate::visible::is_hidden;

/// A text in which hidden characters are spelled out, as in `\u{202e}`. Every line break is a line feed, and every tab is spaces.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !has_hidden(text) && !text.contains(['\t', '\r']) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' if letters.peek() == Some(&'\n') => {}
            '\r' | '\n' => shown.push('\n'),
            '\t' => shown.push_str("    "),
            letter if is_hidden(letter) => shown.extend(letter.escape_unicode()),
            letter => shown.push(letter),
        }
    }
    Cow::Owned(shown)
}

/// Whether a text has hidden characters other than line breaks and tabs.
pub fn has_hidden(text: &str) -> bool {
    text.chars().any(|letter| is_hidden(letter) && !matches!(letter, '\n' | '\t' | '\r'))
}
