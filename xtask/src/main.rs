//! `cargo xtask`: command line in, exit code out. Everything else is in the library beside it, so that tests can call it.

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    match xtask::run(&xtask::cli::Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            xtask::console::warn(&format!("error: {error:#}\n"));
            xtask::failure::exit_code(&error)
        }
    }
}
