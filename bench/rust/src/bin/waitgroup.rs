// SPDX-License-Identifier: MIT

//! What stands for a wait group, a TaskTracker: add and done by one task; and rounds in which
//! eight tasks are started and waited for, by their handles.

use std::array;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio_bench::report::{self, Span};
use tokio_bench::runtime;
use tokio_util::task::TaskTracker;

const WORKERS: usize = 8;

type Done = Arc<[AtomicUsize; WORKERS]>;

/// Each counter has one task at a time: no read-modify-write is needed.
async fn work(done: Done, worker: usize) {
    let before = done[worker].load(Ordering::Relaxed);
    done[worker].store(before + 1, Ordering::Relaxed);
}

async fn alone(n: usize) {
    let tracker = TaskTracker::new();
    let start = Span::start();
    for _ in 0..n {
        drop(tracker.token());
    }
    tracker.close();
    tracker.wait().await;
    start.per_op("waitgroup", n);
}

async fn rounds(n: usize) {
    let done = Done::default();
    let start = Span::start();
    for _ in 0..n {
        let tasks: [_; WORKERS] = array::from_fn(|w| tokio::spawn(work(done.clone(), w)));
        for task in tasks {
            task.await.unwrap();
        }
    }
    start.per_op("waitgroup.8", n);
    let all = done.iter().all(|d| d.load(Ordering::Relaxed) == n);
    report::check(all, "waitgroup.8: some were not done");
}

async fn wait_groups() {
    let n = report::count();
    alone(n).await;
    rounds(n / 20).await;
}

fn main() {
    runtime::run(wait_groups());
}
