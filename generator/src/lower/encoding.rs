//! `encoding`: how the properties of a form are written, and which headers their parts have.
//!
//! In OpenAPI 3.0 `style`, `explode` and `allowReserved` are for urlencoded forms; in 3.1 they are for `multipart/form-data`
//! too. Where one of them is written, `contentType` is ignored.

mod header;

use openapiv3 as oas;

use self::header::lower_header;
use super::context::Context;
use super::media::is_json;
use super::parameter;
use super::schema::Hint;
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{Arity, PartEncoding, Presence, Style, Type, TypeKind};
use crate::load::{ALLOW_RESERVED, EXPLODE, Version};
use crate::pointer::Pointer;

/// What a form is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum FormKind {
    /// `application/x-www-form-urlencoded`
    Urlencoded,
    /// A multipart body whose parts may have styles.
    StyledMultipart,
    /// A multipart body.
    Multipart,
}

impl FormKind {
    /// What a multipart body is by its media type.
    pub fn of_multipart(cx: &Context<'_>, media_type: &str) -> Self {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        match cx.document.version {
            Version::V3_1 if essence.eq_ignore_ascii_case("multipart/form-data") => Self::StyledMultipart,
            _ => Self::Multipart,
        }
    }
}

/// A form.
pub struct FormAt<'f, 'a> {
    /// What it is.
    pub kind: FormKind,
    /// Its media type.
    pub media: &'a oas::MediaType,
    /// The place of the media type.
    pub pointer: &'f Pointer,
    /// Its type.
    pub ty: &'f Type,
    /// Whether it is always sent.
    pub arity: Arity,
}

/// How the properties of a form are written where that does not go without saying, and the headers that a caller gives.
pub fn lower_encoding<'a>(
    cx: &mut Context<'a>,
    form: &FormAt<'_, 'a>,
    hint: &Hint,
) -> (Vec<PartEncoding>, Vec<parameter::Draft>) {
    let (mut parts, mut headers) = (Vec::new(), Vec::new());
    for (name, encoding) in &form.media.encoding {
        let place = form.pointer.child("encoding").child(name);
        let property = property(cx, form, name);
        if property == Property::Unknown {
            let message = format!("the body has no property `{name}`, so its encoding is ignored");
            warn_ignored(cx, &place, message, "name a property of the schema, or remove the encoding");
            continue;
        }
        let mut part = lower_part(cx, form.kind, name, encoding, &place);
        if part.media_type.is_some() && !is_written(cx, &property, &part, &place) {
            part.media_type = None;
        }
        if form.kind == FormKind::Urlencoded {
            // No other media type shows in a form.
            part.media_type = part.media_type.filter(|media_type| is_json(media_type));
            if !encoding.headers.is_empty() {
                let message = format!("`{name}` is no part of a multipart body, so OpenAPI ignores its headers");
                warn_ignored(cx, &place.child("headers"), message, "remove the headers");
            }
        } else {
            for (header, described) in &encoding.headers {
                let place = place.child("headers").child(header);
                headers.extend(lower_header(cx, (form, &property), &mut part, (header, described), &place, hint));
            }
        }
        if part != (PartEncoding { name: name.clone(), ..PartEncoding::default() }) {
            parts.push(part);
        }
    }
    (parts, headers)
}

/// What is known of a property of a form.
#[derive(Clone, Debug, PartialEq)]
enum Property {
    /// There is no such property.
    Unknown,
    /// There may be one.
    Possible,
    /// There is one.
    Known {
        /// Its type, without aliases.
        ty: Type,
        /// Whether the form always has it.
        is_required: bool,
    },
}

fn property(cx: &Context<'_>, form: &FormAt<'_, '_>, name: &str) -> Property {
    let Type::Named(id) = resolved(cx, form.ty) else { return Property::Possible };
    let Some(TypeKind::Struct(object)) = cx.types.get(id).map(|definition| &definition.kind) else {
        return Property::Possible;
    };
    if let Some(field) = object.fields.iter().find(|field| field.name.wire == name) {
        let is_required = matches!(field.presence, Presence::Required | Presence::Nullable);
        return Property::Known { ty: resolved(cx, &field.ty), is_required };
    }
    if object.constants.iter().any(|(known, _)| known == name) {
        return Property::Known { ty: Type::String, is_required: true };
    }
    let is_open = object.additional.is_some() || !object.flatten.is_empty();
    if is_open { Property::Possible } else { Property::Unknown }
}

