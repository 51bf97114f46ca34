//! A call as a whole: in goes a [`Request`], out comes the response that ends it, or what went wrong.
//!
//! Attempts, time limits, retries and rate limits meet here; each has a file of its own for its rules. What a response
//! means is not known here.

mod receive;

use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};

pub(crate) use self::receive::{Incoming, Reply, SUCCESS_LIMIT};
use crate::client::Shared;
use crate::clock::{Progress, within};
use crate::error::{Fault, Stage, TransportError, is_upload};
use crate::options::{CallOptions, Timeouts};
use crate::rate_limit::{Hold, RateLimit};
use crate::request::Request;
use crate::retry::{Ending, is_idempotent, is_safe};
use crate::security;
use crate::trace;
use crate::transport::{Attempt, Next, OutgoingBody};

/// How a call went, whatever came of it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct History {
    /// How often it was given to the transport.
    pub(crate) attempts: u32,
    /// Whether the server may have done what was asked.
    pub(crate) may_have_taken_effect: bool,
    /// What the last response said of the quota.
    pub(crate) rate_limit: Option<RateLimit>,
}

impl History {
    /// Of what goes wrong while a response is read that has begun as success.
    pub(crate) fn of_stream() -> Self {
        Self { attempts: 1, may_have_taken_effect: true, rate_limit: None }
    }
}

/// What ends a call.
pub(crate) enum Answer {
    /// All of the response is there.
    Whole(Reply),
    /// The body is still to come.
    Open(Incoming),
}

impl Answer {
    fn head(&self) -> (StatusCode, &HeaderMap) {
        match self {
            Self::Whole(reply) => (reply.status, &reply.headers),
            Self::Open(incoming) => (incoming.status, &incoming.headers),
        }
    }
}

/// Which responses are streams, by their head.
pub(crate) type IsStream<'a> = &'a (dyn Fn(&Incoming) -> bool + Sync);

/// A call under way.
struct Exchange<'a> {
    shared: &'a Shared,
    request: &'a Request,
    options: &'a CallOptions,
    is_stream: IsStream<'a>,
    timeouts: Timeouts,
    is_repeatable: bool,
    started: Duration,
}

impl Shared {
    /// Sends a request until a response ends the call, and says how that went.
    pub(crate) async fn exchange(
        &self,
        mut request: Request,
        options: &CallOptions,
        is_stream: IsStream<'_>,
    ) -> (History, Result<Answer, Fault>) {
        if let Err(fault) = request.prepare().and_then(|()| self.check_runtime()) {
            return (History::default(), Err(fault));
        }
        let method = request.method();
        let exchange = Exchange {
            shared: self,
            request: &request,
            options,
            is_stream,
            timeouts: options.timeouts(self.timeouts),
            is_repeatable: options.is_repeatable() || request.is_repeatable(is_idempotent(method)),
            started: self.clock.elapsed(),
        };
        let mut history = History::default();
        let outcome = within(&*self.clock, exchange.timeouts.call, exchange.run(&mut history)).await;
        let outcome = outcome.unwrap_or_else(|| Err(exchange.out_of_time(&mut history)));
        history.may_have_taken_effect &= !is_safe(exchange.method());
        (history, outcome)
    }

    /// Tokio panics where there is no runtime. A client with a transport and a clock of the caller needs none.
    fn check_runtime(&self) -> Result<(), Fault> {
        #[cfg(feature = "reqwest")]
        if self.needs_runtime && tokio::runtime::Handle::try_current().is_err() {
            return Err(crate::error::RequestError::NoRuntime.into());
        }
        Ok(())
    }
}

