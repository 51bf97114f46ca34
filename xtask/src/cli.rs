//! The command line: words in, typed orders out. The help texts are the first documentation that a maintainer reads, so they say
//! what is read, what is written and what to do next. Nothing is carried out here.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};
use generator::{Code, Detail, Format};

use crate::codegen::Mode;
use crate::conformance::Selection;
use crate::corpus::{self, Depth};
use crate::effective;
use crate::provenance;
use crate::standalone::{Order, Runtime};
use crate::voice::Voice;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = ABOUT, after_help = EXIT_CODES)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Generate the client from the documents in spec/, or a crate from any document
    #[command(long_about = CODEGEN, after_long_help = CODEGEN_EXAMPLES)]
    Codegen(CodegenArguments),
    /// Call every generated operation once against a mock server that validates
    #[command(long_about = CONFORMANCE, after_long_help = CONFORMANCE_EXAMPLES)]
    Conformance(ConformanceArguments),
    /// Try the generator on a folder of anybody's documents
    #[command(long_about = CORPUS, after_long_help = CORPUS_EXAMPLES)]
    Corpus(CorpusArguments),
    /// Say where in a document something of the client comes from, and the other way round
    #[command(long_about = WHERE, after_long_help = WHERE_EXAMPLES)]
    Where(WhereArguments),
    /// Say what a diagnostic means, with an example that brings it about and one that does not
    Explain(ExplainArguments),
}

/// `where …`
#[derive(Debug, Args)]
pub struct WhereArguments {
    /// An item, as in `Shipment::id`, or FILE:LINE of a document or of generated code [default: the whole map]
    #[arg(value_name = "ITEM | FILE:LINE")]
    query: Option<String>,
    /// Ask about the client of this document instead of those of spec/
    #[arg(long, value_name = "FILE")]
    spec: Option<PathBuf>,
    /// Change that document by this overlay first; may be given more than once
    #[arg(long, value_name = "FILE", requires = "spec")]
    overlay: Vec<PathBuf>,
    /// Write one JSON object a line
    #[arg(long)]
    json: bool,
}

impl WhereArguments {
    /// What was asked for.
    pub fn order(&self) -> provenance::Order {
        let spec = self.spec.clone().map(|spec| (spec, self.overlay.clone()));
        provenance::Order { query: self.query.clone(), spec, is_json: self.json }
    }
}

/// `explain …`
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// The name between the brackets, as in `warning[missing-operation-id]` [default: a list of all]
    #[arg(value_name = "CODE", value_parser = codes())]
    pub code: Option<Code>,
}

fn codes() -> impl TypedValueParser<Value = Code> {
    let names = PossibleValuesParser::new(Code::ALL.iter().map(|code| code.name()));
    names.try_map(|name| Code::named(&name).ok_or("no such code"))
}

/// `codegen …`
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("runtime").requires("spec"))]
#[command(group = ArgGroup::new("target").args(["out", "effective"]).multiple(true))]
pub struct CodegenArguments {
    /// Write nothing; fail naming every stale, missing or extra file
    #[arg(long)]
    check: bool,
    /// Take warnings for errors, as is always done with spec/
    #[arg(long)]
    strict: bool,
    /// Generate a crate of its own from this document instead of the client from spec/
    #[arg(long, value_name = "FILE", requires = "target")]
    spec: Option<PathBuf>,
    /// Change that document by this overlay first; may be given more than once
    #[arg(long, value_name = "FILE", requires = "spec")]
    overlay: Vec<PathBuf>,
    /// Write that document as its overlays make it to this file, as JSON if it ends so, as YAML otherwise
    #[arg(long, value_name = "FILE", requires = "spec")]
    effective: Option<PathBuf>,
    /// The folder of that crate; made if it does not exist
    #[arg(long, value_name = "DIR", requires = "spec")]
    out: Option<PathBuf>,
    /// The package name of that crate [default: the document's file name in kebab-case]
    #[arg(long, value_name = "CRATE", requires = "spec")]
    name: Option<String>,
    /// Depend on the runtime crate in this folder instead of carrying a copy of it
    #[arg(long, value_name = "DIR", group = "runtime")]
    runtime_path: Option<PathBuf>,
    /// Depend on this published version of the runtime crate instead of carrying a copy of it
    #[arg(long, value_name = "X", group = "runtime")]
    runtime_version: Option<String>,
    #[command(flatten)]
    reader: ReaderArguments,
}

