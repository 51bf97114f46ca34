//! Untrusted text as terminals and CI systems may see it: control characters become visible, and no line is a command.
//!
//! Documents, file names and the output of other programs can contain escape sequences, characters that reorder a line, and
//! workflow commands of GitHub. Everything that is printed goes through one of these functions.

use std::fmt::Write as _;

/// Text of several lines. Line feeds and tabs stay; other control characters become visible, as in `\u{1b}`.
///
/// No line of the result is a workflow command of GitHub (`::error::` or `##[error]`).
pub fn text(text: &str) -> String {
    let lines = escaped(&text.replace("\r\n", "\n"), |letter| matches!(letter, '\n' | '\t'));
    lines.split_inclusive('\n').map(without_commands).collect()
}

/// Text of one line: the same as [`text`], but line feeds become visible too.
pub fn line(text: &str) -> String {
    without_commands(&escaped(text, |letter| letter == '\t'))
}

/// Serialized JSON, one value per line. The result has the same values: characters are escaped as JSON escapes them.
pub fn json(json: &str) -> String {
    let mut shown = String::with_capacity(json.len());
    for letter in json.replace("##[", "#\\u0023[").chars() {
        if letter == '\n' || !is_hidden(letter) {
            shown.push(letter);
        } else {
            let mut units = [0; 2];
            for unit in letter.encode_utf16(&mut units) {
                // A string takes whatever is written.
                let _ = write!(shown, "\\u{unit:04x}");
            }
        }
    }
    shown
}

fn escaped(text: &str, is_kept: impl Fn(char) -> bool) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_kept(letter) || !is_hidden(letter) {
            shown.push(letter);
        } else {
            shown.extend(letter.escape_unicode());
        }
    }
    shown
}

/// GitHub ignores white space before a command, and finds those of the older form anywhere in a line.
fn without_commands(line: &str) -> String {
    let line = line.replace("##[", "#\\u{23}[");
    let rest = line.trim_start();
    match rest.strip_prefix("::") {
        Some(command) => format!("{}\\u{{3a}}:{command}", &line[..line.len() - rest.len()]),
        None => line,
    }
}

/// Whether a character does something to a terminal, or to the order of what is shown, or cannot be seen at all. The joiners of
/// scripts and emoji are none of these.
pub fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_become_visible() {
        assert_eq!(
            text("a\u{1b}[31mb\u{9b}c\x07\x08d\re\n\tf\r\ng\u{202e}h"),
            "a\\u{1b}[31mb\\u{9b}c\\u{7}\\u{8}d\\u{d}e\n\tf\ng\\u{202e}h"
        );
        assert_eq!(line("a\nb\r\n"), "a\\u{a}b\\u{d}\\u{a}");
        assert_eq!(text("é 👩\u{200d}🚀"), "é 👩\u{200d}🚀");
    }

    #[test]
    fn no_line_is_a_command() {
        assert_eq!(
            text("a::b\n::error::x\n \u{a0}::y\n##[z]"),
            "a::b\n\\u{3a}:error::x\n \u{a0}\\u{3a}:y\n#\\u{23}[z]"
        );
        assert_eq!(line("::warning file=a::x"), "\\u{3a}:warning file=a::x");
        assert_eq!(text("\u{200b}::x"), "\\u{200b}::x");
    }

    #[test]
    fn json_keeps_its_values() {
        let value = serde_json::json!({ "a\u{9b}": "##[x]\u{202e}\u{e0041}\u{1b}\n\u{7f}" });
        let shown = json(&format!("{value}\n"));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).ok(), Some(value));
        assert!(!shown.contains("##[") && shown.trim_end().chars().all(|letter| !is_hidden(letter)), "{shown}");
    }
}