impl Exchange<'_> {
    async fn run(&self, history: &mut History) -> Result<Answer, Fault> {
        let mut taken = 0;
        loop {
            self.pass_gate().await.map_err(Fault::Transport)?;
            let (request, progress) = self.build().await?;
            history.attempts += 1;
            // If this is dropped half-way, nobody knows how far it came.
            let before = std::mem::replace(&mut history.may_have_taken_effect, true);
            let outcome = self.attempt(history.attempts, request, &progress).await;
            let ending = self.learn(&outcome, history);
            history.may_have_taken_effect = before || ending.may_have_taken_effect();
            match self.wait(ending, history, &mut taken) {
                Some(wait) => {
                    trace::retry(self.request.operation(), history.attempts, wait);
                    self.shared.clock.sleep(wait).await;
                }
                None => {
                    if matches!(ending, Ending::Answered(status, _) if !status.is_server_error()) {
                        self.shared.budget.succeeded(taken);
                    }
                    return outcome;
                }
            }
        }
    }

    /// Waits for the limiter. Responses to other calls may prolong the wait for the server, so all of it is counted.
    async fn pass_gate(&self) -> Result<(), TransportError> {
        let Some(gate) = &self.shared.gate else { return Ok(()) };
        let mut waited = Duration::ZERO;
        while let Err(hold) = gate.pass(self.shared.clock.elapsed()) {
            let wait = match hold {
                Hold::Pace(wait) => wait,
                Hold::Server(wait) => {
                    waited = waited.saturating_add(wait);
                    if waited > gate.max_wait() {
                        return Err(TransportError::held(wait, gate.max_wait()));
                    }
                    wait
                }
            };
            self.shared.clock.sleep(wait).await;
        }
        Ok(())
    }

    /// How long to wait before another attempt, if there is to be one.
    fn wait(&self, ending: Ending, history: &History, taken: &mut u32) -> Option<Duration> {
        if !ending.is_worth_another(self.is_repeatable) || !self.request.is_replayable() {
            return None;
        }
        let hint = match ending {
            Ending::Answered(_, hint) => hint,
            _ => None,
        };
        let elapsed = self.shared.clock.elapsed().saturating_sub(self.started);
        let wait = self.options.retry_or(&self.shared.retry).wait(history.attempts, elapsed, hint)?;
        if self.timeouts.call.is_some_and(|limit| elapsed.saturating_add(wait) >= limit) {
            // The error that is there says more than that time ran out.
            return None;
        }
        *taken = self.shared.budget.take(ending)?;
        Some(wait)
    }

    /// What the outcome of an attempt says of the quota, and what it came to.
    fn learn(&self, outcome: &Result<Answer, Fault>, history: &mut History) -> Ending {
        let answer = match outcome {
            Ok(answer) => answer,
            Err(fault) => return Ending::of_fault(fault),
        };
        let (status, headers) = answer.head();
        history.rate_limit = self.shared.recognizer.read(headers, Some(self.shared.clock.now()));
        let hint = history.rate_limit.and_then(|rate_limit| rate_limit.hint());
        if let (Some(gate), Some(rate_limit)) = (&self.shared.gate, &history.rate_limit) {
            gate.learn(rate_limit, status == StatusCode::TOO_MANY_REQUESTS, self.shared.clock.elapsed());
        }
        Ending::Answered(status, hint)
    }

    /// The request of an attempt. Nothing is sent if it cannot be built.
    async fn build(&self) -> Result<(http::Request<OutgoingBody>, Progress), Fault> {
        let base = self.shared.base_of(self.request)?;
        let credentials = security::resolve(self.request.asked(), &self.shared.credentials).await?;
        let request = self.request.to_http(&base, &credentials, &self.shared.user_agent, self.options)?;
        let progress = Progress::new(self.shared.clock.clone());
        let (head, body) = request.into_parts();
        let opened = body.open(&progress).await?;
        Ok((http::Request::from_parts(head, OutgoingBody::new(opened)), progress))
    }

    async fn attempt(
        &self,
        number: u32,
        mut request: http::Request<OutgoingBody>,
        progress: &Progress,
    ) -> Result<Answer, Fault> {
        let attempt = Attempt {
            operation: self.request.operation(),
            path_template: self.request.path_template(),
            number,
            connect_timeout: self.timeouts.connect,
        };
        let span = trace::attempt(&attempt, &request);
        request.extensions_mut().insert(attempt);
        let outcome = trace::within(&span, self.transmit(request, progress)).await;
        trace::outcome(&span, outcome.as_ref().map(|answer| answer.head().0));
        outcome.map_err(Fault::Transport)
    }

    /// Sends a request and reads the response, as far as it is to be read.
    async fn transmit(
        &self,
        request: http::Request<OutgoingBody>,
        progress: &Progress,
    ) -> Result<Answer, TransportError> {
        let mut stage = Stage::Exchange;
        let answering = async {
            let next = Next::new(&self.shared.middleware, &*self.shared.transport);
            let response = next
                .send(request)
                .await
                .map_err(|error| if is_upload(&error) { error.at(Stage::Upload) } else { error })?;
            let incoming = Incoming::from(response);
            if (self.is_stream)(&incoming) {
                return Ok(Answer::Open(incoming));
            }
            stage = Stage::Body(incoming.status);
            incoming.receive(self.shared.success_limit).await.map(Answer::Whole)
        };
        let outcome = progress.within(self.timeouts.attempt, answering).await;
        outcome.unwrap_or_else(|| Err(TransportError::late(stage)))
    }

    fn method(&self) -> &Method {
        self.request.method()
    }

    /// The whole call took too long.
    fn out_of_time(&self, history: &mut History) -> Fault {
        Fault::Transport(TransportError::late(if history.attempts == 0 { Stage::Queue } else { Stage::Call }))
    }
}

#[cfg(test)]
mod tests;
