//! The bodies of a [`Request`]: in goes a value and a media type, out comes a [`RequestBody`] with its `Content-Type`.
//!
//! How the text of a value looks is not here: JSON is `codec`'s, forms are `parameter`'s, parts are `multipart`'s.

use bytes::Bytes;
use http::HeaderValue;
use http::header::CONTENT_TYPE;

use super::Request;
use crate::charset::{Charset, charset_name};
use crate::codec::{Encode, encode_checked};
use crate::error::{Fault, RequestError};
use crate::file::File;
use crate::multipart::{self, PartEncoding};
use crate::parameter::form::write_form;
use crate::request_body::RequestBody;
use crate::secret::wiped;

impl Request {
    /// Writes the request body as JSON.
    #[must_use]
    pub fn json(mut self, media_type: &'static str, value: &dyn Encode) -> Self {
        if self.fault.is_none() {
            self.fault = self.write_json(media_type, value).err();
        }
        self
    }

    /// Writes the request body as JSON if there is a value.
    #[must_use]
    #[inline]
    pub fn optional_json<T: Encode>(self, media_type: &'static str, value: &Option<T>) -> Self {
        match value {
            Some(value) => self.json(media_type, value),
            None => self,
        }
    }

    /// Writes the request body as a form (`application/x-www-form-urlencoded`): lists as repeated names, objects within
    /// as JSON.
    #[must_use]
    pub fn form(mut self, value: &dyn Encode) -> Self {
        if self.fault.is_none() {
            self.fault = self.write_form(value, &[]).err();
        }
        self
    }

    /// Writes the request body as a form; `encoding` says where it is otherwise than [`form`](Self::form) has it.
    #[must_use]
    pub fn encoded_form(mut self, value: &dyn Encode, encoding: &'static [PartEncoding]) -> Self {
        if self.fault.is_none() {
            self.fault = self.write_form(value, encoding).err();
        }
        self
    }

    /// Writes the request body as a form if there is a value, as [`encoded_form`](Self::encoded_form) does.
    #[must_use]
    #[inline]
    pub fn optional_encoded_form<T: Encode>(self, value: &Option<T>, encoding: &'static [PartEncoding]) -> Self {
        match value {
            Some(value) => self.encoded_form(value, encoding),
            None => self,
        }
    }

    /// Writes the request body as a form if there is a value.
    #[must_use]
    #[inline]
    pub fn optional_form<T: Encode>(self, value: &Option<T>) -> Self {
        match value {
            Some(value) => self.form(value),
            None => self,
        }
    }

    /// Encodes text as the request body, in the charset of the media type.
    #[must_use]
    pub fn text(mut self, media_type: &'static str, body: impl AsRef<str>) -> Self {
        if self.fault.is_none() {
            self.fault = self.write_text(media_type, body.as_ref()).err();
        }
        self
    }

    /// Encodes text as the request body, in the charset of the media type, if there is any.
    #[must_use]
    #[inline]
    pub fn optional_text(self, media_type: &'static str, body: Option<impl AsRef<str>>) -> Self {
        match body {
            Some(body) => self.text(media_type, body),
            None => self,
        }
    }

    /// Sends bytes as the request body, as they are.
    #[must_use]
    pub fn bytes(mut self, media_type: &'static str, body: impl Into<Bytes>) -> Self {
        if self.fault.is_none() {
            self.fault = self.write_body(media_type, body.into().into()).err();
        }
        self
    }

    /// Sends bytes as the request body if there are any.
    #[must_use]
    #[inline]
    pub fn optional_bytes(self, media_type: &'static str, body: Option<impl Into<Bytes>>) -> Self {
        match body {
            Some(body) => self.bytes(media_type, body),
            None => self,
        }
    }

    /// Writes the request body as parts (`multipart/form-data`), one for every property of `value`, and one for every
    /// item of a list. The headers of parts are [parameters](Self::parameter) that are written before.
    ///
    /// Texts, numbers and booleans are text, objects are JSON, files are what they are. `encoding` says where it is
    /// otherwise.
    #[must_use]
    pub fn multipart(
        mut self,
        media_type: &'static str,
        value: &dyn Encode,
        encoding: &'static [PartEncoding],
    ) -> Self {
        if self.fault.is_none() {
            self.fault = self.write_multipart(media_type, value, encoding).err();
        }
        self
    }

    /// Writes the request body as parts if there is a value.
    #[must_use]
    #[inline]
    pub fn optional_multipart<T: Encode>(
        self,
        media_type: &'static str,
        value: &Option<T>,
        encoding: &'static [PartEncoding],
    ) -> Self {
        match value {
            Some(value) => self.multipart(media_type, value, encoding),
            None => self,
        }
    }

    /// Sends a file as the request body. Its own media type, if it has one, wins over `media_type`.
    #[must_use]
    pub fn file(mut self, media_type: &'static str, file: &File) -> Self {
        if self.fault.is_none() {
            let media_type = multipart::media_type_of(file, Some(media_type)).to_owned();
            self.fault = self.write_body(&media_type, RequestBody::of_file(file)).err();
        }
        self
    }

    /// Sends a file as the request body if there is one.
    #[must_use]
    #[inline]
    pub fn optional_file(self, media_type: &'static str, file: &Option<File>) -> Self {
        match file {
            Some(file) => self.file(media_type, file),
            None => self,
        }
    }

    fn write_json(&mut self, media_type: &'static str, value: &dyn Encode) -> Result<(), Fault> {
        let json = encode_checked(value, &[]).map_err(Fault::Constraint)?;
        let json = charset(media_type)?.encode_json(json);
        // Any body may hold a secret, so all are wiped when they are sent.
        self.write_body(media_type, wiped(json).into())
    }

    fn write_text(&mut self, media_type: &'static str, text: &str) -> Result<(), Fault> {
        let Some(bytes) = charset(media_type)?.encode(text) else {
            return Err(uncoded(media_type, "it holds a character that this charset lacks"));
        };
        self.write_body(media_type, wiped(bytes).into())
    }

    fn write_form(&mut self, value: &dyn Encode, encoding: &[PartEncoding]) -> Result<(), Fault> {
        let json = encode_checked(value, &[]).map_err(Fault::Constraint)?;
        let form = write_form(&json, encoding)?;
        self.write_body("application/x-www-form-urlencoded", wiped(form).into())
    }

    fn write_multipart(
        &mut self,
        media_type: &'static str,
        value: &dyn Encode,
        encoding: &'static [PartEncoding],
    ) -> Result<(), Fault> {
        let (boundary, body) = multipart::write(value, encoding, &std::mem::take(&mut self.part_headers))?;
        self.write_body(&format!("{media_type}; boundary={boundary}"), body)
    }

    fn write_body(&mut self, media_type: &str, body: RequestBody) -> Result<(), Fault> {
        let media_type = HeaderValue::from_str(media_type);
        let media_type = media_type.map_err(|_| RequestError::InvalidHeader { header: "Content-Type" })?;
        self.parts.headers.insert(CONTENT_TYPE, media_type);
        self.parts.body = body;
        Ok(())
    }
}

/// The charset of a media type.
fn charset(media_type: &str) -> Result<Charset, Fault> {
    Charset::of(media_type).ok_or_else(|| uncoded(media_type, "this charset is unknown"))
}

fn uncoded(media_type: &str, rule: &'static str) -> Fault {
    RequestError::Charset { charset: charset_name(media_type).unwrap_or_default(), rule }.into()
}
