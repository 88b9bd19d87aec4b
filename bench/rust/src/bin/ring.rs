// SPDX-License-Identifier: MIT

//! A token goes round tasks, 1000 if not told otherwise, joined by channels without a buffer:
//! kanal's, as in pingpong.

use kanal::{AsyncReceiver, AsyncSender, bounded_async};
use tokio_bench::report::{self, Span};
use tokio_bench::runtime;

async fn member(receiver: AsyncReceiver<usize>, sender: AsyncSender<usize>) {
    while let Ok(v) = receiver.recv().await {
        sender.send(v + 1).await.unwrap();
    }
}

async fn ring() {
    let members = report::size(1000);
    let laps = report::count() / members;
    let (first, mut last) = bounded_async(0);
    for _ in 1..members {
        let (sender, receiver) = bounded_async(0);
        tokio::spawn(member(last, sender));
        last = receiver;
    }
    let mut token = 0;
    let start = Span::start();
    for _ in 0..laps {
        first.send(token).await.unwrap();
        token = 1 + last.recv().await.unwrap();
    }
    start.per_op("ring", laps * members);
    drop(first);
    let closed = last.recv().await.is_err();
    report::check(closed && token == laps * members, "ring: wrong token");
}

fn main() {
    runtime::run(ring());
}
