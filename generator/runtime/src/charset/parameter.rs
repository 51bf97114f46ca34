//! The `charset` parameter of a media type.

/// The value of the first `charset` parameter, without its quotes.
pub(crate) fn charset_name(media_type: &str) -> Option<String> {
    let mut rest = media_type;
    while let Some(parameter) = after_semicolon(rest) {
        rest = parameter;
        if let Some((name, value)) = parameter.split_once('=')
            && name.trim().eq_ignore_ascii_case("charset")
        {
            return Some(unquoted(value));
        }
    }
    None
}

/// What follows the next semicolon outside of quotes.
fn after_semicolon(text: &str) -> Option<&str> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_quoted => is_escaped = true,
            b'"' => is_quoted = !is_quoted,
            b';' if !is_quoted => return text.get(index + 1..),
            _ => {}
        }
    }
    None
}

/// A token, or a quoted string without quotes and escapes.
fn unquoted(value: &str) -> String {
    let value = value.trim_start();
    let Some(quoted) = value.strip_prefix('"') else {
        return value.split(';').next().unwrap_or_default().trim().trim_matches('\'').to_owned();
    };
    let mut text = String::new();
    let mut characters = quoted.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => break,
            '\\' => text.extend(characters.next()),
            other => text.push(other),
        }
    }
    text
}
