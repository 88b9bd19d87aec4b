// SPDX-License-Identifier: MIT

//! The memory of tasks that wait, page tables included.

use std::sync::Arc;

use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::Notify;
use tokio::task::yield_now;
use tokio_bench::report::{self, Span};
use tokio_bench::runtime;

#[derive(Default)]
struct Gate {
    open: Notify,
    reached: AtomicUsize,
}

/// The future is in the list before it counts, so that nobody misses the opening.
async fn wait(gate: Arc<Gate>) {
    let open = gate.open.notified();
    tokio::pin!(open);
    open.as_mut().enable();
    gate.reached.fetch_add(1, Ordering::Release);
    open.await;
}

async fn park() {
    let n = report::count();
    let gate = Arc::new(Gate::default());
    let before = report::resident();
    let start = Span::start();
    let tasks: Vec<_> = (0..n).map(|_| tokio::spawn(wait(gate.clone()))).collect();
    while gate.reached.load(Ordering::Acquire) < n {
        yield_now().await;
    }
    start.per_op("parked.spawn", n);
    let used = report::resident() - before;
    println!("parked {:.1} B", used as f64 / n as f64);
    gate.open.notify_waiters();
    for task in tasks {
        task.await.unwrap();
    }
}

fn main() {
    runtime::run(park());
}
