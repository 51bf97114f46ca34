//! The `charset` parameter of a media type.

use super::{Chosen, Format};
use crate::diagnostics::Code;
use crate::lower::context::Context;
use crate::pointer::Pointer;

/// What a media type says of the charset of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Charset {
    /// Nothing, or that it is UTF-8.
    Utf8,
    /// Another charset, by its name.
    Other(String),
}

impl Charset {
    /// The charset of a media type.
    pub fn of(media_type: &str) -> Self {
        let parameters = media_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
        let mut charsets = parameters.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
        let name = charsets.next().map_or("", |(_, value)| value.trim().trim_matches(['"', '\'']));
        match name.to_ascii_lowercase().as_str() {
            "" | "utf-8" | "utf8" => Self::Utf8,
            _ => Self::Other(name.to_owned()),
        }
    }
}

/// Reports a charset that a body is not in although its media type declares it.
pub fn check_charset(cx: &mut Context<'_>, chosen: &Chosen<'_>, pointer: &Pointer) {
    let Charset::Other(charset) = Charset::of(chosen.name) else { return };
    let (message, help) = match chosen.format {
        // The caller converts bytes.
        Format::Bytes => return,
        Format::Form | Format::Multipart | Format::Events(_) => (
            format!("bodies of this kind are in UTF-8, whatever `charset` says; `{charset}` is ignored"),
            "remove the parameter `charset`",
        ),
        _ if encoding_rs::Encoding::for_label_no_replacement(charset.as_bytes()).is_some() => return,
        _ => (
            format!("the charset `{charset}` is unknown, so calls with text in it fail"),
            "use a name of the WHATWG Encoding Standard, or none for UTF-8",
        ),
    };
    cx.diagnostics.warn(Code::UnsupportedCharset, pointer, message, help);
}
