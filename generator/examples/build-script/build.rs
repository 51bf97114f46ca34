//! Generates the client of `library.yaml`. What is wrong with the document is told as the compiler would tell it.

use std::path::PathBuf;
use std::{env, fs, process};

use generator::{Format, Root, Source};

const DOCUMENT: &str = "library.yaml";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let crate_name = env::var("CARGO_PKG_NAME")?.replace('-', "_");
    let source = Source::new(DOCUMENT, fs::read_to_string(DOCUMENT)?).gather(|name| fs::read_to_string(name).ok());
    for name in source.others.keys().map(String::as_str).chain([DOCUMENT]) {
        println!("cargo::rerun-if-changed={name}");
    }
    let output = match generator::generate(&source, &Root::Included { crate_name, module: "library".to_owned() }) {
        Ok(output) => output,
        Err(report) => {
            eprint!("{}", report.render(&source, Format::PLAIN));
            process::exit(1);
        }
    };
    for line in output.warnings.render(&source, Format::PLAIN).lines() {
        println!("cargo::warning={line}");
    }
    for (path, text) in output.files {
        fs::write(out.join(path), text)?;
    }
    Ok(())
}