/// Who reads what is said of a document.
#[derive(Debug, Args)]
pub struct ReaderArguments {
    /// How to tell what is wrong: for people, one JSON object a line, or as checks of GitHub
    #[arg(long, value_enum, value_name = "FORM", default_value_t = Form::Human)]
    format: Form,
    /// Show each warning, not only the first of those that are alike
    #[arg(short, long)]
    verbose: bool,
}

/// A value of `--format`.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    Human,
    Json,
    Github,
}

impl ReaderArguments {
    fn voice(&self) -> Voice {
        match self.format {
            Form::Human => Voice::human(if self.verbose { Detail::Each } else { Detail::Grouped }),
            Form::Json => Voice::machine(Format::Json),
            Form::Github => Voice::machine(Format::GitHub),
        }
    }
}

impl CodegenArguments {
    /// Whether to write or only to compare.
    pub fn mode(&self) -> Mode {
        if self.check { Mode::Check } else { Mode::Write }
    }

    /// Who reads.
    pub fn voice(&self) -> Voice {
        self.reader.voice()
    }

    /// The document that was asked for as its overlays make it, and the file for it.
    pub fn effective(&self) -> Option<effective::Order> {
        let (spec, file) = (self.spec.clone()?, self.effective.clone()?);
        Some(effective::Order { spec, overlays: self.overlay.clone(), file, voice: self.voice() })
    }

    /// The crate of its own that was asked for, if one was.
    pub fn standalone(&self) -> Option<Order> {
        let (spec, out, overlays) = (self.spec.clone()?, self.out.clone()?, self.overlay.clone());
        let runtime = match (&self.runtime_path, &self.runtime_version) {
            (Some(path), _) => Runtime::Path(path.clone()),
            (None, Some(version)) => Runtime::Version(version.clone()),
            (None, None) => Runtime::Copy,
        };
        Some(Order { spec, overlays, out, name: self.name.clone(), runtime, strict: self.strict, voice: self.voice() })
    }
}

/// `conformance …`
#[derive(Debug, Args)]
pub struct ConformanceArguments {
    /// Documents of spec/ by name, such as `bigcommerce` [default: all of them]
    #[arg(value_name = "DOCUMENT")]
    documents: Vec<String>,
    /// Any document instead; a crate is generated from it first
    #[arg(long, value_name = "FILE", conflicts_with = "documents")]
    spec: Option<PathBuf>,
    /// The package name of that crate [default: the document's file name in kebab-case]
    #[arg(long, value_name = "CRATE", requires = "spec")]
    name: Option<String>,
}

impl ConformanceArguments {
    /// Which documents were asked for.
    pub fn selection(&self) -> Selection {
        match (&self.spec, self.documents.is_empty()) {
            (Some(file), _) => Selection::File(file.clone(), self.name.clone()),
            (None, true) => Selection::All,
            (None, false) => Selection::Named(self.documents.clone()),
        }
    }
}

