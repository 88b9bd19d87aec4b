// SPDX-License-Identifier: MIT

//! Round trips of two tasks over two channels without a buffer; or of many such pairs, which
//! share the count.  tokio's channels have a buffer of one at least; kanal's need none, and
//! are the faster ones.

use kanal::{AsyncReceiver, AsyncSender, bounded_async};
use tokio_bench::report::{self, Span};
use tokio_bench::runtime;

async fn echo(receiver: AsyncReceiver<usize>, sender: AsyncSender<usize>) {
    while let Ok(v) = receiver.recv().await {
        sender.send(v + 1).await.unwrap();
    }
}

async fn pair(n: usize) {
    let (ping, ping_end) = bounded_async(0);
    let (pong_end, pong) = bounded_async(0);
    tokio::spawn(echo(ping_end, pong_end));
    let mut sum = 0;
    for i in 0..n {
        ping.send(i).await.unwrap();
        sum += pong.recv().await.unwrap();
    }
    drop(ping);
    let closed = pong.recv().await.is_err();
    report::check(closed && sum == n * (n + 1) / 2, "pingpong: wrong sum");
}

async fn pairs() {
    let pairs = report::size(1);
    let each = report::count() / pairs;
    let start = Span::start();
    let tasks: Vec<_> = (0..pairs).map(|_| tokio::spawn(pair(each))).collect();
    for task in tasks {
        task.await.unwrap();
    }
    start.per_op("pingpong", each * pairs);
}

fn main() {
    runtime::run(pairs());
}
