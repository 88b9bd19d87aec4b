// SPDX-License-Identifier: MIT

//! Four tasks that do nothing but yield.

use tokio::task::yield_now;
use tokio_bench::report::{self, Span};
use tokio_bench::runtime;

const WORKERS: usize = 4;

async fn yielder(n: usize) {
    for _ in 0..n {
        yield_now().await;
    }
}

async fn yielders() {
    let each = report::count() / WORKERS;
    let start = Span::start();
    let tasks = [(); WORKERS].map(|()| tokio::spawn(yielder(each)));
    for task in tasks {
        task.await.unwrap();
    }
    start.per_op("yield", each * WORKERS);
}

fn main() {
    runtime::run(yielders());
}
