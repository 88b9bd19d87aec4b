// SPDX-License-Identifier: MIT

//! CPU time that a program uses while all its tasks wait.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::sleep;
use tokio_bench::report;
use tokio_bench::runtime;

const WAITERS: usize = 1000;

async fn idle() {
    let span = Duration::from_millis(report::count() as u64);
    let never = Arc::new(Notify::new());
    for _ in 0..WAITERS {
        let never = never.clone();
        tokio::spawn(async move { never.notified().await });
    }
    sleep(Duration::from_millis(100)).await;
    let before = report::cpu();
    sleep(span).await;
    let used = report::cpu() - before;
    println!("idle {:.1} us/s", report::micros(used) / span.as_secs_f64());
}

fn main() {
    runtime::run(idle());
}
