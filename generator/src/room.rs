//! Work in, its result out, done on a stack that has room for documents as deep as any reader lets through.

use std::panic::resume_unwind;
use std::thread;

/// The system gives of this only what is used.
const STACK: usize = 512 << 20;

/// Does something that goes down for every level of a document.
pub fn with_room<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| {
        let builder = thread::Builder::new().name("generator".to_owned()).stack_size(STACK);
        match builder.spawn_scoped(scope, work) {
            Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            Err(error) => panic!("the system has no thread for the generator: {error}"),
        }
    })
}
