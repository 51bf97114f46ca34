//! Ten thousand calls through one client, 64 at a time, against a server that does something wrong with every fifth
//! request. What goes wrong is drawn from a fixed seed.
//!
//! No call may be lost, nothing may be made twice, and an error that says that nothing was made must be right.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use shipping_client::bigcommerce::Client;
use tokio::task::JoinSet;

use crate::client::{COUNT, SHIPMENT, builder, item};
use crate::server::{Request, Server, Step, answer, json};

const CALLS: i64 = 10_000;
const IN_FLIGHT: usize = 64;

/// What may happen to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Fine,
    TurnedAway,
    Busy,
    Failed,
    ResetBefore,
    ResetWithinHead,
    CutWithinBody,
    CutJson,
    OtherMediaType,
    Slow,
}

const FAULTS: &[Fate] = &[
    Fate::TurnedAway,
    Fate::Busy,
    Fate::Failed,
    Fate::ResetBefore,
    Fate::ResetWithinHead,
    Fate::CutWithinBody,
    Fate::CutJson,
    Fate::OtherMediaType,
    Fate::Slow,
];

impl Fate {
    /// Whether the server did what was asked.
    fn takes_effect(self) -> bool {
        !matches!(self, Self::TurnedAway | Self::Busy)
    }

    fn steps(self, success: Vec<u8>) -> Vec<Step> {
        let part = |length: usize| Step::Send(success[..length].to_vec());
        match self {
            Self::Fine => vec![Step::Send(success)],
            Self::TurnedAway => vec![Step::Send(answer(429, &[("Retry-After-Ms", "2")], ""))],
            Self::Busy => vec![Step::Send(answer(503, &[("Retry-After-Ms", "2")], ""))],
            Self::Failed => vec![Step::Send(json(500, "{}"))],
            Self::ResetBefore => vec![Step::Reset],
            Self::ResetWithinHead => vec![part(20), Step::Reset],
            Self::CutWithinBody => vec![part(success.len() - 3), Step::Close],
            Self::CutJson => vec![Step::Send(json(200, r#"{"count":"#))],
            Self::OtherMediaType => vec![Step::Send(answer(200, &[("content-type", "text/html")], "<p>"))],
            Self::Slow => vec![Step::Wait(Duration::from_millis(20)), Step::Send(success)],
        }
    }
}

/// What the server has seen of one call.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    received: u32,
    effects: u32,
}

/// What the server knows: calls by method and number, and how often it did what.
#[derive(Default)]
struct Ledger {
    calls: BTreeMap<(String, i64), Seen>,
    fates: BTreeMap<Fate, u32>,
}

impl Ledger {
    fn fate(&mut self, request: &Request) -> Fate {
        let number = number(request);
        let seen = self.calls.entry((request.method().to_owned(), number)).or_default();
        seen.received += 1;
        let mut random = fastrand::Rng::with_seed(number.unsigned_abs() << 8 | u64::from(seen.received));
        let fate = match random.u32(0..5) {
            0 => FAULTS[random.usize(0..FAULTS.len())],
            _ => Fate::Fine,
        };
        seen.effects += u32::from(fate.takes_effect());
        *self.fates.entry(fate).or_default() += 1;
        fate
    }
}

/// The order in `/stores/s/v2/orders/7/shipments`, which is the number of the call.
fn number(request: &Request) -> i64 {
    let mut segments = request.target().split('/').skip_while(|segment| *segment != "orders");
    segments.nth(1).and_then(|number| number.parse().ok()).unwrap_or_default()
}

/// What came of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Success,
    Error { may_have_taken_effect: bool },
}

/// Every other call makes something.
async fn call(client: Client, number: i64) -> (i64, Outcome) {
    let error = if makes(number) {
        client.order_shipments().create(number, 2, vec![item()]).await.err()
    } else {
        client.order_shipments().count(number).await.err()
    };
    let outcome =
        error.map_or(Outcome::Success, |error| Outcome::Error { may_have_taken_effect: error.may_have_taken_effect() });
    (number, outcome)
}

fn makes(number: i64) -> bool {
    number % 2 == 0
}

/// The resident memory of this process in MiB, where the system tells.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? / 1024)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_and_nothing_is_made_twice() {
    let ledger = Arc::new(Mutex::new(Ledger::default()));
    let kept = Arc::clone(&ledger);
    let server = Server::forgetful(move |request| {
        let success = if request.method() == "POST" { json(201, SHIPMENT) } else { json(200, COUNT) };
        kept.lock().expect("nobody panics").fate(request).steps(success)
    })
    .await;
    let client = builder(&server.url).build().expect("all settings are there");

    let (mut running, mut outcomes, mut early) = (JoinSet::new(), BTreeMap::new(), None);
    for number in 1..=CALLS {
        running.spawn(call(client.clone(), number));
        if running.len() == IN_FLIGHT {
            outcomes.extend(running.join_next().await.map(|done| done.expect("no call panics")));
        }
        if number == CALLS / 5 {
            early = memory();
        }
    }
    while let Some(done) = running.join_next().await {
        outcomes.extend([done.expect("no call panics")]);
    }

    assert_eq!(outcomes.len(), usize::try_from(CALLS).expect("a small number"), "no call is lost");
    let ledger = ledger.lock().expect("nobody panics");
    let seen = |number: i64| {
        let method = if makes(number) { "POST" } else { "GET" };
        ledger.calls.get(&(method.to_owned(), number)).copied().unwrap_or_default()
    };
    for (number, outcome) in &outcomes {
        let seen = seen(*number);
        if makes(*number) {
            assert!(seen.effects <= 1, "call {number} was made twice: {seen:?}");
            match outcome {
                Outcome::Success => assert_eq!(seen.effects, 1, "call {number}"),
                Outcome::Error { may_have_taken_effect: false } => assert_eq!(seen.effects, 0, "call {number}"),
                Outcome::Error { may_have_taken_effect: true } => {}
            }
        } else {
            assert_ne!(*outcome, Outcome::Error { may_have_taken_effect: true }, "call {number} changes nothing");
        }
        assert!(seen.received <= 3, "call {number} was sent too often: {seen:?}");
    }
    let failed = |makes_something| {
        let failed = outcomes
            .iter()
            .filter(|(number, outcome)| makes(**number) == makes_something && **outcome != Outcome::Success);
        failed.count()
    };
    let (reads, makes) = (failed(false), failed(true));
    println!("{CALLS} calls, {IN_FLIGHT} at a time; {reads} reading and {makes} making calls ended in an error");
    println!("what the server did: {:?}", ledger.fates);
    assert!(FAULTS.iter().all(|fault| ledger.fates.get(fault).is_some_and(|count| *count > 50)), "{:?}", ledger.fates);
    // What can be mended is mended: of a reading call only what does not decode, and bad luck three times in a row.
    assert!(reads < 400 && makes < 900, "{reads} {makes}");
    if let (Some(early), Some(late)) = (early, memory()) {
        println!("memory after a fifth of the calls: {early} MiB; after all: {late} MiB");
        assert!(late < early + 32, "memory grew from {early} to {late} MiB");
    }
}
