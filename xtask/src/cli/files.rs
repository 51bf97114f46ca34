//! What documents may refer to, as every command takes it.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use crate::access::Access;
use crate::corpus;

/// Options of all commands that read documents.
#[derive(Debug, Args)]
pub struct FileArguments {
    /// Read files in this directory too if a document refers to them; may be given more than once [default: only files below
    /// the directory of the document]
    #[arg(long, global = true, value_name = "DIR")]
    allow_dir: Vec<PathBuf>,
    /// Refuse documents and other files that are larger, as in `300k`, `2m` or `4096` [default: 64 MiB]
    #[arg(long, global = true, value_name = "BYTES", value_parser = corpus::size)]
    max_file_size: Option<u64>,
}

impl FileArguments {
    /// What is allowed.
    pub fn access(&self) -> Result<Access> {
        Access::new(&self.allow_dir, self.max_file_size)
    }
}