/// A type without the aliases that lead to it.
fn resolved(cx: &Context<'_>, ty: &Type) -> Type {
    let mut ty = ty;
    // Aliases that lead back to themselves are reported elsewhere.
    for _ in 0..16 {
        match ty {
            Type::Named(id) => match cx.types.get(*id).map(|definition| &definition.kind) {
                Some(TypeKind::Alias(alias)) => ty = &alias.ty,
                _ => break,
            },
            Type::Nullable(inner) => ty = inner,
            _ => break,
        }
    }
    ty.clone()
}

fn lower_part(
    cx: &mut Context<'_>,
    kind: FormKind,
    name: &str,
    encoding: &oas::Encoding,
    place: &Pointer,
) -> PartEncoding {
    let explicit = |keyword: &str| encoding.extensions.get(keyword).and_then(serde_json::Value::as_bool);
    let style = encoding.style.as_ref().map(parameter::query_style);
    let (explode, allow_reserved) = (explicit(EXPLODE), explicit(ALLOW_RESERVED));
    let is_styled = style.is_some() || explode.is_some() || allow_reserved.is_some();
    let part = PartEncoding { name: name.to_owned(), ..PartEncoding::default() };
    let of_media_type = PartEncoding { media_type: encoding.content_type.clone(), ..part.clone() };
    match kind {
        FormKind::Urlencoded if is_styled => PartEncoding {
            style: Some(style.unwrap_or(Style::Form)),
            explode,
            allow_reserved: allow_reserved.unwrap_or_default(),
            ..part
        },
        FormKind::StyledMultipart if is_styled => {
            // Nothing is percent-encoded in a part.
            let style = if explode.is_none() { Some(style.unwrap_or(Style::Form)) } else { style };
            PartEncoding { style, explode, ..part }
        }
        // Large APIs rely on it.
        FormKind::Multipart if style == Some(Style::DeepObject) => PartEncoding { style, explode, ..part },
        FormKind::Multipart => {
            let is_other = matches!(style, Some(Style::SpaceDelimited | Style::PipeDelimited));
            if is_other || explode == Some(false) {
                let message =
                    format!("`style` and `explode` do not apply to this body, so `{name}` is sent without them");
                let help =
                    "describe the part by its `contentType`; in OpenAPI 3.1 styles apply to `multipart/form-data`";
                warn_ignored(cx, place, message, help);
            }
            of_media_type
        }
        FormKind::Urlencoded | FormKind::StyledMultipart => of_media_type,
    }
}

/// Whether the client can write a property in its media type, or leaves that to callers; it is reported if not.
fn is_written(cx: &mut Context<'_>, property: &Property, part: &PartEncoding, place: &Pointer) -> bool {
    let media_type = part.media_type.as_deref().unwrap_or_default();
    let is_object = match property {
        Property::Known { ty: Type::Map(_) | Type::JsonObject, .. } => true,
        Property::Known { ty: Type::Named(id), .. } => {
            matches!(cx.types.get(*id).map(|definition| &definition.kind), Some(TypeKind::Struct(_)))
        }
        _ => false,
    };
    if !is_object || media_type.split(',').any(|one| is_json(one.trim())) {
        return true;
    }
    let message = format!("`{}` is an object, which is sent as JSON and not as `{media_type}`", part.name);
    let help = "describe it as a string if callers are to write it themselves";
    let diagnostic = Diagnostic::warning(Code::UnsupportedMediaType, &place.child("contentType"), message, help);
    cx.diagnostics.push(diagnostic);
    false
}

fn warn_ignored(cx: &mut Context<'_>, place: &Pointer, message: String, help: &str) {
    let diagnostic = Diagnostic::warning(Code::IgnoredKeyword, place, message, help);
    cx.diagnostics.push(diagnostic.remove(place));
}
