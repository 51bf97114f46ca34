//! [`Script`]: the steps of an operation. In go successes, errors and faults, out comes the answer of each call.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use super::Server;
use super::answer::{Answer, Fault};
use super::operation::Operation;
use super::received::Received;
use super::request::Request;

/// What happens to the calls of an operation, one step after the other; the last step stays.
///
/// [`Server::on`] begins one. Methods that add a step come first, those that change it behind it:
///
/// ```text
/// server.on::<double::ListOrders>().fails(Fault::Reset).answer(orders).after(Duration::from_secs(5)).header("etag", "x");
/// ```
pub struct Script<'s, O> {
    server: &'s Server,
    operation: PhantomData<fn() -> O>,
}

/// One step.
type Step = Arc<dyn Fn(&Request) -> Answer + Send + Sync>;

impl<'s, O: Operation> Script<'s, O> {
    pub(super) fn begin(server: &'s Server) -> Self {
        server.state().scripts.insert(O::ABOUT.name(), Steps::default());
        Self { server, operation: PhantomData }
    }

    /// Answers with a success, by the status that the document gives to it.
    pub fn answer(self, success: O::Success) -> Self {
        self.respond(O::answer(&success))
    }

    /// Answers with the success that `handler` makes of the request.
    pub fn answer_with(self, handler: impl Fn(&Received<O>) -> O::Success + Send + Sync + 'static) -> Self {
        self.respond_with(move |request| O::answer(&handler(request)))
    }

    /// Answers with an error that the document describes, by its status and its body.
    pub fn answer_error(self, status: u16, body: O::ErrorBody) -> Self {
        self.respond(O::ABOUT.error(status, &body))
    }

    /// Something goes wrong.
    pub fn fails(self, fault: Fault) -> Self {
        self.respond(fault)
    }

    /// Answers with anything, right or wrong.
    pub fn respond(self, answer: impl Into<Answer>) -> Self {
        let answer = answer.into();
        self.step(Arc::new(move |_| answer.clone()))
    }

    /// Answers with what `handler` makes of the request: [`Received::answer`], [`Received::error`], a [`Fault`], or
    /// anything else.
    pub fn respond_with<A: Into<Answer>>(self, handler: impl Fn(&Received<O>) -> A + Send + Sync + 'static) -> Self {
        self.step(Arc::new(move |request| match Received::read(request.clone()) {
            Ok(received) => handler(&received).into(),
            Err(error) => Answer::impossible(error.to_string()),
        }))
    }

    /// The step is taken only when this time has passed.
    pub fn after(self, wait: Duration) -> Self {
        self.change(move |answer| answer.after(wait))
    }

    /// Its response has another status.
    pub fn status(self, status: u16) -> Self {
        self.change(move |answer| answer.status(status))
    }

    /// Its response has a header.
    pub fn header(self, name: &str, value: &str) -> Self {
        let (name, value) = (name.to_owned(), value.to_owned());
        self.change(move |answer| answer.header(&name, &value))
    }

    /// The connection breaks in the middle of its body.
    pub fn broken(self) -> Self {
        self.change(Answer::broken)
    }

    /// Its body ends in the middle, and nothing says so.
    pub fn truncated(self) -> Self {
        self.change(Answer::truncated)
    }

    /// The last step is taken once, and further calls are not expected.
    pub fn then_nothing(self) {
        self.steps(|steps| steps.ends = true);
    }

    fn step(self, step: Step) -> Self {
        self.steps(|steps| steps.steps.push(step));
        self
    }

    fn change(self, change: impl Fn(Answer) -> Answer + Send + Sync + 'static) -> Self {
        self.steps(|steps| match steps.steps.pop() {
            Some(step) => steps.steps.push(Arc::new(move |request| change(step(request)))),
            None => steps
                .steps
                .push(Arc::new(|_| Answer::impossible("the script changes a step before it has one".to_owned()))),
        });
        self
    }

    fn steps(&self, change: impl FnOnce(&mut Steps)) {
        change(self.server.state().scripts.entry(O::ABOUT.name()).or_default());
    }
}

impl<O: Operation> fmt::Debug for Script<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Script({})", O::ABOUT.name())
    }
}

/// The steps, and how many were taken.
#[derive(Default)]
pub(super) struct Steps {
    steps: Vec<Step>,
    taken: usize,
    ends: bool,
}

impl Steps {
    /// The next step; `None` if there is none, or none any more.
    pub(super) fn take(&mut self) -> Option<Step> {
        let last = if self.ends { None } else { self.steps.last() };
        let step = self.steps.get(self.taken).or(last).cloned()?;
        self.taken += 1;
        Some(step)
    }
}
