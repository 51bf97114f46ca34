//! A server in place of the real one, for tests: in go the answers of each operation, out comes a
//! [`Transport`], and what it was sent.
//!
//! There is no socket, and waiting takes no time. The double stands behind the whole client, so that retries, time limits,
//! rate limits, encoding and decoding are those of production. What is particular to an operation is emitted, as an
//! [`Operation`]; this module is there with the feature `test-util`.

mod answer;
mod operation;
mod parts;
mod path;
mod received;
mod request;
mod script;
mod sent;
mod style;
mod value;

use std::collections::BTreeMap;
use std::fmt;
use std::future::pending;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use self::answer::{Answer, Fault};
pub use self::operation::{About, Content, ErrorBody, Failure, Operation};
pub use self::received::Received;
pub use self::request::{Request, Unreadable};
pub use self::script::Script;
use self::script::Steps;
use crate::clock::{Clock as _, SkippingClock};
use crate::codec::{Decode, DecodeError, decode_slice};
use crate::transport::{OutgoingBody, Transport, TransportFuture};

/// A server double. Clones are the same server.
///
/// A call of an operation without a script fails, and its error says what to write; [`unexpected`](Self::unexpected) lists
/// such calls.
#[derive(Clone)]
pub struct Server(Arc<Shared>);

struct Shared {
    operations: &'static [&'static [About]],
    clock: SkippingClock,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    scripts: BTreeMap<&'static str, Steps>,
    /// What arrived, by the call that it is of.
    received: Vec<(Option<&'static str>, Request)>,
    unexpected: Vec<String>,
}

impl Server {
    /// A server of these operations, which answers none of them yet.
    pub fn new(operations: &'static [&'static [About]]) -> Self {
        let (clock, state) = (SkippingClock::new(), Mutex::default());
        Self(Arc::new(Shared { operations, clock, state }))
    }

    /// Begins the script of an operation, in place of one that it has. Each call takes a step, and the last step stays.
    pub fn on<O: Operation>(&self) -> Script<'_, O> {
        Script::begin(self)
    }

    /// The requests of an operation so far, in their order. A call that was sent again is there as often as it arrived.
    ///
    /// # Errors
    /// One of them cannot be read back: it is not what the document says, or could be several things.
    pub fn requests<O: Operation>(&self) -> Result<Vec<Received<O>>, Unreadable> {
        let of_operation = |(name, _): &&(Option<&str>, Request)| *name == Some(O::ABOUT.name());
        let requests: Vec<_> = self.state().received.iter().filter(of_operation).map(|(_, one)| one.clone()).collect();
        requests.into_iter().map(Received::read).collect()
    }

    /// All requests so far as they arrived, whatever the operation.
    pub fn all_requests(&self) -> Vec<Request> {
        self.state().received.iter().map(|(_, request)| request.clone()).collect()
    }

    /// The calls that could not be answered, each with the reason.
    pub fn unexpected(&self) -> Vec<String> {
        self.state().unexpected.clone()
    }

    /// The clock that the server waits on. Give it to the client too, so that its waits take no time either.
    pub fn clock(&self) -> SkippingClock {
        self.0.clock.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What to do to a request, which is remembered.
    fn answer(&self, request: Request) -> Answer {
        let call = operation::call_of(self.0.operations, &request);
        let name = call.map(About::name);
        let mut state = self.state();
        state.received.push((name, request.clone()));
        let step = name.and_then(|name| state.scripts.get_mut(name)).and_then(Steps::take);
        // A handler may ask the server for what it was sent.
        drop(state);
        let answer = match step {
            Some(step) => step(&request),
            None => Answer::impossible(unprepared(&request, name)),
        };
        if let Some(problem) = answer.problem() {
            self.state().unexpected.push(problem.to_owned());
        }
        answer
    }
}

/// Makes a value of a client's types from JSON as the server sends it, such as a recorded response.
///
/// ```
/// let ids: Vec<i64> = client_runtime::double::from_json("[1, 2]")?;
/// assert_eq!(ids, [1, 2]);
/// # Ok::<(), client_runtime::DecodeError>(())
/// ```
///
/// # Errors
/// It is not JSON, or not of the type.
pub fn from_json<T: Decode>(json: impl AsRef<[u8]>) -> Result<T, DecodeError> {
    decode_slice(json.as_ref())
}

/// Says what to write.
fn unprepared(request: &Request, name: Option<&str>) -> String {
    let title = request.title();
    match name {
        Some(name) => format!(
            "the test double has no answer, or none any more, for {title}; write \
             `server.on::<double::{name}>().answer(..)` before the call"
        ),
        None => format!("the test double has no operation {title}; it is one of another API"),
    }
}

impl Transport for Server {
    fn send(&self, request: http::Request<OutgoingBody>) -> TransportFuture<'_> {
        Box::pin(async move {
            let request = Request::receive(request).await?;
            let method = request.method().clone();
            let answer = self.answer(request);
            if !answer.wait().is_zero() {
                self.0.clock.sleep(answer.wait()).await;
            }
            match answer.outcome(&method) {
                Some(outcome) => outcome,
                None => pending().await,
            }
        })
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("Server")
            .field("received", &state.received.iter().map(|(_, request)| request).collect::<Vec<_>>())
            .field("unexpected", &state.unexpected)
            .finish_non_exhaustive()
    }
}
