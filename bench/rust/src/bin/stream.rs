// SPDX-License-Identifier: MIT

//! One producer and one consumer through a buffer: of 1, of 16, of 128.  kanal's channel is
//! faster than tokio's and flume's here.

use kanal::{AsyncSender, bounded_async};
use tokio_bench::report::{self, Span};
use tokio_bench::runtime;

async fn produce(sender: AsyncSender<usize>, n: usize) {
    for i in 0..n {
        sender.send(i).await.unwrap();
    }
}

async fn measure(name: &str, capacity: usize, n: usize) {
    let (sender, receiver) = bounded_async(capacity);
    let mut sum = 0;
    let start = Span::start();
    tokio::spawn(produce(sender, n));
    while let Ok(v) = receiver.recv().await {
        sum += v;
    }
    start.per_op(name, n);
    report::check(sum == report::sum_below(n), "stream: wrong sum");
}

async fn streams() {
    let n = report::count();
    measure("stream.1", 1, n).await;
    measure("stream.16", 16, n).await;
    measure("stream.128", 128, n).await;
}

fn main() {
    runtime::run(streams());
}
