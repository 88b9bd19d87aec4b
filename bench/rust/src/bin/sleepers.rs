// SPDX-License-Identifier: MIT

//! Many tasks sleep once, 1 ms to 1 s, no two alike: CPU time of it all, and how late they
//! wake.  tokio's timers count whole milliseconds.

use std::time::{Duration, Instant};

use tokio::time::sleep;
use tokio_bench::report;
use tokio_bench::runtime;

async fn sleeper(d: Duration) -> Duration {
    let start = Instant::now();
    sleep(d).await;
    match start.elapsed().checked_sub(d) {
        Some(late) => late,
        None => report::fail("sleepers: one woke early"),
    }
}

/// Not in the order in which they start.
fn length(i: usize, n: usize) -> Duration {
    Duration::from_nanos(1_000_000 + 999_000_000 * (i * 7919 % n) as u64 / n as u64)
}

async fn sleep_many() {
    let n = report::count();
    let before = report::cpu();
    let tasks: Vec<_> = (0..n)
        .map(|i| tokio::spawn(sleeper(length(i, n))))
        .collect();
    let mut late = Vec::with_capacity(n);
    for task in tasks {
        late.push(task.await.unwrap());
    }
    let used = report::cpu() - before;
    println!("sleepers.cpu {:.1} ms", report::micros(used) / 1e3);
    late.sort_unstable();
    println!("sleepers.late {:.2} us", report::micros(late[n / 2]));
}

fn main() {
    runtime::run(sleep_many());
}
