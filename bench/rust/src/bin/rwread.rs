// SPDX-License-Identifier: MIT

//! Eight tasks read under one rwlock; one alone; and with a writer now and then.  Nothing is
//! awaited under it, hence std's.

use std::sync::{Arc, RwLock};

use tokio_bench::report::{self, Span};
use tokio_bench::runtime;

const WORKERS: usize = 8;
const WRITE_EVERY: usize = 1000;

#[derive(Default)]
struct Shared {
    a: usize,
    b: usize,
}

async fn use_lock(lock: Arc<RwLock<Shared>>, n: usize, writes: bool) {
    for i in 0..n {
        if writes && i % WRITE_EVERY == 0 {
            let mut shared = lock.write().unwrap();
            shared.a += 1;
            shared.b += 1;
        } else {
            let shared = lock.read().unwrap();
            report::check(shared.a == shared.b, "rwread: a reader beside a writer");
        }
    }
}

async fn measure(name: &str, workers: usize, writes: bool, n: usize) {
    let each = n / workers;
    let lock = Arc::new(RwLock::new(Shared::default()));
    let start = Span::start();
    let tasks: Vec<_> = (0..workers)
        .map(|_| tokio::spawn(use_lock(lock.clone(), each, writes)))
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    start.per_op(name, each * workers);
}

async fn rwlocks() {
    let n = report::count();
    measure("rwread", WORKERS, false, n).await;
    measure("rwread.one", 1, false, n).await;
    measure("rwread.mostly", WORKERS, true, n).await;
}

fn main() {
    runtime::run(rwlocks());
}
