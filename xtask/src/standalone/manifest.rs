//! Manifests: names in, the text of a `Cargo.toml` out.

use generator::Feature;

use crate::sync::MARKER;
use crate::workspace::RUNTIME_PACKAGE;

/// A list that would make a longer line gets one for every entry.
const MAX_WIDTH: usize = 120;

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
pub fn text(name: &str, document: &str, dependency: &Dependency, features: &[Feature]) -> String {
    let (members, source) = match dependency {
        Dependency::Member => ("members = [\"runtime\"]\n", "path = \"runtime\"".to_owned()),
        Dependency::Path(path) => ("", format!("path = {}", quoted(path))),
        Dependency::Version(version) => ("", format!("version = {}", quoted(version))),
    };
    let forwarded: String =
        ["rustls", "native-tls", "rustls-no-provider", "reqwest", "tracing", "blocking", "test-util"]
            .map(|feature| format!("{feature} = [\"{RUNTIME_PACKAGE}/{feature}\"]\n"))
            .concat();
    let on = features.iter().filter(|feature| feature.is_default).map(|feature| feature.name.as_str());
    let default = list("default", ["rustls"].into_iter().chain(on));
    let parts = if features.is_empty() {
        String::new()
    } else {
        "# What is compiled. For less, turn default features off and name what is called, beside one of the above.\n"
            .to_owned()
            + &features.iter().map(entry).collect::<String>()
    };
    let document = generator::visible::line(document);
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
         {default}\n\
         # The TLS implementation (with `reqwest` alone only `http` servers can be reached), spans\n\
         # of `tracing`, waiting without async, a server double for tests.\n\
         {forwarded}\
         # `Serialize` and `Deserialize` for all types.\n\
         serde = [\"{RUNTIME_PACKAGE}/serde\"]\n\
         {parts}\
         \n\
         [package.metadata.docs.rs]\n\
         all-features = true\n\
         \n\
         [dependencies]\n\
         {RUNTIME_PACKAGE} = {{ {source}, default-features = false }}\n",
        quoted(name),
    )
}

/// A feature as a line of a manifest, or as several if it turns on many, below what its name does not say.
pub fn entry(feature: &Feature) -> String {
    let docs = if feature.docs.is_empty() { String::new() } else { format!("# {}\n", feature.docs) };
    docs + &list(&feature.name, feature.enables.iter().map(String::as_str)) + "\n"
}

/// A feature and what it turns on.
fn list<'a>(name: &str, enables: impl Iterator<Item = &'a str>) -> String {
    let is_bare = name.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'));
    let name = if is_bare { name.to_owned() } else { quoted(name) };
    let enables: Vec<_> = enables.map(quoted).collect();
    let line = format!("{name} = [{}]", enables.join(", "));
    if line.len() <= MAX_WIDTH {
        return line;
    }
    format!("{name} = [\n{}]", enables.iter().map(|enabled| format!("    {enabled},\n")).collect::<String>())
}

/// A TOML string. What JSON escapes, TOML escapes in the same way.
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
