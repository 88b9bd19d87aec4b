// SPDX-License-Identifier: MIT

//! Eight tasks count under one mutex; and one, whom nobody disturbs.  The mutex is std's, as
//! tokio's documentation advises where nothing is awaited under it.

use std::sync::{Arc, Mutex};

use tokio_bench::report::{self, Span};
use tokio_bench::runtime;

const WORKERS: usize = 8;

async fn count(total: Arc<Mutex<usize>>, n: usize) {
    for _ in 0..n {
        *total.lock().unwrap() += 1;
    }
}

async fn measure(name: &str, workers: usize, n: usize) {
    let each = n / workers;
    let total = Arc::new(Mutex::new(0));
    let start = Span::start();
    let tasks: Vec<_> = (0..workers)
        .map(|_| tokio::spawn(count(total.clone(), each)))
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    start.per_op(name, each * workers);
    report::check(
        *total.lock().unwrap() == each * workers,
        "mutex: wrong total",
    );
}

async fn mutexes() {
    let n = report::count();
    measure("mutex", WORKERS, n).await;
    measure("mutex.one", 1, n).await;
}

fn main() {
    runtime::run(mutexes());
}
