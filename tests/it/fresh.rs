//! What is committed is what the documents say.

use xtask::codegen::{Mode, run};
use xtask::voice::Voice;
use xtask::workspace::Workspace;

#[test]
fn committed_clients_are_those_of_the_documents() {
    if let Err(error) = run(&Workspace::here(), Mode::Check, Voice::default()) {
        panic!("{error:?}");
    }
}
