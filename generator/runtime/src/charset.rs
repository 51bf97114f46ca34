//! [`Charset`]: encodes and decodes text by the `charset` parameter of a media type.
//!
//! # Rules
//!
//! - Without the parameter, text is UTF-8. A byte order mark before UTF-8 or UTF-16 is not part of the text.
//! - `iso-8859-1` and its aliases are ISO 8859-1, as registered with IANA: each byte is the code point of the same number.
//!   The WHATWG Encoding Standard treats these names as windows-1252 for the sake of old web pages. An API that declares
//!   `iso-8859-1` must not receive `€` as the byte 0x80, which is a control character there. The same goes for the aliases
//!   of ISO 8859-9 and ISO 8859-11.
//! - `us-ascii` is written as ASCII only. It is read as UTF-8, which contains it.
//! - `utf-16` is written in big-endian order after a byte order mark. It is read in the order that the byte order mark
//!   gives, and in big-endian order without one (RFC 2781, section 4.3).
//! - All other names mean what the Encoding Standard says. A name that it does not list, or lists only to reject it, is
//!   unknown.
//!
//! Text that cannot be converted exactly is an error. It is never replaced: neither by U+FFFD nor by character
//! references, and not by a similar character as in the standard's Shift_JIS, which writes `¥` as a backslash.

use encoding_rs::Encoding;

mod parameter;
#[cfg(test)]
mod tests;

pub(crate) use self::parameter::charset_name;

/// A charset that text can be converted to and from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Charset {
    Utf8,
    Ascii,
    Utf16(ByteOrder),
    /// A charset of the Encoding Standard.
    Standard(&'static Encoding),
    /// A part of ISO 8859 that the Encoding Standard replaces by a Windows code page, which has letters in place of the
    /// control characters from 0x80 to 0x9F.
    Iso8859(&'static Encoding),
}

/// The byte order of UTF-16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ByteOrder {
    /// The one that the byte order mark gives.
    Marked,
    Big,
    Little,
}

impl Charset {
    /// The charset of a media type; `None` if its name is unknown.
    pub(crate) fn of(media_type: &str) -> Option<Self> {
        match charset_name(media_type) {
            Some(name) if !name.is_empty() => Self::named(&name),
            _ => Some(Self::Utf8),
        }
    }

    /// The charset of a name, in any case; `None` if it is unknown.
    fn named(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        Some(match name.as_str() {
            "utf-8" | "utf8" => Self::Utf8,
            "us-ascii" | "ascii" | "ansi_x3.4-1968" => Self::Ascii,
            "utf-16" => Self::Utf16(ByteOrder::Marked),
            "utf-16be" => Self::Utf16(ByteOrder::Big),
            "utf-16le" => Self::Utf16(ByteOrder::Little),
            _ => Self::of_encoding(Encoding::for_label_no_replacement(name.as_bytes())?, &name),
        })
    }

    fn of_encoding(encoding: &'static Encoding, name: &str) -> Self {
        let is_windows = ["windows-", "cp12", "x-cp12", "dos-"].iter().any(|prefix| name.starts_with(prefix));
        let replaces_iso = [encoding_rs::WINDOWS_1252, encoding_rs::WINDOWS_1254, encoding_rs::WINDOWS_874];
        match encoding {
            _ if encoding == encoding_rs::UTF_8 => Self::Utf8,
            // Aliases such as `unicode`, whose order nobody states.
            _ if encoding == encoding_rs::UTF_16LE => Self::Utf16(ByteOrder::Little),
            _ if encoding == encoding_rs::UTF_16BE => Self::Utf16(ByteOrder::Big),
            _ if replaces_iso.contains(&encoding) && !is_windows => Self::Iso8859(encoding),
            _ => Self::Standard(encoding),
        }
    }

