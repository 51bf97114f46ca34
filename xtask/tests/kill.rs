//! Runs that are ended at any moment: `codegen` writes a crate while somebody kills it. Afterwards there is the old client or the
//! new one, whole, and the next run goes on as if nothing had happened.

mod place;

use std::fs;
use std::time::{Duration, Instant};

use place::{Place, document};

/// How many runs are ended, at moments that are spread over the time that a run takes.
const RUNS: u32 = 60;

#[test]
fn client_is_whole_whenever_a_run_is_killed() {
    let place = Place::new();
    fs::write(place.root.join("one.yaml"), document(150, "one")).expect("a document");
    fs::write(place.root.join("two.yaml"), document(120, "two")).expect("a document");
    // The header of each file names its document.
    let whole = ["two.yaml", "one.yaml"].map(|spec| {
        let started = Instant::now();
        assert!(place.codegen(spec).status().expect("a run").success());
        (place.client(), started.elapsed())
    });
    let time = whole.iter().map(|(_, time)| *time).max().unwrap_or_default();
    let mut ended = 0;
    for run in 0..RUNS {
        let spec = if run % 2 == 0 { "two.yaml" } else { "one.yaml" };
        let mut child = place.codegen(spec).spawn().expect("a run");
        std::thread::sleep(time.mul_f64(f64::from(run + 1) / f64::from(RUNS)) + Duration::from_micros(u64::from(run)));
        ended += u32::from(child.try_wait().expect("a child").is_none());
        let _ = child.kill();
        child.wait().expect("a child");
        let found = place.client();
        assert!(whole.iter().any(|(client, _)| *client == found), "run {run} left {} files", found.len());
    }
    assert!(ended > 0, "no run was ended before it was done");
    assert!(place.codegen("two.yaml").status().expect("a run").success());
    assert!(place.client() == whole[0].0);
    assert_eq!(place.leftovers(), Vec::<String>::new());
}
