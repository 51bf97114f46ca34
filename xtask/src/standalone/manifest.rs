//! Manifests: names in, the text of a `Cargo.toml` out.

use crate::sync::MARKER;
use crate::workspace::RUNTIME_PACKAGE;

/// How a crate depends on the runtime.
pub enum Dependency {
    /// On a copy in its own folder `runtime`, a member of its workspace.
    Member,
    /// On a folder somewhere else.
    Path(String),
    /// On a published version.
    Version(String),
}

/// The manifest of a crate of its own, made from the document of this file name.
pub fn text(name: &str, document: &str, dependency: &Dependency) -> String {
    let (members, source) = match dependency {
        Dependency::Member => ("members = [\"runtime\"]\n", "path = \"runtime\"".to_owned()),
        Dependency::Path(path) => ("", format!("path = {}", quoted(path))),
        Dependency::Version(version) => ("", format!("version = {}", quoted(version))),
    };
    let forwarded: String =
        ["rustls", "native-tls", "rustls-no-provider", "reqwest", "tracing", "blocking", "test-util"]
            .map(|feature| format!("{feature} = [\"{RUNTIME_PACKAGE}/{feature}\"]\n"))
            .concat();
    format!(
        "# {MARKER} cargo xtask codegen from {document}. Do not edit.\n\
         [package]\n\
         name = {}\n\
         version = \"0.1.0\"\n\
         edition = \"2024\"\n\
         rust-version = \"1.88\"\n\
         \n\
         # A workspace of its own, wherever the folder is put.\n\
         [workspace]\n\
         {members}\
         \n\
         [features]\n\
         default = [\"rustls\"]\n\
         # The TLS implementation (with `reqwest` alone only `http` servers can be reached), spans
         # of `tracing`, waiting without async, a server double for tests.\n\
         {forwarded}\
         \n\
         [dependencies]\n\
         {RUNTIME_PACKAGE} = {{ {source}, default-features = false }}\n",
        quoted(name),
    )
}

/// A TOML string. What JSON escapes, TOML escapes in the same way.
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
