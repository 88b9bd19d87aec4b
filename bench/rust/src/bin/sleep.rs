// SPDX-License-Identifier: MIT

//! How late a sleep of 1 ms ends when nothing else runs.  tokio's timers count whole
//! milliseconds.

use std::time::{Duration, Instant};

use tokio_bench::report;
use tokio_bench::runtime;

const NAP: Duration = Duration::from_millis(1);

async fn nap() -> Duration {
    let start = Instant::now();
    tokio::time::sleep(NAP).await;
    match start.elapsed().checked_sub(NAP) {
        Some(late) => late,
        None => report::fail("sleep: too short"),
    }
}

async fn naps() {
    let n = report::count();
    let mut late = Vec::with_capacity(n);
    for _ in 0..n {
        late.push(nap().await);
    }
    report::delays("sleep", late);
}

fn main() {
    runtime::run(naps());
}
