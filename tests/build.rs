//! Generates a module from every document in `fixtures/ok`; `src/lib.rs` is made of them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use generator::{Root, Source};

fn main() {
    let fixtures = Path::new("fixtures/ok");
    println!("cargo::rerun-if-changed={}", fixtures.display());
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let mut documents: Vec<PathBuf> =
        fs::read_dir(fixtures).expect("fixtures can be listed").map(|entry| entry.expect("an entry").path()).collect();
    documents.sort();
    let mut lib = String::new();
    for document in documents {
        let module = document.file_stem().and_then(|stem| stem.to_str()).expect("a name of letters").to_owned();
        generate(&document, &module, &out);
        let file = out.join(&module).join("mod.rs");
        writeln!(lib, "#[path = {file:?}]\npub mod {module};").expect("writing to a string");
    }
    fs::write(out.join("fixtures.rs"), lib).expect("OUT_DIR can be written");
}

fn generate(document: &Path, module: &str, out: &Path) {
    let text = fs::read_to_string(document).expect("a fixture can be read");
    let source = Source::new(document.display().to_string(), text);
    let root = Root::Module { crate_name: "tests".to_owned(), module: module.to_owned() };
    let output = match generator::generate(&source, &root) {
        Ok(output) => output,
        Err(diagnostics) => panic!("{}", diagnostics.render(&source, generator::Format::PLAIN)),
    };
    // A crate has its features in its manifest; these are of fixtures, and all of them are on.
    for feature in output.features {
        println!("cargo::rustc-cfg=feature={:?}", feature.name);
        println!("cargo::rustc-check-cfg=cfg(feature, values({:?}))", feature.name);
    }
    for (path, text) in output.files {
        let path = out.join(module).join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("OUT_DIR can be written");
        fs::write(path, text).expect("OUT_DIR can be written");
    }
}
