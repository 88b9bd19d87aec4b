// SPDX-License-Identifier: MIT

//! Round trips over two channels without a buffer while eight other tasks block a thread in
//! the kernel, 1 ms each time, by spawn_blocking.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use kanal::{AsyncReceiver, AsyncSender, bounded_async};
use tokio::task::spawn_blocking;
use tokio_bench::report::{self, Span};
use tokio_bench::runtime;

const BLOCKERS: usize = 8;

fn block() {
    thread::sleep(Duration::from_millis(1));
}

async fn blocker(stop: Arc<AtomicBool>) {
    while !stop.load(Ordering::Relaxed) {
        spawn_blocking(block).await.unwrap();
    }
}

async fn echo(receiver: AsyncReceiver<usize>, sender: AsyncSender<usize>) {
    while let Ok(v) = receiver.recv().await {
        sender.send(v + 1).await.unwrap();
    }
}

async fn ping_beside_blockers() {
    let n = report::count();
    let stop = Arc::new(AtomicBool::new(false));
    let blockers = [(); BLOCKERS].map(|()| tokio::spawn(blocker(stop.clone())));
    let (ping, ping_end) = bounded_async(0);
    let (pong_end, pong) = bounded_async(0);
    tokio::spawn(echo(ping_end, pong_end));
    let mut sum = 0;
    let start = Span::start();
    for i in 0..n {
        ping.send(i).await.unwrap();
        sum += pong.recv().await.unwrap();
    }
    start.per_op("blockping", n);
    report::check(sum == n * (n + 1) / 2, "blockping: wrong sum");
    stop.store(true, Ordering::Relaxed);
    for blocker in blockers {
        blocker.await.unwrap();
    }
}

fn main() {
    runtime::run(ping_beside_blockers());
}
