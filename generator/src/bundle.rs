//! The files of a module in, one text out that `include!` takes: each `mod name;` becomes the module itself.

use crate::Files;

/// One text for the module `name`, which begins with `mod.rs`; `origin` is the document that it comes from.
pub fn bundle(files: &Files, name: &str, origin: &str) -> String {
    let content = inline(files, "", "mod.rs");
    let allow = "#[allow(unexpected_cfgs, reason = \"whether there is a feature `test-util` is up to the crate\")]";
    format!("// @generated from {origin}. Do not edit.\n\n{allow}\npub mod {name} {{\n{content}}}\n")
}

/// The text of a file with the modules of `folder` that it declares.
fn inline(files: &Files, folder: &str, path: &str) -> String {
    let text = files.get(path).map_or("", String::as_str);
    // The first line says that the file is generated, which is said of all of it.
    let lines = text.lines().skip_while(|line| line.starts_with("// ") || line.is_empty());
    let line = |line: &str| match declared(line).and_then(|(head, name)| Some((head, child(files, folder, name)?))) {
        Some((head, (folder, path))) => format!("{head} {{\n{}}}\n", inline(files, &folder, &path)),
        None => format!("{line}\n"),
    };
    lines.map(line).collect()
}

/// The head and the name of a module that is in a file of its own.
fn declared(line: &str) -> Option<(&str, &str)> {
    let head = line.strip_suffix(';')?;
    let (before, name) = head.rsplit_once("mod ")?;
    let is_declaration = before.trim().is_empty() || before.trim_start().starts_with("pub");
    is_declaration.then(|| (head, name.strip_prefix("r#").unwrap_or(name)))
}

/// Where a module of `folder` is: the folder of its own modules, and its file.
fn child(files: &Files, folder: &str, name: &str) -> Option<(String, String)> {
    let own = format!("{folder}{name}/");
    let paths = [format!("{folder}{name}.rs"), format!("{own}mod.rs")];
    paths.into_iter().find(|path| files.contains_key(path)).map(|path| (own, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_put_where_they_are_declared() {
        let files = [
            ("mod.rs", "// @generated\n\n//! Root.\n\nmod a;\npub mod types;\n\npub use self::a::A;\n"),
            ("a.rs", "// @generated\n\n//! A.\n\npub struct A;\n"),
            ("types/mod.rs", "// @generated\n\nneeded_by! {\n    mod r#type;\n}\n"),
            ("types/type.rs", "// @generated\n\npub struct B;\n"),
        ];
        let files = files.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
        let text = bundle(&files, "api", "api.yaml");
        let (header, module) = text.split_once("pub mod").unwrap();
        assert!(header.starts_with("// @generated from api.yaml."));
        let expected = " api {\n//! Root.\n\nmod a {\n//! A.\n\npub struct A;\n}\npub mod types {\nneeded_by! {\n    mod r#type {\n\
                        pub struct B;\n}\n}\n}\n\npub use self::a::A;\n}\n";
        assert_eq!(module, expected);
    }
}