/// `corpus …`
#[derive(Debug, Args)]
pub struct CorpusArguments {
    /// The folder of the documents
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Only this document, by its file name without the ending; may be given more than once
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// Write the crates, and do not compile all of each
    #[arg(long, conflicts_with = "conformance")]
    generate_only: bool,
    /// Call every operation of the crates that compile against a mock server that validates
    #[arg(long)]
    conformance: bool,
    /// Compile the crates with N of their features alone too
    #[arg(long, value_name = "N", num_args = 0..=1, require_equals = true, default_missing_value = "5")]
    features: Option<usize>,
    /// Leave out documents that are larger, as in `300k`, `2m` or `4096`
    #[arg(long, value_name = "BYTES", value_parser = corpus::size)]
    max_size: Option<u64>,
    /// Write the report to this file too
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl CorpusArguments {
    /// What was asked for.
    pub fn order(&self) -> corpus::Order {
        let depth = match (self.generate_only, self.conformance) {
            (true, _) => Depth::Generate,
            (false, false) => Depth::Check,
            (false, true) => Depth::Call,
        };
        let (folder, only, out) = (self.folder.clone(), self.only.clone(), self.out.clone());
        corpus::Order { folder, only, max_size: self.max_size, depth, features: self.features, out }
    }
}

const ABOUT: &str = "The project's own commands: generate the client, check it, try it against a mock server.";

const EXIT_CODES: &str = "Exit codes: 0 fine, 1 something is wrong and was named, 2 could not run.";

const CODEGEN: &str = "\
Generate the client from the documents in spec/.

Reads every spec/*.yaml, *.yml and *.json. The file name is the name of the module, so it has to be a Rust identifier. Writes \
generated/src/<name>/ for each, and nothing else: lib.rs, Cargo.toml and the examples beside those folders are written by hand.

The documents in spec/ are ours, so a warning of the generator counts as an error there.

All documents are read and generated before anything is written, and a failure at any point leaves the tree as it was. Files \
that do not change are not touched. Generated files that are no longer wanted are removed; a file that does not begin with \
`// @generated by` is never overwritten or removed, but named as an error.

With --spec and --out, a crate of its own is written from any OpenAPI 3.0 or 3.1 document: DIR/Cargo.toml, DIR/src/ and a copy \
of the runtime in DIR/runtime/, so that it needs nothing of this project. Every resource is a Cargo feature, on by default. What the generator cannot express is left out: an \
operation with a warning that says why, a schema as free-form JSON. The report ends with how much came in and went out. \
Files that the document refers to are read too; the network is not.";

const CODEGEN_EXAMPLES: &str = "\
Examples:
  cargo xtask codegen
      after an edit of spec/bigcommerce.yaml; then `cargo test`, and commit both together
  cargo xtask codegen --check
      in CI: is what is committed what the documents say?
  cargo xtask codegen --spec petstore.json --out ../petstore-client
      a crate `petstore`; then `cargo doc --open` in that folder
  cargo xtask codegen --spec petstore.json --overlay petstore.overlay.yaml --out ../petstore-client
      the same, with changes to a document that is not yours; `--effective FILE` shows what comes of them
  cargo xtask codegen --spec petstore.json --out ../petstore-client --runtime-path generator/runtime
      the same, sharing the runtime of this checkout

A new document in spec/ also needs a line `pub mod <name>;` in generated/src/lib.rs, and a new tag a feature in \
generated/Cargo.toml; both are said.

Exit codes: 0 fine, 1 something is wrong and was named, 2 could not run.";

const WHERE: &str = "\
Say where in a document something of the client comes from, and the other way round.

An item is named as code names it, or by the end of that: `Shipment::id`, `types::Shipment`, `OrderShipments::list`. A line of a \
document gives the items that come from it, and so does a line of generated code. Without either, the whole map is written: \
item, place and pointer on each line, with tabs between them.

Nothing is written to a file; the documents are read as they are, so an edit counts before `codegen` has run.";

const WHERE_EXAMPLES: &str = "\
Examples:
  cargo xtask where Shipment::tracking_number
  cargo xtask where spec/bigcommerce.yaml:812
  cargo xtask where generated/src/bigcommerce/operations/order_shipments.rs:120
  cargo xtask where --json > places.json

Exit codes: 0 found, 1 there is no such item, 2 could not run.";

const CONFORMANCE: &str = "\
Call every generated operation once against Prism, a mock server that checks requests against the document.

The calls are the examples that the generator makes from the document. For each operation the report says whether the request \
was sent, whether Prism's validator accepted it, and whether the client could read the answer. Any `no` fails the command, \
with Prism's own words.

Reads spec/ (or the document of --spec), writes below target/conformance/ only. Needs Node 18 or newer with npm; Prism is \
installed from the npm registry into target/conformance/prism/ on first use, never globally.";

const CONFORMANCE_EXAMPLES: &str = "\
Examples:
  cargo xtask conformance
      every document in spec/; generated/ has to be fresh
  cargo xtask conformance bigcommerce
      one of them
  cargo xtask conformance --spec petstore.json
      any document; its crate stays in target/conformance/petstore/client to look at

Exit codes: 0 fine, 1 something is wrong and was named, 2 could not run (Node is missing, for one).";

const CORPUS: &str = "\
Try the generator on a folder of anybody's documents.

Reads every .yaml, .yml and .json of DIR, not of the folders in it. From each a crate is generated and compiled with `cargo check`, \
one after the other, and every example of the document is read by the crate and written again; with --conformance every operation of it is then called as `cargo xtask conformance` does. A document that \
fails costs its row of the report and not the run.

The report is Markdown on standard output: a table of what each document became, how long it took and the verdict, then for each \
document what was left out and why, and what the compiler and the mock server said. Warnings of the compiler count as failures; \
warnings of the generator do not.

With --features, each crate is compiled with some of its features alone too, with none, and with every other one.

Writes below target/corpus/ only, and to the file of --out; Prism is where `conformance` has it. The crates stay to look at; what \
was built of each is removed, what they share is kept in target/corpus/target.";

const CORPUS_EXAMPLES: &str = "\
Examples:
  cargo xtask corpus ../documents --generate-only
      what is refused, what is left out, does anything panic?
  cargo xtask corpus ../documents --max-size 300k --out report.md
      do the crates of the smaller ones compile without a warning?
  cargo xtask corpus tests/fixtures/ok --generate-only --features=99
      does every resource of the project's own fixtures compile without the others?
  cargo xtask corpus ../documents --only petstore --only orders --conformance
      two of them, with every operation called; needs Node, see `cargo xtask conformance --help`

Exit codes: 0 fine, 1 a document failed, 2 could not run.";

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Result<Arguments, clap::Error> {
        Arguments::try_parse_from(["cargo xtask"].iter().chain(words))
    }

    #[test]
    fn definition_is_consistent() {
        <Arguments as clap::CommandFactory>::command().debug_assert();
    }

    #[test]
    fn standalone_needs_both_spec_and_out() {
        assert!(parse(&["codegen", "--spec", "a.json"]).is_err());
        assert!(parse(&["codegen", "--out", "a"]).is_err());
        assert!(parse(&["codegen", "--runtime-path", "a"]).is_err());
        assert!(parse(&["codegen", "--spec", "a.json", "--out", "a", "--runtime-path", "r"]).is_ok());
    }

    #[test]
    fn runtime_is_given_once() {
        let both = ["codegen", "--spec", "a", "--out", "b", "--runtime-path", "r", "--runtime-version", "1"];
        assert!(parse(&both).is_err());
    }

    #[test]
    fn corpus_goes_as_far_as_asked() {
        let depth = |words: &[&str]| match parse(words).map(|arguments| arguments.command) {
            Ok(Command::Corpus(corpus)) => Some(corpus.order().depth),
            _ => None,
        };
        assert_eq!(depth(&["corpus", "d"]), Some(Depth::Check));
        assert_eq!(depth(&["corpus", "d", "--generate-only", "--max-size", "2m"]), Some(Depth::Generate));
        assert_eq!(depth(&["corpus", "d", "--conformance", "--only", "a", "--only", "b"]), Some(Depth::Call));
        assert_eq!(depth(&["corpus", "d", "--conformance", "--generate-only"]), None);
        assert_eq!(depth(&["corpus", "d", "--max-size", "many"]), None);
    }

    #[test]
    fn corpus_divides_crates_if_asked() {
        let features = |words: &[&str]| match parse(words).map(|arguments| arguments.command) {
            Ok(Command::Corpus(corpus)) => corpus.order().features,
            _ => None,
        };
        assert_eq!(features(&["corpus", "d"]), None);
        assert_eq!(features(&["corpus", "--features", "d"]), Some(5));
        assert_eq!(features(&["corpus", "d", "--features=9"]), Some(9));
    }

    #[test]
    fn conformance_takes_names_or_one_file() {
        assert!(parse(&["conformance", "a", "--spec", "b.json"]).is_err());
        assert!(parse(&["conformance", "a", "b"]).is_ok());
    }
}