    /// The bytes of a text; `None` if it has a character that the charset lacks.
    pub(crate) fn encode(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::Utf8 => Some(text.as_bytes().to_vec()),
            Self::Ascii => text.is_ascii().then(|| text.as_bytes().to_vec()),
            Self::Utf16(order) => Some(encode_utf16(text, order)),
            Self::Standard(encoding) => encode_exactly(encoding, text),
            Self::Iso8859(encoding) => encode_iso(encoding, text),
        }
    }

    /// The text of bytes; `None` if they are not in the charset.
    pub(crate) fn decode(self, bytes: &[u8]) -> Option<String> {
        match self {
            Self::Utf8 | Self::Ascii => std::str::from_utf8(without_bom(bytes)).ok().map(str::to_owned),
            Self::Utf16(order) => decode_utf16(bytes, order),
            Self::Standard(encoding) => decode_exactly(encoding, bytes),
            Self::Iso8859(encoding) => decode_iso(encoding, bytes),
        }
    }

    /// The bytes of a JSON text in UTF-8. Characters that the charset lacks are escaped: they occur in strings only.
    pub(crate) fn encode_json(self, json: Vec<u8>) -> Vec<u8> {
        if self == Self::Utf8 || (json.is_ascii() && !matches!(self, Self::Utf16(_))) {
            return json;
        }
        let Ok(text) = std::str::from_utf8(&json) else { return json };
        self.encode(text).or_else(|| self.encode(&self.escaped(text))).unwrap_or(json)
    }

    fn escaped(self, json: &str) -> String {
        let mut text = String::new();
        for character in json.chars() {
            if self.encode(character.encode_utf8(&mut [0; 4])).is_some() {
                text.push(character);
            } else {
                let mut units = [0; 2];
                text.extend(character.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
            }
        }
        text
    }
}

/// Removes the byte order mark of UTF-8. RFC 8259, section 8.1, lets a reader of JSON ignore it.
pub(crate) fn without_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// The encoders of the Encoding Standard write some characters as others, so what was written is read back.
fn encode_exactly(encoding: &'static Encoding, text: &str) -> Option<Vec<u8>> {
    let (bytes, _, has_unmappable) = encoding.encode(text);
    (!has_unmappable && decode_exactly(encoding, &bytes).as_deref() == Some(text)).then(|| bytes.into_owned())
}

fn decode_exactly(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(String::from)
}

/// Whether a byte of ISO 8859 is a control character where Windows code pages have letters.
fn is_control(byte: u8) -> bool {
    (0x80..=0x9F).contains(&byte)
}

fn encode_iso(encoding: &'static Encoding, text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let is_control_character = |character: char| u8::try_from(character).is_ok_and(is_control);
    for piece in text.split_inclusive(is_control_character) {
        let control = piece.chars().next_back().filter(|last| is_control_character(*last));
        let letters = &piece[..piece.len() - control.map_or(0, char::len_utf8)];
        let encoded = encode_exactly(encoding, letters)?;
        if encoded.iter().copied().any(is_control) {
            return None;
        }
        bytes.extend(encoded);
        bytes.extend(control.and_then(|control| u8::try_from(control).ok()));
    }
    Some(bytes)
}

fn decode_iso(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    let mut text = String::with_capacity(bytes.len());
    for run in bytes.chunk_by(|one, other| is_control(*one) == is_control(*other)) {
        if run.first().copied().is_some_and(is_control) {
            text.extend(run.iter().copied().map(char::from));
        } else {
            text.push_str(&decode_exactly(encoding, run)?);
        }
    }
    Some(text)
}

fn encode_utf16(text: &str, order: ByteOrder) -> Vec<u8> {
    let mark = (order == ByteOrder::Marked).then_some(0xFEFF_u16);
    let units = mark.into_iter().chain(text.encode_utf16());
    match order {
        ByteOrder::Little => units.flat_map(u16::to_le_bytes).collect(),
        ByteOrder::Marked | ByteOrder::Big => units.flat_map(u16::to_be_bytes).collect(),
    }
}

fn decode_utf16(bytes: &[u8], order: ByteOrder) -> Option<String> {
    let (is_little, bytes) = match (order, bytes) {
        (ByteOrder::Marked | ByteOrder::Little, [0xFF, 0xFE, rest @ ..]) => (true, rest),
        (ByteOrder::Marked | ByteOrder::Big, [0xFE, 0xFF, rest @ ..]) => (false, rest),
        _ => (order == ByteOrder::Little, bytes),
    };
    let (units, rest) = bytes.as_chunks::<2>();
    let unit = |unit: &[u8; 2]| if is_little { u16::from_le_bytes(*unit) } else { u16::from_be_bytes(*unit) };
    let units: Vec<u16> = units.iter().map(unit).collect();
    String::from_utf16(&units).ok().filter(|_| rest.is_empty())
}
