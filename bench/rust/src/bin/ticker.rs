// SPDX-License-Identifier: MIT

//! An interval of 1 ms beside one endless loop per worker: how late its ticks arrive.  A task
//! that never awaits keeps its worker, so the loops are where tokio wants them: on threads of
//! spawn_blocking.

use std::hint;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::task::spawn_blocking;
use tokio::time::interval;
use tokio_bench::report;
use tokio_bench::runtime;

static STOP: AtomicBool = AtomicBool::new(false);

fn hog() {
    while !STOP.load(Ordering::Relaxed) {
        hint::spin_loop();
    }
}

async fn tick() {
    let n = report::count();
    for _ in 0..runtime::workers() {
        spawn_blocking(hog);
    }
    let mut ticker = interval(Duration::from_millis(1));
    ticker.tick().await;
    let mut late = Vec::with_capacity(n);
    for _ in 0..n {
        late.push(ticker.tick().await.elapsed());
    }
    STOP.store(true, Ordering::Relaxed);
    report::delays("ticker", late);
}

fn main() {
    runtime::run(tick());
}
