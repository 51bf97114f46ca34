//! Typed headers: the [`headers!`](crate::headers) macro turns a table of headers into a struct's reading of them.
//!
//! In goes a `HeaderMap`, out comes the struct. A value is text in style simple, which has no types: it is taken for
//! whatever the field's type can read. Percent-encoding stays as it is.

use http::{HeaderMap, HeaderValue};

use crate::codec::{Decode, DecodeError, decode_slice};

/// Reads a header that must be there.
///
/// # Errors
/// It is missing, or not of this type.
pub fn required_header<T: Decode>(headers: &HeaderMap, name: &'static str) -> Result<T, DecodeError> {
    let value = optional_header(headers, name)?;
    value.ok_or_else(|| DecodeError::new(0, format!("header `{name}` is missing")).in_key(name))
}

/// Reads a header that may be missing.
///
/// # Errors
/// It is there, and not of this type.
pub fn optional_header<T: Decode>(headers: &HeaderMap, name: &'static str) -> Result<Option<T>, DecodeError> {
    // RFC 9110, section 5.3: the same header again continues the list.
    let values: Vec<_> = headers.get_all(name).iter().map(HeaderValue::as_bytes).collect();
    if values.is_empty() {
        return Ok(None);
    }
    let text = String::from_utf8_lossy(&values.join(b", ".as_slice())).into_owned();
    read(&text).map(Some).map_err(|error| {
        // The place within a text of our own making says nothing.
        DecodeError::new(0, format!("header `{name}` is not as documented: {}", error.message())).in_key(name)
    })
}

/// Reads a text as a JSON string, else as the JSON that it is, else as a list of one or the other.
fn read<T: Decode>(text: &str) -> Result<T, DecodeError> {
    let json = |text: String| decode_slice(text.as_bytes());
    let other = |first: DecodeError| {
        json(text.to_owned())
            .or_else(|_| json(format!("[{}]", list(text, quoted))))
            .or_else(|_| json(format!("[{}]", list(text, str::to_owned))))
            .map_err(|_| first)
    };
    json(quoted(text)).or_else(other)
}

/// The items of a list in style simple; an empty text is an empty list.
fn list(text: &str, item: impl Fn(&str) -> String) -> String {
    let items = text.split(',').map(str::trim).filter(|_| !text.trim().is_empty());
    items.map(item).collect::<Vec<_>>().join(",")
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Lets a struct be read from the headers of a response.
///
/// ```
/// use client_runtime::{HeaderMap, headers};
///
/// #[derive(Debug)]
/// struct ListHeaders {
///     total: Option<i64>,
///     etag: String,
/// }
///
/// headers! {
///     ListHeaders {
///         total: optional "X-Total",
///         etag: required "ETag",
///     }
/// }
///
/// let mut headers = HeaderMap::new();
/// headers.insert("x-total", "7".parse()?);
/// let error = ListHeaders::try_from(&headers).unwrap_err();
/// assert_eq!(error.message(), "header `ETag` is missing");
///
/// headers.insert("etag", "\"abc\"".parse()?);
/// let typed = ListHeaders::try_from(&headers)?;
/// assert_eq!((typed.total, typed.etag.as_str()), (Some(7), "\"abc\""));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The roles: `required`; `optional` (an `Option`).
#[macro_export]
macro_rules! headers {
    ($ty:ident { $($field:ident: $role:ident $name:literal),* $(,)? }) => {
        #[allow(deprecated)]
        impl ::core::convert::TryFrom<&$crate::HeaderMap> for $ty {
            type Error = $crate::DecodeError;

            fn try_from(headers: &$crate::HeaderMap) -> ::core::result::Result<Self, $crate::DecodeError> {
                let _ = headers;
                ::core::result::Result::Ok(Self { $($field: $crate::__header!(headers, $role, $name),)* })
            }
        }
    };
}

/// Reads one header by its role.
#[doc(hidden)]
#[macro_export]
macro_rules! __header {
    ($headers:ident, required, $name:literal) => {
        $crate::required_header($headers, $name)?
    };
    ($headers:ident, optional, $name:literal) => {
        $crate::optional_header($headers, $name)?
    };
}

#[cfg(test)]
mod tests;
