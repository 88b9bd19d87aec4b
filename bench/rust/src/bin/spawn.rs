// SPDX-License-Identifier: MIT

//! Spawn and exit: one task starts many and awaits their handles, which is the way to wait
//! that costs least here (beside a TaskTracker, a JoinSet, a counter with a Notify).

use tokio_bench::report::{self, Span};
use tokio_bench::runtime;

async fn leaf() {}

async fn spawn() {
    let n = report::count();
    let start = Span::start();
    let tasks: Vec<_> = (0..n).map(|_| tokio::spawn(leaf())).collect();
    for task in tasks {
        task.await.unwrap();
    }
    start.per_op("spawn", n);
}

fn main() {
    runtime::run(spawn());
}
