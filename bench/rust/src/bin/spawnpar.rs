// SPDX-License-Identifier: MIT

//! Spawn and exit in parallel: one spawner per worker.

use tokio_bench::report::{self, Span};
use tokio_bench::runtime;

async fn leaf() {}

async fn spawner(n: usize) {
    let tasks: Vec<_> = (0..n).map(|_| tokio::spawn(leaf())).collect();
    for task in tasks {
        task.await.unwrap();
    }
}

async fn spawn_on_each_worker() {
    let workers = runtime::workers();
    let each = report::count() / workers;
    let start = Span::start();
    let spawners: Vec<_> = (0..workers).map(|_| tokio::spawn(spawner(each))).collect();
    for spawner in spawners {
        spawner.await.unwrap();
    }
    start.per_op("spawnpar", each * workers);
}

fn main() {
    runtime::run(spawn_on_each_worker());
}
