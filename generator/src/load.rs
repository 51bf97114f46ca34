//! Text in, [`Document`] out: the only stage that knows the syntax of files and the versions of OpenAPI.
//!
//! ```text
//! text         -> a JSON value
//! overlay      -> what overlays change in it
//! references   -> every `$ref` leads to a component of this value
//! slips        -> what is wrong and clear is right
//! downgrade    -> the words of 3.0
//! repair       -> openapiv3's types; what they refuse costs itself alone
//! ```
//!
//! What is not as it should be is reported with its place. Only what is no OpenAPI document at all is refused.

mod document;
mod downgrade;
mod objects;
mod overlay;
mod references;
mod repair;
mod repeated;
mod slips;
mod text;

use serde_json::Value;

pub use self::document::{Document, Located, component_pointer};
pub use self::downgrade::{ALLOW_RESERVED, EXPLODE, TUPLE, WIDE_MAXIMUM, WIDE_MINIMUM};
pub use self::references::missing_files;
pub use self::text::to_yaml;
use crate::Source;
use crate::diagnostics::{Code, Diagnostics, Text};
use crate::pointer::Pointer;

/// Reads a document; `None` if that was not possible, for reasons then found in `diagnostics`.
pub fn load(source: &Source, diagnostics: &mut Diagnostics) -> Option<Document> {
    let mut value = effective(source, diagnostics)?;
    let version = version(&value, diagnostics)?;
    let mark = diagnostics.mark();
    references::gather(&mut value, source, diagnostics);
    // Everything that refers to a file that must not be read would be reported once more.
    if diagnostics.has_errors_since(mark) {
        return None;
    }
    slips::mend(&mut value, diagnostics);
    downgrade::to_3_0(&mut value, version, diagnostics);
    repair::read(&mut value, version, diagnostics)
}

/// The document as its overlays want it; `None` if that was not possible, for reasons then found in `diagnostics`.
pub fn effective(source: &Source, diagnostics: &mut Diagnostics) -> Option<Value> {
    match text::parse(&source.name, &source.text) {
        Ok(mut parsed) => {
            if parsed.is_repeated {
                repeated::warn(&source.name, &source.text, &Text::Document, diagnostics);
            }
            overlay::apply(&mut parsed.value, source, diagnostics).then_some(parsed.value)
        }
        Err(refused) => {
            diagnostics.push(refused.into_diagnostic(Text::Document));
            None
        }
    }
}

/// The security scheme `mutualTLS` of 3.1, in words of 3.0.
pub const MUTUAL_TLS: &str = "mutualtls";

/// The versions of OpenAPI that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// 3.0.x
    V3_0,
    /// 3.1.x
    V3_1,
}

fn version(value: &Value, diagnostics: &mut Diagnostics) -> Option<Version> {
    let root = Pointer::root();
    let version = match value.get("openapi") {
        Some(Value::String(version)) => version.clone(),
        Some(other) => other.to_string(),
        None => {
            let (message, help) = match value.get("swagger") {
                Some(_) => (
                    "this is a Swagger 2.0 document",
                    "convert it to OpenAPI 3.0 first; most editors of OpenAPI documents can",
                ),
                None => (
                    "this is not an OpenAPI document: it has no property `openapi`",
                    "begin the document with `openapi: 3.0.3`",
                ),
            };
            diagnostics.error(Code::NotOpenApi, &root, message, help);
            return None;
        }
    };
    match version.trim() {
        "3.0" | "3" => return Some(Version::V3_0),
        "3.1" => return Some(Version::V3_1),
        version if version.starts_with("3.0.") => return Some(Version::V3_0),
        version if version.starts_with("3.1.") => return Some(Version::V3_1),
        _ => {}
    }
    diagnostics.error(
        Code::UnsupportedVersion,
        &root.child("openapi"),
        format!("version {version} of OpenAPI is not supported"),
        "3.0 and 3.1 are; a document that uses nothing of a later version can simply say `openapi: 3.1.0`",
    );
    None
}
