//! The body `multipart/form-data` read backwards: in go its bytes and the boundary, out come its parts.

use std::ops::Range;

use bytes::Bytes;

const BROKEN: &str = "is not a multipart body";

/// A part as it arrived.
pub(super) struct Part {
    pub(super) name: String,
    pub(super) file_name: Option<String>,
    pub(super) media_type: Option<String>,
    pub(super) content: Bytes,
    headers: Vec<(String, String)>,
}

impl Part {
    /// The value of a header.
    pub(super) fn header(&self, wanted: &str) -> Option<&str> {
        find_header(&self.headers, wanted)
    }
}

fn find_header<'h>(headers: &'h [(String, String)], wanted: &str) -> Option<&'h str> {
    let found = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
    found.map(|(_, value)| value.as_str())
}

/// The parts of a body; `media_type` is its `Content-Type`.
pub(super) fn read(media_type: &str, body: &Bytes) -> Result<Vec<Part>, &'static str> {
    let boundary = media_type.split(';').find_map(|part| part.trim().strip_prefix("boundary="));
    let mark = format!("--{}", boundary.ok_or("has no boundary")?.trim_matches('"'));
    let mut parts = Vec::new();
    let mut at = find(body, 0, mark.as_bytes()).ok_or(BROKEN)? + mark.len();
    let mark = format!("\r\n{mark}");
    while !body[at..].starts_with(b"--") {
        let head = at + 2;
        let head_end = find(body, at, b"\r\n\r\n").ok_or(BROKEN)?;
        let end = find(body, head_end, mark.as_bytes()).ok_or(BROKEN)?;
        parts.push(part(body, head..head_end, head_end + 4..end)?);
        at = end + mark.len();
    }
    Ok(parts)
}

fn part(body: &Bytes, head: Range<usize>, content: Range<usize>) -> Result<Part, &'static str> {
    if head.start > head.end || content.start > content.end {
        return Err(BROKEN);
    }
    let head = std::str::from_utf8(&body[head]).map_err(|_| BROKEN)?;
    let lines = head.split("\r\n").filter_map(|line| line.split_once(": "));
    let headers: Vec<_> = lines.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let disposition = find_header(&headers, "content-disposition").ok_or("has a part without a name")?;
    Ok(Part {
        name: quoted(disposition, "; name=\"").ok_or("has a part without a name")?,
        file_name: quoted(disposition, "; filename=\""),
        media_type: find_header(&headers, "content-type").map(str::to_owned),
        content: body.slice(content),
        headers,
    })
}

/// What stands between quotes behind a text.
fn quoted(text: &str, before: &str) -> Option<String> {
    let (value, _) = text.split_once(before)?.1.split_once('"')?;
    Some(value.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n"))
}

fn find(body: &[u8], from: usize, text: &[u8]) -> Option<usize> {
    body.get(from..)?.windows(text.len()).position(|window| window == text).map(|at| at + from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_taken_apart() {
        let body = "--b\r\nContent-Disposition: form-data; name=\"a%22\"\r\n\r\nx\r\n--y\r\n--b\r\nContent-Disposition: \
                    form-data; name=\"f\"; filename=\"f.png\"\r\nContent-Type: image/png\r\n\r\n\r\n--b--\r\n";
        let parts = read("multipart/form-data; boundary=b", &Bytes::from(body)).unwrap_or_default();
        let told: Vec<_> = parts.iter().map(|part| (part.name.as_str(), &part.content[..])).collect();
        assert_eq!(told, [("a\"", &b"x\r\n--y"[..]), ("f", b"")]);
        assert_eq!((parts[1].file_name.as_deref(), parts[1].media_type.as_deref()), (Some("f.png"), Some("image/png")));
    }

    #[test]
    fn broken_bodies_are_told() {
        for body in
            ["", "--b", "--b\r\n", "--b\r\n\r\n", "--b\r\n\r\n\r\n--b--", "--b\r\nx: y\r\n\r\n", "--b\r\n\r\n\r\n--b"]
        {
            assert!(read("multipart/form-data; boundary=b", &Bytes::from(body)).is_err(), "{body:?}");
        }
        assert!(read("multipart/form-data", &Bytes::new()).is_err());
    }
}
