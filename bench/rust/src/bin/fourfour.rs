// SPDX-License-Identifier: MIT

//! Four producers and four consumers through one buffer of 64: kanal's, the fastest of the
//! channels that have many receivers.

use kanal::{AsyncReceiver, AsyncSender, bounded_async};
use tokio_bench::report::{self, Span};
use tokio_bench::runtime;

const SIDE: usize = 4;

async fn produce(sender: AsyncSender<usize>, n: usize) {
    for i in 0..n {
        sender.send(i).await.unwrap();
    }
}

async fn consume(receiver: AsyncReceiver<usize>) -> usize {
    let mut sum = 0;
    while let Ok(v) = receiver.recv().await {
        sum += v;
    }
    sum
}

async fn four_to_four() {
    let each = report::count() / SIDE;
    let (sender, receiver) = bounded_async(64);
    let start = Span::start();
    let consumers = [(); SIDE].map(|()| {
        tokio::spawn(produce(sender.clone(), each));
        tokio::spawn(consume(receiver.clone()))
    });
    drop(sender);
    let mut sum = 0;
    for consumer in consumers {
        sum += consumer.await.unwrap();
    }
    start.per_op("fourfour", each * SIDE);
    report::check(sum == SIDE * report::sum_below(each), "fourfour: wrong sum");
}

fn main() {
    runtime::run(four_to_four());
}
