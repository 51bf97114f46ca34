//! Exit codes: an error in, 1 or 2 out. 1 says that the command ran and found something wrong; 2 says that it could not do its
//! work at all, so that a script can tell a stale tree from a machine without Node.

use std::fmt;
use std::process::ExitCode;

/// The reason why a command could not run: something that it needs is missing or cannot be used.
#[derive(Debug)]
pub struct CannotRun(String);

impl fmt::Display for CannotRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for CannotRun {}

/// An error for which the exit code is 2.
pub fn cannot_run(reason: impl Into<String>) -> anyhow::Error {
    anyhow::Error::new(CannotRun(reason.into()))
}

/// 2 when the command could not run, 1 for every other error. `clap` uses 2 for a wrong command line too.
pub fn exit_code(error: &anyhow::Error) -> ExitCode {
    ExitCode::from(if error.is::<CannotRun>() { 2 } else { 1 })
}
