// SPDX-License-Identifier: MIT

//! A weighted semaphore: without contention, and eight tasks that want 1 to 3 of 4.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::sync::Semaphore;
use tokio_bench::report::{self, Span};
use tokio_bench::runtime;

const WORKERS: usize = 8;
const SIZE: u32 = 4;

static OUT: AtomicU32 = AtomicU32::new(0);

async fn contend(semaphore: Arc<Semaphore>, n: usize) {
    for i in 0..n {
        let want = 1 + i as u32 % 3;
        let _permit = semaphore.acquire_many(want).await.unwrap();
        let before = OUT.fetch_add(want, Ordering::SeqCst);
        report::check(before + want <= SIZE, "sema: too many out");
        OUT.fetch_sub(want, Ordering::SeqCst);
    }
}

async fn semaphores() {
    let n = report::count();
    let each = n / 10 / WORKERS;
    let semaphore = Arc::new(Semaphore::new(SIZE as usize));
    let start = Span::start();
    for _ in 0..n {
        drop(semaphore.acquire_many(2).await.unwrap());
    }
    start.per_op("sema", n);
    let start = Span::start();
    let tasks = [(); WORKERS].map(|()| tokio::spawn(contend(semaphore.clone(), each)));
    for task in tasks {
        task.await.unwrap();
    }
    start.per_op("sema.contended", each * WORKERS);
}

fn main() {
    runtime::run(semaphores());
}
