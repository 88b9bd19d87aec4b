// SPDX-License-Identifier: MIT

//! Fan out and join: a spawner per worker starts tasks by the hundred and waits for each
//! hundred.

use tokio_bench::report::{self, Span};
use tokio_bench::runtime;

const BATCH: usize = 100;

async fn leaf() {}

async fn spawner(batches: usize) {
    let mut tasks = Vec::with_capacity(BATCH);
    for _ in 0..batches {
        tasks.extend((0..BATCH).map(|_| tokio::spawn(leaf())));
        for task in tasks.drain(..) {
            task.await.unwrap();
        }
    }
}

async fn fan_out() {
    let workers = runtime::workers();
    let batches = report::count() / workers / BATCH;
    let start = Span::start();
    let spawners: Vec<_> = (0..workers)
        .map(|_| tokio::spawn(spawner(batches)))
        .collect();
    for spawner in spawners {
        spawner.await.unwrap();
    }
    start.per_op("fanout", workers * batches * BATCH);
}

fn main() {
    runtime::run(fan_out());
}
