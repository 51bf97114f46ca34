//! The command line: words in, typed orders out. The help texts are the first documentation that a maintainer reads, so they say
//! what is read, what is written and what to do next. Nothing is carried out here.

mod files;
mod texts;

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};
use generator::{Code, Detail, Format};

use self::files::FileArguments;
use self::texts::{
    ABOUT, CODEGEN, CODEGEN_EXAMPLES, CONFORMANCE, CONFORMANCE_EXAMPLES, CORPUS, CORPUS_EXAMPLES, DIFF, DIFF_EXAMPLES,
    EXIT_CODES, WHERE, WHERE_EXAMPLES,
};
use crate::access::Access;
use crate::codegen::Mode;
use crate::conformance::Selection;
use crate::corpus::{self, Depth};
use crate::diff;
use crate::document::{Document, spec_files};
use crate::effective;
use crate::provenance;
use crate::standalone::{Order, Runtime};
use crate::voice::Voice;
use crate::workspace::Workspace;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = ABOUT, after_help = EXIT_CODES)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    files: FileArguments,
}

impl Arguments {
    /// What documents may refer to.
    pub fn access(&self) -> anyhow::Result<Access> {
        self.files.access()
    }
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
    /// Say what changed for callers between two documents, and what of it breaks them
    #[command(long_about = DIFF, after_long_help = DIFF_EXAMPLES)]
    Diff(DiffArguments),
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
    /// Go on until Ctrl-C: generate again whenever a document changes
    #[arg(long, conflicts_with = "check")]
    pub watch: bool,
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

    /// The files that are read, and folders in which more may appear.
    pub fn inputs(&self, workspace: &Workspace) -> Vec<PathBuf> {
        match &self.spec {
            Some(spec) => Document::files(spec, &self.overlay, workspace.access()),
            None => spec_files(workspace),
        }
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
    /// Read and write at least N values of every schema, and compare with what an independent validator says of them
    #[arg(long, value_name = "N", num_args = 0..=1, require_equals = true, default_missing_value = "50")]
    values: Option<usize>,
    /// Read every list that comes in pages to its end, from a server that gives out pages
    #[arg(long)]
    pages: bool,
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
        let (max_size, features, values, pages) = (self.max_size, self.features, self.values, self.pages);
        corpus::Order { folder, only, max_size, depth, features, values, pages, out }
    }
}

/// `diff …`
#[derive(Debug, Args)]
pub struct DiffArguments {
    /// A document, a document at a git revision as in `HEAD:spec/bigcommerce.yaml`, or a revision for all of spec/
    #[arg(value_name = "OLD")]
    old: String,
    /// The same [default: the working tree]
    #[arg(value_name = "NEW")]
    new: Option<String>,
    /// How to write the changes
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = diff::Format::Text)]
    format: diff::Format,
}

impl DiffArguments {
    /// What was asked for.
    pub fn order(&self) -> diff::Order {
        diff::Order { old: self.old.clone(), new: self.new.clone(), format: self.format }
    }
}

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
    fn corpus_reads_lists_if_asked() {
        let pages = |words: &[&str]| match parse(words).map(|arguments| arguments.command) {
            Ok(Command::Corpus(corpus)) => Some((corpus.order().pages, corpus.order().depth)),
            _ => None,
        };
        assert_eq!(pages(&["corpus", "d"]), Some((false, Depth::Check)));
        assert_eq!(pages(&["corpus", "d", "--pages"]), Some((true, Depth::Check)));
        assert_eq!(pages(&["corpus", "d", "--pages", "--generate-only"]), Some((true, Depth::Generate)));
    }

    #[test]
    fn corpus_tries_values_if_asked() {
        let values = |words: &[&str]| match parse(words).map(|arguments| arguments.command) {
            Ok(Command::Corpus(corpus)) => corpus.order().values,
            _ => None,
        };
        assert_eq!(values(&["corpus", "d"]), None);
        assert_eq!(values(&["corpus", "--values", "d"]), Some(50));
        assert_eq!(values(&["corpus", "d", "--values=9"]), Some(9));
    }

    #[test]
    fn conformance_takes_names_or_one_file() {
        assert!(parse(&["conformance", "a", "--spec", "b.json"]).is_err());
        assert!(parse(&["conformance", "a", "b"]).is_ok());
    }
}
