// SPDX-License-Identifier: MIT

//! Tasks that each block a thread for 100 ms in the kernel: by spawn_blocking, with room for
//! all of them at once.

use std::thread;
use std::time::Duration;

use tokio::task::spawn_blocking;
use tokio_bench::report::{self, Span};
use tokio_bench::runtime;

fn block() {
    thread::sleep(Duration::from_millis(100));
}

async fn block_many(n: usize) {
    let start = Span::start();
    let tasks: Vec<_> = (0..n).map(|_| spawn_blocking(block)).collect();
    for task in tasks {
        task.await.unwrap();
    }
    start.millis("block");
}

fn main() {
    let n = report::count();
    runtime::run_blocking(n, block_many(n));
}
